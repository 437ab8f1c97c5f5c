"""States' actions on treaties (`instruments`), each as its source has it."""

from collections.abc import Sequence

import polars as pl

from data.contract import Instruments
from etl.making import doubts
from etl.making.region import of_states
from etl.parsed import Finding, Parsed

# Values of the columns that a parser need not return. `basis` says how a derived date was found, and `in_force` is the
# day that a source prints for the entry into force for the state.
USUAL = {
    "date": pl.lit(None, dtype=pl.Date),
    "date_precision": pl.when(pl.col("date").is_null()).then(pl.lit("none")).otherwise(pl.lit("day")),
    "derived": pl.lit(value=False),
    "transcribed": pl.lit(value=False),
    "reservation": pl.lit(None, dtype=pl.String),
    "basis": pl.lit(None, dtype=pl.String),
    "in_force": pl.lit(None, dtype=pl.Date),
}
NOTHING = Instruments.create_empty().with_columns(part=pl.lit(""), basis="note", in_force="date")


def instruments(parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """The states' actions on treaties: one row for each area, instrument, action and source, sorted in that order.

    Sources that differ are all kept. A derived act is used only if no printed row dates the state's signature, or
    deposit, of that treaty. Acts that cannot be as printed are kept so, with their doubts in `note`.

    Args:
        parsed: source id and rows with `label` (participant as printed) or `area` (ISO3), `instrument`, `action`,
            `date`, `locator`, and any of `USUAL`.
        states: ISO3 of the states to keep.

    Returns:
        the table (data.contract.Instruments), and findings about the records that are not in it or are in doubt.
    """
    read = [(source, one, *of_states(one, source, states)) for source, one in parsed]
    findings = [finding for _, _, _, aside in read for finding in aside]
    # A state deposits once, as a ratification or in another form; its signature is a separate act.
    act = ("area", "instrument", pl.col("action") == "signature")
    dated = ~pl.col("derived") & (pl.col("date_precision") == "day")
    acts = [_acts(source, one, rows) for source, one, rows, _ in read]
    rows = pl.concat([NOTHING, *acts], how="diagonal").with_columns(
        superseded=pl.col("derived") & dated.any().over(act)
    )
    used, doubtful = doubts.noted(rows)
    kept = used.filter(~pl.col("superseded")).sort(Instruments.primary_key())
    findings += [*_counted(rows.filter("superseded"), "superseded_by_the_depositary"), *doubtful]
    return kept.select(Instruments.column_names()), findings


def _acts(source: str, parsed: Parsed, rows: pl.DataFrame) -> pl.DataFrame:
    """One file's rows in the table's columns, with their `part`."""
    for name, value in USUAL.items():
        rows = rows if name in rows.columns else rows.with_columns(value.alias(name))
    return rows.with_columns(source=pl.lit(source), release=pl.lit(parsed.release), part=pl.lit(parsed.part))


def _counted(rows: pl.DataFrame, reason: str) -> list[Finding]:
    """Findings about rows that are left out of the table for a reason."""
    file = ("source", "release", "part")
    counts = rows.group_by(file).agg(pl.len(), pl.col("locator").first()).sort(file)
    return [
        Finding(source, release, reason, "", records, first=first, part=part)
        for source, release, part, records, first in counts.iter_rows()
    ]
