"""The figures of two states: their map, and on page "Explore" the victims counted between them by year."""

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock
from dashboard.charts.medium import Medium
from dashboard.subjects.compare.filters import ONE, OTHER
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.pair import editable, query, words
from dashboard.subjects.pair.figures import between_chart
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures import lines
from dashboard.subjects.routes.figures.counted import counted_map
from dashboard.subjects.routes.figures.ledger_map import sentence_alone
from dashboard.subjects.routes.filters import of_state
from dashboard.subjects.routes.page_figures import card_bars
from dashboard.subjects.shared import EDITION
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language


def _between(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims counted between two states, by year."""
    one, other, edition = map(values.value, (ONE, OTHER, EDITION))
    rows, yearly = query.between(one, other, edition), query.yearly(one, other, edition)
    counted = rows.filter(pl.col("evidence") == "counted")
    return Drawn(
        between_chart(yearly, lang, medium),
        words.claim(lang, both(values)),
        words.measured(lang, one, other, counted["year"]),
        words.description(lang, yearly),
        served.served(counted),
        notes=[*words.undrawn(lang, rows)],
    )


def _map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Citizens of each state detected as victims in the other one, on a map of the two."""
    one, other, edition = map(values.value, (ONE, OTHER, EDITION))
    rows = both(values)
    if rows.is_empty():
        nothing = lang.text("No figure by citizenship can be used.")
        return Drawn(sentence_alone(nothing, lang, medium), nothing, words.chart_title(lang, one, other))
    drawn = lines.of_pair(rows, lang)
    cells = query.between(one, other, edition).filter(pl.col("evidence") == "counted")
    alone = rows["origin"][0] if rows.height == 1 else ""
    each = [
        lang.labeled(line.name(lang), routes_words.figure(lang, row))
        for line, row in zip(drawn, rows.to_dicts(), strict=True)
    ]
    return Drawn(
        counted_map(drawn, store.basemap(), lang, medium, state=alone, near=(one, other)),
        words.claim(lang, rows),
        words.measured(lang, one, other, rows["years"].explode()),
        f"{lang.joined([*each[:1], *map(terms.in_sentence, each[1:])])}.",
        served.served(cells),
        notes=[routes_words.joined(lang)],
    )


def _card(values: Values, lang: Language) -> list[BarBlock]:
    """The figures of both directions; none if there are none."""
    rows = both(values)
    return [] if rows.is_empty() else [card_bars(lines.of_pair(rows, lang), lang)]


def both(values: Values) -> pl.DataFrame:
    """The counted flows between the two states, as in `dashboard.subjects.routes.query.arrows`."""
    one, other = values.value(ONE), values.value(OTHER)
    rows = routes_query.arrows(of_state(one, "counted", values.value(EDITION))).every
    return rows.filter(
        pl.col("origin") != pl.col("destination"),
        *(pl.col(end).is_in([one, other]) for end in ("origin", "destination")),
    )


MAP = Figure(
    name="pair_map",
    page="pair",
    draw=_map,
    filters=(ONE, OTHER, EDITION),
    rows=both,
    kind="routes",
    card=_card,
)
BETWEEN = Figure(
    name="between",
    page="explore",
    draw=_between,
    filters=(ONE, OTHER, EDITION),
    beside={TASK.name: "compare"},
    explored=False,
    editable=lambda values, lang: editable.between(lang, query.yearly(*map(values.value, (ONE, OTHER, EDITION)))),
)
