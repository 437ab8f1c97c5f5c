"""The files a browser needs besides Streamlit's own: each has an address that changes with its content."""

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
# A file's name, and the files that it is made of, one after the other.
FILES: dict[str, tuple[Path, ...]] = {
    "plotly.min.js": (Path(plotly.__file__).parent / "package_data" / "plotly.min.js",),
    "stage.js": (STAGE / "stage.js",),
    "stage.css": (STAGE / "stage.css",),
    "theme.css": (ASSETS / "theme.css",),
    "frame.js": (SHELL / "frame.js", *sorted((SHELL / "upstream").glob("*.js"))),
    "present.js": (PRESENT / "present.js",),
    "present.css": (PRESENT / "present.css",),
    "access.css": (ASSETS / "access.css",),
    "print.css": (ASSETS / "print.css",),
}
# In this order, after all that Streamlit brings: the last word is ours.
LOOKS = ("theme.css", "access.css", "print.css")
KINDS = {".js": "text/javascript", ".css": "text/css"}
FOREVER = "public, max-age=31536000, immutable"
_SERVING: list[bool] = []
LOCAL = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class File:
    """A file's bytes, plain and compressed, and their type."""

    content: bytes
    kind: str

    @cached_property
    def version(self) -> str:
        """The beginning of the content's hash."""
        return sha256(self.content).hexdigest()[:12]

    @cached_property
    def compressed(self) -> bytes:
        """The content as gzip."""
        return gzip.compress(self.content, mtime=0)


@cache
def file(name: str) -> File:
    """A file of `FILES`, read once; KeyError for any other name."""
    return File(b"\n".join(path.read_bytes() for path in FILES[name]), KINDS[Path(name).suffix])


def address(name: str) -> str:
    """Where a file is answered for, seen from any document of ours, whatever path a proxy puts before them all."""
    return f"./assets/{file(name).version}/{name}"


def loader(name: str) -> str:
    """The script of a component that is one of `FILES`: Streamlit sends it with every run, the file is fetched once."""
    return f"""let part
export default async args => {{
  part ??= import(new URL("{address(name)}", document.baseURI))
  return (await part).default(args)
}}
"""


def served() -> bool:
    """Whether this process answers for our own addresses; a bare `streamlit run` does not."""
    return bool(_SERVING)


def serving() -> None:
    """Say that this process does, before its first page is run."""
    _SERVING.append(True)


def compress() -> None:
    """Compress the largest file while the server starts, so that no reader waits for it."""
    Thread(target=lambda: file("plotly.min.js").compressed, daemon=True).start()


def routes() -> list[Route]:
    """The address of all files."""
    return [Route("/assets/{version}/{name}", _answer)]


def _answer(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES or request.path_params["version"] != file(name).version:
        return Response("no such file\n", 404, media_type="text/plain")
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    # On this machine sending is faster than unpacking.
    local = request.client is not None and request.client.host in LOCAL
    if not local and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file(name).compressed, headers=headers, media_type=file(name).kind)
    return Response(file(name).content, headers=headers, media_type=file(name).kind)
