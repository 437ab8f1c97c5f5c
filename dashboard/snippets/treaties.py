"""Treaties and laws as lines of Polars."""

from collections.abc import Sequence
from datetime import date

from dashboard.query import instruments
from dashboard.snippets.tables import Tables, said


def standings(held: Tables, treaty: str, year: int, last: date) -> str:
    """`instruments.standings`: how each state stood to a treaty at the end of a year."""
    cut = min(date(year, 12, 31), last)
    return f"""from datetime import date

{held.read("instruments", "areas")}
# The day that is seen, and the day with which the depositary's table ends.
cut, last = {_day(cut)}, {_day(last)}
day, signed, late = pl.col("date"), pl.col("action") == "signature", pl.col("date") > last
acted = (
    instruments.filter(pl.col("instrument") == {said(treaty)})
    .sort("date")
    .group_by("area")
    .agg(
        day.filter(signed & ~late).min().alias("signature"),
        day.filter(~signed & ~late).min().alias("deposit"),
        pl.col("action").filter(~signed).first(),
        pl.col("derived").filter(~signed).first(),
        day.filter(~signed & late).min().alias("after"),
        *(pl.col(one).unique().sort().alias(one + "s") for one in ("source", "release", "locator")),
    )
)
standing = (
    pl.when(pl.col("deposit") <= cut).then(pl.lit("party"))
    .when(pl.lit(cut == last) & pl.col("after").is_not_null()).then(pl.lit("after"))
    .when(pl.col("signature") <= cut).then(pl.lit("signed"))
    .when(pl.any_horizontal(pl.col("signature", "deposit").is_not_null())).then(pl.lit("later"))
    .otherwise(pl.lit("none"))
)
rows = (
    areas.select("area").join(acted, on="area", how="left").sort("area")
    .with_columns(pl.col("sources", "releases", "locators").fill_null([]))
    .with_columns(standing=standing, as_of=pl.lit(cut), instrument=pl.lit({said(treaty)}))
    .select({said(instruments.STANDING)})
)
"""


def acts(held: Tables, treaties: Sequence[str]) -> str:
    """`instruments.acts`: every act, and a row for a state without one."""
    return f"""{held.read("instruments", "areas")}
treaties = {said(treaties)}
every = areas.select("area").join(pl.DataFrame({{"instrument": treaties}}), how="cross")
rows = (
    every.join(instruments, on=["area", "instrument"], how="left")
    .sort("area", pl.col("instrument").cast(pl.Enum(treaties)), "date", "action")
    .select({said(instruments.ACT)})
)
"""


def laws(held: Tables) -> str:
    """`instruments.laws`: the law that is named for each state."""
    return f"""{held.read("evidence", "areas")}
named = evidence.filter(pl.col("kind") == "law").rename({{"actor": "area"}}).sort("version")
rows = (
    areas.select("area").join(named.unique(["area", "locator"], keep="last"), on="area", how="left")
    .sort("area", "year", "id")
    .select({said(instruments.LAW)})
)
"""


def _day(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"
