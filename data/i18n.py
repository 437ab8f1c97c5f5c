"""The languages of the screens: gettext catalogues, and numbers, dates and country names by CLDR.

A language is a folder `locales/<code>/` with `language.toml` (`data.languages`) and a catalogue
`LC_MESSAGES/atalaya.po`. Message ids are the English sentences, so the English catalogue is empty by design; a text
that a catalogue or a data file lacks appears in English, and `data.translations` lists it. Catalogues are read when a
language is first used; no compiled file is stored.
Number formats are deliberate: English is British (12,345.6), Portuguese Brazilian (12.345,6), French has a narrow
no-break space (12 345,6). Spanish has one, too, and none in four digits (12 345.6 and 1234.5), by the Ortografía of the
Spanish academies (2010) and the practice of the United Nations: where the comma is the decimal sign, as in most of
South America, 1,186 victims can be read as little more than one. By the same source Spanish has a hyphen in ranges
(2007-2022), the others a dash; in a sentence three of them say a range in words (`entre 12 y 24`).
"""

import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache, cached_property, lru_cache, reduce
from math import ceil, floor
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from data import languages
from data.country_names import country_names

DEFAULT = languages.DEFAULT
CATALOGUES = languages.CATALOGUES
DOMAIN = "atalaya"
# CLDR formatting is the slowest part of a page, and pages repeat a few thousand figures and names.
REMEMBERED = 65_536
_ACCEPTED = re.compile(r"^\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$")


def capitalized(words: str) -> str:
    """Words as they stand at the start of a sentence or alone, as in a cell of a table."""
    return words[:1].upper() + words[1:]


_DECLARED = languages.declared()
# The CLDR locales by code.
LOCALES: dict[str, str] = {code: facts["locale"] for code, facts in _DECLARED.items()}
# How the languages write thousands that differ from their locale: the sign, and the digits from which on it is written.
_GROUPS: dict[str, tuple[str, int]] = {
    code: (facts["group"], facts["grouped_from"]) for code, facts in _DECLARED.items() if "group" in facts
}
# The sign of a range in the languages that do not write a dash.
_DASHES: dict[str, str] = {code: facts["dash"] for code, facts in _DECLARED.items() if "dash" in facts}
# How the languages in which it is no plain number write the first day of a month.
_FIRST: dict[str, str] = {code: facts["first"] for code, facts in _DECLARED.items() if "first" in facts}


def borrows(locale: str) -> bool:
    """Whether CLDR has no data of a language's own for a locale, only those of another one (French for `ht`)."""
    parent = get_global("parent_exceptions").get(Locale.parse(locale).language, "")
    # The forms of Norwegian are one language.
    return bool(parent) and parent.partition("_")[0] not in {"root", "no"}


def formats(locale: str) -> Locale:
    """The locale whose numbers, dates and names of countries a language has: English where it would borrow others'."""
    return Locale.parse("en_GB" if borrows(locale) else locale)


def own_name(code: str, facts: Mapping[str, Any]) -> str:
    """A language's own name, such as `Français`.

    Raises:
        LanguageError: neither CLDR nor its `language.toml` has it.
    """
    if "name" not in facts and borrows(facts["locale"]):
        raise languages.LanguageError(code, f'CLDR has no name for {code}; add name = "..."')
    return capitalized(str(facts.get("name") or Locale.parse(facts["locale"]).get_language_name()))


# The languages' own names by code.
LANGUAGES = {code: own_name(code, facts) for code, facts in _DECLARED.items()}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "extract, translate later"
    """Mark a message for extraction; `Language.text` translates it when it is shown."""
    return message


# The region and its parts by their codes of M49, for sums.
_PARTS_OF_THE_REGION = {
    "019": N_("The whole region"),
    "005": N_("South America"),
    "013": N_("Central America"),
    "021": N_("Northern America"),
    "029": N_("Caribbean"),
}
# Of more states together the number is written, not the names.
_FEW_STATES = 3


