"""The words of letters: what is not published and since when, what contradicts itself, what changed, what to ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dashboard import site, store
from dashboard.store import areas
from dashboard.subjects.coverage import query as coverage
from dashboard.subjects.identities import query as identities
from dashboard.subjects.identities import words as identity_words
from dashboard.subjects.letters import query
from dashboard.subjects.passports import keys
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import registers_words
from dashboard.subjects.states.registers import registers
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import countries, data_version, locators, tables, terms
from dashboard.words.source_facts import fact
from data import languages, manifest
from data.i18n import Language

Row = Mapping[str, Any]
# The status of what we transcribed ourselves.
OURS = "reference"
# Where the figure in question stands, and the others beside it.
LOCATORS = ("locator", "parts_locator", "locator_before", "locator_unodc")


@dataclass(frozen=True)
class FigureInQuestion:
    """A figure or an act to ask about: where it stands, what is found, what is asked, and the key of its cell.

    The key may also have where the other figures stand of which the finding speaks (`LOCATORS`).
    """

    area: str
    year: int
    what: str
    says: str
    asks: str
    key: Row = field(default_factory=dict)
    table: str = "vintages"

    @property
    def where(self) -> dict[str, str]:
        """The parameters of the passport of its cell."""
        return keys.texts(self.table, self.key) if self.key else {}

    def cells(self, lang: Language) -> str:
        """The files, and the places in them, of all figures of which the finding speaks."""
        stand = [self.key[name] for name in LOCATORS if self.key.get(name)]
        return locators.by_file(lang, locators.BETWEEN.join(stand))


def of_state(to: str) -> bool:
    """Whether a letter is to a state."""
    return to in areas()


def language_of(to: str) -> str:
    """The code of the language in which a letter is written: to who keeps a state's register, that of the state."""
    return languages.of_state(to if of_state(to) else query.registered(to))


def name(lang: Language, to: str) -> str:
    """The addressee of a letter: a state, or a publisher with the name of its source."""
    return terms.term(lang, "addressee", to)


# ---------------------------------------------------------------- what is missing


def missing(lang: Language, to: str) -> list[str]:
    """What is not published, and since when: one line for each indicator."""
    own = [code for code in coverage.indicators() if manifest.indicators()[code].source == to]
    codes, of = (manifest.counts(), _of_state) if of_state(to) else (own, _of_all)
    lines = [line for code in codes for line in of(lang, to, query.gaps(code))]
    return [*lines, *(_broken_down(lang, to) if of_state(to) else _acts_missing(lang, to))]


def _of_state(lang: Language, area: str, every: Sequence[query.Gap]) -> Iterator[str]:
    """What a state lacks of an indicator."""
    for gap in (one for one in every if one.area == area):
        label = terms.term(lang, "indicator", gap.indicator)
        if not gap.last:
            yield lang.labeled(label, lang.text("no total for any year"))
            continue
        parts = []
        if gap.last < gap.until:
            # Translators: {until} is the last year for which any state has a figure.
            words = lang.text(
                "no total after {last}; other states have some up to {until}", last=gap.last, until=gap.until
            )
            parts.append(words)
        if gap.years:
            years = tables.runs_in_sentence(lang, gap.years)
            # Translators: years between others that have a figure.
            parts.append(lang.text("no total for {years}", years=years))
        if parts:
            yield lang.labeled(label, lang.joined(parts))


def _of_all(lang: Language, _source: str, every: Sequence[query.Gap]) -> Iterator[str]:
    """The states without any figure of an indicator, and those whose last one is old."""
    by_state = {one.area: one for one in every}
    ordered = [by_state[area] for area in lang.sorted_countries(by_state)]
    never = [lang.country(one.area) for one in ordered if not one.last]
    old = [
        lang.text("{state} ({years})", state=lang.country(one.area), years=str(one.last))
        for one in ordered
        if 0 < one.last <= one.until - query.LATE
    ]
    parts = []
    if never:
        parts.append(lang.labeled(lang.text("no total for any year"), lang.listing(never)))
    if old:
        # Translators: a list of states follows, each with the year of its last figure.
        parts.append(lang.labeled(lang.text("last total years ago"), lang.listing(old)))
    if parts:
        yield lang.labeled(terms.term(lang, "indicator", ordered[0].indicator), lang.joined(parts))


