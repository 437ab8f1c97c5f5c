"""What was signed for a place of snapshots (`data.trust` says where it is asked for, `data.signatures` reads it)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

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
