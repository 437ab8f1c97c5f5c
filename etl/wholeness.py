"""What has to be there for a file to be whole: one that was cut at the end of a line reads as well as any other."""

from itertools import pairwise

import polars as pl
import pycountry

from etl.areas import state_codes
from etl.errors import SourceError
from etl.finding import Finding
from etl.parsed import Parsed

# A frozen table never grows: fewer records are a part of it.
FROZEN_RECORDS = {"hti": 1587, "du_directionality": 22_240}
# Of those, the ones from which nobody takes a sheet: a part of them is an accident.
WHOLE_TABLES = ("hti",)
# A release with less than this share of the rows of a large one before it is looked at by a person.
SMALL, LARGE = 0.5, 1000
# Countries of ISO 3166-1 for which the World Bank gives no population.
WITHOUT_POPULATION = (
    "AIA ALA ATA ATF BES BLM BVT CCK COK CXR ESH FLK GGY GLP GUF HMD IOT JEY MSR MTQ MYT NFK NIU PCN REU SGS SHN SJM "
    "SPM TKL TWN UMI VAT WLF"
)
UNPEOPLED = frozenset(WITHOUT_POPULATION.split())
SHOWN = 5


def refuse_part(parsed: Parsed, source: str) -> None:
    """Stop at a file that is only a part of what its publisher issues, as far as the file alone tells.

    Raises:
        SourceError: names what is missing.
    """
    if source in WHOLE_TABLES:
        refuse_part_of_table(parsed, source)
    if source == "worldbank_population":
        refuse_part_of_population(parsed, source, state_codes())


def refuse_part_of_table(parsed: Parsed, source: str) -> None:
    """Stop at a frozen table with fewer records than it has.

    Raises:
        SourceError: names how many there are and how many there should be.
    """
    if parsed.read < FROZEN_RECORDS[source]:
        problem = f"{parsed.read} records of {FROZEN_RECORDS[source]}: the file is cut short; get the whole one"
        raise SourceError(problem, source=source, file=_file(parsed))


def missing_records(parsed: Parsed, source: str) -> list[Finding]:
    """A finding where a frozen workbook holds fewer rows than it has: someone took a sheet or rows out of it."""
    repeated = sum(finding.rows for finding in parsed.findings if finding.reason == "sheet_repeats_another")
    missing = FROZEN_RECORDS[source] - (parsed.read - repeated)
    return [_note(parsed, source, "fewer_rows_than_the_frozen_file", "", missing)] if missing > 0 else []


def small_releases(releases: list[Parsed], source: str) -> list[Finding]:
    """A finding for each release much smaller than the one before it: a part of a file empties what it covers."""
    return [
        _note(later, source, "much_smaller_than_before", before.release, later.read)
        for before, later in pairwise(releases)
        if before.read >= LARGE and later.read < SMALL * before.read
    ]


def _note(parsed: Parsed, source: str, reason: str, detail: str, rows: int) -> Finding:
    return Finding(source, parsed.release, reason, detail, rows, set_aside=False, unexpected=True)


def refuse_late_population(parsed: Parsed, source: str, first: int) -> None:
    """Stop at a release that begins after the figures that are divided by it.

    Args:
        parsed: rows with `area`, `year`, one each.
        first: the first year of the figures.

    Raises:
        SourceError: names both years.
    """
    begins = parsed.rows["year"].min()
    if isinstance(begins, int) and begins > first:
        problem = f"it begins in {begins}, and the figures in {first}: get all years, or take it away"
        raise SourceError(problem, source=source, file=_file(parsed))


def refuse_part_of_population(parsed: Parsed, source: str, states: tuple[str, ...]) -> None:
    """Stop at a release that lacks a state in a year that it gives for another state.

    Args:
        parsed: rows with `area`, `year`, one each.

    Raises:
        SourceError: names the first year with a gap and the states it lacks.
    """
    held = parsed.rows.filter(pl.col("area").is_in(states)).group_by("year").agg("area").sort("year")
    if held.is_empty():
        raise SourceError(_lacks(list(states), "every year"), source=source, file=_file(parsed))
    for year, areas in held.filter(pl.col("area").list.len() < len(states)).head(1).iter_rows():
        missing = [state for state in states if state not in areas]
        raise SourceError(_lacks(missing, str(year)), source=source, file=_file(parsed))


def missing_countries(parsed: Parsed, source: str) -> list[Finding]:
    """A finding for each country outside the region whose population a release should give and does not."""
    held = set(parsed.rows["area"])
    missing = (country.alpha_3 for country in pycountry.countries if country.alpha_3 not in held | UNPEOPLED)
    return [_note(parsed, source, "no_population", code, 0) for code in sorted(missing)]


def _lacks(states: list[str], year: str) -> str:
    shown = ", ".join(states[:SHOWN]) + f" and {len(states) - SHOWN} more" * (len(states) > SHOWN)
    return f"no population of {shown} in {year}: the file is cut short or a part; get the whole one, or take it away"


def _file(parsed: Parsed) -> str:
    # The locators begin with it; a file none of whose rows is kept is told by its release.
    return parsed.rows["locator"][0].split("#")[0] if parsed.rows.height else f"of release {parsed.release}"
