"""Queries of treaties and laws: every act of the states, their standing by year, deposits over time, named laws.

The table of each treaty ends with its own release. Later acts are never counted, and a missing act does not mean that a
state refused. Our copy of a table may lack states (`unseen`): of these a missing act means nothing.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard.store import Tables, cached
from data.contract import Instruments
from data.manifest import unseen
from data.releases import moment
from data.statements import trust
from data.treaties import SUBJECTS, bound_from
from data.treaties import treaties as declared

TREATIES = tuple(declared())
# A state's standing toward a treaty at the end of a year, in the order of the key. `undated`: it is a party, and no
# date is known; `after`: its deposit is later than the table's end; `later`: the table has an act of a later year;
# `none`: it has no act; `unseen`: our copy of the table does not show whether it has one.
STANDINGS = ("party", "undated", "signed", "after", "later", "none", "unseen")
PARTIES = ("party", "undated", "after")
SIGNATURE = "signature"
# In a list of states: all of them.
EVERY = "*"
ACT = (
    *("area", "instrument", "action", "date", "derived", "note", "source", "release", "locator"),
    *("date_precision", "reservation", "transcribed", "inputs", "differs", "unseen"),
)
# What binds a state, or two: a treaty, and since when.
BOUND = ("instrument", "area", "signature", "deposit", "action", "derived", "in_force", "locators", "note", "unseen")
STANDING = (
    *("instrument", "as_of", "area", "standing", "signature", "deposit", "action", "derived", "after"),
    *("sources", "releases", "locators", "date_precision", "note", "reservation", "differs", "signature_precision"),
)
LAW = ("area", "id", "version", "title", "year", "url", "source", "release", "locator")


@cached
def newest(snap: Tables) -> Mapping[str, tuple[str, str]]:
    """The source and the newest release of each instrument's table.

    Derived and transcribed acts come from no table; they count where there are no others.
    """
    typed = pl.col("derived") | pl.col("transcribed")
    printed = snap.table("instruments").filter(~typed | typed.all().over("instrument"))
    found = printed.select("instrument", "source", "release").unique().collect().iter_rows()
    return {
        name: (source, release) for name, source, release in sorted(found, key=lambda row: (moment(row[2]), row[1]))
    }


@cached
def closings(snap: Tables) -> Mapping[str, str]:
    """The end of each instrument's table: its newest release."""
    return {name: release for name, (_, release) in newest.of(snap).items()}


@cached
def shown(snap: Tables) -> tuple[str, ...]:
    """Those of `TREATIES` of which there is a table."""
    return tuple(name for name in TREATIES if name in closings.of(snap))


