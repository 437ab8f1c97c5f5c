"""The words for ids on the screens: indicators, statuses, roles and others, in standard terms of the field.

Trafficking in persons (trata de personas, tráfico de pessoas, traite des personnes) is never called smuggling,
which is another offence. An id without a word appears as it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from math import floor
from typing import Literal, get_args

import polars as pl

from dashboard.words import ledger_vocabulary, vocabulary
from data import manifest
from data.columns import BODIES
from data.declaration import OBJECTIVES, THEMES, TITLES
from data.i18n import DEFAULT, N_, Language
from data.ratios import Ratio, ratios
from data.treaties import treaties

Word = Callable[[Language, str], str]
# The counts of authorities, which UNODC calls counts of persons whatever a state counts, have a unit of count instead.
COUNTED = ("persons", "offences")
# From here on a headline rounds a figure.
ROUNDED = 1000
WHOLE = 100
# The kinds of ids. `any_...`: the options of a filter that also has an option for all.
Kind = Literal[
    "action",
    "actor",
    "addressed",
    "addressee",
    "age",
    "agreement",
    "any_actor",
    "any_age",
    "any_form",
    "any_paragraph",
    "any_party",
    "any_sex",
    "any_state",
    "any_subregion",
    "any_sum",
    "cell",
    "coded_measure",
    "column",
    "counting",
    "coverage",
    "country",
    "date_precision",
    "definition",
    "desk",
    "edition",
    "entry_kind",
    "evidence",
    "finding",
    "form",
    "freshness",
    "grade",
    "identity",
    "indicator",
    "line_kind",
    "measure",
    "membership",
    "movement",
    "objective",
    "part",
    "picture",
    "position",
    "profile",
    "progress",
    "reading",
    "reason",
    "redistribute",
    "reservation",
    "reserved",
    "revision",
    "role",
    "sex",
    "source",
    "stated",
    "standing",
    "state",
    "status",
    "subregion",
    "table",
    "theme",
    "treaty",
    "treaty_subject",
    "unit",
    "way",
    "withdrawn",
    "year_basis",
    "your_country",
]
# The English messages of each kind, by id.
_MESSAGES: dict[Kind, Mapping[str, str]] = {
    # The tables of `vocabulary` have the names of their kinds.
    **{kind: getattr(vocabulary, kind.upper()) for kind in get_args(Kind) if hasattr(vocabulary, kind.upper())},
    "addressed": ledger_vocabulary.ADDRESSED,
    "cell": ledger_vocabulary.CELL,
    "coded_measure": ledger_vocabulary.MEASURE,
    "entry_kind": ledger_vocabulary.KIND,
    "finding": {**ledger_vocabulary.FINDING, **ledger_vocabulary.MEASURE},
    "part": {**{code: one.name for code, one in treaties().items()}, **vocabulary.PART},
    "progress": ledger_vocabulary.STATUS,
    "theme": THEMES,
    "treaty": {code: one.short for code, one in treaties().items()},
}
# The kinds declared by the sources: texts by language, by id.
_DECLARED: dict[Kind, Callable[[], Mapping[str, Mapping[str, str]]]] = {
    "coverage": lambda: {code: one.coverage for code, one in manifest.indicators().items() if one.coverage},
    "definition": lambda: {code: one.definition for code, one in manifest.indicators().items() if one.definition},
    "indicator": lambda: {code: one.title for code, one in manifest.indicators().items()},
    "source": manifest.sources,
}


def messages(kind: Kind) -> Mapping[str, str]:
    """The English messages of a kind, by id."""
    if read := _DECLARED.get(kind):
        return {code: texts[DEFAULT] for code, texts in read().items()}
    return _MESSAGES[kind]


def term(lang: Language, kind: Kind, code: str) -> str:
    """The word for an id of a kind, or the id itself if it has none."""
    if special := _SPECIAL.get(kind):
        return special(lang, code)
    if read := _DECLARED.get(kind):
        texts = read().get(code)
        return lang.own(texts) if texts else code
    known = _MESSAGES[kind]
    return lang.text(known[code]) if code in known else code


def word(kind: Kind) -> Word:
    """The lookup of one kind, for tables whose columns each have a kind."""
    return lambda lang, code: term(lang, kind, code)


def figure(lang: Language, low: float | None, high: float | None, status: str, digits: int = 0) -> str:
    """The text of a figure: the number, the interval, or the word for its status if it has no value."""
    if low is None or high is None:
        return term(lang, "status", status)
    return lang.interval(low, high, digits)


def round_figure(lang: Language, low: float, high: float) -> str:
    """A large figure in words that are certain and easy to keep: more than 21,000. A small one is written in full."""
    if low < ROUNDED:
        return lang.interval(low, high)
    step = 10 ** (len(str(int(low))) - len("21"))
    base = low // step * step
    if base < low:
        # Translators: the figure is rounded down: it is surely above {n}.
        return lang.text("more than {n}", n=lang.number(base))
    return lang.interval(low, high) if low == high else lang.text("at least {n}", n=lang.number(base))


def percent(lang: Language, share: tuple[float, float]) -> str:
    """A share with both ends rounded to whole percent: one number if they agree, else the interval.

    A share that is not all is never written as 100%, and one that is not nothing never as 0%: such ends go outwards.
    """
    low, high = (floor(end + 0.5) for end in share)
    if all(0 < rounded < WHOLE or rounded == end for rounded, end in zip((low, high), share, strict=True)):
        return lang.text("{share}%", share=lang.interval(low, high))
    digits = 0
    while share[0] < WHOLE and share[0] == share[1] and round(share[0], digits) in {0, WHOLE}:
        digits += 1
    return lang.text("{share}%", share=lang.interval(*share, digits))


def in_sentence(text: str) -> str:
    """A word for use inside a sentence: in lower case, unless it starts with an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# From this age on people are grown; by sex the profiles below and above it.
