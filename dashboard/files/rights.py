"""What of a snapshot may be passed on: obeyed by every file and answer that leaves the dashboard."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

Manifest = Mapping[str, Any]
PASSED_ON = frozenset({"rows", "derived"})


def withheld(manifest: Manifest) -> tuple[str, ...]:
    """The sources of which nothing may be passed on, by name; a word that is not known lets nothing pass."""
    return tuple(sorted(told["name"] for told in manifest["sources"] if told["redistribute"] not in PASSED_ON))


def tables(manifest: Manifest) -> dict[str, int]:
    """The tables that may be passed on, each with its rows (those of withheld sources still among them).

    A table that names no source for each row goes as a whole, or not at all.
    """
    barred = withheld(manifest)
    closed = {table for told in manifest["sources"] if told["name"] in barred for table in told["tables"]}
    held = {told["name"]: (int(told["rows"]), _columns(told)) for told in manifest["resources"]}
    return {name: rows for name, (rows, columns) in held.items() if "source" in columns or name not in closed}


def passed_on(rows: pl.LazyFrame, barred: Iterable[str]) -> pl.LazyFrame:
    """The rows without those of the sources named, and without what was computed from these."""
    names, schema = list(barred), rows.collect_schema()
    own = [pl.col("source").is_in(names)] if "source" in schema else []
    several = [pl.col("sources").list.set_intersection(names).list.len() > 0] if "sources" in schema else []
    made = [_made_from(schema["inputs"], names)] if "inputs" in schema else []
    rests = [one.fill_null(value=False) for one in (*own, *several, *made)]
    return rows.filter(~pl.any_horizontal(rests)) if names and rests else rows


def _made_from(kind: pl.DataType, names: list[str]) -> pl.Expr:
    """Whether a figure was computed from a cell of one of these sources; a cell may be told as one text."""
    cell = pl.element()
    struct = isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct)
    source = cell.struct.field("source") if struct else cell.str.splitn(" ", 2).struct.field("field_0")
    return pl.col("inputs").list.eval(source.is_in(names)).list.any()


def _columns(resource: Mapping[str, Any]) -> set[str]:
    return {field["name"] for field in resource["schema"]["fields"]}
