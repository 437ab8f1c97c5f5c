"""The highest and the lowest of the yearly figures of a state."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import query
from dashboard.subjects.states.victims import Range


@dataclass(frozen=True)
class Spread:
    """A state's figures of an indicator in time.

    Attributes:
        years: the years of each figure, the lowest figure first; all figures below five are one interval if any is
            masked.
    """

    indicator: str
    years: Mapping[Range, tuple[int, ...]]

    @property
    def every(self) -> list[int]:
        """The years reported, ascending."""
        return sorted(year for years in self.years.values() for year in years)

    @property
    def lowest(self) -> Range:
        """The lowest figure."""
        return min(self.years)

    @property
    def highest(self) -> Range:
        """The highest figure."""
        return max(self.years)


@cached
def spread(snap: Tables, area: str, indicator: str, edition: str = NEWEST) -> Spread | None:
    """The figures of an indicator that a state reported; None without any."""
    rows = query.series.of(snap, area, indicator, edition).filter(pl.col("status").is_in(query.REPORTED))
    return spread_of(indicator, rows) if rows.height else None


def spread_of(indicator: str, rows: pl.DataFrame) -> Spread:
    """The figures of rows with year, low, high and status; each is exact or masked."""
    masked = rows.filter(status="masked")
    few = (min(masked["low"]), max(masked["high"])) if masked.height else None
    years: dict[Range, list[int]] = {}
    for year, low, high in rows.sort("year").select("year", "low", "high").iter_rows():
        # A masked figure may be any of these.
        figure = few if few and few[0] <= low and high <= few[1] else (low, high)
        years.setdefault(figure, []).append(year)
    return Spread(indicator, {figure: tuple(years[figure]) for figure in sorted(years)})
