"""States' actions on treaties (`instruments`), each as its source has it."""

from collections.abc import Sequence

import polars as pl

from data.contract import Instruments
from data.statements import trust
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
    "inputs": pl.lit([], dtype=Instruments.columns()["inputs"].dtype),
}
NOTHING = Instruments.create_empty().with_columns(part=pl.lit(""), basis="note", in_force="date")
# A cell of a file, as `inputs` names it.
CELL = pl.struct("source", "release", "locator")


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


def reserved(
    acts: pl.DataFrame, parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]
) -> tuple[pl.DataFrame, list[Finding]]:
    """The acts with the reservations and declarations that sources of their own name.

    One stands with the act that made the state a party, or with its signature if there is no other; `inputs` then has
    the cells of both.

    Args:
        acts: the table (data.contract.Instruments).
        parsed: source id and rows with `label` or `area`, `instrument`, `reservation` (`UNSPECIFIED` if the text names
            no article) and `locator`.
        states: ISO3 of the states.

    Returns:
        the table, and findings about the records that are not in it.
    """
    read = [(source, one, *of_states(one, source, states)) for source, one in parsed]
    findings = [finding for _, _, _, aside in read for finding in aside]
    made = [_acts(source, one, rows) for source, one, rows, _ in read]
    on = ["area", "instrument"]
    kept = ["source", "release", "part", "locator", "reservation", *on]
    said = pl.concat([NOTHING.select(kept), *(rows.select(kept) for rows in made)])
    first = acts.sort(pl.col("action") == "signature", *trust()).unique(on, keep="first", maintain_order=True)
    key = Instruments.primary_key()
    stated = first.select(key).join(
        said.select(*on, said="reservation", cell=CELL), on=on, how="inner", validate="1:1", maintain_order="left"
    )
    rows = acts.join(stated, on=key, how="left", validate="1:1", maintain_order="left")
    inputs = pl.when(pl.col("cell").is_not_null()).then(pl.concat_list(CELL, "cell")).otherwise("inputs")
    rows = rows.with_columns(reservation=pl.coalesce("said", "reservation"), inputs=inputs)
    alone = said.join(acts, on=on, how="anti")
    return rows.select(Instruments.column_names()), [*findings, *_counted(alone, "reservation_without_act")]


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
