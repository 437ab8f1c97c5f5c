"""What page "Ledger" says of a choice, from its entries in the open snapshot: list, figure, remarks."""

import polars as pl

from dashboard import ledger_tables, ledger_terms, store, tables
from dashboard.describe import ledger as describe
from dashboard.figures.ledger_places import Ledger
from dashboard.query import ledger, observed
from dashboard.query.ledger import Filter
from dashboard.store import Tables, cached
from data.columns import BODIES
from data.declaration import commitments
from data.i18n import Language


@cached
def entries(snap: Tables, wanted: Filter, lang: Language) -> pl.DataFrame:
    """The entries in the order in which they are read: states by name, bodies after them."""
    actors = [*lang.sorted_countries(store.areas.of(snap)), *BODIES]
    return ledger.threads(ledger.rows.of(snap, wanted), actors)


@cached
def entries_table(snap: Tables, wanted: Filter, lang: Language) -> tables.Sheet:
    """The entries in words, in that order."""
    several = len(wanted.paragraphs) != 1
    return tables.sheet(ledger_tables.entries(entries.of(snap, wanted, lang), lang, several=several))


def paragraphs_table(lang: Language) -> tables.Sheet:
    """All paragraphs in words."""
    return tables.sheet(ledger_tables.paragraphs(ledger.counted(), commitments(), lang))


def figure(wanted: Filter, lang: Language) -> Ledger:
    """What the figures draw of the cells."""
    cells = ledger.cells(wanted)
    shares = {row["paragraph"]: describe.share(lang, row) for row in ledger.counted().iter_rows(named=True)}
    actors = set(cells["actor"])
    remarks = {area: remark for area, remark in state_remarks(lang).items() if area in actors}
    titles = {number: ledger_terms.title(lang, number) for number in cells["paragraph"].unique(maintain_order=True)}
    counted = {number: share for number, share in shares.items() if share}
    return Ledger([*cells.iter_rows(named=True)], titles, counted, remarks)


def state_remarks(lang: Language) -> dict[str, str]:
    """What must be said of some states, by ISO3."""
    return describe.remarks(lang, ({"area": area, "member": member} for area, member in observed.members().items()))


def notes(lang: Language) -> list[str]:
    """What must be known before the ledger is read."""
    return describe.notes(lang, str(store.snapshot().manifest["created"])[:10])
