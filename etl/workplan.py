"""The table of the work plan's lines (`workplan_lines`)."""

import polars as pl

from data.contract import WorkplanLines
from etl.parsed import Parsed


def lines(parsed: Parsed, source: str) -> pl.DataFrame:
    """The lines of action and indicators as loaded, in the order of their file (data.contract.WorkplanLines).

    Args:
        parsed: as `etl.sources.oas_work_plan` reads them.
        source: their source's id.
    """
    told = parsed.rows.with_columns(source=pl.lit(source), release=pl.lit(parsed.release))
    return told.select(WorkplanLines.column_names())
