"""All names and demonyms that this project knows, and the country of each. Exact look-up only, no fuzzy matching.

Three layers; the first one that knows a form decides:
    1. `data/reference/labels.csv`: labels reviewed one by one, with the reason;
    2. names (ISO 3166-1 from pycountry, CLDR in five languages) and `data/reference/demonyms.csv`,
       with inflected forms by `etl.gazetteer.INFLECTIONS`;
    3. names of regions in CLDR, which are never a country.
A form with two readings in one layer is `ambiguous` and has no area.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl
import pycountry
from babel import Locale

from data import columns
from data.reviewed import Reviewed, read

# Replaces a letter that was lost through a wrong encoding.
LOST = "\ufffd"
# By language: an ending of the masculine singular, and the endings of its forms; the first that fits is used. These are
# languages in which publishers print labels, not those of the screens, so a new language needs no entry here.
INFLECTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (("", ("", "s")),),
    "es": (
        ("o", ("o", "a", "os", "as")),
        ("és", ("és", "esa", "eses", "esas")),
        ("í", ("í", "íes", "ís")),
        ("", ("", "s")),
    ),
    "pt": (("o", ("o", "a", "os", "as")), ("ês", ("ês", "esa", "eses", "esas")), ("", ("", "s"))),
    "fr": (
        ("ien", ("ien", "ienne", "iens", "iennes")),
        ("éen", ("éen", "éenne", "éens", "éennes")),
        ("e", ("e", "es")),
        ("s", ("s", "se", "ses")),
        ("", ("", "e", "s", "es")),
    ),
}


def normalize(label: str) -> str:
    """The form in which labels are compared: words of letters and digits, separated by one space.

    Case and accents are folded (NFKD), `&` becomes "and", the article "the" and all punctuation are removed.
    U+FFFD stays: it replaces a letter that was lost.
    """
    # Normalized twice, as case folding may compose letters and marks again.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", label).casefold()).replace("&", " and ")
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(word for word in re.findall(rf"(?:[^\W_]|{LOST})+", bare) if word != "the")


def damaged(label: str) -> set[str]:
    """The normalized forms of a known label after its non-ASCII characters were replaced by U+FFFD."""
    text = unicodedata.normalize("NFC", label).casefold()
    letters = "".join(LOST if mark.isalpha() and not mark.isascii() else mark for mark in text)
    marks = "".join(mark if mark.isascii() else LOST for mark in text)
    return {normalize(form) for form in (letters, marks) if LOST in form}


def inflect(form: str, language: str) -> list[str]:
    """A demonym's feminine and plural forms by the language's regular endings."""
    ending, endings = next(pair for pair in INFLECTIONS[language] if form.endswith(pair[0]))
    stem = form[: len(form) - len(ending)]
    return [stem + other for other in endings]


def mended(label: str) -> str:
    """Undo UTF-8 that was read as Windows-1252; other labels are returned unchanged."""
    try:
        return label.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return label


# Languages whose CLDR names of countries are known; they too are those of printed labels.
NAMED_IN = ("en", "es", "pt", "fr", "it")
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
class LabelMeaning:
    """The meaning of a label: its kind (one of KINDS) and, for a single country, the ISO 3166-1 alpha-3 code."""

    kind: str
    area: str | None = None


UNRECOGNISED = LabelMeaning("unrecognised")
AMBIGUOUS = LabelMeaning("ambiguous")
Forms = Iterable[tuple[str, LabelMeaning]]


class Labels(Reviewed):
    """The file of labels reviewed one by one; `reason` is empty if no explanation is needed."""

    FILE = "labels.csv"
    label = dy.String(
        nullable=False, primary_key=True, regex=r"[\p{L}\p{N}]", description="a text with a letter or digit"
    )
    kind = columns.code(tuple(kind for kind in KINDS if kind != "unrecognised"))
    area = columns.country(nullable=True)
    reason = columns.text(nullable=True)

    @dy.rule()
    def area_of_a_country(cls) -> pl.Expr:
        """The kind `country` has an area, and no other kind has one."""
        return (pl.col("kind") == "country") == pl.col("area").is_not_null()

    @dy.rule()
    def judged_once(cls) -> pl.Expr:
        """A label occurs only once, ignoring case, accents and punctuation."""
        return pl.col("label").map_elements(normalize, return_dtype=pl.String).is_first_distinct()


def _words() -> dy.String:
    """A column of a language's words for a people; empty if it has none."""
    return dy.String(nullable=True, regex=r"^[^|]+(\|[^|]+)*$", description="words separated by |, none of them blank")


class Demonyms(Reviewed):
    """The file of demonyms of each country, masculine and singular, in the languages of `INFLECTIONS`."""

    FILE = "demonyms.csv"
    area = columns.country(key=True)
    en = _words()
    es = _words()
    pt = _words()
    fr = _words()


def _declared() -> Iterator[tuple[str, LabelMeaning]]:
    for label, kind, area in read(Labels).select("label", "kind", "area").iter_rows():
        yield label, LabelMeaning(kind, area)


def _iso_names() -> Iterator[tuple[str, LabelMeaning]]:
    for country in pycountry.countries:
        names = (getattr(country, field, "") for field in ("name", "official_name", "common_name"))
        for name in filter(None, names):
            # "Bolivia, Plurinational State of" also occurs in its natural order.
            before, comma, after = name.partition(", ")
            yield name, LabelMeaning("country", country.alpha_3)
            if comma:
                yield f"{after} {before}", LabelMeaning("country", country.alpha_3)


def _cldr_names(*, regions: bool) -> Iterator[tuple[str, LabelMeaning]]:
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    for language in NAMED_IN:
        for code, name in Locale(language).territories.items():
            if code in codes and not regions:
                yield name, LabelMeaning("country", codes[code])
            elif regions and (code.isdecimal() or code in CLDR_REGIONS):
                yield name, LabelMeaning("region")


def _demonyms() -> Iterator[tuple[str, LabelMeaning]]:
    for row in read(Demonyms).iter_rows(named=True):
        for language in INFLECTIONS:
            for form in filter(None, (row[language] or "").split("|")):
                yield from ((inflected, LabelMeaning("country", row["area"])) for inflected in inflect(form, language))


def _agreed(forms: Forms) -> dict[str, LabelMeaning]:
    """The reading of each key, or ambiguous if it has several."""
    readings: defaultdict[str, set[LabelMeaning]] = defaultdict(set)
    for key, reading in forms:
        readings[key].add(reading)
    return {key: readings.pop() if len(readings) == 1 else AMBIGUOUS for key, readings in readings.items()}


def _layers() -> list[list[tuple[str, LabelMeaning]]]:
    named = [*_iso_names(), *_cldr_names(regions=False), *_demonyms()]
    # Weakest first: the reading of a later layer replaces that of an earlier one.
    return [list(_cldr_names(regions=True)), named, list(_declared())]


@cache
def known() -> dict[str, LabelMeaning]:
    """All known forms, whole and damaged, with their readings; about 4,700 entries, built once.

    A damaged form has a country only if all whole forms that it can come from agree.
    """
    layers = _layers()
    broken = _agreed((form, reading) for layer in layers for label, reading in layer for form in damaged(label))
    whole = {key: reading for layer in layers for key, reading in _whole(layer).items()}
    # Whole forms take precedence over damaged ones.
    return broken | whole


def _whole(layer: list[tuple[str, LabelMeaning]]) -> dict[str, LabelMeaning]:
    return _agreed((normalize(label), reading) for label, reading in layer)
