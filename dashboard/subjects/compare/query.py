"""Compare two states, or a state and the region, on one indicator by year: both figures and their difference.

The region's figure is the median of the same states in each year (`steady`): the median of the lower ends and that of
the upper ends, so that it is as wide as its inputs allow. States with different counting units have no difference, no
rates beside each other, and are not in each other's median. Surveys have neither difference nor median.
"""

from dataclasses import dataclass

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.explore.query import SURVEYED, Selection
from dashboard.subjects.states.query import DIMENSIONS, NOT_REPORTED, measured, whole
from data import manifest
from data.counting_units import by_year, counting_units, with_units

# The columns that define the groups of a survey.
GROUP = ("sex", "age")
REGION = "region"
# Statuses: of a rate beside that of a state with another counting unit; of a median that is not a single value.
APART = "not_compared"
INTERVAL = "interval"
# A median of fewer states would be little more than the figure of one of them.
FEWEST = 3
# The shares of the states that ever reported: of those in the last year of a median, and of those in all its years.
TWO_THIRDS = 2 / 3
A_THIRD = 1 / 3
CELL = ("area", "year")
CITED = ("source", "release", "locator")
ENDS = ("low", "high", "status", "contradicted")
OTHER = tuple(f"other_{name}" for name in ENDS)
# One row per indicator and year: both figures, what either state counts (null for the region), the number of states in
# the median and of those left out for another counting unit, the first figure minus the second, all cells that these
# are computed from, and whether either figure, or one in the median, is contradicted by its own parts.
COMPARED: dict[str, pl.DataType] = {
    **{"indicator": pl.String(), "year": pl.Int16(), "unit": pl.String()},
    **{"area": pl.String(), "low": pl.Float64(), "high": pl.Float64(), "status": pl.String()},
    **{"other": pl.String(), "other_low": pl.Float64(), "other_high": pl.Float64(), "other_status": pl.String()},
    **{"counting_unit": pl.String(), "other_counting_unit": pl.String()},
    **{"reporting": pl.Int32(), "left_out": pl.Int32()},
    **{"difference_low": pl.Float64(), "difference_high": pl.Float64()},
    **dict.fromkeys(("sources", "releases", "locators"), pl.List(pl.String())),
    **dict.fromkeys(("contradicted", "other_contradicted"), pl.Boolean()),
}


@dataclass(frozen=True)
class Pair:
    """What is compared: an indicator of one state (ISO3) with that of another state or of the region."""

    indicator: str
    one: str
    other: str = REGION

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the pair; an address may name one twice."""
        return (self.one,) if self.other in {self.one, REGION} else (self.one, self.other)

    @property
    def ways(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Both directions."""
        return (self.one, self.other), (self.other, self.one)


@cached
def indicators(snap: Tables) -> tuple[str, ...]:
    """The printed indicators that have totals: the counts of authorities first."""
    everyone = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    rows = snap.observations().filter(~pl.col("derived"), everyone).select(pl.col("indicator").unique()).collect()
    return manifest.in_order(rows["indicator"])


@cached
def surveys(snap: Tables) -> tuple[str, ...]:
    """The surveys with a figure: they asked other ages in other years, so that they only stand side by side."""
    surveyed = snap.observations().filter(pl.col("unit") == SURVEYED)
    return manifest.in_order(surveyed.select(pl.col("indicator").unique()).collect()["indicator"])


@cached
def survey(snap: Tables, pair: Pair, edition: str = NEWEST) -> Selection:
    """The selection of a survey's rows: both states, or every state, in all years."""
    mine = snap.observations(edition).filter(pl.col("indicator") == pair.indicator)
    years = mine.select("year").collect()["year"]
    first, last = (int(year) for year in (years.min(), years.max()))  # type: ignore[arg-type]
    return Selection((pair.indicator,), pair.states if pair.other != REGION else (), first, last)


def measures(indicator: str) -> tuple[str, ...]:
    """The indicator and, if there is one, its rate."""
    return (indicator, measured(indicator, "rate")) if indicator in manifest.counts() else (indicator,)


@cached
def rows(snap: Tables, pair: Pair, edition: str = NEWEST) -> pl.DataFrame:
    """Both figures of every year (`beside`), with the reviewed list of counting units."""
    return beside(snap.observations(edition), counting_units(), pair)


@cached
def behind(snap: Tables, pair: Pair, edition: str = NEWEST) -> pl.DataFrame:
    """The observations that `rows` sets side by side: of both states, or of a state and those whose median is taken."""
    totals = [whole(snap.observations(edition), code).collect() for code in measures(pair.indicator)]
    found = pl.concat([_beside(frame, differing(counting_units(), pair, frame), pair) for frame in totals])
    mine = pl.concat(totals).filter(pl.col("area") == pair.one)
    return pl.concat([mine, found.filter(pl.col("area") != pair.one)])


