"""Ids to words in the reader's language, and tables of words."""
