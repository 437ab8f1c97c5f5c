"""Slides with python-pptx: the template, and functions that put text, charts and tables on a slide, all in points."""
