"""The figures of page "Declaration"."""

from collections.abc import Sequence

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.ledger import entries, filters, names, query, words
from dashboard.subjects.ledger.figures.bars import ledger_bars
from dashboard.subjects.ledger.figures.matrix import ledger_map, ledger_matrix
from dashboard.subjects.ledger.query import EntryFilter
from dashboard.views.figure import Drawn, Figure, Values, placed
from dashboard.words import served, terms
from data.i18n import Language, capitalized

# The bars of a block: more stand in a second one beside it.
COLUMN = 3


def _bars(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The states by their strongest source on each paragraph."""
    chosen = filters.matrix_selection(values.value)
    tally, cells = query.tallies(chosen), query.cells(chosen)
    title, heading = placed(words.documented(lang, tally), above=medium.close)
    spec = ledger_bars(
        entries.bars(tally, lang),
        lang,
        medium,
        measure=words.measure(lang, tally, cells),
        title=title,
        notes=[
            *words.counted_of(lang, tally, cells),
            *entries.figure(chosen, lang).reservations,
            *_notes(lang, chosen),
        ],
    )
    return Drawn(spec, heading, words.strongest(lang, tally))


def _matrix(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A matrix of paragraphs and the states or bodies responsible for them."""
    chosen = filters.matrix_selection(values.value)
    cells = query.cells(chosen)
    title, heading = placed(words.heading(lang, cells), above=medium.close)
    spec = ledger_matrix(entries.figure(chosen, lang), lang, medium, title=title, notes=_notes(lang, chosen))
    return Drawn(spec, heading, words.in_matrix(lang, cells))


def _on_map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of the best evidence of each state on one paragraph."""
    chosen = filters.map_selection(values.value)
    number, cells = chosen.paragraphs[0], query.cells(chosen)
    if cells.is_empty():
        heading = description = words.in_matrix(lang, cells)
    else:
        count = query.count(number)
        finding, description = words.counted(lang, count), words.on_map(lang, number, count)
        # On the page the title of the paragraph stands above the map.
        titled = f"{number}. {names.title(lang, number)} · {finding}"
        heading = titled if medium.staged else capitalized(finding)
    title, heading = placed(heading, above=medium.close)
    figure, notes = entries.figure(chosen, lang), _notes(lang, chosen)
    spec = ledger_map(figure, store.basemap(), lang, medium, title=title, notes=notes)
    return Drawn(spec, heading, description)


def _notes(lang: Language, chosen: EntryFilter) -> list[str]:
    """The releases of the entries and replies that a figure shows."""
    return served.notes(lang, query.rows(chosen))


def _paragraphs(values: Values, lang: Language) -> list[BarBlock]:
    """How many paragraphs there are by their strongest source."""
    return _by_grade(lang, [*query.strongest(query.tallies(filters.matrix_selection(values.value))).values()])


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many commitments there are by their strongest source, with what a commitment is."""
    grades = query.cells(filters.matrix_selection(values.value))["grade"].to_list()
    return _by_grade(lang, grades, words.commitment(lang))


def _by_grade(lang: Language, grades: Sequence[str], *note: str) -> list[BarBlock]:
    """How many there are of each grade, the strongest first."""
    kinds = {terms.term(lang, "cell", one): (one, grades.count(one)) for one in reversed(query.CELLS) if one in grades}
    each, most = counted(lang, kinds), max(map(grades.count, grades), default=0)
    return [BarBlock("", "", each[:COLUMN], most), BarBlock("", "", each[COLUMN:], most, note)] if each else []


BARS = Figure(name="ledger_bars", page="declaration", draw=_bars, filters=filters.MATRIX, card=_paragraphs)
MATRIX = Figure(
    name="ledger_matrix",
    page="declaration",
    draw=_matrix,
    filters=filters.MATRIX,
    beside={filters.DISPLAY.name: "matrix"},
    card=_counted,
)
MAP = Figure(name="ledger_map", page="declaration", draw=_on_map, filters=filters.MAP, kind="states", stage_height=320)
