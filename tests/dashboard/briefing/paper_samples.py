"""Briefings made by hand for the tests of the paper: one with words that a careless writer would take for markup."""

from dataclasses import replace

import polars as pl

from dashboard.briefing.content import Briefing
from dashboard.charts.editable import YearChart, by_year
from dashboard.subjects import briefings
from dashboard.views.figure import Drawn, Figure
from dashboard.views.page import Graphic, KeyFigure, Part
from data.i18n import language

HOSTILE = r"#let x = 1 $a_b$ *bold* _it_ @ref <label> `raw` \ // no /* no */ = not [a] {b} & ~ -- ... 'q' \"q\""
SNEAKY = '#read("/etc/passwd") #panic() </text><script>1</script> ]]>'


def spec() -> dict:
    """A map of one square, with a name, a key and a note."""
    square = {"x": [0, 4, 4, 0, 0], "y": [0, 0, 4, 4, 0]}
    trace = {"type": "scatter", "xaxis": "x", "yaxis": "y", "hoverinfo": "skip"}
    line = {"color": "#8a949d", "width": 0.8}
    land = {**trace, **square, "mode": "lines", "fill": "toself", "fillcolor": "#ffffff", "line": line, "name": "AAA"}
    hatch = {"shape": "/", "fgcolor": "#5b6670", "bgcolor": "#ffffff", "size": 7, "solidity": 0.25}
    words = {"mode": "text", "text": [f"<b>AAA</b><br>{SNEAKY}"], "textposition": ["middle right"]}
    font = {"size": 14, "color": "#0d1117"}
    note = {"x": 0, "y": 0, "text": "As of today<br>Boundaries", "font": {"size": 13, "color": "#4a5560"}}
    axes = {
        f"{way}axis": {"range": [0, most], "domain": [0, 1], "visible": False} for way, most in (("x", 10), ("y", 5))
    }
    return {
        "data": [land | {"fillpattern": hatch}, {**trace, **words, "x": [2], "y": [2], "textfont": font}],
        "layout": {"height": 325, **axes, "annotations": [note], "shapes": []},
    }


def frame(rows) -> pl.DataFrame:
    """A state's figures in time: year, status, least and most."""
    schema = {"year": pl.Int64, "status": pl.String, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema, orient="row").with_columns(unit=pl.lit("persons"))


def chart(lang: str = "en") -> YearChart:
    """Two figures, a gap, a masked one, a true zero."""
    rows = [
        (2016, "exact", 2.0, 2.0),
        (2017, "exact", 3.0, 3.0),
        (2018, "not_reported", None, None),
        (2019, "masked", 1.0, 4.0),
        (2020, "exact", 0.0, 0.0),
    ]
    return replace(by_year(language(lang), frame(rows), HOSTILE), alt="A chart. It has a gap.")


# A figure that is in the catalog only while these briefings are written (`conftest.py`).
FIGURE = Figure(
    name="sample",
    page="about",
    draw=lambda _values, _lang, _medium: Drawn(spec(), "", description="A chart. It has a gap."),
    editable=lambda _values, lang: [chart(lang.code)],
)


def briefing(lang: str = "en", *, address: str = "https://example.org/a?b=1&c=2") -> Briefing:
    """A briefing with everything that one may hold."""
    facts = (KeyFigure(HOSTILE, "12–24", ("1 of 2",)), KeyFigure("Second", "No figure", (SNEAKY,)))
    table = briefings.table("What the table holds", ("Name", "Figure"), [(HOSTILE, "1,234"), (SNEAKY, "0–4")])
    picture, graphic = Drawn(spec(), "", description="A map. It shows a square."), Graphic(FIGURE.name, {}, "sample")
    parts = (
        Part(kind="title", title="What it is about", remarks=("First remark",)),
        Part(
            kind="record",
            title="Key figures",
            lead=SNEAKY,
            key_figures=facts,
            points=("One finding.",),
            remarks=(HOSTILE,),
        ),
        Part(kind="map", title="A map", lead="Its lead.", map=picture, redrawn=lambda _medium: picture),
        Part(kind="time", title="A chart", figures=(graphic,), tables=(table,), releases=("Source, release of 1 May",)),
        Part(kind="sources", title="Sources", tables=(table,)),
    )
    as_of = "As of 1 May 2026, snapshot abc123"
    return Briefing(language(lang), "x", HOSTILE, "Briefing", as_of, address, "abc123", "2026-05-01", parts)
