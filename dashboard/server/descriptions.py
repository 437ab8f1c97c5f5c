"""The data described for other programs, from the data package: schema.org, DCAT-AP 3, Croissant 1.1, SDMX, RFC 9727.

`descriptions.json` has the form of each description: `{name}` in a text stands for a value, and alone for any value.
Croissant has Parquet under the name too that it had before its media type was registered: its readers know no other.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import orjson
import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import sending, site, store
from dashboard.export import citation, sdmx
from dashboard.export.citation import Cited
from dashboard.export.snapshot_files import shelf
from dashboard.forms.html.files import DESCRIBED, Offer
from dashboard.forms.html.making import Making
from dashboard.server.addresses import root
from dashboard.subjects import api_addresses, question
from dashboard.words import data_version, terms
from dashboard.words.source_facts import open_tables
from data.i18n import DEFAULT, Language, language
from data.snapshot import BOUNDARIES

Json = dict[str, Any]
FORMS: Mapping[str, Json] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
ENGLISH = language(DEFAULT)
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
# The types of Croissant for those of the data package; the others, lists and shapes, are in the files alone.
FIELDS = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}
# The words for codes of columns whose name is not that of the words.
WORDS: Mapping[str, str] = {
    "area": "country",
    "origin": "country",
    "destination": "country",
    "counting_unit": "counting",
}
CODELIST = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist"
HEADERS = {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}", "Access-Control-Allow-Origin": "*"}
KEPT = 8


def routes() -> list[Route]:
    """The routes of all descriptions."""
    return [Route(path, partial(_answer, path)) for path in DESCRIPTIONS]


async def _answer(path: str, request: Request) -> Response:
    made = await run_in_threadpool(_content, path, root(request))
    # RFC 9727 asks for it, also in answers to HEAD.
    link = {"Link": f'<{root(request)}{api_addresses.CATALOG}>; rel="api-catalog"'}
    return await made.response(request.headers, **HEADERS, **link)


@store.cached_up_to(KEPT)
def _content(_snap: store.Tables, path: str, address: str) -> sending.Content:
    make, kind = DESCRIPTIONS[path]
    package = shelf().package
    written = orjson.dumps(make(package, _values(package, ENGLISH, address)), option=orjson.OPT_INDENT_2)
    return sending.Content(written, kind)


def head(making: Making, name: str, words: str) -> str:
    """The data of a page in its head, as schema.org, and a link to the catalog; empty for a page without data.

    These are all data or the rows that the page offers as files. Browsers do not run such a block, and no text ends it.

    Args:
        name, words: of the page.
    """
    lang, addresses = making.lang, making.addresses
    # Beside a page that is a file there is no API.
    base = site.public_address() or ("" if addresses.files else addresses.up.rstrip("/"))
    whole = bool(base) and addresses.page.describes_data
    if not (whole or making.offers):
        return ""
    values = _values(store.snapshot().manifest, lang, base)
    sources = f"{base}/{lang.code}/sources" if base else addresses.of("sources")
    every = values | {"mark": values["id"], "place": sources, "part_of": "", "years": ""}
    every |= {"catalog_of": _filled("in", values) if base else ""}
    if not whole:
        every |= _of_offers(lang, making.offers) | {"place": addresses.shared or addresses.view(), "part_of": sources}
        every |= {"mark": "", "title": f"{name} · {values['title']}", "purpose": f"{words} {values['purpose']}"}
    found = {key: value for key, value in _filled("schema.org", every).items() if value}
    written = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
    link = f'<link rel="describedby" type="application/ld+json" href="{base}{api_addresses.DCAT}">' * bool(base)
    return f'<script type="application/ld+json">{written}</script>{link}'


def _of_offers(lang: Language, offers: Sequence[Offer]) -> Json:
    """What the rows of a page have of their own: their sources, indicators, states, years and files."""
    cited = {one.source["name"]: one.source for offer in offers for one in offer.cited.sources}
    sources = [one for one in store.snapshot().manifest["sources"] if one["name"] in cited]
    codes = {name: sorted({one for offer in offers for one in offer.codes.get(name, ())}) for name in DESCRIBED}
    years = codes["year"]
    return {
        **_of_sources(sources),
        "indicators": [terms.term(lang, "indicator", one) for one in codes["indicator"]],
        "states": [lang.country(one) for one in codes["area"]],
        "years": f"{years[0]}/{years[-1]}" if years else "",
        "downloads": [
            _filled("download", {"label": offer.cited.title, "file": file.address, "mediatype": file.kind})
            for offer in offers
            for file in offer.files
        ],
    }


def _of_sources(sources: Sequence[Json]) -> Json:
    return {
        "licenses": sorted({one["licence_page"] for one in sources if one["licence_page"]}),
        "rights": _rights(sources),
        "pages": [one["path"] for one in sources if one["path"]],
    }


def dcat(package: Json, values: Json) -> Json:
    """All tables as a catalog, each a dataset with its distributions, and the API as a data service."""
    datasets = []
    for table in package["resources"]:
        sources = [one for one in package["sources"] if table["name"] in one["tables"]]
        mine = values | _of_table(table, values) | {"rights": _rights(sources)}
        distributions = []
        for form, kind in {"parquet": table["mediatype"], "csv": "text/csv"}.items():
            place = f"{mine['api']}/{mine['id']}/{table['name']}.{form}"
            one = _filled("distribution", mine | {"place": place, "kind": kind, "form": form.upper()})
            # Size and hash are those of the data package, which has no CSV; shapes have no CSV at all.
            distributions += [one | _filled("content", mine)] if form == "parquet" else [one]
        flat = distributions[:1] if table["name"] == BOUNDARIES else distributions
        datasets.append(_filled("dataset", mine | {"distributions": flat}))
    served = [{"@id": one["@id"]} for one in datasets]
    return _filled("catalog", values | {"datasets": datasets, "served": served})


def croissant(package: Json, values: Json) -> Json:
    """All tables for machine learning: a file and a record set for each, with the columns of single values."""
    files, records = [], []
    for table in package["resources"]:
        mine = values | _of_table(table, values)
        fields = [
            _filled(
                "field", mine | {"column": name, "label": terms.term(ENGLISH, "column", name), "type": FIELDS[kind]}
            )
            for name, kind in ((one["name"], one["type"]) for one in table["schema"]["fields"])
            if kind in FIELDS
        ]
        files.append(_filled("file", mine))
        records.append(_filled("records", mine | {"fields": fields}))
    cited = Cited("snapshot", values["title"], values["root"], values["id"], values["created"], ())
    return _filled(
        "croissant", values | {"citation": citation.text(ENGLISH, cited), "files": files, "records": records}
    )


def links(_package: Json, values: Json) -> Json:
    """Where the API, its description and its page are (RFC 9727), as a set of links (RFC 9264)."""
    return _filled("links", values)


def structures(package: Json, values: Json) -> Json:
    """The structures of rows as SDMX-CSV, with the dataflows and the lists of codes (SDMX-JSON 2.0)."""
    values = values | {"agency": sdmx.AGENCY, "structure_version": sdmx.VERSION}
    parts: dict[str, list[Json]] = {"codelists": [], "structures": [], "dataflows": []}
    concepts: dict[str, Json] = {}
    for table in (one for one in package["resources"] if one["name"] in question.OBSERVED):
        kinds = {one["name"]: one["type"] for one in table["schema"]["fields"]}
        mine = values | _of_table(table, values) | {"flow": table["name"].upper()}
        components = []
        for name, column in sdmx.columns(table["name"]).items():
            label = "Data version" if column == "snapshot" else terms.term(ENGLISH, "column", column)
            concepts[name] = {"id": name, "name": label}
            shown: Json = {
                "format": {"dataType": sdmx.TYPES.get(name, sdmx.TYPES.get(kinds.get(column, ""), "String"))}
            }
            if codes := _codes(table["name"], column):
                listed = mine | {"list": f"CL_{mine['flow']}_{name}", "label": label, "codes": codes}
                parts["codelists"].append(_filled("codelist", listed))
                shown = {"enumeration": f"{CODELIST}={sdmx.AGENCY}:{listed['list']}({sdmx.VERSION})"}
            components.append(_filled("component", mine | {"concept": name, "representation": shown}))
        parts["structures"].append(_filled("structure", mine | _roles(components, sdmx.dimensions(table["name"]))))
        parts["dataflows"].append(_filled("dataflow", mine))
    return _filled("structures", values | parts | {"concepts": [*concepts.values()]})


def _roles(components: list[Json], dimensions: int) -> Json:
    """The components of a structure by their roles: the dimensions are first."""
    time = [one for one in components[:dimensions] if one["id"] == sdmx.TIME]
    of_observation = {"attributeRelationship": {"observation": {}}, "measureRelationship": [sdmx.MEASURE]}
    return {
        "dimensions": [one for one in components[:dimensions] if one not in time],
        "time": time[0],
        "measures": components[dimensions : dimensions + 1],
        "attributes": [one | of_observation for one in components[dimensions + 1 :]],
    }


def _codes(table: str, column: str) -> list[Json]:
    """The codes of a column with their names; none for a column of texts and numbers."""
    asked = {"REF_AREA": "area"}.get(column, column)
    found = (
        question.options(table, asked, "", partial(shelf().values, table)) if asked in question.COLUMNS[table] else ()
    )
    codes = pl.Series(column, found or sdmx.LISTS.get(column, ()), pl.String)
    kind = cast("terms.Kind", WORDS.get(asked, asked))
    names = [sdmx.STATUSES.get(code) or terms.term(ENGLISH, kind, code) for code in codes]
    named = codes.to_frame().select(id=sdmx.coded(column), name=pl.Series(names, dtype=pl.String))
    return named.to_dicts()


DESCRIPTIONS: Mapping[str, tuple[Callable[[Json, Json], Json], str]] = {
    api_addresses.DCAT: (dcat, "application/ld+json"),
    api_addresses.CROISSANT: (croissant, "application/ld+json"),
    api_addresses.STRUCTURES: (structures, sdmx.STRUCTURES),
    api_addresses.CATALOG: (links, LINKSET),
}


def _values(manifest: Mapping[str, Any], lang: Language, address: str) -> Json:
    """What all descriptions say, from the manifest of a data version or its data package."""
    sources, offered = manifest["sources"], open_tables(manifest)
    values = {
        "root": address,
        "api": f"{address}{api_addresses.ROOT}",
        "openapi": api_addresses.OPENAPI,
        "package": api_addresses.PACKAGE,
        "dcat": api_addresses.DCAT,
        "croissant": api_addresses.CROISSANT,
        "catalog": api_addresses.CATALOG,
        "sdmx": api_addresses.STRUCTURES,
        "structure_type": sdmx.STRUCTURES,
        "data_type": sdmx.MEDIA,
        "id": manifest["id"],
        "created": manifest["created"],
        "lang": lang.code,
        "tag": lang.tag,
        "title": data_version.title(lang),
        "purpose": lang.text("Trafficking in persons in the Americas: what the 35 states report."),
        "states": [lang.country(area) for area in store.areas()],
        "indicators": [terms.term(lang, "indicator", one["id"]) for one in manifest["indicators"]],
        **_of_sources(sources),
    }
    tables = [one for one in manifest["resources"] if one["name"] in offered]
    return values | {"downloads": [_filled("download", _of_table(one, values, lang)) for one in tables]}


def _of_table(table: Mapping[str, Any], values: Json, lang: Language = ENGLISH) -> Json:
    """What a description says of a table; the file is that of this data version, which never changes."""
    return {
        **table,
        "label": terms.term(lang, "table", table["name"]),
        "file": f"{values['api']}/{values['id']}/{table['path']}",
        "sha256": str(table["hash"]).removeprefix("sha256:"),
    }


def _rights(sources: Sequence[Json]) -> str:
    return "; ".join(f"{one['publisher']}: {one['licence']}" for one in sources)


def _filled(name: str, values: Json) -> Json:
    """One of `FORMS` with its values."""
    return {key: _part(form, values) for key, form in FORMS[name].items()}


def _part(form: Any, values: Json) -> Any:  # noqa: ANN401 - any part of a form of JSON
    match form:
        case dict():
            return {key: _part(one, values) for key, one in form.items()}
        case list():
            return [_part(one, values) for one in form]
        case str():
            alone = re.fullmatch(r"\{(\w+)\}", form)
            return values[alone[1]] if alone else form.format(**values)
    return form