@cached
def contradicted(snap: Tables, pair: Pair, edition: str = NEWEST) -> pl.DataFrame:
    """The counts of `behind` that their own parts contradict: area and year, as in the rows of observations."""
    return behind.of(snap, pair, edition).filter("contradicted", indicator=pair.indicator)


@cached
def in_median(snap: Tables, pair: Pair, indicator: str, edition: str = NEWEST) -> tuple[str, ...]:
    """The states whose median the region's figure is."""
    figures = whole(snap.observations(edition), indicator).collect()
    return tuple(_beside(figures, differing(counting_units(), pair, figures), pair)["area"].unique().sort())


def beside(observations: pl.LazyFrame, units: pl.DataFrame, pair: Pair) -> pl.DataFrame:
    """Both figures of every year, from the first to the last in which any state reports: `COMPARED`.

    Args:
        units: the counting units of states (`data.counting_units.CountingUnits`).

    Returns:
        counts before rates, each by year. The status of a median that is not a single value is `interval`. If the
        counting units of two states differ, there is no difference, and their rates have the status `not_compared` and
        no figures.
    """
    lazy_frames = [whole(observations, code) for code in measures(pair.indicator)]
    frames = [frame for frame in pl.collect_all(lazy_frames) if frame.height]
    found = [_compare(frame, differing(units, pair, frame), pair, units) for frame in frames]
    return pl.concat([pl.DataFrame(schema=COMPARED), *found])


def differing(units: pl.DataFrame, pair: Pair, figures: pl.DataFrame) -> pl.DataFrame:
    """The states and years (`CELL`) of figures whose counting unit differs from that of the first state.

    A unit that is not stated differs only from one that is known to be unusual; views say that it is not stated.
    """
    usual = manifest.indicators()[pair.indicator].unit
    known = by_year(units).filter(pl.col("indicator") == pair.indicator).select("area", "year", "unit")
    own = known.filter(pl.col("area") == pair.one).select("year", own="unit")
    result = (
        figures.filter(pl.col("low").is_not_null())
        .select(CELL)
        .join(known, on=CELL, how="left", validate="m:1")
        .join(own, on="year", how="left", validate="m:1")
    )
    return result.filter(pl.col("unit").fill_null(usual) != pl.col("own").fill_null(usual)).select(CELL)


