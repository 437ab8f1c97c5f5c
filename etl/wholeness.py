"""What has to be there for a file to be whole: one that was cut at the end of a line reads as well as any other."""

import polars as pl
import pycountry

from etl.errors import Finding, SourceError
from etl.parsed import Parsed

# A frozen table never grows: fewer records are a part of it.
FROZEN_RECORDS = {"hti": 1587}
# Countries of ISO 3166-1 for which the World Bank gives no population.
WITHOUT_POPULATION = (
    "AIA ALA ATA ATF BES BLM BVT CCK COK CXR ESH FLK GGY GLP GUF HMD IOT JEY MSR MTQ MYT NFK NIU PCN REU SGS SHN SJM "
    "SPM TKL TWN UMI VAT WLF"
)
UNPEOPLED = frozenset(WITHOUT_POPULATION.split())
SHOWN = 5


def refuse_part_of_table(parsed: Parsed, source: str) -> None:
    """Stop at a frozen table with fewer records than it has.

    Raises:
        SourceError: names how many there are and how many there should be.
    """
    wanted = FROZEN_RECORDS[source]
    if parsed.read < wanted:
        problem = f"{parsed.read} records of {wanted}: the file is cut short or a part; get the whole one"
        raise SourceError(problem, source=source, file=_file(parsed))


def refuse_part_of_population(parsed: Parsed, source: str, states: tuple[str, ...]) -> None:
    """Stop at a release that lacks a state in a year that it gives for another state.

    Args:
        parsed: rows with `area`, `year`, one each.

    Raises:
        SourceError: names the first year with a gap and the states it lacks.
    """
    held = parsed.rows.filter(pl.col("area").is_in(states)).group_by("year").agg("area").sort("year")
    gaps = held.filter(pl.col("area").list.len() < len(states)).head(1)
    if held.is_empty():
        raise SourceError(_lacks(list(states), "every year"), source=source, file=_file(parsed))
    for year, areas in gaps.iter_rows():
        missing = [state for state in states if state not in areas]
        raise SourceError(_lacks(missing, str(year)), source=source, file=_file(parsed))


def missing_countries(parsed: Parsed, source: str) -> list[Finding]:
    """A finding for each country outside the region whose population a release should give and does not."""
    held = set(parsed.rows["area"])
    missing = (country.alpha_3 for country in pycountry.countries if country.alpha_3 not in held | UNPEOPLED)
    return [
        Finding(source, parsed.release, "no_population", code, set_aside=False, unexpected=True)
        for code in sorted(missing)
    ]


def _lacks(states: list[str], year: str) -> str:
    shown = ", ".join(states[:SHOWN]) + f" and {len(states) - SHOWN} more" * (len(states) > SHOWN)
    return f"no population of {shown} in {year}: the file is cut short or a part; get the whole one, or take it away"


def _file(parsed: Parsed) -> str:
    # The locators begin with it; a file none of whose rows is kept is told by its release.
    return parsed.rows["locator"][0].split("#")[0] if parsed.rows.height else f"of release {parsed.release}"
