"""Entries of the ledger (`evidence`): laws, treaties and figures that declared questions require, and accepted reports.

An entry says that something was done, named or reported, and where; never how much, and never anything about progress.
A figure has its own grade: it shows only that it is reported.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from data.columns import DECLARED
from data.contract import Evidence
from data.declaration import questions
from data.statements import shown_after, trust
from etl.making.figures import JOIN
from etl.parsed import Parsed
from etl.source_declaration import Declaration

# Stable codes of findings; the action follows that of a treaty.
LAW_NAMED = "law_named"
FIGURE_REPORTED = "figure_reported"
ACTION = "treaty_action"
USABLE = ("exact", "masked")
# A path is required, as a host alone leads to no document.
ADDRESS = r"^(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,}/\S+)"
CUT_SHORT = "..."
# Grade and kind of entries in accepted reports.
GRADE = {"report": "state_report", "review": "reviewed", "reply": "reply", "correction": "reply"}
KIND = {"report": "report", "review": "review", "reply": "reply", "correction": "reply"}
# The value that a state gives instead of a figure; it never becomes one of our figures.
STATED_VALUE = "stated_value: {}"


def laws(parsed: Parsed, source: str) -> pl.DataFrame:
    """The laws named, one row for each state, sorted by id (data.contract.Evidence).

    Args:
        parsed: rows with `area` (ISO3), `title`, `year`, `date`, `citation`, `locator`.
        source: the source's id.
    """
    rows = parsed.rows.select("area", "title", "year", "date", "locator", url=address("citation"))
    return _entries(
        rows.join(_questions("law").select("paragraph"), how="cross"),
        id=pl.format("law:{}", "area"),
        kind=pl.lit("law"),
        finding=pl.lit(LAW_NAMED),
        actor="area",
        issuer="area",
        source=pl.lit(source),
        release=pl.lit(parsed.release),
    )


def treaties(instruments: pl.DataFrame, cited: Parsed, known: Mapping[str, Declaration]) -> pl.DataFrame:
    """Acts on treaties that paragraphs name, one row for each act, source and paragraph, sorted by id.

    Args:
        instruments: the table (data.contract.Instruments); notes on derived dates and on doubts are kept.
        cited: the project's own acts, with `area`, `instrument`, `action` and `citation`.
        known: the declared sources.
    """
    act = ["area", "instrument", "action"]
    own = cited.rows.select(*act, cited=address("citation"))
    acts = instruments.with_columns(also=_also())
    rows = acts.join(_questions("treaty").rename({"subject": "instrument"}), on="instrument", validate="m:m")
    day = pl.when(pl.col("date_precision") == "day").then("date")
    return _entries(
        rows.join(own, on=act, how="left", validate="m:1"),
        id=pl.format("treaty:{}:{}:{}:{}{}", "instrument", "action", "area", "paragraph", "also"),
        kind=pl.lit("treaty"),
        finding=pl.format("{}:{}", pl.lit(ACTION), "action"),
        title="instrument",
        actor="area",
        issuer=_issuer(known),
        date=day,
        year=pl.col("date").dt.year(),
        url=pl.when("derived").then("cited").otherwise(pl.coalesce(_page_of_instrument(known), _page(known))),
    )


def _also() -> pl.Expr:
    """The end of an entry's id: empty for the first source of an act (by `trust`), the source's name for each other."""
    first = pl.struct(trust()).rank("ordinal").over("area", "instrument", "action")
    return pl.when(first == 1).then(pl.lit("")).otherwise(pl.format(":{}", "source"))


def statistics(observations: pl.DataFrame, known: Mapping[str, Declaration]) -> pl.DataFrame:
    """Figures that answer a question, one row for each paragraph, indicator, state and year, sorted by id.

    Args:
        observations: the current figures (data.contract.Observations); masked ones count as reported. A zero has no
            entry: alone it is evidence of nothing.
        known: the declared sources.
    """
    figures = (
        whole(observations)
        .filter(pl.col("high") > 0)
        .join(_questions("statistic").rename({"subject": "indicator"}), on="indicator", validate="m:m")
    )
    key = ["indicator", "area", "year", "paragraph", "source", "release"]
    bands = pl.col("age").filter(pl.col("age") != "total")
    rows = figures.group_by(key).agg(
        locator=pl.col("locator").sort().str.join(JOIN),
        note=pl.when(bands.len() > 0).then(pl.format("age: {}", bands.sort().str.join(JOIN))),
    )
    return _entries(
        rows,
        id=pl.format("statistic:{}:{}:{}:{}", "indicator", "area", "year", "paragraph"),
        kind=pl.lit("statistic"),
        finding=pl.lit(FIGURE_REPORTED),
        title="indicator",
        actor="area",
        issuer=_issuer(known),
        period_from=pl.date("year", 1, 1),
        period_to=pl.date("year", 12, 31),
        url=_page(known),
    )


def whole(observations: pl.DataFrame) -> pl.DataFrame:
    """Figures about everybody, exact or masked: both sexes, all forms, and all ages or all that a survey covers."""
    total = observations.filter(
        pl.all_horizontal(pl.col("sex", "form") == "total"), pl.col("status").is_in(USABLE), ~pl.col("derived")
    )
    # A survey of children has no row for all ages.
    return total.filter((pl.col("age") == "total") | ~(pl.col("age") == "total").any().over("indicator"))


def _questions(kind: str) -> pl.DataFrame:
    """Paragraph and subject of the questions of a kind."""
    return questions().filter(pl.col("kind") == kind).select("paragraph", "subject")


def _entries(facts: pl.DataFrame, **columns: pl.Expr | str) -> pl.DataFrame:
    """Rows of the contract: null in columns that a fact does not have, and graded by date."""
    rows = facts.with_columns(version=pl.lit(1), **columns)
    kinds = {name: column.dtype for name, column in Evidence.columns().items() if name not in rows.columns}
    full = rows.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in kinds.items())
    later = pl.when(pl.col("kind") == "statistic").then(pl.lit("figure")).otherwise(pl.lit("public_document"))
    grade = pl.when(shown_after()).then(later).otherwise(pl.lit("background"))
    return Evidence.cast(full.with_columns(grade=grade)).select(Evidence.column_names()).sort("id")


def _issuer(known: Mapping[str, Declaration]) -> pl.Expr:
    return pl.col("source").replace_strict({name: one.publisher for name, one in known.items()})


def _page(known: Mapping[str, Declaration]) -> pl.Expr:
    return pl.col("source").replace_strict({name: one.landing_page for name, one in known.items()})


def _page_of_instrument(known: Mapping[str, Declaration]) -> pl.Expr:
    """The page that a source declares for a single instrument, or null."""
    pages = {f"{name} {instrument}": page for name, one in known.items() for instrument, page in one.pages.items()}
    return pl.format("{} {}", "source", "instrument").replace_strict(pages, default=None, return_dtype=pl.String)


def address(column: str) -> pl.Expr:
    """The first complete address in a citation (parts are separated by `; `), or null."""
    parts = pl.col(column).str.split("; ")
    uncut = pl.element().filter(~pl.element().str.contains(CUT_SHORT, literal=True))
    first = parts.list.eval(uncut.str.extract(ADDRESS, 1).drop_nulls()).list.first()
    return pl.format("https://{}", first)


def reports(parsed: Sequence[Parsed], source: str) -> pl.DataFrame:
    """Entries of accepted reports, reviews, replies and corrections, sorted by id and version.

    Args:
        parsed: the accepted workbooks.
        source: the source's id.

    Returns:
        entries of the ledger (data.contract.Evidence).
    """
    rows = [_reported(one).with_columns(source=pl.lit(source)) for one in parsed]
    if not rows:
        return Evidence.create_empty()
    return Evidence.cast(pl.concat(rows).sort("id", "version")).select(Evidence.column_names())


def _reported(parsed: Parsed) -> pl.DataFrame:
    answers = pl.col("kind").is_in(["reply", "correction"])
    before = ~answers & (pl.col("period_to") < pl.lit(DECLARED, dtype=pl.Date))
    value = pl.format(STATED_VALUE, _plain(pl.col("value")))
    return parsed.rows.with_columns(
        grade=pl.when(before).then(pl.lit("background")).otherwise(pl.col("kind").replace_strict(GRADE)),
        kind=pl.col("kind").replace_strict(KIND),
        year=pl.col("date").dt.year(),
        note=value,
        release=pl.lit(parsed.release),
    )


def _plain(value: pl.Expr) -> pl.Expr:
    """A number as text; a whole one without decimals."""
    return pl.when(value == value.round()).then(value.cast(pl.Int64).cast(pl.String)).otherwise(value.cast(pl.String))
