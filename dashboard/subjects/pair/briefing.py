"""The briefing of two states: what runs between them in both directions, beside what both report.

The two directions are shown apart, nothing is inferred, and what is not listed is never shown as a zero. Figures stand
side by side only if both are of one year and the two states are not known to count different things.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import polars as pl

from dashboard.charts.editable import YearChart
from dashboard.charts.medium import SLIDE
from dashboard.editions import NEWEST
from dashboard.subjects import briefings
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.pair import editable, query, words
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.pair.blocks import sentences
from dashboard.subjects.pair.filters import OTHER
from dashboard.subjects.pair.page_figures import BETWEEN, both, on_map
from dashboard.subjects.pair.questions import BOTH, questions
from dashboard.subjects.routes import briefing as routes_briefing
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.shared import EDITION
from dashboard.subjects.states import briefing as states_briefing
from dashboard.subjects.states import profile, profile_words
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import Graphic, KeyFigure, Link, Paper, Part, Table
from dashboard.words import countries, locators, served, tables, terms
from dashboard.words.tables import Row
from data import manifest
from data.i18n import Language
from data.manifest import VICTIMS

# The least lines of a table that stands alone, the most beside a map, and how many questions to each state a slide has.
ALONE = 2
LINES = 12
ASKED = 2


def _view(lang: Language, values: Values) -> Link:
    one, other = values.value(ONE), values.value(OTHER)
    title = lang.listing(map(lang.country, (one, other)))
    return Link("pair", title, {ONE.name: one, OTHER.name: other})


def _parts(lang: Language, values: Values) -> tuple[Part, ...]:
    pair = Pair(VICTIMS, values.value(ONE), values.value(OTHER))
    flows = _on_map(lang, pair), _counted(lang, pair), _described(lang, pair)
    bound = _treaties(lang, pair), *_laws(lang, pair)
    parts = *flows, _questions(lang, pair), _both(lang, pair), *bound, _missing(lang, pair)
    return (_opening(lang, pair), *filter(None, parts))


def _opening(lang: Language, pair: Pair) -> Part:
    """The flows between two states, each way and kind by itself."""
    key_figures = [*filter(None, (_victims(lang, pair, *way) for way in _by_size(pair))), *_statements(lang, pair)]
    # The title says if neither state publishes citizenships.
    published = any(query.lists(area) for area in pair.states)
    unlisted = [
        text
        for (start, _), text in zip(_by_size(pair), sentences(lang, pair, NEWEST, "counted"), strict=True)
        if published and _listed(pair, start).is_empty()
    ]
    remarks = [
        *_membership(lang, pair),
        briefings.detected(lang),
        lang.text("Each direction is shown separately. What is not listed or described is unknown, not zero."),
        *unlisted,
        # Beside the map, if there is one.
        *(
            words.beside_counted(lang, query.between(pair.one, pair.other))
            if both(Values.of(_view_values(pair))).is_empty()
            else ()
        ),
    ]
    title, lead = _in_short(lang, pair)
    if _of_kind(pair, "stated").is_empty():
        lead = " ".join(filter(None, [lead, words.none_described(lang, pair.one, pair.other)]))
    return briefings.opening(lang, title, lead, key_figures, dict.fromkeys(remarks))


def _both(lang: Language, pair: Pair) -> Part | None:
    """What both states report for one year; a single line stands beside the years that they reported."""
    both = beside(lang, pair)
    lines = both.sheet.cells
    if len(lines) < ALONE:
        return None
    named = lines[0][0].startswith(terms.term(lang, "indicator", pair.indicator))
    found = compare_words.finding(lang, compare_query.rows(pair, NEWEST), pair) if named else ""
    claim, _, rest = found.partition(". ")
    frames = [states_query.state(area)[code] for area in pair.states for code in manifest.counts()]
    reported = [frame.filter(pl.col("status").is_in(states_query.REPORTED)) for frame in frames]
    remarks = [*states_words.unit_of_count(lang, [pair.indicator]), *compare_words.of_pair(lang, pair, NEWEST)]
    return Part(
        kind="record",
        title=briefings.heading(claim) or _figures(lang, pair, lines),
        lead=rest,
        tables=(both,),
        remarks=[*dict.fromkeys(remarks)],
        releases=briefings.releases(lang, *reported),
    )


def _figures(lang: Language, pair: Pair, lines: Sequence[Sequence[str]]) -> str:
    """The first line of a table of both states as a title."""
    (label, *figures), *_ = lines
    each = [f"{lang.country(area)} {figure}" for area, figure in zip(pair.states, figures, strict=True)]
    return lang.labeled(label, lang.listing(each))


def _by_size(pair: Pair) -> list[tuple[str, str]]:
    """Both directions, the one with more victims first."""
    return query.ways(query.between(pair.one, pair.other), pair.one, pair.other)


def _in_short(lang: Language, pair: Pair) -> tuple[str, str]:
    """The larger sum of counted victims, and the other one in a sentence; or that no victim is listed either way."""
    each = [
        lang.labeled(routes_words.group(lang, {"origin": start, "destination": end}), _few(lang, _listed(pair, start)))
        for start, end in _by_size(pair)
        if _listed(pair, start).height
    ]
    if each:
        return each[0], briefings.sentence(each[1]) if len(each) > 1 else ""
    years = {year for area in pair.states for year in query.lists(area)}
    return words.none_listed(lang, pair.one, pair.other, sorted(years)), ""


def _few(lang: Language, rows: pl.DataFrame) -> str:
    """The sum of counted records, in words if each of them is masked."""
    low, high = query.total(rows)
    if rows.filter(pl.col("status") != "masked").is_empty():
        return lang.text("fewer than five") if rows.height == 1 else lang.text("fewer than five a year")
    return lang.interval(low, high)


def _listed(pair: Pair, start: str) -> pl.DataFrame:
    """The usable counted records one way."""
    return _rows(pair, "counted", start).filter(pl.col("status").is_in(query.REPORTED))


def _victims(lang: Language, pair: Pair, start: str, end: str) -> KeyFigure | None:
    """The sum of the victims counted one way; None if there is none."""
    rows = _listed(pair, start)
    if rows.is_empty():
        return None
    label = routes_words.group(lang, {"origin": start, "destination": end})
    years = lang.labeled(lang.text("persons, sum of the years"), tables.runs(lang, rows["year"].unique()))
    lacking = words.questioned(lang, _rows(pair, "counted", start))
    return KeyFigure(label, _few(lang, rows), (" · ".join(filter(None, [years, lacking])),))


def _statements(lang: Language, pair: Pair) -> Iterator[KeyFigure]:
    """How many statements of reports lead each way, the larger first; a way without one has no figure."""
    for start, end in sorted(pair.ways, key=lambda way: -_rows(pair, "stated", way[0]).height):
        rows = _rows(pair, "stated", start)
        if rows.height:
            label = lang.text(
                "Described routes from {start} to {end}",
                start=countries.the(lang, start) if lang.code == "en" else lang.country(start),
                end=countries.the(lang, end) if lang.code == "en" else lang.country(end),
            )
            years = tables.runs(lang, rows["year"].unique())
            note = lang.labeled(lang.text("statements in reports, not victims"), years)
            yield KeyFigure(label, lang.number(rows.height), (note,))


def beside(lang: Language, pair: Pair) -> Table:
    """The counts of both states in the latest year with figures of both that may be compared; no rates."""
    rows = []
    for code in manifest.counts():
        found = compare_query.rows(Pair(code, pair.one, pair.other), NEWEST)
        found = found.filter(
            pl.col("indicator") == code, pl.col("low").is_not_null(), pl.col("other_low").is_not_null()
        ).filter(pl.col("difference_low").is_not_null())
        if found.height:
            row = found.sort("year").row(-1, named=True)
            label = f"{terms.term(lang, 'indicator', code)}, {row['year']}"
            rows.append((label, *(_number(lang, row, side) for side in ("", "other_"))))
    head = (lang.text("Reported by both"), *map(lang.country, pair.states))
    return briefings.table(lang.text("The latest year with figures of both states"), head, rows)


def _number(lang: Language, row: Row, side: str) -> str:
    if row[f"{side}status"] == "masked":
        return lang.text("fewer than five")
    return lang.interval(row[f"{side}low"], row[f"{side}high"])


def _of_kind(pair: Pair, evidence: str) -> pl.DataFrame:
    return query.between(pair.one, pair.other).filter(pl.col("evidence") == evidence)


def _rows(pair: Pair, evidence: str, start: str) -> pl.DataFrame:
    return _of_kind(pair, evidence).filter(pl.col("start") == start)


def _only(found: routes_query.Arrows, pair: Pair) -> routes_query.Arrows:
    """The arrows between the two states, at most one each way."""
    ends = pl.col("origin").is_in(pair.states) & pl.col("destination").is_in(pair.states)
    between = found.every.filter(ends & (pl.col("origin") != pl.col("destination")))
    return routes_query.Arrows(between, between)


def _on_map(lang: Language, pair: Pair) -> Part | None:
    """The victims counted between the two on a map, beside a table of the years; None without a usable figure."""
    values = Values.of(_view_values(pair))
    if both(values).is_empty():
        return None
    rows = query.between(pair.one, pair.other)
    _, *more = sentences(lang, pair, NEWEST, "counted")
    years = [
        (lang.country(start), str(year.years[0]), words.year_figure(lang, year))
        for start, end in _by_size(pair)
        for year in query.listed_years(rows.filter(start=start, evidence="counted"), query.lists(end))
        if year.state == "figure"
    ]
    sums = [
        (lang.country(start), tables.runs(lang, rows["year"].unique()), _few(lang, rows))
        for start, rows in ((start, _listed(pair, start)) for start, _ in pair.ways)
    ]
    lines = years if len(years) <= LINES else [one for one in sums if one[1]]
    head = lang.text("Citizens of"), lang.text("Year"), lang.text("Victims")
    return Part(
        kind="map",
        title=_detected(lang, both(values)),
        lead=" ".join(more),
        map=on_map(values, lang, SLIDE),
        redrawn=partial(on_map, values, lang),
        tables=() if _by_year(lang, pair) else (briefings.table(lang.text("By year"), head, lines),),
        remarks=[*words.beside_counted(lang, rows)],
        releases=briefings.releases(lang, _of_kind(pair, "counted")),
    )


def _view_values(pair: Pair) -> dict[str, str]:
    return {ONE.name: pair.one, OTHER.name: pair.other, EDITION.name: NEWEST}


def _questions(lang: Language, pair: Pair) -> Part | None:
    """What the two may ask each other: the first questions to each, and to both; None if the rows prove none."""
    found = questions(lang, pair.one, pair.other, NEWEST)
    names = {area: lang.country(area) for area in pair.states} | {BOTH: lang.text("Both")}
    points = [lang.labeled(names[area], question) for area, some in found.items() for question in some[:ASKED]]
    if not points:
        return None
    one, other = (countries.the(lang, area) for area in pair.states)
    # Translators: questions on what the data do not say, for both to ask each other.
    title = lang.plural(
        "The data leave {n} question open between {state} and {partner}",
        "The data leave {n} questions open between {state} and {partner}",
        len(points),
        state=one,
        partner=other,
    )
    return Part(
        kind="record",
        title=title,
        points=points,
        releases=briefings.releases(lang, query.between(pair.one, pair.other)),
    )


def _counted(lang: Language, pair: Pair) -> Part | None:
    """The victims counted between the two by year, each way in a chart; None if none is listed."""
    rows = _of_kind(pair, "counted")
    if not _by_year(lang, pair):
        return None
    values = _view_values(pair)
    cells = [locators.cells(lang, row["locator"]) for row in rows.iter_rows(named=True)]
    return Part(
        kind="time",
        title=_led(lang, pair),
        figures=(Graphic(BETWEEN.name, values, "between"),),
        remarks=[f"{one}." for one in words.undrawn(lang, rows)],
        releases=briefings.releases(lang, rows),
        said=[lang.text("Source of each figure"), *dict.fromkeys(cells)],
    )


def _by_year(lang: Language, pair: Pair) -> list[YearChart]:
    """The charts of the victims counted each way."""
    return editable.between(lang, query.yearly(pair.one, pair.other))


def _detected(lang: Language, rows: pl.DataFrame) -> str:
    """The larger direction of flows between two states as a title; where each of its years is masked, as a figure."""
    row = rows.sort("low", "high", descending=True).row(0, named=True)
    if routes_query.few(row) or not row["low"]:
        return words.claim(lang, rows)
    return profile_words.group(lang, (row["origin"], row["destination"]), row["low"], row["high"])


def _led(lang: Language, pair: Pair) -> str:
    """In how many years citizens of a state are listed in the other one: of the direction with more victims."""
    start, end = _by_size(pair)[0]
    return lang.plural(
        "Citizens {of_origin} are listed {in_destination} in {n} year",
        "Citizens {of_origin} are listed {in_destination} in {n} years",
        _listed(pair, start)["year"].n_unique(),
        of_origin=countries.of(lang, start),
        in_destination=countries.inside(lang, end),
    )


def _described(lang: Language, pair: Pair) -> Part | None:
    """The routes between the two that reports describe; None if no route leads from one to the other."""
    first_year, last_year = routes_filters.years()
    selection = routes_query.FlowFilter("stated", pair.states, first=first_year, last=last_year)
    arrows = _only(routes_query.arrows(selection), pair)
    if arrows.every.is_empty():
        return None
    each = dict(zip(pair.ways, sentences(lang, pair, NEWEST, "stated"), strict=True))
    first, *_ = found = sorted(each, key=lambda way: -_rows(pair, "stated", way[0]).height)
    title = lang.plural(
        "{n} statement describes a route from {start} to {end}",
        "{n} statements describe a route from {start} to {end}",
        _rows(pair, "stated", first[0]).height,
        start=countries.the(lang, first[0]) if lang.code == "en" else lang.country(first[0]),
        end=countries.the(lang, first[1]) if lang.code == "en" else lang.country(first[1]),
    )
    part = routes_briefing.described(lang, selection, arrows, title)
    if part is None:
        return None
    lead = " ".join([*(each[way] for way in found), part.lead])
    releases = briefings.releases(lang, _of_kind(pair, "stated"))
    return replace(part, lead=lead, remarks=(*part.remarks, *part.said), said=(), releases=releases)


def _treaties(lang: Language, pair: Pair) -> Part:
    """The treaties in force for both, and what was found on the declaration for each."""
    acted = treaties_query.bound(pair.states)
    as_of = treaties_words.as_of(lang, treaties_query.closings(), treaties_query.shown())
    said, title = words.treaties(lang, acted, as_of), _in_force(lang, treaties_query.in_force(acted))
    cells = {area: ledger_query.cells(ledger_query.EntryFilter(actors=(area,))) for area in pair.states}
    points = tuple(f"{ledger_words.heading(lang, rows)}." for rows in cells.values())
    return Part(
        kind="record",
        title=title,
        lead=said,
        tables=[_binding(lang, pair)],
        points=points,
        remarks=(*_membership(lang, pair), *ledger_words.notes(lang)),
        releases=briefings.releases(lang, *(treaties_query.act_years(area) for area in pair.states)),
    )


def _membership(lang: Language, pair: Pair) -> list[str]:
    """Remarks on the membership of both states, each with its name."""
    notes = ((area, note) for area in pair.states for note in states_words.membership(lang, area))
    return [lang.labeled(lang.country(area), note) for area, note in notes]


def _laws(lang: Language, pair: Pair) -> Iterator[Part]:
    """The laws that our sources cite for both, and their reservations and declarations, if they made any."""
    laws = treaties_query.laws().filter(pl.col("area").is_in(pair.states))
    reserved = treaties_query.reserved(pair.states)
    if reserved.is_empty():
        return
    lines = pair_tables.reserved(reserved, pair.states, lang)
    head = lang.text("Law, reservation or declaration"), *map(lang.country, pair.states)
    yield Part(
        kind="record",
        title=words.reserved(lang, reserved),
        tables=[briefings.table(lang.text("Laws and reservations of both"), head, [_cited(lang, pair), *lines.rows()])],
        remarks=[treaties_words.read_for(lang), *treaties_words.laws(lang, laws)],
        releases=served.lines(lang, (*served.served(laws), *served.served(reserved))),
    )


def _cited(lang: Language, pair: Pair) -> tuple[str, ...]:
    """The laws that our sources cite for each of both, after what they are."""
    laws = treaties_query.laws()
    return lang.text("Laws cited by our sources"), *(pair_tables.law(lang, laws.filter(area=a)) for a in pair.states)


def _binding(lang: Language, pair: Pair) -> Table:
    """What binds both states, by subject of treaties; and their laws, if no slide of reservations has them."""
    head = lang.text("Subject"), lang.text("Treaties")
    rows = [*treaties_words.common(lang, treaties_query.common(*pair.states))]
    if treaties_query.reserved(pair.states).is_empty():
        title, *cited = _cited(lang, pair)
        rows += [(title, lang.joined(map(lang.labeled, map(lang.country, pair.states), cited)))]
    return briefings.table(head[1], head, rows)


def _in_force(lang: Language, days: Mapping[str, date]) -> str:
    """How many treaties are in force for both states, and since when."""
    if not days:
        return lang.text("No treaty is known to be in force for both")
    n, last = lang.number(len(days)), lang.date(max(days.values()))
    if len(set(days.values())) > 1:
        return lang.text("{n} treaties are in force for both, the last of them since {date}", n=n, date=last)
    return lang.plural(
        "{n} treaty has been in force for both since {date}",
        "{n} treaties have been in force for both since {date}",
        len(days),
        date=last,
    )


def _missing(lang: Language, pair: Pair) -> Part:
    """Which years the two states reported."""
    found = {area: profile.record(area) for area in pair.states}
    title, rest = (
        profile_words.reported(lang, area, one) if one.years else briefings.heading(profile_words.no_total(lang, area))
        for area, one in found.items()
    )
    both = beside(lang, pair)
    shown = (
        *([both] if 0 < len(both.sheet.cells) < ALONE else []),
        *(briefings.of_state(lang, area, states_briefing.gaps(lang, area)) for area in pair.states),
    )
    unit = states_words.unit_of_count(lang, [pair.indicator]) if len(shown) > len(pair.states) else []
    releases = briefings.releases(lang, *(states_query.state_rows(area) for area in pair.states))
    lead = briefings.sentence(rest)
    return Part(kind="record", title=title, lead=lead, tables=shown, remarks=unit, releases=releases)


PAIR_PAPER = Paper(view=_view, parts=_parts)
