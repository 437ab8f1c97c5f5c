"""What page "Ledger" says of a choice, from its entries in the open snapshot: list, figure, remarks."""

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.ledger import names, query, words
from dashboard.subjects.ledger import tables as ledger_tables
from dashboard.subjects.ledger.figures.grid import Ledger
from dashboard.subjects.ledger.query import Filter
from dashboard.subjects.states import query as states_query
from dashboard.words import tables
from data.columns import BODIES
from data.declaration import commitments
from data.i18n import Language


@cached
def entries(snap: Tables, wanted: Filter, lang: Language) -> pl.DataFrame:
    """The entries in the order in which they are read: states by name, bodies after them."""
    actors = [*lang.sorted_countries(store.areas.of(snap)), *BODIES]
    return query.threads(query.rows.of(snap, wanted), actors)


@cached
def entries_table(snap: Tables, wanted: Filter, lang: Language) -> tables.Sheet:
    """The entries in words, in that order."""
    several = len(wanted.paragraphs) != 1
    return tables.sheet(ledger_tables.entries(entries.of(snap, wanted, lang), lang, several=several))


def paragraphs_table(lang: Language) -> tables.Sheet:
    """All paragraphs in words."""
    return tables.sheet(ledger_tables.paragraphs(query.counted(), commitments(), lang))


def figure(wanted: Filter, lang: Language) -> Ledger:
    """What the figures draw of the cells."""
    cells = query.cells(wanted)
    shares = {row["paragraph"]: words.share(lang, row) for row in query.counted().iter_rows(named=True)}
    actors = set(cells["actor"])
    remarks = {area: remark for area, remark in state_remarks(lang).items() if area in actors}
    titles = {number: names.title(lang, number) for number in cells["paragraph"].unique(maintain_order=True)}
    counted = {number: share for number, share in shares.items() if share}
    return Ledger([*cells.iter_rows(named=True)], titles, counted, remarks)


def state_remarks(lang: Language) -> dict[str, str]:
    """What must be said of some states, by ISO3."""
    return words.remarks(lang, ({"area": area, "member": member} for area, member in states_query.members().items()))


def notes(lang: Language) -> list[str]:
    """What must be known before the ledger is read."""
    return words.notes(lang, str(store.snapshot().manifest["created"])[:10])
