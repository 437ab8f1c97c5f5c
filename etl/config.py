"""Where a build reads and keeps its raw files, and how patient it is with a publisher."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.errors import FetchError

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
REFERENCE = ROOT / "data" / "reference"
MIRROR_VARIABLE = "ATALAYA_MIRROR"
CONTACT_VARIABLE = "ATALAYA_CONTACT"
PROJECT = "open observatory on trafficking in persons in the Americas"


@dataclass(frozen=True)
class Limits:
    """How long and how much a download may take; times in seconds, sizes in bytes.

    Attributes:
        connect, read: the longest wait for a connection, and for the next bytes.
        deadline: the longest a body may take to arrive: a slow drip never meets the read limit.
        max_bytes: the largest file accepted, after decompression.
        retries, backoff: how often a failed request is repeated, and the first pause (doubled each time).
        longest_pause: the longest pause granted to a publisher's `Retry-After`.
        pause: the least time between two requests to one server.
    """

    connect: float = 10.0
    read: float = 30.0
    deadline: float = 300.0
    max_bytes: int = 200_000_000
    retries: int = 4
    backoff: float = 1.0
    longest_pause: int = 60
    pause: float = 0.5


def user_agent(environment: Mapping[str, str] = os.environ) -> str:
    """Who asks, with the address under which whoever runs this can be reached (`ATALAYA_CONTACT`), if it is given."""
    contact = " ".join(environment.get(CONTACT_VARIABLE, "").split())
    return f"Atalaya/0.1 ({PROJECT}{f'; contact: {contact}' * bool(contact)})"


def mirror_folder(option: str | None, environment: Mapping[str, str]) -> Path | None:
    """The folder that stands in for the publishers, or None: the command line first, then the environment.

    Raises:
        FetchError: a folder was named and is not there.
    """
    named = option or environment.get(MIRROR_VARIABLE)
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        origin = "--mirror" if option else MIRROR_VARIABLE
        raise FetchError(f"{origin} names {named}, which is no folder; correct it or leave it out")
    return folder