@dataclass(frozen=True)
class Language:
    """One language of the screens: texts, figures, dates and country names. Get one from `language(code)`."""

    code: str
    locale: Locale = field(compare=False, repr=False)
    catalogue: gettext.NullTranslations = field(compare=False, repr=False)

    def __reduce__(self) -> tuple[Callable[[str], "Language"], tuple[str]]:
        """How it is pickled: by its code."""
        return language, (self.code,)

    @property
    def name(self) -> str:
        """The language's own name, e.g. `Français`."""
        return LANGUAGES[self.code]

    @cached_property
    def formats(self) -> Locale:
        """The locale of its numbers, dates and names of countries."""
        return formats(str(self.locale))

    @property
    def tag(self) -> str:
        """The language tag of documents (BCP 47), e.g. `es-419`."""
        return str(self.locale).replace("_", "-")

    def language_name(self, code: str) -> str:
        """The name of another language in this one, e.g. `Inglés`."""
        return capitalized(str(self.formats.languages.get(code, code)))

    @property
    def separators(self) -> str:
        """Plotly's two characters: the decimal sign, then the thousands sign."""
        symbols = self.formats.number_symbols["latn"]
        group, _ = _GROUPS.get(self.code, (str(symbols["group"]), 0))
        return str(symbols["decimal"]) + group

    @property
    def dash(self) -> str:
        """The sign between the ends of a range."""
        return _DASHES.get(self.code, "–")

    def text(self, message: str, **values: object) -> str:
        """Translate an English message and fill its `{name}` placeholders; an unknown message stays English."""
        translated = self.catalogue.gettext(message)
        return translated.format(**values) if values else translated

    def own(self, texts: Mapping[str, str]) -> str:
        """The text in this language from texts by language code, else a translation of the English one."""
        return texts.get(self.code) or self.text(texts[DEFAULT])

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate the singular or plural for `n`; `{n}` becomes the number as this language writes it."""
        return self.catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def labeled(self, label: str, words: str) -> str:
        """Write `label: words`; French has a space before the colon."""
        return self.text("{label}: {words}", label=label, words=words)

    def joined(self, parts: Iterable[str]) -> str:
        """Write `A; B; C`, empty without parts; French has a space before the semicolon."""
        parts = [*parts]
        if not parts:
            return ""
        return reduce(lambda before, after: self.text("{before}; {after}", before=before, after=after), parts)

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - languages live as long as the process
    def number(self, value: float, digits: int = 0) -> str:
        """Write a figure with `digits` decimals; a figure that would round to zero keeps one significant digit."""
        rounded = round(Decimal(str(value)), digits)
        if value and not rounded:
            digits = -Decimal(str(value)).adjusted()
        return self._decimal(Decimal(str(value)), digits)

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - languages live as long as the process
    def interval(self, low: float, high: float, digits: int = 0) -> str:
        """Write `12`, `0–4` or `12–24`; rounding never makes an interval narrower."""
        if low == high:
            return self.number(low, digits)
        if 0 < low < 10**-digits:
            # Rounding down to 0 would imply that zero is possible: keep the first significant digit.
            digits = -Decimal(str(low)).adjusted()
        step = Decimal(1).scaleb(-digits)
        below = Decimal(str(low)).quantize(step, ROUND_FLOOR)
        above = Decimal(str(high)).quantize(step, ROUND_CEILING)
        return f"{self._decimal(below, digits)}{self.dash}{self._decimal(above, digits)}"

    def between(self, low: float, high: float) -> str:
        """Write whole numbers in a sentence: `12`, or the interval as the language says it, such as `entre 12 y 24`."""
        if low == high:
            return self.number(low)
        # Translators: a range inside a sentence; a verb, "of" or a noun may stand before and after it.
        return self.text("{low}–{high}", low=self.number(floor(low)), high=self.number(ceil(high)))

    def span(self, years: Iterable[int]) -> str:
        """Write the first and the last of some years, `2007–2022`; a year alone stands once."""
        years = sorted(years)
        return self.dash.join(map(str, dict.fromkeys((years[0], years[-1]))))

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - languages live as long as the process
    def country(self, iso3: str) -> str:
        """The name of an ISO 3166-1 alpha-3 code: the reviewed one, else CLDR's short one; the code if unknown.

        A part of the region is named by its code of M49, a group of states by their codes with hyphens (`CRI-PAN`).
        """
        if iso3 in _PARTS_OF_THE_REGION:
            return self.text(_PARTS_OF_THE_REGION[iso3])
        if "-" in iso3:
            return self._together(iso3.split("-"))
        if reviewed := country_names().get((self.code, iso3)):
            return reviewed
        aliases = get_global("territory_aliases").get(iso3, [""])
        name = str(self.formats.territories.get(aliases[0], iso3))
        return re.sub(r"\bSt\b", "Saint", name).replace(" & ", " and ") if self.code == "en" else name

    def _together(self, iso3s: Sequence[str]) -> str:
        """The name of states taken together: all names of a few, or how many there are."""
        if len(iso3s) > _FEW_STATES:
            return self.plural("{n} state together", "{n} states together", len(iso3s))
        return " + ".join(map(self.country, iso3s))

    def sorted_countries(self, iso3s: Iterable[str]) -> list[str]:
        """The codes in the alphabetical order of their names in this language (ignoring accents)."""
        return self.alphabetical(iso3s, self.country)

    def alphabetical(self, ids: Iterable[str], show: Callable[[str], str]) -> list[str]:
        """The ids in the alphabetical order of their words (ignoring accents)."""
        return sorted(ids, key=lambda code: _collation_key(show(code)))

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - languages live as long as the process
    def date(self, day: date | str) -> str:
        """Write a day or month (ISO 8601) in words; any other text, such as a year or a version label, is unchanged."""
        if not isinstance(day, str):
            words = str(format_date(day, "long", locale=self.formats))
            # CLDR writes `1 mars`, French prints `1er mars`.
            return re.sub(r"^1\b", _FIRST.get(self.code, "1"), words)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            return self.date(date.fromisoformat(day))
        if re.fullmatch(r"\d{4}-\d{2}", day):
            pattern = self.formats.datetime_skeletons["yMMMM"].pattern
            return str(format_date(date.fromisoformat(f"{day}-01"), pattern, locale=self.formats))
        return day

    def listing(self, items: Iterable[str], *, either: bool = False) -> str:
        """Join words as in a sentence: `A, B and C`, or `A, B or C`."""
        items = list(items)
        if either:
            return str(format_list(items, style="or", locale=self.formats))
        if self.code == DEFAULT and len(items) > 1 and any(" and " in item for item in items):
            # What has an “and” of its own needs a comma before the last: Antigua and Barbuda, and Haiti.
            return f"{', '.join(items[:-1])}, and {items[-1]}"
        words = str(format_list(items, locale=self.formats))
        # CLDR's patterns have no Spanish `e` before the sound of an `i`: Indonesia e India.
        return re.sub(r" y (?=[IÍií]|[Hh][ií](?![ae]))", " e ", words) if self.code == "es" else words

    def _decimal(self, value: Decimal, digits: int) -> str:
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        words = str(format_decimal(value, pattern, locale=self.formats))
        if self.code not in _GROUPS:
            return words
        group, grouped_from = _GROUPS[self.code]
        few = abs(round(value, digits)) < 10 ** (grouped_from - 1)
        return words.replace(str(self.formats.number_symbols["latn"]["group"]), "" if few else group)


@cache
def language(code: str) -> Language:
    """The language of a code in `LANGUAGES`; KeyError for any other code."""
    return Language(code, Locale.parse(LOCALES[code]), _catalogue(code))


def in_every_language(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts for every language, by code; English where a language has no text."""
    return {code: texts.get(code, texts[DEFAULT]) for code in LANGUAGES}


def match(accept: str | None) -> str:
    """The best of our languages for an Accept-Language header or a browser locale; English when none fits."""
    wishes = [found.groups() for part in (accept or "").split(",") if (found := _ACCEPTED.match(part))]
    ranked = sorted(wishes, key=lambda wish: -float(wish[1] or 1))
    known = [code.lower() for code, quality in ranked if code.lower() in LANGUAGES and float(quality or 1)]
    return known[0] if known else DEFAULT


def _catalogue(code: str) -> gettext.NullTranslations:
    path = CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=LOCALES[code], domain=DOMAIN))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=REMEMBERED)
def _collation_key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
