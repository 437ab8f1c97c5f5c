"""Room mode: one archive that shows the observatory on a laptop without any network (`make room`)."""
