"""The figures of page "Instruments"."""

from collections import Counter

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.treaties import query, words
from dashboard.subjects.treaties.figures import parties_chart, parties_map
from dashboard.subjects.treaties.filters import ALL_TREATIES, TREATY, YEAR_END
from dashboard.subjects.treaties.matrix import treaty_matrix
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language

# The years on the card of one treaty, the first and the last among them.
ON_CARD = 4


def _in_matrix(values: Values, lang: Language, medium: Medium) -> Drawn:  # noqa: ARG001 - all treaties
    """The standing of each state toward each treaty, at the end of its own table."""
    standings, subjects, closings = query.matrix(), query.subjects(), query.closings()
    return Drawn(
        treaty_matrix(standings, lang, medium, subjects=subjects, closings=closings),
        words.joined_by_all(lang, standings),
        words.matrix_heading(lang, subjects, len(store.areas())),
        words.in_matrix(lang, standings),
        served.served(query.acts(query.shown())),
        notes=words.limits(lang, words.as_of(lang, closings, closings)),
        about=[words.in_matrix(lang, standings)],
    )


def _on_map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of the standing of each state toward a treaty at the end of a year."""
    treaty, year = values.value(TREATY), values.value(YEAR_END)
    closing = query.closings()[treaty]
    standings = query.standings(treaty, year)
    spec = parties_map(
        standings, store.basemap(), lang, medium, treaty=terms.term(lang, "part", treaty), closing=closing
    )
    return Drawn(
        spec,
        words.parties(lang, standings, year, closing),
        words.parties_measured(lang, treaty, standings, year, closing),
        words.on_map(lang, standings),
        served.served(query.counted((treaty,))),
        about=words.beside_map(lang, treaty),
    )


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many states have each standing."""
    treaty = values.value(TREATY)
    found, closing = Counter(query.standings(treaty, values.value(YEAR_END))["standing"]), query.closings()[treaty]
    shown, later = [code for code in query.STANDINGS if found[code]], found["after"] > 0
    words_of = {code: words.when(lang, code, closing, later=later) for code in shown}
    kinds = {name: (code, found[code]) for code, name in words_of.items()}
    return [BarBlock("", lang.text("Number of states"), counted(lang, kinds), max(found.values(), default=0))]


def _joined(values: Values, lang: Language) -> tuple[str, str] | None:
    """That all states have joined the treaty of the map, at the end of its data."""
    treaty, year = values.value(TREATY), values.value(YEAR_END)
    closing = query.closings()[treaty]
    return words.number(lang, treaty, query.standings(treaty, year), closing)


def _dated(values: Values) -> tuple[str, ...]:
    """The treaties of the chart: one without any day has no line, and the others of its subject stand for it."""
    wanted = query.chosen(values.value(TREATY), every=values.value(ALL_TREATIES))
    dated, others = query.dated(), query.chosen(values.value(TREATY), every=True)
    return tuple(name for name in wanted if name in dated) or tuple(name for name in others if name in dated)


def _at_end(treaty: str) -> pl.DataFrame:
    """The standings at the end of a treaty's data."""
    return query.standings(treaty, query.end(query.closings()[treaty]).year)


def _in_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A chart of the number of states that had deposited an instrument, over time."""
    wanted, chosen = query.chosen(values.value(TREATY), every=values.value(ALL_TREATIES)), _dated(values)
    steps, states, closings = query.steps(chosen), len(store.areas()), query.closings()
    alone = _at_end(chosen[0]) if len(chosen) == 1 else None
    every = "" if alone is None else words.joined_by_every(lang, alone, closings[chosen[0]])
    as_of = words.as_of(lang, closings, chosen)
    spec = parties_chart(
        steps,
        lang,
        medium,
        closings={treaty: closings[treaty] for treaty in chosen},
        states=states,
    )
    return Drawn(
        spec,
        every or words.in_time_heading(lang, chosen, steps, states),
        words.in_time_measured(lang, chosen, as_of, alone),
        words.in_time(lang, chosen, steps, states),
        served.served(query.counted(chosen)),
        notes=words.without_days(lang, (name for name in wanted if name not in query.dated())),
    )


def _deposited(values: Values, lang: Language) -> list[BarBlock]:
    """How many states had deposited an instrument: on one treaty by the end of some years, on several at last."""
    chosen = _dated(values)
    steps = query.steps(chosen)
    if len(chosen) == 1:
        first, last = steps["date"][0].year, query.end(query.closings()[chosen[0]]).year
        years = dict.fromkeys(round(first + (last - first) * n / (ON_CARD - 1)) for n in range(ON_CARD))
        found = {str(year): steps.filter(pl.col("date").dt.year() <= year)["parties"][-1] for year in years}
        found = _with_later(lang, chosen[0], found)
    else:
        found = {terms.term(lang, "treaty", name): steps.filter(instrument=name)["parties"][-1] for name in chosen}
    each = counted(lang, {name: (name, n) for name, n in found.items()})
    heading = words.in_time_subject(lang, chosen) if each else ""
    return [BarBlock(heading, lang.text("Number of states"), each, len(store.areas()))] if each else []


def _with_later(lang: Language, treaty: str, found: dict[str, int]) -> dict[str, int]:
    """The states by the end of some years, and those that joined after the end of the data, which is a day."""
    closing = query.closings()[treaty]
    after = _at_end(treaty).filter(standing="after").height
    if not after:
        return found
    *years, last = found
    later = lang.text("after {date}", date=lang.date(closing))
    return {**{year: found[year] for year in years}, lang.date(closing): found[last], later: found[last] + after}


MATRIX = Figure(name="treaty_matrix", page="instruments", draw=_in_matrix)
MAP = Figure(
    name="parties_map",
    page="instruments",
    draw=_on_map,
    filters=(TREATY, YEAR_END),
    kind="states",
    card=_counted,
    number=_joined,
)
CHART = Figure(name="parties_chart", page="instruments", draw=_in_time, filters=(TREATY, ALL_TREATIES), card=_deposited)
