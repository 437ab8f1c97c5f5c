"""Intervals divided: the result has every value that its inputs may have, and is never narrower."""

import polars as pl

# The decimals of what is computed, as in the id of a snapshot: further digits differ between machines.
DECIMALS = 6
# UNODC publishes figures below this one as "<5"; a state's register may hide larger ones in a range.
MASKED_BELOW = 5
Interval = tuple[pl.Expr, ...]


def quotient(part: Interval, whole: Interval, times: float = 1.0) -> Interval:
    """A part divided by a whole and multiplied, both as lowest and highest value; the lowest whole must be above 0.

    The ends are rounded outwards to `DECIMALS` decimals; two values that are known give one value.
    """
    low, high = (end * (times / other) for end, other in zip(part, reversed(whole), strict=True))
    known = (part[0] == part[1]) & (whole[0] == whole[1])
    return tuple(
        pl.when(known).then(end.round(DECIMALS)).otherwise(rounded)
        for end, rounded in zip((low, high), outwards(low, high), strict=True)
    )


def outwards(low: pl.Expr, high: pl.Expr) -> Interval:
    """The ends of an interval, rounded outwards to `DECIMALS` decimals."""
    steps = 10**DECIMALS
    # Rounded again: the division gives 0.25918199999999997 instead of 0.259182.
    return ((low * steps).floor() / steps).round(DECIMALS), ((high * steps).ceil() / steps).round(DECIMALS)
