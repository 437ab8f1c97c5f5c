"""Serves our own scripts and style sheets, each at an address that changes with its content."""

import gzip
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from threading import Thread

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ASSETS = Path(__file__).parent / "assets"
PRESENT, SHELL, STAGE = (Path(__file__).parent / room for room in ("present", "shell", "stage"))
# The files to serve by name; each is the concatenation of some paths.
FILES: dict[str, tuple[Path, ...]] = {
    "plotly.min.js": (Path(plotly.__file__).parent / "package_data" / "plotly.min.js",),
    "stage.js": (SHELL / "element.js", STAGE / "stage.js"),
    "stage.css": (STAGE / "stage.css",),
    "state_picker.js": (SHELL / "element.js", SHELL / "state_picker.js"),
    "address.js": (SHELL / "address.js",),
    "filters_button.js": (SHELL / "filters_button.js",),
    "theme.css": (ASSETS / "theme.css", SHELL / "state_picker.css"),
    "frame.js": (SHELL / "frame.js", *sorted((SHELL / "upstream").glob("*.js"))),
    "present.js": (PRESENT / "present.js",),
    "present.css": (PRESENT / "present.css",),
    "access.css": (ASSETS / "access.css",),
    "print.css": (ASSETS / "print.css",),
}
# The style sheets of every page, in this order, after Streamlit's own so that ours take precedence.
STYLESHEETS = ("theme.css", "access.css", "print.css")
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}
FOREVER = "public, max-age=31536000, immutable"
_SERVED: list[bool] = []
LOCAL = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class File:
    """The content of a file and its media type."""

    content: bytes
    kind: str

    @cached_property
    def version(self) -> str:
        """The first 12 digits of the SHA-256 of the content."""
        return sha256(self.content).hexdigest()[:12]

    @cached_property
    def compressed(self) -> bytes:
        """The content as gzip."""
        return gzip.compress(self.content, mtime=0)


@cache
def file(name: str) -> File:
    """A file of `FILES`, read once; KeyError for any other name."""
    return File(b"\n".join(path.read_bytes() for path in FILES[name]), MEDIA_TYPES[Path(name).suffix])


def address(name: str) -> str:
    """The address of a file, relative to any document of the site, so that it works behind a proxy path."""
    return f"./assets/{file(name).version}/{name}"


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


def compress() -> None:
    """Compress the largest file while the server starts, so that no reader waits for it."""
    Thread(target=lambda: file("plotly.min.js").compressed, daemon=True).start()


def routes() -> list[Route]:
    """The route of all files."""
    return [Route("/assets/{version}/{name}", _file)]


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES or request.path_params["version"] != file(name).version:
        return Response("no such file\n", 404, media_type="text/plain")
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    # For clients on the same machine, decompression takes longer than sending.
    local = request.client is not None and request.client.host in LOCAL
    if not local and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file(name).compressed, headers=headers, media_type=file(name).kind)
    return Response(file(name).content, headers=headers, media_type=file(name).kind)
