"""A body on its way: what came of it, and what is asked for when the line breaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass
class Transfer:
    """One body on its way, which may take several answers when the line breaks."""

    received: bytearray = field(default_factory=bytearray)
    # Seconds that its bodies took; a pause that the publisher asked for is none of it.
    spent: float = 0.0
    etag: str = ""
    modified: str = ""
    resumable: bool = False

    def headers(self) -> dict[str, str]:
        """What asks for the rest alone, as long as the file is still the same."""
        # A weak tag does not promise the same bytes.
        mark = self.modified if self.etag.startswith("W/") or not self.etag else self.etag
        if not (self.received and self.resumable and mark):
            return {}
        return {"Range": f"bytes={len(self.received)}-", "If-Range": mark}

    def begin(self, status: int, answered: Mapping[str, str]) -> None:
        """Take note of an answer; all that came before counts only if this one is the rest of it."""
        if status != HTTPStatus.PARTIAL_CONTENT:
            self.received.clear()
        self.etag, self.modified = (answered.get(name, "") for name in ("ETag", "Last-Modified"))
        # Bytes of a compressed body are no place in the file.
        self.resumable = answered.get("Accept-Ranges") == "bytes" and "Content-Encoding" not in answered
