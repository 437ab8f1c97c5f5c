"""Records about two states: flows in both directions, and treaties in force for both."""

from collections.abc import Iterable, Mapping
from itertools import groupby, permutations
from typing import Any, NamedTuple

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, areas, cached
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states.victims import sum_of

# How a record leads from one state to the other: directly; through a third place; through the other to a third place;
# or from a third place through the first.
WAYS = ("direct", "through", "onward", "from_elsewhere")
REPORTED = ("exact", "masked")


@cached
def between(snap: Tables, one: str, other: str, edition: str = NEWEST) -> pl.DataFrame:
    """Every record with both states on its route, without exact repeats of a statement.

    Returns:
        `start`, `end` (ISO3, in the order of the route), `way` (of `WAYS`), and the columns of `flows`; counted
        records first, those from the first state to the other before those back, by year.
    """
    rows = snap.flows(edition).filter(pl.col("repeat_of").is_null())
    # A typed address may name one state twice: there is one way then.
    ways = dict.fromkeys([(one, other), (other, one)])
    found = pl.concat([_one_way(rows, *way) for way in ways])
    away = pl.col("start") != one
    return found.sort("evidence", away, "year", "release", "locator", maintain_order=True).collect()


@cached
def thirds(snap: Tables, one: str, other: str, edition: str = NEWEST) -> dict[str, int]:
    """The states through which reports describe routes between two, with the number of statements, by code."""
    rows = between.of(snap, one, other, edition).filter(pl.col("transit").is_in(areas.of(snap)), way="through")
    return dict(rows.group_by("transit").len().sort("transit").iter_rows())


def through_states(rows: pl.DataFrame) -> list[str]:
    """The countries through which some records of `between` lead."""
    return rows.filter(pl.col("transit").is_not_null(), way="through")["transit"].unique().to_list()


@cached
def partners(snap: Tables) -> dict[str, list[str]]:
    """By state those with which it has a record: a counted citizenship, or a described route with both on it."""
    places = ("origin", "transit", "destination")
    routes = snap.flows().filter(pl.col("origin").ne_missing(pl.col("destination"))).select(places).unique()
    both = pl.concat([routes.select(one=one, other=other) for one, other in permutations(places, 2)])
    rows = both.filter(pl.all_horizontal(pl.all().is_in(areas.of(snap))), pl.col("one") != pl.col("other"))
    return dict(rows.group_by("one").agg(pl.col("other").unique().sort()).collect().iter_rows())


def through(rows: pl.DataFrame, third: str) -> pl.DataFrame:
    """The records of `between` that lead through a third state."""
    return rows.filter(way="through", transit=third)


def _one_way(rows: pl.LazyFrame, start: str, end: str) -> pl.LazyFrame:
    origin, transit, destination = pl.col("origin"), pl.col("transit"), pl.col("destination")
    ends = (origin == start) & (destination == end)
    straight = transit.is_null() & pl.col("transit_label").is_null()
    way = (
        pl.when(ends & straight)
        .then(pl.lit("direct"))
        .when(ends)
        .then(pl.lit("through"))
        .when((origin == start) & (transit == end))
        .then(pl.lit("onward"))
        .when((transit == start) & (destination == end))
        .then(pl.lit("from_elsewhere"))
    )
    result = rows.select(pl.lit(start).alias("start"), pl.lit(end).alias("end"), way.alias("way"), pl.all())
    return result.filter(pl.col("way").is_not_null())


@cached
def lists(snap: Tables, area: str, edition: str = NEWEST) -> list[int]:
    """The years in which a state lists the citizenships of victims, ascending."""
    mine = snap.flow_coverage(edition).filter(pl.col("area") == area, pl.col("nationalities") > 0)
    return mine.select(pl.col("year").sort()).collect()["year"].to_list()


def total(rows: pl.DataFrame) -> tuple[float, float]:
    """The sum of counted records as an interval, without questioned ones and those without a figure."""
    return sum_of(rows.filter(pl.col("status").is_in(REPORTED)))


