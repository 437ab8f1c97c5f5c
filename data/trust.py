"""Whose word a process believes: only what the keys in the file `ATALAYA_TRUST` have signed, where it is set.

Beside the snapshots of a place, `metadata/` has signatures in the layout of TUF (The Update Framework): of the manifest
of each snapshot, which has the hashes of all tables, and of the files of the pointer. Who can write the place but has
no key can take data away, but shows nothing of his own, nothing older, and no mixture (`data.signatures`).

What a machine has accepted stays below `ATALAYA_CACHE`, so that nothing older is accepted after a restart.
"""

import os
from collections.abc import Callable
from threading import Lock

from data import copies
from data.place import read
from data.signed import SignedFiles, TrustError

VARIABLE = "ATALAYA_TRUST"
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
