"""The figures of page "Home"."""

from functools import partial

import polars as pl

from dashboard.charts.bars import Bar, BarBlock, bars
from dashboard.charts.medium import Medium
from dashboard.subjects.home import editable, query, words
from dashboard.subjects.home.figures.change import Sums, change
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Drawn, Figure, Values
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
    return words.changing(lang, query.panel())


def _in_time(code: str, _values: Values, lang: Language, medium: Medium) -> Drawn:
    """An indicator by year: the states that reported every year or, if they are too few, all that reported."""
    found, panel, source = query.overview(code), query.panel(code), served.notes(lang, query.cells(code))
    if found is None:
        return _nothing(lang)
    parts = _parts(lang, panel, medium) if panel and panel.enough else [_all(lang, code)]
    heading = _headed(words.claim(lang, panel, code), words.measured(lang, panel, code))
    spec = change(parts, lang, medium, notes=source * (not medium.staged))
    notes = (*(one.removesuffix(".") for one in about(lang, code, named=0)), *source) * medium.staged
    return Drawn(spec, heading, words.change(lang, [(one.name, one.rows) for one in parts], code), notes)


def _parts(lang: Language, panel: query.SteadyReporters, medium: Medium) -> list[Sums]:
    """The states that reported every year: all but the largest reporter, and that one."""
    at = panel.break_
    broken = {"largest": (at.before, at.after, words.broken(lang, panel, why=not medium.narrow))} if at else {}
    named = words.panel_parts(lang, panel).items()
    return [Sums(part, name, panel.parts.filter(part=part), broken.get(part)) for part, name in named]


def _all(lang: Language, code: str) -> Sums:
    """All states that reported in each year."""
    rows = query.by_year(code).group_by("year").agg(pl.col("low", "high", "states").sum()).sort("year")
    return Sums("others", words.part(lang, "others", ""), rows)


def about(lang: Language, code: str = query.VICTIMS, **named: int) -> list[str]:
    """What is to be known of the figure of change: a break, years left out, marked totals, what states count.

    A stage has no room for the names of states with such totals: `named=0`.
    """
    said = filter(None, [words.broken(lang, query.panel(code)), *words.undrawn(lang, query.later(code))])
    return [*(f"{one}." for one in said), *doubted(lang, code, **named), *states_words.unit_of_count(lang, [code])]


def doubted(lang: Language, indicator: str, **named: int) -> list[str]:
    """The mark of the totals in the sums of a panel that their parts contradict."""
    panel = query.panel(indicator)
    if panel is None or not panel.enough:
        return []
    found = states_query.contradicted().filter(
        pl.col("indicator") == indicator,
        pl.col("area").is_in([*panel.areas]),
        pl.col("year").is_between(panel.first, panel.last),
    )
    return states_words.contradicted(lang, found, **named)


def _by_group(_values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims of one year by sex, age and form."""
    found, groups, source = query.overview(), query.breakdowns(), served.notes(lang, query.group_cells())
    if found is None or not groups:
        return _nothing(lang)
    heading = _headed(words.victims_claim(lang, groups), words.victims_measured(lang, found.year))
    spec = bars(words.blocks(lang, groups), lang, medium, notes=source * (not medium.staged))
    return Drawn(spec, heading, words.groups(lang, groups), tuple(source * medium.staged))


def _headed(claim: str, measured: str) -> str:
    """The heading of a figure: what it shows, if that is certain, and on a line of its own what it counts."""
    return "\n".join(filter(None, [claim, measured]))


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


CHANGE = Figure(
    name="region_change",
    page="home",
    draw=partial(_in_time, query.VICTIMS),
    card=_ends,
    editable=lambda _values, lang: editable.victims(lang),
    explored=False,
)
CONVICTIONS = Figure(
    name="region_convictions",
    page="home",
    draw=partial(_in_time, query.CONVICTED),
    explored=False,
)
VICTIMS = Figure(
    name="region_victims",
    page="home",
    draw=_by_group,
    editable=lambda _values, lang: editable.groups(lang),
    stage_height=312,
    explored=False,
)
