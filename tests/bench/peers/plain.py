"""What both peers show: the 35 polygons, filled by the printed classes of the rate of one year, nothing else."""

from pathlib import Path

import plotly.graph_objects as go
import polars as pl
import shapely

SNAPSHOTS = Path(__file__).parents[3] / "data" / "snapshot"
HOME = SNAPSHOTS / (SNAPSHOTS / "current").read_text("utf-8").strip()
INDICATOR = "detected_victims_rate"
RAMP = ("#fdf3c8", "#e0c55f", "#8f8c7e", "#5a6780", "#1d3363")
BREAKS = (0.2, 0.5, 1.0, 2.0)
NONE = "#e3e5e7"


def _polygons() -> dict[str, tuple[list[float | None], list[float | None]]]:
    shapes = pl.read_parquet(HOME / "boundaries.parquet").filter(pl.col("kind") == "state")
    return {area: _outline(shapely.from_wkb(wkb)) for area, wkb in shapes.select("area", "geometry").iter_rows()}


def _outline(shape: shapely.Geometry) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for part in shapely.get_parts(shape):
        x += [*map(round, part.exterior.xy[0]), None]
        y += [*map(round, part.exterior.xy[1]), None]
    return x, y


POLYGONS = _polygons()
FIGURES = {
    (area, year): high
    for area, year, high in pl.scan_parquet(HOME / "observations.parquet")
    .filter(pl.col("indicator") == INDICATOR, pl.all_horizontal(pl.col("sex", "age", "form") == "total"))
    .select("area", "year", "high")
    .collect()
    .iter_rows()
}
YEARS = [year for year in sorted({year for _, year in FIGURES}) if year >= 2008]


def fill(area: str, year: int) -> str:
    """The colour of a state in a year."""
    figure = FIGURES.get((area, year))
    return NONE if figure is None else RAMP[sum(figure > limit for limit in BREAKS)]


def map_of(year: int) -> go.Figure:
    """The plain map of a year."""
    figure = go.Figure(layout={"title": f"Detected victims per 100,000, {year}", "showlegend": False, "height": 800})
    for area, (x, y) in POLYGONS.items():
        trace = go.Scatter(
            x=x, y=y, mode="lines", fill="toself", fillcolor=fill(area, year), name=area, line={"width": 1}
        )
        figure.add_trace(trace)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    return figure
