"""The figure of two states on page "Explore"."""

import polars as pl

from dashboard.charts.medium import Medium
from dashboard.subjects.compare.filters import ONE, OTHER
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.pair import editable, query, words
from dashboard.subjects.pair.figures import between_chart
from dashboard.subjects.shared import EDITION
from dashboard.views.figure import Drawn, Figure, Values, placed
from dashboard.words import data_version, served
from data.i18n import Language


def _between(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims counted between two states, by year."""
    one, other, edition = map(values.value, (ONE, OTHER, EDITION))
    heading = data_version.titled(lang, words.chart_title(lang, one, other), edition)
    title, heading = placed(heading, above=medium.narrow)
    rows, yearly = query.between(one, other, edition), query.yearly(one, other, edition)
    counted = rows.filter(pl.col("evidence") == "counted")
    notes = [*words.undrawn(lang, rows), *served.notes(lang, counted, edition)]
    spec = between_chart(yearly, lang, medium, title=title, notes=notes)
    return Drawn(spec, heading, words.description(lang, yearly))


BETWEEN = Figure(
    name="between",
    page="explore",
    draw=_between,
    filters=(ONE, OTHER, EDITION),
    beside={TASK.name: "compare"},
    explored=False,
    editable=lambda values, lang: editable.between(lang, query.yearly(*map(values.value, (ONE, OTHER, EDITION)))),
)
