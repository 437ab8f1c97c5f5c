"""The page "Instruments": which states are parties to the treaties, and which laws our sources cite."""

from collections.abc import Iterator, Sequence
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.ledger.filters import PARAGRAPH
from dashboard.subjects.passports import acts as act_passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.states.words import STATES
from dashboard.subjects.treaties import files, query, tables, words
from dashboard.subjects.treaties.filters import ALL_TREATIES, INSTRUMENTS, TREATY, YEAR_END
from dashboard.subjects.treaties.page_figures import CHART, MAP, MATRIX
from dashboard.views.figure import Values
from dashboard.views.page import Beside, Block, Controls, Files, Fold, Glance, Link, Links, Page, Remarks, Section, Text
from dashboard.words import terms
from dashboard.words.tables import ordered, sheet
from data.i18n import N_, Language


def _lead(lang: Language, values: Values) -> str:
    treaty = values.value(TREATY)
    closing = query.closings()[treaty]
    return words.joined(lang, treaty, query.standings(treaty, query.end(closing).year), closing)


def _cited(lang: Language, laws: pl.DataFrame) -> str:
    """For how many states the sources cite a law."""
    return lang.plural(
        "Our sources cite a law against trafficking in persons for {n} of the {all} states; the others may have one, "
        "too.",
        "Our sources cite a law against trafficking in persons for {n} of the {all} states; the others may have one, "
        "too.",
        laws.filter(pl.col("title").is_not_null()).height,
        all=STATES,
    )


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    treaty = values.value(TREATY)
    treaties = query.chosen(treaty, every=values.value(ALL_TREATIES))
    act = passport(lang, row_keys.ACT, values.value(row_keys.ACT), partial(act_passports.act, lang))
    law = passport(lang, row_keys.LAW, values.value(row_keys.LAW), partial(act_passports.law, lang))
    chart = blocks.graphic(CHART, values, "chart")
    parts = (
        Section(terms.term(lang, "part", treaty), "map", tuple(_map(lang, values))),
        Section(lang.text("Reservations and declarations"), "reservations", tuple(_reservations(lang, treaty))),
        Section(lang.text("Parties over time"), "time", (chart,)),
        Section(words.acts_heading(lang, treaties), "acts", tuple(_acts(lang, treaties, act))),
        Section(words.laws_heading(lang), "laws", tuple(_laws(lang, law))),
    )
    contents = Links([Link("", part.heading, anchor=part.anchor) for part in parts])
    yield Section("", "matrix", (contents, blocks.graphic(MATRIX, values, "matrix", opens=_of_cell)))
    yield from parts
    standing = Fold("standing", lang.text("OAS membership and the Declaration"), partial(_standing, lang))
    yield Section("", "standing", (standing,))


def _map(lang: Language, values: Values) -> Iterator[Block]:
    treaty, year = values.value(TREATY), values.value(YEAR_END)
    yield Controls((TREATY, ALL_TREATIES))
    yield blocks.graphic(MAP, values, "map", years=YEAR_END, opens=partial(_acts_of, treaty))
    yield blocks.states(lang)
    yield Files(files.standings(lang, treaty, year))


def _of_cell(mark: str) -> Link:
    """The passports of the acts of a mark of the matrix, with its treaty; of a treaty of the list, its map."""
    if "." not in mark:
        return Link("", "", {TREATY.name: mark}, "map")
    return Link("", "", {row_keys.ACT.name: mark, TREATY.name: mark.partition(".")[2]}, f"passport-{row_keys.ACT.name}")


def _reservations(lang: Language, treaty: str) -> Iterator[Block]:
    rows = ordered(query.reservations(treaty), lang)
    said = words.reserved(lang, treaty, rows)
    yield Text((f"{said}." if rows.height else said,))
    yield from row_table(lang, "reserved", said, sheet(tables.reservations(rows, lang)), rows, row_keys.ACT)
    yield from act_passports.depositary(lang, treaty)


def _acts_of(treaty: str, mark: str) -> Link:
    """The passports of the acts of a state of the map on a treaty."""
    return Link("", "", {row_keys.ACT.name: f"{mark}.{treaty}"}, f"passport-{row_keys.ACT.name}")


def _acts(lang: Language, treaties: tuple[str, ...], opened: Sequence[Block]) -> Iterator[Block]:
    rows = ordered(query.acts(treaties), lang)
    words_of_rows = sheet(tables.acts(rows, lang, query.closings()))
    title = words.acts_heading(lang, treaties)
    yield from row_table(lang, "acts", title, words_of_rows, rows, row_keys.ACT, searched=True)
    yield from opened
    yield Files(files.acts(lang, treaties))


def _laws(lang: Language, opened: Sequence[Block]) -> Iterator[Block]:
    rows = ordered(query.laws(), lang)
    yield Remarks((_cited(lang, rows), *words.laws(lang, rows)))
    title, words_of_rows = words.laws_heading(lang), sheet(tables.laws(rows, lang))
    table = row_table(lang, "laws", title, words_of_rows, rows, row_keys.LAW)
    yield from (Beside((table, opened)),) if opened else table
    yield Files(files.laws(lang))


def _standing(lang: Language) -> tuple[Block, ...]:
    declaration = Link("declaration", lang.text("Paragraph 30 of the Declaration"), {PARAGRAPH.name: "30"})
    return (Remarks(words.standing(lang)), declaration)


def _scene(_lang: Language, values: Values, _name: str) -> Glance:
    """The map of the chosen treaty: a matrix of all treaties cannot be read from the last row of a room."""
    return Glance(figure=blocks.graphic(MAP, values, "map", years=YEAR_END))


INSTRUMENTS_PAGE = Page(
    slug="instruments",
    title=N_("Treaties and laws"),
    purpose=N_("Treaties and laws against trafficking in persons."),
    filters=(*INSTRUMENTS, row_keys.ACT, row_keys.LAW),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    lead=_lead,
    scene=_scene,
)
