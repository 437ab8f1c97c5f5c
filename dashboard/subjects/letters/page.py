"""The page "Letters": to each state and to each publisher, on what is missing and what to ask, ready to copy."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard.store import areas
from dashboard.subjects.letters import query, words
from dashboard.subjects.letters.filters import TO
from dashboard.subjects.letters.words import FigureInQuestion
from dashboard.subjects.passports import keys
from dashboard.views.figure import Values
from dashboard.views.page import Block, Code, Controls, Link, Links, Page, Remarks, Section, Table, Text, Workbooks
from dashboard.words import tables
from data.i18n import N_, Language, language
from data.report.order import FIRST_YEAR, KIND

CORRECTION = "correction"


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    to, titles = values.value(TO), words.headings(lang)
    yield Section("", "letter", (Controls((TO,), alphabetical=(TO.name,)),))
    for part, lines in words.listed(lang, to).items():
        yield Section(titles[part], part, (Remarks(lines),))
    for part, found in words.found(lang, to).items():
        yield Section(titles[part], part, (_table(lang, to, part, titles[part], found),))
    yield Section(lang.text("The letter, to copy"), "text", tuple(_texts(lang, to)))
    if words.of_state(to):
        yield Section(lang.text("The workbook for corrections"), "workbook", tuple(_workbook(lang, to)))


def _table(lang: Language, to: str, part: str, title: str, found: list[FigureInQuestion]) -> Table:
    """What is to be asked; each row leads to the passport of its cell."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        (lang.text("Treaty") if part == "acts" else lang.text("Indicator")): lambda row: row["what"],
        (lang.text("Remark") if part == "acts" else lang.text("What the figures say")): lambda row: row["says"],
        lang.text("What to ask"): lambda row: row["asks"],
    }
    shown = dict(list(columns.items())[words.of_state(to) :])
    sheet = tables.sheet(tables.written((vars(one) for one in found), shown))
    links = [Link(keys.PAGE, "", one.where) for one in found]
    return Table(part, title, sheet, wrapped=True, links=links)


def _texts(lang: Language, to: str) -> Iterator[Code]:
    """The letter in the language of its addressee, and then in that of the page."""
    for code in dict.fromkeys((words.language_of(to), lang.code)):
        other = language(code)
        label = lang.text("Letter in {language}", language=str(lang.locale.languages.get(code, code)))
        yield Code(label, words.text(other, to), spoken=code * (code != lang.code))


def _workbook(lang: Language, area: str) -> Iterator[Block]:
    today = datetime.now(UTC).year
    lines = lang.text(
        "Each figure above has its line, with what is asked. Write what the state says instead, and delete the "
        "lines that need no correction."
    )
    # Translators: above are what is not published and acts on treaties, but no figure to ask about.
    none = lang.text("There is no figure above to ask about, so only the state is filled in.")
    yield Text((lines if words.filled(lang, area) else none,))
    kinds = {CORRECTION: lang.text(KIND[CORRECTION])}
    years = (FIRST_YEAR, today)
    yield Workbooks(kinds, {CORRECTION: {area: lang.country(area)}}, years, years, area, filled=True)


def _index(lang: Language) -> Iterator[Section]:
    """All addressees of letters."""
    every = {
        "states": (lang.text("To states"), lang.sorted_countries(areas())),
        "publishers": (lang.text("To publishers"), query.publishers()),
    }
    for anchor, (title, some) in every.items():
        yield Section(title, anchor, (Links([Link("letter", words.name(lang, to), {TO.name: to}) for to in some]),))
    yield Section(lang.text("Nothing to ask"), "nothing", (Remarks(words.of_others(lang)),))


PURPOSE = N_("What is missing in the published data, what contradicts itself, and what to ask: one letter for each.")
LETTER = Page(
    slug="letter",
    title=N_("Letter on what is missing"),
    purpose=PURPOSE,
    filters=(TO,),
    path=(TO,),
    named=(TO,),
    heading=lambda lang, values: words.heading(lang, values.value(TO)),
    lead=lambda lang, values: " ".join(words.opening(lang, values.value(TO))[1:]),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    index=Page(
        slug="letter",
        title=N_("Letters on what is missing"),
        purpose=PURPOSE,
        sections=lambda lang, _values: tuple(_index(lang)),
    ),
)