def _broken_down(lang: Language, area: str) -> Iterator[str]:
    """The years with a total of victims, but without one of its breakdowns."""
    labels = {
        "sex": lang.text("Detected victims by sex"),
        "age": lang.text("Detected victims by age"),
        "form": lang.text("Detected victims by form of exploitation"),
        "citizenship": lang.text("Detected victims by citizenship"),
    }
    for by, years in query.broken_down(area).items():
        text = lang.text(
            "no figures for {years}, although there is a total", years=tables.runs_in_sentence(lang, years)
        )
        yield lang.labeled(labels[by], text)


def _acts_missing(lang: Language, source: str) -> Iterator[str]:
    """The states whose acts on a treaty our copy of its table does not show, and the parties without a date."""
    for treaty, states in manifest.unseen(source).items():
        named = areas() if states == treaties_query.EVERY else states.split()
        unseen = lang.text("Not known (our copy of the table may lack {states})", states=_states(lang, named))
        yield lang.labeled(terms.term(lang, "part", treaty), terms.in_sentence(unseen))
    for treaty, parties in query.undated().filter(source=source).select("instrument", "areas").iter_rows():
        undated = lang.labeled(lang.text("parties without a date"), _states(lang, parties))
        yield lang.labeled(terms.term(lang, "part", treaty), undated)


def _states(lang: Language, some: Sequence[str]) -> str:
    if len(some) == len(areas()):
        return lang.text("all {n} states", n=len(some))
    return lang.listing(map(lang.country, lang.sorted_countries(some)))


def unused(lang: Language, to: str) -> list[str]:
    """The rows of a source that we could not use as they are, with what is asked: one line for each reason."""
    lines = []
    for reason, (n, details) in ({} if of_state(to) else query.unused(to)).items():
        rows = lang.plural("{n} row", "{n} rows", n)
        shown = f"{rows} ({', '.join(details)})" if details else rows
        lines.append(f"{lang.labeled(terms.term(lang, 'reason', reason), shown)}. {lang.text(query.ASKED[reason])}")
    return lines


LISTS: Mapping[str, Callable[[Language, str], list[str]]] = {"missing": missing, "unused": unused}


# ---------------------------------------------------------------- what is to be asked


def contradicting(lang: Language, to: str, *, unusual: bool = False) -> list[FigureInQuestion]:
    """The figures that others of their release contradict, or only make unusual."""
    return [
        FigureInQuestion(
            row["area"],
            row["year"],
            identity_words.what(lang, row),
            identity_words.says(lang, row),
            identity_words.asks(lang, row),
            identities.cell(row),
        )
        for row in _concerning(to, query.contradictions(unusual=unusual).iter_rows(named=True))
    ]


def citizenships(lang: Language, to: str) -> list[FigureInQuestion]:
    """The citizenships with more victims than the total of the state and year."""
    found = []
    for row in _concerning(to, query.above_total().iter_rows(named=True)):
        figure, total = (lang.interval(row[f"low{end}"], row[f"high{end}"]) for end in ("", "_total"))
        # Translators: both figures are of the same state and year.
        says = lang.text(
            "UNODC lists {figure} citizens {of_origin}: more than its total of all victims, {total}.",
            figure=figure,
            of_origin=countries.of(lang, row["origin"]),
            total=total,
        )
        asks = lang.text("Which is right: {figure}, {other} or another number?", figure=figure, other=total)
        what = terms.term(lang, "indicator", VICTIMS)
        found.append(FigureInQuestion(row["area"], row["year"], what, says, asks, row, "flows"))
    return found


def changed(lang: Language, to: str) -> list[FigureInQuestion]:
    """The totals that are another figure in one release than in the one before."""
    found = []
    for row in _concerning(to, query.changed().iter_rows(named=True)):
        before, after = (lang.interval(row[f"low_{end}"], row[f"high_{end}"]) for end in ("from", "to"))
        releases = {f"of_{end}": data_version.of_release(lang, row[f"release_{end}"]) for end in ("from", "to")}
        # Translators: {of_to} and {of_from} are the days of two releases, with their "of".
        says = lang.text(
            "{after} in the release {of_to}, {before} in that {of_from}.", after=after, before=before, **releases
        )
        asks = lang.text("Which is right: {figure}, {other} or another number?", figure=after, other=before)
        key = {**row, "release": row["release_to"]}
        found.append(
            FigureInQuestion(row["area"], row["year"], terms.term(lang, "indicator", row["indicator"]), says, asks, key)
        )
    return found


