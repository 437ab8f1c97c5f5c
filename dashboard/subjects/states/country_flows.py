"""The sections of page "Country" on its flows: two maps side by side, described routes, and roles."""

from collections.abc import Iterator
from functools import partial

from dashboard.subjects import blocks
from dashboard.subjects.agreement import blocks as agreement
from dashboard.subjects.agreement import words as agreement_words
from dashboard.subjects.movements import blocks as movements
from dashboard.subjects.pair.ways import chooser
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import flows, profile_words
from dashboard.subjects.states.flow_figures import OF_STATE
from dashboard.views.figure import Values
from dashboard.views.filters import Form
from dashboard.views.page import Beside, Block, Files, Fold, Graphic, Heading, Link, Text
from dashboard.words import countries
from dashboard.words.tables import sheet
from data.i18n import Language

# The names of the maps by the position of the state: its citizens detected abroad, and the victims that it detected.
PARTS = {"origin": "abroad", "destination": "here"}


def counted(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """Citizens detected abroad beside victims detected here; one line for a direction without a flow."""
    found = flows.in_order(area, edition)
    drawn = [position for position, one in found.items() if one.first]
    selection = routes_filters.of_state(area, "counted", edition)
    maps = [map_of(area, edition, "counted", position, PARTS[position]) for position in drawn]
    yield from [Beside([[one] for one in maps])] if len(maps) > 1 else maps
    for position in flows.DIRECTIONS:
        if position not in drawn:
            yield Text((profile_words.no_flows(lang, area, position),))
    yield from _arrows(lang, area, selection, values)
    yield from movements.state(lang, area, (AREA,))
    yield chooser(lang, area)


def map_of(area: str, edition: str, evidence: str, position: str, part: str) -> Graphic:
    """The map of the flows of a state of one kind of evidence, and in a direction."""
    values = {
        routes_filters.EVIDENCE.name: evidence,
        routes_filters.POSITION.name: position,
        AREA.name: area,
        EDITION.name: edition,
    }
    return Graphic(OF_STATE.name, values, part, opens=partial(_opened, row_keys.ARROWS_OF[evidence]))


def _opened(key: Form, mark: str) -> Link:
    """What a mark of a map opens: the records of an arrow, or the page of a state."""
    _, _, arrow = mark.partition(".")
    return blocks.opened(key, arrow) if arrow else blocks.state(mark)


def _arrows(lang: Language, area: str, selection: routes_query.FlowFilter, values: Values) -> Iterator[Block]:
    """The folded table of the arrows of one kind of evidence, and the passport of one of them."""
    key = row_keys.ARROWS_OF[selection.evidence]
    yield from passport(lang, key, values.value(key), partial(passports.arrow, lang, selection))
    found = routes_query.arrows(selection)
    if found.choice.height:
        name, title = selection.evidence, routes_words.heading(lang, selection, area, short=True)
        rows, files = routes_tables.every_sheet(selection, lang), Files(routes_files.arrows(lang, selection, area))
        yield Fold(name, title, lambda: (*row_table(lang, name, title, rows, found.listed, key), files))


def described(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """The routes that reports describe, and the roles that they name; one line if there are none."""
    selection = routes_filters.of_state(area, "stated", edition)
    found = routes_query.arrows(selection)
    if found.every.height:
        yield map_of(area, edition, "stated", "any", "described")
    else:
        yield Text((lang.text("These reports describe no route {of_state}.", of_state=countries.of(lang, area)),))
    yield from _arrows(lang, area, selection, values)
    years, key = routes_filters.years(), row_keys.ROLE
    yield from passport(lang, key, values.value(key), partial(passports.role, lang, years))
    yield Fold("roles", agreement_words.title(lang), lambda: (*agreement.state(lang, area), *_roles(lang, area)))


def _roles(lang: Language, area: str) -> Iterator[Block]:
    """The table of the roles that reports name."""
    years = routes_filters.years()
    rows, title = routes_query.roles((area,), *years), lang.text("Roles coded from US government reports")
    if rows.height:
        yield Heading(title)
        yield Text((routes_words.role_coding(lang),))
        yield from row_table(lang, "roles", title, sheet(routes_tables.roles(rows, lang)), rows, row_keys.ROLE)
        yield Files(routes_files.roles(lang, (area,), years, "country"))
