"""Lists, figure data and notes of page "Ledger" for a selection of entries in the open snapshot."""

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.ledger import names, query, words
from dashboard.subjects.ledger import tables as ledger_tables
from dashboard.subjects.ledger.figures.bars import ParagraphRow
from dashboard.subjects.ledger.figures.grid import Ledger
from dashboard.subjects.ledger.query import EntryFilter
from dashboard.subjects.states import query as states_query
from dashboard.words import tables
from data.columns import BODIES
from data.declaration import commitments
from data.i18n import Language


@cached
def entries(snap: Tables, selection: EntryFilter, lang: Language) -> pl.DataFrame:
    """The selected entries in reading order (`query.threads`): states by name, then bodies."""
    actors = [*lang.sorted_countries(store.areas.of(snap)), *BODIES]
    return query.threads(query.rows.of(snap, selection), actors)


@cached
def entries_table(snap: Tables, selection: EntryFilter, lang: Language) -> tables.Sheet:
    """The table of the selected entries in words, in the order of `entries`."""
    several = len(selection.paragraphs) != 1
    return tables.sheet(ledger_tables.entries(entries.of(snap, selection, lang), lang, several=several))


def paragraphs_table(lang: Language) -> tables.Sheet:
    """The table of all paragraphs in words."""
    return tables.sheet(ledger_tables.paragraphs(query.counted(), commitments(), lang))


def figure(selection: EntryFilter, lang: Language) -> Ledger:
    """The data of the matrix and the map."""
    cells = query.cells(selection)
    actors = set(cells["actor"])
    remarks = {area: remark for area, remark in state_remarks(lang).items() if area in actors}
    titles = {number: names.title(lang, number) for number in cells["paragraph"].unique(maintain_order=True)}
    return Ledger([*cells.iter_rows(named=True)], titles, remarks)


def bars(tally: pl.DataFrame, lang: Language) -> list[ParagraphRow]:
    """The data of the bars, from the rows of `query.tally`."""
    return [
        ParagraphRow(
            int(str(number)),
            names.title(lang, int(str(number))),
            dict(rows.filter(pl.col("body").is_null()).select("grade", "n").iter_rows()),
            dict(rows.drop_nulls("body").select("body", "grade").iter_rows()),
        )
        for (number,), rows in tally.group_by("paragraph", maintain_order=True)
    ]


@cached
def known(snap: Tables, selection: EntryFilter, lang: Language) -> tables.Sheet:
    """What was found on each paragraph of one actor, in plain words."""
    rows = ledger_tables.known(query.found.of(snap, selection), query.statuses.of(snap, selection), lang)
    return tables.sheet(rows)


@cached
def nothing(snap: Tables, selection: EntryFilter, lang: Language) -> str:
    """The paragraphs of one actor on which nothing was found, in one sentence."""
    return words.nothing_on(lang, query.cells.of(snap, selection).filter(grade=query.NONE)["paragraph"])


@cached
def finding(snap: Tables, selection: EntryFilter, lang: Language) -> str:
    """What was found on the selected paragraphs and actors, in one sentence without a full stop."""
    return words.heading(lang, query.cells.of(snap, selection))


def state_remarks(lang: Language) -> dict[str, str]:
    """Remarks on some states, by ISO3 code."""
    return words.remarks(lang, ({"area": area, "member": member} for area, member in states_query.members().items()))
