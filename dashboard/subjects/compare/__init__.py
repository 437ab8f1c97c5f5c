"""Two states, or a state and the region, on one indicator."""
