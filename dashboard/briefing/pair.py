"""What a briefing of two states says of both together: figures beside each other, and what runs between them.

Both directions stand apart, nothing is inferred, and what is not listed is never told as zero.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dashboard import bilateral_tables, choices, tables, terms
from dashboard.briefing import charts, flows, key, maps, words
from dashboard.briefing.content import Fact, Part, Table
from dashboard.describe import bilateral as describe
from dashboard.describe import compare as describe_compare
from dashboard.query import bilateral, instruments, observed, routes
from dashboard.query.compare import Pair
from dashboard.query.published import NEWEST
from data.i18n import Language


def wanted(one: str, other: str) -> Pair:
    """The two states as the queries take them."""
    return Pair(observed.COUNTS[0], one, other)


def ways(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both directions."""
    return (pair.one, pair.other), (pair.other, pair.one)


def figures(lang: Language, pair: Pair) -> Part:
    """What runs between the two, each way and kind by itself; and the latest figures of both beside each other."""
    lead = lang.text(
        "Both directions stand apart. What is not listed or not stated is not known; it is no zero. Figures of two "
        "states may count differently and are not compared."
    )
    facts = (
        *(_counted(lang, pair, *way) for way in ways(pair)),
        *(_stated(lang, pair, *way) for way in ways(pair)),
    )
    remarks = (_treaties(lang, pair), *describe_compare.of_pair(lang, pair, NEWEST))
    notes = "\n".join([lead, *words.spoken(lang, facts), *remarks])
    return Part(
        "key", lang.text("Key figures"), lead, facts, tables=(_beside(lang, pair),), remarks=remarks, notes=notes
    )


def _beside(lang: Language, pair: Pair) -> Table:
    """The latest counts of both states; no rates, as they may count different things."""
    one, other = (key.latest(lang, area, observed.COUNTS) for area in pair.states)
    head = (lang.text("Indicator"), *map(lang.country, pair.states))
    rows = tuple(
        (mine.label, f"{mine.figure} ({mine.note})", f"{theirs.figure} ({theirs.note})")
        for mine, theirs in zip(one, other, strict=True)
    )
    return Table(head, rows, lang.text("The latest figures of both states"))


def _counted(lang: Language, pair: Pair, start: str, end: str) -> Fact:
    """The sum of what was counted one way, or that the pair is not listed."""
    label = lang.text("Citizens of {start} detected in {end}", start=lang.country(start), end=lang.country(end))
    rows = _rows(pair, "counted", start).filter(pl.col("status").is_in(bilateral.REPORTED))
    lists = bilateral.lists(end)
    if rows.is_empty():
        note = (
            lang.text("{state} lists citizenships for {years}", state=lang.country(end), years=tables.runs(lists))
            if lists
            else lang.text("{state} lists no citizenships in any year", state=lang.country(end))
        )
        return Fact(label, lang.text("Not listed"), note)
    years = lang.labelled(lang.text("persons, sum of the years"), tables.runs(rows["year"].unique()))
    return Fact(label, lang.interval(*bilateral.total(rows)), years)


def _stated(lang: Language, pair: Pair, start: str, end: str) -> Fact:
    label = lang.text("Routes from {start} to {end}, as stated", start=lang.country(start), end=lang.country(end))
    rows = _rows(pair, "stated", start)
    if rows.is_empty():
        return Fact(label, lang.text("No statement"), lang.text("in the reports held; that is not a zero"))
    years = tables.runs(rows["year"].unique())
    note = lang.labelled(lang.text("statements in reports, not victims"), years)
    return Fact(label, lang.number(rows.height), note)


def _of_kind(pair: Pair, evidence: str) -> pl.DataFrame:
    return bilateral.between(pair.one, pair.other).filter(pl.col("evidence") == evidence)


def _rows(pair: Pair, evidence: str, start: str) -> pl.DataFrame:
    return _of_kind(pair, evidence).filter(pl.col("start") == start)


def _treaties(lang: Language, pair: Pair) -> str:
    return describe.treaties(
        lang, bilateral.in_force(bilateral.treaties(pair.states)), lang.date(instruments.closing())
    )


def between(lang: Language, pair: Pair, size: maps.Size) -> tuple[Part, ...]:
    """The routes between the two: counted with its chart, then stated."""
    return tuple(_between(lang, pair, evidence, size) for evidence in choices.EVIDENCE.options)


def _between(lang: Language, pair: Pair, evidence: str, size: maps.Size) -> Part:
    filtered = _filter(pair, evidence)
    arrows = _only(routes.arrows(filtered), pair)
    picture = maps.of_routes(lang, filtered, arrows, size)
    if arrows.every.is_empty():
        picture = replace(picture, alt=flows.nothing(lang))
    told = _sentences(lang, pair, evidence)
    title = f"{terms.term(lang, 'evidence', evidence)} · {describe.heading(lang, pair.one, pair.other)}"
    chart = (
        charts.between(lang, pair.one, pair.other, bilateral.yearly(pair.one, pair.other))
        if evidence == "counted"
        else None
    )
    held = _records(lang, pair, evidence, title)
    remarks = (*flows.meaning(lang, evidence), *maps.disputed(lang, arrows.shown))
    remarks = (*remarks, *flows.served(lang, evidence, arrows.every))
    cells = [f"{row['locator']}" for row in _of_kind(pair, evidence).iter_rows(named=True)]
    where = [lang.text("Where each figure is found"), *dict.fromkeys(cells)] if cells else []
    notes = "\n".join([*told, *remarks, *where])
    shown = (held,) if held.rows else ()
    lead = " ".join(told)
    return Part("routes", title, lead, (), picture, chart, shown, remarks=remarks, notes=notes)


def _records(lang: Language, pair: Pair, evidence: str, alt: str) -> Table:
    """Counted records one by one; statements by their route, with how many there are and in which reports."""
    worded = bilateral_tables.counted if evidence == "counted" else bilateral_tables.stated
    told = words.sheet(tables.sheet(worded(_of_kind(pair, evidence), lang)), alt)
    if evidence == "counted":
        return words.without(told, [lang.text("Source cell")])
    years: dict[str, list[int]] = {}
    for route, year, *_ in told.rows:
        years.setdefault(route, []).append(int(year))
    head = (lang.text("Route, as stated"), lang.text("Statements"), lang.text("Report of"))
    rows = ((route, lang.number(len(held)), tables.runs(set(held))) for route, held in years.items())
    return Table(head, tuple(rows), alt)


def _filter(pair: Pair, evidence: str) -> routes.Filter:
    first, last = choices.flow_years()
    kind: routes.Evidence = "counted" if evidence == "counted" else "stated"
    return routes.Filter(kind, pair.states, first=first, last=last)


def _only(found: routes.Arrows, pair: Pair) -> routes.Arrows:
    """The arrows whose two ends are the two states, one from each to the other."""
    ends = pl.col("origin").is_in(pair.states) & pl.col("destination").is_in(pair.states)
    mine = found.every.filter(ends & (pl.col("origin") != pl.col("destination")))
    return routes.Arrows(mine, mine)


def _sentences(lang: Language, pair: Pair, evidence: str) -> Sequence[str]:
    """One for each direction."""
    if evidence == "stated":
        return [describe.stated(lang, _rows(pair, evidence, start), start, end) for start, end in ways(pair)]
    return [
        describe.counted(lang, _rows(pair, evidence, start), bilateral.lists(end), start, end)
        for start, end in ways(pair)
    ]
