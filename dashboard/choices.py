"""The filters of each page: their ids, ranges and defaults. No filter's options depend on another's choice."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import polars as pl

from dashboard import filters, store
from dashboard.query import coverage, observed, published, revisions, routes
from dashboard.query.published import NEWEST
from dashboard.specs import Flag, Form, Many, One, Span, Spec, Whole
from dashboard.vocabulary import FORM

STATED_FORMS = tuple(form for form in FORM if form not in {"total", "organ_removal", "other"})
MOST_ARROWS = 100
USUAL_ARROWS = 25


@cache
def areas() -> tuple[str, ...]:
    """ISO3 of the states."""
    return tuple(store.table("areas").select("area").sort("area").collect()["area"])


@cache
def observed_years() -> tuple[int, int]:
    """The first and the last year with a figure of any indicator on trafficking."""
    rows = store.table("observations").filter(pl.col("indicator").is_in(observed.COUNTS))
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


@cache
def flow_years() -> tuple[int, int]:
    """The first and the last year with a flow, counted or stated."""
    rows = store.table("flows")
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


@cache
def covered_year(indicator: str) -> int:
    """The latest year in which two thirds of the states that ever reported the indicator did."""
    return observed.default_year(store.table("observations"), indicator) or observed_years()[1]


@dataclass(frozen=True)
class CoveredYear:
    """A year whose default is the best covered one of the indicator now chosen (a spec, as in `dashboard.specs`)."""

    name: str
    low: int
    high: int

    @property
    def default(self) -> int:
        """The best covered year of the chosen indicator."""
        return covered_year(filters.value(INDICATOR))

    def parse(self, text: str) -> int:
        """The year; ValueError if it is none or out of range."""
        return self._range().parse(text)

    def write(self, value: int) -> str:
        """Plain digits."""
        return str(value)

    def allows(self, value: object) -> bool:
        """Whether the year is in range."""
        return self._range().allows(value)

    def _range(self) -> Whole:
        return Whole(self.name, self.low, self.high, self.high)


@cache
def editions() -> tuple[str, ...]:
    """What the figures can be seen as published in: the newest state of things, then each earlier release of UNODC."""
    return (NEWEST, *published.earlier(store.table("release_coverage")))


EDITION = One("edition", editions(), NEWEST)
INDICATOR = One("indicator", observed.COUNTS, "detected_victims")
MEASURE = One("measure", observed.MEASURES, "rate")
YEAR = CoveredYear("year", *observed_years())
LATEST = Flag("latest")
REGION = (INDICATOR, MEASURE, YEAR, LATEST, EDITION)

EVIDENCE = One("evidence", ("counted", "stated"), "counted")
STATES = Many("state", areas())
POSITION = One("position", routes.POSITIONS, "any")
YEARS = Span("years", *flow_years(), flow_years())
FORMS = Many("form", STATED_FORMS)
MINIMUM = Whole("minimum", 1, 10_000, 1)
ARROWS = Whole("arrows", 1, MOST_ARROWS, USUAL_ARROWS)
QUESTIONED = Flag("questioned")
# An arrow whose records are asked for: origin, destination, leg, transit.
ARROW = Form("arrow", r"[A-Z]{3}\.[A-Z]{3}\.(direct|to_transit|from_transit)\.([A-Z]{3})?")
ROUTES = (EVIDENCE, STATES, POSITION, YEARS, FORMS, MINIMUM, ARROWS, QUESTIONED, EDITION)

AREA = One("area", areas(), areas()[0])
# A figure whose passport is asked for, as indicator and year; empty where none is.
MEASURED = tuple(observed.measured(code, measure) for code in observed.COUNTS for measure in observed.MEASURES)
NO_FIGURE = ""
FIGURE = One(
    "figure",
    (NO_FIGURE, *(f"{code}.{year}" for code in MEASURED for year in range(YEAR.low, YEAR.high + 1))),
    NO_FIGURE,
)
COUNTRY = (AREA, EDITION, FIGURE)

# Every indicator that is printed for states, those of surveys as well.
COVERED = One("reported", coverage.indicators(store.table("observations")), "detected_victims")
REVISED = One("revised", (revisions.ALL, *areas()), revisions.ALL)
MASKING = Flag("masking")
COVERAGE = (COVERED, REVISED, MASKING, EDITION)


def wanted(value: Callable[[Spec[Any]], Any] = filters.value) -> routes.Filter:
    """The routes asked for by the filters of page 2; `value` gives what a filter holds."""
    first, last = value(YEARS)
    return routes.Filter(
        evidence=cast("routes.Evidence", value(EVIDENCE)),
        areas=tuple(value(STATES)),
        position=value(POSITION),
        first=first,
        last=last,
        forms=tuple(value(FORMS)),
        minimum=value(MINIMUM),
        questioned=value(QUESTIONED),
        limit=value(ARROWS),
        edition=value(EDITION),
    )


def file_name(name: str) -> str:
    """A file's name with the edition that is seen: two views never give two files of one name."""
    return "_".join([name, *filters.written((EDITION,), filters.values(EDITION)).values()])


def of_state(area: str, evidence: str, edition: str = NEWEST) -> routes.Filter:
    """The routes of one state, all years, of one kind of evidence."""
    first, last = flow_years()
    return routes.Filter(
        evidence=cast("routes.Evidence", evidence), areas=(area,), first=first, last=last, edition=edition
    )
