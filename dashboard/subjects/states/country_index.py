"""All states to choose from: the latest total of detected victims of each, with its year, or what else is known."""

from dashboard.subjects.corrections import tables as corrections
from dashboard.subjects.shared import AREA
from dashboard.subjects.states import certainty_words, country_words, profile_words, query, words
from dashboard.subjects.states.standing import standing
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.page import Link, Section, Table, Text
from dashboard.words import served, tables, terms
from data.i18n import Language


def sections(lang: Language) -> tuple[Section, ...]:
    """One table, in the alphabetical order of the language, whose rows lead to the states."""
    rows = tables.ordered(query.region(VICTIMS, None), lang)
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        terms.term(lang, "indicator", VICTIMS): lambda row: _figure(lang, row),
        lang.text("Year"): lambda row: tables.NONE if row["year"] is None else str(row["year"]),
        lang.text("Remark"): lambda row: _remark(lang, row),
    }
    of = {"indicator": VICTIMS}
    sheet = tables.sheet(tables.written(rows.iter_rows(named=True), columns))
    table = Table(
        "states",
        words.heading(lang, VICTIMS, None, query.total(rows).reported),
        corrections.with_corrections(lang, sheet, rows, of),
        wrapped=True,
        links=[Link("country", lang.country(area), {AREA.name: area}) for area in rows["area"]],
    )
    about = (words.explained(lang, []), *words.unit_of_count(lang, [VICTIMS]))
    notes = (*corrections.sentences(lang, rows, of), *served.lines(lang, served.served(rows)))
    return (Section("", "states", (Text(about), table, Text(notes, "small"))),)


def _figure(lang: Language, row: tables.Row) -> str:
    return tables.NONE if row["low"] is None else profile_words.on_card(lang, row)


def _remark(lang: Language, row: tables.Row) -> str:
    """That the parts of a total contradict it; of a state without a total the first that is known of it."""
    if row["low"] is None:
        return f"{country_words.known(lang, row['area']).partition('. ')[0].removesuffix('.')}."
    found = standing(row["area"], VICTIMS)
    return certainty_words.standing(lang, found) if found and found.kind == "contradicted" else ""
