"""Sentences about a comparison: heading, description, figures and differences in words, remarks."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import polars as pl

from dashboard.charts.figure_words import marked
from dashboard.subjects.compare import query
from dashboard.subjects.compare.query import APART, REGION, Pair
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.words import STATES
from dashboard.words import countries, tables, terms
from data.counting_units import counting_units
from data.i18n import Language

Row = Mapping[str, Any]
# Differences are rounded outward; floating-point noise beyond this many decimals is removed first.
NOISE = 9
# The prefix of the columns of the second figure.
OTHER = "other_"


def heading(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    """The title of the table and of its files: what they have, for all years."""
    return lang.labeled(_subject(lang, rows, pair), _sides(lang, pair))


def finding(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    """The title of the figure: both figures of the latest year that has both; without one, what is compared."""
    both = latest(rows, pair)
    return _side_by_side(lang, both, pair) if both else heading(lang, rows, pair)


def latest(rows: pl.DataFrame, pair: Pair) -> Row | None:
    """The row of the latest year that has both figures; None without one."""
    both = rows.filter(
        pl.col("low").is_not_null(), pl.col("other_low").is_not_null(), pl.col("indicator") == pair.indicator
    )
    return None if both.is_empty() else both.row(by_predicate=pl.col("year") == both["year"].max(), named=True)


def _side_by_side(lang: Language, row: Row, pair: Pair) -> str:
    """Both figures of a year."""
    values = {
        "indicator": terms.term(lang, "indicator", row["indicator"]),
        "year": row["year"],
        "first": figure(lang, row),
        "second": figure(lang, row, OTHER),
        "in_one": countries.inside(lang, pair.one),
    }
    if pair.other == REGION:
        return lang.text(
            "{indicator} in {year}: {first} {in_one}; median of {n} of {all} states: {second}",
            n=row["reporting"],
            all=STATES,
            **values,
        )
    there = countries.inside(lang, pair.other)
    return lang.text("{indicator} in {year}: {first} {in_one}, {second} {in_other}", in_other=there, **values)


def claim(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    """The title of the figure: both figures of the latest year that has both."""
    row = latest(rows, pair)
    if not row:
        return lang.text("No year has data for both.").removesuffix(".")
    values = {
        "year": row["year"],
        "first": figure(lang, row),
        "second": figure(lang, row, OTHER),
        "in_one": countries.inside(lang, pair.one),
    }
    if pair.other == REGION:
        # Translators: a title. Two figures of {year}; the second is the median of {n} states.
        return lang.text("{year}: {first} {in_one}; median of {n} states: {second}", n=row["reporting"], **values)
    # Translators: a title. Two figures of {year}.
    return lang.text(
        "{year}: {first} {in_one}, {second} {in_other}", in_other=countries.inside(lang, pair.other), **values
    )


def survey_claim(lang: Language) -> str:
    """The title of surveys side by side, which are not compared."""
    return lang.text("Surveys of different years and age groups, side by side")


def _sides(lang: Language, pair: Pair) -> str:
    other = lang.text("the median of the region") if pair.other == REGION else countries.the(lang, pair.other)
    return lang.listing([countries.the(lang, pair.one), other])


def survey_heading(lang: Language, pair: Pair, years: tuple[int, int]) -> str:
    """The title of a survey, which has no median."""
    every = terms.in_sentence(terms.term(lang, "any_party", pair.other))
    other = every if pair.other == REGION else countries.the(lang, pair.other)
    subject = ", ".join([terms.term(lang, "indicator", pair.indicator), lang.span(years)])
    return lang.labeled(subject, lang.listing([countries.the(lang, pair.one), other]))


def survey_remarks(lang: Language, rows: pl.DataFrame, pair: Pair) -> Iterator[str]:
    """Remarks on why surveys of states are not compared.

    Args:
        rows: the figures of both states or of all (`dashboard.subjects.explore.query.rows`).
    """
    yield lang.text("Surveys differ in year and age group, so no difference or median is shown.")
    groups = {area: set(rows.filter(pl.col("area") == area)["age"]) for area in pair.states}
    missing = [lang.country(area) for area, ages in groups.items() if not ages]
    if missing:
        yield lang.text("No survey available for {states}.", states=lang.listing(missing))
    elif len(groups) > 1 and not set.intersection(*groups.values()):
        yield lang.text("The surveys of the two states have no age group in common.")


def description(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    """What the title does not say: how many years have a figure on either side, and the other figures of that year."""
    counts = rows.filter(pl.col("indicator") == pair.indicator)
    mine, theirs = pl.col("low").is_not_null(), pl.col("other_low").is_not_null()
    years = {lang.country(pair.one): counts.filter(mine).height}
    if pair.other != REGION:
        years[lang.country(pair.other)] = counts.filter(theirs).height
        years[lang.text("both")] = counts.filter(mine & theirs).height
    found = lang.listing(f"{name} ({n})" for name, n in years.items() if n)
    sentences = [
        lang.text("Years with data: {years}.", years=found) if found else "",
        f"{basis(lang, counts, pair)}." if pair.other == REGION else "",
        _latest(lang, rows.filter(mine & theirs), pair),
    ]
    return " ".join(filter(None, sentences))


def basis(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    """How many states the median is of, and of which years; or that there is no median."""
    counts = rows.filter(pl.col("reporting") > 0, pl.col("indicator") == pair.indicator)
    if counts.is_empty():
        return lang.text("No median: too few states have a total for every year")
    # Translators: {n} is three or more; {years} as in 2012–2022.
    return lang.text(
        "Median of the {n} states with a total for every year, {years}",
        n=counts["reporting"].max(),
        years=lang.span((counts["year"].min(), counts["year"].max())),  # type: ignore[arg-type]
    )


def _subject(lang: Language, rows: pl.DataFrame, pair: Pair) -> str:
    years = (int(rows["year"].min()), int(rows["year"].max())) if rows.height else None  # type: ignore[arg-type]
    return ", ".join([terms.term(lang, "indicator", pair.indicator), *([lang.span(years)] if years else [])])


def _latest(lang: Language, both: pl.DataFrame, pair: Pair) -> str:
    """The figures of the latest year that the title does not have, e.g. the rates."""
    if both.is_empty():
        return lang.text("No year has data for both.")
    latest = both.filter(pl.col("year") == both["year"].max())
    titled = both.filter(pl.col("indicator") == pair.indicator)["year"].max() == latest["year"][0]
    rest = latest.filter((pl.col("indicator") != pair.indicator) | (not titled))
    return " ".join(f"{_side_by_side(lang, row, pair)}." for row in rest.iter_rows(named=True))


def figure(lang: Language, row: Row, side: str = "") -> str:
    """One of the two figures of a row, or the reason it is missing; `side` is `OTHER` for the second."""
    low, high, status = (row[f"{side}{end}"] for end in ("low", "high", "status"))
    if low is None:
        return terms.term(lang, "status", status)
    doubted = {"contradicted": row.get(f"{side}contradicted")}
    interval = marked(doubted, lang.interval(low, high, _digits(row, low, high)))
    state = "zero" if status == "exact" and high == 0 else status
    return (
        f"{interval} ({terms.in_sentence(terms.term(lang, 'status', state))})"
        if state in {"zero", "masked"}
        else interval
    )


def difference(lang: Language, row: Row) -> str:
    """The first figure minus the second, with its sign; the ends of an interval are rounded outward."""
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
    """The number of decimals: a median or a difference of counts may be a fraction."""
    usual = tables.DIGITS.get(row["unit"], 0)
    return usual or int(any(end % 1 for end in ends))


def _signed(lang: Language, value: float, digits: int) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{lang.number(round(abs(value), NOISE), digits)}"


def of_pair(lang: Language, pair: Pair, edition: str) -> list[str]:
    """The remarks on a pair, from the open snapshot."""
    rows = query.rows(pair, edition)
    rates = query.sides(rows.filter(pl.col("unit") == "per_100000_population"))
    tiny = list(dict.fromkeys(states_query.tiny(rates, states_query.small(edition))))
    states = query.in_median(pair, pair.indicator, edition) if pair.other == REGION else ()
    return [*remarks(lang, rows, counting_units(), pair, tiny, states)]


def remarks(
    lang: Language,
    rows: pl.DataFrame,
    units: pl.DataFrame,
    pair: Pair,
    tiny: Sequence[str],
    states: Sequence[str] = (),
) -> Iterator[str]:
    """Remarks on a comparison, without those of `under_chart`.

    Args:
        rows: the result of `compare.query.rows`; units: the known counting units of states.
        tiny: states with rates of very small populations; states: those whose median is taken.
    """
    yield from _median_remarks(lang, rows, pair, states)
    yield from _counting_units(lang, units, pair)
    yield from states_words.tiny(list(tiny), lang)


def _median_remarks(lang: Language, rows: pl.DataFrame, pair: Pair, states: Sequence[str]) -> Iterator[str]:
    if not states:
        return
    named = lang.listing(map(lang.country, lang.sorted_countries(states)))
    ranges = lang.text("Where figures are ranges, the median can be a range.")
    yield f"{lang.labeled(basis(lang, rows, pair), named)}. {ranges}"
    left = rows.filter(pl.col("left_out") > 0)
    if left.height:
        yield lang.text(
            "States left out of the median of {years} because they count differently from {state}: up to {n}.",
            years=tables.runs_in_sentence(lang, left["year"].unique()),
            state=lang.country(pair.one),
            n=left["left_out"].max(),
        )


def under_chart(lang: Language, rows: pl.DataFrame, pair: Pair) -> list[str]:
    """The notes under the chart: what it leaves out, and that what a state counts is not stated."""
    return [*undrawn(lang, rows), *states_words.unit_of_count(lang, [pair.indicator])]


def undrawn(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """Notes on rows that the chart leaves out: rates that are not compared."""
    apart = rows.filter(pl.col("status") == APART)
    if apart.height:
        years = tables.runs_in_sentence(lang, apart["year"])
        yield lang.text("Rates of {years} not compared: the two states count differently.", years=years)


def _counting_units(lang: Language, units: pl.DataFrame, pair: Pair) -> Iterator[str]:
    """What the states of the pair are known to count, with the source."""
    known = units.filter(pl.col("indicator") == pair.indicator, pl.col("area").is_in(pair.states))
    for row in known.iter_rows(named=True):
        yield lang.text(
            "{state} counts {unit} ({years}): {source}",
            state=lang.country(row["area"]),
            unit=terms.term(lang, "counting", row["unit"]),
            years=lang.span((row["year_from"], row["year_to"])),
            source=row["citation"],
        )
