"""What changed, for those who follow it: figures, corrections, reports, and questions to publishers."""
