"""Acts on treaties that cannot be as printed: a person looks at them; the rows stay, with the doubt in their note."""

import polars as pl

from etl.making.figures import JOIN
from etl.parsed import Finding

ACT = ("area", "instrument")
# Stable codes, which pages translate, in the order of notes.
UNSIGNED = "ratified_without_signature"
EARLY = "deposited_before_signature"
LATE = "in_force_before_deposit"
REASONS = (UNSIGNED, EARLY, LATE)


def noted(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """The acts with their `note` (how a date was derived, then each doubt), and a finding for each doubt.

    Args:
        rows: acts on treaties of all sources: the columns of `data.contract.Instruments` but for `note`, and `basis`,
            `in_force`, `part` and `superseded`.
    """
    noted = rows.with_columns(**_doubts())
    note = pl.concat_str("basis", *REASONS, separator=JOIN, ignore_nulls=True).replace("", None)
    return noted.with_columns(note=note).drop(REASONS), _findings(noted.filter(~pl.col("superseded")))


def _doubts() -> dict[str, pl.Expr]:
    """Each doubt as a note, or null: a code and the day that contradicts the act, if there is one."""
    date, signed = pl.col("date"), pl.col("action") == "signature"
    signatures = date.filter(signed).min().over(ACT)
    in_force = pl.col("in_force").min().over(ACT)
    # A year alone may be any day of it: an act is in doubt only if no day of it fits.
    latest = (
        pl.when(pl.col("date_precision") == "year").then(date.dt.offset_by("1y").dt.offset_by("-1d")).otherwise(date)
    )
    # A source that lists no signatures does not show that a state has not signed.
    unsigned = ~signed.any().over(ACT) & signed.any().over("source", "instrument")
    return {
        UNSIGNED: pl.when(unsigned, pl.col("action") == "ratification").then(pl.lit(UNSIGNED)),
        EARLY: pl.when(~signed, latest < signatures).then(pl.format("{}: {}", pl.lit(EARLY), signatures)),
        LATE: pl.when(~signed, in_force < date).then(pl.format("{}: {}", pl.lit(LATE), in_force)),
    }


def _findings(rows: pl.DataFrame) -> list[Finding]:
    """One finding for each doubt: kept rows, worth a look."""
    facts = ("source", "release", "area", "instrument", "action", "date", "locator", "part")
    return [
        Finding(
            source, release, reason, f"{area} {instrument} {action} {date}", 1, set_aside=False, first=at, part=part
        )
        for reason in REASONS
        for source, release, area, instrument, action, date, at, part in rows.drop_nulls(reason)
        .select(facts)
        .iter_rows()
    ]
