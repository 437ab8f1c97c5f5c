"""Sentences about two states: flows and treaties between them. A missing record is never called a zero."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from dashboard.subjects.pair import query
from dashboard.subjects.pair.query import REPORTED, ListedYears
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import countries, tables, terms
from data.i18n import Language, capitalized

# So many treaties, and no more, are named in a sentence; more are counted.
FEW = 4


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
    places, usable = _places(lang, start, end), rows.filter(pl.col("status").is_in(REPORTED))
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
    if usable.is_empty():
        # Translators: figures are published and cannot be used.
        return lang.text("Citizens {of_start} detected as victims {in_end}: no usable figure.", **places)
    return _counted(lang, usable, places)


def _counted(lang: Language, usable: pl.DataFrame, places: Mapping[str, str]) -> str:
    low, high = query.total(usable)
    years = sorted(usable["year"].unique())
    if usable.filter(status="masked").height == usable.height == len(years):
        return lang.text(
            "Citizens {of_start} detected as victims {in_end}: {amount} ({years}).",
            amount=routes_words.few(lang, len(years)),
            years=tables.runs_in_sentence(lang, years),
            **places,
        )
    # Translators: {figure} is a sum of years; {years} are runs of years: 2010–2013 and 2015.
    return lang.text(
        "UNODC lists {figure} citizens {of_start} as victims detected {in_end} ({years}).",
        figure=lang.between(low, high),
        years=tables.runs_in_sentence(lang, years),
        **places,
    )


def beside_counted(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """What to know of the counted records of both directions: what no sum has, and what another release prints.

    Args:
        rows: as from `pair.query.between`.
    """
    mine = rows.filter(evidence="counted")
    for way in mine.partition_by("start", maintain_order=True):
        if doubted := questioned(lang, way):
            label = routes_words.group(lang, {"origin": way["start"][0], "destination": way["end"][0]})
            yield f"{lang.labeled(label, terms.in_sentence(doubted))}."
    conflicting = mine.filter(status="conflicting").height
    if conflicting:
        yield lang.plural(
            "{n} conflicting record is left out.",
            "{n} conflicting records are left out.",
            conflicting,
        )
    found = routes_query.otherwise(mine)
    yield from (routes_words.otherwise(lang, row) for row in found.iter_rows(named=True))
    if found.height:
        yield from _rule(lang, found)


def _rule(lang: Language, found: pl.DataFrame) -> Iterator[str]:
    """Why an earlier release serves although a later one prints another figure."""
    shown, other = found.row(0, named=True)["release"], found.row(0, named=True)["release_other"]
    lists = routes_query.cells(routes_query.FlowFilter()).filter(release=shown)
    yield from filter(None, [routes_words.releases(lang, shown, other, max(lists["year"]))])


def none_listed(lang: Language, one: str, other: str, years: Sequence[int]) -> str:
    """That no victim is listed between two states in the years in which one of them lists citizenships."""
    values = {"one": countries.the(lang, one), "other": countries.the(lang, other)}
    if not years:
        return lang.text("UNODC’s data list no citizenships of victims for {one} or {other}", **values)
    return lang.text(
        "No victim is listed between {one} and {other} in the years with published citizenships ({years})",
        years=tables.runs(lang, sorted(years)),
        **values,
    )


def nothing_listed(lang: Language, end: str) -> str:
    """What stands in place of the years of a state without lists."""
    # Translators: nothing is known of them; in place of a list of years.
    return lang.text(
        "UNODC lists no citizenships of victims detected {in_end}.",
        in_end=countries.inside(lang, end),
    )


def year_figure(lang: Language, one: ListedYears) -> str:
    """The figure of a year beside its bar, or why it has none."""
    if one.state == "unlisted":
        # Translators: the citizenship is not in the list of the year, which has others.
        return lang.text("not listed")
    if one.state == "no_list":
        # Translators: the state has no list of citizenships for the year.
        return lang.text("no list")
    if one.state == "conflicting":
        return terms.in_sentence(terms.term(lang, "status", "conflicting"))
    if one.row["masked"]:
        return "<5"
    figure = lang.interval(one.row["low"], one.row["high"])
    doubt = terms.in_sentence(terms.term(lang, "status", "questioned"))
    return f"{figure} ({doubt})" if one.state == "questioned" else figure


def questioned(lang: Language, rows: pl.DataFrame) -> str:
    """The questioned records, which are in no sum: together and year by year; empty if there are none."""
    doubted = rows.filter(pl.col("status") == "questioned").sort("year")
    return routes_words.left_out(lang, {"left_out": doubted.select("year", "low", "high", "note").to_dicts()})


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
    return _spanned(lang, chart_title(lang, one, other), years)


def routes_claim(lang: Language, rows: pl.DataFrame) -> str:
    """The title of the figure of routes; `rows` are the statements that describe one between the two."""
    # Translators: a title of at most twelve words.
    return lang.plural(
        "{n} statement in reports describes a route between the two states",
        "{n} statements in reports describe routes between the two states",
        rows.height,
    )


def routes_measured(lang: Language, one: str, other: str, years: pl.Series) -> str:
    """What that figure shows, and the years of the reports."""
    title = lang.labeled(lang.text("Routes described in reports"), terms.in_sentence(heading(lang, one, other)))
    return _spanned(lang, title, years)


def _spanned(lang: Language, title: str, years: pl.Series) -> str:
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
            "{from_start} {to_end}: {n} statement, which names no transit state, in the report of {years}.",
            "{from_start} {to_end}: {n} statements, none of which names a transit state, in reports of {years}.",
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


def none_described(lang: Language, one: str, other: str) -> str:
    """That no report describes a route between two states."""
    none = lang.text(
        "No report describes a route between {first} and {second}",
        first=countries.the(lang, one),
        second=countries.the(lang, other),
    )
    return f"{none}."


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


def treaties(lang: Language, acted: pl.DataFrame, as_of: str) -> str:
    """To which treaties both are parties, since when they are in force for both, and the end of the data.

    Args:
        acted: as from `dashboard.subjects.treaties.query.bound`.
    """
    parties, days = treaties_query.parties(acted), treaties_query.in_force(acted)
    every = acted["instrument"].n_unique()
    said = [_parties(lang, parties, every)]
    if days and len(set(days.values())) == 1:
        said.append(lang.text("In force for both since {date}.", date=lang.date(next(iter(days.values())))))
    said.append(lang.text("Dates of entry into force are calculated from the deposits. Data to {date}.", date=as_of))
    return " ".join(said)


def reserved(lang: Language, rows: pl.DataFrame) -> str:
    """How many reservations or declarations two states made, as a title; `rows` of `treaties.query.reserved`."""
    if rows.is_empty():
        # Translators: for some treaties the texts were read, for others not.
        return lang.text("No reservation or declaration of either state was found")
    # Translators: of two states together, to treaties.
    return lang.plural(
        "{n} reservation or declaration of the two states was found",
        "{n} reservations or declarations of the two states were found",
        rows.height,
    )


def _parties(lang: Language, parties: Sequence[str], every: int) -> str:
    if not parties:
        # Translators: other treaties may bind both; nothing is known of them.
        return lang.text("Our data name no treaty to which both are parties.")
    if len(parties) > FEW:
        # Translators: both states are parties to each of the {n}, of {all} treaties that we have data on.
        return lang.text(
            "By our copies of the tables, both are parties to at least {n} of the {all} treaties.",
            n=lang.number(len(parties)),
            all=every,
        )
    # Translators: before a list of treaties, after a colon.
    both = lang.text("Both are parties to")
    return f"{lang.labeled(both, lang.listing(terms.term(lang, 'part', name) for name in parties))}."
