"""The rows of page "Routes" as files; pages "Country" and "Sources" offer some of them, too."""

from collections.abc import Iterator
from functools import partial

from dashboard.subjects import shared
from dashboard.subjects.routes import filters, query, words
from dashboard.subjects.states import filters as states_filters
from dashboard.views.code import (
    NO_REPEATS,
    Condition,
    Match,
    Snippet,
    any_of,
    has,
    lacks,
    lists,
    missing,
    places,
    present,
    untrue,
)
from dashboard.views.rows import Rows, file_name, since
from data.i18n import Language

YearSpan = tuple[int, int]
OFF_THE_MAP = any_of(untrue("located"), untrue("complete"))
# Filters of the routes that no single record follows.
OF_ARROWS = ("minimum", "limit", "questioned")


def arrows(lang: Language, selection: query.FlowFilter, area: str | None = None) -> Rows:
    """All arrows that the filters select; with `area`, for the page of that state."""
    stated = selection.evidence == "stated"
    parts = (
        *("routes", selection.evidence, _years((selection.first, selection.last)), *selection.areas),
        *([f"as-{selection.position}"] if selection.areas and selection.position != "any" else []),
        *(selection.forms if stated else ()),
        *([f"from-{selection.minimum}"] if selection.minimum > 1 else []),
        *(["questioned"] if selection.questioned else []),
        *(f"{name}-{text}" for name, text in query.others(selection).items()),
        since(selection.edition),
    )
    comment = "The view adds these up by route, questioned ones apart; a route through a transit state is two legs."
    said = f"{comment}{_left_out(selection)}"
    return Rows(
        file_name(*parts),
        words.heading(lang, selection, area),
        "country" if area else "routes",
        lambda: query.arrows_file(query.arrows(selection), selection),
        states_filters.COUNTRY if area else filters.ROUTES,
        Snippet("flows", tuple(_records(selection)), said, selection.edition, matches=_legs(selection)),
        key=f"routes_{selection.evidence}" if area else "routes",
        cells=partial(query.cells, selection),
    )


def listed(lang: Language, selection: query.FlowFilter) -> Rows:
    """How many victims have a listed citizenship, for the selected states and years."""
    areas, years = selection.areas, (selection.first, selection.last)
    comment = (
        "The view also has how many of the listed are questioned in the table of flows, and the release of the list."
    )
    return Rows(
        file_name("listed", _years(years), *selection.areas, since(selection.edition)),
        lang.text("Number of detected victims whose citizenship UNODC lists"),
        "routes",
        partial(query.coverage, areas, *years, selection.edition),
        (shared.STATES, filters.YEARS, shared.EDITION),
        Snippet("flow_coverage", tuple(places(areas, years)), comment, selection.edition),
        key="listed",
        cells=lambda: query.list_cells(query.coverage(areas, *years, selection.edition)),
    )


def lost(lang: Language, selection: query.FlowFilter) -> Rows:
    """The records of the routes that cannot be placed on a map."""
    others = (f"{name}-{text}" for name, text in query.others(selection).items())
    marks = (*selection.areas, selection.position if selection.areas else "", *selection.forms, *others)
    years, edition = (selection.first, selection.last), selection.edition
    return Rows(
        file_name("unlocated", selection.evidence, _years(years), *marks, since(edition)),
        words.off_the_map(lang, selection.evidence),
        "routes",
        partial(query.lost_file, selection),
        (*(spec for name, spec in filters.OF_ROWS.items() if name not in OF_ARROWS), shared.EDITION),
        Snippet("flows", (*_records(selection), OFF_THE_MAP), _left_out(selection).strip(), edition),
        key="lost",
    )


def unlocated(lang: Language, evidence: str) -> Rows:
    """All records of a kind of evidence that cannot be placed on a map, for page "Sources"."""
    return Rows(
        file_name("unlocated", evidence),
        words.off_the_map(lang, evidence),
        "sources",
        partial(query.unlocated_file, evidence),
        code=Snippet("flows", (has("evidence", evidence), OFF_THE_MAP)),
    )


def roles(lang: Language, areas: tuple[str, ...], years: YearSpan, page: str) -> Rows:
    """The roles that reports state or deny: the newest such report of each."""
    conditions = (lacks("stated", "no_mention"), *places(areas, years))
    comment = "The view also has the number of later reports that do not mention the role."
    return Rows(
        file_name("roles", _years(years), *areas),
        lang.text("Roles coded from US government reports"),
        page,
        partial(query.roles, areas, *years),
        (shared.AREA,) if page == "country" else (shared.STATES, filters.YEARS),
        Snippet("roles", conditions, comment, latest=("area", "role")),
        key="roles",
    )


def _years(years: YearSpan) -> str:
    return f"{years[0]}-{years[1]}"


def _records(selection: query.FlowFilter) -> Iterator[Condition]:
    """The conditions for the flow records that a filter selects."""
    yield has("evidence", selection.evidence)
    yield from places((), (selection.first, selection.last))
    yield NO_REPEATS
    if selection.areas:
        ends = ("origin", "transit", "destination") if selection.position == "any" else (selection.position,)
        yield any_of(*(has(end, selection.areas) for end in ends))
    if selection.forms and selection.evidence == "stated":
        yield lists("form", selection.forms)


def _legs(selection: query.FlowFilter) -> tuple[Match, ...]:
    """The sums of the records by leg; questioned ones apart."""
    legs = (
        ("direct", ("origin", "destination"), (missing("transit"), missing("transit_label"))),
        ("to_transit", ("origin", "transit"), ()),
        ("from_transit", ("transit", "destination"), ()),
    )
    sums = {"low": "low", "high": "high", "n": "records"}
    some = Condition('pl.col("high") > 0', "as.numeric(high) > 0")
    return tuple(
        Match(
            {end: end for end in ends} | sums,
            (has("leg", leg), apart("status", "questioned")),
            (*records, *map(present, ends), some, apart("status", "questioned")),
            tuple(sums),
            whole=selection.minimum <= 1,
        )
        for leg, ends, records in legs[: 3 if selection.evidence == "stated" else 1]
        for apart in (has, lacks)
        if not query.others(selection)
    )


def _left_out(selection: query.FlowFilter) -> str:
    """The filters of the view that the code leaves out."""
    rest = ", ".join(f"{name} = {text}" for name, text in query.others(selection).items())
    return f" Also chosen in the view: {rest}." if rest else ""
