"""Which independent kinds of evidence name a pair of states, a described route or a role of a state."""

from typing import Any

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.passports import keys
from data.columns import AGREEMENT_KIND, ROLE

POINTS = ("origin", "transit", "destination")
KEY = ("about", *POINTS, "area", "role")
# Of a kind: its years, whether it is certain, and whether it names the pair or role at all.
OF_KIND = ("years", "certain")
# Rows with each set of kinds, those with more kinds first.
BOTH = ("counted", "described")


@cached
def of_state(snap: Tables, area: str) -> pl.DataFrame:
    """The pairs and described routes of a state: `KEY`, `kinds`, and for each kind `years` and `certain` (null: none).

    Pairs with more kinds come first, then in the order of their codes.
    """
    ends = pl.col(POINTS).fill_null("")
    return _wide(snap.table("agreement").filter(pl.any_horizontal(ends == area)).collect())


@cached
def records(snap: Tables, area: str) -> dict[str, dict[str, Any]]:
    """The pairs and routes of a state that one record alone names: by `about` the columns of `flows` that find it."""
    usable = pl.col("high") > 0, pl.col("status") != "questioned", pl.col("repeat_of").is_null(), pl.col("complete")
    named = snap.flows().filter(*usable).select(*POINTS, *keys.KEYS["flows"])
    pairs = named.with_columns(transit=pl.lit(None, dtype=pl.String))
    every = pl.concat([pairs, named.filter(pl.col("transit").is_not_null())])
    about = pl.concat_str(POINTS, separator="-", ignore_nulls=True).alias("about")
    each = every.filter(pl.any_horizontal(pl.col(POINTS).fill_null("") == area)).group_by(about)
    alone = each.agg(pl.len(), pl.col(keys.KEYS["flows"]).first()).filter(pl.col("len") == 1)
    return {row["about"]: row for row in alone.collect().iter_rows(named=True)}


@cached
def roles(snap: Tables, area: str) -> pl.DataFrame:
    """The roles of a state, in their usual order: as `of_state`."""
    found = _wide(snap.table("agreement").filter(pl.col("area") == area).collect())
    return found.sort(pl.col("role").replace_strict({role: at for at, role in enumerate(ROLE)}))


def _wide(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each pair, route or role."""
    empty = pl.lit([], dtype=pl.List(pl.Int16))
    each = [
        pl.when(pl.col("kind") == kind).then(name).drop_nulls().first().alias(f"{kind}_{name}")
        for kind in AGREEMENT_KIND
        for name in OF_KIND
    ]
    found = rows.group_by(KEY).agg(*each, kinds=pl.col("kind").sort())
    filled = found.with_columns(pl.col(f"{kind}_years").fill_null(empty) for kind in AGREEMENT_KIND)
    return filled.sort(-pl.col("kinds").list.len().cast(pl.Int8), "about")


@cached
def between(snap: Tables, one: str, other: str) -> pl.DataFrame:
    """The pair of two states, a row for each direction that any kind names: as `of_state`."""
    ends = pl.col("origin", "destination") == other
    return pairs(of_state.of(snap, one)).filter(pl.any_horizontal(ends)).sort(pl.col("origin") != one)


@cached
def compared(snap: Tables, one: str, other: str) -> pl.DataFrame:
    """The records that are compared for a state, or for two: `source`, `release` and `year`."""
    columns, ends = ("source", "release", "year"), [pl.col(name).fill_null("") for name in POINTS]
    flows = snap.flows().filter(pl.any_horizontal(end == code for end in ends) for code in (one, other) if code)
    roles = snap.table("roles").filter(pl.lit(not other), area=one)
    return pl.concat([rows.select(columns) for rows in (flows, roles)]).collect()


def pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """The pairs of two states in a result of `of_state`: no routes through a third, and no own citizens."""
    return rows.filter(pl.col("transit").is_null(), pl.col("origin") != pl.col("destination"))
