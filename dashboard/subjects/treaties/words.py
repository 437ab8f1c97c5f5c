"""Headings, descriptions and notes of the treaties' chart, map and tables, and of the list of laws."""

from collections.abc import Iterable, Sequence
from functools import reduce

import polars as pl

from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query, tables
from dashboard.subjects.treaties.query import end
from dashboard.words import terms
from data.i18n import Language


def when(lang: Language, year: int, closing: str) -> str:
    """The end of a year in words; for the last year of the table, the month in which the table ends."""
    if year < end(closing).year:
        return lang.text("end of {year}", year=year)
    return lang.text("{date}, where the table ends", date=lang.date(closing))


def on_map_heading(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title of the map: treaty, date, number of parties."""
    share = lang.text("{n} of {all} party", n=lang.number(_count(standings, "party")), all=standings.height)
    return f"{terms.term(lang, 'part', treaty)}, {when(lang, year, closing)} · {share}"


def on_map(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """A description of the map in two sentences."""
    signed = _count(standings, "signed") + _count(standings, "after")
    first = lang.text(
        "{treaty}, {when}: {n} of {all} states are party, {signed} signed only.",
        treaty=terms.term(lang, "part", treaty),
        when=when(lang, year, closing),
        n=lang.number(_count(standings, "party")),
        all=standings.height,
        signed=lang.number(signed),
    )
    second = lang.text(
        "No action by then, but one later: {later}; no action recorded as of {date}: {none}.",
        later=lang.number(_count(standings, "later")),
        none=lang.number(_count(standings, "none")),
        date=lang.date(closing),
    )
    undated = _count(standings, "undated")
    third = lang.text("Party, date not held: {n}.", n=lang.number(undated)) if undated else ""
    return " ".join(filter(None, (first, second, third)))


def in_time_heading(lang: Language, treaties: Sequence[str], closing: str) -> str:
    """The title of the chart."""
    subject = terms.term(lang, "part", treaties[0]) if len(treaties) == 1 else lang.text("Three treaties of 2000")
    return lang.text("{subject}: deposits up to {date}", subject=subject, date=lang.date(closing))


def in_time(lang: Language, treaties: Sequence[str], steps: pl.DataFrame, closing: str, states: int) -> str:
    """A description of the chart in two sentences."""
    parts = [
        lang.labelled(
            terms.term(lang, "part", treaty), _rise(lang, steps.filter(pl.col("instrument") == treaty), states)
        )
        for treaty in treaties
    ]
    # French has a space before a semicolon.
    clauses = reduce(lambda one, other: lang.text("{one}; {other}", one=one, other=other), parts)
    first = lang.text("Deposits of the states up to {date}: {each}.", date=lang.date(closing), each=clauses)
    second = lang.text("The axis ends there, as the depositary’s table does, which says nothing of later acts.")
    return f"{first} {second}"


def _rise(lang: Language, steps: pl.DataFrame, states: int) -> str:
    if steps.is_empty():
        return lang.text("none")
    days = (lang.date(steps["date"][0]), lang.date(steps["date"][-1]))
    return lang.text(
        "{n} of {all}, from {first} to {last}",
        n=lang.number(steps["parties"][-1]),
        all=states,
        first=days[0],
        last=days[1],
    )


def acts_heading(lang: Language, treaties: Sequence[str]) -> str:
    """The title of the table of acts."""
    if len(treaties) > 1:
        return lang.text("Every act on the three treaties")
    return lang.text("Every act on one treaty: {treaty}", treaty=terms.term(lang, "part", treaties[0]))


def laws_heading(lang: Language) -> str:
    """The title of the list of laws."""
    return lang.text("Laws named in our source (may not be the first)")


def beyond(lang: Language, acts: pl.DataFrame, closing: str) -> list[str]:
    """A sentence for every act after the table's end, which the chart and the map do not count."""
    late = acts.filter(pl.col("date") > end(closing))
    return [
        lang.text(
            "{state}, {treaty}: {action} on {day} lies after the table’s end: shown in the table, not counted in the "
            "chart or on the map.",
            state=lang.country(row["area"]),
            treaty=terms.term(lang, "part", row["instrument"]),
            action=terms.in_sentence(terms.term(lang, "action", row["action"])),
            day=tables.day(lang, row),
        )
        for row in late.iter_rows(named=True)
    ]


def doubtful(lang: Language, acts: pl.DataFrame) -> list[str]:
    """A sentence for every act that cannot be as printed: it is shown so all the same."""
    doubts = acts.filter(pl.col("note").is_not_null(), ~pl.col("derived"))
    return [
        lang.labelled(
            f"{lang.country(row['area'])}, {terms.term(lang, 'part', row['instrument'])}",
            f"{tables.action(lang, '', row)}, {tables.day(lang, row)}. {tables.basis(lang, row)}",
        )
        for row in doubts.iter_rows(named=True)
    ]


def undated(lang: Language, acts: pl.DataFrame) -> list[str]:
    """The states that are party since a date that is not held, in one sentence."""
    dated = acts.filter(pl.col("date").is_not_null(), pl.col("action") != query.SIGNATURE)
    rows = acts.filter(pl.col("action").is_not_null(), pl.col("date").is_null()).join(
        dated, on=["area", "instrument"], how="anti"
    )
    states = lang.listing(map(lang.country, lang.sorted_countries(rows["area"].unique())))
    return [lang.text("Party, date not held and so not in the chart: {states}.", states=states)] * bool(states)


def beside_map(lang: Language, treaty: str) -> list[str]:
    """The notes on the map of a treaty."""
    closing, acts = query.closing(), query.acts((treaty,))
    return [*limits(lang, closing), *beyond(lang, acts, closing), *doubtful(lang, acts), *undated(lang, acts)]


def limits(lang: Language, closing: str) -> list[str]:
    """The limits of the depositary's table."""
    return [
        lang.text(
            "The depositary’s table held here ends in {date}. A state without an act in it has “no action recorded as "
            "of {date}”; it may have acted since.",
            date=lang.date(closing),
        )
    ]


def standing(lang: Language) -> list[str]:
    """Notes on states that are not ordinary members of the OAS or have a reservation to the declaration."""
    members = states_query.members()
    by_area = {area: states_words.standing(lang, area, members[area]) for area in lang.sorted_countries(members)}
    general = lang.text(
        "Treaties bind a state whatever its place in the OAS: all {n} states are counted.", n=len(members)
    )
    return [general, *(lang.labelled(lang.country(area), " ".join(notes)) for area, notes in by_area.items() if notes)]


def laws(lang: Language, named: pl.DataFrame) -> list[str]:
    """Notes on the list of laws and its limits."""
    unnamed = lang.sorted_countries(named.filter(pl.col("title").is_null())["area"])
    return [
        lang.text(
            "Each is a law named in our source. It may not be the first one nor the only one, and what it says was not "
            "examined."
        ),
        *_unnamed_note(lang, unnamed),
    ]


def _unnamed_note(lang: Language, areas: Iterable[str]) -> list[str]:
    states = lang.listing(map(lang.country, areas))
    sentence = lang.text("No law named in our source, which does not mean that there is none: {states}.", states=states)
    return [sentence] if states else []


def _count(standings: pl.DataFrame, code: str) -> int:
    return standings.filter(pl.col("standing") == code).height
