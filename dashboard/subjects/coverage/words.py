"""Sentences about coverage and revisions: headings and descriptions of the maps, the matrix and the charts."""

from collections.abc import Sequence

import polars as pl

from dashboard.subjects.coverage.query import KINDS, USABLE
from dashboard.subjects.coverage.revisions import ALL, Step
from dashboard.words import terms
from data.i18n import Language
from data.releases import ordered


def heading(lang: Language, indicator: str, states: pl.DataFrame, years: tuple[int, int]) -> str:
    """The title of the map: indicator, span, how many states ever reported."""
    ever = states.filter(pl.col("years") > 0).height
    share = lang.text("{n} of {all} ever reported", n=lang.number(ever), all=states.height)
    return f"{terms.term(lang, 'indicator', indicator)}, {span(years)} · {share}"


def on_map(lang: Language, indicator: str, states: pl.DataFrame, years: tuple[int, int]) -> str:
    """The description of the map, in two sentences."""
    ever = states.filter(pl.col("years") > 0).height
    always = states.filter(pl.col("years") == pl.col("span")).height
    first = lang.text(
        "{subject}, {years}: {n} of {all} states gave a usable reading in at least one year.",
        n=lang.number(ever),
        subject=terms.term(lang, "indicator", indicator),
        years=span(years),
        all=states.height,
    )
    second = lang.text(
        "In every year: {always}; in none: {never}. None is not a zero.",
        always=lang.number(always),
        never=lang.number(states.height - ever),
    )
    return f"{first} {second}"


def in_matrix(lang: Language, indicator: str, cells: pl.DataFrame, years: tuple[int, int]) -> str:
    """The description of the matrix, in two sentences."""
    found = {kind: cells.filter(pl.col("kind") == kind).height for kind in KINDS}
    usable = sum(found[kind] for kind in USABLE)
    first = lang.text(
        "{subject}, {years}: of {all} cells of a state and a year, {usable} hold a usable reading.",
        subject=terms.term(lang, "indicator", indicator),
        years=span(years),
        all=lang.number(cells.height),
        usable=lang.number(usable),
    )
    second = lang.text(
        "True zeros: {zero}; masked: {masked}; conflicting or implausible: {unusable}; withdrawn: {withdrawn}; "
        "not reported: {silent}.",
        zero=lang.number(found["zero"]),
        masked=lang.number(found["masked"]),
        unusable=lang.number(found["conflicting"] + found["suspect"]),
        withdrawn=lang.number(found["withdrawn"]),
        silent=lang.number(found["not_reported"]),
    )
    return f"{first} {second}"


def span(years: tuple[int, int]) -> str:
    """A range of years: 2004–2023."""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def of_totals(lang: Language, steps: Sequence[Step]) -> list[str]:
    """For each step what changed in the totals of all states and indicators."""
    return [_step(lang, step, lang.text("All states and indicators, totals")) for step in steps]


def of_choice(lang: Language, steps: Sequence[Step], indicator: str, state: str) -> list[str]:
    """For each step what changed in an indicator, totals and parts, of one state or of all."""
    where = _subject(lang, indicator, state)
    none = lang.text("{subject}: no two releases of this source are held, so none can differ.", subject=where)
    return [_step(lang, step, where) for step in steps] or [none]


def revisions_heading(lang: Language, indicator: str, state: str) -> str:
    """The title of the chart of revisions."""
    return lang.labelled(lang.text("Revisions"), _subject(lang, indicator, state, after_colon=True))


def every(lang: Language, indicator: str, state: str) -> str:
    """The title of the table of every change."""
    return lang.labelled(lang.text("Every change"), _subject(lang, indicator, state, after_colon=True))


def changes(lang: Language, steps: Sequence[Step], indicator: str) -> str:
    """The description of the chart of all states."""
    return " ".join(of_choice(lang, steps, indicator, ALL))


def releases(lang: Language, readings: pl.DataFrame, differing: int, indicator: str, state: str) -> str:
    """The description of the chart of one state, in two sentences."""
    if readings.is_empty():
        return lang.text(
            "{subject}: no release held gives a total. None is not a zero.", subject=_subject(lang, indicator, state)
        )
    found, years = ordered(readings["release"]), readings["year"].sort().to_list()
    first = lang.plural(
        "{subject}, {years}: the totals as given in the release of {releases}.",
        "{subject}, {years}: the totals as given in the releases of {releases}.",
        len(found),
        subject=_subject(lang, indicator, state),
        years=span((years[0], years[-1])),
        releases=lang.listing(lang.date(release) for release in found),
    )
    second = lang.text("Years whose readings differ, joined by a line: {n}.", n=lang.number(differing))
    return f"{first} {second}"


def _subject(lang: Language, indicator: str, state: str, *, after_colon: bool = False) -> str:
    subject = f"{terms.term(lang, 'any_state', state)}, {terms.in_sentence(terms.term(lang, 'indicator', indicator))}"
    return terms.in_sentence(subject) if after_colon and state == ALL else subject


def _step(lang: Language, step: Step, subject: str) -> str:
    changes = lang.plural(
        "{subject}: of {n} figure in the release of {before}, {revised} read differently in that of {after}; "
        "new: {new}; withdrawn: {withdrawn}.",
        "{subject}: of {n} figures in the release of {before}, {revised} read differently in that of {after}; "
        "new: {new}; withdrawn: {withdrawn}.",
        step.read,
        subject=subject,
        before=lang.date(step.before),
        after=lang.date(step.after),
        revised=lang.number(step.revised),
        new=lang.number(step.new),
        withdrawn=lang.number(step.withdrawn),
    )
    return f"{changes} {_conventions(lang, step)}"


def _conventions(lang: Language, step: Step) -> str:
    zeros = lang.text("masked figures printed as 0 now: {n}", n=lang.number(step.zeros))
    meaning = lang.listing(lang.interval(*ends) for ends in step.meaning)
    masks = lang.text("masks that now mean {meaning}: {n}", meaning=meaning, n=lang.number(step.masks))
    unmasked = lang.text("printed zeros masked now: {n}", n=lang.number(step.unmasked))
    several = lang.text(
        "figures with several printed values, some masked otherwise now: {n}", n=lang.number(step.several)
    )
    counted = {zeros: step.zeros, masks: step.masks, unmasked: step.unmasked, several: step.several}
    parts = lang.listing(words for words, figures in counted.items() if figures)
    sentence = lang.text("Not counted as revisions are changes of masking: {parts}.", parts=parts)
    return sentence if parts else lang.text("No change of masking convention touches them.")
