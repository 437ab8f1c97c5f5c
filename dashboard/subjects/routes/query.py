"""Routes: counted victims by citizenship or routes stated in reports, never both in one answer.

An arrow is one leg between two countries over the selected years; domestic trafficking is a leg from a country to
itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from data.releases import order

EvidenceKind = Literal["counted", "stated"]
# The ends of a counted flow: those that a state can be at.
DIRECTIONS = ("destination", "origin")
POSITIONS = ("any", "origin", "transit", "destination")
CITED = ("source", "release", "locator")
LABELS = ("origin_label", "transit_label", "destination_label")
# The note on a statement that the coders of the source marked.
FLAGGED = "flagged_by_the_coders"
# A role of a state, and the columns of `roles`.
OF_ROLE = ("area", "role")
ROLE = (*OF_ROLE, "stated", "year", "year_basis", "source", "release", "locator", "note", "silent")
# The publisher masks figures below five.
MASKED_MOST = 4
LEG_KEY = ("origin", "destination", "leg", "transit", "questioned")


@dataclass(frozen=True)
class FlowFilter:
    """A selection of flows.

    Attributes:
        evidence: `counted` or `stated`; never both.
        areas: ISO3 of the selected states; empty for all.
        position: where those states must stand in a route: one of POSITIONS.
        first, last: years, both included (report years for stated routes).
        forms: forms of exploitation, stated routes only; empty for all.
        minimum: arrows that cannot reach this many persons or statements are left out.
        questioned: whether to draw questioned flows.
        agreement: only pairs that both kinds of evidence name (`both`), or this kind alone (`alone`); `any` for all.
        transit: only routes through a transit state (described routes only; counted victims have no transit).
        domestic: whether to include domestic trafficking; it does not count toward `limit`.
        limit: how many arrows to draw, the largest first; half as many legs through a transit state come with them.
        edition: show the flows as of this release (`dashboard.editions`).
    """

    evidence: EvidenceKind = "counted"
    areas: tuple[str, ...] = ()
    position: str = "any"
    first: int = 1900
    last: int = 2100
    forms: tuple[str, ...] = ()
    minimum: int = 1
    questioned: bool = False
    agreement: str = "any"
    transit: bool = False
    domestic: bool = True
    limit: int = 10
    edition: str = NEWEST


# Files and code have their own wording for these fields; any other field appears under its name.
_WORDED = (
    *("evidence", "areas", "position", "first", "last", "forms", "minimum", "questioned", "domestic", "limit"),
    "edition",
)
_OTHERS = tuple(one.name for one in fields(FlowFilter) if one.name not in _WORDED)
# The columns of a file: each row states what it is, its sources and the selection.
FILE = (
    *("evidence", "origin", "destination", "leg", "transit", "years", "year_basis", "low", "high", "status", "unit"),
    *("records", "left_out", "sources", "releases", "locators"),
    *("asked_areas", "asked_position", "asked_forms", "asked_years"),
    *(f"asked_{name}" for name in _OTHERS),
)


def others(selection: FlowFilter) -> dict[str, str]:
    """The fields without their own wording that are not at their default: texts by name."""
    values = {
        name: getattr(selection, name) for name in _OTHERS if getattr(selection, name) != getattr(FlowFilter(), name)
    }
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class Arrows:
    """The arrows of a view, and what it leaves out.

    Attributes:
        shown: one row an arrow, largest first: origin, destination, leg {direct, to_transit, from_transit}, transit,
            low, high (persons or statements), records, questioned, years, evidence, its cells (sources, releases,
            locators), and left_out: the questioned records of the same flow that the sum lacks (year, low, high).
        every: all arrows the filter allows, before the limit.
        hidden: how many arrows or records are not shown, by reason.
        doubted: the questioned arrows that `every` lacks.
    """

    shown: pl.DataFrame
    every: pl.DataFrame
    hidden: dict[str, int] = field(default_factory=dict)
    doubted: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def choice(self) -> pl.DataFrame:
        """All arrows of the choice, largest first, then the questioned ones that are not among them."""
        return pl.concat([self.every, self.doubted]) if self.doubted.height else self.every

    @property
    def listed(self) -> pl.DataFrame:
        """The same with those that are shown first: a long table begins with the rows of its figure."""
        drawn = self.choice.join(self.shown, on=LEG_KEY, how="semi", nulls_equal=True, maintain_order="left")
        rest = self.choice.join(self.shown, on=LEG_KEY, how="anti", nulls_equal=True, maintain_order="left")
        return pl.concat([drawn, rest])


def records(flows: pl.LazyFrame, selection: FlowFilter) -> pl.LazyFrame:
    """The flow records of a selection, located or not, without exact repeats of a statement."""
    rows = flows.filter(
        pl.col("evidence") == selection.evidence,
        pl.col("year").is_between(selection.first, selection.last),
        pl.col("repeat_of").is_null(),
    )
    if selection.areas:
        points = ("origin", "transit", "destination") if selection.position == "any" else (selection.position,)
        rows = rows.filter(pl.any_horizontal(pl.col(*points).is_in(selection.areas).fill_null(value=False)))
    if selection.agreement != "any":
        named = _pairs(flows.filter(pl.col("evidence") != selection.evidence))
        whole, both = rows.filter("complete"), selection.agreement == "both"
        rows = whole.join(named, on=DIRECTIONS, how="semi") if both else whole.join(named, on=DIRECTIONS, how="anti")
    if not selection.domestic:
        rows = rows.filter(pl.col("origin").ne_missing(pl.col("destination")))
    if selection.transit:
        rows = rows.filter(pl.col("transit").is_not_null())
    if selection.forms and selection.evidence == "stated":
        rows = rows.filter(pl.col("form").list.set_intersection(list(selection.forms)).list.len() > 0)
    return rows


def _pairs(flows: pl.LazyFrame) -> pl.LazyFrame:
    """The pairs that some flows name: a figure that is zero or questioned names none."""
    usable = flows.filter("complete", pl.col("high") > 0, pl.col("status") != "questioned")
    return usable.select(DIRECTIONS).unique()


@cached
def named_by_both(snap: Tables, edition: str = NEWEST) -> frozenset[tuple[str, str]]:
    """The pairs of origin and destination that counted victims and described routes both name."""
    every = (snap.flows(edition).filter(pl.col("evidence") == evidence) for evidence in ("counted", "stated"))
    counted, stated = map(_pairs, every)
    named = counted.join(stated, on=DIRECTIONS, how="semi").select("origin", "destination")
    return frozenset(named.collect().iter_rows())


def legs(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Records as legs between two known countries; a route through a transit state has two legs.

    A record with a point that is a region or unknown keeps the legs whose two ends are known.
    """
    none = pl.lit(None, dtype=pl.String)
    through = pl.col("transit").is_not_null()
    direct = rows.filter(~through & pl.col("transit_label").is_null()).with_columns(leg=pl.lit("direct"))
    first = rows.filter(through).with_columns(leg=pl.lit("to_transit"), destination="transit")
    second = rows.filter(through).with_columns(leg=pl.lit("from_transit"), origin="transit")
    every = pl.concat([direct.with_columns(transit=none), first, second])
    return every.filter(pl.col("origin").is_not_null(), pl.col("destination").is_not_null())


