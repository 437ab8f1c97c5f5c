"""Routes in their order: origin, transit, destination as columns, and bands between them as wide as their figures.

Names stand in alphabetical order; a band keeps the place that the names at its two ends give it.
"""

from typing import Any, Literal, Unpack

import polars as pl

from dashboard.figures import flow_bands
from dashboard.figures.arrows import arrow
from dashboard.figures.flow_bands import ACROSS, FINE, handles, past
from dashboard.figures.flow_names import SIDE, bars, between, headings, names
from dashboard.figures.flow_places import NAME, bands, column, height, placed, scaled, stand
from dashboard.figures.framing import Around, Framing
from dashboard.figures.row_chart import Chart, blank
from data.i18n import Language

# Pixels over and under the columns.
EDGE = 34.0


def flow_order(
    arrows: pl.DataFrame,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    opens: frozenset[str],
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the same rows as `routes_map`; counted victims have no transit and so two columns.

    Args: as in `flow_matrix`.
    """
    around = Around(**framing)
    colours = around.colours
    shown = [arrow(row) for row in arrows.iter_rows(named=True)]
    places = placed(shown)
    pixels = scaled(places)
    columns = [column(number, places, lang) for number in range(3)]
    tall = max(NAME, *(height(some, pixels) for some in columns))
    for some in columns:
        stand(some, tall, pixels)
    shape = Chart({}, [], colours, lang, around.narrow, around.width, tall, EDGE)
    heading = lang.text("The width of a band is its figure; countries in alphabetical order")
    if columns[1]:
        heading += ". " + lang.text("Strong bands run through a transit state, pale ones past it")
    spec = blank(shape, title=around.title, heading=heading, notes=around.notes)
    look = {"visible": False, "domain": [0, 1], "range": [-SIDE[around.narrow], ACROSS + SIDE[around.narrow]]}
    spec["layout"]["xaxis"] |= look
    spec["layout"]["yaxis"] |= {"visible": False, "range": [tall * FINE, 0]}
    spec["layout"]["annotations"] += headings(columns, evidence, colours, lang, narrow=around.narrow)
    found = list(bands(shown, places, pixels, lang))
    drawn = [
        flow_bands.drawn(band, colours, lang) for band in sorted(found, key=lambda band: (not past(band), -band.wide))
    ]
    stood = [place for some in columns for place in some]
    if not stood:
        return spec
    spec["layout"]["annotations"] += between(stood, pixels, shape)
    drawn += [bars(stood, pixels, colours), handles(found, opens, lang), names(stood, pixels, shape)]
    return {"data": drawn + spec["data"], "layout": spec["layout"]}
