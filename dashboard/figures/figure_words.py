"""What a state's figure says: the short form on the map, and the sentence when it is pointed at."""

from typing import Any

from dashboard import terms
from dashboard.figures.looks import number_state
from dashboard.i18n import Language

NO_FIGURE = {"conflicting": "?", "suspect": "!", "not_reported": "–"}


def digits(row: dict[str, Any]) -> int:
    """Decimals of a figure as printed: counts have none, rates one, small rates two."""
    if row["unit"] in {"persons", "offences", "statements"} or not row["high"]:
        return 0
    return 1 if row["high"] >= 1 else 2


def short(row: dict[str, Any], lang: Language) -> str:
    """The figure as it stands on the map: a number, an interval, or a sign for none."""
    state = number_state(row)
    return NO_FIGURE.get(state) or lang.interval(row["low"], row["high"], digits(row))


def sentence(row: dict[str, Any], lang: Language, indicator: str) -> str:
    """The hover text of a state: name, figure or why there is none, unit, year, sources and release."""
    name = f"<b>{lang.country(row['area'])}</b>"
    if row["status"] == "not_reported":
        return f"{name}<br>{lang.labelled(indicator, terms.status(lang, 'not_reported'))}"
    state = number_state(row)
    figure = NO_FIGURE.get(state, "") and terms.status(lang, state)
    figure = figure or f"{lang.interval(row['low'], row['high'], digits(row))} {terms.unit(lang, row['unit'])}"
    if state in {"masked", "zero"}:
        figure += f" ({terms.in_sentence(terms.status(lang, state))})"
    told = lang.labelled(f"{indicator}, {row['year']}", figure)
    return f"{name}<br>{told}<br>{_sources(row, lang)}"


def _sources(row: dict[str, Any], lang: Language) -> str:
    """Who printed the figure; a rate rests on the population too."""
    released = lang.text("release {release}", release=lang.date(row["release"]))
    printed = f"{terms.source(lang, row['source'])}, {released}"
    people = f"<br>{terms.source(lang, 'worldbank_population')}"
    return printed + (people if row["unit"] == "per_100000_population" else "")
