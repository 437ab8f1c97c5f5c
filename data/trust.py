"""Whose word a process believes: only what the keys in the file `ATALAYA_TRUST` have signed, where it is set.

Beside the snapshots of a place, `metadata/` has signatures in the layout of TUF (The Update Framework): of the manifest
of each snapshot, which has the hashes of all tables, and of the files of the pointer. Who can write the place but has
no key can take data away, but shows nothing of his own, nothing older, and no mixture (`data.signatures`).

What a machine has accepted stays below `ATALAYA_CACHE`, so that nothing older is accepted after a restart.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Lock

from data import copies
from data.place import read

VARIABLE = "ATALAYA_TRUST"
METADATA = "metadata"
REASONS = ("not signed", "expired", "older than one seen before")
UNSIGNED, EXPIRED, OLDER = REASONS


class TrustError(Exception):
    """A file of a place is not what was signed.

    Args:
        file: its path from the place.
        reason: one of `REASONS`, or one of `data.verified.SnapshotFault`.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"the file {file} is {reason}")
        self.file, self.reason = file, reason


@dataclass(frozen=True)
class SignedFiles:
    """What was signed for a place.

    Attributes:
        hashes: the SHA-256 of each signed file, by its path from the place.
        by: the names of the keys.
        at: when they signed (ISO 8601).
        expires: the moment (UTC) from which it is no longer accepted; None if nothing was signed.
        files: the signatures themselves, by the names of their files in `metadata/`.
    """

    hashes: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    at: str = ""
    expires: datetime | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def confirm(self, file: str, content: bytes) -> None:
        """Compare a file with what was signed.

        Raises:
            TrustError: it is another one, or was not signed.
        """
        if self.hashes.get(file) != sha256(content).hexdigest():
            raise TrustError(file, UNSIGNED)


# What is believed of each place, and of the copies of a store. A place that was never renewed is not compared: builds
# work on what is not signed yet.
_KNOWN: dict[str, SignedFiles] = {}
_RENEWING = Lock()


def renew(place: str) -> None:
    """Read what is signed for a place now; from here on its files are compared with that. Nothing without a setting.

    Raises:
        TrustError: it is not accepted; what was accepted before, also by an earlier process, still is.
    """
    if not (named := os.environ.get(VARIABLE, "")):
        return
    # It takes a tenth of a second that a process without signatures does not need.
    from data import signatures  # noqa: PLC0415

    accepted = copies.kept_apart(place, "trust")
    with _RENEWING:
        try:
            _believe(place, signatures.newest(place, named, accepted))
        except TrustError:
            if place not in _KNOWN:
                _believe(place, signatures.accepted_before(accepted) or SignedFiles())
            raise


def statement(place: str) -> SignedFiles | None:
    """What is believed of a place; None if it need not be signed."""
    return _KNOWN.get(place)


def confirm(place: str, file: str, content: bytes) -> None:
    """Compare a file with what is believed of its place.

    Raises:
        TrustError: it is another one, or was not signed.
    """
    if place in _KNOWN:
        _KNOWN[place].confirm(file, content)


def reader(place: str) -> Callable[[str], bytes]:
    """A function that reads a file at an address in a place, as `data.place.read`, and confirms it."""

    def confirmed(address: str) -> bytes:
        file = address.removeprefix(f"{place}/")
        try:
            content = read(address)
        except FileNotFoundError as error:
            if file in _KNOWN.get(place, SignedFiles()).hashes:
                raise TrustError(file, "missing") from error
            raise
        confirm(place, file, content)
        return content

    return confirmed


def _believe(place: str, signed: SignedFiles) -> None:
    _KNOWN[place] = signed
    if copy := copies.folder(place):
        _KNOWN[copy] = signed
