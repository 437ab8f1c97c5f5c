"""The filters of the page Routes, and the selections that they make."""

from collections.abc import Callable
from typing import Any, cast

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.movements import query as movements
from dashboard.subjects.routes import query
from dashboard.subjects.shared import EDITION, STATES
from dashboard.views.filters import NOTHING, Flag, Many, NamedFilter, One, Span, Spec, Whole
from dashboard.words.vocabulary import FORM, MOVEMENT
from data.i18n import N_

STATED_FORMS = tuple(form for form in FORM if form not in {"total", "organ_removal", "other"})
MOST_ARROWS = 100
USUAL_ARROWS = 10


@cached
def years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a flow, counted or stated."""
    rows = snap.flows()
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


EVIDENCE = One("evidence", ("counted", "stated"), "counted", label=N_("Kind of data"), words="evidence")
POSITION = One("position", query.POSITIONS, "any", label=N_("Position of the state"), words="position")
YEARS = Span("years", years, years, label=N_("Years"))
FORMS = Many(
    "form", STATED_FORMS, label=N_("Form of exploitation (described routes only)"), words="form", empty=N_("All forms")
)
MINIMUM = Whole("minimum", (1, 10_000), 1, label=N_("Minimum number of victims or statements"))
ARROWS = Whole("arrows", (1, MOST_ARROWS), USUAL_ARROWS, control=N_("Maximum number of routes or pairs, largest first"))
QUESTIONED = Flag(
    "questioned", label=N_("Questioned citizenship figures"), control=N_("Draw questioned citizenship figures (dashed)")
)
TRANSIT = Flag("through", label=N_("With a transit state"), control=N_("Only routes with a transit state"))
# Which independent kinds of evidence name a pair.
AGREEMENT = One("agreement", ("any", "both", "alone"), "any", label=N_("Agreement of evidence"), words="agreement")
# Context beside the rows of the table; it selects none. It was a flag for migrants alone.
MOVED = One(
    "migrants",
    (NOTHING, *movements.KINDS),
    NOTHING,
    label=N_("People who moved, as context"),
    control=N_("Beside each pair, people who moved"),
    words={NOTHING: N_("Add nothing"), **MOVEMENT},
    earlier={"0": NOTHING, "1": movements.MIGRANTS},
)
# How to draw the routes: on the map, as a matrix, or in order from origin to destination.
PICTURE = One("picture", ("map", "matrix", "order"), "map", control=N_("Display"), words="picture")
# The order of the countries of a matrix and of columns.
SORTED = One(
    "sorted",
    ("name", "size"),
    "name",
    control=N_("Order of countries"),
    words={"name": N_("Alphabetical"), "size": N_("By size")},
)
# The filters of the routes, by field of `query.FlowFilter`; `years` sets two fields. A filter added here also appears
# in the address, in files and their names, and in the remark on an empty selection.
OF_ROWS: dict[str, NamedFilter] = {
    "evidence": EVIDENCE,
    "areas": STATES,
    "position": POSITION,
    "years": YEARS,
    "forms": FORMS,
    "minimum": MINIMUM,
    "agreement": AGREEMENT,
    "transit": TRANSIT,
    "limit": ARROWS,
    "questioned": QUESTIONED,
}
ROUTES = (*OF_ROWS.values(), PICTURE, SORTED, MOVED, EDITION)
CAPTIONS = {name: spec.caption for name, spec in OF_ROWS.items()}


def selection(value: Callable[[Spec[Any]], Any]) -> query.FlowFilter:
    """The selection of routes by the filters of the page; `value` reads the value of a filter."""
    values: dict[str, Any] = {name: value(spec) for name, spec in OF_ROWS.items()}
    first, last = values.pop("years")
    given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    return query.FlowFilter(first=first, last=last, edition=value(EDITION), **given)


def of_state(area: str, evidence: str, edition: str = NEWEST, position: str = "any") -> query.FlowFilter:
    """The selection of one state's routes in all years, of one kind of evidence.

    Args:
        position: `origin` selects only routes from the state to others (its citizens detected abroad), `destination`
            only those to it (the victims that it detected, its own citizens among them).
    """
    first, last = years()
    kind = cast("query.EvidenceKind", evidence)
    return query.FlowFilter(
        evidence=kind,
        areas=(area,),
        position=position,
        first=first,
        last=last,
        domestic=position != "origin",
        edition=edition,
    )
