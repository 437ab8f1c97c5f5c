"""The answers of the comparing half of page "Explore", kept as those of `dashboard.answers`."""

from functools import lru_cache

import polars as pl

from dashboard import bilateral_tables, compare_tables, store, tables
from dashboard.describe import compare as describe
from dashboard.query import bilateral, compare, explore, observed
from dashboard.query.compare import Pair
from dashboard.query.explore import Selection
from data.counting import counting_units
from data.i18n import Language


@lru_cache(store.KEPT)
def rows(wanted: Pair, edition: str) -> pl.DataFrame:
    """`dashboard.query.compare.rows` of the snapshot."""
    return compare.rows(store.observations(edition), counting_units(), wanted)


@lru_cache(store.KEPT)
def latest(wanted: Pair, edition: str) -> pl.DataFrame:
    """The same in the order of the table: the latest year first, counts before rates."""
    return rows(wanted, edition).sort(pl.col("indicator") != wanted.indicator, "year", descending=[False, True])


@lru_cache(store.KEPT)
def table(wanted: Pair, edition: str, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(compare_tables.compared(latest(wanted, edition), lang, wanted))


@lru_cache(store.KEPT)
def remarks(wanted: Pair, edition: str, lang: Language) -> tuple[str, ...]:
    """What must be known of the comparison."""
    compared = rows(wanted, edition)
    rates = compared.filter(pl.col("unit") == "per_100000_population")
    tiny = list(dict.fromkeys(observed.tiny(compare.sides(rates), observed.small(edition))))
    return tuple(describe.remarks(lang, compared, counting_units(), wanted, tiny))


@lru_cache(store.KEPT)
def survey(wanted: Pair, edition: str) -> Selection:
    """What of a survey stands side by side."""
    return compare.survey(store.observations(edition), wanted)


@lru_cache(store.KEPT)
def surveyed_table(wanted: Pair, edition: str, lang: Language) -> tables.Sheet:
    """The figures of a survey of two states side by side, in words."""
    rows = explore.rows(survey(wanted, edition), edition)
    return tables.sheet(compare_tables.surveyed(rows, lang, wanted))


@lru_cache(store.KEPT)
def whom(wanted: Pair, edition: str) -> pl.DataFrame:
    """The groups of its rows."""
    return compare_tables.whom(explore.rows(survey(wanted, edition), edition))


@lru_cache(store.KEPT)
def yearly(wanted: Pair, edition: str) -> pl.DataFrame:
    """`dashboard.query.bilateral.yearly` of the snapshot."""
    return bilateral.yearly(flows(wanted, edition), store.flow_coverage(edition))


@lru_cache(store.KEPT)
def flows(wanted: Pair, edition: str) -> pl.DataFrame:
    """`dashboard.query.bilateral.between` of the snapshot."""
    return bilateral.between(store.flows(edition), wanted.one, wanted.other)


@lru_cache(store.KEPT)
def of_kind(wanted: Pair, edition: str, evidence: str) -> pl.DataFrame:
    """Those of one kind of evidence."""
    return flows(wanted, edition).filter(pl.col("evidence") == evidence)


@lru_cache(store.KEPT)
def flows_table(wanted: Pair, edition: str, evidence: str, lang: Language) -> tables.Sheet:
    """The same in words."""
    worded = bilateral_tables.counted if evidence == "counted" else bilateral_tables.stated
    return tables.sheet(worded(of_kind(wanted, edition, evidence), lang))


@lru_cache(store.KEPT)
def lists(area: str, edition: str) -> list[int]:
    """The years in which a state lists the citizenships of victims."""
    return bilateral.lists(store.flow_coverage(edition), area)


@lru_cache(store.KEPT)
def acts(wanted: Pair) -> pl.DataFrame:
    """What the two states did about the treaties."""
    return bilateral.treaties(store.table("instruments"), wanted.states)


@lru_cache(store.KEPT)
def acts_table(wanted: Pair, lang: Language, as_of: str) -> tables.Sheet:
    """The same in words, as of a day."""
    return tables.sheet(bilateral_tables.treaties(acts(wanted), lang, as_of))
