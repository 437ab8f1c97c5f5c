"""The views of smaller tables: those under a map or chart, and those from the manifest."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.export import snippets
from dashboard.export.views import since, sources_of
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from dashboard.views.rows import Rows, file_name
from dashboard.words import terms
from data.i18n import Language

Years = tuple[int, int]
# Filters of the routes that no single record follows.
OF_ARROWS = ("minimum", "limit", "questioned")


def listed(lang: Language, selection: routes_query.Filter) -> Rows:
    """How many victims have a listed citizenship, for the selected states and years."""
    areas, years = selection.areas, (selection.first, selection.last)
    return Rows(
        file_name("listed", _years(years), *selection.areas, since(selection.edition)),
        lang.text("Number of detected victims whose citizenship UNODC lists"),
        "routes",
        partial(routes_query.coverage, areas, *years, selection.edition),
        (shared.STATES, routes_filters.YEARS, shared.EDITION),
        snippets.listed(areas, years, selection.edition),
        key="listed",
        cells=lambda: routes_query.list_cells(routes_query.coverage(areas, *years, selection.edition)),
    )


def lost(lang: Language, selection: routes_query.Filter) -> Rows:
    """The records of the routes that cannot be placed on a map."""
    others = (f"{name}-{text}" for name, text in routes_query.others(selection).items())
    marks = (*selection.areas, selection.position if selection.areas else "", *selection.forms, *others)
    return Rows(
        file_name(
            "unlocated", selection.evidence, _years((selection.first, selection.last)), *marks, since(selection.edition)
        ),
        f"{lang.text('Flows that are not on the map')}, "
        f"{terms.in_sentence(terms.term(lang, 'evidence', selection.evidence))}",
        "routes",
        partial(routes_query.lost_file, selection),
        (*(spec for name, spec in routes_filters.OF_ROWS.items() if name not in OF_ARROWS), shared.EDITION),
        snippets.lost(selection),
        key="lost",
    )


def roles(lang: Language, areas: tuple[str, ...], years: Years, page: str) -> Rows:
    """The roles that reports state or deny: the newest such report of each."""
    return Rows(
        file_name("roles", _years(years), *areas),
        lang.text("Roles in US government reports"),
        page,
        partial(routes_query.roles, areas, *years),
        (shared.AREA,) if page == "country" else (shared.STATES, routes_filters.YEARS),
        snippets.roles(areas, years),
        key="roles",
    )


def others(lang: Language, area: str) -> Rows:
    """A state's other counts and surveys."""
    return Rows(
        file_name("other_figures", area),
        f"{lang.text('Other counts and surveys: the SDG database')}, {lang.country(area)}",
        "country",
        partial(states_query.others_file, area),
        (shared.AREA,),
        snippets.others(area),
        key="others",
    )


def unsummed(lang: Language, selection: explore_query.Selection, edition: str, parts: pl.DataFrame) -> Rows:
    """The totals of a view that are not the sum of their parts; `parts` are the rows that the page shows."""
    groups = [f"{name}-{'-'.join(codes) or 'all'}" for name, codes in selection.groups.items() if codes != ("total",)]
    ids = (*selection.indicators, *selection.areas, _years(selection.years), *groups)
    ordered = parts.sort(*explore_query.KEY, "by")
    return Rows(
        file_name("not_the_sum", *ids, since(edition)),
        lang.text("Totals that differ from the sum of their parts"),
        "explore",
        lambda: explore_query.unsummed_file(ordered, store.tables().observations(edition)),
        explore_filters.EXPLORE,
        snippets.unsummed(selection, edition),
        key="unsummed",
    )


def treaties(lang: Language, pair: Pair) -> Rows:
    """The acts of two states on the treaties."""
    return Rows(
        file_name("treaties", *pair.states),
        f"{lang.text('Treaties')}, {lang.listing(map(lang.country, pair.states))}",
        "explore",
        partial(pair_query.treaties, pair.states),
        (explore_filters.TASK, *compare_filters.COMPARE),
        snippets.treaties(pair.states),
        sources_of("instruments"),
        "treaties",
    )


def migrants(lang: Language, pair: Pair) -> Rows:
    """Migrants between two states, as context."""
    return Rows(
        file_name("migrants", pair.one, pair.other),
        f"{lang.text('Migrants between the two, as context')}, {lang.listing(map(lang.country, pair.states))}",
        "explore",
        partial(pair_query.migrants, pair.one, pair.other),
        (explore_filters.TASK, *compare_filters.COMPARE),
        snippets.migrants(pair.one, pair.other),
        key="migrants",
    )


def releases(lang: Language, source: str) -> Rows:
    """The releases of a source in the snapshot."""
    title = lang.text("{source}: releases", source=terms.term(lang, "source", source))
    return Rows(file_name("releases", source), title, "sources", partial(_releases, source), sources=(source,))


def reasons(lang: Language, source: str) -> Rows:
    """Which rows of a source were set aside or marked, and why."""
    title = lang.text("{source}: rows left out or marked", source=terms.term(lang, "source", source))
    return Rows(file_name("set_aside", source), title, "sources", partial(_reasons, source), sources=(source,))


def overview(lang: Language) -> Rows:
    """All sources, as described in the manifest."""
    manifest_sources = store.snapshot().manifest["sources"]
    names = tuple(source["name"] for source in manifest_sources)
    title = lang.text("Sources and releases")
    return Rows("sources", title, "sources", partial(_facts, manifest_sources), sources=names)


def checks() -> pl.DataFrame:
    """The checks before publication: name, saw, expected, passed."""
    results = store.snapshot().manifest.get("checks", [])
    columns = {"name": pl.String, "saw": pl.String, "expected": pl.String, "passed": pl.Boolean}
    return pl.DataFrame([{name: check[name] for name in columns} for check in results], schema=columns)


_FACTS = ("name", "title", "publisher", "path", "licence", "licence_page", "redistribute", "citation", "frozen")
_FILE = {"release": pl.String, "part": pl.String, "basis": pl.String, "file": pl.String, "address": pl.String} | {
    **{"retrieved": pl.String, "sha256": pl.String, "bytes": pl.Int64, "read": pl.Int64, "kept": pl.Int64}
}


def _facts(manifest_sources: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    columns = (*_FACTS, "status", "tried", "problem")
    rows = [{name: source.get(name) for name in columns} | {"tables": source["tables"]} for source in manifest_sources]
    types: dict[str, Any] = dict.fromkeys(columns, pl.String) | {"frozen": pl.Boolean, "tables": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=types)


def _releases(name: str) -> pl.DataFrame:
    rows = [{column: release.get(column) for column in _FILE} for release in _source(name)["releases"]]
    return pl.DataFrame(rows, schema=_FILE).insert_column(0, pl.Series("source", [name] * len(rows)))


def _reasons(name: str) -> pl.DataFrame:
    kinds = {"set_aside": "set_aside", "to_look_at": "kept_and_marked"}
    rows = [
        {"source": name, "release": release["release"], "part": release.get("part"), "treatment": treatment}
        | {column: reason.get(column) for column in ("reason", "detail", "rows")}
        for release in _source(name)["releases"]
        for kind, treatment in kinds.items()
        for reason in release.get(kind, [])
    ]
    texts = dict.fromkeys(("source", "release", "part", "treatment", "reason", "detail"), pl.String)
    return pl.DataFrame(rows, schema=texts | {"rows": pl.Int64})


def _source(name: str) -> Mapping[str, Any]:
    return next(source for source in store.snapshot().manifest["sources"] if source["name"] == name)


def _years(years: Years) -> str:
    return f"{years[0]}-{years[1]}"
