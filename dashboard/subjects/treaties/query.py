"""What the states did about the treaties: every act, who was party when, how many; and the laws that are named.

The depositary's table ends with the month of its release: what lies after it is in no count, and absence is no refusal.
"""

from calendar import monthrange
from datetime import date

import polars as pl

from dashboard.store import Tables, cached
from data.releases import ordered

TREATIES = ("palermo_protocol", "untoc", "smuggling_protocol")
# How a state stands to a treaty at the end of a year, in the order in which it is told. `after`: what is known of a
# deposit lies after the table's end; `later`: the table has an act of a later year; `none`: it has none at all.
STANDINGS = ("party", "signed", "after", "later", "none")
SIGNATURE = "signature"
ACT = ("area", "instrument", "action", "date", "derived", "note", "source", "release", "locator")
STANDING = (
    *("instrument", "as_of", "area", "standing", "signature", "deposit", "action", "derived", "after"),
    *("sources", "releases", "locators"),
)
LAW = ("area", "id", "version", "title", "year", "url", "source", "release", "locator")


@cached
def closing(snap: Tables) -> str:
    """The newest release of the depositary's table: what was not printed there is derived, and has none of it."""
    printed = snap.table("instruments").filter(~pl.col("derived"))
    return str(ordered(printed.select(pl.col("release").unique()).collect()["release"])[-1])


def end(release: str) -> date:
    """The last day of which a release can speak: of a year, a month or a day (ISO 8601)."""
    year, month, day = (*map(int, release.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


@cached
def first(snap: Tables) -> date:
    """The day of the first act of any state."""
    day: date = snap.table("instruments").select(pl.col("date").min()).collect().item()
    return day


def chosen(treaty: str, *, every: bool) -> tuple[str, ...]:
    """The treaties in the chart and the table: all of them, or one."""
    return TREATIES if every else (treaty,)


@cached
def acts(snap: Tables, treaties: tuple[str, ...]) -> pl.DataFrame:
    """Every act, `ACT`: by state, treaties as given, then by day; a state without one has a row that holds nothing."""
    asked = pl.LazyFrame({"instrument": list(treaties)})
    every = snap.table("areas").select(pl.col("area").sort()).join(asked, how="cross")
    held, on = snap.table("instruments"), ["area", "instrument"]
    rows = every.join(held, on=on, how="left", validate="1:m", maintain_order="left")
    order = pl.col("instrument").cast(pl.Enum(treaties))
    return rows.sort("area", order, "date", "action").select(ACT).collect()


@cached
def standings(snap: Tables, treaty: str, year: int) -> pl.DataFrame:
    """How each state stands to a treaty at the end of a year, or where the depositary's table ends before it.

    Returns:
        `STANDING`, in the order of codes. `signature` and `deposit` are of any day up to the table's end, `after` is
        a deposit of a later day; `derived` says whether the deposit told is.
    """
    last = end(closing.of(snap))
    cut, acted = min(date(year, 12, 31), last), _acted(snap.table("instruments"), treaty, last)
    known = snap.table("areas").select("area").join(acted, on="area", how="left", validate="1:1")
    held = known.with_columns(standing=_standing(cut, last), as_of=pl.lit(cut), instrument=pl.lit(treaty))
    listed = held.with_columns(pl.col("sources", "releases", "locators").fill_null([]))
    return listed.sort("area").select(STANDING).collect()


def _acted(instruments: pl.LazyFrame, treaty: str, last: date) -> pl.LazyFrame:
    """The acts of each state that has any, in one row."""
    day, signed, late = pl.col("date"), pl.col("action") == SIGNATURE, pl.col("date") > last
    deposit = ~signed & ~late
    return (
        instruments.filter(pl.col("instrument") == treaty)
        .sort("date")
        .group_by("area")
        .agg(
            day.filter(signed & ~late).min().alias("signature"),
            day.filter(deposit).min().alias("deposit"),
            pl.col("action").filter(~signed).first(),
            pl.col("derived").filter(~signed).first(),
            day.filter(~signed & late).min().alias("after"),
            *(pl.col(one).unique().sort().alias(f"{one}s") for one in ("source", "release", "locator")),
        )
    )


def _standing(cut: date, last: date) -> pl.Expr:
    """The first of `STANDINGS` that is true at a day."""
    done = [pl.col(name) <= pl.lit(cut) for name in ("deposit", "signature")]
    known = pl.any_horizontal(pl.col("signature", "deposit").is_not_null())
    return (
        pl.when(done[0])
        .then(pl.lit("party"))
        .when(pl.lit(cut == last), pl.col("after").is_not_null())
        .then(pl.lit("after"))
        .when(done[1])
        .then(pl.lit("signed"))
        .when(known)
        .then(pl.lit("later"))
        .otherwise(pl.lit("none"))
    )


@cached
def steps(snap: Tables, treaties: tuple[str, ...]) -> pl.DataFrame:
    """The days up to the table's end on which states deposited: instrument, date, `areas`, and `parties` since then."""
    last = end(closing.of(snap))
    deposits = snap.table("instruments").filter(
        pl.col("instrument").is_in(treaties), pl.col("action") != SIGNATURE, pl.col("date") <= last
    )
    each = deposits.group_by("instrument", "area").agg(pl.col("date").min())
    days = each.group_by("instrument", "date").agg(areas=pl.col("area").sort())
    order = pl.col("instrument").cast(pl.Enum(treaties))
    parties = pl.col("areas").list.len().cum_sum().over("instrument", order_by="date")
    return days.with_columns(parties=parties.cast(pl.Int64)).sort(order, "date").collect()


@cached
def laws(snap: Tables) -> pl.DataFrame:
    """The law that is named for each state, `LAW`, by code: nulls where none is, `year` null if not known."""
    named = snap.table("evidence").filter(pl.col("kind") == "law").rename({"actor": "area"})
    newest = named.sort("version").unique(["area", "locator"], keep="last")
    every = snap.table("areas").select("area").join(newest, on="area", how="left", validate="1:m")
    return every.sort("area", "year", "id").select(LAW).collect()


@cached
def texts(snap: Tables, locator: str) -> list[str]:
    """The addresses of texts from which a transcribed act was taken, by its cell; the others are named in the file."""
    rows = snap.table("evidence").filter(pl.col("kind") == "treaty", pl.col("locator") == locator)
    return rows.select(pl.col("url").drop_nulls().unique().sort()).collect()["url"].to_list()
