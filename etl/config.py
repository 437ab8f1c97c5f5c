"""Where a build reads and keeps its raw files, and how patient it is with a publisher."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.errors import AtalayaError, FetchError

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
MIRROR_VARIABLE = "ATALAYA_MIRROR"
SNAPSHOT_VARIABLE = "ATALAYA_SNAPSHOT"
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
    # What a header cannot carry would stop every request.
    contact = " ".join(environment.get(CONTACT_VARIABLE, "").encode("latin-1", "replace").decode("latin-1").split())
    return f"Atalaya/0.1 ({PROJECT}{f'; contact: {contact}' * bool(contact)})"


def folder(named: str, origin: str) -> Path:
    """A folder of this machine that a person names, there or not.

    Args:
        named: its path, which may begin with `~`.
        origin: the option or variable that names it, for the error.

    Raises:
        AtalayaError: no folder can have that name: it is blank, an address, too long, or another user's and unknown.
    """
    if not named.strip() or "://" in named:
        what = "an address" if named.strip() else "no folder"
        raise AtalayaError(f"{origin} names {named!r}, {what}; name a folder of this machine, or leave it out")
    try:
        path = Path(named).expanduser()
        path.is_dir()
    except (OSError, ValueError, RuntimeError) as error:
        raise AtalayaError(f"{origin} names {named!r}, which no folder can be called ({error}); correct it") from error
    return path


def named_folder(option: str | None, flag: str, variable: str, environment: Mapping[str, str]) -> Path | None:
    """The folder that the command line names, else the environment, else None.

    Raises:
        AtalayaError: no folder can have the name that is given.
    """
    # An empty variable is none; an empty option is a slip.
    named, origin = (environment.get(variable) or None, variable) if option is None else (option, flag)
    return None if named is None else folder(named, origin)


def mirror_folder(option: str | None, environment: Mapping[str, str]) -> Path | None:
    """The folder that stands in for the publishers, or None.

    Raises:
        AtalayaError: a folder was named and is not there.
    """
    path = named_folder(option, "--mirror", MIRROR_VARIABLE, environment)
    if path is not None and not path.is_dir():
        origin = MIRROR_VARIABLE if option is None else "--mirror"
        raise FetchError(f"{origin} names {path}, which is no folder; correct it or leave it out")
    return path
