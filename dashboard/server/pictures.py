"""Figures as pictures at addresses of their own: `/picture/region.png?year=2022&lang=es&shape=phone`.

The parameters are those of the figure's own address, and each may be left out. SVG is written by this process; PNG is
painted by Typst, which needs no lock of Python's and has our letters. Both are kept, and few are made at once; clients
take turns.
"""

import struct
import zlib
from datetime import UTC, date, datetime
from functools import partial

import typst
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from dashboard import sending, store
from dashboard.briefing import fonts
from dashboard.server.addresses import reader
from dashboard.stage import pictures
from dashboard.subjects import api_addresses
from dashboard.turns import SPENT, Turns, found_or_made
from dashboard.words import data_version

ROOT = "/picture"
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
# How many are kept of each snapshot, about 350 kB each.
CACHED = 64
# How many are made at once, to leave time for pages; and how many may wait, of all clients and of one.
WORKERS = 2
MOST_WAITING = 128
OF_ONE = 32
TURNS = Turns(WORKERS, MOST_WAITING, OF_ONE, SPENT)
# A page in Typst as large as the picture: a pixel is a point.
PAGE = "#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image({name}, width: 100%, height: 100%)"
POINTS = 72.0
# The bytes before the second part of a PNG.
HEAD = 33
HEADERS = {
    "Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}",
    # Whoever opens the file by its address sees a picture that can run and fetch nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'",
    "Access-Control-Allow-Origin": "*",
}


def routes() -> list[Route]:
    """The route of all pictures."""
    return [Route(f"{ROOT}/{{name}}.{{kind}}", _answer)]


def png(asked: pictures.PictureRequest) -> bytes:
    """The picture as PNG, as large in pixels as its shape."""
    form = pictures.SHAPES[asked.shape]
    drawn = pictures.svg(asked, font=fonts.SANS, spell=fonts.drawable)
    name = "picture.svg"
    page = PAGE.format(width=form.width, height=form.height, name=f'"{name}"')
    # Several files can be passed as a dictionary, but the types do not say so.
    painted = typst.compile(  # type: ignore[call-overload]
        {"main.typ": page.encode(), name: drawn.encode()},
        format="png",
        ppi=POINTS,
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
    )
    return _commented(bytes(painted), pictures.about(asked))


def _commented(painted: bytes, comment: str) -> bytes:
    """A PNG with a comment as text (iTXt, UTF-8) after its first part, which has the size."""
    text = b"iTXtComment" + bytes(5) + comment.encode()
    part = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return painted[:HEAD] + part + painted[HEAD:]


def content(asked: pictures.PictureRequest, kind: str) -> bytes:
    """The picture as one of `KINDS`."""
    return png(asked) if kind == "png" else pictures.svg(asked).encode()


@store.cached_up_to(CACHED)
def _content(_snap: store.Tables, asked: pictures.PictureRequest, kind: str, _day: date) -> sending.Content:
    """The picture of a day: how old the data are changes with it."""
    return sending.Content(content(asked, kind), KINDS[kind])


def _asked(request: Request) -> tuple[pictures.PictureRequest, str]:
    """The picture of an address and its kind; ValueError if there is none."""
    if request.path_params["kind"] not in KINDS:
        raise ValueError
    return pictures.parse(request.path_params["name"], dict(request.query_params)), request.path_params["kind"]


async def _answer(request: Request) -> Response:
    lang = reader(request.scope)
    try:
        asked, kind = _asked(request)
    except ValueError:
        # Nothing of the address is repeated.
        sentence = lang.text("There is no such figure: its address has a part that does not exist.")
        return PlainTextResponse(f"{sentence}\n", 400, {"Cache-Control": "no-store"})
    return await answer(asked, kind, request.scope)


async def answer(asked: pictures.PictureRequest, kind: str, scope: Scope) -> Response:
    """The answer with a picture of one of `KINDS`."""
    given = asked, kind, datetime.now(UTC).date()
    content = await found_or_made(TURNS, scope, partial(_content.found, *given), partial(_content, *given))
    name = f"atalaya_{asked.name}_{asked.shape}_{store.snapshot().id}.{kind}"
    headers = {"Content-Disposition": f'inline; filename="{name}"', **HEADERS}
    headers |= data_version.compared_with(store.snapshot())
    return await content.response(Headers(scope=scope), **headers)
