"""Which releases the rows of a view come from, in words: every screen, sentence and file names them with this.

A view names the releases of its own rows. The newest release of a source does not describe rows of an earlier one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.words import data_version, tables, terms
from data import manifest
from data.i18n import Language
from data.releases import moment, ordered

CELL = ("source", "release")


@dataclass(frozen=True)
class Served:
    """A release that rows come from: how many of them, and their years, ascending."""

    source: str
    release: str
    rows: int
    years: tuple[int, ...]


def served(rows: pl.DataFrame) -> tuple[Served, ...]:
    """The releases that rows come from, by source, the oldest first.

    Args:
        rows: with `source` and `release`, and `year` if they have one. A derived row (`inputs`: cells of a source and
            a release, or texts that begin with both) counts for the releases of its inputs. A row without a source,
            such as a figure that is not reported, does not count.
    """
    year = pl.col("year").cast(pl.Int32) if "year" in rows.columns else pl.lit(None, dtype=pl.Int32)
    known = rows.with_columns(year=year).filter(pl.col("source").is_not_null()).with_row_index("row")
    cells = known.select("row", "year", *CELL)
    if "inputs" in rows.columns:
        inputs = known.select("row", "year", "inputs").explode("inputs").drop_nulls("inputs")
        cells = pl.concat([cells.join(inputs, on="row", how="anti"), _of_inputs(inputs)])
    years = pl.col("year").drop_nulls().unique().sort()
    found = cells.unique(["row", *CELL]).group_by(CELL).agg(rows=pl.len(), years=years)
    each = [Served(source, release, n, tuple(years)) for source, release, n, years in found.iter_rows()]
    return tuple(sorted(each, key=lambda one: (one.source, moment(one.release))))


def _of_inputs(inputs: pl.DataFrame) -> pl.DataFrame:
    """Source and release of the cells that figures were computed from."""
    if isinstance(inputs["inputs"].dtype, pl.Struct):
        fields = {name: pl.col("inputs").struct.field(name) for name in CELL}
    else:
        words = pl.col("inputs").str.splitn(" ", 3).struct
        fields = {name: words.field(f"field_{place}") for place, name in enumerate(CELL)}
    return inputs.select("row", "year", **fields)


def lines(lang: Language, releases: Iterable[Served]) -> list[str]:
    """By source: its release and the last year of its rows; if several serve, how many rows from which years."""
    return [_line(lang, _name(lang, source), ones) for source, ones in _by_source(releases).items()]


def sentence(lang: Language, releases: Iterable[Served]) -> str:
    """The lines as sentences; empty without rows."""
    return " ".join(f"{line}." for line in lines(lang, releases))


def source(lang: Language, releases: Sequence[Served]) -> str:
    """The releases on one line: that of one source with its full name, those of several by their publishers."""
    if len({one.source for one in releases}) == 1:
        return _together(lang, _name(lang, releases[0].source), releases)
    found: dict[tuple[str, bool | None], list[Served]] = {}
    for one in releases:
        found.setdefault((publisher(lang, one.source), manifest.acts().get(one.source)), []).append(one)
    return lang.joined(_together(lang, name, ones) for (name, _), ones in found.items())


def details(lang: Language, releases: Sequence[Served]) -> list[str]:
    """What that line leaves out, if anything: the full names, and which rows are of which release."""
    every = lines(lang, releases)
    return [] if every == [source(lang, releases)] else every


def publisher(lang: Language, source: str) -> str:
    """Who publishes a source: the first words of its name."""
    return _name(lang, source).partition(",")[0]


def _name(lang: Language, source: str) -> str:
    return terms.term(lang, "source", source)


def _by_source(releases: Iterable[Served]) -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = {}
    for one in releases:
        found.setdefault(one.source, []).append(one)
    return found


def _together(lang: Language, name: str, releases: Sequence[Served]) -> str:
    """The sources of one name in few words: each release, without how many rows are of which."""
    *_, last = sorted(releases, key=lambda one: moment(one.release))
    if last.source in manifest.acts():
        # Beside lists as of a day, what is not dated stands among the details.
        dated = [one for one in releases if one.release != data_version.UNDATED or one.source == last.source]
        return _of_acts(lang, name, dated)
    if last.years and last.release == str(last.years[-1]):
        # The year of the data is that of the release.
        return lang.text("{source}, data of {year}", source=name, year=last.release)
    if len(releases) == 1:
        return _single(lang, name, last)
    return lang.text(
        "{source}, releases {of_releases}, data to {year}",
        source=name,
        of_releases=lang.listing(dict.fromkeys(data_version.of_release(lang, one.release) for one in releases)),
        year=max(year for one in releases for year in one.years),
    )


def _line(lang: Language, name: str, releases: Sequence[Served]) -> str:
    """A source, by the name that it is to have, with all its releases."""
    if releases[0].source in manifest.acts():
        return _of_acts(lang, name, releases)
    if len(releases) == 1:
        return _single(lang, name, releases[0])
    every = lang.number(sum(one.rows for one in releases))
    each = (
        lang.plural(
            "{n} of {all} records from the release {of_release} ({years})",
            "{n} of {all} records from the release {of_release} ({years})",
            one.rows,
            all=every,
            of_release=data_version.of_release(lang, one.release),
            years=tables.runs(lang, one.years) or tables.NONE,
        )
        for one in releases
    )
    return lang.labeled(name, lang.joined(each))


def _single(lang: Language, name: str, one: Served) -> str:
    release = data_version.release(lang, one.release)
    if not one.years:
        return lang.text("{source}: {release}", source=name, release=release)
    if one.release == data_version.UNDATED:
        return lang.text("{source}, undated, data to {year}", source=name, year=one.years[-1])
    if data_version.numbered(one.release):
        return lang.text(
            "{source}, version {release}, data to {year}", source=name, release=release, year=one.years[-1]
        )
    return lang.text(
        "{source}, release {of_release}, data to {year}",
        source=name,
        of_release=data_version.of_release(lang, one.release),
        year=one.years[-1],
    )


def _of_acts(lang: Language, name: str, found: Sequence[Served]) -> str:
    """The line of a source of acts on treaties.

    They have no editions: lists as they stood on a day, each treaty's on its own, and facts that we looked up by a day.
    """
    releases = ordered(one.release for one in found)
    first, last = (data_version.release(lang, one) for one in (releases[0], releases[-1]))
    if manifest.acts()[found[0].source]:
        return lang.text("{source}, texts read up to {release}", source=name, release=last)
    if data_version.UNDATED in releases:
        return lang.text("{source}, undated", source=name)
    if first != last:
        return lang.text("{source} as of {first} to {last}, by treaty", source=name, first=first, last=last)
    return lang.text("{source} as of {release}", source=name, release=last)
