"""Every name and demonym this project knows, and what each may be read as. Exact look-up only, never a likeness.

Three layers, the first that knows a form decides:
    1. `data/reference/labels.csv`: labels judged one by one, with the reason;
    2. names (ISO 3166-1 as pycountry prints it, CLDR in five languages) and `data/reference/demonyms.csv`,
       whose inflected forms follow `etl.gazetteer.INFLECTIONS`;
    3. names of regions in CLDR: these never lead to a country.
A form that one layer reads in two ways is `ambiguous`, and so has no area.
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

# Stands where a letter was lost on the way through a wrong encoding.
LOST = "\ufffd"
# Ending of the printed form -> the endings it is met with; the first that fits decides.
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
    """The form in which labels are compared: words of letters and digits, one space apart.

    Case and accents are folded (NFKD), `&` reads "and", the article "the" and all punctuation fall away.
    U+FFFD stays: it stands for a letter that was lost.
    """
    # Twice, since folding the case may compose letters and marks again.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", label).casefold()).replace("&", " and ")
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(word for word in re.findall(rf"(?:[^\W_]|{LOST})+", bare) if word != "the")


def damaged(label: str) -> set[str]:
    """The normalized forms in which a known label appears once its non-ASCII marks were replaced by U+FFFD."""
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
    """Undo UTF-8 that was read as Windows-1252; a label that was not is left as it is."""
    try:
        return label.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return label


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


class Labels(Reviewed):
    """Labels judged one by one; `reason` is empty where the label needs no explanation."""

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
        """A label is judged once, in whatever case, accents and punctuation."""
        return pl.col("label").map_elements(normalize, return_dtype=pl.String).is_first_distinct()


def _words() -> dy.String:
    """A language's words for one people, empty where it has none of its own."""
    return dy.String(nullable=True, regex=r"^[^|]+(\|[^|]+)*$", description="words with | between, none of them blank")


class Demonyms(Reviewed):
    """What each country's people are called, masculine and singular, in the languages of `INFLECTIONS`."""

    FILE = "demonyms.csv"
    area = columns.country(key=True)
    en = _words()
    es = _words()
    pt = _words()
    fr = _words()


def _declared() -> Iterator[tuple[str, Reading]]:
    for label, kind, area in read(Labels).select("label", "kind", "area").iter_rows():
        yield label, Reading(kind, area)


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
    for row in read(Demonyms).iter_rows(named=True):
        for language in INFLECTIONS:
            for form in filter(None, (row[language] or "").split("|")):
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
    return _agreed((normalize(label), reading) for label, reading in layer)