def repeated(lang: Language, to: str) -> list[FigureInQuestion]:
    """The numbers that stand for several indicators of a state in one year."""
    some = [to] if of_state(to) else areas() if to == manifest.main_source() else ()
    found = []
    for area, (codes, year, n) in ((state, one) for state in some for one in query.repeated(state)):
        each = [terms.term(lang, "indicator", code) for code in codes]
        what = lang.listing([each[0], *map(terms.in_sentence, each[1:])])
        # Translators: the number stands for each of several counts, such as victims and offenses.
        says = lang.text("Each of these counts is {n}.", n=lang.number(n))
        asks = lang.text("Are these separate counts, or one that was entered several times?")
        first, *others = (_cell(area, code, year) for code in codes)
        key = first | {"parts_locator": locators.BETWEEN.join(one["locator"] for one in others)}
        found.append(FigureInQuestion(area, year, what, says, asks, key))
    return found


def _cell(area: str, code: str, year: int) -> dict[str, Any]:
    rows = store.tables().observations().filter(indicator=code, area=area, year=year, sex="total", age="total")
    return rows.filter(form="total").collect().row(0, named=True)


def differing(lang: Language, to: str) -> list[FigureInQuestion]:
    """The figures of the SDG database that differ from UNODC's, for a letter to either of the two or to a state."""
    sources = [manifest.indicators()[code].source for code in (sources_query.HERE, sources_query.THERE)]
    if not of_state(to) and to != sources[0]:
        return []
    found = []
    for row in sources_query.differing().iter_rows(named=True):
        if of_state(to) and row["area"] != to:
            continue
        here, there = lang.interval(row["low"], row["high"]), lang.interval(row["low_unodc"], row["high_unodc"])
        names = [terms.term(lang, "source", source) for source in sources]
        says = f"{lang.joined([lang.labeled(names[0], here), lang.labeled(names[1], there)])}."
        asks = lang.text("Which is right: {figure}, {other} or another number?", figure=here, other=there)
        key = {**row, "indicator": sources_query.HERE, "source": sources[0], "source_unodc": sources[1]}
        found.append(
            FigureInQuestion(
                row["area"], row["year"], terms.term(lang, "indicator", sources_query.THERE), says, asks, key
            )
        )
    return found


def _unlike(lang: Language, to: str) -> Iterator[FigureInQuestion]:
    """The totals of a state's register that certainly differ from those beside which it stands.

    `to` is the source that the register is, or the state.
    """
    for one in registers(to if of_state(to) else query.registered(to)):
        if not of_state(to) and manifest.indicators()[one.indicator].source != to:
            continue
        of_year = {row["year"]: row for row in one.rows.iter_rows(named=True)}
        for beside in one.years:
            if beside.differs and beside.beside:
                own, total = lang.interval(*beside.own), lang.interval(*beside.beside)
                # Translators: two totals of one year; they may count other cases.
                plain = lang.text("The register has {own}, UNODC {total}.", own=own, total=total)
                contradicted = beside.contradicted
                says = registers_words.contradicted(lang, beside, beside.beside) if contradicted else plain
                what, asks = terms.term(lang, "indicator", one.indicator), lang.text("What does each of the two count?")
                row = of_year[beside.year]
                yield FigureInQuestion(row["area"], beside.year, what, says, asks, row, "observations")


def acts(lang: Language, to: str) -> list[FigureInQuestion]:
    """The acts on treaties that are in doubt as published, or that two sources give differently."""
    found = []
    for row in _concerning(to, query.acts().iter_rows(named=True)):
        says, asks = _differing_acts(lang, row) if row["differs"] else _doubt(lang, row)
        act = terms.in_sentence(terms.term(lang, "action", row["action"]))
        what = f"{terms.term(lang, 'part', row['instrument'])}, {act}"
        key = {**row, "parts_locator": locators.BETWEEN.join(one["locator"] for one in _others(row))}
        found.append(FigureInQuestion(row["area"], row["date"].year, what, says, asks, key, "instruments"))
    return found


def _doubt(lang: Language, row: Row) -> tuple[str, str]:
    if query.DOUBTS[0] in row["note"]:
        return treaties_tables.basis(lang, row), lang.text("Is it an accession?")
    return treaties_tables.basis(lang, row), lang.text("Which of the two days is right?")