def _compare(figures: pl.DataFrame, differing: pl.DataFrame, pair: Pair, units: pl.DataFrame) -> pl.DataFrame:
    """The rows of one measure: of the counts or of the rates."""
    years = figures.select(year=pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
    mine = figures.filter(pl.col("area") == pair.one)
    theirs, region = _beside(figures, differing, pair), pair.other == REGION
    # A figure that is not a median has no counts of states.
    none = dict.fromkeys(("reporting", "left_out"), pl.lit(None, dtype=pl.Int32))
    plain = theirs.select("year", **dict(zip(OTHER, ENDS, strict=True)), **none)
    beside = median(theirs, differing) if region else plain
    apart = differing.filter(pl.col("area") == pair.other).select("year", apart=True)
    cells = _cited_cells(pl.concat([mine, theirs]))
    joined = years
    for part in (mine.select("year", *ENDS), beside, apart, cells):
        joined = joined.join(part, on="year", how="left", validate="1:1", maintain_order="left")
    labels = {"indicator": pl.lit(figures["indicator"][0]), "unit": pl.lit(figures["unit"][0])}
    result = joined.with_columns(**labels, area=pl.lit(pair.one), other=pl.lit(pair.other))
    result = _counted(result, units)
    return _with_differences(result, rates=figures["derived"][0]).select(*COMPARED)


def _beside(figures: pl.DataFrame, differing: pl.DataFrame, pair: Pair) -> pl.DataFrame:
    """The figures beside those of the first state: of the other state, or of the states whose median is taken."""
    if pair.other != REGION:
        return figures.filter(pl.col("area") == pair.other)
    return steady(figures.filter(pl.col("low").is_not_null()).join(differing, on=CELL, how="anti"))


def steady(figures: pl.DataFrame) -> pl.DataFrame:
    """The rows of the states that have a figure in every year of a window, in those years; none if they are too few.

    The window ends with the latest year in which two thirds of the states that ever reported did. It is as long as a
    third of them have a figure in each of its years.
    """
    by_year = {year: set(areas) for year, areas in figures.group_by("year").agg("area").iter_rows()}
    ever = figures["area"].n_unique()
    enough = max(TWO_THIRDS * ever, FEWEST)
    first = last = max((year for year, areas in by_year.items() if len(areas) >= enough), default=0)
    kept = by_year.get(last, set())
    while len(longer := kept & by_year.get(first - 1, set())) >= max(A_THIRD * ever, FEWEST):
        first, kept = first - 1, longer
    return figures.filter(pl.col("year").is_between(first, last), pl.col("area").is_in(kept))


def _counted(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The rows with what either state counts; a median has no counting unit."""
    second, usual = pl.col("other").alias("area"), manifest.usual_units()
    theirs = with_units(rows.lazy().select("indicator", second, "year"), units, usual).collect()["counting_unit"]
    mine = with_units(rows.lazy(), units, usual).collect()
    state = pl.col("other") != REGION
    return mine.with_columns(other_counting_unit=theirs).with_columns(
        other_counting_unit=pl.when(state).then("other_counting_unit")
    )


def median(figures: pl.DataFrame, differing: pl.DataFrame) -> pl.DataFrame:
    """The median of each year: year, `OTHER`, reporting, left_out."""
    ends = {"other_low": pl.col("low").median(), "other_high": pl.col("high").median()}
    ends |= {"other_contradicted": pl.col("contradicted").any()}
    result = figures.group_by("year").agg(**ends, reporting=pl.len().cast(pl.Int32))
    left = differing.group_by("year").agg(left_out=pl.len().cast(pl.Int32))
    joined = result.join(left, on="year", how="left", validate="1:1")
    point = pl.when(pl.col("other_low") == pl.col("other_high")).then(pl.lit("exact"))
    status = point.when(pl.col("other_low").is_not_null()).then(pl.lit(INTERVAL))
    counts = pl.col("reporting", "left_out").fill_null(0)
    return joined.with_columns(status.alias("other_status"), counts).select("year", *OTHER, "reporting", "left_out")


def _cited_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """The cells that each year's figures are computed from; those of a derived figure are the cells of its inputs."""
    own = pl.concat_list(pl.struct(CITED))
    cells = rows.unique(CELL).select("year", pl.when("derived").then("inputs").otherwise(own).alias("cell"))
    each = cells.explode("cell", empty_as_null=False).unnest("cell")
    return each.group_by("year").agg(pl.col(name).unique().sort().alias(f"{name}s") for name in CITED)


def _with_differences(joined: pl.DataFrame, *, rates: bool) -> pl.DataFrame:
    """Add a status to rows without a figure, and the differences that the two intervals allow."""
    both = pl.all_horizontal(pl.col("low", "other_low").is_not_null())
    apart = pl.col("apart").fill_null(value=False) & both
    low, high = pl.col("low") - pl.col("other_high"), pl.col("high") - pl.col("other_low")
    less = {"difference_low": pl.when(~apart).then(low), "difference_high": pl.when(~apart).then(high)}
    hidden = apart & rates
    states = {name: pl.when(hidden).then(pl.lit(APART)).otherwise(name) for name in ("status", "other_status")}
    result = {name: state.fill_null(NOT_REPORTED) for name, state in states.items()}
    result |= {name: pl.when(~hidden).then(pl.col(name)) for name in ("low", "high", "other_low", "other_high")}
    marks = ("contradicted", "other_contradicted")
    result |= {name: pl.col(name).fill_null(value=False) & ~hidden for name in marks}
    cells = pl.col("sources", "releases", "locators").fill_null([])
    return joined.with_columns(cells, **less).with_columns(**result)


def sides(compared: pl.DataFrame) -> pl.DataFrame:
    """The figures in one column, the first state's before the other's; only medians have `reporting`."""
    first = compared.select("indicator", "year", "unit", "area", *ENDS, reporting=pl.lit(None, dtype=pl.Int32))
    second = compared.select("indicator", "year", "unit", *OTHER, "reporting", area="other")
    return pl.concat([first, second.rename(dict(zip(OTHER, ENDS, strict=True))).select(first.columns)])


def drawn(compared: pl.DataFrame, states: int) -> pl.DataFrame:
    """The rows of `sides` for the chart: a panel for counts and one for rates.

    Returns:
        the columns of `sides`, panel, sex, age, form, and `states`: the number of all states. Rates that are not
        compared are left out.
    """
    codes = list(compared["indicator"].unique(maintain_order=True))
    panel = pl.col("indicator").replace_strict({code: at for at, code in enumerate(codes)}, return_dtype=pl.Int32)
    what = {name: pl.lit("total") for name in DIMENSIONS} | {"states": pl.lit(states, dtype=pl.Int32)}
    return sides(compared).filter(pl.col("status") != APART).with_columns(panel=panel, **what)
