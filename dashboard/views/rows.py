"""The rows of a view: for download, citation and code. Pure.

The code is a few lines of Polars that read the rows from the downloaded tables. If a view adds up, compares or fills
gaps, the code gives the rows it is made of, and a comment says so.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.views.filters import Spec
from data.manifest import main_source

Collect = Callable[[], pl.DataFrame]
# File systems take names of 255 bytes; the snapshot and an ending follow.
LONGEST = 120
# For each indicator and year, the newest release up to the edition that covers both.
FIGURES_AS_OF = """# As published in {edition}.
then = (pl.col("source") == "{source}") & (pl.col("release") <= "{edition}")
newest = release_coverage.filter(then).group_by("indicator", "year").agg(pl.col("release").max())
then = vintages.filter(then).join(newest, on=["indicator", "year", "release"], how="semi")
observations = pl.concat([observations.filter(pl.col("source") != "{source}"), then], how="diagonal")"""
FLOWS_AS_OF = """# As published in {edition}.
then = {earlier}.filter(pl.col("as_of") == "{edition}").drop("as_of")
{table} = pl.concat([{table}.filter(pl.col("source") != "{source}"), then], how="diagonal")"""
# Conditions that several subjects have, and a comment.
TOTALS = 'pl.all_horizontal(pl.col("sex", "age", "form") == "total")'
NO_REPEATS = 'pl.col("repeat_of").is_null()'
COUNTING_UNIT = "The view also has the unit of count, which is not stated unless a reviewed document shows it."
# For an earlier release: the additional tables, and the lines that combine them.
EARLIER: dict[str, tuple[tuple[str, ...], str]] = {
    "observations": (("vintages", "release_coverage"), FIGURES_AS_OF),
    "flows": (("flow_vintages",), FLOWS_AS_OF),
    "flow_coverage": (("flow_coverage_vintages",), FLOWS_AS_OF),
}


@dataclass(frozen=True)
class Snippet:
    """The rows of a table that a view shows or is made of, as code.

    Attributes:
        table: its name in the snapshot.
        conditions: the filters of the rows, as Python code.
        comment: how the view differs from these rows; empty if it does not.
        edition: the release of UNODC as of which the table is read (`dashboard.editions`).
        latest: columns; for each combination of their values, only the rows of the latest year.
    """

    table: str
    conditions: tuple[str, ...] = ()
    comment: str = ""
    edition: str = NEWEST
    latest: tuple[str, ...] = ()

    def text(self, snapshot: str, api: str = "") -> str:
        """The lines of code.

        Args:
            snapshot: its id, which is part of the names of downloaded files.
            api: the address of the tables on this server, if known.
        """
        others, as_of = EARLIER[self.table] if self.edition != NEWEST else ((), "")
        lines = ["import polars as pl", ""]
        for name in (self.table, *others):
            lines += [f"# The same file: {api}/{snapshot}/{name}.parquet"] if api else []
            lines += [f"{name} = pl.read_parquet({quoted(f'atalaya_{name}_{snapshot}.parquet')})"]
        if others:
            lines += [as_of.format(table=self.table, earlier=others[0], edition=self.edition, source=main_source())]
        lines += [f"# {self.comment}"] if self.comment else []
        newest = f'pl.col("year") == pl.col("year").max().over({quoted(self.latest)})'
        steps = [",\n    ".join(self.conditions), newest if self.latest else ""]
        filters = "".join(f".filter(\n    {step},\n)" for step in steps if step)
        return "\n".join([*lines, f"rows = {self.table}{filters}", ""])


@dataclass(frozen=True)
class Rows:
    """The rows of a view, for download, citation and code.

    Attributes:
        name: an id of the view and its filters, safe as a file name.
        title: the heading in the reader's language.
        page: the slug of the page that shows them.
        rows: collects the rows.
        specs: the filters of the page that select the rows; they make up the link.
        code: the rows of the tables that they come from; None if they come from no table.
        sources: the sources, if the rows have no column of sources.
        key: the name of the view's block on the page, independent of the filters; empty for `name`.
        cells: collects source, release and year of what the rows are made of, if the rows do not have these columns.
    """

    name: str
    title: str
    page: str
    rows: Collect
    specs: tuple[Spec[Any], ...] = ()
    code: Snippet | None = None
    sources: tuple[str, ...] = ()
    key: str = ""
    cells: Collect | None = None

    @property
    def block(self) -> str:
        """The name of the view's block on the page: it stays open when the filters change."""
        return self.key or self.name


def file_name(*parts: object) -> str:
    """A file name made of ids, without empty parts; a long name is cut and gets a checksum."""
    name = "_".join(re.sub(r"[^A-Za-z0-9.+-]", "_", str(part)) for part in parts if part)
    mark = sha256(name.encode()).hexdigest()[:8]
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 9]}_{mark}"


def since(edition: str) -> str:
    """The part of a file name for an earlier release; empty for the newest."""
    return "" if edition == NEWEST else f"as-of-{edition}"


def has(column: str | Sequence[str], value: str | Sequence[str]) -> str:
    """The condition that a column, or each of several, has an id or one of several ids."""
    test = f" == {quoted(value)}" if isinstance(value, str) else f".is_in({quoted(value)})"
    return f"pl.col({quoted(column)}){test}"


def places(areas: Sequence[str], years: tuple[int, int]) -> Iterator[str]:
    """The conditions for states, if any are named, and for years."""
    if areas:
        yield has("area", areas)
    yield f'pl.col("year").is_between({years[0]}, {years[1]})'


def quoted(value: str | Sequence[str]) -> str:
    """An id, or a list of ids, as Python writes them."""
    return json.dumps(value if isinstance(value, str) else list(value))
