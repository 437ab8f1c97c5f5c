"""The filters of page "Ledger", and what they ask for."""

from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl

from dashboard.shell import filters
from dashboard.shell.choices import STATES
from dashboard.shell.filter_types import Form, Many, One, Span, Spec
from dashboard.store import areas
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.query import ANY, BOTH, Filter
from data.columns import BODIES, PARAGRAPHS
from data.declaration import OBJECTIVES as NAMED
from data.declaration import THEMES as TOLD
from data.declaration import commitments, objectives
from data.i18n import N_

ALL = "all"
# A filter without any paragraph: an empty choice would mean all of them.
NOTHING = (0,)


THEMES = Many("theme", tuple(TOLD), label=N_("Theme"), words="theme")
OBJECTIVES = Many("objective", tuple(map(str, NAMED)), label=N_("Objective of the work plan"), words="objective")
ADDRESSED = One("addressed", ledger_query.ADDRESSED, ANY, label=N_("Addresses"), words="addressed")
GRADES = Many("grade", ledger_query.GRADES, label=N_("Grade of evidence"), words="cell")
YEARS = Span("dated", *ledger_query.years(), ledger_query.years(), label=N_("Years"))
# One paragraph, and whose entries are listed.
PARAGRAPH = One(
    "paragraph", (ALL, *map(str, range(1, PARAGRAPHS + 1))), ALL, head=1, label=N_("Paragraph"), words="any_paragraph"
)
WHOSE = One("whose", (ALL, *areas(), *BODIES), ALL, head=1, label=N_("Whose entries"), words="any_actor")
ENTRY = Form("entry", r"[ -~]{1,300}", ("id",))
LINE = Form("line", r"[0-9A-Za-z.()/-]{1,20}", ("number",))
MATRIX = (THEMES, OBJECTIVES, ADDRESSED, STATES, YEARS, GRADES)
MAP = (PARAGRAPH, YEARS, GRADES)
LEDGER = (*MATRIX, PARAGRAPH, WHOSE)


def matrix(value: Callable[[Spec[Any]], Any] = filters.value) -> Filter:
    """What the matrix is asked for; `value` gives what a filter holds."""
    addressed, states = value(ADDRESSED), tuple(value(STATES))
    actors = states or (areas() if addressed == ledger_query.STATES else ())
    actors = actors if addressed in {ANY, ledger_query.STATES} else (addressed,)
    return _dated(value, _paragraphs(tuple(value(THEMES)), tuple(value(OBJECTIVES)), addressed), actors)


def on_map(value: Callable[[Spec[Any]], Any] = filters.value) -> Filter:
    """What the map of a paragraph is asked for; of all paragraphs there is none."""
    asked = value(PARAGRAPH)
    return _dated(value, (int(asked),) if asked != ALL else NOTHING, ())


def listed(value: Callable[[Spec[Any]], Any] = filters.value) -> Filter:
    """What the list is asked for: of a paragraph, or of all that the matrix shows."""
    if value(PARAGRAPH) == ALL:
        return matrix(value)
    whose = value(WHOSE)
    return _dated(value, (int(value(PARAGRAPH)),), () if whose == ALL else (whose,))


def _dated(value: Callable[[Spec[Any]], Any], paragraphs: tuple[int, ...], actors: tuple[str, ...]) -> Filter:
    first, last = value(YEARS)
    whole = (first, last) == tuple(YEARS.default)
    return Filter(paragraphs, actors, first, last, tuple(value(GRADES)), whole=whole)


@cache
def _paragraphs(themes: tuple[str, ...], near: tuple[str, ...], addressed: str) -> tuple[int, ...]:
    """The paragraphs of a choice; none at all is `NOTHING`."""
    asked = [pl.col("theme").is_in(themes)] if themes else []
    if near:
        chosen = objectives().filter(pl.col("objective").cast(pl.String).is_in(near))["paragraph"]
        asked.append(pl.col("paragraph").is_in(chosen.implode()))
    if addressed != ANY:
        both = [BOTH] if addressed != "OAS-GS" else []
        asked.append(pl.col("actor").is_in([addressed, *both]))
    found = tuple(commitments().filter(*asked)["paragraph"].to_list()) if asked else ()
    return found or (NOTHING if asked else ())
