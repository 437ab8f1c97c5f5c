"""The briefing of a state: each part has a finding of its page as its title, and is left out without one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from dashboard.editions import NEWEST
from dashboard.subjects import blocks, briefings
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.routes import briefing as routes_briefing
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.shared import AREA
from dashboard.subjects.states import (
    certainty_words,
    country_words,
    editable,
    flows,
    profile,
    profile_tables,
    profile_words,
    query,
    registers_words,
    tables,
    words,
)
from dashboard.subjects.states.page_figures import SERIES
from dashboard.subjects.states.page_figures import VICTIMS as VICTIMS_FIGURE
from dashboard.subjects.states.registers import registers
from dashboard.subjects.states.standing import doubted, standing
from dashboard.subjects.states.victims import VICTIMS, sum_of
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import KeyFigure, Link, Paper, Part, Table
from dashboard.words import countries, data_version, locators, terms
from dashboard.words.tables import Row, sheet
from data import manifest
from data.i18n import Language

# The most key figures that stand beside each other.
CARDS = 4


def _view(lang: Language, values: Values) -> Link:
    area = values.value(AREA)
    return Link("country", lang.country(area), {AREA.name: area})


def _parts(lang: Language, values: Values) -> tuple[Part, ...]:
    area = values.value(AREA)
    counted = [_flows(lang, area, one) for one in _drawn(area)]
    detected, *response = _times(lang, values)
    shown = [detected, _victims(lang, values), *response, *counted, _described(lang, area)]
    first = _opening(lang, area)
    # The sentence on the victims stands above their chart.
    first = replace(first, lead="") if detected and first.lead else first
    return (first, *filter(None, shown), _record(lang, area), _missing(lang, area))


def _opening(lang: Language, area: str) -> Part:
    """The total and its trend; without a total the citizens detected abroad, else that there is none."""
    figures, none = profile.latest(area), profile_words.no_total(lang, area)
    if profile.record(area).years:
        finding = country_words.known(lang, area, NEWEST).partition(". ")[0]
        title, lead = finding, country_words.trend(lang, area, VICTIMS)
    else:
        listed = _abroad(lang, area)
        title, lead = (listed, none) if listed else (none, "")
    remarks = [
        *words.membership(lang, area),
        *corrections_tables.sentences(lang, query.state_rows(area), {AREA.name: area}),
        certainty_words.caution(lang, standing(area, VICTIMS)),
        profile_words.missing(lang, figures) if figures else "",
        profile_words.same(lang, profile.same(area)),
        profile_words.shifted(lang, profile.shifted(area)),
        *_contradicted(lang, area),
    ]
    return briefings.opening(lang, briefings.heading(title), lead, _key_figures(lang, area), remarks)


def _abroad(lang: Language, area: str) -> str:
    """How many citizens of a state all other countries list; empty if that may be none."""
    low, high = sum_of(flows.ends(area, "origin").rows)
    return (
        lang.plural(
            "{figure} citizen {of_state} is listed among the victims detected abroad",
            "{figure} citizens {of_state} are listed among the victims detected abroad",
            round(high),
            figure=lang.interval(low, high),
            of_state=countries.of(lang, area),
        )
        if low
        else ""
    )


def _drawn(area: str) -> list[list[str]]:
    """The directions of counted flows that each have a map, and after them those that only its lead has.

    The one with more victims from or in other countries comes first; the other one has a map if another country surely
    leads in it.
    """
    selection = routes_filters.of_state(area, "counted")
    directions = routes_query.directions(routes_query.arrows(selection).every, area)
    for position in directions[1:]:
        found = flows.ends(area, position)
        if found.first and found.first["area"] != area and found.first["low"] and found.weight in profile_words.LED:
            return [[one] for one in directions]
    return [directions] if directions else []


def _contradicted(lang: Language, area: str) -> Iterator[str]:
    """The other key figures that their parts contradict, with what these are."""
    for one in profile.latest(area):
        found = standing(area, one.indicator)
        # Of the victims the lead says it.
        if one.indicator != VICTIMS and found and found.kind == "contradicted":
            words_of = terms.in_sentence(certainty_words.standing(lang, found))
            yield lang.labeled(terms.term(lang, "indicator", one.indicator), words_of)


def _key_figures(lang: Language, area: str) -> tuple[KeyFigure, ...]:
    """What the state reported; where that is little, what others did and when it joined the Protocol.

    A figure that says nothing, such as a sum of masked ones that may be zero, is left out.
    """
    found = [
        KeyFigure(
            terms.term(lang, "indicator", one.indicator),
            profile_words.on_card(lang, one.row),
            (profile_words.before(lang, one, doubted(area, one.indicator)),),
        )
        for one in profile.latest(area)
    ]
    return tuple([*found, *_others(lang, area)][:CARDS])


def _others(lang: Language, area: str) -> Iterator[KeyFigure]:
    """Citizens detected abroad, statements of reports, and the Protocol on Trafficking in Persons."""
    abroad = flows.ends(area, "origin")
    if listed := profile_words.abroad(lang, area, abroad):
        label, figure, note = listed
        yield KeyFigure(label, figure, (note,))
    selection = routes_filters.of_state(area, "stated")
    stated = routes_query.cells(selection).height
    if stated:
        label = lang.plural("Statement on routes in reports", "Statements on routes in reports", stated)
        yield KeyFigure(label, lang.number(stated), (routes_words.period(lang, selection),))
    if since := country_words.joined(area):
        yield KeyFigure(
            terms.term(lang, "part", treaties_query.TREATIES[0]), str(since), (lang.text("year of joining"),)
        )


def _victims(lang: Language, values: Values) -> Part | None:
    """The victims by sex, age and form; None if the state reported none of them."""
    area = values.value(AREA)
    found = profile.groups(area)
    if not found:
        return None
    return Part(
        kind="victims",
        title=profile_words.groups_claim(lang, found),
        figures=(blocks.graphic(VICTIMS_FIGURE, values, "victims"),),
        remarks=[*filter(None, [profile_words.no_profile(lang, found, profile.record(area).years)])],
        releases=briefings.releases(lang, profile.group_rows(area)),
        said=profile_words.every_group(lang, found),
    )


def _flows(lang: Language, area: str, directions: Sequence[str]) -> Part:
    """Victims detected here, or citizens detected abroad, with a map; in the lead the other direction, if any."""
    position, ends = directions[0], {one: flows.ends(area, one) for one in directions}
    title = _of_others(lang, area, ends[position]) or profile_words.flows_claim(lang, area, ends[position], position)
    each = {one: profile_words.flows_title(lang, area, found, one) for one, found in ends.items()}
    lead = " ".join(briefings.sentence(text) for text in each.values() if text != title)
    together = profile_words.together(lang, area, ends[position]) if position == "origin" else ""
    selection = routes_filters.of_state(area, "counted", NEWEST, position)
    return routes_briefing.counted(lang, selection, title, lead, together)


def _of_others(lang: Language, area: str, found: profile.Ends) -> str:
    """Where own citizens lead, the largest other group that was detected here: they have no circle; else nothing."""
    if not found.first or found.first["area"] != area:
        return ""
    others = flows.counted(area, "destination").every.filter(pl.col("origin") != area)
    beside = profile.ends(others, "destination")
    first = beside.first
    if not first or not first["low"] or beside.weight not in profile_words.LED:
        return ""
    return profile_words.group(lang, (first["area"], area), first["low"], first["high"])


def _times(lang: Language, values: Values) -> list[Part | None]:
    """The victims by year, and how the response to them ends; None for what has no two years and a figure above 0."""
    area = values.value(AREA)
    shown = {
        code
        for code, chart in editable.of_state(lang, area).items()
        if any(max(filter(None, line.figures), default=0) for line in chart.lines)
    }
    latest = {one.indicator: one for one in profile.latest(area) if one.indicator in shown}
    outcome = next((one for one in reversed(manifest.counts("response")) if one in latest), "")
    return [_time(lang, values, latest[code]) if code in latest else None for code in (VICTIMS, outcome)]


def _time(lang: Language, values: Values, latest: profile.Latest) -> Part:
    """An indicator by year: its latest figure, and what can be said of it."""
    area, code = values.value(AREA), latest.indicator
    text = country_words.trend(lang, area, code)
    figure, year = profile_words.on_card(lang, latest.row), latest.row["year"]
    claim = certainty_words.claim(lang, standing(area, code), figure) if text else ""
    lead = text.partition(". ")[2] if claim else text
    claim = claim or lang.text("{figure} in {year}", figure=figure, year=year)
    own = registers(area) if code == VICTIMS else []
    reported = query.state(area)[code].filter(pl.col("status").is_in(query.REPORTED))
    return Part(
        kind="time",
        title=lang.labeled(terms.term(lang, "indicator", code), claim),
        lead=lead,
        figures=(blocks.graphic(SERIES, values, "series", chart=code),),
        remarks=registers_words.briefs(lang, area, NEWEST) if own else (),
        releases=briefings.releases(lang, reported, *(one.rows for one in own)),
        said=(_cell(lang, code, latest.row),),
    )


def _cell(lang: Language, code: str, row: Row) -> str:
    """The year, source, release and cell of a figure."""
    source, release = terms.term(lang, "source", row["source"]), data_version.release(lang, row["release"])
    named = lang.text("{source}: {release}", source=source, release=release)
    label = f"{terms.term(lang, 'indicator', code)}, {row['year']}"
    return lang.labeled(label, f"{named} · {locators.cells(lang, row['locator'])}" if row["locator"] else named)


def _described(lang: Language, area: str) -> Part | None:
    """The routes that reports describe; None without an arrow."""
    selection = routes_filters.of_state(area, "stated")
    arrows = routes_query.arrows(selection)
    found, rest = routes_words.described_most(arrows, lang, selection)
    return routes_briefing.described(
        lang, selection, arrows, found and routes_words.claim(arrows, lang, selection), rest
    )


def _record(lang: Language, area: str) -> Part:
    """The treaties of a state, its law, and what was found on the declaration."""
    since = country_words.joined(area)
    cells = ledger_query.cells(ledger_query.EntryFilter(actors=(area,)))
    found = f"{ledger_words.heading(lang, cells)}."
    points = country_words.declaration(lang, area)
    title = briefings.heading(profile_words.joined(lang, area, since) if since else found)
    remarks = (*words.membership(lang, area), *ledger_words.notes(lang))
    nothing = ledger_entries.nothing(ledger_query.EntryFilter(actors=(area,)), lang)
    label = lang.text("Declaration of Mexico (2018)")
    shown = (lang.labeled(label, terms.in_sentence(points[0])), *points[1:])
    return Part(
        kind="record",
        title=title,
        tables=(treaties(lang, area),),
        points=shown,
        remarks=remarks,
        releases=briefings.releases(lang, treaties_query.act_years(area)),
        said=[found, *filter(None, [nothing])],
    )


def treaties(lang: Language, area: str) -> Table:
    """How a state stands toward the treaties of each subject, and the law named for it."""
    standings = treaties_query.matrix().filter(area=area)
    laws = profile_tables.laws(lang, treaties_query.laws().filter(area=area))
    rows = [*treaties_words.of_state(lang, standings, treaties_query.closings()), *laws]
    head = lang.text("Treaties or law"), lang.text("What the state did")
    return briefings.table(lang.text("Treaties and laws"), head, rows)


def _missing(lang: Language, area: str) -> Part:
    """Which years the state reported, and what it never did."""
    found = profile.record(area)
    alone = profile_words.parts_alone(lang, profile.parts_alone(area))
    here = flows.ends(area, "destination").first
    abroad = flows.ends(area, "origin").first
    points = [
        *alone,
        profile_words.alike(lang, found),
        "" if here else profile_words.no_flows(lang, area, "destination"),
        "" if abroad else profile_words.no_flows(lang, area, "origin"),
        "" if profile.groups(area) else profile_words.no_profile(lang, (), found.years),
        "" if profile.latest(area) else profile_words.no_response(lang, area),
        lang.text("A gap is not a zero: there may have been victims."),
    ]
    return Part(
        kind="record",
        title=_reported(lang, area, found),
        tables=(gaps(lang, area),),
        points=[*filter(None, points)],
        releases=briefings.releases(lang, query.state_rows(area)),
        point="" if found.years else profile_words.no_total(lang, area),
    )


def _reported(lang: Language, area: str, found: profile.ReportingRecord) -> str:
    """In how many years a state has a total of detected victims, as a title."""
    if not found.years:
        return profile_words.reported(lang, area, found)
    first, last = found.span
    # Translators: after “Detected victims”: the years with a total of a state, of all years.
    said = lang.text("a total for {some} of {every} years", some=len(found.years), every=last - first + 1)
    return lang.labeled(terms.term(lang, "indicator", VICTIMS), said)


def gaps(lang: Language, area: str) -> Table:
    """By indicator the years that a state reported, those it masked, and those without a usable figure."""
    return briefings.filled(
        Table("gaps", lang.text("Years with a figure"), sheet(tables.gaps(query.state(area), lang)))
    )


def _single(lang: Language, values: Values) -> tuple[Part, ...]:
    """One page to print: with a map, or with the groups of victims where there is no map."""
    first, *every = _parts(lang, values)
    mapped, bars = ([part for part in every if part.kind == kind] for kind in ("map", "victims"))
    drawn = (mapped or bars)[:1]
    return briefings.page(first, drawn, [part for part in every if part not in drawn and part.kind != "time"])


COUNTRY_PAPER = Paper(view=_view, parts=_parts, single=_single)
