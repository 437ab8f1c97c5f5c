"""Figures of the ledger: the matrix, and the map of a paragraph."""
