"""A body on its way: what came of it, and what is asked for when the line breaks."""

import re
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

    def unfit(self, status: int, answered: Mapping[str, str], *, asked: bool) -> str:
        """Why a part of a file is not the rest that was asked for; empty where it is, or the file is whole.

        Args:
            asked: whether the rest was asked for.
        """
        if status != HTTPStatus.PARTIAL_CONTENT:
            return ""
        if not asked:
            return "HTTP 206: a part of the file, though the whole was asked for"
        told = answered.get("Content-Range", "")
        place = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", told.strip())
        if place and int(place[1]) == len(self.received):
            return ""
        return f"HTTP 206: not the rest from byte {len(self.received)} on, but {told or 'no word of which bytes'}"

    def begin(self, status: int, answered: Mapping[str, str]) -> None:
        """Take note of an answer; all that came before counts only if this one is the rest of it."""
        if status != HTTPStatus.PARTIAL_CONTENT:
            self.received.clear()
        self.etag, self.modified = (answered.get(name, "") for name in ("ETag", "Last-Modified"))
        # Bytes of a compressed body are no place in the file.
        self.resumable = answered.get("Accept-Ranges") == "bytes" and "Content-Encoding" not in answered
