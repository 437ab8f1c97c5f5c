"""A snapshot of more states and years: copies of real rows under other codes and years. For benchmarks, never shown."""

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import polars as pl

from data.place import HERE
from data.snapshot import Snapshot
from tests.sealing import seal

NAME = "9" * 12
# The years of most figures.
LAST, SPAN = 2023, 21
# The columns with codes of states: each group of states has a copy of the rows, and of flows each two groups.
STATES = ("area", "about", "actor")
ENDS = ("origin", "destination")


def put(home: Path, states: int, years: int) -> int:
    """Put a snapshot with so many states and years into a place.

    Returns:
        The rows of its tables.
    """
    root = home / NAME
    shutil.copytree(Snapshot.open(str(HERE)).root, root)
    own = pl.read_parquet(root / "areas.parquet")["area"].sort().to_list()
    others = pl.read_parquet(root / "countries.parquet")["area"].sort().to_list()
    shown = pl.read_parquet(root / "boundaries.parquet", columns=["area"])["area"].to_list()
    codes = [*own, *(code for code in others if code not in shown)][:states]
    groups = [dict(zip(own, codes[at : at + len(own)], strict=False)) for at in range(0, states, len(own))]
    total = 0
    for path in sorted(root.glob("*.parquet")):
        if path.stem == "countries":
            continue
        rows = pl.read_parquet(path)
        if "year" in rows.columns and years > SPAN:
            rows = rows.filter(pl.col("year").is_null() | pl.col("year").is_between(LAST - SPAN + 1, LAST))
        made = pl.concat(_copies(rows, groups, own))
        if "year" in rows.columns and years > SPAN:
            made = pl.concat(_earlier(made, shift) for shift in range(0, years, SPAN))
            made = made.filter(pl.col("year").is_null() | (pl.col("year") > LAST - years))
        made.write_parquet(path)
        total += made.height
    seal(root, id=NAME, created="2026-12-24T00:00:00Z")
    return total


def _copies(rows: pl.DataFrame, groups: list[dict[str, str]], own: list[str]) -> Iterator[pl.DataFrame]:
    """The rows for each group of states, and for each two if they have two ends."""
    two = set(ENDS) <= set(rows.columns)
    names = ENDS if two else tuple(name for name in STATES if name in rows.columns)
    if not names:
        yield rows
        return
    # What the files say of a country that is now a made-up state would stand beside its copies.
    made_up = [code for group in groups[1:] for code in group.values()]
    rows = rows.remove(pl.any_horizontal([_among(name, made_up) for name in names]))
    yield rows
    for first, second in product(groups, groups) if two else ((group, group) for group in groups[1:]):
        if first == second == groups[0]:
            continue
        codes = dict(zip(names, (first, second), strict=True)) if two else dict.fromkeys(names, second)
        # An end that is none of our states stays: such rows have one copy for each group of the other end.
        named = [_among(name, own) for name, group in codes.items() if group != groups[0]]
        # The last group may have fewer states.
        lost = [_among(name, [code for code in own if code not in group]) for name, group in codes.items()]
        every = pl.all_horizontal(named) if two else pl.any_horizontal(named)
        copied = rows.filter(every, ~pl.any_horizontal(lost))
        made = copied.with_columns(pl.col(name).replace(group) for name, group in codes.items())
        yield _named(made, f"{first[own[0]]}-{second[own[0]]}")


def _among(name: str, codes: list[str]) -> pl.Expr:
    return pl.col(name).is_in(codes).fill_null(value=False)


def _earlier(rows: pl.DataFrame, years: int) -> pl.DataFrame:
    """The rows in earlier years."""
    if not years:
        return rows
    shifted = rows.filter(pl.col("year").is_not_null()).with_columns((pl.col("year") - years).cast(rows.schema["year"]))
    return _named(shifted, str(years))


def _named(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """A copy of rows with other ids."""
    return rows.with_columns(pl.col(one) + f"-{name}" for one in ("id", "replies_to") if one in rows.columns)
