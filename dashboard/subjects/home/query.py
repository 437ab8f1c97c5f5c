"""The region at a glance: its latest well-reported year, the largest reporter, the change, and the groups of victims.

Every sum and share is an interval, at least as wide as the figures it is made of. A sum is that of the printed
totals; a share, and what is said of sums, is certain for all that a total may be which its parts contradict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import own_citizens, standing
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states.own_citizens import Break
from dashboard.subjects.states.victims import KNOWN, Groups, Range, by_group, percent, sum_of, summed
from data import counting_units, manifest

VICTIMS = manifest.VICTIMS
CONVICTED = "persons_convicted"
# The window of the panel: in each of its years this share of the states that ever reported did, all the same ones.
A_THIRD = 1 / 3
# With fewer states in the panel nothing is said about a change.
FEWEST = 5
# The groups of a breakdown. A state counts if its figures for the first two can be used.
GROUPS = {**KNOWN, "form": ("sexual_exploitation", "forced_labour")}
REQUIRED = 2
PART = {"part": pl.String, "year": pl.Int16, "low": pl.Float64, "high": pl.Float64, "states": pl.Int64}
PART |= {"most": pl.Float64, "contradicted": pl.Boolean}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Overview:
    """What states reported for one year.

    Attributes:
        year: the latest year in which two thirds of the states that ever reported did.
        states, ever: how many states reported in that year, and how many in any year.
        first: the first year in which a state reported.
        total: the sum of their figures.
        largest: the state whose exact figure is certainly above every other; empty if there is none.
        figure, share: the figure of that state, and its share of the sum in percent for all that the figures may be.
        contradicted: the states whose parts contradict their figure, by code.
    """

    year: int
    states: int
    ever: int
    first: int
    total: Range
    largest: str = ""
    figure: Range = (0.0, 0.0)
    share: Range = (0.0, 0.0)
    contradicted: tuple[str, ...] = ()


@dataclass(frozen=True)
class SteadyReporters:
    """The states that reported an indicator in every year of a window.

    Attributes:
        first, last: the window, both years included.
        areas: the states, by code.
        without: the largest reporter, if it is one of them; else empty.
        rows: the sums as `by_year` has them of each part: `all`, and with a largest reporter `without` and `largest`.
        break_: a break in the series of the largest reporter; None if none is known.
    """

    first: int
    last: int
    areas: tuple[str, ...]
    without: str
    rows: pl.DataFrame
    break_: Break | None = None

    @property
    def enough(self) -> bool:
        """Whether there are enough states to say something about a change."""
        return len(self.areas) >= FEWEST

    def row(self, part: str, year: int) -> Row:
        """The row of a part in a year; KeyError if there is none."""
        for row in self.rows.filter(part=part, year=year).iter_rows(named=True):
            return row
        raise KeyError(part, year)

    @property
    def compared(self) -> str:
        """The part that is compared: without the largest reporter, if there is one."""
        return "without" if self.without else "all"

    @property
    def parts(self) -> pl.DataFrame:
        """The sums as `by_year` has them: `others`, and `largest`, if the largest reporter is one of the states."""
        others = self.rows.filter(part=self.compared).with_columns(part=pl.lit("others"))
        return pl.concat([others, self.rows.filter(part="largest")]).sort("year", "part")

    def change(self, part: str) -> str:
        """Whether the last sum is certainly below (`fall`) or above the first, and then also `below` the highest.

        `rise` if no sum is certainly above both, empty if the first and the last may be either way.
        """
        first, last = self.row(part, self.first), self.row(part, self.last)
        if last["most"] < first["low"]:
            return "fall"
        if last["low"] <= first["most"]:
            return ""
        return "below" if self.peak(part) else "rise"

    def peak(self, part: str) -> int | None:
        """The year of the highest sum of a part that is certainly above those of the first and the last year."""
        most = max(self.row(part, year)["most"] for year in (self.first, self.last))
        above = self.rows.filter(pl.col("part") == part, pl.col("low") > most)
        highest = above.sort("low", "high", "year", descending=[True, True, False])["year"]
        return None if above.is_empty() else int(highest[0])


@dataclass(frozen=True, kw_only=True)
class Breakdown(Groups):
    """The detected victims of the states whose figures by group can be used, together.

    Attributes:
        states, reporting: how many states these are, and how many reported a total.
        everyone: all victims of the reporting states; `unknown` are those of them whose group is not known.
        contradicting: the states that are left out because their figures contradict each other.
        unusable: the states that are left out because the source gives no single figure for one of their groups.
        without: the same without the largest reporter; None if its figures are not among these.
    """

    states: int
    reporting: int
    everyone: Range
    contradicting: tuple[str, ...]
    unusable: tuple[str, ...] = ()
    without: "Breakdown | None" = None


@dataclass(frozen=True)
class Flow:
    """A counted flow between two states.

    Attributes:
        origin, destination: citizens of the first were detected in the second.
        figure, years: how many, and in which years.
        listing: how many states listed citizenships in the whole period.
    """

    origin: str
    destination: str
    figure: Range
    years: tuple[int, ...]
    listing: int


def largest(figures: pl.DataFrame) -> str:
    """The area whose figure is certainly above that of every other one; empty if there is none, or only one area.

    Args:
        figures: one row an area: area, low, high.
    """
    rows = figures.drop_nulls("low").sort("low", "high", "area", descending=True)
    if rows.height <= 1:
        return ""
    first, others = rows.row(0, named=True), rows[1:]
    return str(first["area"]) if first["low"] > max(others["high"]) else ""


@cached
def overview(snap: Tables, indicator: str = VICTIMS) -> Overview | None:
    """The indicator in its latest well-reported year; None if no state ever reported it."""
    year = states_query.well_reported_year.of(snap, indicator)
    if year is None:
        return None
    every = _reported(snap, indicator)
    rows = every.filter(year=year)
    total, first = sum_of(rows), largest(rows.select("area", "low", high="most"))
    doubted = tuple(sorted(rows.filter("contradicted")["area"]))
    found = Overview(
        year, rows.height, every["area"].n_unique(), min(every["year"].to_list()), total, contradicted=doubted
    )
    if not first:
        return found
    low, high, most = rows.filter(area=first).select("low", "high", "most").row(0)
    if low != high:
        # A masked figure is not shown by itself.
        return found
    rest = total[0] - low, float(rows["most"].sum()) - most
    share = percent(low, low + rest[1]), percent(most, most + rest[0])
    return replace(found, largest=first, figure=(low, high), share=share)


@cached
def by_year(snap: Tables, indicator: str = VICTIMS) -> pl.DataFrame:
    """An indicator by year, up to that of `overview`: part (`others`, `largest`), year, low, high, states, most, mark.

    `largest` is the state that is the largest reporter of that last year, in every year; without one all states are
    `others`. `states` counts those of the part that reported. `contradicted`: whether its parts contradict any of the
    totals; `most`: what the sum may be at most, for all that these may be.
    """
    found = overview.of(snap, indicator)
    if found is None:
        return pl.DataFrame(schema=PART)
    rows = _reported(snap, indicator).filter(pl.col("year") <= found.year)
    part = pl.when(pl.col("area") == found.largest).then(pl.lit("largest")).otherwise(pl.lit("others"))
    return _sums(rows.with_columns(part=part))


@cached
def later(snap: Tables, indicator: str = VICTIMS) -> dict[int, int]:
    """How many states reported an indicator in each year after that of `overview`."""
    found = overview.of(snap, indicator)
    rows = _reported(snap, indicator).filter(pl.col("year") > (found.year if found else 0))
    return dict(rows.group_by("year").agg(pl.col("area").n_unique()).sort("year").iter_rows())


@cached
def panel(snap: Tables, indicator: str = VICTIMS) -> SteadyReporters | None:
    """The panel of the longest window up to the year of `overview`; None if there is none.

    The window is the longest run of years in which the same states, at least a third of those that ever reported,
    reported in every year. A figure that is known to count something else than persons is left out.
    """
    found = overview.of(snap, indicator)
    made = None if found is None else panel_of(_persons(_reported(snap, indicator), indicator), found)
    if made is None or indicator != VICTIMS or not made.without:
        return made
    found_break = own_citizens.break_in.of(snap, made.without)
    within = found_break is not None and made.first <= found_break.before and found_break.after <= made.last
    return replace(made, break_=found_break) if within else made


def panel_of(rows: pl.DataFrame, found: Overview) -> SteadyReporters | None:
    """The panel of the rows of an indicator: the columns of `_reported`, one row for a state and year."""
    within = rows.filter(pl.col("year") <= found.year)
    for first in range(min(within["year"].to_list(), default=found.year), found.year):
        window = within.filter(pl.col("year") >= first)
        counted = window.group_by("area").agg(n=pl.col("year").n_unique())
        areas = counted.filter(n=found.year - first + 1)["area"].sort()
        if areas.len() and areas.len() >= A_THIRD * found.ever:
            mine = window.filter(pl.col("area").is_in(areas.implode())).with_columns(part=pl.lit("all"))
            without = found.largest if found.largest in areas else ""
            part = pl.when(pl.col("area") == without).then(pl.lit("largest")).otherwise(pl.lit("without"))
            sums = _sums(pl.concat([mine, mine.with_columns(part=part)]) if without else mine)
            return SteadyReporters(first, found.year, tuple(areas), without, sums)
    return None


def _persons(rows: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows without those whose state is known to count something else than persons in that year."""
    units = counting_units.by_year(counting_units.counting_units())
    other = units.filter(pl.col("indicator") == indicator, pl.col("unit") != "persons")
    return rows.join(other, on=["area", "year"], how="anti")


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    sums = rows.group_by("part", "year").agg(
        pl.col("low", "high", "most").sum(), pl.col("contradicted").any(), states=pl.col("area").n_unique()
    )
    return sums.select([pl.col(name).cast(kind) for name, kind in PART.items()]).sort("year", "part")


