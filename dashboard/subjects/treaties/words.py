"""What the chart and the map of treaties say; what must be known of them, of the laws and of some states' standing."""

from collections.abc import Iterable, Sequence
from functools import reduce

import polars as pl

from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query
from dashboard.subjects.treaties.query import end
from dashboard.words import terms
from data.i18n import Language


def when(lang: Language, year: int, closing: str) -> str:
    """The end of a year; of the year in which the table ends, its month."""
    if year < end(closing).year:
        return lang.text("end of {year}", year=year)
    return lang.text("{date}, where the table ends", date=lang.date(closing))


def on_map_heading(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title over the map: treaty, day, how many states are party."""
    share = lang.text("{n} of {all} party", n=lang.number(_count(standings, "party")), all=standings.height)
    return f"{terms.term(lang, 'part', treaty)}, {when(lang, year, closing)} · {share}"


def on_map(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """What the map shows, in two sentences."""
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
    return f"{first} {second}"


def in_time_heading(lang: Language, treaties: Sequence[str], closing: str) -> str:
    """The title over the chart."""
    subject = terms.term(lang, "part", treaties[0]) if len(treaties) == 1 else lang.text("Three treaties of 2000")
    return lang.text("{subject}: deposits up to {date}", subject=subject, date=lang.date(closing))


def in_time(lang: Language, treaties: Sequence[str], steps: pl.DataFrame, closing: str, states: int) -> str:
    """What the chart shows, in two sentences."""
    each = [
        lang.labelled(
            terms.term(lang, "part", treaty), _rise(lang, steps.filter(pl.col("instrument") == treaty), states)
        )
        for treaty in treaties
    ]
    # Before a semicolon French has a space.
    told = reduce(lambda one, other: lang.text("{one}; {other}", one=one, other=other), each)
    first = lang.text("Deposits of the states up to {date}: {each}.", date=lang.date(closing), each=told)
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
    """What the table of acts is called."""
    if len(treaties) > 1:
        return lang.text("Every act on the three treaties")
    return lang.text("Every act on one treaty: {treaty}", treaty=terms.term(lang, "part", treaties[0]))


def laws_heading(lang: Language) -> str:
    """What the list of laws is called."""
    return lang.text("Laws named in our source (may not be the first)")


def beyond(lang: Language, acts: pl.DataFrame, closing: str) -> list[str]:
    """A sentence for every act of a day after the table's end, which no chart and no map counts."""
    late = acts.filter(pl.col("date") > end(closing))
    return [
        lang.text(
            "{state}, {treaty}: {action} on {day} is derived and lies after the table’s end: shown in the table, not "
            "counted in the chart or on the map.",
            state=lang.country(row["area"]),
            treaty=terms.term(lang, "part", row["instrument"]),
            action=terms.in_sentence(terms.term(lang, "action", row["action"])),
            day=lang.date(row["date"]),
        )
        for row in late.iter_rows(named=True)
    ]


def beside_map(lang: Language, treaty: str) -> list[str]:
    """What must be known of the map of a treaty."""
    closing = query.closing()
    return [*limits(lang, closing), *beyond(lang, query.acts((treaty,)), closing)]


def limits(lang: Language, closing: str) -> list[str]:
    """What the depositary's table cannot say."""
    return [
        lang.text(
            "The depositary’s table held here ends in {date}. A state without an act in it has “no action recorded as "
            "of {date}”; it may have acted since.",
            date=lang.date(closing),
        )
    ]


def standing(lang: Language) -> list[str]:
    """What must be said of states that are not simply members, and of a reservation to the declaration."""
    members = states_query.members()
    told = {area: states_words.standing(lang, area, members[area]) for area in lang.sorted_countries(members)}
    every = lang.text(
        "Treaties bind a state whatever its place in the OAS: all {n} states are counted.", n=len(members)
    )
    return [every, *(lang.labelled(lang.country(area), " ".join(notes)) for area, notes in told.items() if notes)]


def laws(lang: Language, named: pl.DataFrame) -> list[str]:
    """What the list of laws is, and is not."""
    silent = lang.sorted_countries(named.filter(pl.col("title").is_null())["area"])
    return [
        lang.text(
            "Each is a law named in our source. It may not be the first one nor the only one, and what it says was not "
            "examined."
        ),
        *_silent(lang, silent),
    ]


def _silent(lang: Language, areas: Iterable[str]) -> list[str]:
    states = lang.listing(map(lang.country, areas))
    told = lang.text("No law named in our source, which does not mean that there is none: {states}.", states=states)
    return [told] if states else []


def _count(standings: pl.DataFrame, code: str) -> int:
    return standings.filter(pl.col("standing") == code).height
