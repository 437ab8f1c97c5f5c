"""Choose the release for a state's flows in a year, set rows aside that are not flows, and apply later zeros.

The rule is that of `etl.making.figures.current`: the newest release that covers a year decides, and what it no longer
lists is gone, also from a release that is declared for the year. Earlier lists stay in `flow_vintages`.
"""

import polars as pl

from data import columns
from data.releases import latest, order
from data.reviewed import Spans, read


class FlowReleases(Spans):
    """The file of releases to use for the flows of some years."""

    FILE = "flow_releases.csv"
    MAY_BE_EMPTY = True
    release = columns.text()


def deciding_release(covered: pl.DataFrame) -> pl.DataFrame:
    """The newest release that covers a year: year, deciding. What it does not list is gone.

    Args:
        covered: release, year: the years for which a release prints detected victims of any country.
    """
    return covered.group_by("year").agg(deciding=latest())


def serving_release(rows: pl.DataFrame, usable: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """The release to use for each detecting state and year: area, year, serving.

    It is the newest release that covers the year, unless `data/reference/flow_releases.csv` declares another one that
    has a usable list for the state and year. A declared release does not bring back a list that the newest one omits.

    Args:
        rows: area, year, release of the rows of all lists.
        usable: those of them that can be used.
        covered: as for `deciding_release`.
    """
    place = ["area", "year"]
    lists = usable.select(*place, declared="release").unique().with_columns(lists=True)
    newest = rows.select(*place, deciding="release").unique().with_columns(listed=True)
    choice = usable.select(place).unique().join(deciding_release(covered), on="year", how="left", validate="m:1")
    choice = choice.with_columns(declared=_declared())
    choice = choice.join(lists, on=[*place, "declared"], how="left", validate="1:1")
    choice = choice.join(newest, on=[*place, "deciding"], how="left", validate="1:1")
    declared = pl.all_horizontal(pl.col("lists", "listed").fill_null(value=False))
    return choice.select(*place, serving=pl.when(declared).then("declared").otherwise("deciding"))


def _declared() -> pl.Expr:
    """The release declared for a year, or null."""
    table = read(FlowReleases)
    expression = pl.lit(None, dtype=pl.String)
    for first, last, release in table.select("year_from", "year_to", "release").iter_rows():
        expression = pl.when(pl.col("year").is_between(first, last)).then(pl.lit(release)).otherwise(expression)
    return expression


def with_later_zeros(rows: pl.DataFrame, releases: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """Set masked figures that the newest release prints as 0 to 0; the label stays that of the release in use.

    Such a row names both cells, that of the zero first; `zero_at` (else null) is the cell of the zero.

    Args:
        rows: the rows in use.
        releases: the usable rows of all releases.
        covered: as for `deciding_release`.
    """
    pair = ["area", "year", "who"]
    # An unlocated label is matched by its words: "Unknown" of one release is "Unknown" of the next.
    who = pl.coalesce("origin", pl.format("label {}", "category")).alias("who")
    named = releases.with_columns(who).filter(pl.col("who").is_not_null())
    # Only where all its rows about the pair are 0.
    newest = named.join(deciding_release(covered), on="year", how="left", validate="m:1", maintain_order="left")
    newest = newest.filter(pl.col("release") == pl.col("deciding"))
    zeros = newest.group_by(pair).agg(
        later=pl.col("release").last(), zero_at=pl.col("locator").last(), all_zero=(pl.col("high") == 0).all()
    )
    zeros = zeros.filter("all_zero").drop("all_zero")
    joined = rows.with_columns(who).join(zeros, on=pair, how="left", validate="m:1", maintain_order="left")
    # Only a printed 0 narrows the interval; a later mask does not.
    is_zero = (pl.col("status") == "masked") & (order("later") > order()).fill_null(value=False)
    zero = pl.lit(0.0)
    return joined.with_columns(
        label_release="release",
        release=pl.when(is_zero).then("later").otherwise("release"),
        low=pl.when(is_zero).then(zero).otherwise("low"),
        high=pl.when(is_zero).then(zero).otherwise("high"),
        status=pl.when(is_zero).then(pl.lit("exact")).otherwise("status"),
        locator=pl.when(is_zero).then(pl.format("{}; {}", "zero_at", "locator")).otherwise("locator"),
        note=pl.when(is_zero).then(pl.lit("printed_as_zero_later")).otherwise("note"),
        zero_at=pl.when(is_zero).then("zero_at"),
    ).drop("later", "who")


def disposition(rows: pl.DataFrame, covered: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    """Add `set_aside`: why a row is not a flow, else null.

    Args:
        rows: the rows of the lists of all releases.
        covered: as for `deciding_release`.
        states: ISO3 of the region.
    """
    # A declared release that has only leaked codes for a state and year is not used for it.
    usable = rows.filter(pl.col("suspect").is_null())
    serving = serving_release(rows, usable, covered)
    listing = rows.select("area", "year", serving="release").unique().with_columns(still_listed=True)
    serving = serving.join(listing, on=["area", "year", "serving"], how="left", validate="1:1")
    joined = rows.join(serving, on=["area", "year"], how="left", validate="m:1", maintain_order="left")
    # A blank label over the state's whole total is the total again, not victims of an unknown citizenship.
    whole = (pl.col("low") == pl.col("whole_low")) & (pl.col("high") == pl.col("whole_high"))
    total_again = pl.col("category").is_null() & whole
    here = pl.col("area").is_in(states) | pl.col("origin").is_in(states).fill_null(value=False)
    # An unknown label may name a state of the region.
    unread = pl.col("kind") == "unrecognised"
    return joined.with_columns(
        set_aside=pl.when(~(here | unread))
        .then(pl.lit("outside_the_region"))
        .when(pl.col("suspect").is_not_null())
        .then("suspect")
        .when((pl.col("kind") == "subtotal") | total_again.fill_null(value=False))
        .then(pl.lit("subtotal_in_citizenship_list"))
        .when(pl.col("release") == pl.col("serving"))
        .then(None)
        .when(pl.col("still_listed"))
        .then(pl.lit("served_by_another_release"))
        .otherwise(pl.lit("no_longer_listed"))
    ).drop("still_listed")
