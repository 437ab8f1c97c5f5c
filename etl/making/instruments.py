"""States' actions on treaties (`instruments`)."""

from collections.abc import Sequence

import polars as pl

from data.contract import Instruments
from etl.making.region import of_states
from etl.parsed import Finding, Parsed

NOTHING = Instruments.create_empty().with_columns(part=pl.lit(""))


def instruments(parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """The states' actions on treaties, one row for each area, instrument and action, sorted in that order.

    A derived act is used only if no printed row has the state's signature, or deposit, of that treaty.

    Args:
        parsed: source id and rows with `label` (participant as printed) or `area` (ISO3), `instrument`, `action`,
            `date`, `locator`, and `derived` and `basis` for dates that were not printed.
        states: ISO3 of the states to keep.

    Returns:
        the table (data.contract.Instruments), and findings about the records that are not in it.
    """
    read = [(source, one, *of_states(one, source, states)) for source, one in parsed]
    findings = [finding for _, _, _, aside in read for finding in aside]
    # A state deposits once, as a ratification or in another form; its signature is a separate act.
    act = ("area", "instrument", pl.col("action") == "signature")
    superseded = pl.col("derived") & (~pl.col("derived")).any().over(*act)
    acts = [_acts(source, one, rows) for source, one, rows, _ in read]
    rows = pl.concat([NOTHING, *acts], how="diagonal").with_columns(superseded=superseded)
    used = rows.filter(~pl.col("superseded")).sort(Instruments.primary_key())
    return used.select(Instruments.column_names()), [*findings, *_superseded(rows.filter("superseded"))]


def _acts(source: str, parsed: Parsed, rows: pl.DataFrame) -> pl.DataFrame:
    """One file's rows in the table's columns, with their `part`."""
    derived = "derived" in rows.columns
    return rows.with_columns(
        derived=pl.col("derived") if derived else pl.lit(value=False),
        note=pl.col("basis") if derived else pl.lit(None, dtype=pl.String),
        source=pl.lit(source),
        release=pl.lit(parsed.release),
        part=pl.lit(parsed.part),
    )


def _superseded(rows: pl.DataFrame) -> list[Finding]:
    """Findings about derived acts that the depositary's own replace."""
    file = ("source", "release", "part")
    counts = rows.group_by(file).agg(pl.len(), pl.col("locator").first()).sort(file)
    return [
        Finding(source, release, "superseded_by_the_depositary", "", records, first=first, part=part)
        for source, release, part, records, first in counts.iter_rows()
    ]
