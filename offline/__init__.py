"""The offline archive: one folder that shows the observatory on a laptop without any network (`make room`)."""
