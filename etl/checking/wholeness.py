"""Check that files are complete: a file that was cut at the end of a line can be read like any other."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl
import pycountry

from data.releases import first_day, ordered
from etl.areas import state_codes
from etl.errors import SourceError
from etl.making.read import Read
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration

# The publisher's clock may be in another time zone.
SLACK = timedelta(days=1)
# A person has to look at a release with less than this share of the rows of a large one before it.
SMALL = 0.85
LARGE = 1000
SHOWN = 5


def refuse_part(parsed: Parsed, source: Declaration) -> None:
    """Refuse a file that is incomplete, as far as the file itself shows.

    Raises:
        SourceError: something is missing; the text names it.
    """
    least = least_records(parsed, source)
    if source.short == "refuse" and parsed.read < least:
        problem = f"{parsed.read} records, expected {least} or more: the file is incomplete; get the complete one"
        raise SourceError(problem, source=source.id, file=_file(parsed))
    if source.rows == "victim_counts" and parsed.rows.is_empty():
        # The figures of the release before would stand for those of this one.
        problem = f"none of {parsed.read} rows was recognized; compare the file with the publisher's"
        raise SourceError(problem, source=source.id, file=_file(parsed))
    if source.rows == "population":
        refuse_part_of_population(parsed, source.id, state_codes())


def least_records(parsed: Parsed, source: Declaration) -> int:
    """The declared number of records of the whole file; 0 if nothing is declared."""
    names = ("any", parsed.part, parsed.release, f"{parsed.part} {parsed.release}")
    return max(source.least_records.get(name, 0) for name in names)


def refuse_future(parsed: Parsed, source: Declaration, file: str, today: date) -> None:
    """Refuse a release dated after today: it would replace all real ones.

    Args:
        today: the day of the build (UTC).

    Raises:
        SourceError: names the release, and where it was found.
    """
    release = f"the release {parsed.release} ({parsed.release_basis})"
    try:
        day = first_day(parsed.release)
    except ValueError as error:
        problem = f"{release} is not a date ({error}); compare the file with the publisher's"
        raise SourceError(problem, source=source.id, file=file) from error
    if day and day > today + SLACK and not source.own:
        problem = f"{release} is after today, {today}; compare the file with the publisher's, or set the clock right"
        raise SourceError(problem, source=source.id, file=file)


def of_sources(read: Read) -> Iterator[Finding]:
    """Findings about files that may be incomplete, from all releases together.

    Raises:
        SourceError: a file is certainly incomplete.
    """
    (counts, released), (people, peopled) = read.only("victim_counts"), read.only("population")
    first = min((int(year) for one in released for year in one.rows["year"].unique()), default=None)
    if first is None:
        raise SourceError(
            "no row of any release was recognized; compare the files with the publisher's", source=counts.id
        )
    for release in peopled:
        refuse_late_population(release, people.id, first)
    yield from small_releases(released, counts)
    yield from missing_countries(peopled[-1], people)
    for source in read.known.values():
        if source.short == "note":
            for release in read.parsed.get(source.id, [])[-1:]:
                yield from missing_records(release, source)


def missing_records(parsed: Parsed, source: Declaration) -> list[Finding]:
    """A finding if a workbook has fewer rows than declared: a sheet or rows were removed."""
    repeated = sum(finding.rows for finding in parsed.findings if finding.reason == "sheet_repeats_another")
    missing = least_records(parsed, source) - (parsed.read - repeated)
    return [_note(parsed, source.id, "fewer_rows_than_the_frozen_file", "", missing)] if missing > 0 else []


def small_releases(releases: list[Parsed], source: Declaration) -> list[Finding]:
    """A finding for each release much smaller than the one before it, since an incomplete file empties what it covers.

    If we do not have the one before, its declared size is used.
    """
    sizes = {**source.least_records, **{one.release: one.read for one in releases}}
    order, findings = ordered(sizes), []
    for one in releases:
        before = order[max(order.index(one.release) - 1, 0)]
        if sizes[before] >= LARGE and one.read < SMALL * sizes[before]:
            findings.append(_note(one, source.id, "much_smaller_than_before", before, one.read))
    return findings


def _note(parsed: Parsed, source: str, reason: str, detail: str, rows: int) -> Finding:
    return Finding(source, parsed.release, reason, detail, rows, set_aside=False, unexpected=True)


def refuse_late_population(parsed: Parsed, source: str, first: int) -> None:
    """Refuse a release that begins after the figures that are divided by it.

    Args:
        parsed: rows with `area`, `year`, one each.
        first: the first year of the figures.

    Raises:
        SourceError: names both years.
    """
    begins = parsed.rows["year"].min()
    if isinstance(begins, int) and begins > first:
        problem = (
            f"it begins in {begins}, but the figures begin in {first}; get the file of all years, or remove this one"
        )
        raise SourceError(problem, source=source, file=_file(parsed))


def refuse_part_of_population(parsed: Parsed, source: str, states: tuple[str, ...]) -> None:
    """Refuse a release without a state in a year that it gives for another state.

    Args:
        parsed: rows with `area`, `year`, one each.

    Raises:
        SourceError: names the first year with a gap, and the missing states.
    """
    covered = parsed.rows.filter(pl.col("area").is_in(states)).group_by("year").agg("area").sort("year")
    if covered.is_empty():
        raise SourceError(_lacks(list(states), "every year"), source=source, file=_file(parsed))
    for year, areas in covered.filter(pl.col("area").list.len() < len(states)).head(1).iter_rows():
        missing = [state for state in states if state not in areas]
        raise SourceError(_lacks(missing, str(year)), source=source, file=_file(parsed))


def missing_countries(parsed: Parsed, source: Declaration) -> list[Finding]:
    """A finding for each country outside the region without a population in a release."""
    expected = {country.alpha_3 for country in pycountry.countries} - {*source.absent}
    missing = expected - {*parsed.rows["area"]}
    return [_note(parsed, source.id, "no_population", code, 0) for code in sorted(missing)]


def _lacks(states: list[str], year: str) -> str:
    shown = ", ".join(states[:SHOWN]) + f" and {len(states) - SHOWN} more" * (len(states) > SHOWN)
    return f"no population of {shown} in {year}: the file is incomplete; get the complete one, or remove it"


def _file(parsed: Parsed) -> str:
    # Locators begin with the file's name; without rows, the release names the file.
    return parsed.rows["locator"][0].split("#")[0] if parsed.rows.height else f"of release {parsed.release}"
