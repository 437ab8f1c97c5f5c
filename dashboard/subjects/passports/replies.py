"""The replies of states and reviewers to an entry, a figure or a flow, with dates and links, as blocks."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.views.page import Block, Entries, Entry
from dashboard.words import terms
from data.i18n import Language


def of_figure(lang: Language, key: Iterable[object]) -> tuple[Block, ...]:
    """Replies to a figure and corrections of it; `key` is its indicator, state, year, sex, age and form.

    Replies to a count are shown for its rate too.
    """
    indicator, *parts = map(str, key)
    counts = dict.fromkeys([indicator, indicator.removesuffix(corrections_query.RATE)])
    return _to(lang, [":".join(["figure", code, *parts]) for code in counts])


def of_flow(lang: Language, origin: str, destination: str, years: Iterable[int]) -> tuple[Block, ...]:
    """Replies to a flow and corrections of it, in some years."""
    return _to(lang, [f"flow:{origin}:{destination}:{year}" for year in years])


def listed(lang: Language, label: str, rows: pl.DataFrame) -> tuple[Block, ...]:
    """Entries of the ledger: actor, date, finding, link to the document; nothing if there are no rows."""
    if rows.is_empty():
        return ()
    entries = tuple(_entry(lang, row) for row in rows.iter_rows(named=True))
    return (Entries(label, entries, lang.text("Open the document")),)


def _entry(lang: Language, row: Mapping[str, Any]) -> Entry:
    parts = [terms.term(lang, "actor", row["actor"]), ledger_words.dated(lang, row), ledger_words.finding(lang, row)]
    return Entry(
        ". ".join(filter(None, parts)), row.get("depth", 0), str(row["url"]) if is_web_link(row["url"]) else ""
    )


def is_web_link(url: str | None) -> bool:
    """Whether a text is a web address without characters that would break a Markdown link."""
    return bool(url) and str(url).startswith(("https://", "http://")) and not set(str(url)) & set(" ()<>[]\"'\\`")


def _to(lang: Language, targets: Iterable[str]) -> tuple[Block, ...]:
    return listed(lang, lang.text("Replies and corrections"), ledger_query.replies(*targets))
