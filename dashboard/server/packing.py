"""The path before every address, and the compression of our files before anyone asks for them."""

import itertools
from threading import Event

from dashboard import sending, static
from dashboard.stage import wire


def folder(base: str) -> str:
    """The path that every address begins with, from a setting such as `/atalaya`: with a slash at both ends."""
    return f"/{base.strip('/')}/" if base.strip("/") else "/"


def pack(stop: Event | None = None) -> None:
    """Compress our files and the ground of the maps.

    Args:
        stop: when it is set, the rest is left out.
    """
    for content, how in itertools.product((wire.ground(), *map(static.file, static.FILES)), sending.ENCODINGS):
        if stop and stop.is_set():
            return
        content.packed(how)
