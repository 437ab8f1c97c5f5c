"""The scene of page "Declaration": the map of a paragraph, or what was found for all that fit the filters in words."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dashboard.subjects.blocks import graphic
from dashboard.subjects.ledger import filters, query, words
from dashboard.subjects.ledger.page_figures import MAP
from dashboard.subjects.ledger.query import BACKGROUND, FIGURE, NONE, SINCE, EntryFilter
from dashboard.views.figure import Values
from dashboard.views.page import Glance, KeyFigure
from dashboard.words import served, terms
from data.i18n import Language


def scene(lang: Language, values: Values, _name: str = "") -> Glance:
    """What was found for a paragraph or for all; a matrix of 37 columns cannot be read from the last row of a room."""
    number = values.value(filters.PARAGRAPH)
    every = number == filters.ALL
    count = {} if every else query.count(int(number))
    if count.get("n") is not None:
        grades = {grade: int(str(count[grade])) for grade in (FIGURE, BACKGROUND, NONE)}
        # The number with evidence is in the figure's own heading.
        key_figures = _graded(lang, grades, int(str(count["counted_of"])))
        return Glance(key_figures=key_figures, figure=graphic(MAP, values, "map"))
    chosen = filters.matrix_selection(values.value) if every else EntryFilter((int(number),))
    lines = served.lines(lang, served.served(query.rows(chosen)))
    key_figures = [*_all(lang, chosen)] if every else []
    finding = f"{words.heading(lang, query.cells(chosen))}."
    return Glance(findings=[finding], key_figures=key_figures, releases=lines or None)


def _all(lang: Language, chosen: EntryFilter) -> Iterator[KeyFigure]:
    cells = query.cells(chosen)
    grades, every = Counter(cells["grade"]), cells.height
    if since := sum(grades[grade] for grade in SINCE):
        label = lang.text("Commitments with a document issued since March 2018")
        yield KeyFigure(label, _share(lang, since, every))
    yield from _graded(lang, grades, every)


def _graded(lang: Language, grades: Mapping[str, int], every: int) -> list[KeyFigure]:
    """How many commitments have each grade of evidence; none that no commitment has."""
    remarks = {
        FIGURE: (lang.text("It does not show that anything was done."),),
        NONE: (lang.text("does not mean “not started”"),),
    }
    return [
        KeyFigure(terms.term(lang, "cell", grade), _share(lang, grades[grade], every), remarks.get(grade, ()))
        for grade in (FIGURE, BACKGROUND, NONE)
        if grades[grade]
    ]


def _share(lang: Language, n: int, every: int) -> str:
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(every))
