"""Corrections: what states say against figures."""