def _differing_acts(lang: Language, row: Row) -> tuple[str, str]:
    """What each source says of an act of a state, this one first."""
    every = [row, *_others(row)]
    days = [treaties_tables.day(lang, one) for one in every]
    each = [
        lang.labeled(
            terms.term(lang, "source", one["source"]),
            f"{terms.in_sentence(terms.term(lang, 'action', one['action']))}, {day}",
        )
        for one, day in zip(every, days, strict=True)
    ]
    return f"{lang.joined(each)}.", lang.text("Which is right, {figure} or {other}?", figure=days[0], other=days[-1])


def _others(row: Row) -> list[dict[str, Any]]:
    """The acts on the same treaty that another source gives differently; none of an act that is only in doubt."""
    same = query.acts().filter(area=row["area"], instrument=row["instrument"]).iter_rows(named=True)
    return [one for one in same if row["differs"] and one["source"] != row["source"]]


def stocks(lang: Language, to: str) -> list[FigureInQuestion]:
    """The numbers of migrants that two revisions of an estimate give far apart."""
    found = []
    for row in query.stocks().filter(source=to).iter_rows(named=True):
        after, before = lang.number(row["persons"]), lang.number(row["persons_before"])
        releases = {
            "of_to": data_version.of_release(lang, row["release"]),
            "of_from": data_version.of_release(lang, row["release_before"]),
        }
        says = lang.text(
            "{after} in the release {of_to}, {before} in that {of_from}.", after=after, before=before, **releases
        )
        asks = lang.text("Which is right: {figure}, {other} or another number?", figure=after, other=before)
        ends = " → ".join(lang.country(row[end]) for end in ("origin", "destination"))
        what = f"{terms.term(lang, 'movement', 'migrants')}, {ends}"
        found.append(FigureInQuestion(row["destination"], row["year"], what, says, asks, row, "migrant_stock"))
    return found


