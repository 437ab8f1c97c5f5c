"""A figure in words: the short form on the map, the hover text, and the id of its mark."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.look import number_state
from dashboard.words import terms, vocabulary
from data import manifest
from data.i18n import Language

# The start of the note of a sum, before how many of its states report.
SUM = "states_that_report: "
# Why two figures give no ratio, share or sum.
NO_RATIO = ("input_missing", "input_contradicted", "units_differ", "denominator_may_be_zero")
# After a figure that its own parts contradict; a line below the figure or table says so.
MARK = "*"
NO_FIGURE = {"conflicting": "?", "suspect": "!", "not_reported": "–"}
# The breakdowns of a figure: how each field's ids are worded, and the ids in display order.
BREAKDOWN = {
    "sex": (terms.word("sex"), vocabulary.SEX),
    "age": (terms.word("age"), vocabulary.AGE),
    "form": (terms.word("form"), vocabulary.FORM),
}


def digits(row: Mapping[str, Any]) -> int:
    """How many decimals a figure is printed with: none for counts, one for rates, two for rates below 1."""
    if row["unit"] in {"persons", "offences", "statements"} or not row["high"]:
        return 0
    return 1 if row["high"] >= 1 else 2


def short(row: Mapping[str, Any], lang: Language) -> str:
    """The figure as printed on the map: a number, an interval, or a sign if there is none, and its mark."""
    state = number_state(row)
    return marked(row, NO_FIGURE.get(state) or lang.interval(row["low"], row["high"], digits(row)))


def marked(row: Mapping[str, Any], figure: str) -> str:
    """A figure in words, with a mark if its own parts contradict it."""
    return f"{figure}{MARK}" if row.get("contradicted") else figure


def doubt(row: Mapping[str, Any], lang: Language) -> list[str]:
    """What the mark beside a figure means, where a pointer shows one figure; nothing without a mark."""
    return [terms.in_sentence(terms.term(lang, "column", "contradicted"))] if row.get("contradicted") else []


def contradicted_total(lang: Language) -> str:
    """What the mark means wherever it stands."""
    # Translators: says what a mark after a figure means: of each this is certain.
    many = lang.text("A total that is contradicted by its own figures by sex, age or form.")
    return f"{MARK} {many}"


def may_add(lang: Language) -> str:
    """The entry of a key for the dashed end of a bar."""
    return lang.text("Range due to figures of fewer than five")


def sentence(row: dict[str, Any], lang: Language, indicator: str) -> str:
    """The hover text of a state: name, figure or the reason it is missing, unit, year, sources and release."""
    name = f"<b>{lang.country(row['area'])}</b>"
    if row["status"] == "not_reported":
        return f"{name}<br>{lang.labeled(indicator, _status(lang, 'not_reported'))}"
    state = number_state(row)
    figure = NO_FIGURE.get(state, "") and _status(lang, state)
    figure = figure or f"{lang.interval(row['low'], row['high'], digits(row))} {terms.term(lang, 'unit', row['unit'])}"
    if state in {"masked", "zero"}:
        figure += f" ({_status(lang, state)})"
    reading = lang.labeled(f"{indicator}, {row['year']}", figure)
    return f"{name}<br>{reading}<br>{_sources(row, lang)}"


def _status(lang: Language, state: str) -> str:
    """The word for the state of a figure, after a colon or in brackets."""
    return terms.in_sentence(terms.term(lang, "status", state))


def _sources(row: dict[str, Any], lang: Language) -> str:
    """The sources of a figure; a rate also depends on the population."""
    released = lang.text("release {release}", release=lang.date(row["release"]))
    printed = f"{terms.term(lang, 'source', row['source'])}, {released}"
    if row["unit"] != "per_100000_population":
        return printed
    return f"{printed}<br>{terms.term(lang, 'source', manifest.indicators()['population'].source)}"


def mark_text(row: Mapping[str, Any], lang: Language) -> str:
    """The hover text of a mark: state, year, indicator, breakdown, and the figure or the reason it is missing."""
    state = number_state(row)
    subject = [terms.term(lang, "indicator", row["indicator"])]
    subject += [word(lang, row[name]) for name, (word, _) in BREAKDOWN.items() if row[name] != "total"]
    text = _status(lang, state)
    if row["low"] is not None:
        figure = f"{short(row, lang)} {terms.term(lang, 'unit', row['unit'])}"
        text = figure if state == "exact" else f"{figure} ({text})"
    text = lang.joined(filter(None, [text, note(lang, row.get("note")), *doubt(row, lang)]))
    return f"<b>{_where(row, lang)}, {row['year']}</b><br>{lang.labeled(', '.join(subject), text)}"


def note(lang: Language, noted: str | None) -> str:
    """The note of a row in words: why it has no figure, or how many states of a group report; empty for others."""
    if counts := of_states(noted):
        n, states = counts
        return lang.plural("{n} of {states} states reports", "{n} of {states} states report", n, states=states)
    return terms.in_sentence(terms.term(lang, "reason", noted)) if noted in NO_RATIO else ""


def of_states(noted: str | None) -> tuple[int, int] | None:
    """How many states of a group report, and how many it has; None of a note that is not that of a group."""
    if not (noted and is_sum(noted)):
        return None
    n, states = noted.removeprefix(SUM).split(" of ")
    return int(n), int(states)


def is_sum(noted: str | None) -> bool:
    """Whether a note is that of the sum of a group of states, which are not the same in every year."""
    return (noted or "").startswith(SUM)


def _where(row: Mapping[str, Any], lang: Language) -> str:
    """The state, or how many states a median is computed from."""
    if not row.get("reporting"):
        return area_name(row["area"], lang)
    return lang.plural(
        "Median of {n} of {states} states", "Median of {n} of {states} states", row["reporting"], states=row["states"]
    )


def area_name(area: str, lang: Language) -> str:
    """The name of a state, or of the median of the region."""
    return lang.text("Median of the region") if area == "region" else lang.country(area)


def mark_id(row: Mapping[str, Any]) -> str:
    """The id of a row's figure in addresses: state, indicator, year, and the breakdown unless it is a total."""
    parts = [row[field] for field in BREAKDOWN]
    return ".".join([row["area"], row["indicator"], str(row["year"]), *(parts if set(parts) != {"total"} else [])])
