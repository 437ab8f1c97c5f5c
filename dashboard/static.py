"""Serves our own scripts and style sheets, each at an address that changes with its content."""

import re
from functools import cache
from pathlib import Path

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.sending import Content

ASSETS = Path(__file__).parent / "assets"
PRESENT, STAGE, HTML = (Path(__file__).parent / room for room in ("present", "stage", "forms/html"))
# The files to serve by name; each is the concatenation of some paths.
FILES: dict[str, tuple[Path, ...]] = {
    "plotly.min.js": (Path(plotly.__file__).parent / "package_data" / "plotly.min.js",),
    **{name: (ASSETS / "fonts" / name,) for name in ("sans.woff2", "sans-semibold.woff2", "serif-semibold.woff2")},
    "page.css": (ASSETS / "colors.css", STAGE / "stage.css", STAGE / "take.css", HTML / "page.css"),
    "htmx.min.js": (HTML / "vendor" / "htmx.min.js",),
    "page.js": (HTML / "page.js", HTML / "figure.js", PRESENT / "figures.js", HTML / "explore.js"),
    "files.js": (HTML / "files.js",),
    "favicon.svg": (ASSETS / "favicon.svg",),
    "present.js": (PRESENT / "figures.js", PRESENT / "present.js"),
    "present.css": (PRESENT / "present.css",),
}
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
# The name of a font in a style sheet.
NAMED = re.compile(r"url\(([\w.-]+)\)")
FOREVER = "public, max-age=31536000, immutable"


@cache
def file(name: str) -> Content:
    """A file of `FILES`, read once; KeyError for any other name."""
    return Content(b"\n".join(path.read_bytes() for path in FILES[name]), MEDIA_TYPES[Path(name).suffix])


def address(name: str, up: str = "./") -> str:
    """The address of a file, relative to a document, so that it works behind a proxy path.

    Args:
        up: the relative path from the document to the root.
    """
    return f"{up}assets/{file(name).version}/{name}"


@cache
def letters(up: str = "./") -> str:
    """The style sheet of our fonts. It stands in a document itself, so that a browser fetches them at once.

    Args:
        up: the relative path from the document to the root.
    """
    sheet = (ASSETS / "fonts.css").read_text("utf-8")
    return NAMED.sub(lambda named: f"url({address(named[1], up)})", sheet)


def routes() -> list[Route]:
    """The route of all files."""
    return [Route("/assets/{version}/{name}", _file)]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES or request.path_params["version"] != file(name).version:
        return Response("no such file\n", 404, media_type="text/plain")
    return await file(name).response(request.headers, **{"Cache-Control": FOREVER})
