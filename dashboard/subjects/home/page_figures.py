"""The figures of page "Home"."""

from functools import partial

from dashboard.charts.bars import Bar, BarBlock, bars
from dashboard.charts.medium import Medium
from dashboard.subjects.home import editable, query, words
from dashboard.subjects.home.figures.change import change
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Drawn, Figure, Values, placed
from dashboard.words import served
from data.i18n import Language


def findings(lang: Language, name: str) -> list[str]:
    """What a figure shows, as the title of a scene or a picture; and lines that belong to it."""
    found = query.overview()
    largest = found.largest if found else ""
    if name == VICTIMS.name and (groups := query.breakdowns()):
        return [*words.shares_title(lang, groups), *words.without(lang, groups, largest, why=False)]
    if name == CONVICTIONS.name and (convicted := words.convicted(lang, query.panel(query.CONVICTED))):
        return convicted
    return words.changing(lang, query.panel(), largest)


def _in_time(code: str, _values: Values, lang: Language, medium: Medium) -> Drawn:
    """An indicator by year, and the states that reported every year."""
    found, panel, cells = query.overview(code), query.panel(code), query.cells(code)
    if found is None:
        return _nothing(lang)
    notes = [
        *(words.broken(lang, panel) if code == query.VICTIMS else []),
        *words.undrawn(lang, query.later(code)),
        *states_words.unit_of_count(lang, [code]),
        *served.notes(lang, cells),
    ]
    title, heading = placed(words.change_title(lang, found, code), above=medium.close)
    rows, panel = query.by_year(code), panel if panel and panel.enough else None
    spec = change(rows, panel, found, lang, medium, title=title, notes=notes * (not medium.staged))
    return Drawn(spec, heading, words.change(lang, rows, panel, code), tuple(notes * medium.staged))


def _by_group(_values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims of one year by sex, age and form."""
    found, groups, cells = query.overview(), query.breakdowns(), query.group_cells()
    if found is None or not groups:
        return _nothing(lang)
    title, heading = placed(words.victims_title(lang, found.year), above=medium.close)
    notes = served.notes(lang, cells)
    spec = bars(words.blocks(lang, groups), lang, medium, title=title, notes=notes * (not medium.staged))
    return Drawn(spec, heading, words.groups(lang, groups), tuple(notes * medium.staged))


def _ends(_values: Values, lang: Language) -> list[BarBlock]:
    """The first and the last sum of the title: of the states that reported every year, without the largest reporter."""
    found = query.panel()
    if not found or not found.enough:
        return []
    part = "without" if found.without else "all"
    sums = {str(year): found.at(part, year) for year in (found.first, found.last)}
    each = [Bar(year, figure, lang.interval(*figure), year) for year, figure in sums.items()]
    return [BarBlock("", "", each, max(bar.figure[1] for bar in each))]


def _nothing(lang: Language) -> Drawn:
    return Drawn({"data": [], "layout": {"height": 1}}, "", words.headline(lang, None))


def _title(name: str, _values: Values, lang: Language) -> str:
    return findings(lang, name)[0]


CHANGE = Figure(
    name="region_change",
    page="home",
    draw=partial(_in_time, query.VICTIMS),
    title=partial(_title, "region_change"),
    card=_ends,
    editable=lambda _values, lang: editable.victims(lang),
    explored=False,
)
CONVICTIONS = Figure(
    name="region_convictions",
    page="home",
    draw=partial(_in_time, query.CONVICTED),
    title=partial(_title, "region_convictions"),
    explored=False,
    editable=lambda _values, lang: editable.convictions(lang),
)
VICTIMS = Figure(
    name="region_victims",
    page="home",
    draw=_by_group,
    title=partial(_title, "region_victims"),
    editable=lambda _values, lang: editable.groups(lang),
    stage_height=312,
    explored=False,
)
