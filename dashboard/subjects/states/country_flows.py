"""The sections of page "Country" on its flows: two maps side by side, described routes, and roles."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.page_figures import OF_STATE
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import flows, profile, profile_words, query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.figure import Values
from dashboard.views.filters import Form
from dashboard.views.page import Block, Files, Fold, Graphic, Heading, Link, Remarks, Text
from dashboard.words import countries, served, terms
from data import manifest
from data.i18n import Language

# The names of the maps by the position of the state: its citizens detected abroad, and the victims that it detected.
PARTS = {"origin": "abroad", "destination": "here"}


def counted(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """Citizens detected abroad beside victims detected here; one line for a direction without a flow."""
    found = flows.in_order(area, edition)
    drawn = [position for position, one in found.items() if one.first]
    selection = routes_filters.of_state(area, "counted", edition)
    if drawn:
        yield Text((numbers(lang, area, edition, drawn),), "small")
        for position in drawn:
            yield from _counted_map(lang, area, edition, position, found[position])
    for position in flows.DIRECTIONS:
        if position not in drawn:
            yield Text((profile_words.no_flows(lang, area, position),))
    if drawn:
        remarks = routes_words.beside_map(lang, selection, routes_filters.CAPTIONS)
        every = (*remarks, *_two_releases(lang, area, selection))
        yield Fold("about.maps", lang.text("About these maps"), lambda: (Remarks(every),))
    yield from _arrows(lang, area, selection, values)


def numbers(lang: Language, area: str, edition: str, drawn: Sequence[str]) -> str:
    """What the numbers on the maps of the flows in these directions mean."""
    shown = pl.concat([flows.counted(area, position, edition).shown for position in drawn])
    return routes_words.numbers(lang, routes_filters.of_state(area, "counted", edition), shown)


def _counted_map(lang: Language, area: str, edition: str, position: str, found: profile.Ends) -> Iterator[Block]:
    """The map of the flows in a direction, with its title and the sentences above it."""
    yield Heading(profile_words.flows_title(lang, area, found, position))
    if words := caption(lang, area, edition, position):
        yield Text((words,), "small")
    yield map_of(area, edition, "counted", position, PARTS[position])


def caption(lang: Language, area: str, edition: str, position: str) -> str:
    """The sentences above the map of the flows in a direction; empty if there is nothing to say."""
    # Without a total of its own the opening has the sum.
    if position == "origin" and any(one.indicator == VICTIMS for one in profile.latest(area, edition)):
        return profile_words.together(lang, area, flows.ends(area, position, edition))
    return ""


def _limited(lang: Language, found: routes_query.Arrows) -> str:
    """How many of the arrows a map shows, as a sentence; empty if all."""
    words = routes_words.limited(lang, found)
    label = lang.text("On the map")
    return f"{lang.labeled(label, terms.in_sentence(words))}." if words else ""


def _two_releases(lang: Language, area: str, selection: routes_query.FlowFilter) -> list[str]:
    """Why the flows and the figures of a state come from two releases of UNODC, if they do."""
    cells = routes_query.cells(selection), query.state_rows(area, selection.edition)
    rows = pl.concat([frame.select(served.CELL) for frame in cells]).filter(source=manifest.main_source())
    found = [one.release for one in served.served(rows)]
    lists = routes_query.cells(routes_query.FlowFilter(edition=selection.edition)).filter(release=found[0])
    if len(found) == 1 or lists.is_empty():
        return []
    return [one for one in [routes_words.releases(lang, found[0], found[-1], max(lists["year"]))] if one]


def map_of(area: str, edition: str, evidence: str, position: str, part: str) -> Graphic:
    """The map of the flows of a state of one kind of evidence, and in a direction."""
    values = {
        routes_filters.EVIDENCE.name: evidence,
        routes_filters.POSITION.name: position,
        AREA.name: area,
        EDITION.name: edition,
    }
    return Graphic(OF_STATE.name, values, part, opens=_opens(row_keys.ARROWS_OF[evidence]))


def _opens(key: Form) -> Callable[[str], Link | None]:
    """What a mark of a map opens: the records of an arrow, or the page of a state."""

    def opens(mark: str) -> Link:
        _, _, arrow = mark.partition(".")
        return blocks.opened(key, arrow) if arrow else blocks.state(mark)

    return opens


def _arrows(lang: Language, area: str, selection: routes_query.FlowFilter, values: Values) -> Iterator[Block]:
    """The folded table of the arrows of one kind of evidence, and the passport of one of them."""
    key = row_keys.ARROWS_OF[selection.evidence]
    yield from passport(lang, key, values.value(key), partial(passports.arrow, lang, selection))
    found = routes_query.arrows(selection)
    title = routes_words.heading(lang, selection, area, short=True)
    if found.choice.height:
        yield Fold(
            selection.evidence,
            title,
            lambda: (
                *row_table(
                    lang,
                    selection.evidence,
                    title,
                    routes_tables.every_sheet(selection, lang),
                    found.listed,
                    key,
                ),
                Files(routes_files.arrows(lang, selection, area)),
            ),
        )


def described(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """The routes that reports describe, and the roles that they name; one line if there are none."""
    selection = routes_filters.of_state(area, "stated", edition)
    found = routes_query.arrows(selection)
    if found.every.height:
        sentences = routes_words.finding(found, lang, selection), _limited(lang, found)
        yield Text([*filter(None, sentences)], "small")
        yield map_of(area, edition, "stated", "any", "described")
        remarks = [*routes_words.beside_map(lang, selection, routes_filters.CAPTIONS), routes_words.coding(lang)]
        yield Fold("about.described", lang.text("About this map"), lambda: (Remarks(remarks),))
    else:
        yield Text((lang.text("These reports describe no route {of_state}.", of_state=countries.of(lang, area)),))
    yield from _arrows(lang, area, selection, values)
    yield from _roles(lang, area, values)


def title(lang: Language, area: str, edition: str) -> str:
    """The heading of `described`: whose reports, and of which years."""
    return routes_words.described(lang, routes_words.period(lang, routes_filters.of_state(area, "stated", edition)))


def _roles(lang: Language, area: str, values: Values) -> Iterator[Block]:
    """The folded table of the roles that reports name, and the passport of one of them."""
    years, key = routes_filters.years(), row_keys.ROLE
    yield from passport(lang, key, values.value(key), partial(passports.role, lang, years))
    rows, title = routes_query.roles((area,), *years), lang.text("Roles coded from US government reports")
    if not rows.is_empty():
        yield Fold(
            "roles",
            title,
            lambda: (
                Text((routes_words.role_coding(lang),)),
                *row_table(lang, "roles", title, routes_tables.roles_sheet((area,), *years, lang), rows, key),
                Files(routes_files.roles(lang, (area,), years, "country")),
            ),
        )
