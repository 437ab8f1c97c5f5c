"""Who reports what since when, and what publishers revised."""
