"""Charts of revisions: the totals of one state as each release gives them, and the number of changes of each state."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import UPRIGHT
from dashboard.charts.key import Item
from dashboard.charts.look import DASH, DASHED
from dashboard.charts.medium import NOTE, Medium
from dashboard.charts.panels import Coordinates
from dashboard.charts.row_chart import AS_WRITTEN, FIGURES, NUMBERS, Chart, blank, chart, names_room, rows_of
from dashboard.charts.traces import Trace, both_ends, ghost, lines, marks
from dashboard.subjects.coverage.words import masked_word
from dashboard.words import terms
from data.i18n import Language
from data.releases import ordered

RELEASES = ("circle-open", "square", "diamond-open", "triangle-up", "cross-open", "star")
# The x offset between two releases' readings of one year, in years.
BESIDE = {False: 0.16, True: 0.4}
# Half the width of the outline of a masked reading, in years.
HALF = 0.07
TALL = {False: 380.0, True: 320.0}


def releases_chart(
    readings: pl.DataFrame,
    changes: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    unit: str,
    years: tuple[int, int] | None = None,
    states: Sequence[str] = (),
) -> dict[str, Any]:
    """A Plotly spec of the totals of one state by release; a thin line joins readings of a year that differ.

    Args:
        readings: the result of `dashboard.subjects.coverage.revisions.releases`: year, release, low, high, status.
        changes: the rows of `revisions` to join: year, release_from, release_to.
        unit: in words.
    """
    releases = ordered(readings["release"])
    size = 8 if medium.narrow else 10
    looks = {release: _look(rank, size, release == releases[-1]) for rank, release in enumerate(releases)}
    items = [Item(lang.date(release), marker=look) for release, look in looks.items()]
    words = {masked_word(lang, high) for high in readings.filter(status="masked")["high"]}
    items += [Item(word, COLORS.surface, (COLORS.ink, DASHED), DASH, shape=UPRIGHT) for word in sorted(words)]
    shape = Chart({}, items, lang, medium, TALL[medium.narrow], NUMBERS)
    spec = blank(
        shape,
        heading=lang.text("Totals in each release ({unit})", unit=terms.in_sentence(unit)),
    )
    shifts = {
        release: (rank - (len(releases) - 1) / 2) * BESIDE[medium.narrow] for rank, release in enumerate(releases)
    }
    spec["layout"] |= _scales(readings, spec["layout"], years, medium)
    if states:
        left = names_room(map(lang.country, states), medium)
        spec["layout"]["xaxis"]["domain"] = [round(max(left, FIGURES) / shape.medium.across, 4), 1]
    traces = [_joins(readings, changes, shifts)]
    for release in releases:
        mine = readings.filter(pl.col("release") == release, pl.col("low").is_not_null())
        traces += _release(mine, shifts[release], looks[release], lang)
    return {"data": [*traces, *spec["data"]], "layout": spec["layout"]}


def _look(rank: int, size: int, newest: bool) -> dict[str, Any]:
    paint = COLORS.arrows["counted"] if newest else COLORS.frame
    return {
        "symbol": RELEASES[rank % len(RELEASES)],
        "size": size,
        "color": paint,
        "line": {"width": 2, "color": paint},
    }


def _scales(
    readings: pl.DataFrame, axes: dict[str, Any], span: tuple[int, int] | None, medium: Medium
) -> dict[str, Any]:
    years = [year for year in (readings["year"].min(), readings["year"].max()) if isinstance(year, int)] or [0, 0]
    years = list(span or years)
    top = max((value for value in readings["high"].to_list() if value is not None), default=0) or 1
    across = {"range": [years[0] - 0.6, years[-1] + 0.6], "dtick": 4 if medium.narrow else 1, "tickformat": "d"}
    up = {"range": [-0.04 * top, 1.08 * top], "nticks": 6, "showgrid": True, "gridcolor": COLORS.unreported}
    return {"xaxis": axes["xaxis"] | across, "yaxis": axes["yaxis"] | up}


def _joins(readings: pl.DataFrame, changes: pl.DataFrame, shifts: Mapping[str, float]) -> Trace:
    """The thin lines; they end at the middle of a masked reading's outline."""
    middles = {
        (year, release): (low + high) / 2
        for year, release, low, high in readings.select("year", "release", "low", "high").iter_rows()
        if low is not None
    }
    x: Coordinates = []
    y: Coordinates = []
    for year, before, after in changes.select("year", "release_from", "release_to").iter_rows():
        ends = [(year, release) for release in (before, after) if (year, release) in middles]
        if len(ends) > 1:
            x += [*(year + shifts[release] for _, release in ends), None]
            y += [*(middles[end] for end in ends), None]
    return lines("", [], [], color=COLORS.faint, width=1.2) | {"x": x, "y": y}


