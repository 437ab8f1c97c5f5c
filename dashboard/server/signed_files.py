"""`/signed/...`: the files of the shown snapshot as they were signed, and the signatures; `etl verify` reads them."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.words.source_facts import withheld
from data import shown, trust
from data.pointer import POINTER
from data.signed import METADATA

ROOT = "/signed"
# They differ from one snapshot to the next, and a copy of yesterday's signatures is not the newest.
FRESH = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}


def routes() -> list[Route]:
    """The route of all of them."""
    return [Route(f"{ROOT}/{{file:path}}", _answer)]


def content(file: str) -> bytes | None:
    """A file by its path from the place of snapshots; None if there is none, or nothing is signed."""
    known = shown.shown()
    if not (signed := trust.statement(known.place)) or not signed.hashes:
        return None
    folder, _, name = file.rpartition("/")
    if folder == METADATA:
        return signed.files.get(name)
    if file == POINTER:
        # The one that was signed, even if another one has been shown since the end of its embargo.
        pointers = (f"{path.partition('/')[0]}\n".encode() for path in signed.hashes)
        return next((one for one in pointers if sha256(one).hexdigest() == signed.hashes[POINTER]), None)
    snapshot = known.opened_as(folder)
    return None if not snapshot or withheld(snapshot.manifest) else snapshot.files.get(name)


async def _answer(request: Request) -> Response:
    found = content(request.path_params["file"])
    if found is None:
        return PlainTextResponse("there is no such signed file\n", 404, FRESH)
    return Response(found, media_type="application/octet-stream", headers=FRESH)
