"""Headings, descriptions and notes of the treaties' chart, map and tables, and of the list of laws."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query, tables
from dashboard.subjects.treaties.query import end
from dashboard.words import countries, terms
from dashboard.words.tables import Row
from data.i18n import Language
from data.treaties import treaties

# So many states, and no more, are named in a sentence; more are counted.
FEW = 4


def as_of(lang: Language, closings: Mapping[str, str], names: Iterable[str]) -> str:
    """The end of the data on treaties: one day, or each with its treaties where tables end on different ones.

    Of many such days the first and the last are said.
    """
    by_day: dict[str, list[str]] = {}
    for treaty in names:
        by_day.setdefault(closings[treaty], []).append(terms.term(lang, "treaty", treaty))
    if len(by_day) == 1:
        return lang.date(*by_day)
    if len(by_day) > FEW:
        first, *_, last = sorted(by_day, key=end)
        # Translators: each treaty has a last day of its own, between {first} and {last}; it stands after words such as
        # “up to”.
        return lang.text(
            "{last} at the latest (by treaty; {first} at the earliest)", first=lang.date(first), last=lang.date(last)
        )
    return lang.listing(f"{lang.date(day)} ({lang.listing(of_day)})" for day, of_day in by_day.items())


def on_map_heading(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title of the map, a sentence: how many states were parties to a treaty at the end of a year."""
    parties, values = _count(standings, "party"), {"all": standings.height, "treaty": terms.term(lang, "part", treaty)}
    if year < end(closing).year:
        finding = lang.plural(
            "{n} of {all} states was party to the {treaty} at the end of {year}",
            "{n} of {all} states were parties to the {treaty} at the end of {year}",
            parties,
            year=year,
            **values,
        )
        return _some_day(lang, finding, standings)
    finding = lang.plural(
        "{n} of {all} states had become a party to the {treaty} by {date}, the end of our data",
        "{n} of {all} states had become parties to the {treaty} by {date}, the end of our data",
        _parties(standings),
        date=lang.date(closing),
        **values,
    )
    return _after(lang, finding, standings)


def _some_day(lang: Language, finding: str, standings: pl.DataFrame) -> str:
    """A finding of an earlier year, and how many states are parties since an unknown day."""
    undated = _count(standings, "undated")
    # Translators: {n} more states are parties; since when is not known, so perhaps not yet in that year.
    more = lang.text("{finding}; {n} more joined on an unknown day", finding=finding, n=lang.number(undated))
    return more if undated else finding


def _after(lang: Language, finding: str, standings: pl.DataFrame) -> str:
    """A finding at the end of the data, and which states our copy does not show, or which joined later."""
    after, unseen = standings.filter(standing="after"), _count(standings, "unseen")
    if unseen:
        # Translators: whether these {n} have joined is not known.
        return lang.plural(
            "{finding}; our copy of the table does not show {n} state",
            "{finding}; our copy of the table does not show {n} states",
            unseen,
            finding=finding,
        )
    return (
        lang.text("{finding}; later also {states}", finding=finding, states=_few(lang, after))
        if len(after)
        else finding
    )


def joined_by_every(lang: Language, standings: pl.DataFrame, closing: str) -> str:
    """A title: that all states have joined a treaty, some after the end of its data; empty if that is not so."""
    if not standings["standing"].is_in(query.PARTIES).all() or not _count(standings, "after"):
        return ""
    # Translators: a title. {n} of all the states by {date}, the others later.
    return lang.text(
        "All {all} states have joined, {n} of them by {date}",
        all=standings.height,
        n=lang.number(_parties(standings)),
        date=lang.date(closing),
    )


def number(lang: Language, treaty: str, standings: pl.DataFrame, closing: str) -> tuple[str, str] | None:
    """The number of a card, and what it counts, where all states have joined a treaty; else None."""
    if not joined_by_every(lang, standings, closing):
        return None
    # Translators: stands after a large number such as “35 of 35”.
    noun = lang.text("states have joined the {treaty}", treaty=terms.term(lang, "part", treaty))
    return lang.text("{n} of {all}", n=lang.number(standings.height), all=standings.height), noun


