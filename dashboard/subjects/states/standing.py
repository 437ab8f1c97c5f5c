"""How the latest figure of a state stands among its other yearly figures: the strongest thing that is certain.

A masked figure may be any number under its mask, and a total that its own parts contradict any number up to their sum;
one that a form contradicts may be any number from there on.
What is said is true for every one of them; where little could be, those totals are left out by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import own_citizens, query
from dashboard.subjects.states.victims import VICTIMS, Range, sum_of, sums_of_parts
from data.intervals import MASKED_BELOW

# With fewer of the latest figures nothing is said of them alone.
FEWEST = 4


@dataclass(frozen=True)
class Standing:
    """The latest figure of an indicator among those of all years.

    Attributes:
        kind: the first of these that is certain. `contradicted`: its own parts contradict it; `only`: there is no
            other; `other`: there is one other; `same`: all are one number; `few`: all are below five; `highest` or
            `lowest` of all; `none_higher` or `none_lower`; `high` or `low`: the highest or lowest of the latest years
            with a figure; `above` or `below`: each of the latest figures is above, or below, each of those before
            them (`earlier`); `between` the lowest and the highest.
        years: the years of which this is said, ascending, the latest last.
        earlier: of `above` and `below` the years with which those are compared, ascending.
        lowest, highest: the ends of all figures; all those that may be masked alike are one interval.
        at: the years of the highest figure.
        before: of `high` and `low` the year before those years, with its figure, unless its parts contradict it.
        doubted: the years whose totals their parts contradict, ascending.
        left_out: whether these do not count.
        unusable: the years with a total that cannot be used, ascending.
        parts: of `contradicted` the sums of the parts that are more than the figure, by `sex` and `age`.
        forms: of `contradicted` the form that is more than the figure, or the one that equals it and then another that
            is above zero; each with its own figure.
    """

    kind: str
    years: tuple[int, ...]
    lowest: Range
    highest: Range
    at: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    before: tuple[int, Range] | None = None
    doubted: tuple[int, ...] = ()
    left_out: bool = False
    unusable: tuple[int, ...] = ()
    parts: Mapping[str, Range] = field(default_factory=dict)
    forms: Mapping[str, Range] = field(default_factory=dict)


@cached
def standing(snap: Tables, area: str, indicator: str, edition: str = NEWEST) -> Standing | None:
    """The standing of the latest figure of an indicator of a state; None without a figure.

    Victims are compared from a break in who is counted on, if the state has one (`own_citizens`).
    """
    rows = _figures(snap, indicator, edition).filter(pl.col("area") == area)
    since = own_citizens.compared.of(snap, indicator, area, edition)
    return standing_of(rows.filter(pl.col("year") >= since).collect())


@cached
def ends(snap: Tables, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """The most that each total may be that its parts contradict: area, year, most.

    In a sum of states a total without an end would leave nothing to say. So the largest sum of its parts is its end; if
    a form contradicts it, all forms together count as well, as each victim has at least one.
    """
    rows = _figures(snap, indicator, edition)
    totals = query.whole(rows, indicator).filter("contradicted", pl.col("status").is_in(query.REPORTED))
    found = []
    for area, year, low, high in totals.select("area", "year", "low", "high").collect().iter_rows():
        mine = rows.filter(pl.col("area") == area, pl.col("year") == year).collect()
        parts = [*sums_of_parts(mine).values(), *([sum_of(_of_form(mine))] if _forms(mine, (low, high)) else [])]
        found.append((area, year, max([high, *(most for _, most in parts)])))
    return pl.DataFrame(found, schema={"area": pl.String, "year": pl.Int16, "most": pl.Float64}, orient="row")


@cached
def region(snap: Tables, measure: str, year: int, edition: str = NEWEST) -> pl.DataFrame:
    """The figures of detected victims of the states that have one for a year, and the most that each may be.

    Args:
        measure: `count` or `rate`.

    Returns:
        area, contradicted, low, high, most: `most` is above `high` where the parts of a total contradict it.
    """
    counts = query.region.of(snap, VICTIMS, year, edition).select("area", count="high")
    found = query.region.of(snap, query.measured(VICTIMS, measure), year, edition).drop_nulls("low")
    totals = ends.of(snap, VICTIMS, edition).filter(year=year).select("area", total="most")
    beside = found.join(counts, on="area", validate="1:1").join(totals, on="area", how="left", validate="1:1")
    most = pl.col("high") * (pl.col("total") / pl.col("count")).fill_null(1)
    return beside.select("area", "contradicted", "low", "high", most=most)


def _figures(snap: Tables, indicator: str, edition: str) -> pl.LazyFrame:
    """The totals of an indicator and their parts, by form only of victims."""
    # Somebody may be convicted of several forms; a victim is one person, in one total.
    wanted = (pl.col("form") == "total") | (pl.col("indicator") == VICTIMS)
    return snap.observations(edition).filter(pl.col("indicator") == indicator, wanted)


@cached
def doubted(snap: Tables, area: str, indicator: str, edition: str = NEWEST) -> tuple[int, ...]:
    """The years of which the total of an indicator of a state is contradicted by its parts."""
    totals = query.whole(_figures(snap, indicator, edition), indicator).filter(pl.col("area") == area, "contradicted")
    return tuple(totals.filter(pl.col("status").is_in(query.REPORTED)).select(pl.col("year").sort()).collect()["year"])


def standing_of(rows: pl.DataFrame) -> Standing | None:
    """The standing of the latest total among rows of `observations` of one state and indicator.

    Args:
        rows: totals, those by sex and by age, and by form if a form can contradict a total.
    """
    reported = pl.col("status").is_in(query.REPORTED)
    totals = rows.filter(query.WHOLE, reported).sort("year")
    if totals.is_empty():
        return None
    years = tuple(totals["year"])
    more = {year: sums_of_parts(rows.filter(year=year)) for year in totals.filter("contradicted")["year"]}
    printed: dict[int, Range] = {
        year: (low, high) for year, low, high in totals.select("year", "low", "high").iter_rows()
    }
    figures = dict(zip(years, _merged([*printed.values()]), strict=True))
    lowest, highest = min(figures.values()), max(figures.values())
    at = tuple(year for year in years if figures[year] == highest)
    unusable = tuple(rows.filter(query.WHOLE, ~reported)["year"].sort())
    found = Standing("between", years, lowest, highest, at, doubted=tuple(more), unusable=unusable)
    forms = {year: _forms(rows.filter(year=year), printed[year]) for year in more}
    if (last := years[-1]) in more:
        parts = {by: total for by, total in more[last].items() if total[0] > printed[last][1]}
        return replace(found, kind="contradicted", parts=parts, forms=forms[last])
    # What a contradicted total may be: from what is printed to the largest sum of its parts, or without an end.
    ends = {
        year: (low, inf if forms.get(year) else max([high, *(most for _, most in more.get(year, {}).values())]))
        for year, (low, high) in printed.items()
    }
    kind, n = _kind([*ends.values()], firm=not more)
    if kind:
        earlier = next((year for year in years[:-n][-1:] if year not in more), None)
        return replace(found, kind=kind, years=years[-n:], before=earlier and (earlier, figures[earlier]))
    if level := _level([*ends.values()]):
        kind, n, k = level
        return replace(found, kind=kind, years=years[-n:], earlier=years[-n - k : -n])
    if any(figures[year] in {lowest, highest} or ends[year][1] >= highest[1] for year in more):
        sure = standing_of(rows.filter(~pl.col("year").is_in([*more])))
        return sure and replace(sure, doubted=tuple(more), left_out=True)
    return found


def _kind(figures: list[Range], *, firm: bool) -> tuple[str, int]:
    """What is certain of the last of some figures, and of how many of the last; empty if nothing of these is.

    Args:
        firm: whether no figure is contradicted.
    """
    *others, (low, high) = figures
    n = len(figures)
    above, below = _run([most < low for _, most in others]), _run([least > high for least, _ in others])
    kinds = {
        "only": n == 1,
        "other": firm and n == len(("the other", "the last")),
        "same": len(set(figures)) == 1 and low == high,
        "few": max(most for _, most in figures) < MASKED_BELOW,
        "highest": above == len(others),
        "lowest": below == len(others),
        "none_higher": all(most <= low for _, most in others),
        "none_lower": all(least >= high for least, _ in others),
        "high": above + 1 >= FEWEST,
        "low": below + 1 >= FEWEST,
    }
    kind = next((name for name, certain in kinds.items() if certain), "")
    return kind, {"high": above + 1, "low": below + 1}.get(kind, n)


def _level(figures: list[Range]) -> tuple[str, int, int] | None:
    """Whether at least two of the last figures are all above, or all below, at least four before them.

    Returns:
        `above` or `below`, how many are last, and how many are before them: of all pairs the one with the most
        comparisons. None without one.
    """
    found = []
    for n in range(len(figures) - FEWEST, 1, -1):
        others, last = figures[:-n], figures[-n:]
        low, high = min(least for least, _ in last), max(most for _, most in last)
        found += [("above", n, _run([most < low for _, most in others]))]
        found += [("below", n, _run([least > high for least, _ in others]))]
    return max((one for one in found if one[2] >= FEWEST), key=lambda one: one[1] * one[2], default=None)


def _run(test: list[bool]) -> int:
    """How many of the last values are true, one after another."""
    return next((n for n, passed in enumerate(reversed(test)) if not passed), len(test))


def _merged(figures: list[Range]) -> list[Range]:
    """The figures; all that lie under a mask are that mask, as each may be any number of it."""
    masks = [one for one in figures if one[0] < one[1]]
    if not masks:
        return figures
    few = min(low for low, _ in masks), max(high for _, high in masks)
    return [few if few[0] <= low and high <= few[1] else (low, high) for low, high in figures]


def _of_form(rows: pl.DataFrame) -> pl.DataFrame:
    """The figures by form, the highest first."""
    whole = pl.all_horizontal(pl.col("sex", "age") == "total")
    found = rows.filter(whole, pl.col("form") != "total").drop_nulls("low")
    return found.sort("low", "form", descending=[True, False])


def _forms(rows: pl.DataFrame, total: Range) -> dict[str, Range]:
    """The form that is more than the total of a year, or that equals it and then another one above zero; else none."""
    every: dict[str, Range] = {
        form: (low, high) for form, low, high in _of_form(rows).select("form", "low", "high").iter_rows()
    }
    if above := next((form for form, (low, _) in every.items() if low > total[1]), ""):
        return {above: every[above]}
    same = next((form for form, figure in every.items() if figure == total and total[0] == total[1] > 0), "")
    other = next((form for form, (low, _) in every.items() if form != same and low > 0), "")
    return {same: every[same], other: every[other]} if same and other else {}
