"""The map and matrix of missing data, and the charts of revisions."""
