"""The figures of two states: the victims counted between them, and the routes described, each with a map."""

from collections.abc import Iterator

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock
from dashboard.charts.medium import Medium
from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.pair import editable, query, words
from dashboard.subjects.pair.figures import between_chart
from dashboard.subjects.pair.filters import OTHER
from dashboard.subjects.pair.year_rows import year_rows
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures import lines
from dashboard.subjects.routes.figures.counted import counted_map
from dashboard.subjects.routes.figures.described import described_map
from dashboard.subjects.routes.figures.ledger_map import BARS, sentence_alone
from dashboard.subjects.routes.filters import of_state
from dashboard.subjects.routes.page_figures import ON_CARD, card_bars
from dashboard.subjects.shared import EDITION
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served
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


def on_map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Citizens of each state detected as victims in the other one, on a map of the two."""
    one, other, edition = map(values.value, (ONE, OTHER, EDITION))
    rows = both(values)
    if rows.is_empty():
        nothing = lang.text("No figure by citizenship can be used.")
        return Drawn(sentence_alone(nothing, lang, medium), nothing, words.chart_title(lang, one, other))
    drawn = lines.of_pairs(rows, lang)
    cells = query.between(one, other, edition).filter(pl.col("evidence") == "counted")
    alone = rows["origin"][0] if rows.height == 1 else ""
    bars = year_rows(one, other, drawn, edition, lang, medium.across * (1 if medium.narrow else BARS))
    return Drawn(
        counted_map(drawn, store.basemap(), lang, medium, state=alone, near=(one, other), bars=bars),
        words.claim(lang, rows),
        words.measured(lang, one, other, rows["years"].explode()),
        " ".join(_directions(lang, one, other, edition)),
        served.served(cells),
        notes=[routes_words.joined(lang)],
    )


def _directions(lang: Language, one: str, other: str, edition: str) -> Iterator[str]:
    """What is counted in each direction, in a sentence each."""
    rows = query.between(one, other, edition)
    for start, end in query.ways(rows, one, other):
        counted = rows.filter(start=start, evidence="counted")
        yield words.counted(lang, counted, query.lists(end, edition), start, end)


def _routes(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The routes that reports describe between two states, as arrows, with their transit states."""
    one, other, edition = map(values.value, (ONE, OTHER, EDITION))
    rows, cells = described(values), query.between(one, other, edition).filter(evidence="stated")
    measure = words.routes_measured(lang, one, other, cells["year"])
    if rows.is_empty():
        nothing = words.none_described(lang, one, other)
        return Drawn(sentence_alone(nothing, lang, medium), nothing, measure)
    each = lang.joined(f"{routes_words.ends(lang, row)}, {routes_words.figure(lang, row)}" for row in rows.to_dicts())
    paths = frozenset(cells.select("origin", "transit", "destination").drop_nulls().iter_rows())
    return Drawn(
        described_map(rows, store.basemap(), lang, medium, chosen=(one, other), paths=paths),
        words.routes_claim(lang, cells),
        measure,
        lang.text("The routes, by number of statements: {each}.", each=each),
        served.served(cells),
    )


def described(values: Values) -> pl.DataFrame:
    """The legs of the routes described between the two states, as in `dashboard.subjects.routes.query.arrows`."""
    return query.routes(values.value(ONE), values.value(OTHER), values.value(EDITION))


def _card(values: Values, lang: Language) -> list[BarBlock]:
    """The figures of both directions; none if there are none."""
    rows = both(values)
    return [] if rows.is_empty() else [card_bars(lines.of_pairs(rows, lang), lang)]


def _routes_card(values: Values, lang: Language) -> list[BarBlock]:
    """The routes described most often between the two; none if there are none."""
    rows = described(values).head(ON_CARD)
    if rows.is_empty():
        return []
    years = lang.span(query.between(*map(values.value, (ONE, OTHER, EDITION))).filter(evidence="stated")["year"])
    heading = routes_words.described(lang, years)
    return [card_bars(lines.of_routes(rows, (values.value(ONE), values.value(OTHER)), lang), lang, "", heading)]


def both(values: Values) -> pl.DataFrame:
    """The counted flows between the two states, as in `dashboard.subjects.routes.query.arrows`."""
    one, other = values.value(ONE), values.value(OTHER)
    rows = routes_query.arrows(of_state(one, "counted", values.value(EDITION))).every
    return rows.filter(
        pl.col("origin") != pl.col("destination"),
        *(pl.col(end).is_in([one, other]) for end in ("origin", "destination")),
    )


def _largest(values: Values, lang: Language) -> tuple[str, str] | None:
    """The larger of both directions."""
    return routes_words.largest(both(values), lang)


MAP = Figure(
    name="pair_map",
    page="pair",
    draw=on_map,
    filters=(ONE, OTHER, EDITION),
    rows=both,
    kind="routes",
    card=_card,
    number=_largest,
)
ROUTES = Figure(
    name="pair_routes",
    page="pair",
    draw=_routes,
    filters=(ONE, OTHER, EDITION),
    rows=described,
    kind="routes",
    card=_routes_card,
)
BETWEEN = Figure(
    name="between",
    page="pair",
    draw=_between,
    filters=(ONE, OTHER, EDITION),
    card=_card,
    number=_largest,
    explored=False,
    editable=lambda values, lang: editable.between(lang, query.yearly(*map(values.value, (ONE, OTHER, EDITION)))),
)
