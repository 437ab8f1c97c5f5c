"""The tables of page "Sources", each made once for a snapshot and a language."""

from dataclasses import replace

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.sources import checks, provenance, query, words
from dashboard.words.tables import Sheet, sheet
from data.codebook import errata
from data.i18n import Language
from data.manifest import codebook_table

# Pixels of two columns of the codebook.
TERM = 200
DEFINITION = 460


@cached
def overview_sheet(_snap: Tables, lang: Language) -> Sheet:
    """Every source and how fresh it is."""
    return sheet(provenance.overview(store.snapshot().manifest["sources"], lang))


@cached
def checks_sheet(_snap: Tables, lang: Language) -> Sheet:
    """The checks before publication."""
    return sheet(checks.checks(store.snapshot().manifest.get("checks", []), lang))


@cached
def differences_sheet(snap: Tables, lang: Language) -> Sheet:
    """The figures that differ between the SDG database and UNODC, in the order of `query.differing`."""
    return sheet(words.differences(query.differing.of(snap), lang))


@cached
def questioned_sheet(snap: Tables, lang: Language) -> Sheet:
    """The flows with a questioned figure."""
    return sheet(provenance.questioned(routes_query.questioned.of(snap), lang))


@cached
def codebook_sheet(_snap: Tables, lang: Language) -> Sheet:
    """The codebook, with terms and definitions in columns that are narrow enough for both to be seen."""
    made = sheet(words.codebook(codebook_table(), lang))
    term, definition = made.rows.column_names[3:5]
    return replace(made, widths={**made.widths, term: TERM, definition: DEFINITION})


@cached
def errata_sheet(_snap: Tables, lang: Language) -> Sheet:
    """The withdrawn snapshots."""
    return sheet(words.errata(errata(), lang))
