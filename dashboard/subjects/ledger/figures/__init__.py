"""The ledger as a matrix, and the map of a paragraph."""
