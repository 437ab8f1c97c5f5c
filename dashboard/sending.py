"""Contents as they are sent: compressed once, by Brotli where the browser accepts it, else by gzip.

Browsers accept Brotli over HTTPS and from their own machine.
"""

import gzip
import re
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from threading import Lock

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

# By preference.
ENCODINGS = ("br", "gzip")
# Brotli's quality: for what is compressed once, and for each request. Plotly takes 0.4 s at 9 (1,234 kB) and some 15 s
# at 11 (1,111 kB), and a reader may wait for it.
GOOD = 9
FAST = 5
FOUND = 200
# Other kinds, such as fonts and pictures, are compressed already.
TEXTS = ("text/", "application/json", "application/javascript")
# Kinds that are written in XML or JSON.
WRITTEN_IN = ("+xml", "+json")
REFUSED = re.compile(r";\s*q=0(\.0*)?$")


def encoding(headers: Headers, kind: str) -> str:
    """The encoding for an answer of a media type to a request with some headers; empty: as it is."""
    if not (kind.startswith(TEXTS) or kind.partition(";")[0].endswith(WRITTEN_IN)):
        return ""
    offers = (offer.strip().lower() for offer in headers.get("accept-encoding", "").split(","))
    accepted = {offer.partition(";")[0].strip() for offer in offers if not REFUSED.search(offer)}
    return next((name for name in ENCODINGS if name in accepted), "")


def compressed(body: bytes, how: str, quality: int) -> bytes:
    """A body in one of `ENCODINGS`, or as it is; `quality` is Brotli's."""
    if how == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return gzip.compress(body, 6 if quality == FAST else 9, mtime=0) if how else body


@dataclass(frozen=True)
class Content:
    """Bytes to send, their media type, the status of the answer, and perhaps a version that is known without them."""

    body: bytes
    kind: str
    status: int = FOUND
    known: str = ""
    _kept: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    _lock: Lock = field(default_factory=Lock, compare=False, repr=False)

    @cached_property
    def version(self) -> str:
        """The first 12 digits of the SHA-256 of the body, unless another version is known."""
        return self.known or digits(self.body)

    @property
    def size(self) -> int:
        """Bytes in memory, in all encodings made so far."""
        return len(self.body) + sum(map(len, [*self._kept.values()]))

    def packed(self, how: str) -> bytes:
        """The body in an encoding, made on first use and kept; other readers wait meanwhile."""
        with self._lock:
            if how not in self._kept:
                self._kept[how] = compressed(self.body, how, GOOD)
            return self._kept[how]

    async def response(self, request: Headers, **headers: str) -> Response:
        """The answer to a request with some headers; `headers` are further ones of the answer."""
        how = encoding(request, self.kind)
        headers |= encoded(how)
        if self.status == FOUND:
            headers = tag(self.version) | headers
            if there := unchanged(request, self.version, **headers):
                return there
        body = await run_in_threadpool(self.packed, how) if how else self.body
        return Response(body, self.status, headers, self.kind)


def digits(text: bytes) -> str:
    """The first 12 digits of the SHA-256."""
    return sha256(text).hexdigest()[:12]


def tag(version: str) -> dict[str, str]:
    """The header that names a version. Weak: one content has the same in each encoding."""
    return {"ETag": f'W/"{version}"'}


def unchanged(request: Headers, version: str, **headers: str) -> Response | None:
    """The answer to a request of who has this version already; None to others."""
    named = tag(version)
    if named["ETag"] not in request.get("if-none-match", ""):
        return None
    return Response(status_code=304, headers=named | headers)


def encoded(how: str) -> dict[str, str]:
    """The headers of an answer in an encoding."""
    return {"Vary": "Accept-Encoding"} | ({"Content-Encoding": how} if how else {})
