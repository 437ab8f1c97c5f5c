"""What states did about treaties (`instruments`)."""

from collections.abc import Sequence

import polars as pl

from data.contract import Instruments
from etl.areas import resolve
from etl.finding import Finding
from etl.parsed import Parsed

NOTHING = Instruments.create_empty().with_columns(part=pl.lit(""))
NO_TEXT = pl.lit(None, dtype=pl.String)


def instruments(parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """What the states did about treaties, one row an area, instrument and action, in that order.

    A derived act stands only where no row that was printed gives the state's signature, or deposit, of that treaty.

    Args:
        parsed: source id and rows, either `label` (participant as printed), `instrument`, `action`, `date`, `locator`
            of a depositary, or `area` (ISO3) in the label's place with `derived` and `basis` beside.
        states: ISO3 of the states to keep.

    Returns:
        the table (data.contract.Instruments), and the records that are in none of its rows, with reasons.
    """
    held = [(source, told, _acts(source, told)) for source, told in parsed]
    findings = [finding for source, told, rows in held for finding in _aside(source, told, rows, states)]
    ours = [rows.filter(pl.col("area").is_in(states)) for _, _, rows in held]
    # A state deposits once, as a ratification or in another form; its signature is another act.
    act = ("area", "instrument", pl.col("action") == "signature")
    superseded = pl.col("derived") & (~pl.col("derived")).any().over(*act)
    rows = pl.concat([NOTHING, *ours], how="diagonal").with_columns(superseded=superseded)
    kept = rows.filter(~pl.col("superseded")).sort(Instruments.primary_key())
    return kept.select(Instruments.column_names()), [*findings, *_superseded(rows.filter("superseded"))]


def _acts(source: str, parsed: Parsed) -> pl.DataFrame:
    """One file's rows in the table's columns, with `label`, the `kind` of its reading, and `part`."""
    rows = parsed.rows
    if "label" in rows.columns:
        read = resolve(rows["label"])
        rows = rows.with_columns(read["area"], read["kind"], derived=pl.lit(value=False), note=NO_TEXT)
    else:
        rows = rows.with_columns(label="area", kind=pl.lit("country"), note="basis")
    return rows.with_columns(source=pl.lit(source), release=pl.lit(parsed.release), part=pl.lit(parsed.part))


def _aside(source: str, parsed: Parsed, rows: pl.DataFrame, states: tuple[str, ...]) -> list[Finding]:
    """Records of others than the states. A participant gives a row an act; the account counts participants."""
    # The European Union is a region to the gazetteer: known, and no country.
    understood = pl.col("kind").is_in(["country", "region"])
    unread = rows.filter(~understood).group_by("label")
    counts = unread.agg(pl.col("locator").n_unique(), first=pl.col("locator").first()).sort("label")
    unknown = [
        Finding(
            source, parsed.release, "unrecognised_label", label, records, unexpected=True, first=first, part=parsed.part
        )
        for label, records, first in counts.iter_rows()
    ]
    elsewhere = rows.filter(understood & ~pl.col("area").is_in(states).fill_null(value=False))
    outside = Finding(
        source, parsed.release, "outside_the_region", "", elsewhere["locator"].n_unique(), part=parsed.part
    )
    return [*unknown, outside] if outside.rows else unknown


def _superseded(rows: pl.DataFrame) -> list[Finding]:
    """Derived acts in whose place the depositary printed its own."""
    file = ("source", "release", "part")
    counts = rows.group_by(file).agg(pl.len(), pl.col("locator").first()).sort(file)
    return [
        Finding(source, release, "superseded_by_the_depositary", "", records, first=first, part=part)
        for source, release, part, records, first in counts.iter_rows()
    ]
