"""Every name and demonym this project knows, and what each may be read as. Exact look-up only, never a likeness.

Three layers, the first that knows a form decides:
    1. `data/reference/labels.csv`: labels judged one by one, with the reason;
    2. names (ISO 3166-1 as pycountry prints it, CLDR in five languages) and `data/reference/demonyms.csv`,
       whose inflected forms follow `etl.spelling.INFLECTIONS`;
    3. names of regions in CLDR: these never lead to a country.
A form that one layer reads in two ways is `ambiguous`, and so has no area.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale

from etl.spelling import INFLECTIONS, damaged, inflect, normalise

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
LANGUAGES = ("en", "es", "pt", "fr", "it")
KINDS = (
    "country",
    "own_nationals",
    "region",
    "unknown",
    "subtotal",
    "not_a_label",
    "ambiguous",
    "unrecognised",
)
# CLDR codes that are neither a country of ISO 3166-1 nor a numeric region: unions, and Kosovo.
CLDR_REGIONS = frozenset({"EU", "EZ", "QO", "XK"})


@dataclass(frozen=True)
class Reading:
    """What a label says: its kind (one of KINDS) and, for one country only, the ISO 3166-1 alpha-3 code."""

    kind: str
    area: str | None = None


UNRECOGNISED = Reading("unrecognised")
AMBIGUOUS = Reading("ambiguous")
Forms = Iterable[tuple[str, Reading]]


def _table(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _declared() -> Iterator[tuple[str, Reading]]:
    for row in _table("labels.csv"):
        yield row["label"], Reading(row["kind"], row["area"] or None)


def _iso_names() -> Iterator[tuple[str, Reading]]:
    for country in pycountry.countries:
        names = (getattr(country, field, "") for field in ("name", "official_name", "common_name"))
        for name in filter(None, names):
            # "Bolivia, Plurinational State of" is met in its natural order too.
            before, comma, after = name.partition(", ")
            yield name, Reading("country", country.alpha_3)
            if comma:
                yield f"{after} {before}", Reading("country", country.alpha_3)


def _cldr_names(*, regions: bool) -> Iterator[tuple[str, Reading]]:
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in codes and not regions:
                yield name, Reading("country", codes[code])
            elif regions and (code.isdecimal() or code in CLDR_REGIONS):
                yield name, Reading("region")


def _demonyms() -> Iterator[tuple[str, Reading]]:
    for row in _table("demonyms.csv"):
        for language in INFLECTIONS:
            for form in filter(None, row[language].split("|")):
                yield from ((inflected, Reading("country", row["area"])) for inflected in inflect(form, language))


def _agreed(forms: Forms) -> dict[str, Reading]:
    """Each key with its one reading, or ambiguous where its forms are read in more than one way."""
    met: defaultdict[str, set[Reading]] = defaultdict(set)
    for key, reading in forms:
        met[key].add(reading)
    return {key: readings.pop() if len(readings) == 1 else AMBIGUOUS for key, readings in met.items()}


def _layers() -> list[list[tuple[str, Reading]]]:
    named = [*_iso_names(), *_cldr_names(regions=False), *_demonyms()]
    # From the weakest to the strongest: a later layer's reading replaces an earlier one's.
    return [list(_cldr_names(regions=True)), named, list(_declared())]


@cache
def known() -> dict[str, Reading]:
    """Every known form, whole and damaged, with its reading; about 4,700 entries, built once.

    A damaged form is read only where all whole forms it may have come from agree.
    """
    layers = _layers()
    broken = _agreed((form, reading) for layer in layers for label, reading in layer for form in damaged(label))
    whole = {key: reading for layer in layers for key, reading in _whole(layer).items()}
    # A whole form is certain; a damaged one serves where no whole form reads so.
    return broken | whole


def _whole(layer: list[tuple[str, Reading]]) -> dict[str, Reading]:
    return _agreed((normalise(label), reading) for label, reading in layer)