ADULT = 18
GROWN = {"female": ("girls", "women"), "male": ("boys", "men")}


def _age(lang: Language, code: str) -> str:
    """The word for an age, or for a band of years such as `5-17` or `15+`."""
    known, band = vocabulary.AGE.get(code), re.fullmatch(r"(\d+)(?:-(\d+)|\+)", code)
    if known or band is None:
        return lang.text(known) if known else code
    low, high = band.groups()
    return lang.text("{low}–{high} years", low=low, high=high) if high else lang.text("{low} years and over", low=low)


def of_sex_and_age(lang: Language, sex: str, age: str) -> str:
    """The word for a sex of an age: a band of years below 18 is of girls or boys, one from 18 on of women or men."""
    band = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", age)
    low, high = (int(end) if end else ADULT for end in band.groups()) if band else (0, ADULT)
    if sex in GROWN and high < ADULT:
        return term(lang, "profile", GROWN[sex][0])
    if sex in GROWN and low >= ADULT:
        return term(lang, "profile", GROWN[sex][1])
    return term(lang, "sex", sex)


def _indicator(lang: Language, code: str) -> str:
    """The title that the source declares, or that of a ratio or share in the words of what it divides."""
    if one := ratios().get(code):
        part, whole = divided(lang, one)
        if one.is_share:
            # Translators: {group} such as “Children”, {whole} such as “detected victims”.
            return lang.text("{group}, percent of {whole}", group=part, whole=whole)
        return lang.text("Ratio of {part} to {whole}", part=in_sentence(part), whole=whole)
    declared = manifest.indicators().get(code)
    return lang.own(declared.title) if declared else code


def divided(lang: Language, one: Ratio) -> tuple[str, str]:
    """The words for what a ratio or share divides, and in a sentence for what it is divided by."""
    part = _group(lang, one.group) if one.is_share else _indicator(lang, one.indicator)
    return part, in_sentence(_indicator(lang, one.of))


