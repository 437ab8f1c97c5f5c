"""Build the offline archive (`make room`): a folder that runs the observatory on a laptop without a network."""
