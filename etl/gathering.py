"""Get and parse the files of all sources, and give the memory that parsing took back to the system."""

import ctypes
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl
from geopandas import GeoDataFrame

from data.releases import moment
from data.snapshot import Snapshot
from etl import areas, as_read
from etl.as_read import ParsedFile
from etl.checking import wholeness
from etl.errors import SourceError
from etl.fetching.fetch import MIRROR, SourceFiles
from etl.fetching.raw import RawFile
from etl.fetching.store import refuse
from etl.making import boundaries
from etl.making.needed import lacking
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration

# Gets the files of one source. `published`: whether the published snapshot has its rows; `unread` maps addresses of
# unreadable files, which are skipped, to the problem.
Ask = Callable[..., SourceFiles]
# A locator has the form file#sheet!row; several are joined by "; ".
SEPARATORS = frozenset("#;")
# Columns that `parse` must return, for kinds of rows that any source may have; a country is `area` or `label`.
COLUMNS = {
    "observations": ("year", "low"),
    "flows": ("year",),
    "roles": ("year", "role", "stated"),
    "instruments": ("instrument", "action", "date"),
    "reservations": ("instrument", "reservation"),
}
LOCATED = ("observations", "roles", "instruments", "reservations")


@dataclass(frozen=True)
class Gathered:
    """The files and their parsed content by source; and the two tables of the map (`boundaries.build`)."""

    files: Mapping[str, SourceFiles]
    parsed: Mapping[str, list[ParsedFile]]
    shapes: GeoDataFrame
    countries: pl.DataFrame


def gather(
    known: Mapping[str, Declaration],
    ask: Callable[[Declaration], Ask],
    raw: Path,
    today: date,
    before: Snapshot | None = None,
) -> Gathered:
    """Get and parse the files of all sources; what is not at hand is carried over from the published snapshot.

    Args:
        known, ask: the sources by id, and a function that returns how to get the files of one.
        raw, today: the folder of downloads; the day of the build (UTC): no release can be later.
        before: the published snapshot, if there is one.

    Raises:
        FetchError, SourceError: a source has no file that can be read.
    """
    files: dict[str, SourceFiles] = {}
    parsed: dict[str, list[ParsedFile]] = {}
    # What is wrong with a new source is said before the others are read.
    for name, source in sorted(known.items(), key=lambda one: as_read.has(before, one[0])):
        if source.rows == "polygons":
            files[name], *ground = _drawn(source, ask(source), before)
        else:
            files[name], parsed[name] = _read(source, ask(source), raw / name, today, before)
    give_back_memory()
    in_order = [name for name in known if name in parsed]
    return Gathered({name: files[name] for name in known}, {name: parsed[name] for name in in_order}, *ground)


def _drawn(source: Declaration, ask: Ask, before: Snapshot | None) -> tuple[SourceFiles, GeoDataFrame, pl.DataFrame]:
    """The files of the polygons, and the two tables of the map."""
    files = ask(published=as_read.has(before, source.id))
    if before and not files.files:
        receipts, shapes, countries = as_read.polygons(before, source.id)
        return replace(files, carried=receipts), shapes, countries
    shapes, countries = boundaries.build(files.files, source)
    # Parsing polygons leaves 150 MB allocated, and workbooks 130 MB; the tables would come on top of that.
    give_back_memory()
    return files, shapes, countries


def _read(
    source: Declaration, ask: Ask, folder: Path, today: date, before: Snapshot | None
) -> tuple[SourceFiles, list[ParsedFile]]:
    """A source's files and their parsed content.

    A new download that cannot be read is moved aside and not requested again: the next newest is used, or an earlier
    one.
    """
    unread: dict[str, str] = {}
    published = as_read.has(before, source.id)
    while True:
        files = ask(published=published, unread=unread)
        try:
            carried = _carried(source, files, before) if published else []
            parsed = parse_files(source, files.files, today, carried)
            _refuse_lacking(source, parsed, carried)
        except SourceError:
            new = [file for file in files.files if file.name in files.new]
            broken = {file.name: problem for file in new if (problem := _problem(source, file, today))}
            if not broken:
                raise
            refuse(folder, broken.keys())
            unread |= {file.address: broken[file.name] for file in files.files if file.name in broken}
        else:
            return files, parsed


def _carried(source: Declaration, files: SourceFiles, before: Snapshot | None) -> list[ParsedFile]:
    """The published snapshot's rows of files that are not at hand."""
    # A mirror has all files of a source, or none.
    if before is None or files.status == MIRROR:
        return []
    return as_read.files(before, source.id, {file.sha256 for file in files.files})


def _refuse_lacking(source: Declaration, parsed: list[ParsedFile], carried: list[ParsedFile]) -> None:
    """Refuse an older release whose flows need totals that the published snapshot did not keep.

    Raises:
        SourceError: names the release, the first such country and year, and what to do.
    """
    shas = {one.receipt.sha256 for one in carried}
    kept = [one.parsed for one in parsed if one.receipt.sha256 in shas]
    added = [one.parsed for one in parsed if one.receipt.sha256 not in shas]
    if source.rows != "victim_counts" or not kept or not added:
        return
    needed = lacking(kept, added, areas.state_codes())
    for release, area, year in needed.head(1).iter_rows():
        problem = f"its release of {release} is older than the published ones, of which the total of {area} in {year} "
        problem += f"(one of {needed.height}) is needed and was not kept"
        raise SourceError(f"{problem}; name a folder of the files of all releases with --mirror", source=source.id)


