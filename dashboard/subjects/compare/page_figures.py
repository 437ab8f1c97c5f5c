"""The figure of the comparison on page "Explore"."""

import polars as pl

from dashboard.charts.bars import Bar, BarBlock
from dashboard.charts.figure_words import area_name
from dashboard.charts.medium import Medium
from dashboard.subjects.compare import query, words
from dashboard.subjects.compare.figures import compare_chart
from dashboard.subjects.compare.filters import COMPARE, pair
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary as explore_summary
from dashboard.subjects.explore.figures.lines import lines
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.shared import EDITION
from dashboard.subjects.states import own_citizens
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.words import STATES
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served
from data.i18n import Language


def _compared(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A state compared with another one, or with the region."""
    chosen, edition = pair(values.value), values.value(EDITION)
    if chosen.indicator in query.surveys():
        return _surveyed(chosen, edition, lang, medium)
    rows, behind = query.rows(chosen, edition), query.behind(chosen, edition)
    drawn = query.drawn(rows, STATES)
    spec = compare_chart(drawn, lang, medium)
    about = [words.basis(lang, rows, chosen)] if chosen.other == query.REGION else []
    return Drawn(
        spec,
        words.claim(lang, rows, chosen),
        words.heading(lang, rows, chosen),
        words.description(lang, rows, chosen),
        served.served(behind),
        notes=own_citizens.notes(lang, drawn),
        marks=states_words.contradicted(lang, query.contradicted(chosen, edition)),
        about=[*about, *words.under_chart(lang, rows, chosen)],
    )


def _surveyed(chosen: Pair, edition: str, lang: Language, medium: Medium) -> Drawn:
    """Surveys side by side: of two states, or of one state among all others."""
    survey = query.survey(chosen, edition)
    rows, _ = explore_query.figure_rows(survey, edition)
    return Drawn(
        lines(rows, lang, medium, chosen=(chosen.one,)),
        words.survey_claim(lang),
        words.survey_heading(lang, chosen, survey.years),
        explore_summary.description(survey, edition, lang),
        served.served(explore_query.rows(survey, edition)),
    )


def _rows(values: Values) -> pl.DataFrame:
    chosen = pair(values.value)
    rows = query.rows(chosen, values.value(EDITION)).select("indicator", "year")
    return pl.concat([rows.with_columns(area=pl.lit(area)) for area in chosen.states])


def _both(values: Values, lang: Language) -> list[BarBlock]:
    """Both figures of the title: of the latest year that has both."""
    chosen, edition = pair(values.value), values.value(EDITION)
    row = {} if chosen.indicator in query.surveys() else words.latest(query.rows(chosen, edition), chosen)
    if not row:
        return []
    sides = ((chosen.one, ""), (chosen.other, words.OTHER))
    each = [
        Bar(area_name(area, lang), (row[f"{side}low"], row[f"{side}high"]), words.figure(lang, row, side), area)
        for area, side in sides
    ]
    return [BarBlock("", "", each, max(bar.figure[1] for bar in each))]


COMPARED = Figure(
    name="compare",
    page="explore",
    draw=_compared,
    filters=COMPARE,
    beside={TASK.name: "compare"},
    rows=_rows,
    card=_both,
)
