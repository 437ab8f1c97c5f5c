"""The figures of page "Instruments"."""

from collections import Counter

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.treaties import query, words
from dashboard.subjects.treaties.figures import parties_chart, parties_map, standing
from dashboard.subjects.treaties.filters import ALL_TREATIES, TREATY, YEAR_END
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language


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
    found = Counter(query.standings(treaty, values.value(YEAR_END))["standing"])
    words_of = {code: standing(lang, code, query.closings()[treaty]) for code in query.STANDINGS if found[code]}
    kinds = {name: (code, found[code]) for code, name in words_of.items()}
    return [BarBlock("", lang.text("Number of states"), counted(lang, kinds), max(found.values(), default=0))]


def _in_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A chart of the number of states that had deposited an instrument, over time."""
    chosen = query.chosen(values.value(TREATY), every=values.value(ALL_TREATIES))
    steps, states = query.steps(chosen), len(store.areas())
    as_of = words.as_of(lang, query.closings(), chosen)
    spec = parties_chart(
        steps,
        lang,
        medium,
        closings={treaty: query.closings()[treaty] for treaty in chosen},
        states=states,
    )
    return Drawn(
        spec,
        words.in_time_heading(lang, chosen, steps, states),
        words.in_time_measured(lang, chosen, as_of),
        words.in_time(lang, chosen, steps, states),
        served.served(query.counted(chosen)),
    )


MAP = Figure(
    name="parties_map", page="instruments", draw=_on_map, filters=(TREATY, YEAR_END), kind="states", card=_counted
)
CHART = Figure(name="parties_chart", page="instruments", draw=_in_time, filters=(TREATY, ALL_TREATIES))
