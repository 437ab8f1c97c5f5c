"""`python -m dashboard page`: write what is at an address of the dashboard to a file, without a server.

It is the answer of the same application: a page, or with an ending any other form of it, such as
`/es/country/HTI/victims.svg` or `/en/region.csv`. A page gets a folder with its style sheet, scripts and fonts.
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from starlette.types import ASGIApp, Message

from dashboard import static
from dashboard.server.documents import Documents
from dashboard.server.serve import application

HOST = "http://atalaya.invalid"
OK = 200
REDIRECTS = range(300, 400)
FAILED = 500
MOST_REDIRECTS = 5
# The address of one of our files in a page.
FILE = re.compile(rf"(?:\.\.?/)+assets/\w+/({'|'.join(map(re.escape, static.FILES))})")


class AddressError(Exception):
    """There is nothing at an address, or it cannot be written; the text is one line that says so."""


class Answer(NamedTuple):
    """An answer: its status, where it leads, its media type, and its content."""

    status: int
    location: str
    kind: str
    content: bytes


def main(arguments: Sequence[str]) -> int:
    """Write a file; returns 0, or 1 with a line on stderr. Wrong options exit with argparse's status 2."""
    options = _parser().parse_args(arguments)
    try:
        answer = asyncio.run(at(options.address))
        _write(Path(options.out), answer)
    except AddressError as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    sys.stdout.write(f"{options.out}\n")
    return 0


async def at(address: str) -> Answer:
    """What is at an address from the root, such as `/es/country/HTI?year=2019`, or where that leads.

    Raises:
        AddressError: there is nothing, or it fails.
    """
    app, now = Documents(application()), urljoin(f"{HOST}/", address.lstrip("/"))
    for _ in range(MOST_REDIRECTS):
        answer = await _asked(app, now)
        if answer.status == OK:
            return answer
        if answer.status >= FAILED:
            raise AddressError(f"what is at {address} cannot be made; the error is above.")
        if answer.status not in REDIRECTS:
            break
        now = urljoin(now, answer.location)
    raise AddressError(f"there is nothing at {address} (status {answer.status}).")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard page",
        description="Write a page, a figure, rows or a briefing to a file, without a server.",
    )
    parser.add_argument("address", help="as in a browser, from the language on, e.g. '/es/country/HTI?year=2019'")
    parser.add_argument("-o", "--out", required=True, help="the file to write; an existing one is replaced")
    return parser


async def _asked(app: ASGIApp, address: str) -> Answer:
    """The answer of an ASGI application to a request for an address."""
    parts, got = urlsplit(address), list[Message]()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", parts.netloc.encode())],
        "client": ("127.0.0.1", 0),
        "server": (parts.netloc, 80),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        got.append(message)

    await app(scope, receive, send)
    headers = {name.decode().lower(): text.decode() for name, text in got[0]["headers"]}
    content = b"".join(message.get("body", b"") for message in got[1:])
    return Answer(got[0]["status"], headers.get("location", ""), headers.get("content-type", ""), content)


def _write(path: Path, answer: Answer) -> None:
    """Write an answer, and beside a page the files that it names.

    Raises:
        AddressError: the file cannot be written.
    """
    content, folder = answer.content, path.with_name(f"{path.stem}_files")
    try:
        if answer.kind.startswith("text/html"):
            page = content.decode()
            folder.mkdir(exist_ok=True)
            for name in sorted(set(FILE.findall(page))):
                (folder / name).write_bytes(static.file(name).body)
            content = FILE.sub(rf"{folder.name}/\1", page).encode()
        path.write_bytes(content)
    except OSError as error:
        raise AddressError(f"cannot write {path}: {error.strerror or error}. Choose another --out.") from error
