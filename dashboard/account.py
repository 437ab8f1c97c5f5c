"""Answers of the page of sources that all readers share: kept, since the snapshot of a process never changes."""

from functools import cache

import polars as pl

from dashboard import provenance, store, tables
from dashboard.describe import account as describe
from dashboard.describe import agreement
from dashboard.describe import checks as checks_in_words
from dashboard.query import differences
from data.account import codebook, errata
from data.i18n import Language


@cache
def overview(lang: Language) -> tables.Sheet:
    """Every source and how fresh it is, in words."""
    return tables.sheet(provenance.overview(store.snapshot().manifest["sources"], lang))


@cache
def checks(lang: Language) -> tables.Sheet:
    """What was compared before the snapshot was published, in words."""
    return tables.sheet(checks_in_words.checks(store.snapshot().manifest.get("checks", []), lang))


@cache
def compared() -> differences.Compared:
    """`dashboard.query.differences` of the snapshot."""
    return differences.differences(store.table("observations"))


def differing() -> pl.DataFrame:
    """The figures in which the SDG database and UNODC differ."""
    return compared().differing


@cache
def differences_table(lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(agreement.differences(differing(), lang))


@cache
def codebook_table(lang: Language) -> tables.Sheet:
    """The codebook, its definitions left to the file."""
    return tables.sheet(describe.codebook(codebook(), lang))


@cache
def errata_table(lang: Language) -> tables.Sheet:
    """The withdrawn snapshots, in words."""
    return tables.sheet(describe.errata(errata(), lang))
