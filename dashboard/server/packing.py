"""The layer that sends Streamlit's own files compressed: Streamlit leaves that to a proxy. Each is compressed once."""

import itertools
import mimetypes
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Event

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import sending, static
from dashboard.shell.upstream import document
from dashboard.stage import wire

# The folder of Streamlit's files in its addresses; their names change with their contents.
FILES = "static/"


class Layer:
    """An ASGI layer around an application.

    Args:
        base: the path before every address, e.g. `/atalaya`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self.base = app, folder(base)


class Packing(Layer):
    """Sends Streamlit's files compressed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for Streamlit's files; pass all others on."""
        fetched = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if fetched and (content := _file(scope["path"].removeprefix(self.base))):
            answer = await content.response(Headers(scope=scope), **{"Cache-Control": static.FOREVER})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def folder(base: str) -> str:
    """The path that every address begins with, from a setting such as `/atalaya`: with a slash at both ends."""
    return f"/{base.strip('/')}/" if base.strip("/") else "/"


def pack(stop: Event | None = None) -> None:
    """Compress our files, the ground of the maps and the scripts that every page loads, before anyone asks.

    Args:
        stop: when it is set, the rest is left out.
    """
    first = (_file(address.removeprefix("./")) for address in document.addresses())
    contents = (wire.ground(), *map(static.file, static.FILES), *filter(None, first))
    for content, how in itertools.product(contents, sending.ENCODINGS):
        if stop and stop.is_set():
            return
        content.packed(how)


def _file(address: str) -> sending.Content | None:
    """One of Streamlit's texts by its address; None for any other address."""
    path = _paths().get(address)
    return _content(path) if path else None


@cache
def _content(path: Path) -> sending.Content:
    return sending.Content(path.read_bytes(), _kind(path.name))


@cache
def _paths() -> Mapping[str, Path]:
    """The paths of Streamlit's scripts, style sheets and other texts, by address."""
    with resources.as_file(resources.files("streamlit").joinpath("static")) as folder:
        paths = {path.relative_to(folder).as_posix(): path for path in folder.joinpath(FILES).rglob("*")}
    return {name: path for name, path in paths.items() if _kind(name).startswith(sending.TEXTS)}


def _kind(name: str) -> str:
    # Python's own table differs between systems, and Streamlit changes it.
    return static.MEDIA_TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
