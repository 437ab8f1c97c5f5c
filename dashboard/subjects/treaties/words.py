"""Headings, descriptions and notes of the treaties' chart, map and tables, and of the list of laws."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query, tables
from dashboard.subjects.treaties.query import end
from dashboard.words import terms
from data.i18n import Language

# So many states, and no more, are named in a sentence; more are counted.
FEW = 4


def as_of(lang: Language, closings: Mapping[str, str], treaties: Iterable[str]) -> str:
    """The end of the data on treaties: one day, or each with its treaties where their tables end on different ones."""
    by_day: dict[str, list[str]] = {}
    for treaty in treaties:
        by_day.setdefault(closings[treaty], []).append(terms.term(lang, "treaty", treaty))
    if len(by_day) == 1:
        return lang.date(*by_day)
    return lang.listing(f"{lang.date(day)} ({lang.listing(names)})" for day, names in by_day.items())


def on_map_heading(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title of the map, a sentence: how many states were parties to a treaty at the end of a year."""
    parties, values = _count(standings, "party"), {"all": standings.height, "treaty": terms.term(lang, "part", treaty)}
    if year < end(closing).year:
        return lang.plural(
            "{n} of {all} states was party to the {treaty} at the end of {year}",
            "{n} of {all} states were parties to the {treaty} at the end of {year}",
            parties,
            year=year,
            **values,
        )
    finding = lang.plural(
        "{n} of {all} states had become a party to the {treaty} by {date}, the end of our data",
        "{n} of {all} states had become parties to the {treaty} by {date}, the end of our data",
        parties,
        date=lang.date(closing),
        **values,
    )
    after = standings.filter(standing="after")
    return (
        lang.text("{finding}; later also {states}", finding=finding, states=_few(lang, after))
        if len(after)
        else finding
    )


