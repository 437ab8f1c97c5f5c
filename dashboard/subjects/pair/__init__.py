"""What is recorded between two states: flows, treaties, migrants."""
