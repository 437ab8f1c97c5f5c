"""About this observatory: its method, its terms, how to report an error."""
