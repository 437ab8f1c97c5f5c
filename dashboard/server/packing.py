"""The layer that sends texts compressed: Streamlit's own files, which it sends as they are, and HTML documents.

Streamlit leaves its scripts to a proxy that compresses them. Here each is compressed once and kept. A document is
compressed for each request and has an ETag: a reader who comes back fetches only what has changed.
"""

import mimetypes
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import sending, static
from dashboard.shell.upstream import document
from dashboard.stage import wire

# The folder of Streamlit's files in its addresses; their names change with their contents.
FILES = "static/"


class Packing:
    """An ASGI layer around the application.

    Args:
        base: the path before every address, e.g. `/atalaya`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = f"/{base.strip('/')}/" if base.strip("/") else "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for Streamlit's files; compress documents; pass all others on."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
        elif content := _file(scope["path"].removeprefix(self.base)):
            answer = await content.response(Headers(scope=scope), **{"Cache-Control": static.FOREVER})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, _Document(Headers(scope=scope), send).send)


class _Document:
    """Sends one answer on; if it is a document, compressed and only if the browser does not have it yet."""

    def __init__(self, request: Headers, send: Send) -> None:
        self.request, self.forward = request, send
        self.start: Message | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        """Keep the parts of a document until it is whole; send everything else at once."""
        if message["type"] == "http.response.start" and _is_document(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.forward(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        how = sending.encoding(self.request, headers["content-type"])
        # Weak: one document has the same in each encoding.
        headers["ETag"] = f'W/"{sha256(self.body).hexdigest()[:24]}"'
        headers.update(sending.encoded(how))
        if start["status"] == 200 and headers["ETag"] in self.request.get("if-none-match", ""):  # noqa: PLR2004
            start["status"], body = 304, b""
            del headers["Content-Length"]
        else:
            body = await run_in_threadpool(sending.compressed, self.body, how, sending.FAST)
            headers["Content-Length"] = str(len(body))
        await self.forward(start)
        await self.forward({"type": "http.response.body", "body": body})


def pack() -> None:
    """Compress our files, the ground of the maps and the scripts that every page loads, before anyone asks."""
    first = (_file(address.removeprefix("./")) for address in document.addresses())
    for content in (wire.ground(), *map(static.file, static.FILES), *filter(None, first)):
        for how in sending.ENCODINGS:
            content.packed(how)


def _is_document(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


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
