"""Slides by python-pptx: the template, and how each kind of thing is put on a slide. Lengths are points."""
