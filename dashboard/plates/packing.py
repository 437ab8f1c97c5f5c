"""Figures in few bytes: what all of them share goes once, and lands that look alike go as one.

The lines of the ground (nine tenths of a map's bytes) are numbers into one list. Other lines are their second
differences, which are small where a line bends evenly, in units of their common measure. Where all states look alike
they are one trace, which the browser draws much faster, and so are rings, and arrows of one layer, which do not touch;
each of them still answers to the pointer with its own words, the uppermost first. What is said in the enlargement and
on the map alike is a number into a list of the figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from math import gcd
from typing import Any

import orjson

from dashboard import store
from dashboard.figures.arrow_traces import ARROW
from dashboard.figures.traces import Trace
from dashboard.figures.windows import Coordinates

AXES = ("x", "y")
# What is a land's own in a trace of many.
OWN = (*AXES, "name", "text")
# From this many points on a line, and from this many characters on words, are shorter so.
LONG, WORDY = 8, 12
WORDS = ("text", "hovertext", "lands")


@cache
def lines() -> list[Coordinates]:
    """The coordinates (km) of every outline of the ground, x and y in turn."""
    basemap = store.basemap()
    outlines = [*basemap.main.values(), *basemap.inset.values(), *basemap.groups.values()]
    return [line for outline in outlines for line in (outline.x, outline.y)]


def packed(data: Sequence[Trace]) -> dict[str, Any]:
    """The traces of a figure as the browser's stage takes them: `data`, and the `words` that it numbers."""
    words: dict[str, int] = {}
    return {"data": [_worded(trace, words) for trace in _traces(data)], "words": list(words)}


def _worded(trace: Trace, words: dict[str, int]) -> Trace:
    return trace | {key: _said(trace[key], words) for key in WORDS if key in trace}


def _said(value: object, words: dict[str, int]) -> object:
    """Long words as their number; short ones, which may stand on the map, as they are."""
    if isinstance(value, list):
        return [_said(one, words) for one in value]
    if isinstance(value, str) and len(value) >= WORDY:
        return words.setdefault(value, len(words))
    return value


def _traces(data: Sequence[Trace]) -> Iterator[Trace]:
    for kind, together in groupby(data, _kin):
        run = list(together)
        if kind and len(run) > 1 and all(_look(trace) == _look(run[0]) for trace in run):
            yield _as_one(run)
        else:
            yield from (_shared(trace) for trace in run)


def _as_one(shapes: Sequence[Trace]) -> Trace:
    lines = {axis: [_line(shape[axis]) for shape in shapes] for axis in AXES}
    return _look(shapes[0]) | lines | {"lands": [shape["text"] for shape in shapes]}


def _kin(trace: Trace) -> str | None:
    """What shapes that may be one have in common: lands the panel, rings and arrows their look; None for the others.

    The layer of an arrow is part of its look. All arrows are walked round the same way, so that where two of one path
    cross there is no hole.
    """
    if not {"name", "hoveron"} <= trace.keys():
        return None
    if id(trace["x"]) in _numbers():
        return str(trace["xaxis"])
    return f"{_look(trace)}" if ARROW in trace["name"] else None


def _look(trace: Trace) -> Trace:
    return {key: value for key, value in trace.items() if key not in OWN}


def _shared(trace: Trace) -> Trace:
    return trace | {axis: _line(trace[axis]) for axis in AXES}


def _line(line: Sequence[object]) -> object:
    number = _numbers().get(id(line))
    if number is not None:
        return number
    whole = [value for value in line if value is None or type(value) is int]
    if not len(line) == len(whole) >= LONG:
        return line
    unit = gcd(*(value for value in whole if value is not None)) or 1
    bends = _steps(_steps([value if value is None else value // unit for value in whole]))
    told = {"bends": bends} if unit == 1 else {"bends": bends, "unit": unit}
    # Places without any order are shorter as they are.
    return told if len(orjson.dumps(bends)) < len(orjson.dumps(whole)) else line


def _steps(line: Sequence[int | None]) -> list[int | None]:
    """The first value and the differences to it, each to the one before; a gap stays a gap."""
    values = [value for value in line if value is not None]
    steps = iter([*values[:1], *(after - before for before, after in pairwise(values))])
    return [None if value is None else next(steps) for value in line]


@cache
def _numbers() -> Mapping[int, int]:
    # By identity: the figures take the lists of the basemap as they are, and the basemap lives as long as the process.
    return {id(line): number for number, line in enumerate(lines())}
