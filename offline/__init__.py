"""Build the offline archive (`make room`): a folder that serves the observatory on a laptop without a network."""
