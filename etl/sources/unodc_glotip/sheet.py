"""The sheet that is being read: its errors and findings name file, sheet and row."""

from dataclasses import dataclass

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding

SOURCE = "unodc_glotip"
BLANK = "(blank)"


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook, and the release that its banner names."""

    file: str
    name: str
    release: str = ""

    def error(self, problem: str, row: int | None = None) -> SourceError:
        """The error about a row, or about the whole sheet."""
        return SourceError(problem, source=SOURCE, file=self.file, sheet=self.name, row=row)

    def locator(self, row: pl.Expr) -> pl.Expr:
        """Where a row is: sheet!row."""
        return pl.format("{}!{}", pl.lit(self.name), row)

    def findings(
        self,
        rows: pl.DataFrame,
        reason: str,
        label: pl.Expr,
        *,
        expected: tuple[str, ...] = (),
        set_aside: bool = True,
    ) -> list[Finding]:
        """A finding for each label of some rows; a label that is not expected is something to look at."""
        groups = rows.group_by(label.fill_null(BLANK).alias("label")).agg(
            pl.len(), first=self.locator(pl.col("row").min())
        )
        return [
            Finding(SOURCE, self.release, reason, name, n, set_aside, unexpected=name not in expected, first=first)
            for name, n, first in groups.sort("label").iter_rows()
        ]
