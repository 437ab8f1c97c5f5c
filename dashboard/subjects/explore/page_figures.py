"""The figure of page "Explore"; those of its comparison are in `compare` and `pair`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.explore import query, summary, words
from dashboard.subjects.explore.figures.heat_map import heat_map
from dashboard.subjects.explore.figures.lines import few, lines, multiples
from dashboard.subjects.explore.figures.two_years import two_years
from dashboard.subjects.explore.filters import EXPLORE, ONE_SCALE, READING, selection
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.shared import EDITION
from dashboard.subjects.states import own_citizens
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Drawn, Figure, Values, undrawn
from dashboard.words import served, terms
from data.i18n import Language


def _explored(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The selected figures as the requested kind of chart (`READING`)."""
    chosen, edition, reading = selection(values.value), values.value(EDITION), values.value(READING)
    if why := summary.why_empty(chosen, edition, lang):
        return undrawn(why)
    (drawn, hidden), both = query.figure_rows(chosen, edition), reading == "two_years"
    rest = query.others(chosen, store.areas()) if reading == "lines" and few(drawn) else None
    rows = pl.concat([query.rows(one, edition) for one in (chosen, rest) if one])
    behind = query.figure_rows(rest, edition)[0] if rest else None
    spec = _chart(reading, chosen, behind, one_scale=values.value(ONE_SCALE))(drawn, lang, medium)
    gray = [lang.text("Other states are in gray if they fit the scale.")] if rest else []
    return Drawn(
        spec,
        summary.claim(chosen, edition, lang, both=both),
        summary.measured(chosen, edition, lang, both=both),
        " ".join([summary.description(chosen, edition, lang, both=both), *gray]),
        served.served(rows),
        notes=[
            *words.hidden(lang, hidden),
            *words.summed(lang, rows),
            *(own_citizens.notes(lang, drawn) if reading in {"lines", "multiples"} else []),
        ],
        marks=summary.marks(drawn, lang),
        about=[
            *gray,
            *(summary.shared(chosen, edition, lang) if both else []),
            *states_words.unit_of_count(lang, chosen.indicators),
        ],
    )


def _chart(
    reading: str, chosen: Selection, behind: pl.DataFrame | None, *, one_scale: bool
) -> Callable[..., dict[str, Any]]:
    """The function that draws a kind of chart; a table has no chart and gets the default one."""
    if reading == "lines":
        return partial(lines, chosen=chosen.areas, others=behind)
    if reading == "two_years":
        return partial(two_years, first=chosen.first, last=chosen.last)
    if reading == "heat":
        return partial(
            heat_map, breaks={code: found for code in chosen.indicators if (found := states_query.breaks(code))}
        )
    return partial(multiples, shared=one_scale)


def _rows(values: Values) -> pl.DataFrame:
    return query.rows(selection(values.value), values.value(EDITION))


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many figures there are of each state of a number."""
    chosen = selection(values.value)
    drawn, _ = query.figure_rows(chosen, values.value(EDITION))
    if values.value(READING) == "two_years":
        drawn = drawn.filter(drawn["year"].is_in(chosen.years))
    if not (found := words.numbers(drawn)):
        return []
    kinds = {terms.term(lang, "status", kind): (kind, found[kind]) for kind in coverage_words.COUNTED if kind in found}
    return [BarBlock("", words.unit(lang, drawn), counted(lang, kinds), max(found.values()))]


EXPLORED = Figure(name="explore", page="explore", draw=_explored, filters=EXPLORE, rows=_rows, card=_counted)
