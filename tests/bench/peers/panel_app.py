"""The plain map as a Panel app: a slider of years, a bound Plotly pane."""

import sys

import panel as pn
from plain import YEARS, map_of

pn.extension("plotly")


def page():
    year = pn.widgets.IntSlider(name="Year", start=YEARS[0], end=YEARS[-1], value=YEARS[0])
    return pn.Column(year, pn.pane.Plotly(pn.bind(map_of, year), config={"displayModeBar": False}))


if __name__ == "__main__":
    pn.serve(page, port=int(sys.argv[1]), address="127.0.0.1", show=False, websocket_origin="*")
