"""The page "Region": one figure of each state on a map, and as a table."""

from collections.abc import Iterator
from functools import partial

from dashboard.subjects import blocks
from dashboard.subjects.home import query as home_query
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import rows as passport_rows
from dashboard.subjects.shared import EDITION, INDICATOR
from dashboard.subjects.states import files, query, standing, tables, words
from dashboard.subjects.states.filters import LATEST, MEASURE, REGION, SUBREGION, YEAR
from dashboard.subjects.states.page_figures import MAP, code_of, region_rows, year_of
from dashboard.views.figure import Values
from dashboard.views.page import Beside, Block, BriefingFiles, Controls, Files, Page, Section, Text
from dashboard.words.tables import ordered
from data.i18n import N_, Language


def _lead(lang: Language, values: Values) -> str:
    found = home_query.overview()
    # The titles of the other indicators say as much as could be said of them here.
    if found is None or values.value(INDICATOR) != home_query.VICTIMS:
        return ""
    year, measure = year_of(values) or found.year, values.value(MEASURE)
    figures = standing.region(measure, year, values.value(EDITION))
    if figures.is_empty():
        # Translators: of no state is there a total in the data; there may have been victims.
        return lang.text("For {year}, UNODC’s data have no total of detected victims for any of the states.", year=year)
    return words.parted(lang, measure, year, figures)


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    latest = values.value(LATEST)
    yield Section(
        "",
        "map",
        (
            Controls((INDICATOR, MEASURE, SUBREGION, LATEST), (EDITION,), buttons=(MEASURE.name,)),
            blocks.graphic(MAP, values, "map", years=None if latest else YEAR, opens=blocks.state),
            *_below(lang, values),
        ),
    )
    yield Section(lang.text("The same figures as a table"), "table", tuple(_table(lang, values)))


def _below(lang: Language, values: Values) -> Iterator[Block]:
    """What stands between the map and the table."""
    edition, rates = values.value(EDITION), values.value(MEASURE) == "rate"
    tiny = query.tiny(region_rows(values), query.small(edition)) if rates else []
    # Translators: what a rate that is higher than another does not say; of the three causes none is certain.
    higher = lang.text(
        "A higher rate can come from more trafficking, from more effort against it or from a broader count. The "
        "figures do not show which."
    )
    yield Text((" ".join([words.explained(lang, tiny), *[higher][:rates]]),), "small")
    yield from blocks.edition(lang, edition)
    yield blocks.states(lang)
    yield BriefingFiles()
    yield blocks.terms(lang, "formal_contact", "fewer_than_five", "rate", "release")


def _table(lang: Language, values: Values) -> Iterator[Block]:
    edition, subregion = values.value(EDITION), values.value(SUBREGION)
    rows, code, year = region_rows(values), code_of(values), year_of(values)
    heading = words.heading(lang, code, year, query.total(rows).reported, subregion)
    sheet = tables.region_sheet(code, year, edition, lang, subregion)
    show = partial(passports.of_region, lang, code, year, edition)
    table = passport_rows.row_table(
        lang, "region", heading, sheet, ordered(rows, lang), row_keys.STATE, of={"indicator": code}
    )
    shown = passport_rows.passport(
        lang, row_keys.STATE, values.value(row_keys.STATE), show, lang.text("Source of this figure")
    )
    yield Beside((table, shown)) if shown else Beside((table,))
    yield Files(files.region(lang, code, year, edition, subregion))


REGION_PAGE = Page(
    slug="region",
    title=N_("Region"),
    purpose=N_("What the 35 states of the Americas report on trafficking in persons, on one map."),
    filters=(*REGION, row_keys.STATE),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    lead=_lead,
)