def _concerning(to: str, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows of a state or of a source."""
    return (row for row in rows if to in {row["area"], row["source"]})


QuestionsOf = Callable[[Language, str], list[FigureInQuestion]]
PARTS: Mapping[str, QuestionsOf] = {
    "contradicted": contradicting,
    "citizenships": citizenships,
    "changed": changed,
    "repeated": repeated,
    "differing": lambda lang, to: [*differing(lang, to), *_unlike(lang, to)],
    "unusual": lambda lang, to: contradicting(lang, to, unusual=True),
    "acts": acts,
    "stocks": stocks,
}
# Those of which each figure has its line in the workbook of a state.
FILLED = ("contradicted", "changed", "repeated", "differing", "unusual")


def filled(lang: Language, to: str) -> bool:
    """Whether the workbook of an addressee has lines."""
    return of_state(to) and any(PARTS[part](lang, to) for part in FILLED)


def headings(lang: Language) -> dict[str, str]:
    """The headings of the parts, by id."""
    return {
        "missing": lang.text("What the data lack"),
        "unused": lang.text("Rows that we could not use as they are"),
        "contradicted": lang.text("Figures that contradict each other"),
        "citizenships": lang.text("More victims of one citizenship than in the total"),
        "changed": lang.text("Figures that changed from one release to the next"),
        "repeated": lang.text("One number for several counts"),
        "differing": lang.text("Figures that two publishers give differently"),
        "unusual": lang.text("Unusual, but no contradiction"),
        "acts": lang.text("Acts on treaties in doubt"),
        "stocks": lang.text("Estimates of migrants that two revisions give far apart"),
    }


def listed(lang: Language, to: str) -> dict[str, list[str]]:
    """What is missing and what could not be used, as lines by part; a part without any is left out."""
    return {part: lines for part, lines_of in LISTS.items() if (lines := lines_of(lang, to))}


def found(lang: Language, to: str) -> dict[str, list[FigureInQuestion]]:
    """What is to be asked, by part, in the order of names of states; a part without anything is left out."""
    places = {area: place for place, area in enumerate(lang.sorted_countries(areas()))}
    every = {part: ask(lang, to) for part, ask in PARTS.items()}
    # Of a state the newest year comes first.
    return {part: sorted(some, key=lambda one: (places[one.area], -one.year)) for part, some in every.items() if some}


# ---------------------------------------------------------------- the letter


def heading(lang: Language, to: str) -> str:
    """The subject of a letter."""
    # Translators: {name} is a state or a publisher; said of published data on trafficking in persons.
    return lang.text("{name}: what is missing in the published data, and what to ask", name=name(lang, to))


def opening(lang: Language, to: str) -> list[str]:
    """The first paragraphs: who writes, and why."""
    whose = lang.text("To the national focal point on trafficking in persons, {state}", state=lang.country(to))
    return [
        whose if of_state(to) else lang.text("To: {publisher}", publisher=fact(lang, manifest.entry(to), "publisher")),
        lang.text(
            "Atalaya is an open and independent observatory. It shows what is published on trafficking in persons in "
            "the 35 independent states of the Americas, with the file and the row of each figure, and changes none."
        ),
        lang.text(
            "Below is what we did not find, and what we could not understand, in the published data. These are facts "
            "about the data and say nothing of the work behind them. We would be grateful for a correction, or for a "
            "word on which figure is right."
        ),
    ]


def closing(lang: Language, to: str) -> list[str]:
    """The last paragraphs: how to answer, and from which data the letter is made."""
    workbook = lang.text(
        "The workbook for focal points has these figures already filled in: a correction sent with it is shown beside "
        "the figure, with its date."
    )
    pages = [lang.labeled(terms.term(lang, "source", name), page) for name, page in _pages(lang, to)]
    answer = lang.text("Write to {address}.", address=site.contact()) if site.contact() else ""
    # Translators: the end of a letter to an authority, before its signature.
    farewell = lang.text("Yours faithfully,")
    made = lang.text("Made from data version {id}.", id=store.snapshot().id)
    said = [*filter(None, [workbook if filled(lang, to) else "", answer])]
    return [*said, f"{farewell}\nAtalaya", "\n".join(pages), made]


def _pages(lang: Language, to: str) -> Iterator[tuple[str, str]]:
    """The sources of which a letter speaks, each with the address of its publisher's page."""
    keyed = {one.key.get("source", "") for some in found(lang, to).values() for one in some}
    counted = {manifest.indicators()[code].source for code in manifest.counts()} if of_state(to) else {to}
    for source in store.snapshot().manifest["sources"]:
        if source["name"] in keyed | counted and source.get("path"):
            yield source["name"], source["path"]


def of_others(lang: Language) -> list[str]:
    """The sources to whose publishers there is no letter, and why."""
    every = [one for one in store.snapshot().manifest["sources"] if one["status"] != OURS]
    asked = {one["publisher"] for one in every if one["name"] in query.publishers()}
    others = [terms.term(lang, "source", one["name"]) for one in every if one["publisher"] not in asked]
    # Translators: {sources} is a list of publications.
    return [
        lang.text(
            "We have no question about the rows that we use of these publications: {sources}.",
            sources="; ".join(others),
        )
    ]


def text(lang: Language, to: str) -> str:
    """The whole letter as plain text."""
    addressee, *first = opening(lang, to)
    # Translators: the start of a letter to an authority.
    greeting = lang.text("Dear Sir or Madam,")
    titles, lines = headings(lang), [heading(lang, to), "", *_spaced([addressee, greeting, *first])]
    for part, each in {**listed(lang, to), **_written(lang, to)}.items():
        if each:
            lines += [titles[part], *(f"- {one}" for one in each), ""]
    return "\n".join([*lines, *_spaced(closing(lang, to))]).strip() + "\n"


def _spaced(paragraphs: Sequence[str]) -> Iterator[str]:
    for one in paragraphs:
        yield from (one, "")


def _written(lang: Language, to: str) -> dict[str, list[str]]:
    """Each finding with the cells of its figures and, on a site with a public address, the address of its passport."""
    return {part: [_line(lang, to, one) for one in some] for part, some in found(lang, to).items()}


def _line(lang: Language, to: str, one: FigureInQuestion) -> str:
    place = [one.what, str(one.year)] if of_state(to) else [lang.country(one.area), one.what, str(one.year)]
    lines = [f"{lang.labeled(', '.join(place), one.says)} {one.asks}", one.cells(lang)]
    if site.public_address():
        lines.append(f"{site.public_address()}/{lang.code}/{keys.PAGE}?{urlencode(one.where)}")
    return "\n  ".join(lines)
