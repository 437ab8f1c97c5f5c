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
PRESENT, SHELL, STAGE, HTML = (Path(__file__).parent / room for room in ("present", "shell", "stage", "forms/html"))
# The style sheets of our own controls.
CONTROLS = tuple(SHELL / f"{name}.css" for name in ("state_picker", "choice_buttons", "filters_button"))
# The files to serve by name; each is the concatenation of some paths.
FILES: dict[str, tuple[Path, ...]] = {
    "plotly.min.js": (Path(plotly.__file__).parent / "package_data" / "plotly.min.js",),
    "stage.js": (SHELL / "element.js", STAGE / "take.js", STAGE / "stage.js"),
    "stage.css": (STAGE / "stage.css", STAGE / "take.css"),
    "choice_buttons.js": (SHELL / "element.js", SHELL / "choice_buttons.js"),
    "state_picker.js": (SHELL / "element.js", SHELL / "state_picker.js"),
    "address.js": (SHELL / "address.js",),
    "filters_button.js": (SHELL / "filters_button.js",),
    **{name: (ASSETS / "fonts" / name,) for name in ("sans.woff2", "sans-semibold.woff2", "serif-semibold.woff2")},
    "theme.css": (ASSETS / "colors.css", ASSETS / "theme.css", *CONTROLS),
    "page.css": (ASSETS / "colors.css", STAGE / "stage.css", STAGE / "take.css", HTML / "page.css"),
    "htmx.min.js": (HTML / "vendor" / "htmx.min.js",),
    "page.js": (HTML / "page.js", HTML / "figure.js"),
    "favicon.svg": (ASSETS / "favicon.svg",),
    "frame.js": (SHELL / "frame.js", *sorted((SHELL / "upstream").glob("*.js"))),
    "present.js": (PRESENT / "figures.js", PRESENT / "present.js"),
    "present.css": (PRESENT / "present.css",),
    "access.css": (ASSETS / "access.css",),
    "print.css": (ASSETS / "print.css",),
}
# The style sheets of every page, in this order, after Streamlit's own so that ours take precedence.
STYLESHEETS = ("theme.css", "access.css", "print.css")
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
# The name of a font in a style sheet.
NAMED = re.compile(r"url\(([\w.-]+)\)")
FOREVER = "public, max-age=31536000, immutable"
_SERVED: list[bool] = []


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


def loader(name: str) -> str:
    """A small script that loads a component from `FILES`: Streamlit sends it with every run, the file only once."""
    return f"""let part
export default async args => {{
  part ??= import(new URL("{address(name)}", document.baseURI))
  return (await part).default(args)
}}
"""


def served() -> bool:
    """Whether this process serves our own addresses; a bare `streamlit run` does not."""
    return bool(_SERVED)


def mark_served() -> None:
    """Record that this process serves our own addresses; called before its first page runs."""
    _SERVED.append(True)


def routes() -> list[Route]:
    """The route of all files."""
    return [Route("/assets/{version}/{name}", _file)]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES or request.path_params["version"] != file(name).version:
        return Response("no such file\n", 404, media_type="text/plain")
    return await file(name).response(request.headers, **{"Cache-Control": FOREVER})
