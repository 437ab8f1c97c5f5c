"""A comparison, and what is recorded between two states, as lines of Polars."""

from collections.abc import Callable, Iterable

from dashboard.query.bilateral import ACTED, IN_FORCE, WAIT, WAYS
from dashboard.query.compare import COMPARED, REGION, Pair, measures
from dashboard.snippets.figures import TOTALS
from dashboard.snippets.tables import Tables, said

Otherwise = Callable[[], Iterable[tuple[str, int]]]
# How the other side of a comparison is made: the median of the region, or the figures of a state.
_MEDIAN = """    rests = kept
    other = kept.group_by("year").agg(
        pl.col("low").median().alias("other_low"),
        pl.col("high").median().alias("other_high"),
        pl.len().cast(pl.Int32).alias("reporting"),
    )
    left = apart.group_by("year").agg(pl.len().cast(pl.Int32).alias("left_out"))
    other = other.join(left, on="year", how="full", coalesce=True).with_columns(
        pl.col("reporting", "left_out").fill_null(0), apart=pl.lit(False)
    )
    point = pl.col("other_low") == pl.col("other_high")
    interval = pl.when(pl.col("other_low").is_not_null()).then(pl.lit("interval"))
    other = other.with_columns(other_status=pl.when(point).then(pl.lit("exact")).otherwise(interval))"""
_STATE = """    rests = found.filter(pl.col("area") == {other})
    other = rests.select("year", other_low="low", other_high="high", other_status="status")
    other = other.with_columns(
        pl.lit(None, pl.Int32).alias("reporting"),
        pl.lit(None, pl.Int32).alias("left_out"),
        pl.col("year").is_in(apart.filter(pl.col("area") == {other})["year"].to_list()).alias("apart"),
    )"""


def compared(held: Tables, wanted: Pair, edition: str, otherwise: Otherwise) -> str:
    """`compare.rows`: both figures of every year, and their difference.

    Args:
        otherwise: finds the states and years that count otherwise than the first state.
    """
    other = _MEDIAN if wanted.other == REGION else _STATE.format(other=said(wanted.other))
    areas, years = zip(*told, strict=True) if (told := list(otherwise())) else ((), ())
    return f"""{held.figures(edition)}
# States and years that count otherwise than the first state, of a reviewed list.
otherwise = pl.DataFrame(
    {{"area": {said(areas)}, "year": {list(years)}}}, schema={{"area": pl.String, "year": pl.Int16}}
)
cell, parts = ["area", "year"], []
for code in {said(measures(wanted.indicator))}:
    found = observations.filter(pl.col("indicator") == code, {TOTALS})
    usable = found.filter(pl.col("low").is_not_null())
    kept = usable.join(otherwise, on=cell, how="anti")
    apart = usable.join(otherwise, on=cell, how="semi")
    one = found.filter(pl.col("area") == {said(wanted.one)})
{other}
    own = pl.concat_list(pl.struct("source", "release", "locator"))
    cells = pl.concat([one, rests]).unique(cell)
    cells = cells.select("year", pl.when("derived").then("inputs").otherwise(own).alias("cell"))
    cells = cells.explode("cell").unnest("cell").group_by("year").agg(
        pl.col(name).unique().sort().alias(name + "s") for name in ("source", "release", "locator")
    )
    years = found.select(year=pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
    for part in (one.select("year", "low", "high", "status"), other, cells):
        years = years.join(part, on="year", how="left", maintain_order="left")
    parts.append(
        years.with_columns(
            indicator=pl.lit(code),
            unit=pl.lit(found["unit"][0]),
            area=pl.lit({said(wanted.one)}),
            other=pl.lit({said(wanted.other)}),
            hidden=pl.lit(found["derived"][0]),
        )
    )
rows = pl.concat(parts).with_columns(pl.col("sources", "releases", "locators").fill_null([]))
both = pl.col("low").is_not_null() & pl.col("other_low").is_not_null()
apart = pl.col("apart").fill_null(False) & both
rows = rows.with_columns(
    difference_low=pl.when(~apart).then(pl.col("low") - pl.col("other_high")),
    difference_high=pl.when(~apart).then(pl.col("high") - pl.col("other_low")),
    hidden=pl.col("hidden") & apart,
)
# Rates of states that do not count the same are not compared.
figures, states = ["low", "high", "other_low", "other_high"], ["status", "other_status"]
rows = rows.with_columns(
    pl.when(~pl.col("hidden")).then(pl.col(figures)).name.keep(),
    *(pl.when("hidden").then(pl.lit("not_compared")).otherwise(state).alias(state) for state in states),
)
rows = rows.with_columns(pl.col(states).fill_null("not_reported")).select({said(COMPARED)})
"""