def _reported(snap: Tables, indicator: str) -> pl.DataFrame:
    """The totals of an indicator that states report: area, year, low, high, contradicted, `most` (what each may be)."""
    rows = states_query.whole(snap.observations(), indicator).filter(pl.col("status").is_in(states_query.REPORTED))
    rows = rows.select("area", "year", "low", "high", "contradicted")
    ends = standing.ends.of(snap, indicator).lazy()
    return (
        rows.join(ends, on=["area", "year"], how="left", validate="1:1")
        .collect()
        .with_columns(pl.col("most").fill_null(pl.col("high")))
    )


@cached
def breakdowns(snap: Tables) -> tuple[Breakdown, ...]:
    """The victims of the year of `overview` by sex, age and form; a breakdown that no state reports is missing."""
    found = overview.of(snap)
    if found is None:
        return ()
    rows = snap.observations().filter(pl.col("indicator") == VICTIMS, pl.col("year") == found.year).collect()
    others = rows.filter(pl.col("area") != found.largest)
    blocks = ((breakdown(rows, dimension), breakdown(others, dimension)) for dimension in GROUPS)
    return tuple(
        replace(every, without=rest) if rest.states < every.states else every for every, rest in blocks if every.states
    )


def breakdown(rows: pl.DataFrame, dimension: str) -> Breakdown:
    """The victims by sex, age or form, from the observations of one year.

    A state counts if it reported a total and its figures for the first two groups, if no group is unclear, if no other
    figures contradict a group, and if the groups do not exceed the total: that state counts somebody twice. Groups of
    a total (forms, and ages or sexes that add up to it) count only if nothing contradicts it.
    """
    names = GROUPS[dimension]
    every = by_group(rows, dimension, names)
    whole = {area: one for (area, _), one in every.items() if {*names[:REQUIRED]} <= {*one.figures} and not one.unclear}
    wrong = {area for area, one in whole.items() if one.exceeds or one.doubted or one.contested}
    used = [one for area, one in whole.items() if area not in wrong]
    found = Breakdown(
        dimension=dimension,
        year=next((one.year for one in every.values()), 0),
        figures={name: summed(one.figures.get(name, (0.0, 0.0)) for one in used) for name in names},
        total=summed(one.total for one in used),
        states=len(used),
        reporting=len(every),
        everyone=summed(one.total for one in every.values()),
        contradicting=tuple(sorted(wrong)),
        unusable=tuple(sorted(area for (area, _), one in every.items() if one.unclear)),
    )
    low, high = (found.everyone[end] - found.known[1 - end] for end in (0, 1))
    return replace(found, unknown=(max(low, 0.0), max(high, 0.0)))