def when(lang: Language, code: str, closing: str, *, later: bool) -> str:
    """A standing where states are counted by it; `later`: some joined after the end of the data."""
    if later and code == "party":
        # Translators: of states that joined a treaty by {date}; others joined later.
        return lang.text("Party by {date}", date=lang.date(closing))
    if code == "after":
        # Translators: of states that joined a treaty after {date}.
        return lang.text("Joined after {date}", date=lang.date(closing))
    return tables.standing(lang, code, closing)


def parties(lang: Language, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The title of the map: how many states were parties at the end of a year, or at the end of the data."""
    if year >= end(closing).year and (every := joined_by_every(lang, standings, closing)):
        return every
    n, all_ = _count(standings, "party"), standings.height
    if year < end(closing).year:
        return lang.plural(
            "{n} of {all} states was a party at the end of {year}",
            "{n} of {all} states were parties at the end of {year}",
            n,
            all=all_,
            year=year,
        )
    # Translators: a title. {date} is the end of our data.
    return lang.plural(
        "{n} of {all} states was a party by {date}",
        "{n} of {all} states were parties by {date}",
        _parties(standings),
        all=all_,
        date=lang.date(closing),
    )


def parties_measured(lang: Language, treaty: str, standings: pl.DataFrame, year: int, closing: str) -> str:
    """The treaty of the map, and the states that its title leaves out: of an unknown or a later day, or not seen."""
    named = terms.term(lang, "part", treaty)
    return _after(lang, named, standings) if year >= end(closing).year else _some_day(lang, named, standings)


def joined(lang: Language, treaty: str, standings: pl.DataFrame, closing: str) -> str:
    """How many states joined a treaty by the end of its data, and who did later; or that all have."""
    after = standings.filter(pl.col("standing") == "after")
    parties = _parties(standings)
    if len(after) and parties + len(after) == standings.height:
        # Translators: {n} by {date}, the others later.
        return lang.text(
            "All {all} states have joined the {treaty}: {n} in the table of {date}, and {states} after it.",
            all=standings.height,
            treaty=terms.term(lang, "part", treaty),
            n=lang.number(parties),
            date=lang.date(closing),
            states=_few(lang, after),
        )
    return f"{on_map_heading(lang, treaty, standings, end(closing).year, closing)}."


def joined_by(lang: Language, treaty: str, standings: pl.DataFrame, closing: str) -> str:
    """How many states were parties to a treaty at the end of its table, in few words; or that all have joined it."""
    if joined_by_every(lang, standings, closing):
        return lang.text(
            "All {all} states have joined the {treaty}", all=standings.height, treaty=terms.term(lang, "part", treaty)
        )
    return lang.plural(
        "{n} of {all} states had joined the {treaty} by {year}",
        "{n} of {all} states had joined the {treaty} by {year}",
        _parties(standings),
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
        lang.text("Not in our copy of the table"): standings.filter(pl.col("standing") == "unseen"),
    }
    parts = [lang.labeled(words, _few(lang, rows)) for words, rows in messages.items() if rows.height]
    return f"{lang.joined([*parts[:1], *map(terms.in_sentence, parts[1:])])}." if parts else ""


def _few(lang: Language, rows: pl.DataFrame) -> str:
    """The names of a few states, or the number of more."""
    if rows.height > FEW:
        return lang.number(rows.height)
    return lang.listing(countries.the(lang, area) for area in lang.sorted_countries(rows["area"]))


def in_time_heading(lang: Language, treaties: Sequence[str], steps: pl.DataFrame, states: int) -> str:
    """The title of the chart: for one treaty, when more than half of the states had deposited an instrument."""
    most = steps.filter(pl.col("parties") * 2 > states)
    if len(treaties) == 1 and most.height:
        # Translators: a title. By {date}, not before, more than half had deposited an instrument.
        return lang.text("Most of the {n} states had joined by {date}", n=states, date=lang.date(most["date"][0]))
    return lang.plural("Deposits on {n} treaty", "Deposits on {n} treaties", len(treaties))


def in_time_measured(lang: Language, treaties: Sequence[str], as_of: str, standings: pl.DataFrame | None = None) -> str:
    """What the chart counts, and until when; with the `standings` of one treaty, who joined it later."""
    subject = in_time_subject(lang, treaties)
    deposited = lang.text("States that had deposited their instruments by {date}", date=as_of)
    measured = f"{subject} · {deposited}"
    return measured if standings is None else _after(lang, measured, standings)


def in_time_subject(lang: Language, treaties: Sequence[str]) -> str:
    """The treaty of the chart, or the subject of several."""
    return terms.term(lang, "part", treaties[0]) if len(treaties) == 1 else _subject(lang, treaties)


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
        return lang.text("All treaty actions: {treaty}", treaty=_subject(lang, treaties))
    return lang.text("All treaty actions: {treaty}", treaty=terms.term(lang, "part", treaties[0]))


def _subject(lang: Language, names: Sequence[str]) -> str:
    """The subject of treaties that share one."""
    return terms.term(lang, "treaty_subject", treaties()[names[0]].subject)


def matrix_heading(lang: Language, subjects: Mapping[str, Sequence[str]], states: int) -> str:
    """The title of the matrix."""
    return lang.text(
        "{n} treaties and {all} states: who has joined which",
        n=lang.number(sum(map(len, subjects.values()))),
        all=lang.number(states),
    )


def joined_by_all(lang: Language, standings: pl.DataFrame) -> str:
    """The title of the matrix: how many treaties all states have joined, as far as our copies of the tables show."""
    all_joined = standings.group_by("instrument").agg(pl.col("standing").is_in(query.PARTIES).all())["standing"]
    # Translators: a title. Of {n} of all the treaties each state is a party, as our data show, which end on a past day.
    return lang.plural(
        "At least {n} of {all} treaties has all {states} states as parties",
        "At least {n} of {all} treaties have all {states} states as parties",
        int(all_joined.sum()),
        all=all_joined.len(),
        states=standings["area"].n_unique(),
    )


def in_matrix(lang: Language, standings: pl.DataFrame) -> str:
    """What the matrix shows, in one sentence: the treaties that the most and the fewest states have joined."""
    joined = standings.group_by("instrument", maintain_order=True).agg(
        n=pl.col("standing").is_in(query.PARTIES).sum(), unseen=(pl.col("standing") == "unseen").any()
    )
    # Of a table that our copy cuts short, the number may be larger.
    whole = joined.filter(~pl.col("unseen")).sort("n", descending=True, maintain_order=True)
    most, fewest = whole["n"][0], whole["n"][-1]
    named = {
        n: lang.listing(terms.term(lang, "part", one) for one in whole.filter(n=n)["instrument"])
        for n in (most, fewest)
    }
    # Translators: {treaties} and {others} are names of treaties, one or more that have as many parties.
    return lang.text(
        "Most parties recorded, {n}: {treaties}; fewest, {m}: {others}.",
        treaties=named[most],
        n=lang.number(most),
        others=named[fewest],
        m=lang.number(fewest),
    )


def of_state(lang: Language, standings: pl.DataFrame, closings: Mapping[str, str]) -> list[tuple[str, str]]:
    """How a state stands toward the treaties of each subject: the subject, and a line.

    Args:
        standings: the rows of one state of `dashboard.subjects.treaties.query.matrix`.
        closings: the end of the table of each treaty.
    """
    rows = {row["instrument"]: row for row in standings.iter_rows(named=True)}
    return [
        (terms.term(lang, "treaty_subject", subject), _standing_of(lang, [rows[name] for name in names], closings))
        for subject, names in query.subjects().items()
    ]


def _standing_of(lang: Language, rows: Sequence[Row], closings: Mapping[str, str]) -> str:
    """The treaties of a subject, by how a state stands toward them; an absence has the end of its table."""
    groups: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: query.STANDINGS.index(row["standing"])):
        code = "party" if row["standing"] == "undated" else row["standing"]
        groups.setdefault(tables.standing(lang, code, closings[row["instrument"]]), []).append(_joined_in(lang, row))
    said = [lang.labeled(words, lang.listing(names)) for words, names in groups.items()]
    return lang.joined([*said[:1], *map(terms.in_sentence, said[1:])])


def _joined_in(lang: Language, row: Row) -> str:
    """The short name of a treaty, with the year in which a state joined it and a reservation."""
    name = terms.term(lang, "treaty", row["instrument"])
    facts = [str(row["deposit"].year)] if row["standing"] == "party" else []
    facts += [lang.text("date unknown")] if row["standing"] == "undated" else []
    facts += [terms.in_sentence(lang.text("Reservation or declaration"))] if row["reservation"] else []
    return f"{name} ({', '.join(facts)})" if facts else name


def common(lang: Language, rows: pl.DataFrame) -> list[tuple[str, str]]:
    """What binds two states, by subject: the subject, and a line; `rows` of `query.common`."""
    return [
        (terms.term(lang, "treaty_subject", str(subject)), _between(lang, each))
        for (subject,), each in rows.group_by("subject", maintain_order=True)
    ]


def _between(lang: Language, rows: pl.DataFrame) -> str:
    """The treaties of a subject, those that bind two states first, each with the year since when."""
    groups: dict[str, list[str]] = {}
    for row in rows.sort("both", descending=True, maintain_order=True).iter_rows(named=True):
        name = terms.term(lang, "treaty", row["instrument"])
        groups.setdefault(_bound(lang, row), []).append(f"{name} ({row['since'].year})" if row["since"] else name)
    said = [lang.labeled(words, lang.listing(names)) for words, names in groups.items()]
    return lang.joined([*said[:1], *map(terms.in_sentence, said[1:])])


def _bound(lang: Language, row: Row) -> str:
    """Whether a treaty binds two states."""
    if row["since"]:
        # Translators: before the treaties, each with the year since when.
        return lang.text("In force for both")
    if row["both"]:
        # Translators: before the treaties to which both states are parties; the day is not known.
        return lang.text("Both are parties, since a day that is not known")
    if row["unseen"]:
        states = lang.listing(map(lang.country, row["unseen"]))
        return lang.text("Not known (our copy of the table may lack {states})", states=states)
    # Translators: of the named states; before the treaties that are not known to bind both.
    return lang.text("No deposit recorded ({states})", states=lang.listing(map(lang.country, row["lacking"])))


def reserved(lang: Language, treaty: str, rows: pl.DataFrame) -> str:
    """How many states made a reservation or declaration to a treaty; whether texts were read for it at all."""
    if rows.height:
        return lang.plural(
            "{n} state made a reservation or declaration to the {treaty}",
            "{n} states made a reservation or declaration to the {treaty}",
            rows.height,
            treaty=terms.term(lang, "part", treaty),
        )
    return read_for(lang)


def read_for(lang: Language) -> str:
    """For which treaties reservations and declarations were read."""
    read = lang.listing(terms.term(lang, "treaty", name) for name in query.shown() if query.reservations(name).height)
    return lang.text("Reservations and declarations were read for these treaties only: {treaties}.", treaties=read)


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


def without_days(lang: Language, names: Iterable[str]) -> list[str]:
    """The treaties that a chart leaves out, as no day of a deposit is known."""
    left = [terms.term(lang, "treaty", name) for name in names]
    return [lang.text("Not in the chart, as no day is known: {treaties}.", treaties=lang.listing(left))] * bool(left)


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
    by_area = {area: states_words.membership(lang, area) for area in lang.sorted_countries(members)}
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
    # Translators: nothing is known of a law, as the heading says; that does not say that there is none.
    sentence = lang.text("Without a law in our sources: {states}.", states=states)
    return [sentence] if states else []


def _parties(standings: pl.DataFrame) -> int:
    """How many states were parties at the end of the table, since whatever day."""
    return _count(standings, "party") + _count(standings, "undated")


def _count(standings: pl.DataFrame, code: str) -> int:
    return standings.filter(pl.col("standing") == code).height