@cached
def arrows(snap: Tables, selection: FlowFilter) -> Arrows:
    """The arrows of a view. Sums are intervals: a masked record adds its lowest and highest possible value."""
    found = records(snap.flows(selection.edition), selection)
    summed = sums(legs(found), selection.evidence)
    ranked, counts = pl.collect_all([summed, _not_drawn(found)])
    allowed = ranked.filter(pl.col("high") >= selection.minimum)
    doubted = allowed.filter(pl.lit(not selection.questioned) & pl.col("questioned"))
    if not selection.questioned:
        allowed = allowed.filter(~pl.col("questioned"))
    shown = _shown(allowed, selection)
    hidden = dict(zip(counts.columns, counts.row(0), strict=True)) | {
        "beyond_limit": allowed.height - shown.height,
        "below_minimum": ranked.filter(pl.col("high") < selection.minimum).height,
        "questioned": doubted.height,
    }
    return Arrows(shown, allowed, {reason: int(n) for reason, n in hidden.items()}, doubted)


def sums(candidates: pl.LazyFrame, evidence: EvidenceKind) -> pl.LazyFrame:
    """The arrows of some legs (`legs`), the largest first: as `Arrows.shown`."""
    candidates = candidates.with_columns(questioned=pl.col("status") == "questioned")
    usable = candidates.filter(pl.col("low").is_not_null(), pl.col("high") > 0)
    summed = (
        usable.group_by(LEG_KEY)
        .agg(
            pl.col("low").sum(),
            pl.col("high").sum(),
            records=pl.len(),
            flagged=(pl.col("note") == FLAGGED).sum(),
            years=pl.col("year").unique().sort(),
            evidence=pl.lit(evidence),
            **{f"{name}s": pl.col(name).unique().sort() for name in CITED},
        )
        .join(_left_out(usable), on=LEG_KEY, how="left", nulls_equal=True, validate="1:1")
    )
    middle = pl.col("low") + pl.col("high")
    return summed.sort(middle, *LEG_KEY, descending=[True] + [False] * len(LEG_KEY))


