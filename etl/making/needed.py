"""Which rows of the sources' files the tables rest on: a snapshot keeps these, and counts the others.

Needed is each row that a table names by its locator, each row with an unknown label (it may be one of the states), and
what a rule asks of other countries:

- the lists of citizenship with one of the states, of all releases: the next release may change which list is used;
- the total of a country that detected victims from the states: the flow is compared with it;
- the population of all countries since the year of the Palermo Protocol: flows are compared with it too;
- some rows without their values: they show that a release has an indicator and a year, or a country's list, at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.releases import latest, order
from etl.areas import resolve
from etl.making import counted_flows, figures, rates, victim_counts
from etl.making.figures import JOIN
from etl.making.flow_releases import serving_release
from etl.making.read import Read
from etl.parsed import Parsed
from etl.source_declaration import Declaration

# Columns that no table is made from, by kind of rows.
UNUSED = {
    "observations": ("series", "unit", "nature"),
    "roles": ("ccode",),
    "measures": ("printed",),
    "instruments": ("printed",),
}
# Victims are counted by the definition of the Palermo Protocol, so there is no figure of an earlier year.
PALERMO = 2000
LABELS = ("label", "origin", "destination")
VALUES = ("low", "high", "printed")
# Kinds of rows of which a release covers an indicator and a year, whatever the country (`figures.coverage`).
COVERING = ("observations", "population", "victim_counts")
SERIES = ("indicator", "dimension", "part", "year")
PLACE = ["area", "year"]
# The number of a row in its file. A locator may have several rows, one for each role or act.
AT = "at"
WITH_VALUES, WITHOUT = (pl.lit(blank).alias("blank") for blank in (False, True))


@dataclass(frozen=True)
class NeededRows:
    """The rows that any table names: source, locator; and for stated roles: source, locator, role."""

    rows: pl.DataFrame
    roles: pl.DataFrame


def needed(read: Read, frames: Mapping[str, pl.DataFrame], states: tuple[str, ...]) -> dict[str, list[Parsed]]:
    """The sources' files with the needed rows only; of a file that was reduced before, all rows are needed.

    Args:
        read: the parsed files that the tables were made from.
        frames: the tables.
        states: ISO3 of the states.
    """
    numbered = Read(read.known, {name: [_numbered(one) for one in files] for name, files in read.parsed.items()})
    counts, releases = numbered.only("victim_counts")
    people, peopled = numbered.only("population")
    named = _named(frames)
    wanted = {counts.id: _lists(releases, rates.population(peopled[-1]), states)}
    # Rates of all years use the newest release.
    wanted[people.id] = [*(_nothing() for _ in peopled[1:]), _population(peopled[-1])]
    return {
        name: [
            _reduced(one, read.known[name], named, more)
            for one, more in zip(files, wanted.get(name) or [_nothing() for _ in files], strict=True)
        ]
        for name, files in numbered.parsed.items()
    }


def _numbered(parsed: Parsed) -> Parsed:
    return replace(parsed, rows=parsed.rows.with_row_index(AT))


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={AT: pl.UInt32, "blank": pl.Boolean})


def _named(frames: Mapping[str, pl.DataFrame]) -> NeededRows:
    cell = pl.col("locator").str.split(JOIN)
    located = [frame.select("source", cell) for frame in frames.values() if {"source", "locator"} <= set(frame.columns)]
    # An act may rest on the text of a declaration, too.
    resting = frames["instruments"].select(pl.col("inputs").explode(empty_as_null=True)).drop_nulls().unnest("inputs")
    located.append(resting.select("source", cell))
    roles = frames["roles"].select("source", cell, "role")
    return NeededRows(pl.concat(located).explode("locator").unique(), roles.explode("locator").unique())


def _reduced(one: Parsed, source: Declaration, named: NeededRows, wanted: pl.DataFrame) -> Parsed:
    """A file with the needed rows and columns, in its order.

    Args:
        wanted: at, blank: the rows that a rule asks for, and whether without their values.
    """
    mine, key = (named.roles, ["locator", "role"]) if source.rows == "roles" else (named.rows, ["locator"])
    rows = one.rows.join(mine.filter(source=source.id), on=key, how="semi")
    unread = [one.rows.filter(_unread(one.rows[name])) for name in LABELS if name in one.rows.columns]
    kept = pl.concat([*(part.select(AT, WITH_VALUES) for part in (rows, *unread)), wanted])
    if source.rows in COVERING:
        kept = pl.concat([kept, _shown(one, source, kept)])
    blank = kept.group_by(AT).agg(pl.col("blank").all())
    judged = one.rows.join(blank, on=AT, how="inner", validate="m:1", maintain_order="left")
    values = [pl.when(~pl.col("blank")).then(name).alias(name) for name in VALUES if name in judged.columns]
    drop = [AT, "blank", *(name for name in UNUSED.get(source.rows, ()) if name in judged.columns)]
    return replace(one, rows=judged.with_columns(values).drop(drop))


def _unread(labels: pl.Series) -> pl.Series:
    return resolve(labels)["kind"] == "unrecognised"


def _shown(one: Parsed, source: Declaration, kept: pl.DataFrame) -> pl.DataFrame:
    """A row without its values for each indicator and year that only other rows show: at, blank."""
    rows = figures.completed(one, source).with_columns(figures.part())
    if source.rows == "victim_counts":
        figure = pl.col("dimension").is_in(victim_counts.FIGURES)
        rows = rows.filter(figure | (pl.col("indicator") == victim_counts.VICTIMS))
    series = [name for name in SERIES if name in rows.columns]
    others = rows.join(rows.join(kept, on=AT, how="semi"), on=series, how="anti")
    return others.group_by(series, maintain_order=True).agg(pl.col(AT).first()).select(AT, WITHOUT)


def _population(parsed: Parsed) -> pl.DataFrame:
    """The population of all countries in the years that figures may have, or the last one there is: at, blank."""
    used = (pl.col("year") >= PALERMO) | (pl.col("year") == pl.col("year").max().over("area"))
    return parsed.rows.filter(used).select(AT, WITH_VALUES)


def _lists(releases: list[Parsed], people: pl.DataFrame, states: tuple[str, ...]) -> list[pl.DataFrame]:
    """What flows with a state are made from, for each release: at, blank."""
    every = [counted_flows.citizenship(one) for one in releases]
    state = pl.col("area").is_in(states)
    # An unknown label may name a state of the region.
    ends = state | pl.col("origin").is_in(states).fill_null(value=False) | (pl.col("kind") == "unrecognised")
    abroad = pl.concat([rows.filter(ends & ~state).select(PLACE) for rows in every]).unique()
    return [
        pl.concat(
            [
                rows.filter(ends).select(AT, WITH_VALUES),
                _totals(one).join(abroad, on=PLACE, how="semi").select(AT, WITH_VALUES),
                _listing(rows.filter(~ends), people),
            ]
        )
        for one, rows in zip(releases, every, strict=True)
    ]


def lacking(kept: list[Parsed], added: list[Parsed], states: tuple[str, ...]) -> pl.DataFrame:
    """The lists that need a total which a snapshot did not keep: release, area, year.

    Such a list is of an older release, serves by declaration, is of a country outside the region, and names a state. A
    newer release has a list of the country and year too, and no kept one names a state, so no total was kept.

    Args:
        kept: releases whose rows come from a snapshot.
        added: releases whose rows were just read, all of them.
        states: ISO3 of the states.
    """
    every = [*kept, *added]
    mine, lists = (_abroad(releases, states) for releases in (kept, added))
    listing = pl.concat([counted_flows.citizenship(one).select("release", *PLACE) for one in every])
    serving = serving_release(listing, pl.concat([mine, lists]), counted_flows.covered(every))
    newer = counted_flows.covered(kept).group_by("year").agg(newest=latest())
    return (
        lists.join(mine, on=PLACE, how="anti")
        .join(serving.select(*PLACE, release="serving"), on=["release", *PLACE], how="semi")
        .join(newer, on="year", how="inner", validate="m:1")
        .filter(order("newest") > order())
        .select("release", *PLACE)
        .unique()
        .sort("release", *PLACE)
    )


def _abroad(releases: list[Parsed], states: tuple[str, ...]) -> pl.DataFrame:
    """The lists of other countries that name a state, or may name one: release, area, year."""
    rows = pl.concat([counted_flows.citizenship(one).select("release", *PLACE, "origin", "kind") for one in releases])
    named = pl.col("origin").is_in(states).fill_null(value=False) | (pl.col("kind") == "unrecognised")
    return rows.filter(named, ~pl.col("area").is_in(states)).select("release", *PLACE)


def _totals(parsed: Parsed) -> pl.DataFrame:
    whole = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    return parsed.rows.filter(pl.col("indicator") == victim_counts.VICTIMS, whole)


def _listing(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """A row for each other country and year that has a list: at, blank.

    The next release may list a state there, and a declared release is used only where it has a list. Leaked codes are
    no list, so one of them stays unchanged.
    """
    known = rows.join(people.select(*PLACE, "population"), on=PLACE, how="left", validate="m:1", maintain_order="left")
    blank = victim_counts.suspicion(people).is_null().alias("blank")
    first = known.with_columns(blank).group_by(*PLACE, "blank", maintain_order=True).agg(pl.col(AT).first())
    return first.select(AT, "blank")
