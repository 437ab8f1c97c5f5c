"""Sentences about two states: flows, treaties and migrants between them. A missing record is never called a zero."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from dashboard.subjects.pair import query
from dashboard.subjects.pair.query import REPORTED
from dashboard.subjects.routes import words as routes_words
from dashboard.words import countries, tables, terms
from data.i18n import Language, capitalized


def heading(lang: Language, one: str, other: str) -> str:
    """The title of the page."""
    return lang.text("Between {one} and {other}", one=countries.the(lang, one), other=countries.the(lang, other))


def through_heading(lang: Language, one: str, other: str, third: str) -> str:
    """The title of the page with a third state."""
    names = {"one": countries.the(lang, one), "other": countries.the(lang, other)}
    # In English the small word is in the sentence.
    way = countries.the if lang.code == "en" else countries.by
    return lang.text("Between {one} and {other}, through {third}", third=way(lang, third), **names)


def counted(lang: Language, rows: pl.DataFrame, lists: Sequence[int], start: str, end: str) -> str:
    """How many citizens of one state were detected in the other, or that nothing is known.

    Args:
        rows: the counted records of that direction (`pair.query.between`).
        lists: the years in which the detecting state lists citizenships.
    """
    places = _places(lang, start, end)
    if rows.is_empty() and not lists:
        return lang.text(
            "How many citizens {of_start} were detected as victims {in_end} is not known: UNODC lists no citizenships "
            "of victims detected there.",
            **places,
        )
    if rows.is_empty():
        return lang.text(
            "Citizens {of_start} detected as victims {in_end}: not listed. For {years}, UNODC lists other "
            "citizenships of victims detected {in_end}.",
            years=tables.runs_in_sentence(lang, lists),
            **places,
        )
    return " ".join(_counted(lang, rows, lists, places))


def _counted(lang: Language, rows: pl.DataFrame, lists: Sequence[int], places: Mapping[str, str]) -> Iterator[str]:
    usable = rows.filter(pl.col("status").is_in(REPORTED))
    low, high = query.total(rows)
    years = usable["year"].unique()
    if usable.height:
        masked = usable.filter(status="masked").height == usable.height == years.len()
        amount = lang.text("{figure} in all", figure=lang.interval(low, high))
        yield lang.text(
            "Citizens {of_start} detected as victims {in_end}: {amount} ({years}).",
            amount=routes_words.few(lang, years.len()) if masked else amount,
            years=tables.runs_in_sentence(lang, years),
            **places,
        )
    if doubted := questioned(lang, rows):
        yield f"{doubted}."
    conflicting = rows.filter(pl.col("status") == "conflicting").height
    if conflicting:
        yield lang.plural(
            "{n} conflicting record is left out.",
            "{n} conflicting records are left out.",
            conflicting,
        )
    unlisted = sorted(set(lists) - set(rows["year"]))
    if unlisted:
        yield lang.text(
            "For {years}, UNODC lists other citizenships of victims detected {in_end}, but not this one.",
            years=tables.runs_in_sentence(lang, unlisted),
            **places,
        )


def questioned(lang: Language, rows: pl.DataFrame) -> str:
    """The questioned records, which are in no sum: together and year by year; empty if there are none."""
    doubted = rows.filter(pl.col("status") == "questioned").sort("year")
    return routes_words.left_out(lang, {"left_out": doubted.select("year", "low", "high").to_dicts()})


def chart_title(lang: Language, one: str, other: str) -> str:
    """The title of the chart of counted records."""
    return lang.labeled(terms.term(lang, "evidence", "counted"), terms.in_sentence(heading(lang, one, other)))


def claim(lang: Language, rows: pl.DataFrame) -> str:
    """The title of a figure of two states: the larger of both directions.

    Args:
        rows: the flows between them (`routes.query.arrows`); perhaps none.
    """
    if rows.is_empty():
        return lang.text("No figures published in either direction.").removesuffix(".")
    row = rows.sort("low", "high", descending=True).row(0, named=True)
    return lang.labeled(routes_words.group(lang, row), routes_words.figure(lang, row))


def measured(lang: Language, one: str, other: str, years: pl.Series) -> str:
    """What a figure of two states counts, and its years."""
    title = chart_title(lang, one, other)
    return f"{title}, {lang.span((years.min(), years.max()))}" if years.len() else title  # type: ignore[arg-type]


def description(lang: Language, rows: pl.DataFrame) -> str:
    """The description of the chart, in two sentences.

    Args:
        rows: the result of `pair.query.yearly`.
    """
    ways = [_described(lang, mine) for mine in rows.partition_by("start", maintain_order=True)]
    return " ".join(ways) or lang.text("No figures published in either direction.")


def _described(lang: Language, rows: pl.DataFrame) -> str:
    return lang.text(
        "Citizens {of_start} detected as victims {in_end}: data for {years}.",
        years=tables.runs_in_sentence(lang, rows.filter("listed")["year"]),
        **_places(lang, rows["start"][0], rows["end"][0]),
    )


def _places(lang: Language, start: str, end: str) -> dict[str, str]:
    """Both ends for a sentence: whose citizens, where they were detected, and the way of a route."""
    return {
        "of_start": countries.of(lang, start),
        "in_end": countries.inside(lang, end),
        "from_start": capitalized(countries.leaving(lang, start)),
        "to_end": countries.to(lang, end),
    }


def undrawn(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """A note on questioned records, which the chart leaves out."""
    doubted = rows.filter(pl.col("evidence") == "counted", pl.col("status") == "questioned")
    if doubted.height:
        years = tables.runs(lang, doubted["year"].unique())
        yield lang.text("Not shown because the figure is questioned: {years}.", years=years)


def stated(lang: Language, rows: pl.DataFrame, start: str, end: str) -> str:
    """How many statements of reports lead from one state to the other, by way, or that there are none."""
    places = _places(lang, start, end)
    if rows.is_empty():
        return lang.text("{from_start} {to_end}: no route in the reports of the US Department of State.", **places)
    found = dict(rows.group_by("way").len().iter_rows())
    years = tables.runs_in_sentence(lang, rows["year"].unique())
    if [*found] == ["direct"]:
        # Translators: in each of the {n} statements the route is direct.
        return lang.plural(
            "{from_start} {to_end}: {n} statement, which names no transit, in the report of {years}.",
            "{from_start} {to_end}: {n} statements, none of which names a transit, in reports of {years}.",
            rows.height,
            years=years,
            **places,
        )
    ways = [f"{terms.term(lang, 'way', way)} ({lang.number(found[way])})" for way in query.WAYS if way in found]
    return lang.plural(
        "{from_start} {to_end}: {n} statement in the report of {years}: {ways}.",
        "{from_start} {to_end}: {n} statements in reports of {years}: {ways}.",
        rows.height,
        years=years,
        ways=lang.listing(ways),
        **places,
    )


def through(lang: Language, rows: pl.DataFrame, start: str, third: str, end: str) -> str:
    """How many statements of reports lead from one state through a third to the other, or that there are none."""
    places = {**_places(lang, start, end), "through_third": countries.through(lang, third)}
    if rows.is_empty():
        return lang.text(
            "{from_start} {through_third} {to_end}: no route in the reports of the US Department of State.", **places
        )
    return lang.plural(
        "{from_start} {through_third} {to_end}: {n} statement in the report of {years}.",
        "{from_start} {through_third} {to_end}: {n} statements in reports of {years}.",
        rows.height,
        years=tables.runs_in_sentence(lang, rows["year"].unique()),
        **places,
    )


def treaties(lang: Language, days: Mapping[str, date], as_of: str) -> str:
    """Which treaties are in force for both, since when, and the date of the depositary's table."""
    each = lang.listing(
        lang.text("{treaty} since {date}", treaty=terms.term(lang, "part", name), date=lang.date(day))
        for name, day in days.items()
    )
    both = lang.labeled(lang.text("In force for both"), each or lang.text("none on record"))
    if len(set(days.values())) == 1:
        since = lang.text("In force for both since {date}", date=lang.date(next(iter(days.values()))))
        both = lang.labeled(since, lang.listing(terms.term(lang, "part", name) for name in days))
    return " ".join(
        [
            f"{both}.",
            lang.text(
                "Dates of entry into force are calculated from the deposits. Data to {date}.",
                date=as_of,
            ),
        ]
    )


def context(lang: Language) -> str:
    """What migrant stock is, and what it is not."""
    return lang.text("People from one state who live in the other, for any reason. Not a measure of trafficking.")
