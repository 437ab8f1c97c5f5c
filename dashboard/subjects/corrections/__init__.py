"""What states say against figures."""
