"""What the page of a state shows first: key figures, groups of victims, where its citizens are detected, its record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.routes import query as routes
from dashboard.subjects.states import query
from dashboard.subjects.states.victims import KNOWN, UNKNOWN, VICTIMS, Groups, Range, by_group
from data import manifest
from data.intervals import MASKED_BELOW

Row = Mapping[str, Any]
# The groups of a breakdown in the order of the page; `unknown` is shown apart.
GROUPS = {
    **KNOWN,
    "form": (
        *("sexual_exploitation", "forced_labour", "domestic_servitude", "forced_begging", "forced_criminal_activity"),
        *("forced_drug_trafficking", "child_sexual_exploitation", "child_soldiers", "forced_marriage", "organ_removal"),
        *("other", "other_or_unspecified"),
    ),
}
# The tenths that a group may surely exceed, the most first.
TENTHS = (9, 8, 7, 6)
# A latest figure so many years before the last of any state is an old one.
LATE = 3
# States report alike if they reported in as many years, this many more or fewer.
NEAR = 2


@dataclass(frozen=True)
class Latest:
    """The latest figure of an indicator and the one reported before it, as rows of `query.series`.

    `old` says that other states have figures of years long after it.
    """

    indicator: str
    row: Row
    before: Row | None
    old: bool = False


def key_figures() -> tuple[str, ...]:
    """The key figures of a state: detected victims and the response to them, in display order."""
    return manifest.counts("country")


def of_unodc(codes: Iterable[str]) -> tuple[str, ...]:
    """Those counts of which sentences that name UNODC speak: those of the source of detected victims."""
    return tuple(code for code in codes if manifest.indicators()[code].source == manifest.main_source())


@cached
def latest(snap: Tables, area: str, edition: str = NEWEST) -> tuple[Latest, ...]:
    """The key figures of a state; an indicator that it never reported is missing."""
    return _latest(snap, key_figures(), area, edition)


def latest_total(area: str, edition: str = NEWEST) -> Row | None:
    """The latest total of detected victims of a state; None without any."""
    return next((one.row for one in latest(area, edition) if one.indicator == VICTIMS), None)


@cached
def latest_others(snap: Tables, area: str, edition: str = NEWEST) -> tuple[Latest, ...]:
    """The latest figures of the other counts, such as offenses, for a state without a key figure."""
    return _latest(snap, tuple(code for code in manifest.counts() if code not in key_figures()), area, edition)


def _latest(snap: Tables, indicators: tuple[str, ...], area: str, edition: str) -> tuple[Latest, ...]:
    frames = query.state.of(snap, area, edition)
    reported = {code: frames[code].filter(pl.col("status").is_in(query.REPORTED)).tail(2) for code in indicators}
    return tuple(
        Latest(
            code,
            rows.row(-1, named=True),
            rows.row(0, named=True) if rows.height > 1 else None,
            rows["year"][-1] <= frames[code]["year"][-1] - LATE,
        )
        for code, rows in reported.items()
        if not rows.is_empty()
    )


@cached
def same(snap: Tables, area: str, edition: str = NEWEST) -> dict[tuple[str, ...], tuple[int, ...]]:
    """UNODC's key figures that are one number in some years, with these years; zeros and masked ones do not count.

    Counts of different things that agree year after year may be one count, entered twice.
    """
    frames = query.state.of(snap, area, edition)
    exact = pl.concat(
        frames[code].filter(pl.col("status") == "exact", pl.col("low") > 0).select("year", "low", code=pl.lit(code))
        for code in of_unodc(key_figures())
    )
    shared = exact.group_by("year", "low", maintain_order=True).agg("code").filter(pl.col("code").list.len() > 1)
    years: dict[tuple[str, ...], list[int]] = {}
    for year, codes in shared.sort("year").select("year", "code").iter_rows():
        years.setdefault(tuple(codes), []).append(year)
    return {codes: tuple(every) for codes, every in years.items()}


@cached
def shifted(snap: Tables, area: str, edition: str = NEWEST) -> dict[tuple[str, str], tuple[int, ...]]:
    """UNODC's key figures that another repeats one year later, with the years of the first.

    Figures below five do not count, nor does one year alone: they agree by chance.
    """
    frames = query.state.of(snap, area, edition)
    exact = {code: _exact(frames[code]) for code in of_unodc(key_figures())}
    found = {}
    for code, other in permutations(exact, 2):
        years = [year for year, n in exact[code].items() if exact[other].get(year + 1) == n >= MASKED_BELOW]
        # Numbers that also stand in the same year are named there.
        years = [year for year in years if any(one in years for one in (year - 1, year + 1))]
        if years and not all(exact[other].get(year) == exact[code][year] for year in years):
            found[code, other] = tuple(years)
    return found


def _exact(frame: pl.DataFrame) -> dict[int, float]:
    """The exact figures of a series by year."""
    return dict(frame.filter(pl.col("status") == "exact").select("year", "low").iter_rows())


@cached
def groups(snap: Tables, area: str, edition: str = NEWEST) -> tuple[Groups, ...]:
    """The victims of a state by sex, age and form, each of the latest year with a total and a victim in a known group.

    A breakdown without a known victim is missing.
    """
    rows = snap.observations(edition).filter(pl.col("area") == area, pl.col("indicator") == VICTIMS).collect()
    return tuple(one for dimension in GROUPS if (one := _groups(rows, dimension)))


@cached
def group_rows(snap: Tables, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The rows of the figures in `groups`, with source and release."""
    rows = snap.observations(edition).filter(pl.col("area") == area, pl.col("indicator") == VICTIMS).collect()
    schema = {name: rows.schema[name] for name in ("year", *query.DIMENSIONS)}
    keys = [cell(block, group) for block in groups.of(snap, area, edition) for group in block.shown]
    return rows.join(pl.DataFrame(keys, schema=schema, orient="row"), on=list(schema), how="semi")


