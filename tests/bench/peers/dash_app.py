"""The plain map as a Dash app: a slider of years, a callback that returns the figure."""

import sys

from dash import Dash, Input, Output, callback, dcc, html
from plain import YEARS, map_of

app = Dash(__name__, serve_locally=True)
app.layout = html.Div(
    [
        dcc.Slider(YEARS[0], YEARS[-1], 1, value=YEARS[0], id="year", updatemode="drag"),
        dcc.Graph(figure=map_of(YEARS[0]), id="map", config={"displayModeBar": False}),
    ]
)


@callback(Output("map", "figure"), Input("year", "value"), prevent_initial_call=True)
def show(year):
    return map_of(year)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
