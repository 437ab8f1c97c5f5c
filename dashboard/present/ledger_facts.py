"""The key figures of a scene of the ledger: of one paragraph by states, or of all paragraphs together."""

from collections import Counter
from collections.abc import Mapping

from dashboard import ledger_choices, terms
from dashboard.plates import asked
from dashboard.present.fact import Fact, share
from dashboard.query import ledger
from dashboard.query.ledger import BACKGROUND, NONE, SINCE
from data.i18n import Language


def of_ledger(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    """The key figures; none where a paragraph is not counted by states."""
    number = query.get(ledger_choices.PARAGRAPH.name, ledger_choices.ALL)
    if number == ledger_choices.ALL:
        return _matrix(lang, query)
    count = ledger.count(int(number))
    if count["n"] is None:
        return []
    grades = {grade: int(str(count[grade])) for grade in (BACKGROUND, NONE)}
    # How many have evidence stands in the figure's own heading.
    return _graded(lang, grades, int(str(count["counted_of"])))


def _matrix(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = asked.defaults("ledger_matrix", query)
    cells = ledger.cells(ledger_choices.matrix(lambda spec: held[spec.name]))
    grades = Counter(cells["grade"])
    label = lang.text("Paragraphs and who answers for them: with evidence since March 2018")
    since = share(lang, sum(grades[one] for one in SINCE), cells.height)
    return [Fact(label, since), *_graded(lang, grades, cells.height)]


def _graded(lang: Language, grades: Mapping[str, int], every: int) -> list[Fact]:
    background, none = (terms.term(lang, "cell", grade) for grade in (BACKGROUND, NONE))
    said = lang.text("does not mean “not started”")
    return [
        Fact(background, share(lang, grades[BACKGROUND], every)),
        Fact(none, share(lang, grades[NONE], every), said),
    ]
