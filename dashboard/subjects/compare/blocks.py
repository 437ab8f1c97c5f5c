"""A state compared with another one, or with the region, as blocks: figures by year, or surveys side by side."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.compare import files, query, tables, words
from dashboard.subjects.compare.page_figures import COMPARED
from dashboard.subjects.compare.query import REGION, Pair
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.blocks import Blocks
from dashboard.subjects.passports.query import FIGURE_KEY, FigureKey
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.shared import EDITION
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.views.figure import Values
from dashboard.views.page import Block, Files, Fold, Heading, Link, Remarks, Table
from dashboard.words import terms
from dashboard.words.tables import sheet
from data.i18n import Language


def side_by_side(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The figure of a pair, its table and files; surveys are not comparable, so they only stand side by side."""
    yield from (_surveyed if pair.indicator in query.surveys() else _compared)(lang, pair, values)


def _compared(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    edition, key = values.value(EDITION), row_keys.PAIR
    yield blocks.graphic(COMPARED, values, "compare", opens=_year)
    yield from blocks.edition(lang, edition)
    yield Remarks(words.of_pair(lang, pair, edition))
    rows = query.rows(pair, edition)
    title = words.heading(lang, rows, pair)
    latest = rows.sort(pl.col("indicator") != pair.indicator, "year", descending=[False, True])
    table = partial(row_table, lang, "compare", title, key=key)
    yield Fold(
        "compared",
        lang.text("The same figures as a table"),
        lambda: table(sheet=sheet(tables.compared(latest, lang, pair)), rows=latest),
    )
    yield Files(files.compared(title, pair, edition))
    yield from passport(lang, key, values.value(key), partial(both, lang, pair, edition))


def _surveyed(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    edition, group, figure = values.value(EDITION), row_keys.SURVEY_GROUP, row_keys.ROW
    yield blocks.graphic(COMPARED, values, "compare", opens=partial(blocks.passport, figure))
    yield from blocks.edition(lang, edition)
    survey = query.survey(pair, edition)
    rows, title = summary.ordered(survey, edition, lang), words.survey_heading(lang, pair, survey.years)
    yield Remarks(tuple(words.survey_remarks(lang, rows, pair)))
    if pair.other != REGION:
        found = explore_query.rows(survey, edition)
        groups = sheet(tables.surveyed(found, lang, pair))
        yield from row_table(lang, "surveyed", title, groups, tables.survey_groups(found), group)
    yield from passport(lang, group, values.value(group), partial(_group, lang, pair, edition))
    table = partial(row_table, lang, "compare", title, rows=rows, key=figure)
    yield Fold(
        "compared",
        lang.text("Each figure with its source"),
        lambda: table(sheet=summary.table(survey, edition, lang)),
    )
    if rows.height:
        yield Files(explore_files.explored(title, survey, edition, files.SPECS))
    yield from passport(lang, figure, values.value(figure), partial(passports.of_any, lang, edition))


def _year(mark: str) -> Link | None:
    """The passports of the year of a figure, such as `BRA.detected_victims.2019`."""
    return blocks.passport(row_keys.PAIR, mark.partition(".")[2])


def both(lang: Language, pair: Pair, edition: str, mark: str) -> Blocks:
    """The passports of both figures of a year (`detected_victims.2019`); for a median, the table of its figures."""
    code, _, year = mark.partition(".")
    if code not in query.measures(pair.indicator):
        return ()
    figures = tuple(block for area in pair.states for block in passports.of_state(lang, area, edition, mark))
    if pair.other != REGION:
        return figures
    title = f"{terms.term(lang, 'indicator', code)}, {year}"
    median = Heading(lang.labeled(lang.text("Median of the region"), title))
    states = pl.col("area").is_in(query.in_median(pair, code, edition))
    rows = states_query.region(code, int(year), edition).filter(states)
    return (*figures, median, Table("median", title, sheet(states_tables.figures(rows, lang))))


def _group(lang: Language, pair: Pair, edition: str, mark: str) -> Blocks:
    """The passports of all figures of one group of persons in both states."""
    rows = explore_query.rows(query.survey(pair, edition), edition)
    group = dict(zip(row_keys.SURVEY_GROUP.columns, mark.split("."), strict=True))
    keys = rows.filter(**group).select(FIGURE_KEY).unique(maintain_order=True)
    figures = (passports.figure(lang, edition, FigureKey(**row)) for row in keys.iter_rows(named=True))
    return tuple(block for one in figures for block in one)