def between(held: Tables, wanted: Pair, edition: str) -> str:
    """`bilateral.between`: the records on whose route both states stand."""
    one, other = said(wanted.one), said(wanted.other)
    direct, through, onward, from_elsewhere = map(said, WAYS)
    return f"""{held.flows(edition)}
origin, transit, destination = pl.col("origin"), pl.col("transit"), pl.col("destination")
straight = transit.is_null() & pl.col("transit_label").is_null()
parts = []
for start, end in [({one}, {other}), ({other}, {one})]:
    ends = (origin == start) & (destination == end)
    way = (
        pl.when(ends & straight).then(pl.lit({direct}))
        .when(ends).then(pl.lit({through}))
        .when((origin == start) & (transit == end)).then(pl.lit({onward}))
        .when((transit == start) & (destination == end)).then(pl.lit({from_elsewhere}))
    )
    found = flows.filter(pl.col("repeat_of").is_null())
    parts.append(found.select(pl.lit(start).alias("start"), pl.lit(end).alias("end"), way.alias("way"), pl.all()))
rows = pl.concat(parts).filter(pl.col("way").is_not_null())
rows = rows.sort("evidence", pl.col("start") != {one}, "year", "release", "locator", maintain_order=True)
"""


def treaties(held: Tables, areas: tuple[str, ...]) -> str:
    """`bilateral.treaties`: what states did about each treaty."""
    days = ", ".join(f'"{name}": date({day.year}, {day.month}, {day.day})' for name, day in IN_FORCE.items())
    lines = held.read("instruments").replace("import polars as pl", "from datetime import date\n\nimport polars as pl")
    return f"""{lines}
# The days on which the treaties entered into force.
first = pl.DataFrame({{"instrument": list(days := {{{days}}}), "first": list(days.values())}})
each = first.join(pl.DataFrame({{"area": {said(areas)}}}), how="cross")
signed = pl.col("action") == "signature"
acts = instruments.group_by("instrument", "area").agg(
    signature=pl.col("date").filter(signed).min(),
    deposit=pl.col("date").filter(~signed).min(),
    action=pl.col("action").filter(~signed).sort_by(pl.col("date").filter(~signed)).first(),
    derived=pl.col("derived").any(),
    locators=pl.col("locator").unique().sort(),
)
bound = pl.max_horizontal("first", pl.col("deposit") + pl.duration(days={WAIT.days}))
rows = (
    each.join(acts, on=["instrument", "area"], how="left", maintain_order="left")
    .with_columns(in_force=pl.when(pl.col("deposit").is_not_null()).then(bound))
    .select({said(ACTED)})
)
"""


def migrants(held: Tables, one: str, other: str) -> str:
    """`bilateral.migrants`: people of either state who live in the other."""
    return f"""{held.read("migrant_stock")}
origin, destination = pl.col("origin"), pl.col("destination")
there = (origin == {said(one)}) & (destination == {said(other)})
back = (origin == {said(other)}) & (destination == {said(one)})
rows = migrant_stock.filter(there | back).sort(origin != {said(one)}, "year")
"""
