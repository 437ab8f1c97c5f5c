"""Draws the Plotly specification of a figure as shapes, and the shapes as SVG or on a slide."""
