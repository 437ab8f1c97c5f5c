"""The charts of page Explore: lines, two years, cells."""
