"""Turn the sources' rows into figures (`vintages`, `observations`): one for each key, nothing chosen or added up.

A note begins with a stable code, then what was printed (`several_values: 62; 43`), so that pages can say it in
any language. That of a figure that a parser added up says of how many records (`added_up: 138`).
"""

from dataclasses import replace

import polars as pl

from data.contract import OBSERVATION_KEY, Observations
from data.releases import latest
from etl.making.region import of_states
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration, forms_apart

# `etl.checking.published` splits the locators of a merged figure at this mark.
JOIN = "; "
NO_INPUTS = pl.lit([], dtype=pl.List(pl.Struct({"source": pl.String, "release": pl.String, "locator": pl.String})))
# Values of columns that `parse` does not return.
DEFAULTS = {"sex": "total", "age": "total", "form": "total", "status": "exact"}
ADDED_UP = "added_up"


def completed(parsed: Parsed, source: Declaration) -> pl.DataFrame:
    """A release's rows with all columns of a figure; columns that `parse` does not return get defaults.

    Args:
        parsed: rows with `year`, `low`, `locator` and `area` or `label`; the others may be left out: `indicator` (if
            the source declares only one beside its rate), `high` (equal to `low`), `printed`, `records` (of how many
            records of the file a figure is the sum: one), and those of `DEFAULTS`.
        source: its declaration, which knows the units.
    """
    units = {indicator.id: indicator.unit for indicator in source.indicators if not indicator.derived}
    usual = {name: pl.lit(text) for name, text in DEFAULTS.items()}
    usual |= {"indicator": pl.lit(next(iter(units))), "high": pl.col("low"), "printed": pl.col("low").cast(pl.String)}
    usual |= {"records": pl.lit(1)}
    rows = parsed.rows
    rows = rows.with_columns(**{name: value for name, value in usual.items() if name not in rows.columns})
    return rows.with_columns(
        pl.col("year").cast(pl.Int16),
        pl.col("low", "high").cast(pl.Float64),
        unit=pl.col("indicator").replace_strict(units, return_dtype=pl.String),
        source=pl.lit(source.id),
        release=pl.lit(parsed.release),
    )


def vintage(parsed: Parsed, source: Declaration, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """A release's figures for the states, one row for each key (`data.contract.Vintages`), and findings on others."""
    rows, aside = of_states(parsed, source.id, states)
    figures = one_row_a_key(completed(replace(parsed, rows=rows), source))
    return figures, aside


def one_row_a_key(rows: pl.DataFrame) -> pl.DataFrame:
    """Merge rows with equal keys: equal values are one figure in two places; different values are `conflicting`.

    Repeated rows of "other forms" are unlabeled categories, so even equal ones are not one figure.

    Args:
        rows: as from `completed`, with `suspect`, a code for impossible figures, if there is such a rule; without
            `records`, each is one record.
    """
    usual = {"suspect": pl.lit(None, dtype=pl.String), "records": pl.lit(1)}
    rows = rows.with_columns(**{name: value for name, value in usual.items() if name not in rows.columns})
    # The file does not say which of two printed values is right, so neither is used.
    several = pl.struct("low", "high").n_unique() > 1
    # The code stands in published notes, which other programs read: it keeps its spelling.
    unlabeled = (pl.col("form").first() == "other") & (pl.len() > 1)
    code = pl.when(unlabeled).then(pl.lit("unlabelled_categories")).when(several).then(pl.lit("several_values"))
    grouped = rows.group_by(*OBSERVATION_KEY, "release", maintain_order=True).agg(
        pl.col("low", "high", "status", "unit", "records").first(),
        suspect=pl.col("suspect").drop_nulls().first(),
        conflict=code,
        printed=pl.col("printed").str.join(JOIN),
        locator=pl.col("locator").str.join(JOIN),
    )
    reason = pl.coalesce("conflict", "suspect")
    usable = reason.is_null()
    sums = pl.when(pl.col("records") > 1).then(pl.format(f"{ADDED_UP}: {{}}", "records"))
    return grouped.with_columns(
        low=pl.when(usable).then("low"),
        high=pl.when(usable).then("high"),
        status=pl.when(pl.col("conflict").is_not_null())
        .then(pl.lit("conflicting"))
        .when(pl.col("suspect").is_not_null())
        .then(pl.lit("suspect"))
        .otherwise("status"),
        note=pl.when(usable).then(sums).otherwise(pl.format("{}: {}", reason, "printed")),
        year_basis=pl.lit("reference"),
        derived=pl.lit(False),
        inputs=NO_INPUTS,
        # Made when all figures are there (`etl.making.marks`).
        contradicted=pl.lit(False),
        counting_unit=pl.lit(None, dtype=pl.String),
    ).select(Observations.column_names())


def noted(figures: pl.DataFrame, part: str = "") -> list[Finding]:
    """Findings about figures without their value, or wider than printed, for the manifest."""
    rows = figures.filter(~pl.col("note").str.starts_with(ADDED_UP))
    named = rows.with_columns(
        reason=pl.col("note").str.extract(r"^(\w+)"), rows=pl.col("locator").str.count_matches(JOIN) + 1
    )
    counts = named.group_by("source", "release", "reason").agg(pl.col("rows").sum()).sort("source", "release", "reason")
    return [
        Finding(source, release, reason, "", n, set_aside=False, part=part)
        for source, release, reason, n in counts.iter_rows()
    ]


def part() -> pl.Expr:
    """The `part` of an indicator that a release updates: one form, if the source releases forms apart, else empty."""
    return pl.when(pl.col("source").is_in(forms_apart())).then("form").otherwise(pl.lit("")).alias("part")


def coverage(rows: pl.DataFrame) -> pl.DataFrame:
    """The coverage of the rows of `completed`: source, release, indicator, part (of a series), year."""
    return rows.select("source", "release", "indicator", part(), "year").unique()


def current(vintages: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """The current figures: those of the newest release that covers a series and year; what it omits is gone.

    Args:
        vintages: figures of all releases of one source.
        covered: release, indicator, part (see `part`), year: the coverage of each release.
    """
    # By series, so that an unknown word, or an update of only one form, does not hide what older releases print about
    # the others.
    series = ["indicator", "part", "year"]
    decides = covered.group_by(series).agg(latest().alias("decides"))
    rows = vintages.with_columns(part()).join(decides, on=series, how="left", validate="m:1", maintain_order="left")
    return rows.filter(pl.col("release") == pl.col("decides")).drop("part", "decides")
