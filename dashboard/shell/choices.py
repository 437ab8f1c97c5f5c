"""The filters of each page: their ids, ranges and defaults.

What depends on the data is a function of the open snapshot. The options of a filter never depend on another filter.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import polars as pl

from dashboard import editions
from dashboard.editions import NEWEST
from dashboard.shell import filters
from dashboard.shell.filter_types import Flag, Form, Many, One, Shown, Span, Spec, Whole
from dashboard.store import Tables, areas, cached
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words.vocabulary import AGE, FORM, SEX
from data.i18n import N_
from data.subregions import ALL, SUBREGIONS

STATED_FORMS = tuple(form for form in FORM if form not in {"total", "organ_removal", "other"})
MOST_ARROWS = 100
USUAL_ARROWS = 10


@cached
def observed_years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a figure of any indicator on trafficking."""
    rows = snap.observations().filter(pl.col("indicator").is_in(states_query.COUNTS))
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


@cached
def flow_years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a flow, counted or stated."""
    rows = snap.flows()
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


@cached
def treaty_years(snap: Tables) -> tuple[int, int]:
    """The year of the first act on any treaty, and the last year of the depositary's table."""
    return treaties_query.first.of(snap).year, treaties_query.end(treaties_query.closing.of(snap)).year


@cached
def default_year(snap: Tables, indicator: str) -> int:
    """The latest year in which two thirds of the states that ever reported the indicator did."""
    return states_query.default_year.of(snap, indicator) or observed_years.of(snap)[1]


