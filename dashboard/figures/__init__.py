"""Pure functions from a frame to a Plotly spec (a plain dict)."""
