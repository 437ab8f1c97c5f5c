"""Briefings to take along: what a state, a pair of states or the region is told on slides and on paper."""
