"""The page "Routes": victims by citizenship and described routes, on maps, as a matrix or in columns, and tables."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard import store
from dashboard.subjects import blocks
from dashboard.subjects.movements import files as movements_files
from dashboard.subjects.movements import query as movements_query
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.pair.ways import both_states, chooser, to_pairs
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import files, filters, query, tables, words
from dashboard.subjects.routes.page_figures import MAP
from dashboard.subjects.shared import EDITION, STATES
from dashboard.views.figure import Values
from dashboard.views.page import Block, Controls, Files, Fold, Glance, Graphic, KeyFigure, Link, Page, Section, Text
from dashboard.words.tables import sheet
from data.i18n import N_, Language


def _controls(values: Values) -> Controls:
    """The controls; a map has no order of countries."""
    mapped = values.value(filters.PICTURE) == "map"
    return Controls(
        (filters.EVIDENCE, filters.PICTURE, *([] if mapped else [filters.SORTED]), STATES, filters.POSITION),
        (
            filters.FORMS,
            filters.MINIMUM,
            filters.ARROWS,
            filters.TRANSIT,
            filters.AGREEMENT,
            filters.MOVED,
            EDITION,
            filters.QUESTIONED,
        ),
        buttons=(filters.EVIDENCE.name, filters.PICTURE.name, filters.SORTED.name),
        alphabetical=(STATES.name,),
    )


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    chosen = filters.selection(values.value)
    opened = passport(lang, row_keys.ARROW, values.value(row_keys.ARROW), partial(passports.arrow, lang, chosen))
    ways = (*blocks.edition(lang, chosen.edition), *opened, _pairs(lang, chosen))
    unmoved = lang.text("Choose one state to see people who moved beside its figures.")
    moved = values.value(filters.MOVED) in movements_query.KINDS
    why = [Text([unmoved], "notice")] if moved and len(chosen.areas) != 1 else []
    yield Section("", "map", (_controls(values), *why, *_maps(values), *ways))
    yield Section(_title(lang, OTHER[chosen.evidence]), "other", tuple(_maps(_other(values), "other")))
    yield Section(lang.text("All rows as a table"), "table", tuple(_tables(lang, values, chosen)))


def _pairs(lang: Language, chosen: query.FlowFilter) -> Block:
    """The way to the page of two states: those that are chosen, the chosen one and another, or any two."""
    if len(chosen.areas) == TWO:
        return Link("pair", lang.text("These two states side by side"), both_states(*chosen.areas))
    return chooser(lang, *chosen.areas) if len(chosen.areas) == 1 else to_pairs(lang)


TWO = 2
OTHER: dict[str, query.EvidenceKind] = {"counted": "stated", "stated": "counted"}


def _other(values: Values) -> Values:
    """The same view of the other kind of evidence."""
    evidence = OTHER[values.value(filters.EVIDENCE)]
    return Values.of(dict(values.given) | {filters.EVIDENCE.name: evidence})


def _title(lang: Language, evidence: str) -> str:
    """What the maps of one kind of evidence show."""
    return (
        lang.text("Citizenship of detected victims")
        if evidence == "counted"
        else lang.text("Routes described in reports")
    )


def _maps(values: Values, part: str = "map") -> Iterator[Graphic]:
    """The figure of one kind of evidence; of counted victims of one state, both directions that have any."""
    chosen = filters.selection(values.value)
    both = chosen.evidence == "counted" and values.value(filters.PICTURE) == "map" and len(chosen.areas) == 1
    found = query.directions(query.arrows(chosen).every, chosen.areas[0]) if both and chosen.position == "any" else []
    positions = found or [chosen.position]
    for number, position in enumerate(positions):
        given = Values.of(dict(values.given) | {filters.POSITION.name: position})
        yield _map(given, f"{part}-2" if number else part, years=part == "map" and not number)


def _map(values: Values, part: str = "map", *, years: bool = True) -> Graphic:
    return blocks.graphic(MAP, values, part, years=filters.YEARS if years else None, opens=_opened)


def _opened(mark: str) -> Link | None:
    """What a mark opens: the records of a flow, or the same view of one state; nothing for other countries."""
    code, _, flow = mark.partition(".")
    if flow:
        return blocks.opened(row_keys.ARROW, flow)
    return Link("", "", {STATES.name: code}, "map") if code in store.areas() else None


def _scene(lang: Language, values: Values, _name: str) -> Glance:
    """The map, and how many victims have a listed citizenship, among the states and years with a total and a list."""
    chosen = filters.selection(values.value)
    known = words.with_list(query.coverage(chosen.areas, chosen.first, chosen.last, chosen.edition))
    if chosen.evidence != "counted" or known.is_empty():
        return Glance(figure=_map(values))
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    label = lang.text("Victims whose citizenship UNODC lists")
    # A list may be longer than its total: the sum of the lists is no part of that of the totals.
    totals = lang.text("The totals for the same states and years come to {all}.", all=lang.interval(least, most))
    notes = [*filter(None, (totals, words.longer(known, lang)))]
    return Glance(key_figures=[KeyFigure(label, lang.interval(low, high), notes)], figure=_map(values))


def _tables(lang: Language, values: Values, chosen: query.FlowFilter) -> Iterator[Block]:
    """All rows that the filters select; then what no map can place, each kind in a folded part above its passports."""
    moved = values.value(filters.MOVED)
    title, sheet = words.heading(lang, chosen), tables.every_sheet(chosen, lang, moved=moved)
    if (people := movements_query.current(moved)).height:
        yield Text((movements_words.beside_pairs(lang, people), *movements_words.context(lang)), "small")
    yield from row_table(lang, "routes", title, sheet, query.arrows(chosen).listed, row_keys.ARROW)
    yield Files(files.arrows(lang, chosen))
    if people.height and len(chosen.areas) == 1:
        yield Files(movements_files.moved(lang, "routes", (STATES, filters.MOVED), *chosen.areas))
    lost = row_keys.UNLOCATED_RECORDS[chosen.evidence]
    yield Fold("lost", title := words.off_the_map(lang, chosen.evidence), partial(_lost, lang, chosen, title))
    yield from passport(lang, lost, values.value(lost), partial(passports.lost, lang, chosen))
    title, key = lang.text("Number of detected victims whose citizenship UNODC lists"), row_keys.CITIZENSHIPS
    yield Fold("coverage", title, partial(_listed, lang, chosen, title))
    yield from passport(lang, key, values.value(key), partial(passports.listed, lang, chosen.edition))
    yield Fold(
        "roles", title := lang.text("Roles coded from US government reports"), partial(_roles, lang, chosen, title)
    )
    show = partial(passports.role, lang, (chosen.first, chosen.last))
    yield from passport(lang, row_keys.ROLE, values.value(row_keys.ROLE), show)


def _lost(lang: Language, chosen: query.FlowFilter, title: str) -> tuple[Block, ...]:
    """The records that no map can place."""
    rows, key = query.unlocated(chosen), row_keys.UNLOCATED_RECORDS[chosen.evidence]
    table = row_table(lang, "lost", title, sheet(tables.unlocated(rows, lang, chosen.evidence)), rows, key)
    return blocks.with_files(lang, table, files.lost(lang, chosen))


def _listed(lang: Language, chosen: query.FlowFilter, title: str) -> tuple[Block, ...]:
    """How many detected victims have a listed citizenship, by state and year."""
    rows = query.coverage(chosen.areas, chosen.first, chosen.last, chosen.edition)
    table = row_table(lang, "coverage", title, sheet(tables.coverage(rows, lang)), rows, row_keys.CITIZENSHIPS)
    return blocks.with_files(lang, table, files.listed(lang, chosen))


def _roles(lang: Language, chosen: query.FlowFilter, title: str) -> tuple[Block, ...]:
    """What reports say of the roles of states."""
    years = (chosen.first, chosen.last)
    rows = query.roles(chosen.areas, *years)
    table = row_table(lang, "roles", title, sheet(tables.roles(rows, lang)), rows, row_keys.ROLE)
    return (
        Text((words.role_coding(lang),)),
        *blocks.with_files(lang, table, files.roles(lang, chosen.areas, years, "routes")),
    )


def _lead(lang: Language, values: Values) -> str:
    chosen = filters.selection(values.value)
    return words.lead(lang, query.arrows(chosen), chosen)


ROUTES_PAGE = Page(
    slug="routes",
    title=N_("Routes"),
    purpose=N_(
        "The citizenship of detected victims shows no route. The routes described in reports of the US Department of "
        "State are shown separately."
    ),
    filters=(
        *filters.ROUTES,
        row_keys.ARROW,
        *row_keys.UNLOCATED_RECORDS.values(),
        row_keys.CITIZENSHIPS,
        row_keys.ROLE,
    ),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    lead=_lead,
    scene=_scene,
)