def in_direction(rows: pl.DataFrame, area: str, position: str) -> pl.DataFrame:
    """The counted flows of one state in one direction.

    Args:
        rows: as in `Arrows`.
        position: `origin` for its citizens detected elsewhere, `destination` for the victims detected there, its own
            citizens among them; any other for the direction that has more victims, own citizens aside.
    """
    chosen = position if position in DIRECTIONS else next(iter(directions(rows, area)), "destination")
    kept = rows if chosen == "destination" else rows.filter(pl.col("origin") != pl.col("destination"))
    return kept.filter(pl.col(chosen) == area)


def directions(rows: pl.DataFrame, area: str) -> list[str]:
    """The directions in which a state has counted flows, the one with more victims from or in other countries first."""
    between = rows.filter(pl.col("origin") != pl.col("destination"))
    drawn = {"destination": rows, "origin": between}
    there = [end for end in DIRECTIONS if drawn[end].filter(pl.col(end) == area).height]

    def victims(end: str) -> float:
        found = between.filter(pl.col(end) == area).select((pl.col("low") + pl.col("high")).sum())
        return float(found.item())

    return sorted(there, key=victims, reverse=True)


def masked(row: Mapping[str, Any]) -> bool:
    """Whether the publisher masks every record of an arrow ("<5")."""
    low, high, records = row["low"], row["high"], row["records"]
    return bool(low < high and low <= records and high <= MASKED_MOST * records)


def few(row: Mapping[str, Any]) -> bool:
    """Whether an arrow is fewer than five in each of its years: one masked record a year."""
    return masked(row) and row["records"] == len(row["years"])


def _left_out(usable: pl.LazyFrame) -> pl.LazyFrame:
    """For each flow with questioned records, these records by year, under the key of its sum without them."""
    record = pl.struct("year", "low", "high", "note").sort_by("year")
    found = usable.filter("questioned").group_by(LEG_KEY).agg(left_out=record)
    return found.with_columns(questioned=pl.lit(value=False))


@cached
def paths(snap: Tables, selection: FlowFilter) -> frozenset[tuple[str, str, str]]:
    """Origin, transit state and destination of the records of a selection that have all three."""
    points = pl.col("origin", "transit", "destination")
    rows = records(snap.flows(selection.edition), selection).filter(pl.all_horizontal(points.is_not_null()))
    return frozenset(rows.select(points).unique().collect().iter_rows())


