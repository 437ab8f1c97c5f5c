"""What a reader takes away: files of a view, their metadata, citations, code."""
