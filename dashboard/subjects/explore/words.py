"""What the figures of any choice say: heading, two sentences, why an answer is empty, what must be known. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN
from dashboard.subjects.coverage.words import span
from dashboard.subjects.explore import query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.query import REPORTED
from dashboard.words import terms
from data.i18n import N_, Language

# More indicators, or groups, are counted and not named.
FEW_INDICATORS, FEW_GROUPS = 2, 3
MANY_GROUPS = {"sex": N_("by sex"), "age": N_("by age"), "form": N_("by form of exploitation")}
FILTERS = {
    "areas": N_("States"),
    "years": N_("Years"),
    "sexes": N_("Sex"),
    "ages": N_("Age"),
    "forms": N_("Form of exploitation"),
}


def heading(lang: Language, rows: pl.DataFrame, wanted: Selection, states: int, *, both: bool = False) -> str:
    """The title over a figure: what is counted, of whom, in which years, and how many states report.

    Args:
        rows: the answer of `explore.rows`.
        states: how many there are in all; both: only the first and the last year are shown.
    """
    asked = len(wanted.areas) or states
    when = f"{subject(lang, rows, wanted)}, {_when(lang, wanted, both=both)}"
    if both and wanted.first != wanted.last:
        first, last = (_reporting(rows.filter(pl.col("year") == year)) for year in wanted.years)
        share = lang.text("{first} and {last} of {states} report", first=first, last=last, states=asked)
    else:
        share = lang.plural("{n} of {states} reports", "{n} of {states} report", _reporting(rows), states=asked)
    return f"{when} · {share}"


def told(
    lang: Language, rows: pl.DataFrame, drawn: pl.DataFrame, wanted: Selection, states: int, *, both: bool = False
) -> str:
    """What a figure shows, in two sentences.

    Args:
        drawn: the rows of the figure (`explore.drawn`); the others as those of `heading`.
    """
    if both:
        rows, drawn = (frame.filter(pl.col("year").is_in(wanted.years)) for frame in (rows, drawn))
    first = lang.plural(
        "{subject}, {when}: {n} of {states} states reports.",
        "{subject}, {when}: {n} of {states} states report.",
        _reporting(rows),
        subject=subject(lang, rows, wanted),
        when=_when(lang, wanted, both=both),
        states=len(wanted.areas) or states,
    )
    return f"{first} {_counted(lang, drawn)}"


def _counted(lang: Language, drawn: pl.DataFrame) -> str:
    """How many figures of each state of a number there are."""
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    state = pl.when(zero).then(pl.lit("zero")).otherwise("status").alias("state")
    found = dict(drawn.group_by(state).len().iter_rows())
    return lang.text(
        "Figures: {exact}; true zeros: {zero}; masked: {masked}; conflicting or implausible: {unusable}; "
        "not reported: {silent}.",
        unusable=lang.number(found.get("conflicting", 0) + found.get("suspect", 0)),
        silent=lang.number(found.get("not_reported", 0)),
        **{state: lang.number(found.get(state, 0)) for state in ("exact", "zero", "masked")},
    )


def hidden(lang: Language, series: int) -> list[str]:
    """A note where a figure does not show every series."""
    told = lang.plural(
        "{n} more series is not drawn: choose fewer", "{n} more series are not drawn: choose fewer", series
    )
    return [told] if series else []


def _when(lang: Language, wanted: Selection, *, both: bool) -> str:
    return lang.listing(dict.fromkeys(map(str, wanted.years))) if both else span(wanted.years)


def subject(lang: Language, rows: pl.DataFrame, wanted: Selection) -> str:
    """What is counted, of whom."""
    if len(wanted.indicators) > FEW_INDICATORS:
        return lang.plural("{n} indicator", "{n} indicators", len(wanted.indicators))
    return _joined(
        lang,
        (
            ", ".join([terms.term(lang, "indicator", code), *whom(lang, rows.filter(pl.col("indicator") == code))])
            for code in wanted.indicators
        ),
    )


def whom(lang: Language, rows: pl.DataFrame, few: int = FEW_GROUPS) -> Iterator[str]:
    """Of whom figures are, where that is not everyone: by sex, age, form; at most `few` groups are named."""
    for name, (say, known) in BREAKDOWN.items():
        found = set(rows[name])
        ordered = [*(code for code in known if code in found), *sorted(found - set(known))]
        if len(found) > few:
            yield lang.text(MANY_GROUPS[name])
        elif found - {"total"}:
            yield lang.listing(terms.in_sentence(say(lang, code)) for code in ordered)


def empty(lang: Language, wanted: Selection, emptied: Mapping[str, int]) -> str:
    """Why an answer holds no row, in one sentence that names the filter.

    Args:
        emptied: the answer of `explore.emptied`.
    """
    if not wanted.indicators:
        return lang.text("No indicator is chosen: choose one to see its figures.")
    if len(emptied) == 1:
        ((name, n),) = emptied.items()
        return lang.text(
            "The filter “{filter}” leaves no figure; without it there would be {n}.",
            filter=lang.text(FILTERS[name]),
            n=lang.number(n),
        )
    if not emptied:
        return lang.text("These filters leave no figure, whichever one of them is lifted.")
    each = _joined(lang, (f"{lang.text(FILTERS[name])} ({lang.number(n)})" for name, n in emptied.items()))
    return lang.text(
        "These filters leave no figure together; without one of them there would be some: {each}.",
        each=each,
    )


def remarks(
    lang: Language, rows: pl.DataFrame, wanted: Selection, compared: pl.DataFrame, tiny: Sequence[str]
) -> Iterator[str]:
    """What must be known of the rows of a view.

    Args:
        compared: totals beside the sums of their parts (`explore.about`).
        tiny: the states whose rates rest on few inhabitants.
    """
    yield from _silent(lang, rows, wanted)
    yield from _without_total(lang, rows, wanted)
    yield from _apart(lang, query.panels(wanted.indicators))
    yield from _unsummed(lang, compared)
    yield from states_words.tiny(list(tiny), lang)


def _silent(lang: Language, rows: pl.DataFrame, wanted: Selection) -> Iterator[str]:
    lacking = [code for code in wanted.indicators if code not in set(rows["indicator"])]
    if lacking and not rows.is_empty():
        yield lang.text("No figure of this choice: {indicators}.", indicators=_named(lang, lacking))


def _without_total(lang: Language, rows: pl.DataFrame, wanted: Selection) -> Iterator[str]:
    """Which groups stand for everyone where the publisher gives no total."""
    asked = [name for name, groups in wanted.groups.items() if groups == ("total",)]
    for code in wanted.indicators:
        mine = rows.filter(pl.col("indicator") == code)
        parts = [name for name in asked if not mine.is_empty() and "total" not in set(mine[name])]
        if parts:
            apart = (pl.col(name) if name in parts else pl.lit("total").alias(name) for name in BREAKDOWN)
            yield lang.text(
                "{indicator}: the publisher gives no figure for everyone, but for these groups: {groups}.",
                indicator=terms.term(lang, "indicator", code),
                groups=", ".join(whom(lang, mine.select(apart), mine.height)),
            )


def _apart(lang: Language, panels: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(panels) > 1:
        yield lang.text(
            "Not on one axis, for their units or their kinds of evidence differ: {panels}.",
            panels=" | ".join(_named(lang, together) for together in panels),
        )


def _unsummed(lang: Language, compared: pl.DataFrame) -> Iterator[str]:
    apart = query.unsummed(compared)
    if apart.is_empty():
        return
    more = apart.filter(pl.col("more_high") < 0).height
    yield lang.plural(
        "Of {all} totals compared with the parts printed by sex, age or form, {n} is not their sum: the parts come to "
        "more in {more}, to less in {less}.",
        "Of {all} totals compared with the parts printed by sex, age or form, {n} are not their sum: the parts come to "
        "more in {more}, to less in {less}.",
        apart.height,
        all=lang.number(compared.height),
        more=lang.number(more),
        less=lang.number(apart.height - more),
    )


def _joined(lang: Language, parts: Iterable[str]) -> str:
    """Parts that hold commas; the space before a semicolon is French."""
    return reduce(lambda first, second: lang.text("{first}; {second}", first=first, second=second), parts)


def _named(lang: Language, indicators: Iterable[str]) -> str:
    return ", ".join(terms.term(lang, "indicator", code) for code in indicators)


def _reporting(rows: pl.DataFrame) -> int:
    return rows.filter(pl.col("status").is_in(REPORTED))["area"].n_unique()
