"""What a comparison says: heading, two sentences, figures and differences in words, what must be known. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import polars as pl

from dashboard.charts.figure_words import area_name
from dashboard.subjects.compare import query
from dashboard.subjects.compare.query import APART, FEWEST, REGION, Pair
from dashboard.subjects.coverage.words import span
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.query import COUNTS
from dashboard.subjects.states.words import STATES
from dashboard.words import tables, terms
from data.counting import counting_units
from data.i18n import Language

Row = Mapping[str, Any]
# Differences are rounded outwards; what only the computer's arithmetic adds is taken away before.
NOISE = 9
# What the columns of the second figure begin with.
OTHER = "other_"


def heading(lang: Language, rows: pl.DataFrame, wanted: Pair) -> str:
    """The title over the figure and the table."""
    sides = " · ".join(area_name(area, lang) for area in (wanted.one, wanted.other))
    return lang.labelled(_subject(lang, rows, wanted), sides)


def surveyed(lang: Language, wanted: Pair, years: tuple[int, int]) -> str:
    """The title over a survey, which has no median."""
    others = [terms.term(lang, "any_party", wanted.other)] if wanted.other == REGION else [lang.country(wanted.other)]
    subject = ", ".join([terms.term(lang, "indicator", wanted.indicator), span(years)])
    return lang.labelled(subject, " · ".join([lang.country(wanted.one), *others]))


def of_surveys(lang: Language, rows: pl.DataFrame, wanted: Pair) -> Iterator[str]:
    """Why the surveys of states are not measured against each other.

    Args:
        rows: their figures, of both states or of all (`dashboard.subjects.explore.query.rows`).
    """
    yield lang.text(
        "The surveys of the region were held in different years and asked different age groups: they stand side by "
        "side, without a difference and without a median."
    )
    groups = {area: set(rows.filter(pl.col("area") == area)["age"]) for area in wanted.states}
    lacking = [lang.country(area) for area, ages in groups.items() if not ages]
    if lacking:
        yield lang.text("No survey of {states} is held. That is not a zero.", states=lang.listing(lacking))
    elif len(groups) > 1 and not set.intersection(*groups.values()):
        yield lang.text("The surveys of the two states have no age group in common.")


def description(lang: Language, rows: pl.DataFrame, wanted: Pair) -> str:
    """What the figure shows, in two sentences: how many years either side has a figure for, and the latest of both."""
    counts = rows.filter(pl.col("indicator") == wanted.indicator)
    mine, theirs = pl.col("low").is_not_null(), pl.col("other_low").is_not_null()
    values = {"subject": _subject(lang, rows, wanted), "one": lang.country(wanted.one), "n": counts.filter(mine).height}
    if wanted.other == REGION:
        first = lang.text(
            "{subject}: years with a figure of {one}: {n}; states in the median of the region: {least} to {most} of "
            "{states}.",
            least=counts["reporting"].min() or 0,
            most=counts["reporting"].max() or 0,
            states=STATES,
            **values,
        )
    else:
        first = lang.text(
            "{subject}: years with a figure: {one} {n}, {other} {m}, both {both}.",
            other=lang.country(wanted.other),
            m=counts.filter(theirs).height,
            both=counts.filter(mine & theirs).height,
            **values,
        )
    return f"{first} {_latest(lang, rows.filter(mine & theirs), wanted)}"


def _subject(lang: Language, rows: pl.DataFrame, wanted: Pair) -> str:
    years = (int(rows["year"].min()), int(rows["year"].max())) if rows.height else None  # type: ignore[arg-type]
    return ", ".join([terms.term(lang, "indicator", wanted.indicator), *([span(years)] if years else [])])


def _latest(lang: Language, both: pl.DataFrame, wanted: Pair) -> str:
    if both.is_empty():
        return lang.text("There is no year for which both have a figure.")
    latest = both.filter(pl.col("year") == both["year"].max())
    each = ", ".join(
        f"{terms.in_sentence(terms.term(lang, 'indicator', row['indicator']))} "
        f"{figure(lang, row)} · {figure(lang, row, OTHER)}"
        for row in latest.iter_rows(named=True)
    )
    return lang.text(
        "In {year}, the latest year of both ({sides}): {figures}.",
        year=latest["year"][0],
        sides=" · ".join(area_name(area, lang) for area in (wanted.one, wanted.other)),
        figures=each,
    )


def figure(lang: Language, row: Row, side: str = "") -> str:
    """One of the two figures of a row, or the word for why there is none; `side` is `OTHER` for the second."""
    low, high, status = (row[f"{side}{end}"] for end in ("low", "high", "status"))
    if low is None:
        return terms.term(lang, "status", status)
    said = lang.interval(low, high, _digits(row, low, high))
    state = "zero" if status == "exact" and high == 0 else status
    return f"{said} ({terms.in_sentence(terms.term(lang, 'status', state))})" if state in {"zero", "masked"} else said


def difference(lang: Language, row: Row) -> str:
    """The first figure less the second, with its sign; an interval is never told narrower than it is."""
    low, high = row["difference_low"], row["difference_high"]
    if low is None:
        return tables.NONE
    digits = _digits(row, low, high)
    if low == high:
        return _signed(lang, low, digits)
    step = Decimal(1).scaleb(-digits)
    ends = [
        Decimal(str(round(end, NOISE))).quantize(step, way) for end, way in ((low, ROUND_FLOOR), (high, ROUND_CEILING))
    ]
    least, most = (_signed(lang, float(end), digits) for end in ends)
    return lang.text("{low} to {high}", low=least, high=most)


def _digits(row: Row, *ends: float) -> int:
    """A median or a difference of counts may lie between two of them."""
    usual = tables.DIGITS.get(row["unit"], 0)
    return usual or int(any(end % 1 for end in ends))


def _signed(lang: Language, value: float, digits: int) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{lang.number(round(abs(value), NOISE), digits)}"


def of_pair(lang: Language, wanted: Pair, edition: str) -> list[str]:
    """The remarks on what the open snapshot holds of a pair."""
    rows = query.rows(wanted, edition)
    rates = query.sides(rows.filter(pl.col("unit") == "per_100000_population"))
    tiny = list(dict.fromkeys(states_query.tiny(rates, states_query.small(edition))))
    return list(remarks(lang, rows, counting_units(), wanted, tiny))


def remarks(
    lang: Language, rows: pl.DataFrame, units: pl.DataFrame, wanted: Pair, tiny: Sequence[str]
) -> Iterator[str]:
    """What must be known of a comparison.

    Args:
        rows: the answer of `compare.rows`; units: whom or what states count, as far as it is known.
        tiny: the states whose rates rest on few inhabitants.
    """
    yield from _median(lang, rows, wanted)
    if wanted.indicator in COUNTS:
        yield lang.text(
            "The publisher prints “Counts” for every figure and does not say whom or what a state counts: persons or "
            "cases, its own nationals only or anyone. Where a state is known to count otherwise than the one it is set "
            "beside, their rates are not compared."
        )
    yield from undrawn(lang, rows)
    yield from _counting(lang, units, wanted)
    yield from states_words.tiny(list(tiny), lang)


def _median(lang: Language, rows: pl.DataFrame, wanted: Pair) -> Iterator[str]:
    if wanted.other != REGION:
        return
    yield lang.text(
        "The median is that of the states that report in a year, {state} too where it does: of the least and of the "
        "most that each figure can be.",
        state=lang.country(wanted.one),
    )
    left = rows.filter(pl.col("left_out") > 0)
    if left.height:
        yield lang.text(
            "The median of {years} leaves out states that count otherwise than {state}: up to {n}.",
            years=tables.runs(left["year"].unique()),
            state=lang.country(wanted.one),
            n=left["left_out"].max(),
        )


def undrawn(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """What stands in the rows and not in the figure: medians of hardly any state, rates that are not compared."""
    few = rows.filter(pl.col("reporting").is_between(1, FEWEST - 1))
    if few.height:
        told = tables.runs(few["year"].unique())
        yield lang.text("Not drawn, as fewer than {n} states report: the median of {years}.", n=FEWEST, years=told)
    apart = rows.filter(pl.col("status") == APART)
    if apart.height:
        years = tables.runs(apart["year"])
        yield lang.text("Rates are not compared for {years}: the two states do not count the same.", years=years)


def _counting(lang: Language, units: pl.DataFrame, wanted: Pair) -> Iterator[str]:
    """Whom or what the states named are known to count, and where it can be read."""
    known = units.filter(pl.col("indicator") == wanted.indicator, pl.col("area").is_in(wanted.states))
    for row in known.iter_rows(named=True):
        yield lang.text(
            "{state} counts {unit} ({years}): {source}",
            state=lang.country(row["area"]),
            unit=terms.term(lang, "counting", row["unit"]),
            years=span((row["year_from"], row["year_to"])),
            source=row["citation"],
        )
