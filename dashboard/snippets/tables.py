"""Where a snippet finds the tables of the snapshot, and how it begins. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.query.published import NEWEST, SOURCE


@dataclass(frozen=True)
class Tables:
    """Where the tables are: as files under their downloaded names, and `at` an address (empty where there is none)."""

    snapshot: str
    at: str = ""

    def file(self, table: str) -> str:
        """What a table is called when it has been downloaded."""
        return f"atalaya_{table}_{self.snapshot}.parquet"

    def read(self, *names: str) -> str:
        """The lines that every snippet begins with."""
        told = [f"# The same file: {self.at}/{self.snapshot}/{name}.parquet" for name in names if self.at]
        lines = [f"{name} = pl.read_parquet({said(self.file(name))})" for name in names]
        each = [line for pair in zip(told, lines, strict=True) for line in pair] if told else lines
        return "\n".join(["import polars as pl", "", *each, ""])

    def figures(self, edition: str, *others: str) -> str:
        """The table `observations`, as of an earlier release where one is asked for, and others."""
        if edition == NEWEST:
            return self.read("observations", *others)
        head = self.read(*dict.fromkeys(("observations", "vintages", "release_coverage", *others)))
        return f"""{head}
# As published in {edition}: of UNODC the newest release until then that covers the indicator and the year.
out = (pl.col("source") == {said(SOURCE)}) & (pl.col("release") <= {said(edition)})
decides = release_coverage.filter(out).group_by("indicator", "year").agg(pl.col("release").max())
then = vintages.filter(out).join(decides, on=["indicator", "year", "release"], how="semi")
others = observations.filter(pl.col("source") != {said(SOURCE)})
observations = pl.concat([others, then.select(others.columns)])
"""

    def flows(self, edition: str) -> str:
        """The table `flows`, likewise."""
        return self._of_release("flows", "flow_vintages", edition)

    def listed(self, edition: str) -> str:
        """The table `flow_coverage`, likewise."""
        return self._of_release("flow_coverage", "flow_coverage_vintages", edition)

    def _of_release(self, name: str, vintages: str, edition: str) -> str:
        if edition == NEWEST:
            return self.read(name)
        return f"""{self.read(name, vintages)}
# As published in {edition}.
then = {vintages}.filter(pl.col("as_of") == {said(edition)})
others = {name}.filter(pl.col("source") != {said(SOURCE)})
{name} = pl.concat([others, then.select(others.columns)])
"""


def said(words: str | Iterable[str]) -> str:
    """An id, or a list of ids, as Python writes them."""
    return json.dumps(words if isinstance(words, str) else list(words))
