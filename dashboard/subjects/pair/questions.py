"""What two states may ask each other, as far as the rows prove that it can be asked. No question is a reproach."""

from collections.abc import Iterator

import polars as pl

from dashboard.subjects.pair import query, words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.words import countries, tables, terms
from data.i18n import Language

# The key of the questions for both states.
BOTH = ""


def questions(lang: Language, one: str, other: str, edition: str) -> dict[str, list[str]]:
    """The questions to each state, by its code, and to both (`BOTH`)."""
    rows = query.between(one, other, edition)
    found: dict[str, list[str]] = {one: [], other: [], BOTH: []}
    for start, end in query.ways(rows, one, other):
        counted = rows.filter(start=start, evidence="counted")
        found[start] += _registers(lang, counted, start, end)
        found[end] += [*_lists(lang, counted, start, end, edition), *_figures(lang, counted)]
        found[BOTH] += _described(lang, rows.filter(start=start), start, end, edition)
    for area, partner in ((one, other), (other, one)):
        found[area] += _treaties(lang, area, partner)
    return found


def _registers(lang: Language, counted: pl.DataFrame, start: str, end: str) -> Iterator[str]:
    """Whether a state has the citizens that the other one counts: only where there is at least one."""
    if query.total(counted)[0] >= 1:
        asked = lang.text("Does any register {of_start} include them?", of_start=countries.of(lang, start))
        yield f"{words.counted(lang, counted, (), start, end)} {asked}"


def _lists(lang: Language, counted: pl.DataFrame, start: str, end: str, edition: str) -> Iterator[str]:
    """What a state's lists of citizenships leave open."""
    lists = query.lists(end, edition)
    places = {"in_end": countries.inside(lang, end), "of_start": countries.of(lang, start)}
    if not lists:
        asked = lang.text("Are they recorded, and are citizens {of_start} among them?", **places)
        yield f"{words.nothing_listed(lang, end)} {asked}"
    if unlisted := sorted(set(lists) - set(counted["year"]) - _complete(end, edition)):
        yield lang.text(
            "For {years}, UNODC’s list of the citizenships of victims detected {in_end} does not name {start}. Were "
            "no citizens {of_start} detected, or are they not listed?",
            years=tables.runs_in_sentence(lang, unlisted),
            start=countries.the(lang, start),
            **places,
        )
    if rest := _rest(end, edition):
        year, (low, high), (least, most) = rest
        # Translators: {n} of {all} victims detected in that year have no country of citizenship in the list.
        yield lang.text(
            "For {year}, no citizenship is listed for {n} of {all} victims detected {in_end}. Were citizens "
            "{of_start} among them?",
            year=year,
            n=lang.between(low, high),
            all=lang.between(least, most),
            **places,
        )


def _complete(area: str, edition: str) -> set[int]:
    """The years in which each victim detected in a state has a listed citizenship for certain."""
    covered = routes_query.coverage((area,), 0, 9999, edition)
    return {*covered.filter(pl.col("listed") >= pl.col("total_high"))["year"]}


def _rest(area: str, edition: str) -> tuple[int, tuple[float, float], tuple[float, float]] | None:
    """The last year in which some of a state's victims surely have no listed citizenship: year, how many, of how many.

    No year counts with a total that its parts contradict, or with a questioned figure in its list.
    """
    covered = routes_query.coverage((area,), 0, 9999, edition)
    doubted = states_query.contradicted(edition).filter(pl.col("indicator") == VICTIMS, pl.col("area") == area)["year"]
    rows = covered.filter(
        pl.col("listed_high") < pl.col("total_low"),
        pl.col("questioned_high") == 0,
        ~pl.col("year").is_in(doubted.to_list()),
    )
    if rows.is_empty():
        return None
    row = rows.sort("year").row(-1, named=True)
    left = row["total_low"] - row["listed_high"], row["total_high"] - row["listed"]
    return row["year"], left, (row["total_low"], row["total_high"])


def _figures(lang: Language, counted: pl.DataFrame) -> Iterator[str]:
    """Which of several figures is right: where two releases differ, and where a figure is questioned."""
    right = lang.text("Which figure is right?")
    for row in routes_query.otherwise(counted).iter_rows(named=True):
        yield f"{routes_words.otherwise(lang, row)} {right}"
    if doubted := words.questioned(lang, counted):
        yield f"{doubted}. {right}"


def _described(lang: Language, rows: pl.DataFrame, start: str, end: str, edition: str) -> Iterator[str]:
    """Whether both know the routes that reports describe: those through a third state, and those that nobody counts."""
    stated, counted = rows.filter(evidence="stated"), rows.filter(evidence="counted")
    known = counted.filter(pl.col("status").is_in(query.REPORTED), pl.col("high") > 0)
    if stated.height and known.is_empty():
        none = words.nothing_listed(lang, end)
        if query.lists(end, edition):
            none = lang.text(
                "UNODC lists no citizens {of_start} as victims detected {in_end}.",
                of_start=countries.of(lang, start),
                in_end=countries.inside(lang, end),
            )
        asked = lang.text("Do both know of such cases?")
        yield f"{words.stated(lang, stated, start, end)} {none} {asked}"
    for third in lang.sorted_countries(query.through_states(stated)):
        asked = lang.text(
            "UNODC’s figures name no transit. Do both, and {third}, know of this route?",
            third=countries.the(lang, third),
        )
        yield f"{words.through(lang, query.through(stated, third), start, third, end)} {asked}"


def _treaties(lang: Language, area: str, partner: str) -> Iterator[str]:
    """Whether a state has joined the treaties on which nothing is recorded of it and to which the other is a party.

    Nothing is asked of a treaty if our copy of its table does not show the state.
    """
    rows = treaties_query.common(area, partner).iter_rows(named=True)
    if lacking := [row["instrument"] for row in rows if row["lacking"] == [area] and not row["unseen"]]:
        # Translators: {partner} is "of Ecuador", a party to each of the treaties; {state} is "of Peru", of which
        # nothing is recorded: it may have joined.
        yield lang.text(
            "We have recorded a binding act {partner}, and none {state}, on these treaties: {treaties}. Our copies "
            "end on {date}: has there been one since?",
            partner=countries.of(lang, partner),
            state=countries.of(lang, area),
            treaties=lang.listing(terms.term(lang, "part", treaty) for treaty in lacking),
            date=treaties_words.as_of(lang, treaties_query.closings(), lacking),
        )
