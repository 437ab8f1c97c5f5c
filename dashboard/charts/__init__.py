"""The drawing kit: a figure's Plotly specification as plain shapes, and the writers that draw these. No subject."""
