"""The map of the region, and a state's figures over time."""
