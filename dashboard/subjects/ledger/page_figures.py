"""The figures of page "Declaration"."""

from collections import Counter

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.ledger import entries, filters, query, words
from dashboard.subjects.ledger.figures.bars import ledger_bars
from dashboard.subjects.ledger.figures.matrix import ledger_map, ledger_matrix
from dashboard.subjects.ledger.query import EntryFilter
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language


def _bars(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The states by their strongest source on each paragraph."""
    chosen = filters.matrix_selection(values.value)
    tally, cells = query.tallies(chosen), query.cells(chosen)
    return Drawn(
        ledger_bars(entries.bars(tally, lang), lang, medium),
        words.documented(lang, tally),
        words.measure(lang, tally, cells),
        words.strongest(lang, tally),
        _releases(chosen),
        notes=entries.figure(chosen, lang).reservations,
        about=[*words.counted_of(lang, tally, cells), *words.notes(lang)],
    )


def _matrix(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A matrix of paragraphs and the states or bodies responsible for them."""
    chosen = filters.matrix_selection(values.value)
    cells = query.cells(chosen)
    figures = words.only_figures(lang, cells.filter(grade=query.FIGURE).height)
    said = " ".join([words.in_matrix(lang, cells), *figures])
    return Drawn(
        ledger_matrix(entries.figure(chosen, lang), lang, medium),
        words.commitments(lang, cells),
        words.matrix_measured(lang),
        said,
        _releases(chosen),
        about=[said, *words.notes(lang)],
    )


def _on_map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of the best evidence of each state on one paragraph."""
    chosen = filters.map_selection(values.value)
    number, cells = chosen.paragraphs[0], query.cells(chosen)
    figure = entries.figure(chosen, lang)
    spec = ledger_map(figure, store.basemap(), lang, medium)
    named = terms.term(lang, "any_paragraph", str(number or filters.ALL))
    if cells.is_empty():
        return Drawn(spec, words.in_matrix(lang, cells), named)
    count = query.count(number)
    said = " ".join([*words.only_figures(lang, int(str(count[query.FIGURE] or 0))), words.on_map(lang, number, count)])
    return Drawn(
        spec,
        words.by_states(lang, count),
        named,
        said,
        _releases(chosen),
        notes=figure.reservations,
        about=[said, *words.notes(lang)],
    )


def _releases(chosen: EntryFilter) -> tuple[served.Served, ...]:
    """Those of the entries and replies that a figure shows."""
    return served.served(query.rows(chosen))


def _paragraphs(values: Values, lang: Language) -> list[BarBlock]:
    """How many paragraphs there are by their strongest source."""
    grades = query.strongest(query.tallies(filters.matrix_selection(values.value))).values()
    return _by_grade(lang, Counter(grades), lang.text("Paragraphs by the strongest source found"))


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many commitments there are by their strongest source, with what a commitment is."""
    grades = query.cells(filters.matrix_selection(values.value))["grade"]
    return _by_grade(lang, Counter(grades), words.commitment(lang))


def _of_states(values: Values, lang: Language) -> list[BarBlock]:
    """How many states there are by their strongest source on one paragraph, as its title counts them."""
    states = query.tallies(filters.map_selection(values.value)).filter(pl.col("body").is_null())
    grades = Counter(dict(states.select("grade", "n").iter_rows()))
    return _by_grade(lang, grades, "", lang.text("Number of states"))


def _by_grade(lang: Language, grades: Counter[str], heading: str, base: str = "") -> list[BarBlock]:
    """How many there are of each grade, the strongest first."""
    kinds = {terms.term(lang, "cell", one): (one, grades[one]) for one in reversed(query.CELLS) if grades[one]}
    return [BarBlock(heading, base, counted(lang, kinds), max(grades.values()))] if kinds else []


BARS = Figure(name="ledger_bars", page="declaration", draw=_bars, filters=filters.MATRIX, card=_paragraphs)
MATRIX = Figure(
    name="ledger_matrix",
    page="declaration",
    draw=_matrix,
    filters=filters.MATRIX,
    beside={filters.DISPLAY.name: "matrix"},
    card=_counted,
)
MAP = Figure(
    name="ledger_map",
    page="declaration",
    draw=_on_map,
    filters=filters.MAP,
    kind="states",
    card=_of_states,
    stage_height=320,
)
