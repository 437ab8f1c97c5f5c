"""States and years that a source no longer has, unless a reviewed file gives the reason."""

from collections.abc import Iterator, Mapping

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import REFERENCE, Reviewed, read
from etl.checking.result import Check, Frames, none, of_sources, verdict
from etl.source_declaration import declarations

# By table: the columns that name a series, and those with countries (each gives its own series).
GIVEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "observations": (("indicator",), ("area",)),
    "flows": (("evidence",), ("origin", "transit", "destination")),
    "roles": (("role",), ("area",)),
    "instruments": (("instrument", "action"), ("area",)),
    "evidence": (("kind",), ("actor",)),
    "migrant_stock": ((), ("origin", "destination")),
    # What a new revision replaces is not lost.
    "migrant_stock_vintages": ((), ("origin", "destination")),
    "movements": (("kind",), ("origin", "destination")),
}

# Entries that repeat an act or a figure: its own loss is reported, and `etl.checking.recount` checks the entries.
SAID_AGAIN = ("treaty", "statistic")


def lost(frames: Frames, earlier: Frames, newest: Mapping[str, str]) -> Iterator[Check]:
    """The checks for states and years that a source's series no longer has, unless `losses.csv` says why.

    Args:
        newest: each source's newest release.
    """
    then, now = (_given(_own(tables)) for tables in (earlier, {name: frames[name] for name in earlier}))
    states, years = _gone(then, now, "area"), _gone(then, now, "year")
    # A state that is gone has no year left, and a whole year that is gone is not reported for each state.
    rest = then.join(states, on=["source", "series", "area"], how="anti")
    rest = rest.join(years, on=["source", "series", "year"], how="anti")
    declared = list(
        read(Losses, REFERENCE / Losses.FILE).with_columns(pl.col(pl.String).fill_null("")).iter_rows(named=True)
    )
    for what, gone in (("states", states), ("years", years), ("years of states", _gone(rest, now, "area", "year"))):
        left = [
            (source, f"{series} {lost}")
            for source, series, lost in gone.select("source", "series", "lost").iter_rows()
            if not any(
                (row["source"], row["what"]) == (source, lost)
                and row.get("series", "") in {"", series}
                and row.get("release", "") in {"", newest.get(source)}
                for row in declared
            )
        ]
        yield verdict(f"{what} lost", of_sources(left, "none lost"), none("none lost"), passed=not left)


def _own(frames: Frames) -> Frames:
    """The tables without entries that repeat other rows."""
    first = {"evidence": frames["evidence"].filter(~pl.col("kind").is_in(SAID_AGAIN))} if "evidence" in frames else {}
    return {**frames, **first}


def _given(frames: Frames) -> pl.DataFrame:
    """The content of the tables: source, series, area, year (null if a table has none)."""
    rows = [
        frame.select(
            "source",
            series=pl.concat_str(*series, *([pl.lit(end)] if ends[1:] else []), separator=" "),
            area=end,
            year=pl.col("year").cast(pl.String) if "year" in frame.columns else pl.lit(None, dtype=pl.String),
        )
        for name, frame in frames.items()
        for series, ends in [GIVEN[name]]
        for end in ends
    ]
    return pl.concat(rows).unique()


def _gone(then: pl.DataFrame, now: pl.DataFrame, *place: str) -> pl.DataFrame:
    """What is lost: source, series, the columns of `place`, and their words as `lost`."""
    key = ["source", "series", *place]
    gone = then.select(key).drop_nulls().unique().join(now, on=key, how="anti").sort(key)
    return gone.with_columns(lost=pl.concat_str(*place, separator=" "))


class Losses(Reviewed):
    """The file of losses that a person has explained.

    `what` is the loss as in the check (`PER`, `2020` or `PER 2020`), `series` the series (blank: any of the source),
    `release` the release without it (blank: any; a later release needs its own row).
    """

    FILE = "losses.csv"
    MAY_BE_EMPTY = True
    source = columns.text()
    series = columns.text(nullable=True)
    what = dy.String(
        nullable=False, regex="^([A-Z]{3}|[0-9]{4}|[A-Z]{3} [0-9]{4})$", description="PER, 2020 or PER 2020"
    )
    release = columns.text(nullable=True)
    reason = columns.text()

    @dy.rule()
    def declared(cls) -> pl.Expr:
        """The source is one that is declared in etl/sources."""
        return pl.col("source").is_in(list(declarations()))
