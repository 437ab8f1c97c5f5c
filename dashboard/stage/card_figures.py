"""The simpler figures of social cards, in place of those with more letters than a card has room for: bars.

For a matrix, or a chart of every state: how many of its cells or figures there are of each kind. For a comparison: the
two figures of its title.
"""

from collections.abc import Callable, Mapping

from dashboard.charts import bars
from dashboard.charts.bars import Bar, Block
from dashboard.charts.drawing import Spec
from dashboard.charts.figure_words import area_name
from dashboard.stage.request import FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import words as explore_words
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.views.filters import LANGUAGE
from dashboard.words import terms
from data.i18n import Language, language

# The width at which they are drawn, in pixels.
WIDE = 660.0
# The kinds that are gray: nothing is there.
GRAY = frozenset({"none", "not_reported"})
# The bars of a block: more stand in a second one beside it.
COLUMN = 3


def simpler(request: FigureRequest) -> Spec | None:
    """The figure of a card in place of a dense one; None if the card has the figure itself, or nothing is counted."""
    lang = language(request.value(LANGUAGE))
    blocks = _BLOCKS[request.name](request, lang) if request.name in _BLOCKS else []
    return bars.bars(blocks, lang, size=(WIDE, 0.0)) if blocks else None


def _explored(request: FigureRequest, lang: Language) -> list[Block]:
    """How many figures there are of each state of a number."""
    selection = explore_filters.selection(request.value)
    drawn, _ = explore_query.figure_rows(selection, request.value(shared.EDITION))
    if request.value(explore_filters.READING) == "two_years":
        drawn = drawn.filter(drawn["year"].is_in(selection.years))
    found = explore_words.numbers(drawn)
    if not found:
        return []
    each = _counted(lang, "status", {kind: found[kind] for kind in coverage_words.COUNTED if kind in found})
    return [Block("", explore_words.unit(lang, drawn), each, max(found.values()))]


def _found(request: FigureRequest, lang: Language) -> list[Block]:
    """How many commitments there are by their strongest source, with what a commitment is."""
    grades = ledger_query.cells(ledger_filters.matrix_selection(request.value))["grade"].to_list()
    each = _counted(lang, "cell", {one: grades.count(one) for one in reversed(ledger_query.CELLS) if one in grades})
    most, words = max(map(grades.count, grades), default=0), (ledger_words.commitment(lang),)
    return [Block("", "", each[:COLUMN], most), Block("", "", each[COLUMN:], most, words)] if each else []


def _compared(request: FigureRequest, lang: Language) -> list[Block]:
    """Both figures of the title: of the latest year that has both."""
    pair, edition = compare_filters.pair(request.value), request.value(shared.EDITION)
    if pair.indicator in compare_query.surveys():
        return []
    row = compare_words.latest(compare_query.rows(pair, edition), pair)
    if not row:
        return []
    sides = ((pair.one, ""), (pair.other, compare_words.OTHER))
    each = [
        Bar(area_name(area, lang), (row[f"{side}low"], row[f"{side}high"]), compare_words.figure(lang, row, side), area)
        for area, side in sides
    ]
    return [Block("", "", each, max(bar.figure[1] for bar in each))]


def _counted(lang: Language, group: terms.Kind, found: Mapping[str, int]) -> list[Bar]:
    """A bar for each kind, with the term of a group for it, and its number."""
    return [
        Bar(terms.term(lang, group, kind), (n, n), lang.number(n), "" if kind in GRAY else kind)
        for kind, n in found.items()
    ]


_BLOCKS: dict[str, Callable[[FigureRequest, Language], list[Block]]] = {
    "explore": _explored,
    "compare": _compared,
    "ledger_matrix": _found,
}
