"""What is sent to the page that looks at workbooks: one that is too large is cut short on its way.

The uploader of Streamlit refuses a large file in English, in the browser; and the server would refuse it with a bare
number. So more is let through than is read, and the page tells in the reader's language, as the command does, that a
file is larger than any that is read. No more of it than that is ever kept.
"""

from email.message import Message as Header

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope

from data.report.package import MAX_BYTES

# Megabytes that a browser may send: of what is longer than a workbook can be, all but the beginning is thrown away.
CARRIED = 100
# One byte too many is enough to tell; besides the file's bytes come some of its name and kind.
KEPT = MAX_BYTES + 65_536


def too_long(scope: Scope) -> bool:
    """Whether a request says that it brings more than is carried."""
    told = Headers(scope=scope).get("content-length", "0")
    return not told.isdigit() or int(told) > CARRIED * 2**20


def shortened(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """The same request, ended in good form after `KEPT` bytes."""
    end = _end(Headers(scope=scope).get("content-type", ""))
    left, carried = KEPT, CARRIED * 2**20

    async def receive_shortened() -> Message:
        nonlocal left, carried
        message = await receive()
        if message["type"] != "http.request" or len(message.get("body", b"")) <= left:
            left -= len(message.get("body", b""))
            return message
        body = message["body"][:left]
        # The browser sends all of it before it listens to an answer.
        while message["type"] == "http.request" and message.get("more_body") and carried > 0:
            carried -= len(message.get("body", b""))
            message = await receive()
        return {"type": "http.request", "body": body + end, "more_body": False}

    # The length that the browser tells would be refused.
    headers = MutableHeaders(raw=list(scope["headers"]))
    del headers["content-length"]
    return {**scope, "headers": headers.raw}, receive_shortened


def _end(kind: str) -> bytes:
    """What closes the parts of a form."""
    header = Header()
    header["content-type"] = kind
    return f"\r\n--{header.get_boundary('')}--\r\n".encode()