@cached
def doubts(snap: Tables, selection: FlowFilter) -> pl.DataFrame:
    """The questioned flows of a selection with the reason: note, origin, destination, low, high, years."""
    rows = records(snap.flows(selection.edition), selection).filter(pl.col("status") == "questioned")
    summed = rows.group_by("note", "origin", "destination").agg(
        pl.col("low", "high").sum(), years=pl.col("year").unique().sort()
    )
    return summed.sort("note", pl.col("low"), "origin", descending=[False, True, False]).collect()


@cached
def cells(snap: Tables, selection: FlowFilter) -> pl.DataFrame:
    """Source, release and year of every record of a selection."""
    return records(snap.flows(selection.edition), selection).select("source", "release", "year").collect()


@cached
def _revised(snap: Tables) -> pl.DataFrame:
    """The figures that two releases print otherwise, from the side of each of both."""
    rows, sides = snap.table("flow_revisions"), ("from", "to")
    each = [
        rows.select(
            *("source", "origin", "destination", "year"),
            release=f"release_{mine}",
            **{f"{name}_shown": f"{name}_{mine}" for name in ("low", "high")},
            **{f"{name}_other": f"{name}_{other}" for name in ("release", "low", "high")},
        )
        for mine, other in (sides, sides[::-1])
    ]
    return pl.concat(each).collect()


def otherwise(rows: pl.DataFrame) -> pl.DataFrame:
    """What another release prints for some counted records.

    Returns:
        source, origin, destination, year, release, low_shown, high_shown, release_other, low_other, high_other; by
        year.
    """
    key = ["source", "origin", "destination", "year", "release"]
    return _revised().join(rows.select(key), on=key, how="semi").sort(key)


@cached
def span(snap: Tables, evidence: str, edition: str = NEWEST) -> tuple[int, int]:
    """The first and the last year of one kind of evidence; (0, 0) without a record."""
    rows = snap.flows(edition).filter(pl.col("evidence") == evidence)
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return (int(first), int(last)) if first is not None else (0, 0)


# The subject of a selection and the number of arrows drawn: none of them can be the reason for an empty result.
_NEVER_EMPTY = ("evidence", "domestic", "limit", "edition")
# The loosest value of a filter, where it is not the default.
_LOOSEST = {"questioned": True}


def _relaxed() -> Mapping[str, Mapping[str, Any]]:
    """The change that removes each filter: by field, with the first and the last year together as `years`."""
    found: dict[str, dict[str, Any]] = {}
    for one in fields(FlowFilter):
        if one.name not in _NEVER_EMPTY:
            name = "years" if one.name in {"first", "last"} else one.name
            found.setdefault(name, {})[one.name] = _LOOSEST.get(one.name, one.default)
    return found


RELAXED = _relaxed()


@cached
def emptied(snap: Tables, selection: FlowFilter) -> dict[str, int]:
    """Why a selection is empty: each filter whose removal alone would give arrows, with how many.

    As in the title of a map, flows inside one state count only where there are no others.
    """
    others = {name: replace(selection, **change) for name, change in RELAXED.items()}
    every = {name: arrows.of(snap, other).every for name, other in others.items() if other != selection}
    between = {name: found.filter(pl.col("origin") != pl.col("destination")) for name, found in every.items()}
    return {name: between[name].height or found.height for name, found in every.items() if found.height}


