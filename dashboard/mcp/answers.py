"""The answers of tools, and their rows: each says the state of its figure, and where there is none, why.

Columns have the names of the API (docs/api.md), without empty ones. `name` and `figure` are words; `passport` is the
address of the page that says where a row comes from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import polars as pl

from dashboard import site, store
from dashboard.charts.figure_words import note, of_states
from dashboard.export.snapshot_files import shelf
from dashboard.store import Tables, cached
from dashboard.subjects.coverage import query as coverage
from dashboard.subjects.derived import ADDED, is_computed, states
from dashboard.subjects.passports import keys
from dashboard.subjects.passports import query as passports
from dashboard.subjects.passports import words as passport_words
from dashboard.subjects.routes import query as routes
from dashboard.subjects.routes import words as route_words
from dashboard.subjects.states.query import DIMENSIONS
from dashboard.views.page import Block, Code, Heading, Pairs, Remarks, Table, Text
from dashboard.words import countries, tables, terms
from dashboard.words.served import lines, served
from data import manifest
from data.i18n import Language
from data.ratios import ratios

Row = Mapping[str, Any]
ToolAnswer = dict[str, Any]
# The most rows of an answer: those of all 35 states in a year, and some more.
MOST = 40
ENDS = ("origin", "transit", "destination")
# The most characters of a question, or of its codes, that an answer repeats.
LONGEST = 1000
# What names a row, and what it says, by the names of the API.
NAMED = {"observations": ("indicator", "area", "year", *DIMENSIONS), "flows": ("evidence", *ENDS, "year", "year_basis")}
SAID = ("state", "low", "high", "unit", "counting_unit", "source", "release")


def answer(
    lang: Language, asked: Row, rows: Sequence[Row], notes: Iterable[str], of: pl.DataFrame | None = None
) -> ToolAnswer:
    """An answer: what was asked, the rows, what is to be known of them, and the releases of the rows they come from."""
    more = lang.text("{n} of {all} rows are shown. Ask for fewer states or years.", n=MOST, all=lang.number(len(rows)))
    return {
        "asked": _repeated(asked),
        "count": len(rows),
        "rows": [{name: value for name, value in row.items() if value is not None} for row in rows[:MOST]],
        "notes": [one for one in (more if len(rows) > MOST else "", *notes) if one],
        "sources": [] if of is None else lines(lang, served(of)),
        "data_version": store.snapshot().id,
    }


def figure(lang: Language, table: str, row: Row) -> Row:
    """A row of observations or flows with the state of its figure, its marks, and the address of its passport."""
    text, missing, noted = passport_words.value(lang, row), row["low"] is None, note(lang, row["note"])
    counts = of_states(row["note"])
    partial = counts is not None and not missing and counts[0] < counts[1]
    if row["state"] == "fewer_than_n":
        text = lang.labeled(passport_words.state(lang, row)[0][1], text)
    how, printed = passport_words.treatment(lang, row), (row["note"] or "").partition(": ")[2]
    reason = lang.labeled(how.removesuffix("."), printed) if printed else how
    name = lang.country(row["area"]) if table == "observations" else _ends(lang, row)
    return {
        **{name: row[name] for name in NAMED[table]},
        **{"name": name, "figure": f"{text} ({noted})" if partial else text},
        **{name: row.get(name) for name in SAID},
        # Of a group of states, of which not all have a figure: a mark, as the state is that of the figure.
        "partial": partial or None,
        "reason": reason if missing else None,
        "note": None if missing or partial else noted or None,
        "marks": [*([f"{noted}."] if partial else ()), *_marks(lang, row)] or None,
        "passport": passport(lang, table, row),
    }


def passport(lang: Language, table: str, row: Row) -> str:
    """The address of the passport of a row; that of a computed figure is on the page Explore."""
    page, texts = keys.PAGE, {}
    if table == "observations" and is_computed(row["indicator"], row["area"]):
        mark = passports.marks(pl.DataFrame([{name: row[name] for name in NAMED[table]}]), passports.IN_ANY)[0]
        page, texts = "explore", {"indicator": row["indicator"], "row": mark}
    return address(lang, page, texts or keys.texts(table, row))


def address(lang: Language, page: str, texts: Mapping[str, str]) -> str:
    """The address of a page with its parameters."""
    return f"{site.public_address()}/{lang.code}/{page}?{urlencode(texts)}"


def lacking(lang: Language, named: Row, years: Iterable[int]) -> Iterator[Row]:
    """The years without a figure or a flow, by what names it: a row for each reason."""
    why, found = _no_flow if "evidence" in named else _no_figure, dict[str, list[int]]()
    closed = withheld(lang, _sources(named.get("evidence") or named["indicator"]))
    for year in years:
        found.setdefault(closed or why(lang, named, year), []).append(year)
    name = lang.country(named["area"]) if "area" in named else _ends(lang, named)
    nothing = {"name": name, "figure": terms.term(lang, "state", "no_figure"), "state": "no_figure"}
    for reason, each in found.items():
        when = {"year": each[0]} if len(each) == 1 else {"years": tables.runs(lang, each)}
        yield {**named, **when, **nothing, "reason": reason}


def withheld(lang: Language, sources: Iterable[str]) -> str:
    """That some of the sources do not let us pass their figures on; empty if all do."""
    barred = ", ".join(sorted({*sources} & {*shelf().barred}))
    # Translators: of a source whose license does not let us give its figures to others.
    return lang.text("{source} does not allow us to pass its figures on.", source=barred) if barred else ""


@cached
def published(snap: Tables, indicator: str) -> pl.DataFrame:
    """For which states, years and groups there are figures of an indicator: area, year, sex, age, form."""
    return snap.observations().filter(indicator=indicator).select("area", "year", *DIMENSIONS).unique().collect()


@cached
def covered(snap: Tables, indicator: str) -> list[int]:
    """The years for which a release covers an indicator, or what a ratio divides; ascending."""
    printed = ratios()[indicator].indicator if indicator in ratios() else indicator
    return sorted({*snap.table("release_coverage").filter(indicator=printed).select("year").collect()["year"]})


def change(lang: Language, row: Row) -> Row:
    """A row of revisions with its unit, and the passport of its newest figure, which has those of all releases."""
    reading = {**row, "release": row["release_to" if row["status_to"] else "release_from"]}
    unit = manifest.indicators()[row["indicator"]].unit
    return {"name": lang.country(row["area"]), **row, "unit": unit, "passport": passport(lang, "vintages", reading)}


def said(lang: Language, asked: Row, blocks: Iterable[Block], of: pl.DataFrame | None = None) -> ToolAnswer:
    """An answer of what the blocks of a page say, without their files, and of their links only those to passports."""
    found: dict[str, Any] = {"title": "", "facts": [], "tables": [], "notes": [], "citation": ""}
    for block in blocks:
        match block:
            case Heading():
                found["title"] = block.words
            case Pairs():
                found["facts"].append(dict(block.rows))
            case Table():
                rows = [dict(zip(block.sheet.head, cells, strict=True)) for cells in block.sheet.cells]
                leads = (one if one and one.page == keys.PAGE else None for one in block.links)
                for row, lead in zip(rows, leads, strict=False):
                    row.update({"passport": address(lang, lead.page, lead.filters)} if lead else {})
                found["tables"].append({"title": block.title, "count": len(rows), "rows": rows[:MOST]})
            case Remarks():
                found["notes"] += block.lines
            case Text(kind="notice"):
                found["notes"] += block.paragraphs
            case Code():
                found["citation"] = block.text
    found["sources"] = [] if of is None else lines(lang, served(of))
    filled = {name: content for name, content in found.items() if content}
    return {"asked": _repeated(asked), **filled, "data_version": store.snapshot().id}


def _repeated(asked: Row) -> ToolAnswer:
    """What was asked, without what is empty; of a long text or list the first part."""
    return {name: value[:LONGEST] for name, value in asked.items() if value}


def _ends(lang: Language, row: Row) -> str:
    """The countries of a flow in order; an end that is not one country in the words of the source."""
    points = ((row.get(name), row.get(f"{name}_label")) for name in ENDS)
    return " → ".join(lang.country(code) if code else str(label) for code, label in points if code or label)


def _marks(lang: Language, row: Row) -> Iterator[str]:
    """What is to be said of a figure beside its state: what contradicts or questions it."""
    if row.get("contradicted") and row["derived"]:
        # Translators: of a rate or a sum; the parts of a figure are those by sex, age or form of exploitation.
        yield lang.text("The parts of a figure from which this one is calculated contradict that figure.")
    elif "contradicted" in row:
        # Each sentence is followed by its cells, which the passport has.
        yield from (lang.labeled(*pair) for pair in passport_words.contradicted(lang, row)[::2])
    if row["status"] == "questioned":
        reason = terms.in_sentence(terms.term(lang, "reason", row["note"]))
        yield lang.labeled(terms.term(lang, "status", "questioned"), reason)
    if row["note"] == routes.FLAGGED:
        yield route_words.flagged(lang, {"flagged": 1, "records": 1})


@cached
def _sources(snap: Tables, of: str) -> frozenset[str]:
    """The sources of an indicator, or of a kind of evidence on flows."""
    if declared := manifest.indicators().get(of):
        return frozenset({declared.source})
    return frozenset(snap.flows().filter(evidence=of).select("source").collect()["source"])


def _no_figure(lang: Language, named: Row, year: int) -> str:
    """Why there is no figure of a state."""
    indicator, area, group = named["indicator"], named["area"], {name: named[name] for name in DIMENSIONS}
    if states(area) and indicator in manifest.indicators() and manifest.indicators()[indicator].unit not in ADDED:
        # Translators: such as a group of states for which a rate per 100,000 population is asked.
        return lang.text(
            "Not calculated: for groups of states there are sums and ratios, but no rates or survey results."
        )
    if is_computed(indicator, area):
        return lang.text("Not calculated: the figures for it are missing in this year.")
    every, years, whole = published(indicator), covered(indicator), {*group.values()} == {"total"}
    gone = whole and "withdrawn" in coverage.cells(indicator).filter(area=area, year=year)["kind"]
    other, known = every.filter(area=area, year=year).height, sorted(every.filter(area=area, **group)["year"])
    groups = {name: every[name] for name, one in group.items() if one not in every[name]}
    values = {
        "source": terms.term(lang, "source", manifest.indicators()[indicator].source),
        "years": tables.runs(lang, known if year in years else years),
        "groups": "; ".join(f"{name}={','.join(sorted({*codes}))}" for name, codes in groups.items()),
    }
    reasons = {
        lang.text("Outside the years of {source}: {years}.", **values): year not in years,
        # Translators: {groups}: codes such as “sex=female; age=15-49”, which the reader can copy.
        lang.text("Not published for this group. {source} has: {groups}.", **values): bool(groups),
        # Translators: the publisher printed a figure in an earlier release and no longer has it.
        lang.text("{source} had a figure in an earlier release, and withdrew it.", **values): gone,
        # Translators: such as those of a form of exploitation, where there is no total.
        lang.text("{source} has figures of other groups for this year, but not this one.", **values): other > 0,
        lang.text("Not published for this year. Years with a figure: {years}.", **values): bool(known),
        lang.text("{source} has no such figure of this state in any year.", **values): True,
    }
    return next(reason for reason, holds in reasons.items() if holds)


def _no_flow(lang: Language, named: Row, year: int) -> str:
    """Why no flow is listed."""
    first, last = routes.span(named["evidence"])
    if named["evidence"] == "counted" and "transit" in named:
        return lang.text("Counts of victims by citizenship have no transit.")
    if not first <= year <= last:
        source = terms.term(lang, "evidence", named["evidence"])
        return lang.text("Outside the years of {source}: {years}.", source=source, years=lang.span((first, last)))
    if named["evidence"] == "stated":
        # Translators: of a route between countries, in reports of the US Department of State.
        return lang.text("No report of these years describes it. That does not show that there is none.")
    if area := named.get("destination"):
        listed = routes.coverage((area,), first, last).filter(pl.col("nationalities") > 0)["year"]
        values = {"in_state": countries.inside(lang, area), "years": tables.runs(lang, listed)}
        if listed.is_empty():
            return lang.text("UNODC lists no citizenships of victims detected {in_state} in any year.", **values)
        if year not in listed:
            return lang.text("UNODC lists no citizenships for this year. Years with a list: {years}.", **values)
    # Translators: a citizenship of detected victims; UNODC's lists are not complete.
    return lang.text("Not among the citizenships that UNODC lists. That is not a zero.")
