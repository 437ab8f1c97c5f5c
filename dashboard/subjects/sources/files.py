"""The rows of page "Sources" as files: the whole snapshot, its tables, what its manifest says, and some of its rows."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.subjects.sources import query
from dashboard.views.code import Match, Snippet, has, present
from dashboard.views.rows import Collect, Rows, file_name
from dashboard.words import data_version, terms
from dashboard.words.source_facts import withheld
from data.i18n import Language
from data.manifest import entry, indicators, main_source

# By anchor: the code of the sections whose rows come from a table.
PARTS = {
    "sdg_differences": Snippet(
        "observations",
        (has("indicator", (query.HERE, query.THERE)), present("low")),
        "The view has the pairs of these that have no number in common.",
        matches=tuple(
            Match(
                {name: name for name in query.KEY} | {name: f"{name}{side}" for name in query.VALUE},
                made=(has("indicator", indicator),),
                whole=False,
            )
            for indicator, side in ((query.HERE, ""), (query.THERE, "_unodc"))
        ),
    ),
    "identities": Snippet("identities"),
    "questioned_flows": Snippet("flows", (has("status", "questioned"),)),
}
_FACTS = ("name", "title", "publisher", "path", "licence", "licence_page", "redistribute", "citation", "frozen")
_FILE = {"release": pl.String, "part": pl.String, "basis": pl.String, "file": pl.String, "address": pl.String} | {
    **{"retrieved": pl.String, "sha256": pl.String, "bytes": pl.Int64, "read": pl.Int64, "kept": pl.Int64}
}


def part(anchor: str, title: str, rows: Collect) -> Rows:
    """A section of the page with rows of the tables."""
    sources = (indicators()[query.HERE].source, main_source()) if anchor == "sdg_differences" else ()
    return Rows(anchor, title, "sources", rows, (), PARTS.get(anchor), sources)


def snapshot(lang: Language) -> Rows:
    """All tables of the snapshot, cited as one."""
    manifest = store.snapshot().manifest
    barred = withheld(manifest)
    sources = tuple(
        source["name"] for source in manifest["sources"] if source["name"] not in barred and data_version.holds(source)
    )
    return Rows("snapshot", data_version.title(lang), "sources", pl.DataFrame, sources=sources)


def table(lang: Language, name: str) -> Rows:
    """A whole table of the snapshot."""
    rows, code = (lambda: store.tables().table(name).collect()), Snippet(name)
    return Rows(name, terms.term(lang, "table", name), "sources", rows, (), code, sources_of(name))


def sources_of(table: str) -> tuple[str, ...]:
    """The sources of a table's rows."""
    return tuple(source["name"] for source in store.snapshot().manifest["sources"] if table in source["tables"])


def overview(lang: Language) -> Rows:
    """All sources, as described in the manifest."""
    manifest_sources = store.snapshot().manifest["sources"]
    names = tuple(source["name"] for source in manifest_sources)
    title = lang.text("Sources and releases")
    return Rows("sources", title, "sources", partial(_facts, manifest_sources), sources=names)


def releases(lang: Language, source: str) -> Rows:
    """The releases of a source in the snapshot."""
    title = lang.text("{source}: releases", source=terms.term(lang, "source", source))
    return Rows(file_name("releases", source), title, "sources", partial(_releases, source), sources=(source,))


def reasons(lang: Language, source: str) -> Rows:
    """Which rows of a source were set aside or marked, and why."""
    title = lang.text("{source}: rows left out or marked", source=terms.term(lang, "source", source))
    return Rows(file_name("set_aside", source), title, "sources", partial(_reasons, source), sources=(source,))


def checks() -> pl.DataFrame:
    """The checks before publication: name, saw, expected, passed."""
    results = store.snapshot().manifest.get("checks", [])
    columns = {"name": pl.String, "saw": pl.String, "expected": pl.String, "passed": pl.Boolean}
    return pl.DataFrame([{name: check[name] for name in columns} for check in results], schema=columns)


def _facts(manifest_sources: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    columns = (*_FACTS, "status", "tried", "problem")
    rows = [{name: source.get(name) for name in columns} | {"tables": source["tables"]} for source in manifest_sources]
    types: dict[str, Any] = dict.fromkeys(columns, pl.String) | {"frozen": pl.Boolean, "tables": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=types)


def _releases(name: str) -> pl.DataFrame:
    rows = [{column: release.get(column) for column in _FILE} for release in entry(name)["releases"]]
    return pl.DataFrame(rows, schema=_FILE).insert_column(0, pl.Series("source", [name] * len(rows)))


def _reasons(name: str) -> pl.DataFrame:
    kinds = {"set_aside": "set_aside", "to_look_at": "kept_and_marked"}
    rows = [
        {"source": name, "release": release["release"], "part": release.get("part"), "treatment": treatment}
        | {column: reason.get(column) for column in ("reason", "detail", "rows")}
        for release in entry(name)["releases"]
        for kind, treatment in kinds.items()
        for reason in release.get(kind, [])
    ]
    texts = dict.fromkeys(("source", "release", "part", "treatment", "reason", "detail"), pl.String)
    return pl.DataFrame(rows, schema=texts | {"rows": pl.Int64})