def arrows_file(view: Arrows, selection: FlowFilter) -> pl.DataFrame:
    """All arrows of a view for a file, also the questioned ones that are not drawn.

    They are sums over the selection, so each row states the selection. `left_out` has the questioned records that a sum
    lacks, e.g. `2014: 253; 2016: 696`.
    """
    stated = selection.evidence == "stated"
    masked = pl.when(pl.col("low") == pl.col("high")).then(pl.lit("exact")).otherwise(pl.lit("masked"))
    low, high = (pl.element().struct.field(end).cast(pl.Int64).cast(pl.String) for end in ("low", "high"))
    figure = pl.when(low == high).then(low).otherwise(pl.concat_str(low, high, separator="-"))
    year = pl.element().struct.field("year").cast(pl.String)
    return view.choice.with_columns(
        left_out=pl.col("left_out").list.eval(pl.concat_str(year, figure, separator=": ")).list.join("; "),
        status=pl.when("questioned").then(pl.lit("questioned")).otherwise(masked),
        unit=pl.lit("statements" if stated else "persons"),
        year_basis=pl.lit("report" if stated else "reference"),
        asked_areas=pl.lit(";".join(selection.areas) or "all"),
        asked_position=pl.lit(selection.position),
        asked_forms=pl.lit((";".join(selection.forms) if stated else "") or "all"),
        asked_years=pl.lit(f"{selection.first}-{selection.last}"),
        **{f"asked_{name}": pl.lit(_text(getattr(selection, name))) for name in _OTHERS},
    ).select(FILE)


def _shown(allowed: pl.DataFrame, selection: FlowFilter) -> pl.DataFrame:
    """The rows that are drawn: the largest, and of described routes half as many legs through a transit state.

    Such legs rest on few statements; a shared limit would leave all of them out. All rows inside one state are kept.
    """
    through, ring = pl.col("leg") != "direct", pl.col("origin") == pl.col("destination")
    legs = selection.limit if selection.transit else (selection.limit + 1) // 2
    limit = pl.when(through).then(legs).otherwise(selection.limit)
    return allowed.filter(ring | ((~ring).cum_sum().over(through) <= limit))


