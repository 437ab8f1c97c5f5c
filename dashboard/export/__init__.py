"""Downloads: files of views with metadata, citations and code."""
