"""States' own registers beside the figures that a declaration names (`data.manifest.Indicator.beside`), year by year.

The two are compared and never added, averaged or put into one series. No register is known by name here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import query
from dashboard.subjects.states.standing import standing_of
from dashboard.subjects.states.victims import Range
from data import manifest

# From this many later years on, all on one side of an earlier figure, something is said of the way of a series.
ENOUGH_YEARS = 3
# Why a build leaves a part of a year out.
PART_OF_A_YEAR = "part_of_a_year"


@dataclass(frozen=True)
class ComparedYear:
    """The total of a register in a year, and what stands beside it.

    Attributes:
        own: the register's total; beside: UNODC's, None without a usable figure.
        parts: the sums of UNODC's parts that are more than its total, by `sex` and `age`.
        form: the form of exploitation whose figure alone is UNODC's total, although another form is above zero and the
            parts contradict the total; else empty.
    """

    year: int
    own: Range
    beside: Range | None = None
    parts: Mapping[str, Range] = field(default_factory=dict)
    form: str = ""

    @property
    def same(self) -> bool:
        """Whether the totals are one number."""
        return self.own == self.beside and self.own[0] == self.own[1]

    @property
    def differs(self) -> bool:
        """Whether the totals certainly differ."""
        return self.beside is not None and (self.own[0] > self.beside[1] or self.own[1] < self.beside[0])

    @property
    def contradicted(self) -> bool:
        """Whether UNODC's total differs and its own parts contradict it."""
        return self.differs and bool(self.parts)


@dataclass(frozen=True)
class StateRegister:
    """A register of a state.

    Attributes:
        indicator: its indicator; rows: its totals, rows of `observations` by year.
        years: each of these years compared.
        unfinished: the first and last month of each part of a year that is left out (`2025-01`, `2025-09`).
    """

    indicator: str
    rows: pl.DataFrame
    years: Sequence[ComparedYear]
    unfinished: Sequence[tuple[str, str]]

    @property
    def parted(self) -> tuple[ComparedYear, bool] | None:
        """The latest year after which both went opposite ways, and whether the register went up; or None.

        Every later total of one is below its own of that year, every later one of the other above, those of years
        without a total of UNODC, too. Nothing is said of totals that their parts contradict.
        """
        both = [(one, one.beside) for one in self.years if one.beside]
        for place in range(len(both) - ENOUGH_YEARS - 1, -1, -1):
            (first, beside), *later = both[place:]
            own = [one.own for one in self.years if one.year > first.year]
            ways = _way(first.own, own), _way(beside, [other for _, other in later])
            if set(ways) == {1, -1} and not any(one.parts for one, _ in both[place:]):
                return first, ways[0] == 1
        return None


def _way(first: Range, later: Sequence[Range]) -> int:
    """1 if all later figures are certainly above the first, -1 if all are below it, else 0."""
    above, below = all(low > first[1] for low, _ in later), all(high < first[0] for _, high in later)
    return int(above) - int(below)


@cached
def registers(snap: Tables, area: str, edition: str = NEWEST) -> tuple[StateRegister, ...]:
    """The registers of a state, in display order.

    Args:
        edition: that of the figures beside them.
    """
    found = []
    for code in manifest.registers():
        rows = query.whole(snap.observations(), code).filter(pl.col("area") == area, pl.col("low").is_not_null())
        if (totals := rows.sort("year").collect()).height:
            beside = pl.col("area") == area, pl.col("indicator") == manifest.indicators()[code].beside
            every = snap.observations(edition).filter(*beside).collect()
            years = [_year(row, every.filter(year=row["year"])) for row in totals.iter_rows(named=True)]
            found.append(StateRegister(code, totals, years, _unfinished(manifest.indicators()[code].source)))
    return tuple(found)


def _year(own: Mapping[str, float], rows: pl.DataFrame) -> ComparedYear:
    """A year compared.

    Args:
        own: the register's row; rows: all rows of the figures beside it, of its year.
    """
    year, total = int(own["year"]), (own["low"], own["high"])
    printed = rows.filter(query.WHOLE, pl.col("low").is_not_null())
    if printed.is_empty():
        return ComparedYear(year, total)
    low, high, contradicted = printed.select("low", "high", "contradicted").row(0)
    found = standing_of(rows.filter(form="total")) if contradicted else None
    return ComparedYear(year, total, (low, high), found.parts if found else {}, _form(rows, low) if found else "")


def _form(rows: pl.DataFrame, total: float) -> str:
    """The only form of exploitation with the number of the total, if another one is above zero; else empty."""
    forms = rows.filter(pl.all_horizontal(pl.col("sex", "age") == "total"), pl.col("form") != "total")
    same = forms.filter(pl.col("status") == "exact", pl.col("low") == total)["form"]
    more = forms.filter(pl.col("low") > 0).height > 1
    return str(same[0]) if same.len() == 1 and more and total > 0 else ""


def _unfinished(source: str) -> list[tuple[str, str]]:
    """The parts of years that the newest release of a source leaves out."""
    aside = [reason for release in manifest.entry(source)["releases"][-1:] for reason in release.get("set_aside", [])]
    parts = [one["detail"] for one in aside if one["reason"] == PART_OF_A_YEAR and "detail" in one]
    spans = [part.partition(":")[0].split("/") for part in parts]
    return [(span[0], span[-1]) for span in spans]


@cached
def rows(snap: Tables, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The figures of the registers of a state, by sex too, and those beside them (all years), for a file."""
    codes = [one.indicator for one in registers.of(snap, area, edition)]
    beside = {manifest.indicators()[code].beside for code in codes}
    mine = snap.observations().filter(pl.col("indicator").is_in(codes), pl.col("area") == area)
    figures = snap.observations(edition).filter(pl.col("indicator").is_in(beside), pl.col("area") == area)
    every = pl.concat([mine, figures.filter(pl.all_horizontal(pl.col("age", "form") == "total"))])
    return query.as_file(every.sort("year", "indicator", *query.DIMENSIONS))


def other_totals(area: str, indicator: str, year: int) -> list[tuple[str, Range]]:
    """What stands beside a total of a state: an indicator and its figure each; nothing for a figure of no register."""
    found = []
    for one in registers(area):
        code = manifest.indicators()[one.indicator].beside
        for compared in (compared for compared in one.years if compared.year == year):
            if indicator == one.indicator and compared.beside:
                found.append((code, compared.beside))
            elif indicator == code:
                found.append((one.indicator, compared.own))
    return found
