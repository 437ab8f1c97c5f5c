"""The ledger of a briefing: what is held on each paragraph of the declaration, by n of N or by theme."""

from dashboard import ledgered, tables, terms
from dashboard.briefing import words
from dashboard.briefing.content import Part, Table
from dashboard.describe import country
from dashboard.describe import ledger as describe
from dashboard.query import ledger
from data.i18n import Language


def of_region(lang: Language) -> Part:
    """Every paragraph with the states that have evidence, those with background only, and those with none."""
    title = lang.text("The Declaration of Mexico: what is held on each paragraph")
    told = words.sheet(ledgered.paragraphs_table(lang), lang.text("Paragraph by paragraph, all states"))
    held = words.without(told, [lang.text("Theme")])
    lead = describe.in_matrix(lang, ledger.cells(ledger.Filter()))
    remarks = (*ledgered.state_remarks(lang).values(), *ledgered.notes(lang))
    return Part("ledger", title, lead, tables=(held,), remarks=remarks, notes="\n".join([lead, *remarks]))


def of_states(lang: Language, areas: tuple[str, ...]) -> Part:
    """The paragraphs of one state or of two, by theme; the stand of each on the declaration beside it."""
    title = lang.text("The Declaration of Mexico: what is held, by theme")
    standing = [
        lang.labelled(lang.country(area), note) if len(areas) > 1 else note
        for area in areas
        for note in country.membership(lang, area)
    ]
    lead = describe.in_matrix(lang, ledger.cells(ledger.Filter(actors=areas)))
    remarks = (*standing, *ledgered.notes(lang))
    held = tuple(_themes(lang, area) for area in areas)
    return Part("ledger", title, lead, tables=held, remarks=remarks, notes="\n".join([lead, *remarks]))


def _themes(lang: Language, area: str) -> Table:
    """Theme by theme: paragraphs with evidence since the declaration, with dated facts, with background, with none."""
    found = ledger.themes(ledger.cells(ledger.Filter()), area)
    names = {row["theme"]: terms.term(lang, "theme", row["theme"]) for row in found.iter_rows(named=True)}
    rows = {row["theme"]: row for row in found.iter_rows(named=True)}
    columns: tables.Columns = {
        lang.labelled(lang.country(area), lang.text("Theme")): lambda row: names[row["theme"]],
        lang.text("Paragraphs"): lambda row: lang.number(row["paragraphs"]),
        lang.text("Evidence since March 2018"): lambda row: lang.number(row["since"]),
        lang.text("Dated treaty facts"): lambda row: lang.number(row[ledger.FACT]),
        lang.text("Background only"): lambda row: lang.number(row[ledger.BACKGROUND]),
        lang.text("No evidence here"): lambda row: lang.number(row[ledger.NONE]),
    }
    ordered = lang.alphabetical(names, names.__getitem__)
    alt = lang.labelled(lang.country(area), lang.text("The declaration of 2018: what is held of this state"))
    return words.table(tables.written((rows[theme] for theme in ordered), columns), alt)
