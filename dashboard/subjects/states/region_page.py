"""The page "Region": one figure of each state on a map, and as a table."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.charts.figure_words import marked
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
from dashboard.words.tables import RATE_DIGITS, ordered
from data.i18n import N_, Language


def _lead(lang: Language, values: Values) -> str:
    found = home_query.overview()
    if found is None:
        return ""
    year, edition = year_of(values) or found.year, values.value(EDITION)
    reported = query.total(query.region(home_query.VICTIMS, year, edition)).reported
    if not reported:
        # Translators: of no state is there a total in the data; there may have been victims.
        return lang.text("For {year}, UNODC’s data have no total of detected victims for any of the states.", year=year)
    rates = query.region(query.measured(home_query.VICTIMS, "rate"), year, edition).drop_nulls("low")
    ends = {"low": rates.sort("low").row(0, named=True), "high": rates.sort("high").row(-1, named=True)}
    said: dict[str, object] = {end: marked(row, lang.number(row[end], RATE_DIGITS)) for end, row in ends.items()}
    said |= {"year": year, "states": words.STATES}
    # The most that a rate may be whose total is contradicted by its parts.
    counts = query.region(home_query.VICTIMS, year, edition).select("area", count="high")
    most = standing.ends(home_query.VICTIMS, edition).filter(year=year).select("area", "most")
    rates = rates.join(counts, on="area", validate="1:1").join(most, on="area", how="left", validate="1:1")
    rates = rates.with_columns(most=pl.col("high") * (pl.col("most") / pl.col("count")).fill_null(1))
    few, more = rates.filter(pl.col("most") <= 1).height, rates.filter(pl.col("low") > 1).height
    if few and more:
        said |= {"few": lang.number(few), "more": lang.number(more)}
        # Translators: {few} and {more} are numbers of states, {high} is the highest rate.
        return lang.text(
            "For {year}, UNODC has a total of detected victims for {n} of the {states} states. In {few} of them the "
            "rate is at most 1 per 100,000 population, in {more} it is above 1; the highest is {high}.",
            n=reported,
            **said,
        )
    # Translators: {low} and {high} are the lowest and the highest rate that the figures allow.
    return lang.plural(
        "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high} per "
        "100,000 population.",
        "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high} per "
        "100,000 population.",
        reported,
        **said,
    )


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