@cached
def largest_flow(snap: Tables, first: int, last: int) -> Flow | None:
    """The largest counted flow between two of the states in a period; None if no flow is certainly the largest.

    Flows within one state, and those that are questioned, do not count.
    """
    every = routes_query.arrows.of(snap, routes_query.FlowFilter(first=first, last=last)).every
    states = snap.table("areas").select("area").collect()["area"].implode()
    between = pl.col("origin") != pl.col("destination")
    ours = every.filter(between, ~pl.col("questioned"), pl.col("origin").is_in(states))
    ours = ours.filter(pl.col("destination").is_in(states))
    key = largest(ours.select(area=pl.concat_str("origin", "destination", separator=" "), low="low", high="high"))
    if not key:
        return None
    row: dict[str, Any] = ours.filter(pl.concat_str("origin", "destination", separator=" ") == key).row(0, named=True)
    counted = snap.flows().filter(pl.col("evidence") == "counted", pl.col("year").is_between(first, last))
    listing = counted.filter(pl.col("destination").is_in(states)).select(pl.col("destination").n_unique())
    return Flow(
        row["origin"], row["destination"], (row["low"], row["high"]), tuple(row["years"]), listing.collect().item()
    )


@cached
def cells(snap: Tables, indicator: str = VICTIMS) -> pl.DataFrame:
    """The rows of the sums by year and of the panels: source, release, year."""
    every = states_query.whole(snap.observations(NEWEST), indicator)
    rows, found = every.filter(pl.col("status").is_in(states_query.REPORTED)), overview.of(snap, indicator)
    return rows.filter(pl.col("year") <= (found.year if found else 0)).select("source", "release", "year").collect()


@cached
def group_cells(snap: Tables) -> pl.DataFrame:
    """The rows of the groups of victims: source, release, year."""
    found = overview.of(snap)
    rows = snap.observations().filter(pl.col("indicator") == VICTIMS, pl.col("year") == (found.year if found else 0))
    return rows.select("source", "release", "year").collect()
