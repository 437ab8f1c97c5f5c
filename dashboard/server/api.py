"""The API: the tables of the snapshot at stable addresses, as whole files or as the rows of a query.

`/api/v1/` lists what there is. `/api/v1/observations.parquet` is of the current snapshot and may be cached for
minutes; files under `/api/v1/<snapshot>/` never change, and are there as long as the place has that snapshot. Answers
are public and the same for everybody, and no request changes anything, so pages of any site may read them (CORS).
Errors are in the language that the request accepts.
"""

import asyncio
import gzip
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson
import polars as pl
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from dashboard import static, store
from dashboard.export import formats, sdmx
from dashboard.export.citation import cited_sources
from dashboard.export.snapshot_files import Shelf, shelf
from dashboard.server import openapi
from dashboard.server.addresses import root
from dashboard.subjects import api_addresses, figure_rows, question
from dashboard.subjects.corrections.query import REPLY_COLUMNS, concerning, corrections
from dashboard.turns import SPENT, Turns, client
from dashboard.words import data_version
from data.counting_units import counting_units
from data.i18n import N_, language, match
from data.number_states import with_states
from data.snapshot import BOUNDARIES
from data.verified import Verified

KINDS = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".json": "application/json"}
KINDS |= {".sdmx.csv": sdmx.MEDIA}
# The table whose rows get more columns.
FIGURES = "observations"
# The table with the corrections.
LEDGER = "evidence"
# The page that tells people what the list tells programs.
PAGE = "api"
SOON = f"public, max-age={api_addresses.MINUTES * 60}"
ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Atalaya-Snapshot, Atalaya-Manifest, "
    "Atalaya-Signed, Atalaya-Withheld",
}
FAILED = 503
LEVEL = 6
# Descriptions that are kept of each snapshot: one for each address of this site.
KEPT = 4
# Two at a time, to leave time for pages; and how many may wait, of all clients and of one. Clients take turns.
WORKERS = 2
MOST_WAITING = 512
OF_ONE = 128
TURNS = Turns(WORKERS, MOST_WAITING, OF_ONE, SPENT)
_POOL = ThreadPoolExecutor(WORKERS, "api")


class AbsentError(question.RefusalError):
    """There is nothing at the address; the sentence says what is available."""


def routes() -> list[Route]:
    """The routes of the current snapshot and of a named one, and an error for all others."""
    paths = (
        f"{api_addresses.ROOT}/{{file}}",
        f"{api_addresses.ROOT}/{{snapshot}}/{{file}}",
        "/api/{rest:path}",
        "/api",
    )
    return [Route(path, _answer) for path in paths]


def rows(query: question.Question, files: Shelf) -> pl.DataFrame:
    """The rows of a query, as far as they may be passed on; observations have the columns of files.

    Raises:
        RefusalError: there are more rows than one answer may have.
    """
    found = query.rows(files.rows(query.table)).head(api_addresses.MOST_ROWS + 1).collect()
    if found.height > api_addresses.MOST_ROWS:
        sentence = N_(
            "rows: the answer would have more than {most}, the limit. Ask for fewer years or values, or download "
            "{table}.parquet."
        )
        raise question.RefusalError(sentence, most=api_addresses.MOST_ROWS, table=query.table)
    ordered = query.ordered(found)
    if query.table != FIGURES:
        return ordered
    return with_states(figure_rows.completed(ordered.lazy(), counting_units()).lazy()).collect()


def answer(query: question.Question, found: pl.DataFrame, files: Shelf) -> bytes:
    """The body of an answer: CSV as in the files of the snapshot, SDMX-CSV, or JSON with sources and corrections."""
    shown = _shown(query, found)
    if query.form == question.SDMX:
        return sdmx.csv(query.table, shown, files.snapshot.id)
    if query.form == "csv":
        return formats.csv(shown, files.snapshot.id)
    # Polars writes the rows without Python's lock, so other threads can run; the rest is small.
    metadata = orjson.dumps(_metadata(query, found, files) | {"count": shown.height})
    return b'%s,"rows":%s}\n' % (metadata[:-1], shown.write_json().encode())