def _problem(source: Declaration, file: RawFile, today: date) -> str:
    """Why a file cannot be read; empty if it can."""
    try:
        parse_files(source, [file], today)
    except SourceError as error:
        return str(error)
    return ""


def parse_files(
    source: Declaration, files: Iterable[RawFile], today: date, carried: Iterable[ParsedFile] = ()
) -> list[ParsedFile]:
    """Parse a source's files, oldest release first; of two files with one release the later download counts.

    Files whose rows are carried over count as earlier downloads.

    A release may have several files, one for each part, and a file several parts, each with a release of its own. Each
    locator gets its file's name in front, so that it leads to the exact cell.

    Raises:
        SourceError: a file cannot be read, is incomplete, is dated after `today`, or its name would break a locator.
    """
    latest = {(one.parsed.release, one.parsed.part): one for one in carried}
    for file in sorted(files, key=lambda file: (file.retrieved or "", _natural(file.name))):
        for parsed in _parsed(source, file):
            wholeness.refuse_future(parsed, source, file.name, today)
            key = parsed.release, parsed.part
            findings = [*parsed.findings, *_replaced(source, latest.get(key))]
            latest[key] = ParsedFile(file.receipt, replace(parsed, findings=findings))
    return [latest[key] for key in sorted(latest, key=lambda key: (moment(key[0]), key[1]))]


def _parsed(source: Declaration, file: RawFile) -> Iterator[Parsed]:
    """A file's parts: rows and findings, with the file's name in their locators, and the name of the part."""
    if set(file.name) & SEPARATORS:
        raise _misnamed("file", file)
    try:
        parts: Parsed | list[Parsed] = source.module.parse(file.content, file.name)
    except UnicodeEncodeError as error:
        problem = f"it has a character that cannot be encoded ({error}); get it again from the publisher"
        raise SourceError(problem, source=file.source, file=file.name) from error
    for parsed in parts if isinstance(parts, list) else [parts]:
        yield _located(source, parsed, file)


def _located(source: Declaration, parsed: Parsed, file: RawFile) -> Parsed:
    _refuse_undeclared(source, parsed, file)
    if parsed.rows["locator"].str.contains("[#;]").any():
        raise _misnamed("sheet", file)
    locators = [name for name in ("locator", "repeat_of") if name in parsed.rows.columns]
    named = [pl.format("{}#{}", pl.lit(file.name), pl.col(name)).alias(name) for name in locators]
    findings = [
        replace(finding, part=parsed.part, first=f"{file.name}#{finding.first}" if finding.first else "")
        for finding in parsed.findings
    ]
    whole = replace(parsed, rows=parsed.rows.with_columns(named), findings=findings)
    wholeness.refuse_part(whole, source)
    return whole


def _refuse_undeclared(source: Declaration, parsed: Parsed, file: RawFile) -> None:
    """Refuse rows that fit no table: a column is missing, or an indicator is not declared.

    Raises:
        SourceError: names the columns or the indicators.
    """
    columns, problem = set(parsed.rows.columns), ""
    missing = [name for name in (*COLUMNS.get(source.rows, ()), "locator") if name not in columns]
    if source.rows in LOCATED and not columns & {"area", "label"}:
        missing.append("area (or label)")
    declared = {indicator.id for indicator in source.indicators}
    printed = [indicator for indicator in source.indicators if not indicator.derived]
    if missing:
        problem = f"`parse` returns no column {', '.join(missing)}, which {source.rows} need; add it"
    elif "indicator" in columns and (unknown := sorted(set(parsed.rows["indicator"]) - declared)):
        problem = f"indicator {', '.join(unknown)} is not declared; add it to {source.id}.toml"
    elif "indicator" not in columns and source.rows == "observations" and len(printed) > 1:
        problem = "`parse` returns no column indicator, though several are declared; add it"
    if problem:
        raise SourceError(problem, source=source.id, file=file.name)


def _misnamed(what: str, file: RawFile) -> SourceError:
    return SourceError(
        f"rename the {what}: # and ; separate the parts of a locator", source=file.source, file=file.name
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """A sort key that compares numbers as numbers: `data_2` before `data_10`."""
    return [(int(part or 0), text) for text, part in re.findall(r"([^0-9]*)([0-9]*)", name)]


def _replaced(source: Declaration, earlier: ParsedFile | None) -> list[Finding]:
    """A finding about another file of the same release, whose rows are not used."""
    if earlier is None:
        return []
    parsed, name = earlier.parsed, earlier.receipt.file
    reason = "same_release_twice"
    return [Finding(source.id, parsed.release, reason, name, set_aside=False, unexpected=True, part=parsed.part)]


def give_back_memory() -> None:
    """Return freed memory to the system, if its C library can (glibc keeps it otherwise; others do not)."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
