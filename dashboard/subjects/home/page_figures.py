"""The figures of page "Home"."""

from dataclasses import replace
from functools import partial

import polars as pl

from dashboard.charts.bars import Bar, BarBlock, bars
from dashboard.charts.medium import Medium
from dashboard.subjects.home import editable, query, words
from dashboard.subjects.home.figures.change import Sums, change
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Drawn, Figure, Values, undrawn
from dashboard.words import served, terms
from data.i18n import Language


def besides(lang: Language, name: str) -> list[str]:
    """What a figure does not show, for a scene: the shares without the largest reporter."""
    found, groups = query.overview(), query.breakdowns()
    return words.without(lang, groups, found.largest, why=False) if name == VICTIMS.name and found and groups else []


def _in_time(code: str, values: Values, lang: Language, medium: Medium) -> Drawn:
    """An indicator by year: the states that reported every year or, if they are too few, all that reported."""
    found, panel = query.overview(code), query.panel(code)
    if found is None:
        return undrawn(words.headline(lang, None))
    parts = _parts(lang, panel, medium) if panel and panel.enough else [_all(lang, code)]
    parts = [one for one in parts if values.chart in {"", one.part}]
    return Drawn(
        change(parts, lang, medium),
        words.claim(lang, panel, code) or words.topic(lang, code),
        words.measured(lang, panel, code),
        words.change(lang, [(one.name, one.rows) for one in parts], code),
        served.served(query.cells(code)),
        marks=doubted(lang, code, named=0),
        about=_about(lang, code),
    )


def _parts(lang: Language, panel: query.SteadyReporters, medium: Medium) -> list[Sums]:
    """The states that reported every year: all but the largest reporter, and that one."""
    at = panel.break_
    broken = {"largest": (at.before, at.after, words.broken(lang, panel, why=not medium.narrow))} if at else {}
    named = words.panel_parts(lang, panel).items()
    return [Sums(part, name, panel.parts.filter(part=part), broken.get(part)) for part, name in named]


def _all(lang: Language, code: str) -> Sums:
    """All states that reported in each year."""
    sums = pl.col("low", "high", "states").sum(), pl.col("contradicted").any()
    return Sums("others", words.part(lang, "others", ""), query.by_year(code).group_by("year").agg(sums).sort("year"))


def _about(lang: Language, code: str) -> list[str]:
    """What is to be known of the figure of change: a break, years left out, what states count."""
    said = filter(None, [words.broken(lang, query.panel(code)), *words.undrawn(lang, query.later(code))])
    return [*(f"{one}." for one in said), *states_words.unit_of_count(lang, [code])]


def doubted(lang: Language, indicator: str, **named: int) -> list[str]:
    """What the mark beside the sums of a panel means: which totals in them their parts contradict."""
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
    found, groups = query.overview(), query.breakdowns()
    if found is None or not groups:
        return undrawn(words.headline(lang, None))
    return Drawn(
        bars(words.blocks(lang, groups), lang, medium),
        words.victims_claim(lang, groups),
        words.victims_measured(lang, found.year),
        words.groups(lang, groups),
        served.served(query.group_cells()),
        about=words.groups_remarks(lang, groups),
    )


def _ends(code: str, _values: Values, lang: Language) -> list[BarBlock]:
    """The first, the highest and the last sum: of the states that reported every year, without the largest reporter."""
    found = query.panel(code)
    if not found or not found.enough:
        return []
    years = sorted({found.first, found.peak(found.compared) or found.last, found.last})
    sums = {str(year): found.row(found.compared, year) for year in years}
    each = [Bar(year, (row["low"], row["high"]), words.written(lang, row), year) for year, row in sums.items()]
    base = words.without_largest(lang, found, code)
    return [BarBlock(base, base, each, max(bar.figure[1] for bar in each))]


def _first_groups(_values: Values, lang: Language) -> list[BarBlock]:
    """The first breakdown, that of the title, with what its shares are of."""
    found, groups = query.overview(), query.breakdowns()
    if found is None or not groups:
        return []
    named = terms.term(lang, "indicator", query.VICTIMS)
    first = words.blocks(lang, groups[:1])[0]
    return [replace(first, heading=lang.labeled(f"{named}, {found.year}", terms.in_sentence(first.heading)))]


CHANGE = Figure(
    name="region_change",
    page="home",
    draw=partial(_in_time, query.VICTIMS),
    card=partial(_ends, query.VICTIMS),
    editable=lambda _values, lang: editable.victims(lang),
    explored=False,
)
CONVICTIONS = Figure(
    name="region_convictions",
    page="home",
    draw=partial(_in_time, query.CONVICTED),
    card=partial(_ends, query.CONVICTED),
    explored=False,
)
VICTIMS = Figure(
    name="region_victims",
    page="home",
    draw=_by_group,
    card=_first_groups,
    editable=lambda _values, lang: editable.groups(lang),
    stage_height=312,
    explored=False,
)
