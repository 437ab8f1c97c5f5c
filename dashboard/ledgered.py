"""The answers of page "Ledger", kept as those of `dashboard.answers`: cells, counts, entries, and their words."""

from functools import cache, lru_cache

import polars as pl

from dashboard import ledger_tables, ledger_terms, store, tables
from dashboard.describe import ledger as describe
from dashboard.figures.ledger_places import Ledger
from dashboard.query import ledger
from dashboard.query.ledger import Filter
from data.columns import BODIES
from data.commitments import commitments, questions
from data.i18n import Language
from data.measures import measures

KEPT = 256


@lru_cache(KEPT)
def cells(wanted: Filter) -> pl.DataFrame:
    """`dashboard.query.ledger.matrix` of the snapshot."""
    return ledger.matrix(store.table("evidence"), commitments(), store.areas(), wanted)


@lru_cache(KEPT)
def sources(wanted: Filter) -> tuple[str, ...]:
    """The sources of the entries of the cells."""
    return tuple(ledger.rows(store.table("evidence"), wanted)["source"].unique().sort())


@cache
def every_source() -> tuple[str, ...]:
    """The sources of all entries."""
    return tuple(store.table("evidence").select(pl.col("source").unique().sort()).collect()["source"])


@cache
def counts() -> pl.DataFrame:
    """`dashboard.query.ledger.counts` of the snapshot, whatever the filters."""
    outside = store.table("areas").filter(pl.col("member") == "not_participating").collect()["area"]
    return ledger.counts(cells(Filter()), outside)


def count(paragraph: int) -> dict[str, object]:
    """The same of one paragraph."""
    return counts().row(by_predicate=pl.col("paragraph") == paragraph, named=True)


@lru_cache(KEPT)
def drawn(wanted: Filter, lang: Language) -> Ledger:
    """What the figures draw of the cells."""
    found = cells(wanted)
    shares = {row["paragraph"]: describe.share(lang, row) for row in counts().iter_rows(named=True)}
    held = set(found["actor"])
    remarks = {area: said for area, said in remarked(lang).items() if area in held}
    titles = {number: ledger_terms.title(lang, number) for number in found["paragraph"].unique(maintain_order=True)}
    counted = {number: said for number, said in shares.items() if said}
    return Ledger([*found.iter_rows(named=True)], titles, counted, remarks)


@cache
def remarked(lang: Language) -> dict[str, str]:
    """What must be said of some states."""
    return describe.remarks(lang, store.table("areas").collect().iter_rows(named=True))


@cache
def paragraphs_table(lang: Language) -> tables.Sheet:
    """All paragraphs, in words."""
    return tables.sheet(ledger_tables.paragraphs(counts(), commitments(), lang))


@lru_cache(KEPT)
def entries(wanted: Filter, lang: Language) -> pl.DataFrame:
    """The entries of a choice as they are read: states by name, bodies after them."""
    actors = [*lang.sorted_countries(store.areas()), *BODIES]
    return ledger.threads(ledger.rows(store.table("evidence"), wanted), actors)


@lru_cache(KEPT)
def entries_table(wanted: Filter, lang: Language) -> tables.Sheet:
    """The same in words."""
    several = len(wanted.paragraphs) != 1
    return tables.sheet(ledger_tables.entries(entries(wanted, lang), lang, several=several))


@lru_cache(KEPT)
def themes(area: str, lang: Language) -> list[tuple[str, str]]:
    """A state's paragraphs by theme, in words."""
    return describe.themes(lang, ledger.themes(cells(Filter()), area))


@lru_cache(KEPT)
def rule_table(paragraph: int, lang: Language) -> tables.Sheet:
    """What becomes evidence on a paragraph, in words."""
    return tables.sheet(ledger_tables.rule(rule(paragraph), lang))


@cache
def rule(paragraph: int) -> pl.DataFrame:
    """`dashboard.query.ledger.rule` of the reviewed files, of one paragraph."""
    return ledger.rule(questions(), measures(), paragraph)


def indicators(paragraph: int) -> list[str]:
    """The indicators that a paragraph names."""
    return list(commitments().row(by_predicate=pl.col("paragraph") == paragraph, named=True)["indicators"])


def fact(paragraph: int, name: str) -> str:
    """What is declared of a paragraph: its `theme`, its `actor`, its `kind`."""
    return str(commitments().row(by_predicate=pl.col("paragraph") == paragraph, named=True)[name])


def note(lang: Language) -> list[str]:
    """What must be known before the ledger is read."""
    return describe.notes(lang, str(store.snapshot().manifest["created"])[:10])
