"""The last part: the sources with their releases and licences, and how the briefing is cited."""

import polars as pl

from dashboard import asof, citation, disclaimer, store, tables, terms
from dashboard.briefing import words
from dashboard.briefing.content import Part
from data.i18n import Language
from data.releases import ordered

TABLES = ("observations", "flows")


def sources(lang: Language, title: str, address: str, names: tuple[str, ...]) -> Part:
    """Every source that the briefing rests on.

    Args:
        title, address: of the briefing, for its citation.
        names: ids of the sources.
    """
    manifest = store.snapshot().manifest
    held = [source for source in manifest["sources"] if source["name"] in names]
    order = lang.alphabetical(names, lambda name: terms.term(lang, "source", name))
    columns: tables.Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["name"]),
        lang.text("Release"): lambda row: lang.listing(asof.release(lang, one) for one in served(row["name"])),
        lang.text("What may be passed on"): lambda row: terms.term(lang, "redistribute", row["redistribute"]),
        lang.text("Licence, as published"): lambda row: row["licence"],
    }
    rests = tuple(citation.Rest(one, served(one["name"])) for one in held)
    cited = citation.Cited("briefing", title, address, store.snapshot().id, manifest["created"], rests)
    told = lang.labelled(lang.text("Cite as"), citation.text(lang, cited))
    named = lang.text("Sources and licences")
    listed = words.table(tables.written(sorted(held, key=lambda row: order.index(row["name"])), columns), named)
    remarks = (disclaimer.disclaimer(lang), disclaimer.independent(lang), told)
    return Part("sources", named, tables=(listed,), remarks=remarks, notes="\n".join(remarks))


def served(name: str) -> tuple[str, ...]:
    """The releases of a source that figures and routes come from, the oldest first; else its newest alone."""
    rows = [store.tables().table(table).filter(pl.col("source") == name).select("release") for table in TABLES]
    named = pl.concat(rows).unique().collect()["release"]
    source = next(one for one in store.snapshot().manifest["sources"] if one["name"] == name)
    return tuple(ordered(named)) or (asof.newest(source),)
