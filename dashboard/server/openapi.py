"""The API described for programs: OpenAPI 3.1, made from the declarations of its questions and of the views."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard import catalog
from dashboard.export import cited_view, sdmx
from dashboard.export.snapshot_files import Shelf
from dashboard.server import feeds
from dashboard.store import areas
from dashboard.subjects import api_addresses, question
from dashboard.views.address import read
from dashboard.views.filters import Flag, Form, Limited, Many, One, Spec
from dashboard.views.page import Files, Page
from dashboard.words import terms
from data import manifest
from data.i18n import DEFAULT, LANGUAGES, language
from data.snapshot import BOUNDARIES

Json = dict[str, Any]
ENGLISH = language(DEFAULT)
CSV = "text/csv"
JSON = "application/json"
PARQUET = "application/vnd.apache.parquet"
TYPES: Mapping[Any, str] = {pl.Boolean: "boolean", pl.List: "array", pl.Struct: "object"}
ERROR = {"$ref": "#/components/responses/Refused"}


def document(files: Shelf, answered: Mapping[str, pl.Schema], root: str) -> Json:
    """The description of the API and of the files of views.

    Args:
        answered: the columns of an answer, by table; root: the address of this site, without a slash at its end.
    """
    snapshot = {"default": files.snapshot.id, "description": "The id of a data version"}
    paths = {"/": _get("What there is", {JSON: {"type": "object"}})}
    for name in (api_addresses.PACKAGE, api_addresses.OPENAPI):
        paths[f"/{name}"] = _get("A description of the data or of the API", {JSON: {"type": "object"}})
    flat = [name for name in files.names if name != BOUNDARIES]
    for ending, kind, names in (("parquet", PARQUET, files.names), ("csv", CSV, flat)):
        table = _parameter("table", {"type": "string", "enum": list(names)}, "A table", place="path")
        paths[f"/{{table}}.{ending}"] = _get("A whole table", {kind: {}}, [table])
    paths |= {f"/{table}": _question(table, files, answered[table]) for table in question.COLUMNS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{files.package['title']}: API",
            "version": "1",
            "description": "The tables of a data version, whole or in part. No key is needed; figures are intervals.",
        },
        "servers": [
            {"url": f"{root}{api_addresses.ROOT}", "description": "The current data version"},
            {"url": f"{root}{api_addresses.ROOT}/{{snapshot}}", "variables": {"snapshot": snapshot}},
        ],
        "paths": {**paths, **{path: {**one, "servers": [{"url": root or "/"}]} for path, one in _views()}},
        "components": {"responses": {"Refused": _refused()}},
    }


def _question(table: str, files: Shelf, columns: pl.Schema) -> Json:
    parameters = []
    for name in question.parameters_of(table):
        allowed = question.schema(table, name, lambda column: files.values(table, column), files.years(table))
        label = ENGLISH.text(question.LABELS[name]) if name in question.LABELS else terms.term(ENGLISH, "column", name)
        parameters.append(_parameter(name, allowed, label))
    row = {"type": "object", "properties": {name: _column(kind) for name, kind in columns.items()}}
    content = {"rows": {"type": "array", "items": row}, "count": {"type": "integer"}, "snapshot": {"type": "string"}}
    body = {"type": "object", "required": list(content), "properties": content}
    most = f"At most {api_addresses.MOST_ROWS} rows"
    kinds: Json = {JSON: body, CSV: {}} | ({sdmx.MEDIA: {}} if table in question.OBSERVED else {})
    return _get(f"{terms.term(ENGLISH, 'table', table)}: the rows that match", kinds, parameters, most)


def _column(kind: Any) -> Json:  # noqa: ANN401 - a data type of Polars
    named = "integer" if kind.is_integer() else "number" if kind.is_float() else TYPES.get(kind.base_type(), "string")
    return {"type": [named, "null"]}


def _views() -> Iterator[tuple[str, Json]]:
    """The feeds, and the rows of each page that has any, with the filters of these rows."""
    common = [
        _parameter("lang", {"type": "string", "enum": list(LANGUAGES)}, "A language", place="path"),
        _parameter(
            "ending", {"type": "string", "enum": list(cited_view.FORMATS)}, "The form of the rows", place="path"
        ),
    ]
    kinds: Json = {kind: {} for _, kind, *_ in cited_view.FORMATS.values()}
    places = {"lang": LANGUAGES, "area": areas(), "indicator": manifest.indicators(), "form": feeds.KINDS}
    for path in feeds.PATHS:
        named = {name: {"type": "string", "enum": list(ids)} for name, ids in places.items() if f"{{{name}}}" in path}
        given = [_parameter(name, schema, name, place="path") for name, schema in named.items()]
        yield path, _get("What changed, as a feed", {kind: {} for kind in feeds.KINDS.values()}, given)
    for page in catalog.pages().values():
        if (specs := _filters(page)) is not None:
            steps = "".join(f"/{{{spec.name}}}" for spec in page.path if spec.default)
            place = {spec.name: "path" if spec in page.path else "query" for spec in specs}
            parameters = [_parameter(one.name, _values(one), one.label, place=place[one.name]) for one in specs]
            path = f"/{{lang}}/{page.slug}{steps}.{{ending}}"
            yield path, _get(f"{page.title}: {page.purpose}", kinds, [*common, *parameters])


def _filters(page: Page) -> list[Spec[Any]] | None:
    """The filters of the first rows of a page, and of its path; None without any rows."""
    values = read(page.filters, {}).values
    blocks = (block for section in page.sections(ENGLISH, values) for block in section.blocks)
    rows = next((block.rows for block in blocks if isinstance(block, Files)), None)
    needed = [spec for spec in page.path if spec.default]
    return None if rows is None else [*needed, *(spec for spec in rows.specs if spec not in page.path)]


def _values(spec: Spec[Any]) -> Json:
    """What a filter allows, as JSON Schema."""
    match spec:
        case One():
            return {"type": "string", "enum": list(spec.options)}
        case Many():
            return {"type": "array", "items": {"type": "string", "enum": list(spec.options)}}
        case Flag():
            return {"type": "string", "enum": list(question.SWITCH)}
        case Form():
            return {"type": "string", "pattern": f"^({spec.pattern})$"}
        case Limited() if isinstance(spec.default, int):
            return {"type": "integer", "minimum": spec.low, "maximum": spec.high}
    return {"type": "string", "pattern": r"^\d{4}-\d{4}$"}


def _parameter(name: str, schema: Json, label: str, *, place: str = "query") -> Json:
    written = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    return {"name": name, "in": place, "required": place == "path", "description": label, "schema": schema, **written}


def _get(summary: str, content: Mapping[str, Json], parameters: list[Json] | None = None, more: str = "") -> Json:
    answer = {"description": more or "The answer", "content": {kind: {"schema": one} for kind, one in content.items()}}
    responses = {"200": answer, "304": {"description": "Unchanged"}, "default": ERROR}
    return {"get": {"summary": summary, "parameters": parameters or [], "responses": responses}}


def _refused() -> Json:
    error = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    return {"description": "A sentence that says why", "content": {JSON: {"schema": error}}}