def parties(lang: Language, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title of the map: how many states were parties at the end of a year, or at the end of the data."""
    n, every = _count(standings, "party"), standings.height
    if year < end(closing).year:
        return lang.plural(
            "{n} of {all} states was a party at the end of {year}",
            "{n} of {all} states were parties at the end of {year}",
            n,
            all=every,
            year=year,
        )
    # Translators: a title. {date} is the end of our data.
    return lang.plural(
        "{n} of {all} states was a party by {date}",
        "{n} of {all} states were parties by {date}",
        n,
        all=every,
        date=lang.date(closing),
    )


def parties_measured(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The treaty of the map, and who joined it after the end of the data."""
    named, after = terms.term(lang, "part", treaty), standings.filter(standing="after")
    if year < end(closing).year or after.is_empty():
        return named
    return lang.text("{finding}; later also {states}", finding=named, states=_few(lang, after))


def joined(lang: Language, treaty: str, standings: pl.DataFrame, closing: str) -> str:
    """How many states joined a treaty by the end of its data, and who did later; or that all have."""
    after = standings.filter(pl.col("standing") == "after")
    parties = _count(standings, "party")
    if len(after) and parties + len(after) == standings.height:
        # Translators: {n} by {date}, the others later.
        return lang.text(
            "All {all} states have joined the {treaty}: {n} by {date}, when our data on it end, and {states} later.",
            all=standings.height,
            treaty=terms.term(lang, "part", treaty),
            n=lang.number(parties),
            date=lang.date(closing),
            states=_few(lang, after),
        )
    return f"{on_map_heading(lang, treaty, standings, end(closing).year, closing)}."


def joined_by(lang: Language, treaty: str, standings: pl.DataFrame, closing: str) -> str:
    """How many states were parties to a treaty at the end of its table, in few words."""
    return lang.plural(
        "{n} of {all} states had joined the {treaty} by {year}",
        "{n} of {all} states had joined the {treaty} by {year}",
        _count(standings, "party"),
        all=standings.height,
        treaty=terms.term(lang, "part", treaty),
        year=end(closing).year,
    )


def on_map(lang: Language, standings: pl.DataFrame) -> str:
    """What the title of the map does not say, in one sentence: who is not a party by a known date; empty if all are."""
    messages = {
        lang.text("Signed only"): standings.filter(pl.col("standing") == "signed"),
        lang.text("Signed before that date, instrument deposited later"): standings.filter(
            pl.col("standing") == "after"
        ),
        lang.text("Party; date unknown"): standings.filter(pl.col("standing") == "undated"),
        lang.text("No action"): standings.filter(pl.col("standing").is_in(("later", "none"))),
    }
    parts = [lang.labeled(words, _few(lang, rows)) for words, rows in messages.items() if rows.height]
    return f"{lang.joined([*parts[:1], *map(terms.in_sentence, parts[1:])])}." if parts else ""


def _few(lang: Language, rows: pl.DataFrame) -> str:
    """The names of a few states, or the number of more."""
    if rows.height > FEW:
        return lang.number(rows.height)
    return lang.listing(map(lang.country, lang.sorted_countries(rows["area"])))


def in_time_heading(lang: Language, treaties: Sequence[str], steps: pl.DataFrame, states: int) -> str:
    """The title of the chart: for one treaty, when more than half of the states had deposited an instrument."""
    most = steps.filter(pl.col("parties") * 2 > states)
    if len(treaties) == 1 and most.height:
        # Translators: a title. By {date}, not before, more than half had deposited an instrument.
        return lang.text("More than half of the {n} states joined by {date}", n=states, date=lang.date(most["date"][0]))
    return lang.plural("Deposits on {n} treaty", "Deposits on {n} treaties", len(treaties))


def in_time_measured(lang: Language, treaties: Sequence[str], as_of: str) -> str:
    """What the chart counts, and until when."""
    subject = terms.term(lang, "part", treaties[0]) if len(treaties) == 1 else lang.text("All treaties")
    deposited = lang.text("States that had deposited their instruments by {date}", date=as_of)
    return f"{subject} · {deposited}"


def in_time(lang: Language, treaties: Sequence[str], steps: pl.DataFrame, states: int) -> str:
    """A description of the chart in one sentence: deposits on each treaty, with the first and the last day."""
    found = {treaty: _rise(lang, steps.filter(pl.col("instrument") == treaty), states) for treaty in treaties}
    if len(found) == 1:
        return f"{found[treaties[0]]}."
    each = [lang.labeled(terms.term(lang, "part", name), terms.in_sentence(rise)) for name, rise in found.items()]
    return f"{lang.joined(each)}."


def _rise(lang: Language, steps: pl.DataFrame, states: int) -> str:
    if steps.is_empty():
        return lang.text("No state deposited an instrument")
    days = (lang.date(steps["date"][0]), lang.date(steps["date"][-1]))
    return lang.plural(
        "{n} of {all} states deposited its instrument between {first} and {last}",
        "{n} of {all} states deposited their instruments between {first} and {last}",
        steps["parties"][-1],
        all=states,
        first=days[0],
        last=days[1],
    )


def acts_heading(lang: Language, treaties: Sequence[str]) -> str:
    """The title of the table of acts."""
    if len(treaties) > 1:
        return lang.text("All actions on all treaties")
    return lang.text("All treaty actions: {treaty}", treaty=terms.term(lang, "part", treaties[0]))


def laws_heading(lang: Language) -> str:
    """The title of the list of laws."""
    return lang.text("Laws cited by our sources")


def beyond(lang: Language, acts: pl.DataFrame, closing: str) -> list[str]:
    """A sentence for every act after the table's end, which the chart and the map do not count."""
    late = acts.filter(pl.col("date") > end(closing))
    return [
        " ".join(
            [
                lang.text(
                    "{state}: {action} on {day}, after the end of our data; not counted on the map or in the chart.",
                    state=lang.country(row["area"]),
                    action=terms.in_sentence(terms.term(lang, "action", row["action"])),
                    day=tables.day(lang, row),
                ),
                *([tables.basis(lang, row)] if row["derived"] else []),
            ]
        )
        for row in late.iter_rows(named=True)
    ]


def doubtful(lang: Language, acts: pl.DataFrame) -> list[str]:
    """A sentence for every act that cannot be as printed: it is shown so all the same."""
    doubts = acts.filter(pl.col("note").is_not_null(), ~pl.col("derived"))
    return [
        lang.labeled(
            f"{lang.country(row['area'])}, {terms.term(lang, 'part', row['instrument'])}",
            f"{terms.in_sentence(terms.term(lang, 'action', row['action']))}, {tables.day(lang, row)}."
            f" {tables.basis(lang, row)}",
        )
        for row in doubts.iter_rows(named=True)
    ]


def undated(lang: Language, acts: pl.DataFrame) -> list[str]:
    """The states that are party since an unknown date, in one sentence."""
    dated = acts.filter(pl.col("date").is_not_null(), pl.col("action") != query.SIGNATURE)
    rows = acts.filter(pl.col("action").is_not_null(), pl.col("date").is_null()).join(
        dated, on=["area", "instrument"], how="anti"
    )
    states = lang.listing(map(lang.country, lang.sorted_countries(rows["area"].unique())))
    return [lang.text("Party, date unknown, so not in the chart: {states}.", states=states)] * bool(states)


def beside_map(lang: Language, treaty: str) -> list[str]:
    """The notes on the map of a treaty."""
    closing, acts = query.closings()[treaty], query.acts((treaty,))
    return [
        *limits(lang, lang.date(closing)),
        *beyond(lang, acts, closing),
        *doubtful(lang, acts),
        *undated(lang, acts),
    ]


def limits(lang: Language, as_of: str) -> list[str]:
    """The limits of the depositary's tables."""
    return [
        # Translators: nothing is known of the time after {date}.
        lang.text(
            "Treaty actions up to {date}; states may have acted since.",
            date=as_of,
        )
    ]


def standing(lang: Language) -> list[str]:
    """Notes on states that are not ordinary members of the OAS or have a reservation to the declaration."""
    members = states_query.members()
    by_area = {area: states_words.standing(lang, area, members[area]) for area in lang.sorted_countries(members)}
    general = lang.text(
        "On this page, all {n} states are counted, whether or not they are members of the OAS.", n=len(members)
    )
    return [
        general,
        *(
            lang.labeled(lang.country(area), terms.in_sentence(" ".join(notes)))
            for area, notes in by_area.items()
            if notes
        ),
    ]


def laws(lang: Language, named: pl.DataFrame) -> list[str]:
    """Notes on the list of laws and its limits."""
    unnamed = lang.sorted_countries(named.filter(pl.col("title").is_null())["area"])
    return [
        lang.text("Names and years come from the texts cited. The laws themselves were not examined."),
        *_unnamed_note(lang, unnamed),
    ]


def _unnamed_note(lang: Language, areas: Iterable[str]) -> list[str]:
    states = lang.listing(map(lang.country, areas))
    # Translators: nothing is known of a law; that does not say that there is none.
    sentence = lang.text("Our sources cite no law for these states; one may exist: {states}.", states=states)
    return [sentence] if states else []


def _count(standings: pl.DataFrame, code: str) -> int:
    return standings.filter(pl.col("standing") == code).height
