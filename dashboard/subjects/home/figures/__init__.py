"""The figures of page "Home"."""