@cached
def usual_years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a total of the default indicator."""
    years = states_query.years.of(snap, states_query.COUNTS[0])
    return years[0], years[-1]


@cached
def groups(snap: Tables, dimension: str) -> tuple[str, ...]:
    """The groups of `sex`, `age` or `form` that have a row: the known ones in their order, then age bands by age."""
    found, known = explore_query.groups.of(snap, dimension), KNOWN[dimension]
    bands = sorted(found - set(known), key=_ages)
    return (*(code for code in known if code in found), *bands)


KNOWN: dict[str, Mapping[str, str]] = {"sex": SEX, "age": AGE, "form": FORM}


def _ages(band: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", band)))


@dataclass(frozen=True)
class IndicatorYear(Whole):
    """A year; its default is the best covered year of the selected indicator."""

    @property
    def default(self) -> int:
        """The best covered year of the selected indicator."""
        return self.among(filters.values(INDICATOR))

    def among(self, values: Mapping[str, Any]) -> int:
        """The default beside the values of other filters, by name."""
        return default_year(values["indicator"])


@cached
def edition_ids(snap: Tables) -> tuple[str, ...]:
    """The editions of the figures: the newest, then each earlier release of UNODC."""
    return (NEWEST, *editions.earlier(snap.table("release_coverage")))


EDITION = One("edition", edition_ids, NEWEST, label=N_("Release shown"), words="edition")
INDICATOR = One("indicator", states_query.COUNTS, "detected_victims", label=N_("Indicator"), words="indicator")
MEASURE = One("measure", states_query.MEASURES, "rate", label=N_("Measure"), words="measure")
YEAR = IndicatorYear("year", observed_years, label=N_("Year"))
LATEST = Flag("latest", label=N_("Latest figure for each state"))
SUBREGION = One("subregion", (ALL, *SUBREGIONS), ALL, label=N_("Subregion"), words="any_subregion")
REGION = (INDICATOR, MEASURE, YEAR, LATEST, EDITION, SUBREGION)

EVIDENCE = One("evidence", ("counted", "stated"), "counted", label=N_("Kind of data"), words="evidence")
STATES = Many("state", areas, label=N_("States"), carried=True)
POSITION = One("position", routes_query.POSITIONS, "any", label=N_("Position on the route"), words="position")
YEARS = Span("years", flow_years, flow_years, label=N_("Years"))
FORMS = Many("form", STATED_FORMS, label=N_("Form of exploitation (described routes only)"), words="form")
MINIMUM = Whole("minimum", (1, 10_000), 1, label=N_("Minimum number of persons or statements"))
ARROWS = Whole("arrows", (1, MOST_ARROWS), USUAL_ARROWS, control=N_("Maximum number of arrows, largest first"))
QUESTIONED = Flag("questioned", label=N_("Questioned flows"), control=N_("Draw questioned flows (dashed)"))
TRANSIT = Flag("through", label=N_("With a transit state"), control=N_("Only routes with a transit state"))
# Whether the map shows the roles of the chosen states; it changes no row.
BADGES = Flag("badges", control=N_("Show the roles of the chosen states"))
# The row or mark whose passport is open, without the values of the other filters of the page.
_ARROW = r"[A-Z]{3}\.[A-Z]{3}\.(direct|to_transit|from_transit)\.([A-Z]{3})?"
_CELL = r"[ -~]{1,300}"
# An arrow; the page of a state has arrows of both kinds of evidence.
ARROW = Form("arrow", _ARROW, passports_query.ARROW_KEY)
ARROWS_OF = {evidence: Form(f"{evidence}_arrow", _ARROW, passports_query.ARROW_KEY) for evidence in EVIDENCE.options}
# A record that no map can place, by its cell; it represents all records with equal labels.
UNLOCATED_RECORDS = {evidence: Form(f"{evidence}_lost", _CELL, ("locator",)) for evidence in EVIDENCE.options}
CITIZENSHIPS = Form("listed", r"[A-Z]{3}\.\d{4}", ("area", "year"))
ROLE = Form("role", r"[A-Z]{3}\.[a-z]+\.[a-z_]+", passports_query.ROLE_KEY)
# How to draw the routes: on the map, as a matrix, or in order from origin to destination.
PICTURE = One("picture", ("map", "matrix", "order"), "map", control=N_("Display"), words="picture")
# The filters of the routes, by field of `routes_query.Filter`; `years` sets two fields. A filter added here also
# appears in the address, in files and their names, and in the remark on an empty selection.
ROUTE_FILTERS: dict[str, Shown] = {
    "evidence": EVIDENCE,
    "areas": STATES,
    "position": POSITION,
    "years": YEARS,
    "forms": FORMS,
    "minimum": MINIMUM,
    "transit": TRANSIT,
    "limit": ARROWS,
    "questioned": QUESTIONED,
}
ROUTES = (*ROUTE_FILTERS.values(), PICTURE, BADGES, EDITION)
ROUTE_CAPTIONS = {name: spec.caption for name, spec in ROUTE_FILTERS.items()}

AREA = One("area", areas, lambda: areas()[0], label=N_("State"), carried=True)
COUNTRY = (AREA, EDITION)

# Every indicator published for states, including those of surveys.
COVERAGE_INDICATOR = One(
    "reported", coverage_query.indicators, "detected_victims", label=N_("Indicator"), words="indicator"
)
REVISIONS_STATE = One(
    "revised",
    lambda: (coverage_revisions.ALL, *areas()),
    coverage_revisions.ALL,
    label=N_("State"),
    words="any_state",
    carried=True,
)
MASKING = Flag("masking", label=N_("Include changes in how “<5” is published"))
COVERAGE = (COVERAGE_INDICATOR, REVISIONS_STATE, MASKING, EDITION)
# One figure of the region; then of a state: all figures of an indicator, and one figure.
STATE = Form("of", lambda: "|".join(areas()), ("area",))
_RATES = tuple(states_query.measured(code, "rate") for code in states_query.COUNTS)
_YEAR = r"\.(19|20)\d\d(\.[a-z]+\.[a-z\d+-]+\.[a-z_]+)?"
FIGURES = Form("figures", lambda: "|".join(COVERAGE_INDICATOR.options), ("indicator",))
FIGURE = Form(
    "figure", lambda: f"({'|'.join((*COVERAGE_INDICATOR.options, *_RATES))}){_YEAR}", passports_query.IN_STATE
)
# Of an indicator: all figures of a state, all changes of one kind, and one figure.
CELLS = Form("cells", STATE.shape, ("area",))
CHANGES = Form("changed", lambda: rf"({STATE.pattern})\.[a-z]+", ("area", "kind"))
CELL = Form("cell", lambda: f"({STATE.pattern}){_YEAR}", passports_query.OF_INDICATOR)
# A figure that is in two databases; a questioned flow.
DIFFERENCE = Form("differing", CELL.shape, passports_query.OF_INDICATOR)
RECORD = Form("record", _CELL, ("locator",))

# Explore: every indicator with a row. `total` also matches the groups of an indicator without a total.
TASK = One("desk", ("explore", "compare"), "explore", control=N_("View"), words="desk")
READING = One(
    "reading",
    ("multiples", "lines", "two_years", "heat", "table"),
    "multiples",
    control=N_("Display"),
    words="reading",
)
INDICATORS = Many(
    "indicators",
    explore_query.indicators,
    (states_query.COUNTS[0],),
    label=N_("Indicator"),
    control=N_("Indicators"),
    words="indicator",
)


@dataclass(frozen=True)
class Period(Span):
    """The years of page Explore; two years that are compared are by default those that most states share."""

    @property
    def default(self) -> tuple[int, int]:
        """The default beside the selected reading and indicators."""
        return self.among(filters.values(READING, INDICATORS))

    def among(self, values: Mapping[str, Any]) -> tuple[int, int]:
        """The default beside the values of other filters, by name."""
        chosen = tuple(values[INDICATORS.name])
        shared = explore_query.shared_years(chosen[0]) if chosen and values[READING.name] == "two_years" else None
        return shared[:2] if shared and self.allows(shared[:2]) else usual_years()


PERIOD = Period("period", observed_years, usual_years, label=N_("Years"))
SEXES = Many("sex", partial(groups, "sex"), ("total",), label=N_("Sex"), words="any_sex")
AGES = Many("age", partial(groups, "age"), ("total",), label=N_("Age"), words="any_age")
EXPLOITATION = Many(
    "exploitation", partial(groups, "form"), ("total",), label=N_("Form of exploitation"), words="any_form"
)
# Whether the panels of all states share one scale; a single large state can then dwarf the others.
ONE_SCALE = Flag("one_scale", control=N_("One scale for all states"))
EXPLORE = (READING, INDICATORS, STATES, PERIOD, SEXES, AGES, EXPLOITATION, ONE_SCALE, EDITION)
# One figure of any indicator.
ROW = Form("row", lambda: rf"({STATE.pattern})\.({'|'.join(INDICATORS.options)}){_YEAR}", passports_query.IN_ANY)

# Compare: a state with another state or with the region.
ONE = One("one", areas, AREA.usual, label=N_("State"), carried=True)
OTHER = One(
    "other",
    lambda: (compare_query.REGION, *areas()),
    compare_query.REGION,
    head=1,
    label=N_("Compared with"),
    words="any_party",
)
COMPARE_INDICATOR = One(
    "compared",
    lambda: (*compare_query.indicators(), *compare_query.surveys()),
    INDICATOR.usual,
    label=N_("Indicator"),
    words="indicator",
)
COMPARE = (ONE, OTHER, COMPARE_INDICATOR, EDITION)
# The figures of both parties for an indicator and a year.
PAIR = Form("pair", lambda: rf"({'|'.join((*COMPARE_INDICATOR.options, *_RATES))})\.(19|20)\d\d", ("indicator", "year"))
# The acts of a state on a treaty.
TREATY_ACTS = Form("bound", lambda: rf"({STATE.pattern})\.[a-z_]+", ("area", "instrument"))
# Migrants from one state to the other in a year; the population group of the surveys of two states.
MIGRANTS = Form(
    "moved", lambda: rf"({STATE.pattern})\.({STATE.pattern})\.(19|20)\d\d", ("origin", "destination", "year")
)
SURVEY_GROUP = Form("whom", r"[a-z]+\.[a-z\d+-]+", compare_query.GROUP)
# All parameters of the page, with both of its tasks.
EXPLORE_PAGE = (TASK, *EXPLORE, *COMPARE[:-1], ROW, PAIR, RECORD, TREATY_ACTS, MIGRANTS, SURVEY_GROUP)

# Instruments: a treaty, the year of the map, and whether the chart and the table show all treaties.
TREATY = One("treaty", treaties_query.TREATIES, treaties_query.TREATIES[0], label=N_("Treaty"), words="part")
YEAR_END = Whole("year_end", treaty_years, label=N_("At the end of the year"))
ALL_TREATIES = Flag(
    "all_treaties", label=N_("All three treaties"), control=N_("All three treaties in the chart and table")
)
INSTRUMENTS = (TREATY, YEAR_END, ALL_TREATIES)
# One act, or all acts of a state on a treaty; the law of a state.
ACT = Form("act", lambda: rf"{TREATY_ACTS.pattern}(\.[a-z]*)?", passports_query.ACT_KEY)
LAW = Form("law", STATE.shape, ("area",))


def routes_selection(value: Callable[[Spec[Any]], Any] = filters.value) -> routes_query.Filter:
    """The selection of routes by the filters of page 2; `value` reads the value of a filter."""
    values: dict[str, Any] = {name: value(spec) for name, spec in ROUTE_FILTERS.items()}
    first, last = values.pop("years")
    given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    return routes_query.Filter(first=first, last=last, edition=value(EDITION), **given)


def state_routes_selection(
    area: str, evidence: str, edition: str = NEWEST, position: str = "any"
) -> routes_query.Filter:
    """The selection of one state's routes in all years, of one kind of evidence.

    Args:
        position: `origin` selects only routes from the state to others (its citizens detected abroad), `destination`
            only those to it (the victims that it detected, its own citizens among them).
    """
    first, last = flow_years()
    kind = cast("routes_query.Evidence", evidence)
    return routes_query.Filter(
        evidence=kind,
        areas=(area,),
        position=position,
        first=first,
        last=last,
        domestic=position != "origin",
        edition=edition,
    )


def explore_selection(value: Callable[[Spec[Any]], Any] = filters.value) -> explore_query.Selection:
    """The selection of figures by the filters of page 4; `value` reads the value of a filter."""
    first, last = value(PERIOD)
    several = (INDICATORS, STATES, SEXES, AGES, EXPLOITATION)
    indicators, areas, sexes, ages, forms = (tuple(value(spec)) for spec in several)
    return explore_query.Selection(indicators, areas, first, last, sexes, ages, forms)


def compare_pair(value: Callable[[Spec[Any]], Any] = filters.value) -> compare_query.Pair:
    """The pair compared by the filters of page 4; `value` reads the value of a filter."""
    return compare_query.Pair(value(COMPARE_INDICATOR), value(ONE), value(OTHER))
