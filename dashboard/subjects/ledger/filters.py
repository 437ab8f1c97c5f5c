"""The filters of the page Declaration, and the selections that they make."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import polars as pl

from dashboard.store import areas
from dashboard.subjects.ledger import query
from dashboard.subjects.ledger.query import ANY, BOTH, EntryFilter
from dashboard.subjects.shared import AREA
from dashboard.subjects.shared import STATES as SHARED_STATES
from dashboard.views.filters import Form, Many, One, Span, Spec
from data.columns import BODIES, PARAGRAPHS
from data.declaration import OBJECTIVES as OBJECTIVE_TITLES
from data.declaration import THEMES as THEME_TITLES
from data.declaration import commitments, objectives
from data.i18n import N_

ALL = "all"
# A filter that matches no paragraph; an empty one would match all.
NOTHING = (0,)
REGION = "region"
STATE = "state"


class Scope(One):
    """The whole region or one state; always written, so that an address without it can follow the state it names."""

    def write(self, value: str) -> str:
        """The id itself; the default has its own text, which no value has."""
        return value

    def parse(self, text: str) -> str:
        """The id itself; the whole region for the default."""
        return REGION if text == UNSAID else super().parse(text)


UNSAID = ""
SCOPE = Scope(
    "scope",
    (REGION, STATE),
    UNSAID,
    label=N_("Show"),
    words={REGION: N_("The whole region"), STATE: N_("One state")},
)

# How the region is drawn: bars for the paragraphs, or a matrix of paragraphs and states.
DISPLAY = One(
    "display",
    ("bars", "matrix"),
    "bars",
    control=N_("Display"),
    words={"bars": N_("Bars"), "matrix": N_("Matrix")},
)
# Of the region; the one state of this page is `AREA`, which is carried to other pages.
STATES = replace(SHARED_STATES, carried=False)
THEMES = Many("theme", tuple(THEME_TITLES), label=N_("Theme"), words="theme", empty=N_("All themes"))
OBJECTIVES = Many(
    "objective",
    tuple(map(str, OBJECTIVE_TITLES)),
    label=N_("Objective of the work plan"),
    words="objective",
    empty=N_("All objectives"),
)
ADDRESSEE = One("addressed", query.ADDRESSED, ANY, label=N_("Addressed to"), words="addressed")
GRADES = Many("grade", query.GRADES, label=N_("Type of source"), words="cell", empty=N_("All types of source"))
YEARS = Span("dated", query.years, query.years, label=N_("Years"))
# One paragraph, and the state or body whose entries are listed.
PARAGRAPH = One(
    "paragraph", (ALL, *map(str, range(1, PARAGRAPHS + 1))), ALL, head=1, label=N_("Paragraph"), words="any_paragraph"
)
ACTOR = One("whose", lambda: (ALL, *areas(), *BODIES), ALL, head=1, label=N_("State or body"), words="any_actor")
ENTRY = Form("entry", r"[ -~]{1,300}", ("id",))
LINE = Form("line", r"[0-9A-Za-z.()/-]{1,20}", ("number",))
MATRIX = (THEMES, OBJECTIVES, ADDRESSEE, STATES, YEARS, GRADES)
MAP = (PARAGRAPH, YEARS, GRADES)
LEDGER = (SCOPE, AREA, *MATRIX, PARAGRAPH, ACTOR)


def implied(given: Mapping[str, str]) -> Mapping[str, str]:
    """The parameters of an address without `scope`: it opens on the one state that it names."""
    named = [given.get(spec.name, "") for spec in (ACTOR, STATES, AREA)]
    area = next(filter(AREA.allows, named), "")
    return of_state(area) if area and SCOPE.name not in given else {}


def of_state(area: str) -> Mapping[str, str]:
    """The parameters that choose one state."""
    return {SCOPE.name: STATE, AREA.name: area, ACTOR.name: ALL, STATES.name: STATES.write(())}


def state(value: Callable[[Spec[Any]], Any]) -> str:
    """The chosen state; empty for the whole region."""
    return str(value(AREA)) if value(SCOPE) == STATE else ""


def matrix_selection(value: Callable[[Spec[Any]], Any]) -> EntryFilter:
    """The selection of the matrix; `value` reads the value of a filter."""
    addressed, states = value(ADDRESSEE), tuple(value(STATES))
    actors = states or (areas() if addressed == query.STATES else ())
    actors = actors if addressed in {ANY, query.STATES} else (addressed,)
    return _dated(value, _paragraphs(tuple(value(THEMES)), tuple(value(OBJECTIVES)), addressed), actors)


def map_selection(value: Callable[[Spec[Any]], Any]) -> EntryFilter:
    """The selection of the map of a paragraph; matches nothing if no single paragraph is selected."""
    number = value(PARAGRAPH)
    return _dated(value, (int(number),) if number != ALL else NOTHING, ())


def list_selection(value: Callable[[Spec[Any]], Any]) -> EntryFilter:
    """The selection of the list: the entries of one paragraph, or all entries of the matrix; of the chosen state."""
    area, number = state(value), value(PARAGRAPH)
    if number == ALL:
        whole = matrix_selection(value)
        return replace(whole, actors=(area,)) if area else whole
    whose = value(ACTOR)
    actors = (area,) if area else tuple(value(STATES)) if whose == ALL else (whose,)
    return _dated(value, (int(number),), actors)


def _dated(value: Callable[[Spec[Any]], Any], paragraphs: tuple[int, ...], actors: tuple[str, ...]) -> EntryFilter:
    first, last = value(YEARS)
    whole = (first, last) == tuple(YEARS.default)
    return EntryFilter(paragraphs, actors, first, last, tuple(value(GRADES)), whole=whole)


# A constant: the declaration is a reference file. Bounded, because readers combine themes and objectives freely.
@lru_cache(128)
def _paragraphs(themes: tuple[str, ...], near: tuple[str, ...], addressed: str) -> tuple[int, ...]:
    """The paragraphs that match the filters; empty without a filter, `NOTHING` if none match."""
    conditions = [pl.col("theme").is_in(themes)] if themes else []
    if near:
        chosen = objectives().filter(pl.col("objective").cast(pl.String).is_in(near))["paragraph"]
        conditions.append(pl.col("paragraph").is_in(chosen.implode()))
    if addressed != ANY:
        both = [BOTH] if addressed != "OAS-GS" else []
        conditions.append(pl.col("actor").is_in([addressed, *both]))
    found = tuple(commitments().filter(*conditions)["paragraph"].to_list()) if conditions else ()
    return found or (NOTHING if conditions else ())
