"""Figures of states: the region in a year, one state over time."""
