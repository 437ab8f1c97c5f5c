"""The text of a view of the routes: its title, its description, and remarks on what is left out."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

import polars as pl

from dashboard.subjects.routes import query
from dashboard.words import tables, terms
from data.i18n import Language

# How many questioned flows a sentence names; the table lists them all.
NAMED = 4


def heading(view: query.Arrows, lang: Language, selection: query.Filter, area: str | None = None) -> str:
    """The title of a route map: evidence, years, and the state if it shows one state."""
    where = "" if area is None else f" · {lang.country(area)}"
    return f"{terms.term(lang, 'evidence', selection.evidence)}, {_span(view, selection)}{where}"


def _span(view: query.Arrows, selection: query.Filter) -> str:
    """The first and the last year with an arrow, which may be a shorter span than the selected one."""
    years = view.every["years"].list
    ends = [*years.min(), *years.max()] or [selection.first, selection.last]
    first, last = min(ends), max(ends)
    return str(first) if first == last else f"{first}–{last}"


def arrows(view: query.Arrows, lang: Language, selection: query.Filter) -> str:
    """The description of the route map."""
    lines = view.shown.filter(pl.col("origin") != pl.col("destination"))
    every = view.every.filter(pl.col("origin") != pl.col("destination")).height
    kind = terms.term(lang, "evidence", selection.evidence)
    first = lang.plural(
        "{kind}, {years}: {n} arrow of {every} is drawn.",
        "{kind}, {years}: {n} arrows of {every} are drawn.",
        lines.height,
        kind=kind,
        years=_span(view, selection),
        every=lang.number(every),
    )
    return f"{first} {_widest(lines, lang, selection.evidence)}"


def order(view: query.Arrows, lang: Language, selection: query.Filter) -> str:
    """The description of the routes in order from origin to destination."""
    shown, through = query.in_order(view, selection.limit), pl.col("leg") != "direct"
    first = lang.text(
        "{kind}, {years}: {direct} of {every} flows without transit and {legs} of {all_legs} legs through a transit "
        "state.",
        kind=terms.term(lang, "evidence", selection.evidence),
        years=_span(view, selection),
        direct=lang.number(shown.filter(~through).height),
        every=lang.number(view.every.filter(~through).height),
        legs=lang.number(shown.filter(through).height),
        all_legs=lang.number(view.every.filter(through).height),
    )
    between = shown.filter(pl.col("origin") != pl.col("destination")).sort("high", descending=True)
    return f"{first} {_widest(between, lang, selection.evidence)}"


def _widest(lines: pl.DataFrame, lang: Language, evidence: str) -> str:
    if lines.is_empty():
        return lang.text("No flow between two countries fits the filters.")
    row = lines.row(0, named=True)
    places = {"origin": lang.country(row["origin"]), "destination": lang.country(row["destination"])}
    figure = lang.interval(row["low"], row["high"])
    if evidence == "counted":
        widest = lang.text(
            "The widest stands for citizens of {origin} detected in {destination}: {n}.", n=figure, **places
        )
        lacking = left_out(lang, row)
        return f"{widest} {lacking}." if lacking else widest
    return lang.text(
        "The widest stands for statements on the way from {origin} to {destination}: {n}.", n=figure, **places
    )


def hidden(view: query.Arrows, lang: Language, selection: query.Filter) -> list[str]:
    """One sentence for each reason why something selected is not drawn."""
    sentences = {
        "beyond_limit": lang.plural(
            "{n} more arrow is not drawn: the largest come first.",
            "{n} more arrows are not drawn: the largest come first.",
            view.hidden["beyond_limit"],
        ),
        "below_minimum": lang.plural(
            "{n} flow cannot reach the minimum of {minimum}.",
            "{n} flows cannot reach the minimum of {minimum}.",
            view.hidden["below_minimum"],
            minimum=lang.number(selection.minimum),
        ),
        "questioned": _doubted(view, lang),
        "unlocated": lang.plural(
            "{n} record names a region or an unknown place and is listed below the map.",
            "{n} records name a region or an unknown place and are listed below the map.",
            view.hidden["unlocated"],
        ),
        "zero": lang.plural(
            "{n} record is a true zero and draws no arrow.",
            "{n} records are a true zero and draw no arrow.",
            view.hidden["zero"],
        ),
        "conflicting": lang.plural(
            "{n} record has two different figures and draws no arrow.",
            "{n} records have two different figures each and draw no arrow.",
            view.hidden["conflicting"],
        ),
    }
    return [sentences[reason] for reason, count in view.hidden.items() if count]


def _doubted(view: query.Arrows, lang: Language) -> str:
    """The questioned flows that are not drawn: together and, up to `NAMED` of them, one by one."""
    rows = view.doubted
    if rows.is_empty():
        return ""
    low, high = rows.select(pl.col("low", "high").sum()).row(0)
    return lang.plural(
        "{n} questioned flow, {figure} persons, is not drawn and in no sum: {each}. The page Sources gives the reason.",
        "{n} questioned flows, together {figure} persons, are not drawn and in no sum: {each}. The page Sources gives "
        "the reasons.",
        rows.height,
        figure=lang.interval(low, high),
        each=_each(rows, lang),
    )


def _each(rows: pl.DataFrame, lang: Language) -> str:
    named = [
        lang.text(
            "{origin} → {destination} {figure} ({years})",
            origin=lang.country(row["origin"]),
            destination=lang.country(row["destination"]),
            figure=lang.interval(row["low"], row["high"]),
            years=tables.runs(row["years"]),
        )
        for row in rows.head(NAMED).iter_rows(named=True)
    ]
    more = rows.height - NAMED
    rest = [lang.plural("{n} more in the table", "{n} more in the table", more)] if more > 0 else []
    return lang.joined([*named, *rest])


def left_out(lang: Language, row: Mapping[str, Any]) -> str:
    """What a sum lacks because it is questioned, in all and by year; empty if it lacks nothing."""
    lacking = row.get("left_out") or []
    each = [lang.labelled(str(one["year"]), lang.interval(one["low"], one["high"])) for one in lacking]
    if not each:
        return ""
    figure = sum_left_out(lang, row)
    return lang.text("Left out, as questioned: {figure} ({each})", figure=figure, each=lang.joined(each))


def sum_left_out(lang: Language, row: Mapping[str, Any]) -> str:
    """How much a sum lacks because it is questioned; empty if it lacks nothing."""
    lacking = row.get("left_out") or []
    low, high = (sum(one[end] for one in lacking) for end in ("low", "high"))
    return lang.interval(low, high) if lacking else ""


def silent(lang: Language, row: Mapping[str, Any]) -> str:
    """How many later reports do not mention a role, which neither makes nor ends it; empty if there are none."""
    n = row.get("silent") or 0
    text = lang.plural("not mentioned in the {n} report since", "not mentioned in the {n} reports since", n)
    return text if n else ""


def years(lang: Language) -> str:
    """What a year means for each kind of evidence."""
    return lang.text(
        "Counted victims: calendar years. Stated routes and roles: report years, from April to March; those of the "
        "World Factbook are the years in which its text was first seen."
    )


def badges(lang: Language, roles: pl.DataFrame) -> list[str]:
    """Whose statements the badges of a map are, and of which reports; nothing for a map without badges."""
    found = roles.group_by("source").agg(first=pl.col("year").min(), last=pl.col("year").max()).sort("source")
    each = [
        lang.text(
            "{source} ({years})",
            source=terms.term(lang, "source", source),
            years=str(first) if first == last else f"{first}–{last}",
        )
        for source, first, last in found.iter_rows()
    ]
    if not each:
        return []
    sources = lang.joined(each)
    return [lang.text("Badges: what the newest report that speaks of a role states. {sources}", sources=sources)]


def beside_map(lang: Language, selection: query.Filter, captions: Mapping[str, str]) -> list[str]:
    """The remarks on the arrows of a selection; without arrows the first remark says why.

    Args:
        captions: the English label of each filter, by its name in `query.RELAXED`.
    """
    found = query.arrows(selection)
    listed = query.coverage(selection.areas, selection.first, selection.last, selection.edition)
    why = [] if found.every.height else [emptied(lang, query.emptied(selection), captions)]
    return [*why, *remarks(found, listed, lang, selection)]


def remarks(view: query.Arrows, covered: pl.DataFrame, lang: Language, selection: query.Filter) -> list[str]:
    """The remarks on a map: how complete the lists of citizenships are, and what is not drawn."""
    listed = [coverage(covered, lang)] if selection.evidence == "counted" else []
    return [*listed, *hidden(view, lang, selection)]


def coverage(frame: pl.DataFrame, lang: Language) -> str:
    """How many of the detected victims have a listed citizenship.

    Only state-years with a total count in "n of N"; lists without a total, or longer than it, have their own sentence.
    """
    known = frame.filter(pl.col("total_low").is_not_null())
    bare = frame.filter(pl.col("total_low").is_null() & (pl.col("nationalities") > 0)).height
    longer = known.filter(pl.col("listed") > pl.col("total_high")).height
    return " ".join(filter(None, (_listed(known, lang), _without_total(bare, lang), _longer(longer, lang))))


def _listed(known: pl.DataFrame, lang: Language) -> str:
    if known.is_empty():
        return lang.text("No total of detected victims is reported here.")
    ends = ("listed", "listed_high", "total_low", "total_high", "questioned", "questioned_high")
    sums = known.select(pl.col(ends).sum()).row(0)
    listed = lang.text(
        "{listed} of {total} detected victims have a listed citizenship.",
        listed=lang.interval(sums[0], sums[1]),
        total=lang.interval(sums[2], sums[3]),
    )
    doubted = lang.text("Of these, {n} are questioned and kept apart.", n=lang.interval(sums[4], sums[5]))
    absent = lang.text("A pair that is absent is not listed, which is not a zero.")
    return " ".join([listed, *([doubted] if sums[5] else []), absent])


def _without_total(bare: int, lang: Language) -> str:
    sentence = lang.plural(
        "In {n} state and year a list stands without a total and is not counted in this.",
        "In {n} states and years a list stands without a total and is not counted in this.",
        bare,
    )
    return sentence if bare else ""


def _longer(longer: int, lang: Language) -> str:
    sentence = lang.plural(
        "In {n} state and year the list is longer than the total.",
        "In {n} states and years the list is longer than the total.",
        longer,
    )
    return sentence if longer else ""


def emptied(lang: Language, found: Mapping[str, int], captions: Mapping[str, str]) -> str:
    """Why a selection has no routes.

    Args:
        found: the result of `dashboard.subjects.routes.query.emptied`.
        captions: the English label of each filter, by name.
    """
    if not found:
        return lang.text("These filters leave no flow, whichever one of them is changed.")
    if len(found) == 1:
        ((name, n),) = found.items()
        return lang.text(
            "The filter “{filter}” leaves no flow; otherwise there would be {n}.",
            filter=lang.text(captions[name]),
            n=lang.number(n),
        )
    each = reduce(
        lambda first, second: lang.text("{first}; {second}", first=first, second=second),
        (f"{lang.text(captions[name])} ({lang.number(n)})" for name, n in found.items()),
    )
    return lang.text(
        "These filters leave no flow together; with one of them changed there would be some: {each}.", each=each
    )
