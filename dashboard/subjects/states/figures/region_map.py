"""The map of the region: rates as fills in up to six classes, counts as circles whose area is the figure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import SWATCH_HEIGHT, Item, headings, round_examples
from dashboard.charts.look import STATES, class_of, decimals, look_of, number_state, shade
from dashboard.charts.medium import Medium
from dashboard.charts.panels import sheet
from dashboard.charts.state_map import FEW, LARGEST_CIRCLE, OPACITY, SYMBOL, RegionView, state_map
from dashboard.words import terms
from data.i18n import Language


def region_map(
    frame: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    indicator: str,
    breaks: Sequence[float] | None,
    largest: float,
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the 35 states.

    Args:
        frame: the region frame, one row for each state: area, year, low, high, status {exact, masked, conflicting,
            suspect, not_reported}, unit, source, release.
        basemap: made once for the snapshot (`ground.prepare`).
        indicator: its id, for the key and the hover texts.
        breaks: limits of the classes of a rate (`look.class_breaks` of all years), by which states are filled; None
            for counts, which are circles.
        largest: the figure of the largest circle, of all years.

    Returns:
        `data` and `layout`; markers that can be selected have `customdata` [iso3].
    """
    rows = {row["area"]: row for row in frame.iter_rows(named=True)}
    name = terms.term(lang, "indicator", indicator)
    place = sheet(frozenset(rows), medium, part=ground.part(basemap, rows))
    draft = RegionView(rows, basemap, lang, name, breaks, largest, place)
    return state_map(draft, key_items(draft))


def key_items(drawn: RegionView) -> list[Item]:
    """The entries of the key in printed order: the indicator, values, other states of a number, base map."""
    found = Counter(number_state(row) for row in drawn.rows.values())
    states = [state for state in STATES if state != "exact" and found[state]]
    values = _circle_items(drawn) if drawn.breaks is None else _class_items(drawn)
    others = [_state_item(drawn, state, found[state]) for state in states]
    return [
        *headings(drawn.indicator, drawn.place),
        *values,
        *others,
        *ground.key_items(drawn.basemap, drawn.place, drawn.lang),
    ]


def _state_item(drawn: RegionView, state: str, states: int) -> Item:
    look = look_of(state, COLORS.tint)
    text = terms.term(drawn.lang, "status", state)
    if state == "masked":
        # A label has the count as published, or the rate as a range.
        counts = drawn.lang.labeled(FEW, terms.in_sentence(text))
        text = counts if drawn.breaks is None else drawn.lang.text("Range due to “<5”")
    text = f"{text} ({drawn.lang.number(states)})"
    line = {"width": 1.5, "color": COLORS.ink}
    marker = {"symbol": look.symbol, "color": look.ink, "size": SYMBOL, "line": line}
    return Item(text, look.fill, look.line, extra=look.extra, marker=marker)


def _class_items(drawn: RegionView) -> list[Item]:
    values = [row["high"] for row in drawn.rows.values() if number_state(row) == "exact"]
    return class_items(values, drawn.breaks or (), drawn.lang)


def class_items(values: Iterable[float], breaks: Sequence[float], lang: Language) -> list[Item]:
    """An entry for each class that has values, with their number."""
    found = classes(values, breaks, lang)
    fills = {name: COLORS.ramp[shade(rank, breaks) if breaks else 0] for name, (rank, _) in found.items()}
    return [
        Item(f"{name} ({lang.number(n)})", fills[name], (COLORS.edge(fills[name]), 0.8))
        for name, (_, n) in found.items()
    ]


def classes(values: Iterable[float], breaks: Sequence[float], lang: Language) -> dict[str, tuple[int, int]]:
    """The rank of each class that has values, and their number, by its name."""
    found = Counter(class_of(value, breaks) for value in values)
    if not breaks:
        return {terms.term(lang, "status", "exact"): (0, found[0])} if found else {}
    limits = [lang.number(limit, decimals(limit)) for limit in breaks]
    names = [_range(lang, low, high) for low, high in zip(["", *limits], [*limits, ""], strict=True)]
    return {name: (rank, found[rank]) for rank, name in enumerate(names) if found[rank]}


def _range(lang: Language, low: str, high: str) -> str:
    if not low:
        return lang.text("up to {high}", high=high)
    # Translators: a class of a map; {low} itself is in the class below.
    return lang.text("over {low} to {high}", low=low, high=high) if high else lang.text("over {low}", low=low)


def _circle_items(drawn: RegionView) -> list[Item]:
    line = {"width": 1.5, "color": COLORS.ink}
    shown = max((row["high"] for row in drawn.rows.values() if number_state(row) == "exact"), default=0)
    base = {"symbol": "circle", "color": COLORS.symbol, "opacity": OPACITY, "line": line}
    return [
        Item(drawn.lang.number(value), marker=base | {"size": round(drawn.circle(value), 1)})
        # Only circles that fit a row of the key can be examples; the figure is proportional to the square of the size.
        for value in round_examples(
            min(shown, drawn.largest * (SWATCH_HEIGHT / LARGEST_CIRCLE[drawn.place.narrow]) ** 2)
        )
    ]