def _release(rows: pl.DataFrame, shift: float, look: dict[str, Any], lang: Language) -> list[Trace]:
    """The traces of one release: values as marks, masked readings as dashed outlines from low to high."""
    hidden = pl.col("status") == "masked"
    known, masked = rows.filter(~hidden), rows.filter(hidden)
    x: Coordinates = []
    y: Coordinates = []
    for year, low, high in masked.select("year", "low", "high").iter_rows():
        left, right = year + shift - HALF, year + shift + HALF
        x += [left, right, right, left, left, None]
        y += [low, low, high, high, low, None]
    hovers = [words for row in masked.iter_rows(named=True) for words in [_hover_text(row, lang)] * 6]
    drawn = marks("", [], [], look) | {"x": [year + shift for year in known["year"]], "y": known["low"].to_list()}
    points = drawn | {"hoverinfo": "text", "hovertext": [_hover_text(row, lang) for row in known.iter_rows(named=True)]}
    outline = lines("", [], [], color=look["color"], width=DASHED, dash=DASH)
    ranges = outline | {"x": x, "y": y, "hoverinfo": "text", "hovertext": hovers}
    return [trace for trace in (points, ranges) if trace["x"]]


def _hover_text(row: Mapping[str, Any], lang: Language) -> str:
    figure = lang.interval(row["low"], row["high"])
    masked = row["status"] == "masked"
    reading = f"{figure} ({terms.in_sentence(masked_word(lang, row['high']))})" if masked else figure
    return f"<b>{row['year']}</b><br>{lang.labeled(lang.date(row['release']), reading)}"


ROW = {False: 24.0, True: 20.0}
FEW = 10
KINDS = {"revised": "square", "new": "triangle-up-open", "withdrawn": "x", "convention": "circle-open"}
# Marks of one state at one number are moved apart by this share of a row.
APART = 0.46


def changes_chart(
    counts: pl.DataFrame,
    states: Sequence[str],
    lang: Language,
    medium: Medium,
    *,
    kinds: Sequence[str],
) -> dict[str, Any]:
    """A Plotly spec of how many figures of each state changed between releases, by kind.

    Args:
        counts: the result of `dashboard.subjects.coverage.revisions.by_state`: area, kind, figures, totals.
        states: the states of the rows; kinds: the kinds of the key, in its order.
    """
    found = {kind: _apart(counts).filter(pl.col("kind") == kind) for kind in kinds}
    items = [
        Item(
            f"{terms.term(lang, 'revision', kind)} ({lang.number(int(rows['figures'].sum()))})",
            marker=_mark(kind),
        )
        for kind, rows in found.items()
        if rows.height
    ]
    shape = Chart(rows_of(states, lang), items, lang, medium, ROW[medium.narrow], NUMBERS)
    spec = chart(shape, heading=lang.text("Figures revised or added, totals and parts"))
    top = max(counts["figures"].to_list(), default=0) or 1
    # Numbers of figures are integers: no ticks between them.
    ticks = {"nticks": 5 if medium.narrow else 12} if top > FEW else {"dtick": 1}
    look = ticks | AS_WRITTEN | {"range": [-0.03 * top, 1.05 * top], "tickfont": {"size": NOTE}}
    grid = {"showgrid": True, "gridcolor": COLORS.unreported}
    spec["layout"] |= both_ends(spec["layout"]["xaxis"] | look | grid)
    traces = [_changes(kind, rows, shape) for kind, rows in found.items() if rows.height]
    return {"data": [ghost(), *reversed(traces), *spec["data"]], "layout": spec["layout"]}


def _apart(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts with `apart`, the offset of a mark from the middle of its row if several coincide."""
    together = ("area", "figures")
    place = pl.col("kind").rank("ordinal").over(together).cast(pl.Float64) - (pl.len().over(together) + 1) / 2
    return counts.with_columns(apart=place * APART)


def _mark(kind: str) -> dict[str, Any]:
    paints = {
        "revised": COLORS.arrows["counted"],
        "new": COLORS.arrows["counted"],
        "withdrawn": COLORS.ink,
        "convention": COLORS.frame,
    }
    return {"symbol": KINDS[kind], "size": 11, "color": paints[kind], "line": {"width": 1.8, "color": paints[kind]}}


def _changes(kind: str, rows: pl.DataFrame, shape: Chart) -> Trace:
    changes = list(rows.iter_rows(named=True))
    heights: Coordinates = [shape.order[row["area"]] + row["apart"] for row in changes]
    drawn = marks("", rows["figures"].to_list(), heights, _mark(kind))
    hover = [_change_text(kind, row, shape.lang) for row in changes]
    return drawn | {"hoverinfo": "text", "hovertext": hover, "customdata": rows["area"].to_list()}


def _change_text(kind: str, row: Mapping[str, Any], lang: Language) -> str:
    figures = lang.plural("{n} figure", "{n} figures", row["figures"])
    totals = lang.plural("including {n} total", "including {n} totals", row["totals"])
    changed = ", ".join([figures, totals] if row["totals"] else [figures])
    return f"<b>{lang.country(row['area'])}</b><br>{lang.labeled(terms.term(lang, 'revision', kind), changed)}"
