"""Sentences on the agreement of evidence: what both kinds name, and what remains without one of them."""

from collections.abc import Iterator

import polars as pl

from dashboard.words import countries, tables
from dashboard.words.tables import NONE, Row
from data.i18n import Language


def title(lang: Language) -> str:
    """The heading of tables of agreement."""
    return lang.text("Pairs, routes and roles: which kinds of evidence name them")


# More pairs are only in the table.
NAMED = 8


def kind(lang: Language, code: str) -> str:
    """What a kind of evidence is, as the heading of a column."""
    return lang.text("Victims by citizenship") if code == "counted" else lang.text("Routes and roles in US reports")


def pairs(lang: Language, area: str, rows: pl.DataFrame) -> Iterator[str]:
    """Which pairs with a state both kinds of evidence name, and how many only one of them.

    Args:
        rows: as from `query.pairs`.
    """
    if rows.is_empty():
        return
    both = rows.filter(pl.col("kinds").list.len() > 1)
    alone = [*rows.filter(pl.col("kinds").list.len() == 1)["kinds"].list.first()]
    # Translators: {all}: all pairs of countries of which {state} is one and that any of the two kinds names.
    yield lang.text(
        "Pairs with {state}: {all}. In both kinds of evidence: {both}; only among the counted victims: {counted}; only "
        "in the US reports: {described}.",
        state=countries.the(lang, area),
        all=lang.number(rows.height),
        both=lang.number(both.height),
        counted=lang.number(alone.count("counted")),
        described=lang.number(alone.count("described")),
    )
    sure, perhaps = (both.filter(pl.col("counted_certain") == certain) for certain in (True, False))
    if 0 < sure.height <= NAMED:
        # Translators: pairs of countries; of each, at least one victim was counted, and a report describes it.
        yield lang.text("In both, with at least one victim counted: {pairs}.", pairs=_pairs(lang, sure))
    if 0 < perhaps.height <= NAMED:
        # Translators: the only figures of these pairs are “<5”, and their release publishes no zeros.
        yield lang.text("In both, but the count is “<5” and may be none: {pairs}.", pairs=_pairs(lang, perhaps))
    elif perhaps.height:
        # Translators: of {n} of the pairs in both, the only figures are “<5”, and their release publishes no zeros.
        yield lang.text(
            "For {n} of the pairs in both, the count is “<5” and may be none.", n=lang.number(perhaps.height)
        )


def _pairs(lang: Language, rows: pl.DataFrame) -> str:
    return lang.listing(route(lang, row) for row in rows.iter_rows(named=True))


def limits(lang: Language) -> str:
    """What agreement means, and what it does not."""
    return lang.text(
        "Two kinds of evidence are compared here: victims counted by citizenship, where “fewer than five” may be none, "
        "and reports of the US government, whose codings are all one kind. Agreement is not a score and says nothing "
        "of how many victims there are. What only one kind names may be just as real."
    )


def route(lang: Language, row: Row) -> str:
    """The states of a pair or a route, in order."""
    points = (row[point] for point in ("origin", "transit", "destination"))
    return " → ".join(lang.country(point) for point in points if point)


def mark(lang: Language, code: str, row: Row) -> str:
    """The mark of a kind that names a pair or role, with its years; a dash if it does not."""
    if not row[f"{code}_years"]:
        return NONE
    years = tables.runs(lang, row[f"{code}_years"])
    # Translators: every figure is “<5”, and its release publishes no zeros.
    return f"● {years}" if row[f"{code}_certain"] else lang.text("◌ {years} (“<5”, may be none)", years=years)


def found(lang: Language, row: Row) -> str:
    """Whether both kinds name it, or which one alone."""
    if len(row["kinds"]) > 1:
        return lang.text("named by both kinds")
    return lang.text("only counted") if row["kinds"] == ["counted"] else lang.text("only described")


def remains(lang: Language, row: Row) -> str:
    """What names a pair when one of the kinds that name it is left out."""
    if len(row["kinds"]) > 1:
        # Translators: of a pair of countries that two kinds of evidence name.
        return lang.text("the other kind still names it")
    # Translators: of a pair of countries that one kind of evidence names: without this kind, nothing names it.
    return lang.text("nothing else names it")


def unnamed(lang: Language, one: str, other: str = "") -> str:
    """That no evidence names a direction between two states, or a state."""
    ends = {"origin": one, "transit": None, "destination": other}
    pair = route(lang, ends) if other else countries.the(lang, one)
    # Translators: {pair}: “Haiti → Cuba”, or one state. Neither counted victims nor reports name it; that is no zero.
    return lang.text("Neither kind of evidence names {pair}.", pair=pair)
