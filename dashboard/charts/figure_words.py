"""What a state's figure says: the short form on the map, and the sentence when it is pointed at."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.look import number_state
from dashboard.words import terms, vocabulary
from data.i18n import Language

NO_FIGURE = {"conflicting": "?", "suspect": "!", "not_reported": "–"}
# Of whom a figure is: the words of a field, and its ids in the order of its list.
WHOM = {
    "sex": (terms.word("sex"), vocabulary.SEX),
    "age": (terms.word("age"), vocabulary.AGE),
    "form": (terms.word("form"), vocabulary.FORM),
}


def digits(row: Mapping[str, Any]) -> int:
    """Decimals of a figure as printed: counts have none, rates one, small rates two."""
    if row["unit"] in {"persons", "offences", "statements"} or not row["high"]:
        return 0
    return 1 if row["high"] >= 1 else 2


def short(row: Mapping[str, Any], lang: Language) -> str:
    """The figure as it stands on the map: a number, an interval, or a sign for none."""
    state = number_state(row)
    return NO_FIGURE.get(state) or lang.interval(row["low"], row["high"], digits(row))


def sentence(row: dict[str, Any], lang: Language, indicator: str) -> str:
    """The hover text of a state: name, figure or why there is none, unit, year, sources and release."""
    name = f"<b>{lang.country(row['area'])}</b>"
    if row["status"] == "not_reported":
        return f"{name}<br>{lang.labelled(indicator, terms.term(lang, 'status', 'not_reported'))}"
    state = number_state(row)
    figure = NO_FIGURE.get(state, "") and terms.term(lang, "status", state)
    figure = figure or f"{lang.interval(row['low'], row['high'], digits(row))} {terms.term(lang, 'unit', row['unit'])}"
    if state in {"masked", "zero"}:
        figure += f" ({terms.in_sentence(terms.term(lang, 'status', state))})"
    told = lang.labelled(f"{indicator}, {row['year']}", figure)
    return f"{name}<br>{told}<br>{_sources(row, lang)}"


def _sources(row: dict[str, Any], lang: Language) -> str:
    """Who printed the figure; a rate rests on the population too."""
    released = lang.text("release {release}", release=lang.date(row["release"]))
    printed = f"{terms.term(lang, 'source', row['source'])}, {released}"
    people = f"<br>{terms.term(lang, 'source', 'worldbank_population')}"
    return printed + (people if row["unit"] == "per_100000_population" else "")


def part(row: Mapping[str, Any], lang: Language) -> str:
    """What a row's mark says: state and year, of what and of whom, the figure or why there is none."""
    state = number_state(row)
    what = [terms.term(lang, "indicator", row["indicator"])]
    what += [say(lang, row[name]) for name, (say, _) in WHOM.items() if row[name] != "total"]
    said = terms.term(lang, "status", state)
    if row["low"] is not None:
        figure = f"{short(row, lang)} {terms.term(lang, 'unit', row['unit'])}"
        said = figure if state == "exact" else f"{figure} ({terms.in_sentence(said)})"
    return f"<b>{_where(row, lang)}, {row['year']}</b><br>{lang.labelled(', '.join(what), said)}"


def _where(row: Mapping[str, Any], lang: Language) -> str:
    """A state, or how many of them a median rests on."""
    if not row.get("reporting"):
        return place(row["area"], lang)
    return lang.plural(
        "Median of {n} of {states} states", "Median of {n} of {states} states", row["reporting"], states=row["states"]
    )


def place(area: str, lang: Language) -> str:
    """What a series is of: a state, or the median of the region."""
    return lang.text("Median of the region") if area == "region" else lang.country(area)


def name(row: Mapping[str, Any]) -> str:
    """A row's figure in an address: state, indicator and year, and of whom where it is not of all."""
    whom = [row[field] for field in WHOM]
    return ".".join([row["area"], row["indicator"], str(row["year"]), *(whom if set(whom) != {"total"} else [])])
