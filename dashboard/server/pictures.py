"""Figures as pictures at addresses of their own: `/picture/region.png?year=2022&lang=es&shape=phone`.

The parameters are those of the figure's own address, and each may be left out. SVG is written by this process; PNG is
painted by Typst, which needs no lock of Python's and has our letters. Both are kept, and few are made at once: they
wait for their turn like figures (`dashboard.server.guard`).
"""

from functools import partial
from threading import Lock

import typst
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import sending, store
from dashboard.briefing import fonts
from dashboard.export import api_addresses
from dashboard.server.documents import reader
from dashboard.stage import pictures

ROOT = "/picture"
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
# How many are kept of each snapshot, about 300 kB each; and the lock under which one after the other is painted.
CACHED = 64
_PAINTING = Lock()
# A page in Typst as large as the picture: a pixel is a point.
PAGE = "#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image({name}, width: 100%, height: 100%)"
POINTS = 72.0
HEADERS = {
    "Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}",
    # Whoever opens the file by its address sees a picture that can run and fetch nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
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
    return bytes(painted)


@store.cached_up_to(CACHED)
def _content(_snap: store.Tables, asked: pictures.PictureRequest, kind: str) -> sending.Content:
    return sending.Content(png(asked) if kind == "png" else pictures.svg(asked).encode(), KINDS[kind])


def _made(asked: pictures.PictureRequest, kind: str) -> sending.Content:
    """A picture that is kept, or a new one."""
    with _PAINTING:
        return _content(asked, kind)


async def _answer(request: Request) -> Response:
    lang = reader(request.scope)
    try:
        kind = {one: one for one in KINDS}[request.path_params["kind"]]
        asked = pictures.parse(request.path_params["name"], dict(request.query_params))
    except (KeyError, ValueError):
        # Nothing of the address is repeated.
        sentence = lang.text("There is no such figure: its address has a part that does not exist.")
        return PlainTextResponse(f"{sentence}\n", 400, {"Cache-Control": "no-store"})
    content = await run_in_threadpool(partial(_made, asked, kind))
    name = f"atalaya_{asked.name}_{asked.shape}_{store.snapshot().id}.{kind}"
    return await content.response(request.headers, **{"Content-Disposition": f'inline; filename="{name}"'}, **HEADERS)