def _group(lang: Language, group: Mapping[str, str]) -> str:
    if "total" not in {group["sex"], group["age"]}:
        return of_sex_and_age(lang, group["sex"], group["age"])
    words: dict[str, Word] = {"sex": word("sex"), "age": word("age"), "form": word("form")}
    return ", ".join(words[name](lang, code) for name, code in group.items() if code != "total")


def _subregion(lang: Language, code: str) -> str:
    """The word for a subregion, by id or English name (`South America`)."""
    known = vocabulary.SUBREGION.get(code.lower().replace(" ", "_"))
    return lang.text(known) if known else code


def _any_paragraph(lang: Language, number: str) -> str:
    return lang.text("All paragraphs") if number == "all" else f"{number}. {lang.text(TITLES[int(number)])}"


def _or_all(kind: Kind, every: str, message: str, lang: Language, code: str) -> str:
    """The word of a kind, or the message for the option for all."""
    return lang.text(message) if code == every else term(lang, kind, code)


def _or_nothing(known: Mapping[str, str], lang: Language, code: str) -> str:
    return lang.text(known[code]) if code in known else ""


_SPECIAL: dict[Kind, Word] = {
    "country": lambda lang, code: lang.country(code),
    # The addressee of a letter: a state, or the publisher of a source.
    "addressee": lambda lang, code: term(lang, "source" if code in manifest.sources() else "country", code),
    "indicator": _indicator,
    "age": _age,
    "subregion": _subregion,
    # Who is responsible for a paragraph: a state or a body.
    "actor": lambda lang, code: term(lang, "addressed" if code in BODIES else "country", code),
    "objective": lambda lang, number: f"{number}. {lang.text(OBJECTIVES[int(number)])}",
    # Notes on a state whose membership is unusual, or that has a reservation to the declaration.
    "membership": partial(_or_nothing, vocabulary.MEMBERSHIP),
    "reservation": partial(_or_nothing, vocabulary.RESERVATION),
    # The newest releases, or an earlier release of UNODC by date.
    "edition": lambda lang, code: lang.text("Newest release") if code == "newest" else lang.date(code),
    "any_sex": partial(_or_all, "sex", "total", N_("Total")),
    "any_age": partial(_or_all, "age", "total", N_("Total")),
    "any_form": partial(_or_all, "form", "total", N_("Total")),
    "any_subregion": partial(_or_all, "subregion", "all", N_("The whole region")),
    "any_sum": partial(_or_all, "country", "chosen", N_("The chosen states")),
    "any_state": partial(_or_all, "country", "all", N_("All states")),
    "any_party": partial(_or_all, "country", "region", N_("The whole region")),
    "any_actor": partial(_or_all, "actor", "all", N_("All states and bodies")),
    "any_paragraph": _any_paragraph,
    "your_country": partial(_or_all, "country", "none", N_("Not chosen")),
}


def law(title: str, year: str) -> str:
    """A law with its year (empty if unknown), which is not repeated after a title or number that has it."""
    return title if not year or re.search(rf"\b{re.escape(year)}\b", title) else f"{title} ({year})"


def unit_of(rows: pl.DataFrame) -> pl.Series:
    """The unit of each figure as a key of `unit_word`: of a count what the state counts.

    Args:
        rows: indicator, unit and, if it is known, counting_unit.
    """
    counts = pl.col("unit").is_in(COUNTED) & (pl.col("indicator") != "population")
    known = pl.col("counting_unit") if "counting_unit" in rows.columns else pl.lit(None, dtype=pl.String)
    counting = pl.format("counting {}", known.fill_null("not_stated"))
    return rows.select(unit=pl.when(counts).then(counting).otherwise(pl.format("unit {}", "unit")))["unit"]


def unit_word(lang: Language, key: str) -> str:
    """The words for a key of `unit_of`."""
    kind, _, code = key.partition(" ")
    return term(lang, "counting" if kind == "counting" else "unit", code)
