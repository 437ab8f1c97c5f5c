"""A place whose snapshots are signed, with the keys of its publishers, and what an attacker may do to it."""

import shutil
from pathlib import Path

from data import pointer
from data.snapshot import MANIFEST
from etl import signing
from etl.signing import SigningPlace, SigningRoles
from tests.data.damages import EARLIER, make_place

PASSWORD = "a long sentence"  # noqa: S105 - of keys that end with a test


class SignedPlace:
    """Two snapshots in a folder; `first` (without Brazil) is current and signed, `second` can follow it.

    Attributes:
        home, root: the folder, and a copy of its first root elsewhere.
    """

    def __init__(self, folder: Path, *, threshold: int = 1, by_hand: bool = False) -> None:
        self.home, self.root, self.keys = folder / "place", folder / "root.json", folder / "keys"
        self.keys.mkdir(parents=True)
        self.first, self.second = EARLIER, make_place(self.home)
        pointer.turn(str(self.home), self.first, "A. Person")
        for name in ("first", "second", "nightly"):
            signing.make_key(self.keys / name, PASSWORD if name == "first" else "")
        for name in ("first", "second")[:threshold]:
            # The first of two leaves a draft.
            self.appoint(name, threshold=threshold, by_hand=by_hand)
        shutil.copy(self.home / "metadata" / "1.root.json", self.root)

    def with_keys(self, *names: str) -> SigningPlace:
        """The place with some of the private keys at hand."""
        trusted = self.root.read_bytes() if self.root.exists() else b""
        return SigningPlace(str(self.home), trusted, signing.keys([str(self.keys / name) for name in names], PASSWORD))

    def appoint(self, *names: str, nightly: str = "nightly", threshold: int = 1, by_hand: bool = False) -> str:
        """Say who may sign, with some private keys."""
        publishers = [self.keys / "first.pub", self.keys / "second.pub"]
        roles = SigningRoles(publishers, self.keys / f"{nightly}.pub", threshold, by_hand)
        return self.with_keys(*names).appoint(roles)

    def sign(self, name: str, *names: str) -> str:
        """Sign what is shown."""
        return self.with_keys(*(names or ("nightly",))).publish(name, (self.home / name / MANIFEST).read_bytes())

    def publish(self, name: str) -> None:
        """Show a snapshot without signing it, as who has no more than the key of the store can."""
        pointer.turn(str(self.home), name)
