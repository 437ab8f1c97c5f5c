"""The page "Explore" with its two tasks: any figures as charts or a table, and two states side by side."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare.blocks import side_by_side
from dashboard.subjects.compare.query import REGION
from dashboard.subjects.explore import files, query, summary, tables, words
from dashboard.subjects.explore.filters import (
    AGES,
    EXPLOITATION,
    EXPLORE,
    INDICATORS,
    ONE_SCALE,
    PERIOD,
    READING,
    SEXES,
    SUMS,
    TASK,
    selection,
)
from dashboard.subjects.explore.page_figures import EXPLORED
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.pair.ways import both_states
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.shared import EDITION, STATES
from dashboard.views.figure import Values
from dashboard.views.page import Block, Controls, Files, Fold, Link, Page, Passport, Remarks, Section, Table, Text
from dashboard.views.rows import Rows
from dashboard.words.tables import ordered, sheet
from data.i18n import N_, Language

# The rows of two states, which have a page of their own.
PAIR_ROWS = (row_keys.RECORD, row_keys.TREATY_ACTS)
# The displays that have a table in place of a figure.
TABLES = ("table", "joined")


class View(NamedTuple):
    """What the filters select: the figures, the release, the title and the rows in the order of the table."""

    chosen: Selection
    edition: str
    heading: str
    rows: pl.DataFrame


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    if values.value(TASK) == "compare":
        yield from _compared(lang, values)
        return
    chosen, edition = selection(values.value), values.value(EDITION)
    rows = summary.ordered(chosen, edition, lang)
    view = View(chosen, edition, summary.heading(chosen, edition, lang), rows)
    yield from (_as_table if values.value(READING) in TABLES else _as_figure)(lang, view, values)


def _controls(values: Values) -> Controls:
    """The controls of a chart or of the table; a figure has its own slider of years."""
    own = {**dict.fromkeys(TABLES, (PERIOD,)), "multiples": (ONE_SCALE,)}.get(values.value(READING), ())
    shown = (TASK, READING, INDICATORS, STATES, SUMS, SEXES, AGES, EXPLOITATION, EDITION, *own)
    return Controls(shown, buttons=(TASK.name, READING.name), alphabetical=(STATES.name,))


def _as_figure(lang: Language, view: View, values: Values) -> Iterator[Section]:
    figure = blocks.graphic(EXPLORED, values, "chart", years=PERIOD, opens=partial(blocks.passport, row_keys.ROW))
    table: tuple[Block, ...] = ()
    if view.rows.height:
        title = lang.text("The same figures as a table")
        table = (Fold("explored", title, partial(_rows, lang, view)), Files(_files(view)))
    yield Section(
        "",
        "chart",
        (
            _controls(values),
            figure,
            *blocks.edition(lang, view.edition),
            *_explained(lang, view),
            *table,
            *_passport(lang, view, values),
            *_unsummed(lang, view),
        ),
    )


def _as_table(lang: Language, view: View, values: Values) -> Iterator[Section]:
    """The table first: its rows are seen without scrolling, its explanations are below it."""
    yield Section("", "controls", (_controls(values), *blocks.edition(lang, view.edition)))
    shown: tuple[Block, ...] = _passport(lang, view, values)
    if view.rows.height:
        described = summary.description(view.chosen, view.edition, lang, whole=True)
        table = _joined if values.value(READING) == "joined" else _table
        marks = Text(tuple(summary.marks(view.rows, lang)))
        shown = (*table(lang, view), marks, *shown, Text((described,)), Remarks(tuple(words.summed(lang, view.rows))))
    yield Section(view.heading, "table", (*shown, *_explained(lang, view), *_unsummed(lang, view)))


def _joined(lang: Language, view: View) -> tuple[Block, ...]:
    """One row for each state and year, with the figures of all indicators, and its files."""
    table = Table("joined", view.heading, summary.joined(view.chosen, view.edition, lang), searched=True)
    return (table, Files(files.joined(_files(view), view.chosen, view.edition)))


def _explained(lang: Language, view: View) -> Iterator[Block]:
    yield blocks.terms(lang, "detected", "formal_contact", "fewer_than_five", "rate", "release")
    yield Remarks(summary.remarks(view.chosen, view.edition, lang))


def _table(lang: Language, view: View) -> tuple[Block, ...]:
    return (*_rows(lang, view), Files(_files(view)))


def _rows(lang: Language, view: View) -> tuple[Block, ...]:
    shown = summary.table(view.chosen, view.edition, lang)
    return row_table(lang, "explore", view.heading, shown, view.rows, row_keys.ROW, searched=True)


def _files(view: View) -> Rows:
    return files.explored(view.heading, view.chosen, view.edition, EXPLORE)


def _passport(lang: Language, view: View, values: Values) -> tuple[Passport, ...]:
    key = row_keys.ROW
    return passport(lang, key, values.value(key), partial(passports.of_any, lang, view.edition))


def _unsummed(lang: Language, view: View) -> Iterator[Block]:
    """The totals that differ from the sum of their parts, if there are any."""
    rows = ordered(query.unsummed(query.sums(view.chosen, view.edition)), lang)
    if rows.height:
        title = lang.text("Totals that differ from the sum of their parts")
        yield Fold("unsummed", title, partial(_unsummed_table, lang, view, title, rows))


def _unsummed_table(lang: Language, view: View, title: str, rows: pl.DataFrame) -> tuple[Block, ...]:
    table = row_table(lang, "unsummed", title, sheet(tables.unsummed(rows, lang)), rows, row_keys.ROW)
    return (*table, Files(files.unsummed(lang, view.chosen, view.edition, rows)))


def _compared(lang: Language, values: Values) -> Iterator[Section]:
    """A state compared with another one or with the region; what is recorded between two has a page of its own."""
    one, other = compare_filters.ONE, compare_filters.OTHER
    controls = Controls(
        (TASK, one, other, compare_filters.COMPARED, EDITION),
        buttons=(TASK.name,),
        alphabetical=(one.name, other.name),
    )
    pair = compare_filters.pair(values.value)
    if pair.one == pair.other:
        yield Section("", "compare", (controls, Text((lang.text("Choose another state or the region."),), "notice")))
        return
    yield Section("", "compare", (controls, *side_by_side(lang, pair, values)))
    if pair.other != REGION:
        both = both_states(pair.one, pair.other)
        title = pair_words.heading(lang, *both.values())
        # An address of before may name one of their rows: it goes along.
        opened = {key.name: values.value(key) for key in PAIR_ROWS if values.value(key)}
        yield Section("", "between", (Link("pair", title, {**both, **opened}),))


EXPLORE_PAGE = Page(
    slug="explore",
    title=N_("Explore"),
    purpose=N_("Compare indicators, states and years."),
    # Of both tasks.
    filters=(
        TASK,
        *EXPLORE,
        *compare_filters.COMPARE[:-1],
        row_keys.ROW,
        row_keys.PAIR,
        *PAIR_ROWS,
        row_keys.SURVEY_GROUP,
    ),
    sections=lambda lang, values: tuple(_sections(lang, values)),
)
