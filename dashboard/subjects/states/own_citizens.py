"""A break in a state's series: from one list to the next it begins to count its own citizens among the victims."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import query
from dashboard.subjects.states.victims import VICTIMS, Range
from dashboard.words import countries
from data.i18n import Language

# A list that goes from fewer own citizens than the first to at least the second has a break.
FEW = 5
MANY = 100
MOST = 0.5
# The series that have it.
BROKEN = (VICTIMS, query.measured(VICTIMS, "rate"))


@dataclass(frozen=True)
class Break:
    """Two years that follow one another among a state's lists, and how many of its own citizens it listed in them.

    Attributes:
        before, after: the two years.
        own: how many own citizens were listed in the year before, the year after and the last year, by year.
    """

    before: int
    after: int
    own: Mapping[int, Range]


@cached
def break_in(snap: Tables, area: str, edition: str = NEWEST) -> Break | None:
    """The first break in the lists of a state; None without one."""
    mine = pl.col("origin") == area, pl.col("destination") == area, pl.col("evidence") == "counted"
    own = snap.flows(edition).filter(*mine).group_by("year").agg(pl.col("low", "high").sum())
    lists = snap.flow_coverage(edition).filter(pl.col("area") == area).select("year", "listed", "total_high")
    return break_of(own.join(lists, on="year", how="left", validate="1:1").sort("year").collect())


def break_of(own: pl.DataFrame) -> Break | None:
    """The first break in a list of own citizens; in the order of years.

    Args:
        own: year, low, high, listed (all citizens of the list) and total_high (the total).
    """
    rows = own.select("year", "low", "high", "listed", "total_high").rows()
    for (before, *few, listed, total), (after, *many, _, _) in pairwise(rows):
        # A short list does not say that few of the victims were own citizens.
        whole = total is not None and listed is not None and listed >= MOST * total
        if whole and few[1] < FEW and many[0] >= MANY:
            last, *latest = rows[-1][:3]
            ends = {before: few, after: many, last: latest}
            return Break(before, after, {year: (low, high) for year, (low, high) in ends.items()})
    return None


@cached
def compared(snap: Tables, indicator: str, area: str, edition: str = NEWEST) -> int:
    """The first year of a state's series that is compared with the latest: the one after a break; 0 without one."""
    found = break_in.of(snap, area, edition) if indicator in BROKEN else None
    return found.after if found else 0


def apart(indicator: str, area: str) -> tuple[int, ...]:
    """The year after a break in the totals of a state's victims, or in their rates: no line leads to it."""
    return (*filter(None, [compared(indicator, area)]),)


def notes(lang: Language, rows: pl.DataFrame) -> list[str]:
    """The breaks in the series of a chart, by state.

    Args:
        rows: indicator, area.
    """
    areas = lang.sorted_countries(rows.filter(pl.col("indicator").is_in(BROKEN))["area"].unique())
    breaks = {area: found for area in areas if (found := break_in(area))}
    return [
        # Translators: of a line in a chart; it is not certain that the change explains the rise.
        lang.text(
            "The line {of_state} is broken between {before} and {after}: who is counted may have changed.",
            of_state=countries.of(lang, area),
            before=found.before,
            after=found.after,
        )
        for area, found in breaks.items()
    ]


def words(lang: Language, found: Break | None) -> str:
    """What a break may mean; empty without one."""
    if found is None:
        return ""
    _, *later = (
        lang.text("{figure} for {year}", figure=lang.between(*figure), year=year) for year, figure in found.own.items()
    )
    # Translators: the victims are those that the state detected; UNODC does not say why the lists changed. {later} is
    # one or two figures with their years.
    return lang.text(
        "Part of the rise in the totals since {before} may come from a change in who is counted: UNODC lists fewer "
        "than five of the country’s own citizens among the victims for {before}, but {later}.",
        before=found.before,
        later=lang.listing(later),
    )


def at_line(lang: Language, found: Break | None, *, why: bool = True) -> str:
    """What a figure says at the line of a break; empty without one.

    Args:
        why: whether there is room to say what may be its cause.
    """
    if found is None:
        return ""
    # Translators: at a line between two years of a chart.
    where = lang.text("Break, {before}/{after}", before=found.before, after=found.after)
    # Translators: of a break; it is not certain that the change explains the rise.
    return lang.labeled(where, lang.text("perhaps a change in who is counted")) if why else where
