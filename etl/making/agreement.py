"""Which independent kinds of evidence name a pair of states, a described route, or a role of a state.

Counted victims by citizenship are one kind. Routes and roles described in reports of the US Department of State are
another, whoever coded them: several codings of one text do not confirm one another. It is never a sum.
"""

import polars as pl

from data.contract import Agreement

ROUTE = ("origin", "transit", "destination")
# The kind of evidence of each flow; every source of roles codes the same reports.
KIND = {"counted": "counted", "stated": "described"}
DESCRIBED = "described"


def agreement(flows: pl.DataFrame, roles: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    """The pairs, routes and roles that any kind of evidence names (`data.contract.Agreement`).

    A listed citizenship names a pair, unless the figure is zero or questioned; a statement names its pair and, with a
    state of transit, its route. A pair gives roles: origin and destination, or internal within one state.

    Args:
        flows, roles: the tables of the contract.
        states: ISO3 of the states whose roles are named; flows say little of those of other countries.
    """
    # A state's own count is no other kind than UNODC's, which rests on what states report.
    usable = flows.filter(
        pl.col("evidence").is_in([*KIND]),
        pl.col("high") > 0,
        pl.col("status") != "questioned",
        pl.col("repeat_of").is_null(),
    )
    named = usable.select(
        *ROUTE, "year", "complete", kind=pl.col("evidence").replace_strict(KIND), certain=pl.col("low") > 0
    )
    pairs = named.filter("complete").with_columns(transit=pl.lit(None, dtype=pl.String))
    through = named.filter(pl.col("complete"), pl.col("transit").is_not_null())
    said = roles.filter(stated="yes").select("area", "role", "year", kind=pl.lit(DESCRIBED), certain=pl.lit(value=True))
    roled = [said, *(_role(named, role).filter(pl.col("area").is_in(states)) for role in (*ROUTE, "internal"))]
    every = pl.concat([pairs, through, *roled], how="diagonal")
    about = pl.concat_str(*ROUTE, pl.concat_str("area", "role", separator=" "), separator="-", ignore_nulls=True)
    key = ["about", *ROUTE, "area", "role", "kind"]
    summed = (
        every.with_columns(about=about)
        .group_by(key)
        .agg(
            first_year=pl.col("year").min(),
            last_year=pl.col("year").max(),
            years=pl.col("year").unique().sort(),
            certain=pl.col("certain").any(),
        )
    )
    only = (pl.len().over("about") == 1).alias("only")
    return summed.with_columns(only).select(Agreement.column_names()).sort("about", "kind")


def _role(named: pl.DataFrame, role: str) -> pl.DataFrame:
    """What flows say of one role of their states; within one state they say that it is internal."""
    inside = pl.col("origin").eq_missing(pl.col("destination"))
    area = "origin" if role == "internal" else role
    mine = named.filter(inside if role == "internal" else ~inside, pl.col(area).is_not_null())
    return mine.select("year", "kind", "certain", area=area, role=pl.lit(role))
