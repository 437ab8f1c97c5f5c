"""The figures of page "Country" as charts that an editor of slides can change."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart, by_year
from dashboard.editions import NEWEST
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import own_citizens, profile, profile_words, query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.figure import Values
from dashboard.words import terms
from data.i18n import Language

# A line needs two years.
LINE = 2


def in_time(values: Values, lang: Language) -> Sequence[YearChart]:
    """A chart of each indicator, or the one that a briefing shows."""
    every = of_state(lang, values.value(AREA), values.value(EDITION))
    return [chart for code, chart in every.items() if values.chart in {"", code}]


def victims(values: Values, lang: Language) -> Sequence[BarBlock]:
    """The victims by sex, age and form."""
    return profile_words.blocks(lang, profile.groups(values.value(AREA), values.value(EDITION)))


def of_state(lang: Language, area: str, edition: str = NEWEST) -> dict[str, YearChart]:
    """The charts of a state by indicator: victims and the response to them, over the same years."""
    found = query.state(area, edition)
    frames = _alike({code: found[code] for code in profile.key_figures()})
    charts = {
        code: chart
        for code, frame in frames.items()
        if frame.filter(pl.col("status").is_in(query.REPORTED)).height >= LINE
        and (chart := by_year(lang, frame, terms.term(lang, "indicator", code)))
    }
    broken = own_citizens.break_in(area, edition)
    if broken and VICTIMS in charts:
        chart, said = charts[VICTIMS], own_citizens.at_line(lang, broken)
        charts[VICTIMS] = replace(chart, broken=broken.after, said=said, alt=f"{chart.alt} {said}.")
    return charts


def _alike(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames over the same years: from the first that the state reported to the last of any state."""
    reported = [frame.filter(pl.col("status").is_in(query.REPORTED))["year"] for frame in frames.values()]
    first = min((year for years in reported for year in years), default=0)
    last = max(year for frame in frames.values() for year in frame["year"])
    years = pl.DataFrame({"year": range(first, last + 1)}, {"year": pl.Int16})
    return {
        code: years.join(frame, on="year", how="left", validate="1:1", maintain_order="left").with_columns(
            pl.col("status").fill_null(query.NOT_REPORTED)
        )
        for code, frame in frames.items()
    }
