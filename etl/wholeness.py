"""What has to be there for a file to be whole: one that was cut at the end of a line reads as well as any other."""

import polars as pl
import pycountry

from data.releases import ordered
from etl.areas import state_codes
from etl.errors import SourceError
from etl.finding import Finding
from etl.parsed import Parsed

# Records of what does not shrink, by source, with its part and its release where those have a number of their own: a
# frozen table, a list of participants, a dated release. Fewer records are a part of it, on the first build as well.
FROZEN_RECORDS = {
    "hti": 1587,
    "du_directionality": 22_240,
    "du_hti": 7215,  # 185 rows, 39 declared measures
    "cia_factbook": 100,
    "untc palermo_protocol": 167,
    "untc untoc": 185,
    "untc smuggling_protocol": 152,
    "undesa_migrant_stock 2019": 384_888,  # 1,659 rows, 232 origins
    "unodc_glotip 2025-04-14": 58_769,
    "unodc_glotip 2025-10-28": 65_398,
    "unsd_sdg SL_TLF_CHLDEA 2020-10": 273,
    "unsd_sdg SL_TLF_CHLDEC 2020-10": 249,
    "unsd_sdg VC_HTF_DETV 2020-10": 998,
    "unsd_sdg VC_VAW_MARR 2020-10": 577,
    "unsd_sdg VC_VAW_SXVLN 2020-10": 69,
    "worldbank_population 2026-03": 17_195,
}
# From this one people take a sheet, so that a part of it is told and not refused.
TOLD = "du_directionality"
# A release with less than this share of the rows of a large one before it is looked at by a person.
SMALL, LARGE = 0.85, 1000
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
    if source != TOLD:
        refuse_part_of_table(parsed, source)
    if source == "worldbank_population":
        refuse_part_of_population(parsed, source, state_codes())


def refuse_part_of_table(parsed: Parsed, source: str) -> None:
    """Stop at a file with fewer records than are known to be in it.

    Raises:
        SourceError: names how many there are and how many there should be.
    """
    part, release = parsed.part, parsed.release
    names = (source, f"{source} {part}", f"{source} {release}", f"{source} {part} {release}")
    known = max(FROZEN_RECORDS.get(name, 0) for name in names)
    if parsed.read < known:
        problem = f"{parsed.read} records of {known}: the file is cut short; get the whole one"
        raise SourceError(problem, source=source, file=_file(parsed))


def missing_records(parsed: Parsed, source: str) -> list[Finding]:
    """A finding where a frozen workbook holds fewer rows than it has: someone took a sheet or rows out of it."""
    repeated = sum(finding.rows for finding in parsed.findings if finding.reason == "sheet_repeats_another")
    missing = FROZEN_RECORDS[source] - (parsed.read - repeated)
    return [_note(parsed, source, "fewer_rows_than_the_frozen_file", "", missing)] if missing > 0 else []


def small_releases(releases: list[Parsed], source: str) -> list[Finding]:
    """A finding for each release much smaller than the one before it: a part of a file empties what it covers.

    Where the one before is not held, what is known of it serves.
    """
    known = {name.removeprefix(f"{source} "): n for name, n in FROZEN_RECORDS.items() if name.startswith(f"{source} ")}
    sizes = known | {held.release: held.read for held in releases}
    order, found = ordered(sizes), []
    for held in releases:
        before = order[max(order.index(held.release) - 1, 0)]
        if sizes[before] >= LARGE and held.read < SMALL * sizes[before]:
            found.append(_note(held, source, "much_smaller_than_before", before, held.read))
    return found


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