def cell(block: Groups, group: str) -> tuple[int | str, ...]:
    """The key of a group's figure: year, sex, age, form."""
    return block.year, *(group if name == block.dimension else "total" for name in query.DIMENSIONS)


def _groups(rows: pl.DataFrame, dimension: str) -> Groups | None:
    every = by_group(rows, dimension, GROUPS[dimension]).values()
    usable = [one for one in every if one.total[1] > 0 and one.shown]
    if not usable:
        return None
    latest = max(usable, key=lambda one: one.year)
    rows = rows.filter(year=latest.year)
    printed = _printed_unknown(rows, dimension)
    both = printed.height == 1 and printed["sex"][0] == printed["age"][0] == UNKNOWN
    return replace(latest, unknown=_unknown(printed, latest), unknown_both=both)


def _printed_unknown(rows: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """The exact figures of victims of unknown sex, or age; none of other dimensions."""
    other = "age" if dimension == "sex" else "sex"
    printed = rows.filter(pl.col(other).is_in(["total", UNKNOWN]), pl.col("form") == "total", status="exact")
    return printed.filter(pl.col(dimension) == UNKNOWN)


def _unknown(printed: pl.DataFrame, block: Groups) -> Range | None:
    """How many victims are of no known group: as published, else the rest of the total where every figure is exact.

    A rest of masked figures would say more of them than the publisher does. Forms have no rest: they may overlap.
    """
    if block.dimension == "form":
        return None
    if not printed.is_empty():
        n = float(printed.select(pl.col("low").max()).item())
        return n, n
    clear = not block.unclear and not block.contested
    exact = clear and block.known[0] == block.known[1] and block.total[0] == block.total[1]
    rest = block.total[0] - block.known[0]
    return (rest, rest) if exact and rest >= 0 else None


@dataclass(frozen=True)
class Ends:
    """The other ends of a state's counted flows, the largest first.

    Attributes:
        rows: area, low, high, years, records and left_out (the questioned records that a sum lacks); one row a
            country.
        weight: how clearly the first leads: `only`, `tenths` (see there), `most` (more than all others together),
            `first` (more than any other), `several` (not known which), `few` (each is fewer than five in each of its
            years), or `none`.
        own_alone: of the victims that a state detected, the years whose lists name its own citizens alone; see
            `own_alone`.
    """

    rows: pl.DataFrame
    weight: str
    own_alone: Mapping[int, Range] = field(default_factory=dict)

    @property
    def first(self) -> Row | None:
        """The row of the largest; None without any."""
        return next(self.rows.iter_rows(named=True), None)

    @property
    def largest(self) -> float:
        """Twice the middle of the largest; 0 without any."""
        return self.first["low"] + self.first["high"] if self.first else 0.0

    @property
    def tenths(self) -> int:
        """Of ten victims the largest row surely has more than so many; 0 if not more than the least of `TENTHS`."""
        low, rest = self.rows["low"][:1].sum(), self.rows["high"][1:].sum()
        return next((n for n in TENTHS if low * (10 - n) > rest * n), 0)

    @property
    def known(self) -> Row | None:
        """The row of the largest with more than masked figures; None without any."""
        return next((row for row in self.rows.iter_rows(named=True) if not routes.few(row)), None)

    @property
    def every_year(self) -> list[int]:
        """The years of all rows, ascending."""
        return sorted({year for years in self.rows["years"] for year in years})

    def without(self, area: str) -> "Ends":
        """The other ends without one country."""
        return of_rows(self.rows.filter(pl.col("area") != area))


def ends(arrows: pl.DataFrame, position: str) -> Ends:
    """The countries at the other ends of counted arrows.

    Args:
        arrows: direct arrows as in `dashboard.subjects.routes.query.Arrows`, all with one state at `position`.
        position: `origin` (where its citizens were detected) or `destination` (whose citizens it detected).
    """
    other = "destination" if position == "origin" else "origin"
    columns = "low", "high", "years", "records", "left_out"
    kept = arrows.filter(~pl.col("questioned")).select(pl.col(other).alias("area"), *columns)
    rows = kept.sort(pl.col("low") + pl.col("high"), "area", descending=[True, False])
    return of_rows(rows)


@cached
def own_alone(snap: Tables, area: str, edition: str = NEWEST) -> dict[int, Range]:
    """The years for which UNODC lists citizens of a state, and of no other country, among the victims detected there.

    A figure that cannot be used counts as one: it may be above zero.

    Returns:
        by year, ascending, how many victims the list has besides, under labels that are no country.
    """
    listed = (pl.col("destination") == area) & (pl.col("evidence") == "counted")
    rows = snap.flows(edition).filter(listed, pl.col("high").is_null() | (pl.col("high") > 0))
    unclear = pl.col("low", "high").filter(pl.col("origin").is_null()).sum()
    # Neither `all` nor `any` minds a label that is no country.
    own = pl.col("origin") == area
    found = rows.group_by("year").agg(unclear, alone=own.all() & own.any()).filter("alone").sort("year").collect()
    return {year: (low, high) for year, low, high in found.select("year", "low", "high").iter_rows()}


def of_rows(rows: pl.DataFrame) -> Ends:
    """The other ends with their weight; rows as in `Ends`, the largest first."""
    if rows.is_empty():
        return Ends(rows, "none")
    lows, highs = rows["low"].to_list(), rows["high"].to_list()
    if all(map(routes.few, rows.iter_rows(named=True))):
        return Ends(rows, "few")
    if len(lows) == 1:
        return Ends(rows, "only")
    if lows[0] > sum(highs[1:]):
        return Ends(rows, "tenths" if Ends(rows, "").tenths else "most")
    return Ends(rows, "first" if lows[0] > max(highs[1:]) else "several")


@cached
def reported_years(snap: Tables, edition: str = NEWEST) -> dict[str, dict[str, tuple[int, ...]]]:
    """The years that each state reports, by key figure and state; a state without any has an empty tuple."""
    areas = snap.table("areas").select(pl.col("area").sort()).collect()["area"].to_list()
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for code in key_figures():
        rows = query.whole(snap.observations(edition), code).filter(pl.col("status").is_in(query.REPORTED))
        years = dict(rows.group_by("area").agg(pl.col("year").sort()).collect().iter_rows())
        found[code] = {area: tuple(years.get(area, ())) for area in areas}
    return found


@dataclass(frozen=True)
class ReportingRecord:
    """How regularly a state reports detected victims.

    Attributes:
        years: the years with a total; span: the first and the last year with a total of any state.
        alike: the other states that reported in as many years, `NEAR` more or fewer (for a state that never did: those
            that never did either), by code.
    """

    years: tuple[int, ...]
    span: tuple[int, int]
    alike: tuple[str, ...]


@cached
def record(snap: Tables, area: str, edition: str = NEWEST) -> ReportingRecord:
    """The reporting record of a state, and the states that report alike."""
    by_state = reported_years.of(snap, edition)[VICTIMS]
    mine, every = by_state[area], sorted({year for years in by_state.values() for year in years})
    near = NEAR if mine else 0
    alike = [
        one for one, years in by_state.items() if abs(len(years) - len(mine)) <= near and bool(years) == bool(mine)
    ]
    return ReportingRecord(mine, (every[0], every[-1]), tuple(one for one in alike if one != area))


@dataclass(frozen=True)
class PartsAlone:
    """What UNODC's data have on detected victims for the years without a total.

    Attributes:
        zeros: the years of which all figures by sex, age and form are zero.
        forms: by year the figure of the largest form, where one is not zero.
        lists: by year how many victims have a listed citizenship.
    """

    zeros: tuple[int, ...] = ()
    forms: Mapping[int, Range] = field(default_factory=dict)
    lists: Mapping[int, Range] = field(default_factory=dict)


@cached
def parts_alone(snap: Tables, area: str, edition: str = NEWEST) -> PartsAlone:
    """The figures of a state on detected victims for years without a total."""
    rows = snap.observations(edition).filter(pl.col("area") == area, pl.col("indicator") == VICTIMS)
    totals = rows.filter(query.WHOLE, pl.col("status").is_in(query.REPORTED)).select("year")
    parts = rows.join(totals, on="year", how="anti").filter(~query.WHOLE).collect().sort("year")
    by_year = parts.group_by("year", maintain_order=True).agg(
        most=pl.col("high").max(), unclear=pl.col("low").is_null().any()
    )
    zeros = by_year.filter(pl.col("most") == 0, ~pl.col("unclear"))["year"].to_list()
    alone = pl.all_horizontal(pl.col("sex", "age") == "total") & (pl.col("form") != "total")
    largest = (
        parts.filter(alone, pl.col("high") > 0)
        .sort("year", "low", "high", "form")
        .group_by("year", maintain_order=True)
    )
    forms = {year: (low, high) for year, low, high in largest.last().select("year", "low", "high").iter_rows()}
    covered = snap.table("flow_coverage").filter(pl.col("area") == area, pl.col("nationalities") > 0)
    listed = covered.join(totals, on="year", how="anti").select("year", "listed", "listed_high").sort("year").collect()
    # A range from zero does not say that anybody is listed.
    lists = {year: (low, high) for year, low, high in listed.iter_rows() if low}
    return PartsAlone(tuple(zeros), forms, lists)
