"""The page "Coverage": which states report an indicator in which years, and what publishers revised."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.coverage import files, query, revisions, tables, words
from dashboard.subjects.coverage.filters import COVERAGE, INDICATOR, MASKING, REVISIONS_STATE, SINCE
from dashboard.subjects.coverage.page_figures import MAP, MATRIX, REVISIONS
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.query import marks
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.figure import Values
from dashboard.views.filters import Form
from dashboard.views.page import (
    Beside,
    Block,
    Controls,
    Files,
    Glance,
    Graphic,
    KeyFigure,
    Link,
    Links,
    Page,
    Pairs,
    Remarks,
    Section,
    Text,
)
from dashboard.words import countries
from dashboard.words.tables import ordered, sheet
from data.i18n import N_, Language

# So many states with a total for every year, or for none, are named.
NAMED = 5


def _lead(lang: Language, _values: Values) -> str:
    states, (first, last) = query.states(VICTIMS), query.span(VICTIMS)
    always, never = (states.filter(test)["area"] for test in (pl.col("years") == pl.col("span"), pl.col("years") == 0))
    # Translators: {states} have a total in each of the years; {never} in none of them. Both are names, or “12 states”.
    return lang.text(
        "UNODC has a total of detected victims for {states} in every year from {first} to {last}; it has none for "
        "{never}.",
        states=_named(lang, always),
        first=first,
        last=last,
        never=_named(lang, never),
    )


def _named(lang: Language, areas: pl.Series) -> str:
    """The names of a few states, or how many there are."""
    if 0 < len(areas) <= NAMED:
        return lang.listing(countries.the(lang, area) for area in lang.sorted_countries(areas))
    return lang.plural("{n} state", "{n} states", len(areas))


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    yield Section("", "map", tuple(_map(lang, values)))
    matrix = blocks.graphic(MATRIX, values, "matrix", opens=_figures(values))
    yield Section(lang.text("State by state, year by year"), "matrix", (matrix,))
    yield Section(lang.text("As a table"), "table", tuple(_table(lang, values)))
    yield Section(lang.text("Revisions"), "revisions", tuple(_revisions(lang, values)))
    since = values.value(SINCE)
    title = lang.labeled(lang.text("Changes since"), lang.date(since)) if since else lang.text("All changes")
    yield Section(title, "changes", tuple(_changes(lang, values)))


def _map(lang: Language, values: Values) -> Iterator[Block]:
    yield Controls((INDICATOR, EDITION))
    yield from blocks.edition(lang, values.value(EDITION))
    yield _figure(values)
    yield blocks.states(lang)


def _figure(values: Values) -> Graphic:
    return blocks.graphic(MAP, values, "map", opens=_figures(values))


def _scene(lang: Language, values: Values, _name: str) -> Glance:
    """The map, and how many states reported every year, and how many never."""
    states = query.states(values.value(INDICATOR), values.value(EDITION))
    always, never = (states.filter(test).height for test in (pl.col("years") == pl.col("span"), pl.col("years") == 0))
    nothing = lang.text("a missing total does not mean zero")
    found = [
        KeyFigure(lang.text("States with a total for every year"), lang.number(always)),
        KeyFigure(lang.text("States without a total for any year"), lang.number(never), (nothing,)),
    ]
    key_figures = [one for one, n in zip(found, (always, never), strict=True) if n]
    return Glance(key_figures=key_figures, figure=_figure(values))


def _figures(values: Values) -> Callable[[str], Link]:
    """What a mark opens on the page of its state: all figures of the indicator (`BRA`), or that of a year (`BRA.2019`).

    The rows of all years are named at once: a matrix has hundreds of marks.
    """
    indicator, edition = values.value(INDICATOR), values.value(EDITION)
    cells = query.cells(indicator, edition).with_columns(indicator=pl.lit(indicator))
    figures = dict(zip(marks(cells, query.CELL), marks(cells, row_keys.FIGURE.columns), strict=True))

    def opens(mark: str) -> Link:
        key, row = (row_keys.FIGURE, figures[mark]) if mark in figures else (row_keys.FIGURES, indicator)
        given = {AREA.name: mark.partition(".")[0], key.name: row, EDITION.name: edition}
        return Link("country", "", given, f"passport-{key.name}")

    return opens


def _table(lang: Language, values: Values) -> Iterator[Block]:
    indicator, edition = values.value(INDICATOR), values.value(EDITION)
    states, years = ordered(query.states(indicator, edition), lang), query.span(indicator, edition)
    title, rows = words.heading(lang, indicator, states, years), sheet(tables.states(states, lang))
    table = row_table(lang, "coverage", title, rows, states, row_keys.CELLS, of=_common(values))
    opened = _opened(lang, values, row_keys.CELLS)
    yield from (Beside((table, opened)),) if opened else table
    yield Files(files.reported(lang, indicator, edition))
    yield blocks.terms(lang, "fewer_than_five", "release")


def _revisions(lang: Language, values: Values) -> Iterator[Block]:
    indicator, state = values.value(INDICATOR), values.value(REVISIONS_STATE)
    every, none = state == revisions.ALL, _rows(lang, values).is_empty()
    yield Controls((REVISIONS_STATE, MASKING), alphabetical=(REVISIONS_STATE.name,))
    if not (every and none):
        yield blocks.graphic(REVISIONS, values, "revisions", opens=blocks.state)
    # The chart of all states says so itself.
    if none or not every:
        yield Remarks(words.of_choice(lang, revisions.steps(indicator, state), indicator, state))
    rows = ordered(revisions.figure_rows(indicator, state, masking=values.value(MASKING)), lang)
    drawn = partial(row_table, lang, "drawn", words.revisions_heading(lang, indicator, state))
    if every:
        yield from drawn(sheet(tables.changes(rows, lang)), rows, row_keys.CHANGES)
    else:
        yield from drawn(sheet(tables.releases(rows, lang)), rows, row_keys.CELL, of=_common(values))
    yield from _opened(lang, values, row_keys.CHANGES)


def _changes(lang: Language, values: Values) -> Iterator[Block]:
    indicator, state, masking = values.value(INDICATOR), values.value(REVISIONS_STATE), values.value(MASKING)
    title, since = words.every(lang, indicator, state), values.value(SINCE)
    rows = _rows(lang, values, since)
    yield from _since(lang, since)
    if rows.is_empty():
        none = lang.text("No changes between the available releases.")
        # Translators: {day} is a date; releases before that day may have changes.
        later = lang.text("No changes in releases since {day}.", day=lang.date(since)) if since else ""
        yield Text((later or none,))
    changes = tables.table(indicator, state, lang, masking=masking, since=since)
    yield from row_table(lang, "changes", title, changes, rows, row_keys.CELL, of=_common(values))
    yield from _opened(lang, values, row_keys.CELL)
    yield Files(files.revised(lang, indicator, state, masking=masking, after=since))
    yield Pairs((), f"/{lang.code}/indicator/{indicator}/feed.atom", lang.text("What changed (feed)"))


def _since(lang: Language, since: str) -> Iterator[Block]:
    """The way to all changes, or to those since the day of each release but the first."""
    days = () if since else revisions.days()[1:]
    words = {day: lang.labeled(lang.text("Changes since"), lang.date(day)) for day in days}
    if since:
        words[""] = lang.text("All changes")
    if words:
        yield Links([Link("", text, {SINCE.name: day}, "changes") for day, text in words.items()])


def _rows(lang: Language, values: Values, since: str = "") -> pl.DataFrame:
    """Every change of the chosen indicator and state; `since` as in `revisions.rows`."""
    indicator, state = values.value(INDICATOR), values.value(REVISIONS_STATE)
    return ordered(revisions.rows(indicator, state, masking=values.value(MASKING), since=since), lang)


def _common(values: Values) -> dict[str, str]:
    return {"indicator": values.value(INDICATOR)}


def _opened(lang: Language, values: Values, key: Form) -> Sequence[Block]:
    """What the address opens of a table: the passport of its row, and that of a figure which this one lists.

    Args:
        key: the filter that names a row of the table.
    """
    own = _passport(lang, values, key) if key != row_keys.CELL else ()
    figure = _passport(lang, values, row_keys.CELL) if _lists_figure(values) == key else ()
    return (*own, *figure)


def _lists_figure(values: Values) -> Form:
    """The filter whose passport lists the figure that is open: the figures or the changes of its state, if these are
    open too.
    """
    area = values.value(row_keys.CELL).partition(".")[0]
    lists = (one for one in (row_keys.CELLS, row_keys.CHANGES) if values.value(one).partition(".")[0] == area)
    return next(lists, row_keys.CELL) if area else row_keys.CELL


def _passport(lang: Language, values: Values, key: Form) -> Sequence[Block]:
    indicator, edition = values.value(INDICATOR), values.value(EDITION)
    shows = {
        row_keys.CELLS: partial(passports.cells, lang, row_keys.CELL, indicator, edition),
        row_keys.CHANGES: partial(passports.changes, lang, row_keys.CELL, indicator, values.value(MASKING)),
        row_keys.CELL: partial(passports.of_indicator, lang, indicator, edition),
    }
    return passport(lang, key, values.value(key), shows[key])


COVERAGE_PAGE = Page(
    slug="coverage",
    title=N_("Coverage"),
    purpose=N_("Who reports what, since when, and what was revised."),
    filters=(*COVERAGE, row_keys.CELLS, row_keys.CHANGES, row_keys.CELL),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    lead=_lead,
    scene=_scene,
    feed=lambda values: f"indicator/{values.value(INDICATOR)}/",
)
