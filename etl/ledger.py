"""What states did about treaties (`instruments`), and findings on the declaration's paragraphs (`evidence`)."""

from collections.abc import Sequence

import polars as pl

from data.contract import Evidence, Instruments
from etl.areas import resolve
from etl.finding import Finding
from etl.parsed import Parsed

# Paragraph 23 of the declaration asks for laws that define act, means and purpose.
LAWS_PARAGRAPH = 23
LAW_NAMED = "law_named"
# A host alone leads to no document, so a path is wanted.
ADDRESS = r"^(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,}/\S+)"
CUT_SHORT = "..."
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


def evidence(laws: Parsed, source: str) -> pl.DataFrame:
    """The laws named, one row a state, in the order of their ids (data.contract.Evidence).

    Args:
        laws: rows with `area` (ISO3), `title`, `year`, `citation`, `locator`.
        source: their source's id.
    """
    return Evidence.cast(
        laws.rows.select(
            "title",
            "year",
            "locator",
            id=pl.format("law:{}", "area"),
            version=1,
            paragraph=LAWS_PARAGRAPH,
            actor="area",
            issuer="area",
            grade=pl.lit("public_document"),
            kind=pl.lit("law"),
            finding=pl.lit(LAW_NAMED),
            url=_address(),
            source=pl.lit(source),
            release=pl.lit(laws.release),
            # The day of a gazette is not the law's, so a law has a year alone; and a name says nothing of progress.
            **dict.fromkeys(("replies_to", "period_from", "period_to", "status", "date"), NO_TEXT),
        ).sort("id")
    ).select(Evidence.column_names())


def _address() -> pl.Expr:
    """The first whole address in a citation (parts are set apart by `; `), or null."""
    parts = pl.col("citation").str.split("; ")
    whole = pl.element().filter(~pl.element().str.contains(CUT_SHORT, literal=True))
    first = parts.list.eval(whole.str.extract(ADDRESS, 1).drop_nulls()).list.first()
    return pl.format("https://{}", first)
