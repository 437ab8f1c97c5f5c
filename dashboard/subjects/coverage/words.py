"""Sentences about coverage and revisions: headings and descriptions of the maps, the matrix and the charts."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from dashboard.subjects.coverage.query import KINDS
from dashboard.subjects.coverage.revisions import ALL, Step
from dashboard.words import terms
from data import manifest
from data.i18n import Language, capitalized
from data.intervals import MASKED_BELOW
from data.releases import ordered


def heading(lang: Language, indicator: str, states: pl.DataFrame, years: tuple[int, int]) -> str:
    """The title of the map, a sentence: how many states have a total of an indicator for any year."""
    n = states.filter(pl.col("years") > 0).height
    subject = terms.in_sentence(terms.term(lang, "indicator", indicator))
    values = {"all": states.height, "subject": subject, "years": lang.span(years)}
    if indicator in manifest.counts():
        # Translators: {n} states have a total in one or more of {years}; the others in none, but perhaps parts.
        return lang.plural(
            "{n} of {all} states has a total of {subject} for at least one year, {years}",
            "{n} of {all} states have a total of {subject} for at least one year, {years}",
            n,
            **values,
        )
    # Translators: {n} states have a figure in one or more of {years}; the others in none.
    return lang.plural(
        "{n} of {all} states has a figure on {subject} for at least one year, {years}",
        "{n} of {all} states have a figure on {subject} for at least one year, {years}",
        n,
        **values,
    )


def claim(lang: Language, indicator: str, states: pl.DataFrame) -> str:
    """The title of the map: how many states have a total of an indicator for any year."""
    n = states.filter(pl.col("years") > 0).height
    return having(lang, n, states.height, total=indicator in manifest.counts())


def having(lang: Language, n: int, every: int, *, total: bool) -> str:
    """How many of all states have a total, or a figure, for any year."""
    if total:
        # Translators: a title. A total in one or more of the years; the others have none, but perhaps parts.
        return lang.plural(
            "{n} of {all} states has at least one total", "{n} of {all} states have at least one total", n, all=every
        )
    # Translators: a title. A figure in one or more of the years; the others have none.
    return lang.plural(
        "{n} of {all} states has at least one figure", "{n} of {all} states have at least one figure", n, all=every
    )


def measured(lang: Language, indicator: str, years: tuple[int, int]) -> str:
    """What the map and the matrix are of."""
    # Translators: which of the years have a figure, state by state.
    return lang.text(
        "{indicator}: years with a figure, {years}",
        indicator=terms.term(lang, "indicator", indicator),
        years=lang.span(years),
    )


def lacking(lang: Language, cells: pl.DataFrame) -> str:
    """The title of the matrix: how many yearly figures there are not."""
    missing = cells.filter(pl.col("kind") == "not_reported").height
    # Translators: a title. Of one figure for each state and year, {n} do not exist.
    return lang.plural(
        "{n} of {all} yearly figures is missing",
        "{n} of {all} yearly figures are missing",
        missing,
        all=lang.number(cells.height),
    )


def counted(lang: Language) -> str:
    """Which years are counted as reported."""
    return lang.text(
        "Years with an exact figure, a zero, “fewer than five” or a range are counted. A missing figure is not a zero."
    )


def on_map(lang: Language, states: pl.DataFrame) -> str:
    """The description of the map, in up to two sentences: how many states have a total for every year, and for none."""
    always = states.filter(pl.col("years") == pl.col("span")).height
    never = states.filter(pl.col("years") == 0).height
    # Translators: each of the {n} states has a total in each of the years shown.
    every = lang.plural("A total for every year: {n} state.", "A total for every year: {n} states.", always)
    none = lang.plural("No total for any year: {n} state.", "No total for any year: {n} states.", never)
    return " ".join([*[every][:always], *[none][:never]])


def in_matrix(lang: Language, cells: pl.DataFrame) -> str:
    """The description of the matrix: the number of cells of each kind."""
    counts = by_kind(lang, {kind: cells.filter(pl.col("kind") == kind).height for kind in KINDS})
    return f"{each_year(lang)} {counts}"


def each_year(lang: Language) -> str:
    """What is counted where figures are counted."""
    return lang.text("Each state is counted once for each year.")


# The order in which a sentence counts figures.
COUNTED = (*KINDS[:3], "interval", *KINDS[3:-1], "questioned", KINDS[-1])


def by_kind(lang: Language, found: Mapping[str, int]) -> str:
    """How many figures there are of each kind, in one sentence; kinds without figures are left out.

    Args:
        found: the number of figures by kind, as in `KINDS`.
    """
    parts = [lang.labeled(kind_word(lang, kind), lang.number(found[kind])) for kind in COUNTED if found.get(kind)]
    return f"{lang.joined([*parts[:1], *map(terms.in_sentence, parts[1:])])}." if parts else ""


def kind_word(lang: Language, kind: str) -> str:
    """The word for a kind of cell."""
    return terms.term(lang, "revision", kind) if kind == "withdrawn" else terms.term(lang, "status", kind)


def masked_word(lang: Language, high: float) -> str:
    """The word for a protected figure of up to `high`, as it was published."""
    return terms.term(lang, "status", "range" if high >= MASKED_BELOW else "masked")


def of_choice(lang: Language, steps: Sequence[Step], indicator: str, state: str) -> list[str]:
    """For each step what changed in an indicator, totals and parts, of one state or of all."""
    where = _subject(lang, indicator, state)
    # Translators: there is no earlier release to compare with.
    none = lang.text("{subject}: only one release is available.", subject=where)
    return [lang.labeled(where, terms.in_sentence(_step(lang, step))) for step in steps] or [none]


def revisions_heading(lang: Language, indicator: str, state: str) -> str:
    """The title of the chart of revisions."""
    return lang.labeled(lang.text("Revisions"), _subject(lang, indicator, state, after_colon=True))


def revised(lang: Language, steps: Sequence[Step], *, masking: bool) -> str:
    """The title of the chart of revisions: what the newest release changed; of masking if the chart has it."""
    if not steps:
        return lang.text("Only one release is available")
    last = steps[-1]
    changes = [
        # Translators: of figures; others may follow: “and 63 were added”.
        *[lang.plural("{n} changed", "{n} changed", last.revised)][: last.revised],
        *_more(lang, last),
    ]
    if changes:
        return _of_years(lang, last, capitalized(lang.listing(changes)))
    if masking and (n := _masking(last)):
        # Translators: a title.
        return lang.plural("{n} change in how “<5” is published", "{n} changes in how “<5” is published", n)
    return lang.text("Nothing changed")


def revisions_measured(lang: Language, indicator: str, state: str, steps: Sequence[Step]) -> str:
    """What the chart of revisions is of, and the releases that its title compares."""
    title = revisions_heading(lang, indicator, state)
    compared = (
        lang.text(
            "from the release of {before} to that of {after}", before=lang.date(one.before), after=lang.date(one.after)
        )
        for one in steps[-1:]
    )
    return lang.joined([title, *compared])


def _of_years(lang: Language, step: Step, changes: str) -> str:
    """The changes after the years whose figures are compared, beyond which a release may go."""
    if step.last is None:
        return changes
    # Translators: begins a title: “Figures to 2022: 130 changed”. {year} is the last year that both releases cover.
    return lang.labeled(lang.text("Figures to {year}", year=step.last), terms.in_sentence(changes))


def _masking(step: Step) -> int:
    return step.zeros + step.masks + step.unmasked + step.several


def every(lang: Language, indicator: str, state: str) -> str:
    """The title of the table of every change."""
    return lang.labeled(lang.text("All changes"), _subject(lang, indicator, state, after_colon=True))


def changes(lang: Language, steps: Sequence[Step], indicator: str) -> str:
    """The description of the chart of all states."""
    return " ".join([_step(lang, step) for step in steps] or of_choice(lang, steps, indicator, ALL))


def releases(lang: Language, readings: pl.DataFrame, differing: int, indicator: str, state: str) -> str:
    """The description of the chart of one state, in two sentences."""
    if readings.is_empty():
        return lang.text("{subject}: no total in any release.", subject=_subject(lang, indicator, state))
    found, years = ordered(readings["release"]), readings["year"].sort().to_list()
    first = lang.plural(
        "Totals of {years} in the release of {releases}.",
        "Totals of {years} in the releases of {releases}.",
        len(found),
        years=lang.span(years),
        releases=lang.listing(lang.date(release) for release in found),
    )
    second = lang.text("Years with different totals, joined by a line: {n}.", n=lang.number(differing))
    return f"{first} {second}" if differing else first


def _subject(lang: Language, indicator: str, state: str, *, after_colon: bool = False) -> str:
    subject = f"{terms.term(lang, 'any_state', state)}, {terms.in_sentence(terms.term(lang, 'indicator', indicator))}"
    return terms.in_sentence(subject) if after_colon and state == ALL else subject


def _step(lang: Language, step: Step) -> str:
    """What changed from one release to the next, and how many changes of masking are not counted in it."""
    first = _changed(lang, step)
    masking = _masking(step)
    second = lang.plural(
        "Not counted: {n} change in how “<5” is published.",
        "Not counted: {n} changes in how “<5” is published.",
        masking,
    )
    return f"{first} {second}" if masking else first


def _changed(lang: Language, step: Step) -> str:
    """What changed from one release to the next, in a sentence."""
    changes = _of_years(lang, step, lang.listing(_changes(lang, step)) or lang.text("nothing changed"))
    # Translators: {changes} is such as “figures to 2022: 130 of 5,717 changed and 63 were added”.
    return lang.text(
        "From the release of {before} to that of {after}, {changes}.",
        before=lang.date(step.before),
        after=lang.date(step.after),
        changes=terms.in_sentence(changes),
    )


def _changes(lang: Language, step: Step) -> Iterator[str]:
    """How many figures were changed, added and withdrawn; what did not happen is left out."""
    if step.revised:
        every = lang.number(step.read)
        yield lang.plural("{n} of {all} changed", "{n} of {all} changed", step.revised, all=every)
    yield from _more(lang, step)


def _more(lang: Language, step: Step) -> Iterator[str]:
    """How many figures were added and withdrawn."""
    if step.new:
        yield lang.plural("{n} was added", "{n} were added", step.new)
    if step.withdrawn:
        yield lang.plural("{n} was withdrawn", "{n} were withdrawn", step.withdrawn)
