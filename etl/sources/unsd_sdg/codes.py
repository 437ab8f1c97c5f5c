"""The codes of the UN SDG Global Database: the series that we use, and its codes for age, sex and area.

The database is published with two vocabularies, its own (`BOTHSEX`, `5-17`) and SDMX (`_T`, `Y5T17`); both are read.
"""

import math
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from etl.source_declaration import read_declaration


class SdgSeries(NamedTuple):
    """What a series counts. If `only_age` or `only_sex` is set, rows of other ages or sexes are not used."""

    indicator: str
    unit: str
    form: str = "total"
    only_age: str = ""
    only_sex: str = ""


SOURCE = "unsd_sdg"
VICTIMS = "detected_victims_sdg"
SERIES = {
    "VC_HTF_DETV": SdgSeries(VICTIMS, "persons"),
    "VC_HTF_DETVFL": SdgSeries(VICTIMS, "persons", "forced_labour"),
    "VC_HTF_DETVSX": SdgSeries(VICTIMS, "persons", "sexual_exploitation"),
    "VC_HTF_DETVOG": SdgSeries(VICTIMS, "persons", "organ_removal"),
    "VC_HTF_DETVOP": SdgSeries(VICTIMS, "persons", "other"),
    # Both series mix age bands; these are the only ones common to all surveys.
    "VC_VAW_MARR": SdgSeries("partner_violence", "percent", only_age="15-49", only_sex="female"),
    "VC_VAW_SXVLN": SdgSeries("childhood_sexual_violence", "percent", only_age="18-29"),
} | {
    # A series that is its own indicator is only named in the declaration.
    indicator.code: SdgSeries(indicator.id, indicator.unit)
    for indicator in read_declaration(Path(__file__).with_name(f"{SOURCE}.toml")).indicators
    if indicator.code
}
UNITS = {
    "NUMBER": "persons",
    "PERCENT": "percent",
    "PT": "percent",
    "PER_100000_POP": "per_100000_population",
}
# Codes for "no breakdown", which differ between dimensions.
WHOLE = frozenset(("_T", "ALLAGE", "ALLAREA", "BOTHSEX", "TOTAL"))
SEXES = {
    "FEMALE": "female",
    "F": "female",
    "MALE": "male",
    "M": "male",
    "OTHER": "other",
    "_O": "other",
    "UNKNOWN": "unknown",
    "_U": "unknown",
}
UNKNOWN_AGES = ("UNKNOWN", "_U")
BAND = re.compile(r"Y?([0-9]{1,3})(?:[-_T]|_T)([0-9]{1,3})Y?")
UNDER = re.compile(r"(?:<|Y_LT)([0-9]{1,3})Y?")
FROM = re.compile(r"(?:Y_GE([0-9]{1,3})|([0-9]{1,3})Y?\+Y?)")
# As the database reports for comparison among countries; a country may report otherwise of itself.
GLOBAL = "G"
AREA = re.compile(r"[0-9]{1,5}")
# The API gives years as floats.
YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")
FIRST_YEAR = 1900
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E[-+]?[0-9]{1,2})?", re.IGNORECASE)
PERCENT = 100
# A quarter and a version, as 2022.Q2.G.02.
RELEASE = re.compile(r"20[0-9]{2}\.Q[1-4](?:\.[0-9A-Z]+)*")


def sex(code: str) -> str | None:
    """The contract's code for a sex code of either vocabulary; None for unknown codes."""
    return "total" if code.upper() in WHOLE else SEXES.get(code.upper())


def age(code: str) -> str | None:
    """An age code as `total`, `unknown`, `5-17` or `18+` (years, both ends included); None for unknown codes."""
    upper = code.upper()
    if upper in WHOLE:
        return "total"
    if upper in UNKNOWN_AGES:
        return "unknown"
    if (band := BAND.fullmatch(upper)) and int(band[1]) <= int(band[2]):
        return f"{int(band[1])}-{int(band[2])}"
    if (under := UNDER.fullmatch(upper)) and int(under[1]):
        return f"0-{int(under[1]) - 1}"
    since = FROM.fullmatch(upper)
    return f"{int(since[1] or since[2])}+" if since else None


@cache
def _countries() -> dict[str, str]:
    return {country.numeric: country.alpha_3 for country in pycountry.countries}


def country(m49: str) -> str | None:
    """ISO 3166-1 alpha-3 of an M49 code, with or without leading zeros; None for a region, group or former state."""
    return _countries().get(m49.zfill(3))


def year(printed: str, last: int) -> int:
    """A year up to `last`.

    Raises:
        ValueError: it is not a year; the text says what is expected.
    """
    match = YEAR.fullmatch(printed)
    if match is None or not FIRST_YEAR <= int(match[1]) <= last:
        raise ValueError(f"year {printed!r}, expected {FIRST_YEAR} to {last}")
    return int(match[1])


def value(printed: str, unit: str) -> float:
    """A figure in one of the contract's units.

    Raises:
        ValueError: no number of 0 or more, parts of persons, or more than all; the text says what is expected.
    """
    number = float(printed) if NUMBER.fullmatch(printed) else math.inf
    if not math.isfinite(number):
        raise ValueError(f"value {printed!r}, expected a number of 0 or more")
    if unit == "persons" and not number.is_integer():
        raise ValueError(f"value {printed!r}, expected a whole number of persons")
    if unit == "percent" and number > PERCENT:
        raise ValueError(f"value {printed!r}, expected at most {PERCENT} percent")
    return number
