"""People who moved between two states of the region, as context: migrants, refugees, asylum-seekers, crossings."""
