"""The tables of the snapshot under stable addresses, for programs: whole as files, and the rows of a question.

`/api/v1/observations.parquet` is of the current snapshot, and is asked for anew after minutes; what stands under
`/api/v1/<snapshot>/` never changes. What is given is public and the same for all, no request carries or changes
anything: so a page of any other site may read the answers (CORS). What cannot be answered is said in the language that
the request accepts.
"""

import asyncio
import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.utils import format_datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import polars as pl
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import static
from dashboard.files import answer
from dashboard.files.shelf import Shelf, shelf
from dashboard.query import question
from data.i18n import N_, language, match
from data.snapshot import BOUNDARIES

ROOT = "/api/v1"
PACKAGE = "datapackage.json"
KINDS = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".json": "application/json"}
# The pointer to the current snapshot moves a few times a year, and nobody should wait a day for it.
MINUTES = 5
SOON = f"public, max-age={MINUTES * 60}"
ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Atalaya-Snapshot, Atalaya-Withheld",
}
BUSY, LEVEL = 503, 6
# Two at work, so that pages are served beside them; and so many in line.
WORKERS, MOST_WAITING = 2, 32
_POOL = ThreadPoolExecutor(WORKERS, "api")
_LINE: list[Request] = []


class AbsentError(question.RefusalError):
    """There is nothing at the address; the sentence says what there is."""


def routes() -> list[Route]:
    """The addresses of the current snapshot, of a named one, and a word for all others."""
    paths = (f"{ROOT}/{{file}}", f"{ROOT}/{{snapshot}}/{{file}}", "/api/{rest:path}", "/api")
    return [Route(path, _answer) for path in paths]


def addresses(root: str) -> list[str]:
    """Every kind of address, for people who write programs; `root` is where this server was found."""
    files = [f"{root}{ROOT}/{name}" for name in (PACKAGE, "<table>.parquet", "<table>.csv")]
    named = {table: (*columns, question.FROM, question.TO) for table, columns in question.COLUMNS.items()}
    asked = {table: "".join(f"{name}=&" for name in names) for table, names in named.items()}
    return [*files, *(f"{root}{ROOT}/{table}?{names}{question.FORMAT}=csv|json" for table, names in asked.items())]


def example(root: str) -> str:
    """An address that answers."""
    return f"{root}{ROOT}/observations?indicator=detected_victims&area=CRI,PAN&from=2019&format=csv"


async def _answer(request: Request) -> Response:
    lang = language(match(request.headers.get("accept-language")))
    if len(_LINE) >= MOST_WAITING:
        return _said(BUSY, lang.text("Too many questions at once: ask again in a few seconds."))
    _LINE.append(request)
    try:
        return await asyncio.get_running_loop().run_in_executor(_POOL, _made, request, shelf())
    except question.RefusalError as refusal:
        sentence = lang.text(refusal.sentence, **refusal.values)
        return _said(404 if isinstance(refusal, AbsentError) else 400, sentence)
    except (OSError, pl.exceptions.PolarsError):
        return _said(BUSY, lang.text("The answer cannot be made now: ask again later."))
    finally:
        _LINE.remove(request)


def _made(request: Request, held: Shelf) -> Response:
    name, snapshot = request.path_params.get("file", ""), request.path_params.get("snapshot", "")
    if snapshot not in {"", held.snapshot.id}:
        said = N_("There is no snapshot {told} here; held is {snapshot}.")
        raise AbsentError(said, told=repr(snapshot[:40]), snapshot=held.snapshot.id)
    asked = _question(name, request, held) if name in question.COLUMNS else None
    headers = _headers(request, held, static.FOREVER if snapshot else SOON)
    told = request.headers.get("if-none-match", "")
    if told == "*" or headers["ETag"] in told:
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if asked:
        rows = answer.rows(asked, held)
        return _body(f"{name}.{asked.form}", answer.body(asked, rows, held), headers, held, packed=packed)
    if name == PACKAGE:
        return _body(name, answer.package(held), headers, held, packed=packed)
    return _file(name, headers, held, packed=packed)


def _question(table: str, request: Request, held: Shelf) -> question.Question:
    return question.understood(
        table, request.query_params.multi_items(), partial(_known, held, table), _years(held, table)
    )


def _file(name: str, headers: dict[str, str], held: Shelf, *, packed: bool) -> Response:
    table, ending = Path(name).stem, Path(name).suffix
    makers = {".parquet": held.parquet, ".csv": held.csv}
    if ending not in makers or table not in held.names or (table, ending) == (BOUNDARIES, ".csv"):
        raise _absent(name, held)
    path = makers[ending](table)
    named = f"atalaya_{table}_{held.snapshot.id}{ending}"
    if ending == ".csv" and packed:
        headers |= {"Content-Encoding": "gzip"}
        path = held.packed(path)
    return FileResponse(path, headers=headers, media_type=KINDS[ending], filename=named)


def _body(name: str, body: bytes, headers: dict[str, str], held: Shelf, *, packed: bool) -> Response:
    stem, ending = Path(name).stem, Path(name).suffix
    # A browser shows JSON, and keeps CSV.
    how = "attachment" if ending == ".csv" else "inline"
    headers |= {"Content-Disposition": f'{how}; filename="atalaya_{stem}_{held.snapshot.id}{ending}"'}
    if packed:
        headers |= {"Content-Encoding": "gzip"}
        body = gzip.compress(body, LEVEL, mtime=0)
    return Response(body, headers=headers, media_type=KINDS[ending])


def _headers(request: Request, held: Shelf, caching: str) -> dict[str, str]:
    """What every answer carries; its mark changes with the snapshot, what may be passed on, and the question."""
    manifest = json.dumps(held.snapshot.manifest, sort_keys=True)
    asked = f"{request.url.path}?{sorted(request.query_params.multi_items())}"
    mark = sha256(f"{manifest}{asked}".encode()).hexdigest()[:24]
    withheld = {"Atalaya-Withheld": ", ".join(held.barred)} if held.barred else {}
    created = datetime.fromisoformat(held.snapshot.manifest["created"])
    return {
        "ETag": f'W/"{mark}"',
        "Last-Modified": format_datetime(created, usegmt=True),
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
        "Atalaya-Snapshot": held.snapshot.id,
        **withheld,
        **ANYONE,
    }


def _said(status: int, sentence: str) -> Response:
    later = {"Retry-After": "5"} if status == BUSY else {}
    return JSONResponse({"error": sentence}, status, {"Cache-Control": "no-store", **later, **ANYONE})


def _absent(name: str, held: Shelf) -> AbsentError:
    """What there is, for one who asked for something else."""
    said = N_(
        "There is no {told} here. There is {package}; as .parquet and .csv: {tables}; as .parquet: {polygons}; and to "
        "ask rows of: {questions}."
    )
    tables = ", ".join(table for table in held.names if table != BOUNDARIES)
    asked = ", ".join(question.COLUMNS)
    return AbsentError(said, told=repr(name[:40]), package=PACKAGE, tables=tables, polygons=BOUNDARIES, questions=asked)


@cache
def _known(held: Shelf, table: str, column: str) -> tuple[str, ...]:
    values = held.rows(table).select(pl.col(column).drop_nulls().unique().sort()).collect()
    return tuple(values[column])


@cache
def _years(held: Shelf, table: str) -> tuple[int, int]:
    first, last = held.rows(table).select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)
