"""The text of a view of the routes: its title, its description, and remarks on what is left out."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import polars as pl

from dashboard.subjects.routes import query
from dashboard.words import countries, tables, terms
from data.i18n import N_, Language
from data.manifest import main_source

# How many questioned figures a sentence names; the table lists them all.
NAMED = 4
# How many arrows a description names; the table lists them all.
IN_WORDS = 5
BETWEEN = pl.col("origin") != pl.col("destination")
STATES = 35


def heading(lang: Language, selection: query.FlowFilter, area: str | None = None, *, short: bool = False) -> str:
    """The title of a view of the routes: evidence, years, and every filter in force.

    Args:
        area: the state of a page of one state; it is named whether or not the selection has it.
        short: name the evidence in a few words.
    """
    years = period(lang, selection)
    if selection.evidence == "counted" or short:
        kind = f"{terms.term(lang, 'evidence', selection.evidence)}, {years}"
    else:
        kind = described(lang, years)
    states = selection.areas or ((area,) if area else ())
    return " · ".join([kind, *_filters(lang, replace(selection, areas=states))])


def described(lang: Language, years: str) -> str:
    """What the described routes are: whose reports, which years, who coded them."""
    return lang.text(
        "Routes described in reports of the US Department of State, {years}, as coded by the University of Denver",
        years=years,
    )


def period(lang: Language, selection: query.FlowFilter) -> str:
    """The first and the last year of a selection's rows."""
    return lang.span(_years(selection))


def _years(selection: query.FlowFilter) -> tuple[int, int]:
    """The first and the last year of a selection's flows.

    Without flows, the chosen years for which there is evidence of the kind; without any, the chosen years.
    """
    found = query.arrows(selection).choice.select(pl.col("years").explode(empty_as_null=False)).to_series()
    if found.len():
        return min(found), max(found)
    first, last = query.span(selection.evidence, selection.edition)
    known = max(first, selection.first), min(last, selection.last)
    return known if known[0] <= known[1] else (selection.first, selection.last)


def _filters(lang: Language, selection: query.FlowFilter) -> list[str]:
    """The filters in force, in words, beside evidence and years."""
    states = lang.listing(map(lang.country, selection.areas))
    where = _where(lang, selection, states) if selection.position != "any" else states
    forms = selection.forms if selection.evidence == "stated" else ()
    # Translators: the number may be higher.
    least = lang.text("at least {n}", n=lang.number(selection.minimum))
    found = {
        where: bool(states),
        lang.listing(terms.in_sentence(terms.term(lang, "form", form)) for form in forms): bool(forms),
        lang.text("with a transit state"): selection.transit,
        terms.term(lang, "agreement", selection.agreement): selection.agreement != "any",
        least: selection.minimum > 1,
        lang.text("with questioned citizenship figures"): selection.questioned,
    }
    return [words for words, in_force in found.items() if in_force]


def _where(lang: Language, selection: query.FlowFilter, states: str) -> str:
    """Where the chosen states stand: of counted victims, whose citizens they are or where they were detected."""
    if selection.evidence == "counted" and selection.position == "origin":
        of_states = lang.listing(countries.of(lang, area) for area in selection.areas)
        return lang.text("citizens {of_states}", of_states=of_states)
    if selection.evidence == "counted" and selection.position == "destination":
        in_states = lang.listing(countries.inside(lang, area) for area in selection.areas)
        return lang.text("detected {in_states}", in_states=in_states)
    return lang.text("{states}, {position}", states=states, position=terms.term(lang, "position", selection.position))