def end(release: str) -> date:
    """The last day that a release covers; a release is a year, month or day (ISO 8601)."""
    year, month, day = (*map(int, release.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


@cached
def years(snap: Tables, treaty: str) -> tuple[int, int]:
    """The year in which a treaty could first be signed, and the last one of its table; no act is dated: that alone."""
    last = end(closings.of(snap)[treaty]).year
    dated = snap.table("instruments").filter(pl.col("instrument") == treaty, pl.col("date").is_not_null())
    return (declared()[treaty].opened.year if dated.limit(1).collect().height else last), last


@cached
def subjects(snap: Tables) -> Mapping[str, tuple[str, ...]]:
    """The treaties of which there is a table by subject, in the order of pages."""
    by_subject: dict[str, tuple[str, ...]] = dict.fromkeys(SUBJECTS, ())
    for name in shown.of(snap):
        by_subject[declared()[name].subject] += (name,)
    return {subject: names for subject, names in by_subject.items() if names}


def chosen(treaty: str, *, every: bool) -> tuple[str, ...]:
    """The treaties in the chart and the table: all of the subject of the selected one, or that one alone."""
    return subjects()[declared()[treaty].subject] if every else (treaty,)


def rank(treaty: str) -> int:
    """The place of a treaty among all of its subject, from 0; it has the same look in every chart."""
    return [name for name in TREATIES if declared()[name].subject == declared()[treaty].subject].index(treaty)


def may_lack(treaty: str) -> pl.Expr:
    """Whether our copy of a treaty's table may lack the acts of a state."""
    states = unseen().get(treaty, "").split()
    return pl.lit(value=True) if EVERY in states else pl.col("area").is_in(states)


@cached
def acts(snap: Tables, treaties: tuple[str, ...]) -> pl.DataFrame:
    """Every act (`ACT`), sorted by state, treaty and date; a state without an act has one row of nulls.

    `differs` says that another source has another day, year or form for the same act.
    """
    selected = pl.LazyFrame({"instrument": list(treaties)})
    pairs = snap.table("areas").select(pl.col("area").sort()).join(selected, how="cross")
    # A snapshot built before December 2026 has no cells of reservations.
    cells = pl.LazyFrame(schema={"inputs": Instruments.columns()["inputs"].dtype})
    instruments = pl.concat([snap.table("instruments"), cells], how="diagonal").with_columns(differs=_differs())
    on = ["area", "instrument"]
    rows = pairs.join(instruments, on=on, how="left", validate="1:m", maintain_order="left")
    lacking = pl.any_horizontal((pl.col("instrument") == name) & may_lack(name) for name in treaties)
    rows = rows.with_columns(unseen=lacking & pl.col("action").is_null())
    order = pl.col("instrument").cast(pl.Enum(treaties))
    return rows.sort("area", order, "date", "action", "source").select(ACT).collect()


@cached
def act_years(snap: Tables, area: str) -> pl.DataFrame:
    """Source, release and year of every act of a state on any treaty; an act without a date has no year."""
    acts_of_state = snap.table("instruments").filter(pl.col("area") == area)
    return acts_of_state.select("source", "release", year=pl.col("date").dt.year()).collect()


def counted(treaties: tuple[str, ...]) -> pl.DataFrame:
    """The acts (`ACT`) that maps and charts count: those up to the end of their table."""
    return acts(treaties).filter(pl.col("date") <= _last_day(closings()))


def _last_day(closings: Mapping[str, str]) -> pl.Expr:
    """The last day of the table of each act."""
    days = {name: end(release) for name, release in closings.items()}
    return pl.col("instrument").replace_strict(days, return_dtype=pl.Date)


def _differs() -> pl.Expr:
    """Whether the sources of an act, of a signature or of what made the state a party, contradict each other.

    A year agrees with every day of it, and a participation with every act.
    """
    act = ("area", "instrument", pl.col("action") == SIGNATURE)
    day = pl.col("date").filter(pl.col("date_precision") == "day")
    form = pl.col("action").filter(pl.col("action") != "participation")
    kinds = (day.n_unique() > 1, pl.col("date").dt.year().drop_nulls().n_unique() > 1, form.n_unique() > 1)
    return pl.any_horizontal(kind.over(act) for kind in kinds) & (pl.col("source").n_unique() > 1).over(act)


@cached
def standings(snap: Tables, treaty: str, year: int) -> pl.DataFrame:
    """The standing of each state toward a treaty at the end of a year, or at the table's end if that is earlier.

    Returns:
        `STANDING`, sorted by code. `signature` and `deposit` are dates up to the table's end, `after` is the date of
        a later deposit; `derived` says whether the date of the deposit is derived. Where sources differ, the most
        exact one counts (`data.statements.trust`), and `differs` is true. An act of a year counts from the year's end.
    """
    last = end(closings.of(snap)[treaty])
    day, acts_by_state = min(date(year, 12, 31), last), _acts_by_state(snap.table("instruments"), treaty, last)
    states = snap.table("areas").select("area").join(acts_by_state, on="area", how="left", validate="1:1")
    standing = _standing(day, last)
    lacking = (standing == "none") & may_lack(treaty)
    rows = states.with_columns(
        standing=pl.when(lacking).then(pl.lit("unseen")).otherwise(standing),
        as_of=pl.lit(day),
        instrument=pl.lit(treaty),
    )
    complete = rows.with_columns(
        pl.col("sources", "releases", "locators").fill_null([]), pl.col("differs").fill_null(value=False)
    )
    return complete.sort("area").select(STANDING).collect()


def _acts_by_state(instruments: pl.LazyFrame, treaty: str, last: date) -> pl.LazyFrame:
    """The acts of each state in one row; states without an act are missing."""
    day, signed, late = pl.col("date"), pl.col("action") == SIGNATURE, pl.col("date") > last
    deposit = ~signed & ~late
    bound = ("action", "derived", "date_precision", "note")
    return (
        instruments.filter(pl.col("instrument") == treaty)
        .with_columns(differs=_differs(), by=_known_by(pl.lit(last)))
        .sort(trust())
        .group_by("area", maintain_order=True)
        .agg(
            day.filter(signed & ~late).first().alias("signature"),
            day.filter(deposit).first().alias("deposit"),
            *(pl.col("by").filter(act).first().alias(f"{name}_by") for name, act in _acts(deposit, signed & ~late)),
            *(pl.col(name).filter(~signed).first() for name in bound),
            pl.col("reservation").drop_nulls().first(),
            day.filter(~signed & late).first().alias("after"),
            pl.col("date_precision").filter(signed & ~late).first().alias("signature_precision"),
            (~signed & day.is_null()).any().alias("undated"),
            pl.col("differs").any(),
            *(pl.col(name).unique().sort().alias(f"{name}s") for name in ("source", "release", "locator")),
        )
    )


def _acts(deposit: pl.Expr, signature: pl.Expr) -> tuple[tuple[str, pl.Expr], ...]:
    return ("deposit", deposit), ("signature", signature)


def _known_by(last: pl.Expr) -> pl.Expr:
    """The day from which an act is known to be done: its own, or the end of its year, but not after the table's end."""
    year_end = pl.min_horizontal(pl.date(pl.col("date").dt.year(), 12, 31), last)
    own = (pl.col("date_precision") == "day") | (pl.col("date") > last)
    return pl.when(own).then("date").otherwise(year_end)


def _standing(day: date, last: date) -> pl.Expr:
    """The standing at a day, of `STANDINGS`."""
    acted = [pl.col(name) <= pl.lit(day) for name in ("deposit_by", "signature_by")]
    known = pl.any_horizontal(pl.col("signature", "deposit").is_not_null())
    return (
        pl.when(acted[0])
        .then(pl.lit("party"))
        .when("undated", pl.col("deposit").is_null())
        .then(pl.lit("undated"))
        .when(pl.lit(day == last), pl.col("after").is_not_null())
        .then(pl.lit("after"))
        .when(acted[1])
        .then(pl.lit("signed"))
        .when(known)
        .then(pl.lit("later"))
        .otherwise(pl.lit("none"))
    )


@cached
def steps(snap: Tables, treaties: tuple[str, ...]) -> pl.DataFrame:
    """The dates of deposits up to the end of each table: instrument, date, `areas`, and all `parties` by then.

    A deposit of a year counts from the year's end; one without a date is left out.
    """
    last, of_treaties = (
        _last_day(closings.of(snap)),
        snap.table("instruments").filter(pl.col("instrument").is_in(treaties)),
    )
    deposits = of_treaties.filter(pl.col("action") != SIGNATURE, pl.col("date") <= last)
    trusted = deposits.with_columns(by=_known_by(last)).sort(trust())
    first_deposits = trusted.group_by("instrument", "area", maintain_order=True).agg(date=pl.col("by").first())
    days = first_deposits.group_by("instrument", "date").agg(areas=pl.col("area").sort())
    order = pl.col("instrument").cast(pl.Enum(treaties))
    parties = pl.col("areas").list.len().cum_sum().over("instrument", order_by="date")
    return days.with_columns(parties=parties.cast(pl.Int64)).sort(order, "date").collect()


@cached
def matrix(snap: Tables) -> pl.DataFrame:
    """The standing of each state toward each treaty at the end of its own table: `STANDING`, by treaty and code."""
    return pl.concat([standings.of(snap, name, years.of(snap, name)[1]) for name in shown.of(snap)])


@cached
def reservations(snap: Tables, treaty: str) -> pl.DataFrame:
    """The acts (`ACT`) on a treaty with a reservation or declaration, sorted by state."""
    return acts.of(snap, (treaty,)).filter(pl.col("reservation").is_not_null())


def reserved(areas: tuple[str, ...]) -> pl.DataFrame:
    """The acts (`ACT`) of some states with a reservation or declaration, on any treaty, sorted by state."""
    return acts(shown()).filter(pl.col("area").is_in(areas), pl.col("reservation").is_not_null())


@cached
def bound(snap: Tables, areas: tuple[str, ...]) -> pl.DataFrame:
    """What binds each state to each treaty: `BOUND`, by treaty, then states as given; null if nothing is recorded.

    `deposit` is the day on which the state bound itself, by `action`; `derived` says whether any day was derived;
    `in_force`, always derived, is the day from which the treaty binds the state. Where sources differ, the most exact
    one counts (`data.statements.trust`); an unknown day is null. `note` has the doubts about what bound it; `unseen`,
    whether our copy of the table does not show what did.
    """
    of_treaty = [(name, declared()[name].in_force, declared()[name].wait) for name in shown.of(snap)]
    each = pl.DataFrame(of_treaty, schema=["instrument", "first", "wait"], orient="row")
    each = each.join(pl.DataFrame({"area": areas}), how="cross")
    signed, day = pl.col("action") == SIGNATURE, pl.when(pl.col("date_precision") == "day").then("date")
    known = (
        snap.table("instruments")
        .sort(trust())
        .group_by("instrument", "area", maintain_order=True)
        .agg(
            signature=day.filter(signed).first(),
            deposit=day.filter(~signed).first(),
            action=pl.col("action").filter(~signed).first(),
            derived=pl.col("derived").any(),
            locators=pl.col("locator").unique().sort(),
            note=pl.col("note").filter(~signed).first(),
        )
    )
    on = ["instrument", "area"]
    result = each.join(known.collect(), on=on, how="left", validate="1:1", maintain_order="left")
    lacking = pl.any_horizontal((pl.col("instrument") == name) & may_lack(name) for name, *_ in of_treaty)
    result = result.with_columns(unseen=lacking & pl.col("action").is_null())
    return result.with_columns(in_force=bound_from("deposit", "first", "wait")).select(BOUND)


def in_force(bound: pl.DataFrame) -> dict[str, date]:
    """The treaties in force for every state of `bound`, each with the day since when."""
    both = bound.group_by("instrument", maintain_order=True).agg(
        pl.col("in_force").max().alias("day"), pl.col("in_force").is_not_null().all().alias("all")
    )
    return dict(both.filter("all").select("instrument", "day").iter_rows())


def parties(bound: pl.DataFrame) -> list[str]:
    """The treaties to which every state of `bound` is a party, also those of which no day is known."""
    both = bound.group_by("instrument", maintain_order=True).agg(pl.col("action").is_not_null().all())
    return both.filter("action")["instrument"].to_list()


def common(one: str, other: str) -> pl.DataFrame:
    """How far each treaty binds two states: a row for each of `shown`, in that order.

    Returns:
        `instrument`, `subject`; `both`: whether both are parties; `since`: the day from which it binds both (null if
        they are not both parties, or if a day is not known); `lacking`: the codes of those that are no party on
        record; `unseen`: those of them whose acts our copy may lack; `as_of`: the end of the treaty's table.
    """
    states = [one, other]
    rows = matrix().filter(pl.col("area").is_in(states))
    days, ends = in_force(bound((one, other))), closings()
    found = []
    for (treaty,), each in rows.group_by("instrument", maintain_order=True):
        name, lacks = str(treaty), each.filter(~pl.col("standing").is_in(PARTIES))
        unknown = lacks.filter(standing="unseen")["area"].to_list()
        line = (
            name,
            declared()[name].subject,
            lacks.is_empty(),
            days.get(name),
            sorted(lacks["area"], key=states.index),
            unknown,
        )
        found.append((*line, ends[name]))
    columns = ["instrument", "subject", "both", "since", "lacking", "unseen", "as_of"]
    return pl.DataFrame(found, schema=columns, orient="row")


@cached
def dated(snap: Tables) -> frozenset[str]:
    """The treaties of which the day of a deposit is known."""
    return frozenset(steps.of(snap, shown.of(snap))["instrument"])


@cached
def laws(snap: Tables) -> pl.DataFrame:
    """The law named for each state (`LAW`), sorted by code: nulls if none is; `year` is null if unknown."""
    named = snap.table("evidence").filter(pl.col("kind") == "law").rename({"actor": "area"})
    newest = named.sort("version").unique(["area", "locator"], keep="last")
    rows = snap.table("areas").select("area").join(newest, on="area", how="left", validate="1:m")
    return rows.sort("area", "year", "id").select(LAW).collect()


@cached
def texts(snap: Tables, locator: str) -> list[str]:
    """The URLs of the texts from which a transcribed act was taken, by its cell."""
    rows = snap.table("evidence").filter(pl.col("kind") == "treaty", pl.col("locator") == locator)
    return rows.select(pl.col("url").drop_nulls().unique().sort()).collect()["url"].to_list()
