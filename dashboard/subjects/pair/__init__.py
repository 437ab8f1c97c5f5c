"""What is recorded between two states: flows and treaties."""