def _not_drawn(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Counts of records without an arrow: without two located ends, with a true zero, without a usable figure."""
    origin, transit, destination = (pl.col(point).is_not_null() for point in ("origin", "transit", "destination"))
    # As in `legs`: a route through a known state keeps the leg whose ends are known.
    direct = pl.col("transit_label").is_null() & origin & destination
    located = pl.when(transit).then(origin | destination).otherwise(direct)
    return rows.select(
        unlocated=(~located).sum(),
        open_ended=(transit & (origin != destination)).sum(),
        zero=(located & (pl.col("high") == 0)).sum(),
        conflicting=(located & pl.col("low").is_null()).sum(),
    )


def _lost(snap: Tables, selection: FlowFilter) -> pl.LazyFrame:
    """The records of a selection with a point that is a region or unknown."""
    return records(snap.flows(selection.edition), selection).filter(~pl.col("located") | ~pl.col("complete"))


@cached
def unlocated(snap: Tables, selection: FlowFilter) -> pl.DataFrame:
    """Records that no map can place: one row for each set of printed labels, with the first of its cells."""
    summed = (
        _lost(snap, selection)
        .group_by(*LABELS)
        .agg(
            pl.col("low", "high").sum(),
            pl.col("year").unique().sort().alias("years"),
            pl.len().alias("records"),
            (pl.col("note") == FLAGGED).sum().alias("flagged"),
            pl.col("release").unique().alias("releases"),
            pl.col("locator").min(),
        )
    )
    return summed.sort("records", *LABELS, descending=[True, False, False, False], nulls_last=True).collect()


@cached
def alike(snap: Tables, selection: FlowFilter, locator: str) -> pl.DataFrame:
    """The records that no map can place and that share the labels of the record in a cell, including that record."""
    rows = _lost(snap, selection).collect()
    labels = rows.filter(pl.col("locator") == locator).select(LABELS)
    return rows.join(labels, on=LABELS, how="semi", nulls_equal=True).sort("year", order(), "locator")


@cached
def unlocated_file(snap: Tables, evidence: str) -> pl.DataFrame:
    """Every record that no map can place, one row each with its cell, for a file."""
    lost = pl.col("evidence") == evidence, ~pl.col("located") | ~pl.col("complete")
    return snap.flows().filter(*lost).sort("source", "release", "locator").collect()


@cached
def lost_file(snap: Tables, selection: FlowFilter) -> pl.DataFrame:
    """The records of a selection that no map can place, one row each, for a file."""
    return _lost(snap, selection).sort("source", "release", "locator").collect()


@cached
def questioned(snap: Tables) -> pl.DataFrame:
    """Every questioned record, with the reason code in `note`."""
    return snap.flows().filter(pl.col("status") == "questioned").sort("destination", "origin", "year").collect()


@cached
def listed(snap: Tables, area: str, year: int, edition: str = NEWEST) -> pl.DataFrame:
    """A state's list of citizenships: detected victims of a known country, its own included."""
    of_state = pl.col("evidence") == "counted", pl.col("destination") == area, pl.col("year") == year
    mine = snap.flows(edition).filter(*of_state)
    return mine.filter("located").sort(order(), "locator").collect()


@cached
def coverage(snap: Tables, areas: tuple[str, ...], first: int, last: int, edition: str = NEWEST) -> pl.DataFrame:
    """How many detected victims carry a listed citizenship, per state and year.

    Returns:
        the columns of `flow_coverage` (`release` is that of the total), how many of the listed are questioned
        (`questioned`, `questioned_high`), and the releases of the list (`list_releases`).
    """
    rows = snap.flow_coverage(edition).filter(pl.col("year").is_between(first, last))
    if areas:
        rows = rows.filter(pl.col("area").is_in(areas))
    on = ("area", "year")
    lists = snap.flows(edition).filter(pl.col("evidence") == "counted", pl.col("located"))
    doubted = pl.col("status") == "questioned"
    of_lists = lists.group_by(area="destination", year="year").agg(
        questioned=pl.col("low").filter(doubted).sum(),
        questioned_high=pl.col("high").filter(doubted).sum(),
        list_releases=pl.col("release").unique().sort(),
    )
    joined = rows.join(of_lists, on=on, how="left", validate="1:1")
    return joined.with_columns(pl.col("questioned", "questioned_high").fill_null(0)).sort(on).collect()


def list_cells(covered: pl.DataFrame) -> pl.DataFrame:
    """Source, release and year of the totals and of the lists in a result of `coverage`."""
    totals = covered.filter(pl.col("total_low").is_not_null()).select("source", "release", "year")
    lists = covered.select("source", "year", release="list_releases").explode("release").drop_nulls("release")
    return pl.concat([totals, lists.select(totals.columns)])


@cached
def roles(snap: Tables, areas: tuple[str, ...], first: int, last: int) -> pl.DataFrame:
    """What the newest report that speaks of a role of a state says, by state and role.

    A report speaks of a role if it states or denies it. One that does not mention the role decides nothing, but is
    counted.

    Returns:
        `ROLE`: `stated` is yes or no, `year` that of the report, and `silent` says how many later reports of the chosen
        years do not mention the role.
    """
    chosen = snap.table("roles").filter(pl.col("year").is_between(first, last))
    rows = (chosen.filter(pl.col("area").is_in(areas)) if areas else chosen).collect()
    spoken = rows.filter(pl.col("stated") != "no_mention")
    # Of two reports of one year, one that denies the role decides: a role is not shown on a statement in dispute.
    newest = spoken.sort("year", "stated", "source", "locator", descending=[True, False, False, False])
    decides = newest.unique(OF_ROLE, keep="first", maintain_order=True)
    later = rows.join(decides.select(*OF_ROLE, since="year"), on=OF_ROLE, how="inner", validate="m:1")
    quiet = pl.col("stated") == "no_mention", pl.col("year") > pl.col("since")
    silent = later.filter(*quiet).group_by(OF_ROLE).agg(silent=pl.len())
    joined = decides.join(silent, on=OF_ROLE, how="left", validate="1:1")
    return joined.with_columns(pl.col("silent").fill_null(0)).select(ROLE).sort(OF_ROLE)
