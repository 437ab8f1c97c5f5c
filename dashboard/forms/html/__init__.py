"""A page as a complete HTML document, which needs no script."""
