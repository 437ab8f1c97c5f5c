"""What the archive's start scripts run on the laptop, with Python's own library alone: it comes before any wheel."""
