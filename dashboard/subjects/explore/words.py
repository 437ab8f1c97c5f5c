"""Sentences about a selection: heading, description, why it is empty, remarks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN, MARK, NO_RATIO, note
from dashboard.subjects.coverage.words import by_kind, each_year, having
from dashboard.subjects.derived import REPORTING
from dashboard.subjects.derived import states as states_of
from dashboard.subjects.explore import query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.query import REPORTED
from dashboard.words import tables, terms
from data import manifest
from data.i18n import N_, Language
from data.ratios import PERCENT, RATIO, ratios

# More indicators, groups or states than these are counted instead of named.
FEW_INDICATORS = 2
FEW_GROUPS = 3
FEW_STATES = 4
MANY_GROUPS = {"sex": N_("by sex"), "age": N_("by age"), "form": N_("by form of exploitation")}
FILTERS = {
    "areas": N_("States"),
    "years": N_("Years"),
    "sexes": N_("Sex"),
    "ages": N_("Age"),
    "forms": N_("Form of exploitation"),
}


def heading(lang: Language, rows: pl.DataFrame, selection: Selection, states: int) -> str:
    """The title of a table, a sentence: how many states have which figures, and when; it names a few chosen states.

    Args:
        rows: the result of `explore.query.rows`.
        states: the number of all states.
    """
    what, named = terms.in_sentence(subject(lang, rows, selection)), selection.areas[:FEW_STATES] == selection.areas
    names = lang.listing(map(lang.country, lang.sorted_countries(selection.areas))) if named else ""
    found = _finding(lang, rows, selection, states, what)
    return lang.labeled(names, found) if names else found


def _finding(lang: Language, rows: pl.DataFrame, selection: Selection, states: int, what: str) -> str:
    """How many of the states have which figures, in which years."""
    chosen = len(selection.areas) or states
    if len(selection.areas) == 1 or (selection.areas and all(map(states_of, selection.areas))):
        return f"{what}, {_when(lang, selection, both=False)}"
    figure = _kind(lang, rows, selection, what)
    values = {"states": chosen, "figure": figure, "when": _when(lang, selection, both=False)}
    n = len(_reporting(rows))
    if len(selection.areas) > FEW_STATES:
        # Translators: {n} of the chosen states have one figure or more in the years of {when}.
        return lang.plural(
            "{n} of {states} chosen states has at least one {figure}, {when}",
            "{n} of {states} chosen states have at least one {figure}, {when}",
            n,
            **values,
        )
    # Translators: {n} states have one figure or more in the years of {when}.
    return lang.plural(
        "{n} of {states} states has at least one {figure}, {when}",
        "{n} of {states} states have at least one {figure}, {when}",
        n,
        **values,
    )


def claim(lang: Language, rows: pl.DataFrame, selection: Selection, states: int, *, both: bool = False) -> str:
    """The title of a figure: how many states have figures or totals; of one state or groups, for how many years.

    Args:
        rows, states: as in `heading`; both: only the first and the last year are shown.
    """
    years = selection.last - selection.first + 1
    if len(selection.areas) == 1 or any(map(states_of, selection.areas)):
        with_figure = rows.filter(pl.col("status").is_in(REPORTED))["year"].n_unique()
        # Translators: a title. The years of one state, or of groups of states.
        return lang.plural("Figures for {n} of {all} years", "Figures for {n} of {all} years", with_figure, all=years)
    chosen, total = len(selection.areas) or states, _totals(rows, selection)
    if both and selection.first != selection.last:
        first, last = (_reporting(rows.filter(pl.col("year") == year)) for year in selection.years)
        values = {"states": chosen, "first": selection.first, "last": selection.last}
        return (
            lang.plural(
                "{n} of {states} states has a total for both {first} and {last}",
                "{n} of {states} states have a total for both {first} and {last}",
                len(first & last),
                **values,
            )
            if total
            else lang.plural(
                "{n} of {states} states has a figure for both {first} and {last}",
                "{n} of {states} states have a figure for both {first} and {last}",
                len(first & last),
                **values,
            )
        )
    return having(lang, len(_reporting(rows)), chosen, total=total)


def measured(lang: Language, rows: pl.DataFrame, selection: Selection, *, both: bool = False) -> str:
    """What a figure shows: indicators and groups, the years, and a few chosen states."""
    what = _of_sums(lang, f"{subject(lang, rows, selection)}, {_when(lang, selection, both=both)}", rows)
    if not selection.areas or len(selection.areas) > FEW_STATES:
        return what
    names = lang.listing(map(lang.country, lang.sorted_countries(selection.areas)))
    return lang.labeled(names, terms.in_sentence(what))


def _of_sums(lang: Language, what: str, rows: pl.DataFrame) -> str:
    """What a figure shows, and that its sums have only the states that report: how many, if there is one group."""
    found = [*_sums(rows)]
    if len(found) == 1:
        ((area, low, high),) = found
        # Translators: {n} such as “3–7”, of all {states} of a group; {what} is the subject of a figure.
        return lang.text(
            "{what}; {n} of {states} states report", what=what, n=lang.interval(low, high), states=len(states_of(area))
        )
    # Translators: {what} is the subject of a figure.
    return lang.text("{what}; each sum has only the states that report", what=what) if found else what


def most_shared(lang: Language) -> str:
    """That no other two years are those of more states."""
    # Translators: of the two years on show.
    return lang.text("No other two years have figures of more states.")


def _totals(rows: pl.DataFrame, selection: Selection) -> bool:
    """Whether the rows are totals of one count."""
    parts = rows.filter(pl.any_horizontal(pl.col("sex", "age", "form") != "total"))
    return parts.is_empty() and len(selection.indicators) == 1 and selection.indicators[0] in manifest.counts()


def _kind(lang: Language, rows: pl.DataFrame, selection: Selection, what: str) -> str:
    """What the states have: totals of one count, or figures. A state without a total may have parts, such as zeros."""
    if _totals(rows, selection):
        # Translators: after “at least one” or “a”; not a part by sex, age or form.
        return lang.text("total of {subject}", subject=what)
    # Translators: after “at least one” or “a”.
    return lang.text("figure on {subject}", subject=what)


def description(lang: Language, drawn: pl.DataFrame, selection: Selection, *, both: bool = False) -> str:
    """What the title does not say: what is counted, and how many figures there are of each status.

    Args:
        drawn: the rows of the figure (`explore.query.drawn`). The others as in `heading`.
    """
    if both:
        drawn = drawn.filter(pl.col("year").is_in(selection.years))
    return "" if drawn.is_empty() else f"{unit(lang, drawn)} {by_kind(lang, numbers(drawn))}"


def numbers(drawn: pl.DataFrame) -> dict[str, int]:
    """How many figures there are by state of a number (`exact`, `zero`, `masked` ...)."""
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    state = pl.when(zero).then(pl.lit("zero")).otherwise("status").alias("state")
    return dict(drawn.group_by(state).len().iter_rows())


def unit(lang: Language, drawn: pl.DataFrame) -> str:
    """What is counted in those numbers."""
    once = drawn.height == drawn.n_unique(["area", "year"])
    return each_year(lang) if once else lang.text("Each state is counted once for each year, indicator and group.")


def hidden(lang: Language, series: int) -> list[str]:
    """A note if a figure does not show every series."""
    note = lang.plural("{n} more series not shown; choose fewer", "{n} more series not shown; choose fewer", series)
    return [note] if series else []


def _when(lang: Language, selection: Selection, *, both: bool) -> str:
    return lang.listing(dict.fromkeys(map(str, selection.years))) if both else lang.span(selection.years)


def subject(lang: Language, rows: pl.DataFrame, selection: Selection) -> str:
    """The indicators and the breakdown."""
    if len(selection.indicators) > FEW_INDICATORS:
        return lang.plural("{n} indicator", "{n} indicators", len(selection.indicators))
    return _semicolons(
        lang,
        (
            ", ".join([terms.term(lang, "indicator", code), *breakdown(lang, rows.filter(pl.col("indicator") == code))])
            for code in selection.indicators
        ),
    )


def breakdown(lang: Language, rows: pl.DataFrame, few: int = FEW_GROUPS) -> Iterator[str]:
    """The groups by sex, age and form other than the total; at most `few` of each are named."""
    for name, (word, known) in BREAKDOWN.items():
        found = set(rows[name])
        ordered = [*(code for code in known if code in found), *sorted(found - set(known))]
        if len(found) > few:
            yield lang.text(MANY_GROUPS[name])
        elif found - {"total"}:
            yield lang.listing(terms.in_sentence(word(lang, code)) for code in ordered)


def empty(lang: Language, selection: Selection, emptied: Mapping[str, int]) -> str:
    """Why a selection has no rows, in one sentence that names the filter.

    Args:
        emptied: the result of `explore.query.emptied`.
    """
    if not selection.indicators:
        return lang.text("Choose an indicator.")
    if len(emptied) == 1:
        ((name, n),) = emptied.items()
        return lang.text(
            "No data with the filter “{filter}”; figures without it: {n}.",
            filter=lang.text(FILTERS[name]),
            n=lang.number(n),
        )
    if not emptied:
        return lang.text("No data with these filters, even without any one of them.")
    each = _semicolons(lang, (f"{lang.text(FILTERS[name])} ({lang.number(n)})" for name, n in emptied.items()))
    return lang.text(
        "No data with these filters together; figures without one of them: {each}.",
        each=each,
    )


def remarks(
    lang: Language, rows: pl.DataFrame, selection: Selection, compared: pl.DataFrame, tiny: Sequence[str]
) -> Iterator[str]:
    """Remarks on the rows of a view.

    Args:
        compared: totals and the sums of their parts (`explore.query.sums`).
        tiny: states with rates of very small populations.
    """
    yield from _missing(lang, rows, selection)
    yield from _without_total(lang, rows, selection)
    yield from _without_ratio(lang, rows)
    yield from _apart(lang, query.panels(selection.indicators))
    yield from _unsummed_totals(lang, compared)
    yield from states_words.tiny(list(tiny), lang)


def _missing(lang: Language, rows: pl.DataFrame, selection: Selection) -> Iterator[str]:
    missing = [code for code in selection.indicators if code not in set(rows["indicator"])]
    if missing and not rows.is_empty():
        yield lang.text("No data for this selection: {indicators}.", indicators=_named(lang, missing))


def _without_total(lang: Language, rows: pl.DataFrame, selection: Selection) -> Iterator[str]:
    """Which groups replace the total if the publisher gives none."""
    undivided = [name for name, groups in selection.groups.items() if groups == ("total",)]
    for code in selection.indicators:
        mine = rows.filter(pl.col("indicator") == code)
        parts = [name for name in undivided if not mine.is_empty() and "total" not in set(mine[name])]
        if parts:
            apart = (pl.col(name) if name in parts else pl.lit("total").alias(name) for name in BREAKDOWN)
            # Translators: no total is published.
            yield lang.text(
                "{indicator}: published only for these groups: {groups}.",
                indicator=terms.term(lang, "indicator", code),
                groups=", ".join(breakdown(lang, mine.select(apart), mine.height)),
            )


def _without_ratio(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """For how many rows a ratio, share or sum is not given, by reason, and what a ratio does not say."""
    why = (
        rows.filter(pl.col("note").is_in(NO_RATIO)).group_by("note").len().sort("len", "note", descending=[True, False])
    )
    if why.height:
        each = (f"{note(lang, code)} ({lang.number(n)})" for code, n in why.iter_rows())
        yield lang.text("Not calculated, with the number of cases: {reasons}.", reasons=_semicolons(lang, each))
    computed = set(rows.filter(pl.col("indicator").is_in(list(ratios())))["unit"])
    if PERCENT in computed:
        yield lang.text("One victim more or less changes a share of few victims by many points: see the total, too.")
    if RATIO in computed:
        # Translators: a claim: those convicted in a year may have been prosecuted in an earlier one.
        yield lang.text(
            "A ratio divides two counts of one year. The persons need not be the same: a case may begin in one year "
            "and end in a later one."
        )


def summed(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """How many of its states the sums of a group have."""
    for area, low, high in _sums(rows):
        # Translators: a sum has only the states that report; {n} such as “3–7” is how many of all {states} do.
        yield lang.text(
            "{group}: each sum has only the states that report, {n} of {states}, not the same in every year.",
            group=lang.country(area),
            n=lang.interval(low, high),
            states=len(states_of(area)),
        )


def doubted_sums(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """What the mark beside sums means: in which years one of the added totals is contradicted.

    Args:
        rows: area, year and contradicted, of sums.
    """
    years = rows.filter("contradicted").group_by("area").agg(pl.col("year").unique().sort())
    for area, doubted in years.sort("area").iter_rows():
        # Translators: certain for each of {years}; which of the added totals it is, the rows say.
        said = lang.text(
            "{group}: in {years}, at least one of the added totals is contradicted by its own figures by sex, age or "
            "form.",
            group=lang.country(area),
            years=tables.runs(lang, doubted),
        )
        yield f"{MARK} {said}"


def _sums(rows: pl.DataFrame) -> Iterator[tuple[str, int, int]]:
    """The groups of states, and of how many states their sums are, at least and at most."""
    reporting = pl.col("note").str.extract(rf"^{REPORTING}: (\d+) of").cast(pl.Int64)
    found = rows.select("area", n=reporting).drop_nulls().group_by("area")
    yield from found.agg(low=pl.col("n").min(), high=pl.col("n").max()).sort("area").iter_rows()


def _apart(lang: Language, panels: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(panels) > 1:
        yield lang.text(
            "Shown on separate axes because units or types of data differ: {panels}.",
            panels=" | ".join(_named(lang, together) for together in panels),
        )


def _unsummed_totals(lang: Language, compared: pl.DataFrame) -> Iterator[str]:
    apart = query.unsummed(compared)
    if apart.is_empty():
        return
    # Translators: {all} times a total was compared; {n} times the parts sum to another number. The three reasons are
    # possible, not certain.
    yield lang.plural(
        "Of {all} comparisons of a total with the sum of its parts by sex, age or form, {n} shows a difference: a part "
        "may be unknown, a victim may count under several forms, or the figures may not agree.",
        "Of {all} comparisons of a total with the sum of its parts by sex, age or form, {n} show a difference: a part "
        "may be unknown, a victim may count under several forms, or the figures may not agree.",
        apart.height,
        all=lang.number(compared.height),
    )


def _semicolons(lang: Language, parts: Iterable[str]) -> str:
    """Join parts that contain commas; French has a space before the semicolon."""
    return reduce(lambda first, second: lang.text("{first}; {second}", first=first, second=second), parts)


def _named(lang: Language, indicators: Iterable[str]) -> str:
    return lang.listing(terms.term(lang, "indicator", code) for code in indicators)


def _reporting(rows: pl.DataFrame) -> set[str]:
    """The states with a figure."""
    return set(rows.filter(pl.col("status").is_in(REPORTED))["area"])