def ways(rows: pl.DataFrame, one: str, other: str) -> list[tuple[str, str]]:
    """Both directions, the one with more counted victims, or else with records, first; `rows` as from `between`."""
    counted = {start: rows.filter(start=start, evidence="counted") for start in (one, other)}

    def size(way: tuple[str, str]) -> tuple[float, int]:
        return total(counted[way[0]])[1], counted[way[0]].height

    return sorted([(one, other), (other, one)], key=size, reverse=True)


class ListedYears(NamedTuple):
    """A year of a direction, or years one after another that are alike.

    Attributes:
        state: `figure`, for which `row` has `low`, `high`, `masked` and `locator`; `questioned`, with the same;
            `conflicting`; `unlisted`: the detecting state lists other citizenships and not this one; or `no_list`.
    """

    years: list[int]
    state: str
    row: Mapping[str, Any]


def listed_years(rows: pl.DataFrame, lists: Iterable[int]) -> list[ListedYears]:
    """What is counted in one direction, year by year.

    Args:
        rows: the counted records of that direction, as from `between`.
        lists: the years in which the detecting state lists citizenships.
    """
    known = sorted({*lists, *rows["year"]})
    every = range(known[0], known[-1] + 1) if known else range(0)
    found = [_listed_year(rows.filter(year=year), year, listed=year in known) for year in every]
    alike = groupby(found, lambda one: (one.state, one.row.get("locator")))
    runs = [list(run) for _, run in alike]
    return [ListedYears([one.years[0] for one in run], run[0].state, run[0].row) for run in runs]


def _listed_year(rows: pl.DataFrame, year: int, *, listed: bool) -> ListedYears:
    for state, statuses in (("figure", REPORTED), ("questioned", ("questioned",)), ("conflicting", ("conflicting",))):
        mine = rows.filter(pl.col("status").is_in(statuses))
        if mine.height:
            masked = mine.filter(status="masked").height == mine.height == 1
            summed = mine.select(pl.col("low", "high").sum(), pl.col("locator").first(), masked=pl.lit(masked))
            return ListedYears([year], state, summed.row(0, named=True))
    return ListedYears([year], "unlisted" if listed else "no_list", {})


@cached
def routes(snap: Tables, one: str, other: str, edition: str = NEWEST) -> pl.DataFrame:
    """The legs of the routes that reports describe between two states: as `dashboard.subjects.routes.query.Arrows`.

    A route through a third state has both its legs; of one that goes on, or comes from elsewhere, the leg between both.
    """
    both = pl.all_horizontal(pl.col("origin", "destination").is_in([one, other]))
    rows = between.of(snap, one, other, edition).filter(evidence="stated")
    kept = routes_query.legs(rows.lazy()).filter(both | (pl.col("way") == "through"))
    return routes_query.sums(kept, "stated").collect()


@cached
def yearly(snap: Tables, one: str, other: str, edition: str = NEWEST) -> pl.DataFrame:
    """The counted records between two states by year, for the chart.

    Returns:
        start, end, year, low, high, status, unit, locator of each record, with `listed` true; and a row without a
        figure, with `listed` false, for every other year of the citizenship lists. Questioned records are left out:
        they are in the table, but would distort the scale of the chart.
    """
    years = pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16)
    every = snap.flow_coverage(edition).select(year=years).collect()
    mine = between.of(snap, one, other, edition).filter(
        pl.col("evidence") == "counted", pl.col("status") != "questioned"
    )
    result = mine.select("start", "end", "year", "low", "high", "status", "locator", listed=True)
    ends = result.select("start", "end").unique(maintain_order=True).join(every, how="cross")
    joined = ends.join(result, on=["start", "end", "year"], how="left", validate="1:1", maintain_order="left")
    return joined.with_columns(
        pl.col("status").fill_null("not_reported"), pl.col("listed").fill_null(value=False), unit=pl.lit("persons")
    )
