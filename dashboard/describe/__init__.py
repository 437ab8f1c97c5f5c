"""Two sentences for every figure: its alternative text, the words under it, the note of its slide. Pure.

They never rank states: they say how many report, what the range is, and what is not known.
"""