def title(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> str:
    """The title of a map: how many of the described routes it shows, and the heading."""
    name = heading(lang, selection)
    count = limited(lang, view) if selection.evidence == "stated" else ""
    return f"{count} · {name}" if count else name


def off_the_map(lang: Language, evidence: str) -> str:
    """The title of the records that no map can place."""
    if evidence == "counted":
        return lang.text("Citizenship figures that are not on the map")
    return lang.text("Described routes that are not on the map, or only in part")


def limited(lang: Language, view: query.Arrows) -> str:
    """How many of the arrows between two countries a map shows; empty if all.

    They are called the largest only where no other may be as large.
    """
    shown, every = (rows.filter(BETWEEN) for rows in (view.shown, view.every))
    if shown.height == every.height:
        return ""
    numbers = {"n": lang.number(shown.height), "all": lang.number(every.height)}
    surely = not shown.height or _rivals_of(every, min(shown["low"].to_list())) == shown.height
    if "stated" in shown["evidence"]:
        if surely:
            # Translators: each of the {n} is surely larger than the arrows that are not shown.
            return lang.text("The {n} routes described most often, of {all} between countries", **numbers)
        return lang.text("{n} of {all} routes between countries are shown", **numbers)
    if surely:
        # Translators: each of the {n} is surely larger than the pairs that are not shown.
        return lang.text("The {n} largest of {all} pairs of countries", **numbers)
    return lang.text("{n} of {all} pairs of countries are shown", **numbers)


def lead(lang: Language, view: query.Arrows, selection: query.FlowFilter) -> str:
    """The finding; with a citizenship, that it is no route; with a described route, who describes it."""
    said = finding(view, lang, selection)
    if not said:
        return ""
    if selection.evidence == "counted":
        no_route = lang.text("Citizenship shows no route.")
        return f"{said} {no_route}"
    # Translators: {years} are those of the reports; a route in many statements need not have many victims.
    reports = lang.text(
        "The reports are those of the US Department of State for {years}, as coded by the University of Denver; "
        "statements are not counts of victims.",
        years=lang.span(view.every["years"].explode(empty_as_null=False).to_list()),
    )
    return f"{said} {reports}"


def at_home(view: query.Arrows, lang: Language, states: Collection[str]) -> str:
    """The title of all counted flows, if most victims in them surely were detected in their own country; else empty.

    Args:
        states: the 35 states, of whose detected victims that is said.
    """
    own = pl.col("origin") == pl.col("destination")
    found = view.every.filter(pl.col("destination").is_in(states), evidence="counted")
    if found.filter(own)["low"].sum() <= found.filter(~own)["high"].sum():
        return ""
    # Translators: a title of at most twelve words. Surely more than half of those whose citizenship UNODC lists.
    return lang.text("Most victims with listed citizenship were detected in their own country")


def finding(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> str:
    """The largest flow between two countries in one sentence; empty without one that is surely the largest."""
    between = view.every.filter(BETWEEN)
    if between.is_empty():
        return ""
    row, rivals = between.row(0, named=True), _rivals(between)
    part = bool(selection.areas) or selection.agreement != "any"
    if selection.evidence == "stated":
        return _most_of(lang, between, row, rivals, selection) if part else _most_of_ours(lang, between, row, rivals)
    if rivals > 1 or not row["low"] or query.few(row):
        return ""
    values = {
        "of_origin": countries.of(lang, row["origin"]),
        "in_destination": countries.inside(lang, row["destination"]),
        "figure": lang.between(row["low"], row["high"]),
        "years": tables.runs(lang, row["years"]),
    }
    if part:
        return _of_selection(lang, values, row["origin"], selection)
    # Translators: surely the largest group of citizens of one country detected in another, where one of the two, or
    # both, are among the {n} states: UNODC's file may have larger groups between other countries.
    return lang.text(
        "{figure} citizens {of_origin} were detected as victims {in_destination} ({years}): the largest figure that "
        "UNODC lists for two different countries, at least one of them among the {n} states.",
        n=STATES,
        **values,
    )


def _of_selection(lang: Language, values: Mapping[str, str], origin: str, selection: query.FlowFilter) -> str:
    """The largest group: of one state's citizens abroad, of foreigners that it detected, or of any selection."""
    if selection.areas == (origin,):
        # Translators: surely more than in each other country but their own, among the years that the filters leave.
        return lang.text(
            "UNODC lists {figure} citizens {of_origin} among the victims detected {in_destination} ({years}): more "
            "than in any other foreign country.",
            **values,
        )
    if len(selection.areas) == 1:
        # Translators: surely more than of each other citizenship but the country's own.
        return lang.text(
            "UNODC lists {figure} citizens {of_origin} among the victims detected {in_destination} ({years}): more "
            "than of any other foreign country.",
            **values,
        )
    # Translators: surely more than for each other pair of the selection.
    return lang.text(
        "UNODC lists {figure} citizens {of_origin} among the victims detected {in_destination} ({years}): more "
        "than for any other pair of countries in this selection.",
        **values,
    )


def claim(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> str:
    """The title of a figure of flows: the largest, where one surely is; else how many there are."""
    between = view.every.filter(BETWEEN)
    if between.is_empty():
        return lang.text("No flow between two countries fits the filters.").removesuffix(".")
    row, rivals = between.row(0, named=True), _rivals(between)
    if selection.evidence == "stated":
        if rivals == 1 < between.height:
            # Translators: a title. Of the routes that the filters leave, the one in most statements.
            return lang.text(
                "Route with the most statements: {flow} ({n})",
                flow=_flow(lang, row),
                n=lang.number(row["high"]),
            )
        return _described_most(lang, between, row, rivals).removesuffix(".")
    if rivals > 1 or not row["low"] or query.few(row):
        # Translators: a title. UNODC lists citizens of one country among victims detected in the other.
        return lang.plural(
            "Victims are listed for {n} pair of countries",
            "Victims are listed for {n} pairs of countries",
            between.height,
        )
    return _largest_title(lang, row, selection)


def largest(rows: pl.DataFrame, lang: Language) -> tuple[str, str] | None:
    """The largest counted group as a number and what it counts, where one surely is the largest; else None.

    Args:
        rows: as in `Arrows`, the largest first.
    """
    between = rows.filter(BETWEEN, pl.col("evidence") == "counted")
    row = next(between.iter_rows(named=True), None)
    if row is None or _rivals(between) > 1 or not row["low"] or query.few(row):
        return None
    return figure(lang, row), f"{terms.in_sentence(group(lang, row))}, {lang.span(row['years'])}"


def most_described(rows: pl.DataFrame, lang: Language) -> tuple[str, str] | None:
    """The number of statements of the route described most often, and what it counts; None where two are."""
    between = rows.filter(BETWEEN, pl.col("evidence") == "stated")
    row = next(between.iter_rows(named=True), None)
    if row is None or _rivals(between) > 1 or row["high"] == 1:
        return None
    return lang.number(row["high"]), lang.labeled(lang.text("statements in reports, not victims"), _flow(lang, row))


def _largest_title(lang: Language, row: Mapping[str, Any], selection: query.FlowFilter) -> str:
    """The title that names the largest group: of one state's citizens, of those detected in one state, or of all."""
    values = {
        "of_origin": countries.of(lang, row["origin"]),
        "in_destination": countries.inside(lang, row["destination"]),
    }
    if selection.areas == (row["origin"],):
        # Translators: a title on the citizens of one state. Of the countries on show, surely the one with most.
        return lang.text("Citizens {of_origin} as victims abroad: largest group {in_destination}", **values)
    if selection.areas == (row["destination"],):
        # Translators: a title on the victims detected in one state. Surely the largest group; own citizens are none.
        return lang.text("Largest foreign group detected {in_destination}: citizens {of_origin}", **values)
    if not selection.areas and selection.agreement == "any":
        # Translators: a title. Surely the largest of the pairs of countries with at least one of the 35 states; UNODC's
        # file has a larger one between other countries.
        return lang.text(
            "Largest foreign group involving the Americas: citizens {of_origin} {in_destination}", **values
        )
    # Translators: a title. Of the pairs of countries on show, surely the largest; own citizens are no pair.
    return lang.text("Largest listed group detected abroad: citizens {of_origin} {in_destination}", **values)


def unlisted(lang: Language, area: str) -> tuple[str, str]:
    """The title and the sentence in place of a figure of a state that UNODC's lists of citizenships do not have."""
    return (
        # Translators: a title. {state} has its article where the language wants one.
        lang.text("UNODC’s lists of citizenships have nothing on {state}", state=countries.the(lang, area)),
        # Translators: of UNODC's lists of citizenships of detected victims, in all years.
        lang.text(
            "They have no victims detected {in_state}, and no citizens {of_state} among those detected abroad.",
            in_state=countries.inside(lang, area),
            of_state=countries.of(lang, area),
        ),
    )


def described_most(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> tuple[str, str]:
    """The route described most often in a short sentence, and one on what is counted or drawn; both may be empty."""
    between = view.every.filter(BETWEEN)
    if between.is_empty():
        return "", ""
    claim = _described_most(lang, between, between.row(0, named=True), _rivals(between))
    return claim, _open_ended(lang, view.hidden.get("open_ended", 0)) if selection.areas else _ours(lang)


def _open_ended(lang: Language, n: int) -> str:
    """How many routes through a transit state have an end that is no country; empty if none."""
    # Translators: the other leg is not on the map.
    sentence = lang.plural(
        "In {n} statement the start or the end of the route is a region or is not given; only its part between named "
        "countries is drawn.",
        "In {n} statements the start or the end of the route is a region or is not given; only its part between named "
        "countries is drawn.",
        n,
    )
    return sentence if n else ""


def _rivals(between: pl.DataFrame) -> int:
    """How many flows may be the largest."""
    return _rivals_of(between, between["low"][0])


def _rivals_of(between: pl.DataFrame, low: float) -> int:
    """How many flows may have a figure of at least `low`."""
    return between.filter(pl.col("high") >= low).height


def _most_of_ours(lang: Language, between: pl.DataFrame, row: Mapping[str, Any], rivals: int) -> str:
    """The route described most often, of all that the states are on: the reports describe others, too."""
    if rivals == 1 and between.height > 1:
        return lang.plural(
            "Of the routes that start in, cross or end in one of the {states} states, reports describe {flow} most "
            "often: {n} statement.",
            "Of the routes that start in, cross or end in one of the {states} states, reports describe {flow} most "
            "often: {n} statements.",
            round(row["high"]),
            states=STATES,
            flow=_way(lang, row),
        )
    return f"{_described_most(lang, between, row, rivals)} {_ours(lang)}"


def _most_of(
    lang: Language, between: pl.DataFrame, row: Mapping[str, Any], rivals: int, selection: query.FlowFilter
) -> str:
    """The route described most often, of those of one state or of any selection."""
    if len(selection.areas) != 1 or selection.position != "any" or rivals > 1 or between.height == 1:
        return _described_most(lang, between, row, rivals)
    # Translators: surely more statements than on each other route of the state, among those that the filters leave.
    return lang.plural(
        "Of the routes with origin, transit or destination {in_state}, reports describe {flow} most often: {n} "
        "statement.",
        "Of the routes with origin, transit or destination {in_state}, reports describe {flow} most often: {n} "
        "statements.",
        round(row["high"]),
        in_state=countries.inside(lang, *selection.areas),
        flow=_way(lang, row),
    )


def _ours(lang: Language) -> str:
    # Translators: the reports describe routes between other countries, too.
    return lang.text("Only routes from, through or to the {n} states are counted.", n=STATES)


def _described_most(lang: Language, between: pl.DataFrame, row: Mapping[str, Any], rivals: int) -> str:
    """The route described most often, or that several are, with the number of statements."""
    n = round(row["high"])
    if between.height == 1:
        # Translators: other statements on the selection name a region or an unknown place.
        return lang.plural(
            "The only leg between two countries is {flow} ({n} time).",
            "The only leg between two countries is {flow} ({n} times).",
            n,
            flow=_flow(lang, row),
        )
    if rivals == 1:
        return lang.plural(
            "Of these routes, reports describe {flow} most often: {n} statement.",
            "Of these routes, reports describe {flow} most often: {n} statements.",
            n,
            flow=_way(lang, row),
        )
    if rivals == between.height and n == 1:
        return lang.text("Between countries, {all} routes are described, once each.", all=lang.number(rivals))
    if rivals == between.height:
        return lang.plural(
            "Between countries, {all} routes are described, {n} time each.",
            "Between countries, {all} routes are described, {n} times each.",
            n,
            all=lang.number(rivals),
        )
    return lang.plural(
        "Described most often: {some} routes, {n} time each.",
        "Described most often: {some} routes, {n} times each.",
        n,
        some=lang.number(rivals),
    )


def _named(lang: Language, row: Mapping[str, Any]) -> str:
    """A flow with its figure: whose citizens were detected where, or the ends of a described route."""
    return f"{_flow(lang, row) if row['evidence'] == 'stated' else citizens(lang, row)}, {figure(lang, row)}"


def citizens(lang: Language, row: Mapping[str, Any]) -> str:
    """Whose citizens were detected where, inside a list."""
    return lang.text(
        "citizens {of_origin} {in_destination}",
        of_origin=countries.of(lang, row["origin"]),
        in_destination=countries.inside(lang, row["destination"]),
    )


def _flow(lang: Language, row: Mapping[str, Any]) -> str:
    """The ends of an arrow; of a leg through a transit state also which leg it is."""
    ends = f"{lang.country(row['origin'])} → {lang.country(row['destination'])}"
    if row["leg"] == "to_transit":
        return lang.text("{flow} (leg to a transit state)", flow=ends)
    if row["leg"] == "from_transit":
        return lang.text("{flow} (leg from a transit state)", flow=ends)
    return ends


def ends(lang: Language, row: Mapping[str, Any], *, in_codes: bool = False) -> str:
    """The ends of a route, or of a leg of one; one state if the route is inside it."""
    start, end = (row[end] if in_codes else lang.country(row[end]) for end in ("origin", "destination"))
    if row["origin"] == row["destination"]:
        return lang.text("Inside {state}", state=start)
    if row["leg"] == "direct":
        return f"{start} → {end}"
    leg = lang.text("to transit") if row["leg"] == "to_transit" else lang.text("from transit")
    return f"{start} → {end} ({leg})"


def group(lang: Language, row: Mapping[str, Any]) -> str:
    """Whose citizens were detected where."""
    return lang.text(
        "Citizens {of_origin} detected as victims {in_destination}",
        of_origin=countries.of(lang, row["origin"]),
        in_destination=countries.inside(lang, row["destination"]),
    )


def _way(lang: Language, row: Mapping[str, Any]) -> str:
    """The ends of an arrow, and whether it is a direct route: legs between the same ends are counted apart."""
    if row["leg"] in {"to_transit", "from_transit"}:
        return _flow(lang, row)
    # Translators: the report names no transit state.
    return lang.text("{flow} (no transit named)", flow=_flow(lang, row))


def figure(lang: Language, row: Mapping[str, Any]) -> str:
    """The figure of an arrow: in words if the publisher masks it in each of its years."""
    return few(lang, len(row["years"])) if query.few(row) else lang.interval(row["low"], row["high"])


def few(lang: Language, n: int) -> str:
    """The words for a figure that the publisher masks in each of `n` years."""
    if n == 1:
        return lang.text("fewer than five")
    # Translators: at most four in a year, not in all {n} together.
    return lang.text("fewer than five in each of {n} years", n=lang.number(n))


def under_map(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> str:
    """What the finding and the title of the map of page Routes do not say: its other large arrows."""
    lines = view.shown.filter(BETWEEN)
    if lines.is_empty():
        return arrows(view, lang, selection)
    leads = bool(finding(view, lang, selection)) and _rivals(view.every.filter(BETWEEN)) == 1
    each = lang.joined(_named(lang, row) for row in _first(view)[int(leads) :])
    if not leads:
        largest = _largest(lang, view, each)
    elif _tied(view):
        # Translators: others may be as large.
        largest = _next_tied(lang, each, selection.evidence)
    else:
        largest = _next(lang, each, selection.evidence)
    return " ".join([*_inside(view, lang, selection), *[largest][: len(each)]])


def _next(lang: Language, each: str, evidence: str) -> str:
    """The arrows after the largest: `each` is surely larger than all that are not named."""
    if evidence == "stated":
        # Translators: each of these routes surely has more statements than all that are not named.
        return lang.text("Next, by number of statements: {each}.", each=each)
    # Translators: surely larger than all that are not named.
    return lang.text("The next largest: {each}.", each=each)


def _next_tied(lang: Language, each: str, evidence: str) -> str:
    """Some of the arrows after the largest: others may be as large."""
    if evidence == "stated":
        # Translators: others may have as many statements.
        return lang.text("Among the next, by number of statements: {each}.", each=each)
    # Translators: others may be as large.
    return lang.text("Among the next largest: {each}.", each=each)


def _largest(lang: Language, view: query.Arrows, each: str) -> str:
    """The arrows that are named, `each`, as the largest or, where others are as large, as some of them."""
    stated, tied = "stated" in view.every["evidence"], _tied(view)
    if stated and tied:
        # Translators: others may have as many statements.
        return lang.text("Among those described most often, by number of statements: {each}.", each=each)
    if stated:
        # Translators: each of these routes surely has more statements than all that are not named.
        return lang.text("Described most often, by number of statements: {each}.", each=each)
    if not view.every["low"].max():
        # Translators: each may be zero, so none is known to be larger than another.
        return lang.text("Some of the groups: {each}.", each=each)
    if tied:
        # Translators: others may be as large.
        return lang.text("Among the largest groups: {each}.", each=each)
    # Translators: surely larger than all that are not named.
    return lang.text("The largest groups: {each}.", each=each)


def _tied(view: query.Arrows) -> bool:
    """Whether an arrow that is not named may be as large as the last that is."""
    return _rivalled(view, _first(view))


def _rivalled(view: query.Arrows, named: Sequence[Mapping[str, Any]]) -> bool:
    return _rivals_of(view.every.filter(BETWEEN), named[-1]["low"]) > len(named)


def _first(view: query.Arrows) -> list[dict[str, Any]]:
    """The arrows that are named as the largest; of many of fewer than five none is, if others surely have more."""
    named = view.shown.filter(BETWEEN).head(IN_WORDS).to_dicts()
    more = [row for row in named if not query.few(row)]
    return more if more and _rivalled(view, named) else named


def arrows(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> str:
    """The description of the route map: its largest arrows. The title of the figure has what it is about."""
    lines = view.shown.filter(BETWEEN)
    if lines.is_empty() and view.shown.height:
        each = [f"{lang.country(row['origin'])}, {figure(lang, row)}" for row in view.shown.to_dicts()]
        return f"{lang.labeled(within(lang, selection.evidence), lang.joined(each))}."
    if lines.is_empty():
        return lang.text("No flow between two countries fits the filters.")
    named = lang.joined(_named(lang, row) for row in _first(view))
    every = _every(lang, named, selection.evidence)
    largest = _largest(lang, view, named) if lines.height > IN_WORDS else every
    return " ".join([*_inside(view, lang, selection), largest])


def _inside(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> list[str]:
    """The figures inside the chosen states, which have no arrow."""
    rings = view.shown.filter(~BETWEEN, pl.col("origin").is_in(selection.areas))
    each = [f"{lang.country(row['origin'])}, {figure(lang, row)}" for row in rings.to_dicts()]
    return [f"{lang.labeled(within(lang, selection.evidence), lang.joined(each))}."] if each else []


def within(lang: Language, evidence: str) -> str:
    """The name of what a ring stands for: of counted victims, citizens of the state that detected them."""
    return lang.text("Inside one state") if evidence == "stated" else lang.text("Own citizens")


def _every(lang: Language, each: str, evidence: str) -> str:
    """All arrows, named."""
    if evidence == "stated":
        return lang.text("The routes, by number of statements: {each}.", each=each)
    return lang.text("The groups: {each}.", each=each)


def apart(lang: Language) -> str:
    """What the map of described routes leaves out."""
    return lang.text("The map leaves out every arrow that would cross a state not named in its route.")


def order(view: query.Arrows, lang: Language) -> str:
    """The description of the routes in order from origin to destination."""
    shown, through = view.shown, pl.col("leg") != "direct"
    return lang.text(
        "Showing {direct} of {every} flows without transit and {legs} of {all_legs} legs through a transit state.",
        direct=lang.number(shown.filter(~through).height),
        every=lang.number(view.every.filter(~through).height),
        legs=lang.number(shown.filter(through).height),
        all_legs=lang.number(view.every.filter(through).height),
    )


def hidden(view: query.Arrows, lang: Language, selection: query.FlowFilter) -> list[str]:
    """What is selected and not drawn, by reason."""
    listed = query.coverage(selection.areas, selection.first, selection.last, selection.edition)
    sentences = {
        "below_minimum": lang.plural(
            "{n} flow is below the minimum of {minimum}.",
            "{n} flows are below the minimum of {minimum}.",
            view.hidden["below_minimum"],
            minimum=lang.number(selection.minimum),
        ),
        "zero": lang.plural(
            "{n} record gives zero victims.",
            "{n} records give zero victims.",
            view.hidden["zero"],
        ),
        "conflicting": lang.plural(
            "{n} record has two different figures.",
            "{n} records have two different figures each.",
            view.hidden["conflicting"],
        ),
    }
    questioned = [_doubted(view, lang), *_questioned(lang, _doubts(view, selection), listed)]
    others = (sentence for reason, sentence in sentences.items() if view.hidden[reason])
    return [*filter(None, [*questioned, _without_place(lang, view, selection.evidence)]), *others]


def _without_place(lang: Language, view: query.Arrows, evidence: str) -> str:
    """How many records have no arrow, or only one of two, as a place is no country; and which table has them."""
    without, half = view.hidden["unlocated"], view.hidden["open_ended"]
    where = lang.plural(
        "It is in the table “{table}”.",
        "All {n} are in the table “{table}”.",
        without + half,
        table=off_the_map(lang, evidence),
    )
    sentences = [*filter(None, [placeless(lang, without, evidence), _open_ended(lang, half)])]
    return " ".join([*sentences, where]) if sentences else ""


def _doubted(view: query.Arrows, lang: Language) -> str:
    """How many arrows are not drawn because they are questioned, of how many figures, and their sum."""
    rows = view.doubted
    if rows.is_empty():
        return ""
    low, high, figures = rows.select(pl.col("low", "high", "records").sum()).row(0)
    return lang.text(
        "Questioned: {pairs} ({figures}; {sum} victims in all).",
        pairs=lang.plural("{n} pair of countries", "{n} pairs of countries", rows.height),
        figures=lang.plural("{n} yearly figure", "{n} yearly figures", int(figures)),
        sum=lang.interval(low, high),
    )


def _doubts(view: query.Arrows, selection: query.FlowFilter) -> pl.DataFrame:
    """The questioned figures that are not drawn, with the reason."""
    every = query.doubts(selection)
    if view.doubted.is_empty():
        return every.clear()
    return every.join(view.doubted, on=["origin", "destination"], how="semi", maintain_order="left")


def _each(rows: pl.DataFrame, lang: Language) -> str:
    named = [
        f"{citizens(lang, row)}, {lang.interval(row['low'], row['high'])} ({tables.runs(lang, row['years'])})"
        for row in rows.head(NAMED).iter_rows(named=True)
    ]
    more = rows.height - NAMED
    rest = [lang.plural("{n} more in the table", "{n} more in the table", more)] if more > 0 else []
    return lang.joined([*named, *rest])


def left_out(lang: Language, row: Mapping[str, Any]) -> str:
    """What a sum lacks because it is questioned, in all and by year, by reason; empty if it lacks nothing."""
    by_reason: dict[str, list[Mapping[str, Any]]] = {}
    for one in row.get("left_out") or []:
        by_reason.setdefault(one.get("note") or "", []).append(one)
    return lang.joined(_lacking(lang, reason, some) for reason, some in by_reason.items())


def _lacking(lang: Language, reason: str, some: Sequence[Mapping[str, Any]]) -> str:
    """The figures that a sum lacks for one reason; for a reason without words, that we doubt them."""
    each = [lang.labeled(str(one["year"]), lang.interval(one["low"], one["high"])) for one in some]
    values = {
        # One year needs no sum.
        "years": lang.joined(each) if len(each) > 1 else str(some[0]["year"]),
        "figure": sum_left_out(lang, {"left_out": some}),
    }
    texts = {
        # Translators: larger, in each of these years, than the total of all victims that the country of detection has.
        "larger_than_total": N_(
            "Left out because larger than the total of all victims detected there: {figure} ({years})"
        ),
        # Translators: more than 15 for every 100,000 inhabitants of the country of citizenship.
        "implausible_for_origin": N_(
            "Left out because unusually high for the population of the country of citizenship: {figure} ({years})"
        ),
        # Translators: our own review; UNODC publishes the figures without a remark.
        "listed_by_review": N_(
            "Left out because our review questions it, as unusually high for this citizenship: {figure} ({years})"
        ),
    }
    doubted = N_("Left out because we doubt it: {figure} ({years})")
    return lang.text(texts.get(reason, doubted), **values)


def sum_left_out(lang: Language, row: Mapping[str, Any]) -> str:
    """How much a sum lacks because it is questioned; empty if it lacks nothing."""
    lacking = row.get("left_out") or []
    low, high = (sum(one[end] for one in lacking) for end in ("low", "high"))
    return lang.interval(low, high) if lacking else ""


def flagged(lang: Language, row: Mapping[str, Any]) -> str:
    """How many statements of a row the coders of the source marked; empty if none."""
    n = row.get("flagged") or 0
    text = lang.plural(
        "{n} of {all} flagged by the source’s coders",
        "{n} of {all} flagged by the source’s coders",
        n,
        all=lang.number(row["records"] if n else 0),
    )
    return text if n else ""


def silent(lang: Language, row: Mapping[str, Any]) -> str:
    """How many later reports do not mention a role, which neither makes nor ends it; empty if there are none."""
    n = row.get("silent") or 0
    text = lang.plural("not mentioned in the {n} report since", "not mentioned in the {n} reports since", n)
    return text if n else ""


def coding(lang: Language) -> str:
    """What the flags of the coders are worth."""
    return lang.text("Some statements are flagged by the source’s coders; their file does not say what the flag means.")


def role_coding(lang: Language) -> str:
    """What a coded role says, and what not."""
    return lang.text(
        "“Yes” and “no” are how the coders read a report; a report that does not mention the role is neither. "
        "A “no” does not rule out such trafficking. The described routes have other coders and may show another role."
    )


def joined(lang: Language) -> str:
    """What a circle and the line to its country mean on a map of counted victims."""
    return lang.text(
        "The area of a circle shows the number of victims, on a scale of this map. A short line leads from a circle "
        "to its country. No circle shows a route."
    )


def years(lang: Language, selection: query.FlowFilter) -> list[str]:
    """What a year means, where it is not a calendar year."""
    if selection.evidence == "counted":
        return []
    return [lang.text("Years are those of the reports; each report covers the twelve months to March of that year.")]


def beside_map(lang: Language, selection: query.FlowFilter, captions: Mapping[str, str]) -> list[str]:
    """The remarks on the maps of a state.

    Args:
        captions: the English label of each filter, by its name in `query.RELAXED`; without arrows the first remark says
            why.
    """
    found = query.arrows(selection)
    listed = query.coverage(selection.areas, selection.first, selection.last, selection.edition)
    doubts = query.doubts(selection)
    larger = doubts.filter(note="larger_than_total")["years"].explode(empty_as_null=False).to_list()
    remarks = [
        _legs(lang, found),
        "" if found.every.height else emptied(lang, query.emptied(selection), captions),
        # The lists are those of the state: they say nothing of its citizens elsewhere.
        published(listed, lang, larger) if selection.evidence == "counted" and selection.position != "origin" else "",
        *_questioned(lang, doubts, listed),
        placeless(lang, found.hidden["unlocated"], selection.evidence),
    ]
    return [one for one in remarks if one]


def _questioned(lang: Language, doubts: pl.DataFrame, listed: pl.DataFrame) -> list[str]:
    """The figures that no map has, and why: a remark for each reason.

    Args:
        listed: the lists that the sum in the remark before is of, as in `query.coverage`.
    """
    summed = {*with_list(listed).select("area", "year").iter_rows()}
    counted = [
        all((row["destination"], year) in summed for year in row["years"]) for row in doubts.iter_rows(named=True)
    ]
    by_reason = doubts.with_columns(counted=pl.Series(counted, dtype=pl.Boolean)).group_by(
        "note", "counted", maintain_order=True
    )
    return [_left_out(lang, str(reason), rows, counted=bool(within)) for (reason, within), rows in by_reason]


def _left_out(lang: Language, reason: str, rows: pl.DataFrame, *, counted: bool) -> str:
    """The questioned figures of one reason; `counted` says that the sum of the lists has them."""
    values = {"each": _each(rows, lang), "reason": f"{terms.term(lang, 'reason', reason)}."}
    if counted:
        # Translators: the only sum that has them is how many victims UNODC’s lists of citizenships add up to.
        return lang.text(
            "Left out of the maps and of other sums, but counted in that of the lists of citizenships: {each}. "
            "{reason}",
            **values,
        )
    # Translators: the figures are neither on a map nor in a sum beside it.
    return lang.text("Left out of the maps and of all sums: {each}. {reason}", **values)


def placeless(lang: Language, n: int, evidence: str) -> str:
    """How many records have no arrow, as an end is no country; empty if none."""
    if evidence == "stated":
        words = lang.plural(
            "Not on the map: {n} statement in which a place is a region or is not known.",
            "Not on the map: {n} statements in which a place is a region or is not known.",
            n,
        )
    else:
        words = lang.plural(
            "Not on the map: {n} figure without a clear country of citizenship, such as “unknown” or a region.",
            "Not on the map: {n} figures without a clear country of citizenship, such as “unknown” or a region.",
            n,
        )
    return words if n else ""


def numbers(lang: Language, selection: query.FlowFilter, shown: pl.DataFrame) -> str:
    """What the numbers on the maps of counted victims mean: sums, "<5" and ranges, as far as there are any.

    Args:
        shown: the arrows on the maps, as in `query.Arrows`.
    """
    rows = shown.to_dicts()
    several = any(len(row["years"]) > 1 for row in rows)
    first, last = _years(selection)
    sums = lang.text("Each number is the total of the years with figures, {first} to {last}.", first=first, last=last)
    masked = [row for row in rows if query.few(row)]
    # A release that publishes no zeros may mask them, too.
    if all(row["low"] for row in masked):
        few = lang.text("“<5” means fewer than five; “<5 a year”, fewer than five in each of several years.")
    else:
        few = lang.text(
            "“<5” means fewer than five, possibly none; “<5 a year”, fewer than five in each of several years."
        )
    wide = [lang.interval(row["low"], row["high"]) for row in rows if row["low"] < row["high"] and not query.few(row)]
    ranged = [lang.text("A range such as {range} comes from adding such figures.", range=one) for one in wide[:1]]
    # Translators: the sum is a range because some of its figures are.
    alone = [
        lang.text("A range such as {range} is a sum with figures known only as “fewer than five”.", range=one)
        for one in wide[:1]
    ]
    return " ".join([*[sums][: int(several)], *[few][: bool(masked)], *(ranged if masked else alone)])


def otherwise(lang: Language, row: Mapping[str, Any]) -> str:
    """What another release prints for a figure that is shown; `row` as in `query.otherwise`."""
    if row["source"] != main_source():
        # Translators: two releases of a state's own register; both have a figure for the same citizenship and year.
        return lang.text(
            "For {year}, the register’s release of {release} has {figure}, which is shown here; that of {other} has "
            "{another}.",
            year=row["year"],
            release=lang.date(row["release"]),
            figure=lang.interval(row["low_shown"], row["high_shown"]),
            other=lang.date(row["release_other"]),
            another=lang.interval(row["low_other"], row["high_other"]),
        )
    # Translators: two releases of the same publisher; both print a figure for the same pair of countries and year.
    return lang.text(
        "For {year}, UNODC’s release of {release} has {figure}, which is shown here; that of {other} has {another}.",
        year=row["year"],
        release=lang.date(row["release"]),
        figure=_printed(lang, row["low_shown"], row["high_shown"]),
        other=lang.date(row["release_other"]),
        another=_printed(lang, row["low_other"], row["high_other"]),
    )


def _printed(lang: Language, low: float, high: float) -> str:
    return lang.number(low) if low == high else lang.text("fewer than five")


# Why flows come from a release that is not the newest, by that release (data/reference/flow_releases.csv).
EARLIER = {
    "2025-04-14": N_(
        "UNODC’s figures are from its release of {newest}, except those by citizenship up to "
        "{year}: these are from the release of {earlier} where that release lists them, "
        "because the newer one contains errors, such as Dominica for the Dominican Republic."
    )
}


def releases(lang: Language, earlier: str, newest: str, year: int) -> str:
    """Why two releases of UNODC serve, and for what; empty for a release without a known reason.

    Args:
        year: the last year for which the earlier release serves.
    """
    if earlier not in EARLIER:
        return ""
    days = {"earlier": lang.date(earlier), "newest": lang.date(newest)}
    return lang.text(EARLIER[earlier], year=year, **days)


def _legs(lang: Language, found: query.Arrows) -> str:
    """Why two arrows join the same states; empty if no two drawn ones do."""
    ends = found.shown.select("origin", "destination")
    if not ends.is_duplicated().any():
        return ""
    return lang.text(
        "Two arrows may join the same two states: one for direct routes and one for legs of routes through a "
        "transit state."
    )


def about(lang: Language, selection: query.FlowFilter) -> list[str]:
    """The remarks on the map of page Routes: how complete the lists of citizenships are, and what is not drawn."""
    listed = query.coverage(selection.areas, selection.first, selection.last, selection.edition)
    return remarks(query.arrows(selection), listed, lang, selection)


def remarks(view: query.Arrows, covered: pl.DataFrame, lang: Language, selection: query.FlowFilter) -> list[str]:
    """The remarks on a map: how complete the lists of citizenships are, and what is not drawn."""
    listed = [coverage(covered, lang, selection.areas)] if selection.evidence == "counted" else []
    return [*listed, *hidden(view, lang, selection)]


def published(frame: pl.DataFrame, lang: Language, explained: Container[int] = ()) -> str:
    """How many of the detected victims of a state have a listed citizenship, and in which years; empty without any.

    Args:
        explained: years of which another remark says that a listed figure is larger than the total.
    """
    known = with_list(frame)
    longer_in = known.filter(pl.col("listed") > pl.col("total_high"))["year"]
    n = 0 if all(year in explained for year in longer_in) else longer_in.len()
    # Translators: the victims that are listed by citizenship, added up.
    exceeding = lang.plural(
        "In {n} of these years the listed figures add up to more than the total.",
        "In {n} of these years the listed figures add up to more than the total.",
        n,
    )
    return " ".join([*_of_state(known, lang), *([exceeding] if n else [])]) if known.height else ""


def _of_state(known: pl.DataFrame, lang: Language) -> list[str]:
    """How many victims of a state have a listed citizenship, of how many in the same years."""
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    values = {"years": tables.runs_in_sentence(lang, known["year"].unique()), "total": lang.between(least, most)}
    if low > least or known.filter(pl.col("listed") > pl.col("total_high")).height:
        # A part that exceeds the whole would mislead.
        return [_listed(known, lang), _absent(lang)]
    if not low:
        # Translators: all figures of the list are “fewer than five”.
        return [
            lang.text(
                "For victims detected {in_state}, UNODC gives citizenship only in figures of fewer than five; the "
                "totals for {years} add up to {total}.",
                in_state=countries.inside(lang, known["area"][0]),
                **values,
            )
        ]
    listed = lang.text("at least {n}", n=lang.number(low)) if high > most else lang.between(low, high)
    # Translators: years with a list and no total, or a total and no list, are not counted.
    sentence = lang.text(
        "In the years with both a list of citizenships and a total ({years}), UNODC lists the citizenship of {listed} "
        "of {total} detected victims.",
        listed=listed,
        **values,
    )
    return [sentence, _absent(lang)]


def listed_of(frame: pl.DataFrame, lang: Language) -> str:
    """Of how many detected victims of a state the citizenship is listed, in few words; empty where that is doubtful."""
    known = with_list(frame)
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    if not low or high > least or known.filter(pl.col("listed") > pl.col("total_high")).height:
        return ""
    # Translators: the citizenship of so many victims, of all that were detected in the same years.
    return lang.text(
        "citizenship listed for {listed} of {total}", listed=lang.between(low, high), total=lang.between(least, most)
    )


def with_list(frame: pl.DataFrame) -> pl.DataFrame:
    """The state-years with a total and a list."""
    return frame.filter(pl.col("total_low").is_not_null(), pl.col("nationalities") > 0)


def coverage(frame: pl.DataFrame, lang: Language, areas: Sequence[str] = ()) -> str:
    """How many of the detected victims, in some `areas` or in all, have a listed citizenship.

    Only state-years with a total and a list count in "n of N"; what lacks one of them, and lists longer than the total,
    have their own sentence.
    """
    totals, known = frame.filter(pl.col("total_low").is_not_null()), with_list(frame)
    bare = frame.filter(pl.col("total_low").is_null() & (pl.col("nationalities") > 0)).height
    sums = [_listed(known, lang)] if known.height else []
    absent = [_absent(lang)] if known.height else []
    first = [_no_totals(lang, areas)] if totals.is_empty() else sums
    rest = longer(known, lang), _not_summed(totals.height - known.height, bare, lang), *absent
    return " ".join(filter(None, [*first, *rest]))


def _no_totals(lang: Language, areas: Sequence[str]) -> str:
    if not areas:
        return lang.text("UNODC’s data have no total of detected victims for these years.")
    places = lang.listing((countries.inside(lang, area) for area in lang.sorted_countries(areas)), either=True)
    # Translators: {in_states}: “in Haiti”, “in Haiti or in Cuba”.
    return lang.text("UNODC’s data have no total of victims detected {in_states} for these years.", in_states=places)


def _listed(known: pl.DataFrame, lang: Language) -> str:
    """The sums of the lists and of the totals of at least one state-year with both."""
    ends = ("listed", "listed_high", "total_low", "total_high")
    sums = known.select(pl.col(ends).sum()).row(0)
    # Lists with "<5" may add up to more than the totals at most; a part that exceeds the whole would mislead.
    exceeds = sums[1] > sums[3]
    values = {
        "listed": lang.text("at least {n}", n=lang.number(sums[0])) if exceeds else lang.between(sums[0], sums[1]),
        "total": lang.between(sums[2], sums[3]),
        "years": tables.runs_in_sentence(lang, known["year"].unique()),
    }
    if known["area"].n_unique() == 1:
        # Translators: the lists and the totals of one state; a list may be longer than its total.
        return lang.text(
            "UNODC’s lists of citizenships add up to {listed} victims; the totals of the same years ({years}) add up "
            "to {total} victims.",
            **values,
        )
    # Translators: the lists and the totals are of the same states and years; a list may be longer than its total.
    return lang.text(
        "UNODC’s lists of citizenships add up to {listed} victims; the totals of the same states and years "
        "({years}) add up to {total} victims.",
        **values,
    )


def _absent(lang: Language) -> str:
    """What a missing pair may mean."""
    return lang.text("A missing pair of countries need not be a zero: the citizenship may not be listed.")


def _not_summed(totals: int, lists: int, lang: Language) -> str:
    """What the two sums lack: totals without a list, and lists without a total; empty if nothing."""
    found = {
        lang.plural("{n} total without a list", "{n} totals without a list", totals): totals,
        lang.plural("{n} list without a total", "{n} lists without a total", lists): lists,
    }
    each = [words for words, n in found.items() if n]
    # Translators: the sum of the lists, and the sum of the totals.
    label = lang.text("In neither sum")
    return f"{lang.labeled(label, lang.listing(each))}." if each else ""


def longer(known: pl.DataFrame, lang: Language) -> str:
    """How many lists are surely longer than the total; empty if none. `known`: as from `with_list`."""
    n = known.filter(pl.col("listed") > pl.col("total_high")).height
    # Translators: the victims that are listed by citizenship, added up.
    sentence = lang.plural(
        "In {n} case (one state in one year) the listed figures add up to more than the total.",
        "In {n} cases (one state in one year each) the listed figures add up to more than the total.",
        n,
    )
    return sentence if n else ""


def emptied(lang: Language, found: Mapping[str, int], captions: Mapping[str, str]) -> str:
    """Why a selection has no routes.

    Args:
        found: the result of `dashboard.subjects.routes.query.emptied`.
        captions: the English label of each filter, by name.
    """
    if not found:
        return lang.text("No flow fits these filters, and changing one of them is not enough.")
    if len(found) == 1:
        ((name, n),) = found.items()
        return lang.text(
            "No flow fits the filter “{filter}”; without it there are {n}.",
            filter=lang.text(captions[name]),
            n=lang.number(n),
        )
    each = reduce(
        lambda first, second: lang.text("{first}; {second}", first=first, second=second),
        (f"{lang.text(captions[name])} ({lang.number(n)})" for name, n in found.items()),
    )
    return lang.text("No flow fits all these filters. Changing one of them gives flows: {each}.", each=each)