def _shown(query: question.Question, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of an answer, each with the state of its figure."""
    return with_states(query.shown(found).lazy()).collect()


@store.cached_up_to(KEPT)
def description(_snap: store.Tables, address: str) -> dict[str, Any]:
    """The API of the snapshot as OpenAPI; `address` is that of this site."""
    files = shelf()
    firsts = {table: files.years(table)[0] for table in question.COLUMNS}
    # The answer for one year has the columns of all.
    answers = {table: question.Question(table, first, first) for table, first in firsts.items()}
    return openapi.document(
        files, {name: _shown(one, rows(one, files)).schema for name, one in answers.items()}, address
    )


def asks(scope: Scope) -> bool:
    """Whether a request is for the API, whatever path is before it."""
    return "/api/" in str(scope["path"])


def error(status: int, sentence: str, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    """An answer without rows: a sentence that says why."""
    return JSONResponse({"error": sentence}, status, {"Cache-Control": "no-store", **headers, **ANYONE})


async def _answer(request: Request) -> Response:
    lang = language(match(request.headers.get("accept-language")))
    path = request.url.path
    if _is_list(path) and "text/html" in request.headers.get("accept", ""):
        up = "../" * (path.removeprefix(request.scope.get("root_path", "")).count("/") - 1) or "./"
        return RedirectResponse(
            f"{up}{lang.code}/{PAGE}", 303, {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        )
    try:
        snapshot = await _snapshot(request)
        async with TURNS.awaited(client(request.scope)):
            with store.reading(snapshot):
                run = copy_context().run
                return await asyncio.get_running_loop().run_in_executor(_POOL, run, _response, request, shelf())
    except question.RefusalError as refusal:
        sentence = lang.text(refusal.sentence, **refusal.values)
        return error(404 if isinstance(refusal, AbsentError) else 400, sentence)
    except (OSError, pl.exceptions.PolarsError):
        return error(FAILED, lang.text("No answer is possible now. Try again later."), {"Retry-After": "60"})


def _is_list(path: str) -> bool:
    """Whether an address is that of the list of what there is."""
    return path.rstrip("/").endswith(api_addresses.ROOT)


async def _snapshot(request: Request) -> Verified:
    """The snapshot that an address names, if it is still there; else the current one."""
    name = request.path_params.get("snapshot", "")
    return await store.snapshot_named(name) or store.snapshot() if name else store.snapshot()


def _response(request: Request, files: Shelf) -> Response:
    name, snapshot = request.path_params.get("file", ""), request.path_params.get("snapshot", "")
    if snapshot not in {"", files.snapshot.id}:
        sentence = N_("Data version {given} is not available. The current version is {snapshot}.")
        raise AbsentError(sentence, given=repr(snapshot[:40]), snapshot=files.snapshot.id)
    query = _question(name, request, files) if name in question.COLUMNS else None
    headers = _headers(request, files, static.FOREVER if snapshot else SOON)
    known = request.headers.get("if-none-match", "")
    if known == "*" or headers["ETag"] in known:
        return Response(status_code=304, headers=headers)
    compress = "gzip" in request.headers.get("accept-encoding", "")
    if query:
        content = answer(query, rows(query, files), files)
        ending = ".sdmx.csv" if query.form == question.SDMX else f".{query.form}"
        return _body(f"{name}{ending}", content, headers, files, compress=compress)
    if not name and _is_list(request.url.path):
        return _body("index.json", _index(files), headers, files, compress=compress)
    if name in {api_addresses.PACKAGE, api_addresses.OPENAPI}:
        described = files.package if name == api_addresses.PACKAGE else description(root(request))
        written = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        return _body(name, written, headers, files, compress=compress)
    return _file(name, headers, files, compress=compress)


def _index(files: Shelf) -> bytes:
    """What there is, with addresses relative to `/api/v1/`."""
    tables = {table: [f"{table}.parquet", *([f"{table}.csv"] * (table != BOUNDARIES))] for table in files.names}
    content = {
        "snapshot": files.snapshot.id,
        "package": api_addresses.PACKAGE,
        "tables": tables,
        "questions": api_addresses.questions(),
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _question(table: str, request: Request, files: Shelf) -> question.Question:
    return question.understood(
        table, request.query_params.multi_items(), partial(files.values, table), files.years(table)
    )


def _file(name: str, headers: dict[str, str], files: Shelf, *, compress: bool) -> Response:
    table, ending = Path(name).stem, Path(name).suffix
    makers = {".parquet": files.parquet, ".csv": files.csv}
    if ending not in makers or table not in files.names or (table, ending) == (BOUNDARIES, ".csv"):
        raise _absent(name, files)
    path = makers[ending](table)
    named = f"atalaya_{table}_{files.snapshot.id}{ending}"
    if ending == ".csv" and compress:
        headers |= {"Content-Encoding": "gzip"}
        path = files.packed(path)
    return FileResponse(path, headers=headers, media_type=KINDS[ending], filename=named)


def _body(name: str, body: bytes, headers: dict[str, str], files: Shelf, *, compress: bool) -> Response:
    stem, dot, last = name.partition(".")
    ending = dot + last
    # Browsers show JSON, and save CSV.
    disposition = "attachment" if last.endswith("csv") else "inline"
    headers |= {"Content-Disposition": f'{disposition}; filename="atalaya_{stem}_{files.snapshot.id}{ending}"'}
    if compress:
        headers |= {"Content-Encoding": "gzip"}
        body = gzip.compress(body, LEVEL, mtime=0)
    return Response(body, headers=headers, media_type=KINDS[ending])


def _headers(request: Request, files: Shelf, caching: str) -> dict[str, str]:
    """The headers of every answer; the ETag depends on the snapshot, its licenses, and the query."""
    manifest = json.dumps(files.snapshot.manifest, sort_keys=True)
    address = f"{request.url.path}?{sorted(request.query_params.multi_items())}"
    tag = sha256(f"{manifest}{address}".encode()).hexdigest()[:24]
    withheld = {"Atalaya-Withheld": ", ".join(files.barred)} if files.barred else {}
    created = datetime.fromisoformat(files.snapshot.manifest["created"])
    return {
        "ETag": f'W/"{tag}"',
        "Last-Modified": format_datetime(created, usegmt=True),
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
        **data_version.compared_with(files.snapshot),
        **withheld,
        **ANYONE,
    }


def _absent(name: str, files: Shelf) -> AbsentError:
    """The error that lists what is available."""
    sentence = N_(
        "{name} does not exist. Available: {package}; as .parquet and .csv: {tables}; as .parquet: {polygons}; for "
        "queries: {questions}."
    )
    tables = ", ".join(table for table in files.names if table != BOUNDARIES)
    queries = ", ".join(question.COLUMNS)
    return AbsentError(
        sentence,
        name=repr(name[:40]),
        package=api_addresses.PACKAGE,
        tables=tables,
        polygons=BOUNDARIES,
        questions=queries,
    )


def _metadata(query: question.Question, found: pl.DataFrame, files: Shelf) -> dict[str, Any]:
    facts = ("name", "publisher", "title", "licence", "licence_page", "citation")
    return {
        "snapshot": files.snapshot.id,
        "created": files.snapshot.manifest["created"],
        "table": query.table,
        "asked": {**query.equal, "from": query.first, "to": query.last},
        "sources": [
            {name: one.source[name] for name in facts} | {"releases": one.releases}
            for one in cited_sources(found, files.snapshot.manifest)
        ],
        "withheld": files.barred,
        "corrections": _corrections(found, files),
        "count": found.height,
    }


def _corrections(found: pl.DataFrame, files: Shelf) -> list[dict[str, Any]]:
    """Corrections to figures among the rows; `rows` counts from 0. For a rate, the disputed figure may be its count."""
    if LEDGER not in files.names:
        return []
    corrected = concerning(corrections(files.rows(LEDGER)), found)
    return (
        corrected.group_by([*REPLY_COLUMNS, "of_count"], maintain_order=True).agg(rows=pl.col("row").sort()).to_dicts()
    )
