"""The detected victims of a year by sex, age or form of exploitation, and the share of each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from dashboard.subjects.states import query
from data import manifest

Range = tuple[float, float]
VICTIMS = manifest.VICTIMS
UNKNOWN = "unknown"
# The groups that share no person.
KNOWN = {"sex": ("female", "male", "other"), "age": ("0-17", "18+")}
# Of fewer victims no shares are given: one victim more or less would change each by five points or more.
FEWEST = 20


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The detected victims of a year by sex, age or form, of one state or of several together.

    Attributes:
        dimension: `sex`, `age` or `form`.
        year: the year of all figures.
        figures: the figure of each known group that has one, in the order of the page.
        total: all victims of the states whose groups these are.
        unknown: how many victims are of no known group; None where that is not known.
        unclear: the groups whose figure cannot be used, e.g. several figures under one label.
        contradicted: whether any figures of the same release contradict the total.
        contested: the groups whose figure others contradict, each with the largest sum of its figures by another
            breakdown: of an age, by sex.
        unknown_both: whether neither sex nor age is known of the unknown: they are one row of the source.
    """

    dimension: str
    year: int
    figures: Mapping[str, Range]
    total: Range
    unknown: Range | None = None
    unclear: tuple[str, ...] = ()
    contradicted: bool = False
    contested: Mapping[str, Range] = field(default_factory=dict)
    unknown_both: bool = False

    @property
    def shown(self) -> dict[str, Range]:
        """The groups that may have a victim."""
        return {name: figure for name, figure in self.figures.items() if figure[1] > 0}

    @property
    def known(self) -> Range:
        """The victims of whom a group is a share: those whose sex or age is known; of forms, which may overlap, all."""
        return self.total if self.dimension == "form" else summed(self.figures.values())

    @property
    def all_known(self) -> bool:
        """Whether the known groups have all victims; not where the total lacks those of no known group."""
        return self.known == self.total and self.fits

    @property
    def exceeds(self) -> bool:
        """Whether the groups contradict the total: more victims by sex, by age, or of one form, than in all."""
        least = [low for low, _ in self.figures.values()]
        return (max(least, default=0.0) if self.dimension == "form" else sum(least)) > self.total[1]

    @property
    def doubted(self) -> bool:
        """Whether the victims of whom a group is a share are a total that other figures contradict."""
        return self.contradicted and self.known == self.total

    @property
    def fits(self) -> bool:
        """Whether the victims of no known group can be among the total beside those of the known groups."""
        return self.unknown is None or self.known[0] + self.unknown[0] <= self.total[1]

    def share(self, group: str) -> Range | None:
        """The share of a group among `known` in percent, no narrower than the figures allow.

        None if the groups exceed the total, if `known` or a group is contradicted, if a sex or an age is unclear, or if
        fewer than `FEWEST` may be known.
        """
        low, high = self.figures[group]
        least, most = self.known
        forms = self.dimension == "form"
        wrong = self.exceeds or self.doubted or self.contested
        if wrong or least < FEWEST or (self.unclear and not forms):
            return None
        if not forms:
            # The other groups may be at their most while this one is at its least, and the other way round.
            least, most = least - low + high, most - high + low
        return percent(low, most), percent(high, max(least, high))


def percent(part: float, whole: float) -> float:
    """A part in percent of a whole; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def summed(figures: Iterable[Range]) -> Range:
    """The sum of intervals."""
    lows, highs = zip((0.0, 0.0), *figures, strict=True)
    return float(sum(lows)), float(sum(highs))


def sum_of(rows: pl.DataFrame) -> Range:
    """The sum of the figures of rows."""
    return summed(rows.select("low", "high").iter_rows())


def by_group(rows: pl.DataFrame, dimension: str, names: Sequence[str]) -> dict[tuple[str, int], Groups]:
    """The groups of each state and year with a total.

    Args:
        rows: observations of detected victims.
        dimension: `sex`, `age` or `form`.
        names: the known groups, in the order of the page.
    """
    others = [name for name in query.DIMENSIONS if name != dimension]
    single = rows.filter(pl.all_horizontal(pl.col(others) == "total"))
    totals = single.filter(pl.col(dimension) == "total", pl.col("status").is_in(query.REPORTED))
    cells = {
        (area, year, name): (low, high)
        for area, year, name, low, high in single.select("area", "year", dimension, "low", "high").iter_rows()
    }
    contested = single.filter("contradicted", pl.col(dimension).is_in(names)).select("area", "year", dimension)
    sums = {}
    for area, year, name in contested.iter_rows():
        group = rows.filter(pl.col("area") == area, pl.col("year") == year, pl.col(dimension) == name)
        # All of them are of this group.
        sums[area, year, name] = max(sums_of_parts(group.with_columns(pl.lit("total").alias(dimension))).values())
    found = {}
    for area, year, low, high, doubted in totals.select("area", "year", "low", "high", "contradicted").iter_rows():
        mine = {name: cells[area, year, name] for name in names if (area, year, name) in cells}
        figures = {name: figure for name, figure in mine.items() if figure[0] is not None}
        unclear = tuple(name for name in mine if name not in figures)
        found[area, year] = Groups(
            dimension=dimension,
            year=year,
            figures=figures,
            total=(low, high),
            unclear=unclear,
            contradicted=doubted,
            contested={name: sums[area, year, name] for name in figures if (area, year, name) in sums},
        )
    return found


def sums_of_parts(rows: pl.DataFrame) -> dict[str, Range]:
    """The sums of the known groups of a year by sex and by age; a group without a figure counts nothing."""
    other = {"sex": "age", "age": "sex"}
    found = {}
    for by, names in KNOWN.items():
        mine = pl.col(by).is_in(names), pl.col(other[by]) == "total", pl.col("form") == "total"
        groups = rows.filter(*mine).drop_nulls("low")
        if groups.height:
            found[by] = sum_of(groups)
    return found
