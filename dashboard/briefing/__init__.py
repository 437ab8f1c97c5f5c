"""Briefings of a state, a pair of states or the region: slides to edit, and paper to print."""
