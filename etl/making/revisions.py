"""Changes of figures from one release to the next: revised, new, withdrawn, or masked by another convention.

A figure without a value, because the release prints several or an impossible one, is compared as printed.
"""

from itertools import pairwise

import polars as pl

from data.contract import OBSERVATION_KEY, Revisions
from data.releases import ordered
from etl.making.figures import JOIN, part

READING = ("low", "high", "status", "printed")
# What UNODC prints for a small figure, one way or the other.
SMALL = ("<5", "0")
SERIES = ("source", "indicator", "part")


def revisions(vintages: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """All figures that differ between two consecutive releases of their series (`data.contract.Revisions`).

    New years of a series are not revisions. A figure that a release no longer prints is withdrawn only if the release
    covers the year, and a figure is new only if the release before covered the year.

    Args:
        vintages: figures of all releases; derived ones are ignored.
        covered: source, release, indicator, part, year: the coverage of each release.
    """
    printed = vintages.filter(~pl.col("derived")).with_columns(part())
    by_series = covered.group_by(SERIES, maintain_order=True).agg(pl.col("release").unique())
    steps = [
        _step(printed.filter(**series), covered.filter(**series), before, after)
        for *names, releases in by_series.iter_rows()
        for series in [dict(zip(SERIES, names, strict=True))]
        for before, after in pairwise(ordered(releases))
    ]
    empty = Revisions.create_empty().lazy().collect()
    return pl.concat([empty, *steps])


def _step(figures: pl.DataFrame, covered: pl.DataFrame, before: str, after: str) -> pl.DataFrame:
    """The rows of one release that differ from the one before it."""
    earlier, later = (_readings(figures, release, end) for release, end in ((before, "from"), (after, "to")))
    joined = earlier.join(later, on=OBSERVATION_KEY, how="full", coalesce=True, validate="1:1")
    both = _covers(covered, before).join(_covers(covered, after), on="year", how="inner", validate="1:1")
    covered_by_both = joined.join(both, on="year", how="semi")
    rows = covered_by_both.with_columns(kind=_kind(), release_from=pl.lit(before), release_to=pl.lit(after))
    return rows.drop_nulls("kind").select(Revisions.column_names())


def _readings(figures: pl.DataFrame, release: str, end: str) -> pl.DataFrame:
    named = {column: f"{column}_{end}" for column in READING}
    mine = figures.filter(pl.col("release") == release).with_columns(
        printed=pl.when(pl.col("low").is_null()).then(pl.col("note").str.extract(r"^\w+: (.*)$"))
    )
    return mine.select(*OBSERVATION_KEY, *READING).rename(named)


def _covers(covered: pl.DataFrame, release: str) -> pl.DataFrame:
    return covered.filter(pl.col("release") == release).select("year").unique()


def _kind() -> pl.Expr:
    """The kind of change of a figure; null if there is none."""
    same = pl.all_horizontal(
        *(pl.col(f"{column}_from").eq_missing(pl.col(f"{column}_to")) for column in ("low", "high", "status")),
        _values("from").eq_missing(_values("to")),
    )
    return (
        pl.when(pl.col("status_from").is_null())
        .then(pl.lit("new"))
        .when(pl.col("status_to").is_null())
        .then(pl.lit("withdrawn"))
        .when(same)
        .then(None)
        .when(_masked_otherwise())
        .then(pl.lit("convention"))
        .otherwise(pl.lit("revised"))
    )


def _masked_otherwise() -> pl.Expr:
    """Whether both may be the same figure: each is masked or a printed zero, and at least one is masked.

    Of several printed values, those that are not small have to be the same.
    """
    small = {
        end: (pl.col(f"status_{end}") == "masked")
        | ((pl.col(f"status_{end}") == "exact") & (pl.col(f"high_{end}") == 0))
        for end in ("from", "to")
    }
    masked = pl.any_horizontal(pl.col("status_from", "status_to") == "masked")
    one = small["from"] & small["to"] & masked
    several = (pl.col("status_from") == "conflicting") & (pl.col("status_to") == "conflicting")
    return one | (several & _values("from", SMALL).eq_missing(_values("to", SMALL)))


def _values(end: str, alike: tuple[str, ...] = ()) -> pl.Expr:
    """The printed values of a figure without a value, whatever their order in the file; some may count as alike."""
    # 1,282 and 1282.0 are one number.
    value = pl.element().str.replace_all(",", "").str.replace(r"\.00?$", "")
    read = pl.when(value.is_in(alike)).then(pl.lit("alike")).otherwise(value)
    return pl.col(f"printed_{end}").str.split(JOIN).list.eval(read).list.sort()
