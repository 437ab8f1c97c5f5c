"""The parts of a briefing on one state: each has a finding of its page as its title, and is left out without one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from dashboard.briefing import charts, front_matter, maps, words
from dashboard.briefing.content import Fact, Part, Table
from dashboard.editions import NEWEST
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import (
    certainty_words,
    country_words,
    flows,
    profile,
    profile_tables,
    profile_words,
)
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.standing import doubted, standing
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import countries, data_version, disclaimer, source_cells, tables, terms
from data.i18n import Language

# The most key figures that stand beside each other.
CARDS = 4
# A line needs two years.
LINE = 2


def parts(lang: Language, area: str) -> tuple[Part, ...]:
    """All parts but the sources; the summary is the second."""
    shown = [*filter(None, [_victims(lang, area), _flows(lang, area), _time(lang, area), _described(lang, area)])]
    shown += [_record(lang, area), _missing(lang, area)]
    remarks = [*states_words.membership(lang, area), *_disputed(lang, area)]
    opening = front_matter.opening(lang, *_first(lang, area), remarks)
    return (opening, summary(lang, area, shown), *shown)


def _first(lang: Language, area: str) -> tuple[str, str]:
    """The title of the opening, and a sentence under it: the total and its trend; without a total the largest flow."""
    none = profile_words.no_total(lang, area)
    if not profile.record(area).years and not _listed(area):
        return words.heading(none), ""
    trending = certainty_words.standing(lang, standing(area, states_query.COUNTS[0]))
    finding = country_words.known(lang, area, NEWEST).partition(". ")[0]
    return words.heading(finding), trending if profile.record(area).years else none


def _listed(area: str) -> bool:
    """Whether victims are listed by citizenship: those that the state detected, or its citizens elsewhere."""
    return any(flows.ends(area, position).first for position in flows.DIRECTIONS)


def summary(lang: Language, area: str, shown: Sequence[Part]) -> Part:
    """The key figures of a state, and the findings of the parts that follow."""
    figures = profile.latest(area)
    remarks = [
        profile_words.missing(lang, figures) if figures else "",
        profile_words.same(lang, profile.same(area)),
        profile_words.shifted(lang, profile.shifted(area)),
        *_contradicted(lang, area),
        certainty_words.caution(lang, standing(area, states_query.COUNTS[0])),
    ]
    without = [part for part in shown if part.kind != "time"]
    return front_matter.summary(
        lang, words.heading(_in_short(lang, area)), facts(lang, area), without, filter(None, remarks)
    )


def _contradicted(lang: Language, area: str) -> Iterator[str]:
    """The key figures that are less than their parts, with the sums of these."""
    for one in profile.latest(area):
        found = standing(area, one.indicator)
        if found and found.kind == "contradicted":
            words_of = terms.in_sentence(certainty_words.standing(lang, found))
            yield lang.labeled(terms.term(lang, "indicator", one.indicator), words_of)


def _in_short(lang: Language, area: str) -> str:
    """The latest victims of a state, and the persons convicted in that year; without victims, what else is known."""
    latest = {one.indicator: one.row for one in profile.latest(area)}
    if victims := latest.get(VICTIMS):
        if not victims["high"]:
            return profile_words.total(lang, area, victims)
        response = next((code for code in ("persons_convicted", "persons_prosecuted") if code in latest), VICTIMS)
        # Figures of different years would read as one outcome.
        codes = dict.fromkeys(code for code in (VICTIMS, response) if latest[code]["year"] == victims["year"])
        figures = lang.listing(_in_title(lang, area, code, latest[code]) for code in codes)
        return countries.agreed(lang, area, "{state} reported {figures} to UNODC.", figures=figures)
    abroad = profile_words.together(lang, area, flows.ends(area, "origin"))
    since = country_words.joined(area)
    return abroad or (profile_words.joined(lang, area, since) if since else profile_words.no_total(lang, area))


def _in_title(lang: Language, area: str, code: str, row: profile.Row) -> str:
    """A key figure with its year; of one that its parts contradict, that they are more."""
    found = standing(area, code)
    values = {
        "figure": profile_words.key_figure(lang, row),
        "indicator": terms.in_sentence(terms.term(lang, "indicator", code)),
        "year": row["year"],
    }
    if found and found.kind == "contradicted":
        return lang.text("{figure} {indicator} ({year}; its parts add up to more)", **values)
    return lang.text("{figure} {indicator} ({year})", **values)


def facts(lang: Language, area: str) -> tuple[Fact, ...]:
    """The key figures: what the state reported; where that is little, what others did and when it joined the Protocol.

    A figure that says nothing, such as a sum of masked ones that may be zero, is left out.
    """
    found = [
        Fact(
            terms.term(lang, "indicator", one.indicator),
            profile_words.key_figure(lang, one.row),
            profile_words.before(lang, one, doubted(area, one.indicator)),
        )
        for one in profile.latest(area)
    ]
    return tuple([*found, *_others(lang, area)][:CARDS])


def _others(lang: Language, area: str) -> Iterator[Fact]:
    """Citizens detected abroad, statements of reports, and the Protocol on Trafficking in Persons."""
    abroad = flows.ends(area, "origin")
    low, high = abroad.rows.select(pl.col("low", "high").sum()).row(0)
    if low:
        label = lang.text("Citizens {of_state} detected abroad", of_state=countries.of(lang, area))
        n = abroad.rows.height
        years = lang.span(abroad.every_year)
        note = lang.plural("in {n} country, {years}", "in {n} countries, {years}", n, years=years)
        yield Fact(label, lang.interval(low, high), note)
    selection = routes_filters.of_state(area, "stated")
    stated = routes_query.cells(selection).height
    if stated:
        label = lang.plural("Statement on routes in reports", "Statements on routes in reports", stated)
        yield Fact(label, lang.number(stated), routes_words.period(lang, selection))
    if since := country_words.joined(area):
        yield Fact(terms.term(lang, "part", treaties_query.TREATIES[0]), str(since), lang.text("year of joining"))


def _disputed(lang: Language, area: str) -> list[str]:
    rows = states_query.in_time(states_query.state(area)).with_columns(area=pl.lit(area))
    return corrections_tables.sentences(lang, rows)


def _victims(lang: Language, area: str) -> Part | None:
    """The victims by sex, age and form; None if the state reported none of them."""
    found = profile.groups(area)
    if not found:
        return None
    title = profile_words.largest_groups(lang, area, found)
    figure = charts.groups(lang, profile_words.blocks(lang, found), profile_words.profile(lang, area, found))
    remarks = tuple(filter(None, [profile_words.no_profile(lang, found, profile.record(area).years)]))
    releases = front_matter.releases(lang, profile.group_rows(area))
    notes = "\n".join([title, figure.alt, *remarks, *releases])
    return Part("victims", title, charts=(figure,), remarks=remarks, releases=releases, notes=notes)


def _flows(lang: Language, area: str) -> Part | None:
    """Victims detected here and citizens detected abroad, on one map; None without either."""
    ends = flows.in_order(area)
    drawn = [position for position, one in ends.items() if one.first]
    if not drawn:
        return None
    selection = routes_filters.of_state(area, "counted")
    arrows = maps.few(routes_query.arrows(selection))
    titles = [profile_words.flows_title(lang, area, ends[name], name) for name in drawn]
    # Of a state without figures it is the title of the summary.
    together = profile_words.together(lang, area, ends["origin"]) if profile.latest(area) else ""
    lead = " ".join(map(words.sentence, titles[1:]))
    cells = routes_query.cells(selection)
    covered = routes_query.coverage(selection.areas, selection.first, selection.last)
    listed, *more = routes_words.remarks(arrows, covered, lang, selection)
    remarks = (
        lang.text("An arrow leads from the country of citizenship to the state that detected the victims."),
        *([together] if together else []),
        *map(words.sentence, filter(None, [routes_words.limited(lang, arrows), listed])),
        *maps.disputed(lang, arrows.shown),
    )
    picture = maps.of_routes(lang, selection, arrows)
    table = maps.largest(lang, arrows, lang.text("Victims"))
    releases = front_matter.releases(lang, cells)
    notes = "\n".join([*titles, picture.alt, *remarks, *more, *words.lines(lang, table), *releases])
    return Part("map", titles[0], lead, (), picture, (), (table,), (), remarks, releases, notes)


def _time(lang: Language, area: str) -> Part | None:
    """Victims and the response to them by year; None if no indicator has two years and a figure above zero."""
    frames = _alike({code: states_query.state(area)[code] for code in profile.KEY})
    shown = {
        code: chart
        for code, frame in frames.items()
        if frame.filter(pl.col("status").is_in(states_query.REPORTED)).height >= LINE
        and (chart := charts.in_time(lang, frame, terms.term(lang, "indicator", code)))
    }
    if not any(max(filter(None, frames[code]["high"]), default=0) for code in shown):
        return None
    latest = {one.indicator: one for one in profile.latest(area) if one.indicator in shown}
    # One message: how the response ends, else how it begins.
    code = next((one for one in ("persons_convicted", "persons_prosecuted") if one in latest), next(iter(latest)))
    words_of = certainty_words.standing(lang, standing(area, code))
    title = words.heading(lang.labeled(terms.term(lang, "indicator", code), words_of))
    cells = [frames[code].filter(pl.col("status").is_in(states_query.REPORTED)) for code in shown]
    releases = front_matter.releases(lang, *cells)
    since = [
        lang.labeled(terms.term(lang, "indicator", code), text)
        for code in shown
        if (text := certainty_words.standing(lang, standing(area, code)))
    ]
    where = [_cell(lang, code, latest[code].row) for code in latest]
    notes = "\n".join([title, *(chart.alt for chart in shown.values()), *since, *releases, *where])
    return Part("time", title, charts=tuple(shown.values()), releases=releases, notes=notes)


def _alike(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames over the same years: from the first that the state reported to the last of any state."""
    reported = [frame.filter(pl.col("status").is_in(states_query.REPORTED))["year"] for frame in frames.values()]
    first = min((year for years in reported for year in years), default=0)
    last = max(year for frame in frames.values() for year in frame["year"])
    years = pl.DataFrame({"year": range(first, last + 1)}, {"year": pl.Int16})
    return {
        code: years.join(frame, on="year", how="left", validate="1:1", maintain_order="left").with_columns(
            pl.col("status").fill_null(states_query.NOT_REPORTED)
        )
        for code, frame in frames.items()
    }


def _cell(lang: Language, code: str, row: tables.Row) -> str:
    """The year, source, release and cell of a figure."""
    source, release = terms.term(lang, "source", row["source"]), data_version.release(lang, row["release"])
    named = lang.text("{source}: {release}", source=source, release=release)
    label = f"{terms.term(lang, 'indicator', code)}, {row['year']}"
    return lang.labeled(label, f"{named} · {source_cells.cells(lang, row['locator'])}" if row["locator"] else named)


def _described(lang: Language, area: str) -> Part | None:
    """The routes that reports describe; None without an arrow."""
    selection = routes_filters.of_state(area, "stated")
    arrows = routes_query.arrows(selection)
    title = routes_words.finding(arrows, lang, selection)
    if not title:
        return None
    return described(lang, selection, arrows, title)


def described(lang: Language, selection: routes_query.Filter, arrows: routes_query.Arrows, title: str) -> Part:
    """The part on described routes, of a state, a pair or the region."""
    arrows = maps.few(arrows)
    lead = f"{routes_words.described(lang, routes_words.period(lang, selection))}."
    remarks = (
        lang.text("An arrow counts statements, not victims."),
        *map(words.sentence, filter(None, [routes_words.limited(lang, arrows)])),
        *maps.disputed(lang, arrows.shown),
    )
    picture = maps.of_routes(lang, selection, arrows)
    table = maps.largest(lang, arrows, lang.text("Statements"))
    releases = front_matter.releases(lang, routes_query.cells(selection))
    years = routes_words.years(lang, selection)
    notes = "\n".join([title, picture.alt, *remarks, *years, *words.lines(lang, table), *releases])
    heading, point = words.heading(title), f"{lead} {title}"
    return Part("map", heading, lead, (), picture, (), (table,), (), remarks, releases, notes, point)


def _record(lang: Language, area: str) -> Part:
    """The treaties of a state, its law, and what was found on the declaration."""
    since = country_words.joined(area)
    cells = ledger_query.cells(ledger_query.Filter(actors=(area,)))
    found = f"{ledger_words.heading(lang, cells)}."
    progress = ledger_query.statuses(ledger_query.Filter(actors=(area,)))
    points = profile_words.declaration(lang, cells["grade"].to_list(), progress)
    # Of a state without figures and flows the year of joining is the title of the summary.
    known = profile.latest(area) or _listed(area)
    title = words.heading(profile_words.joined(lang, area, since) if since and known else found)
    remarks = (*states_words.membership(lang, area), *ledger_words.notes(lang))
    table = treaties(lang, area)
    releases = front_matter.releases(lang, treaties_query.act_years(area))
    nothing = ledger_entries.nothing(ledger_query.Filter(actors=(area,)), lang)
    said = [title, found, *points, *filter(None, [nothing]), *words.lines(lang, table), *remarks, *releases]
    label = lang.text("Declaration of Mexico (2018)")
    shown = (lang.labeled(label, terms.in_sentence(points[0])), *points[1:])
    return Part(
        "record",
        title,
        tables=(table,),
        points=shown,
        remarks=remarks,
        releases=releases,
        notes="\n".join(dict.fromkeys(said)),
    )


def treaties(lang: Language, area: str) -> Table:
    """The acts of a state on each treaty, and the law named for it."""
    acts = treaties_query.acts(treaties_query.TREATIES).filter(area=area)
    laws = treaties_query.laws().filter(area=area)
    rows = profile_tables.treaties(lang, acts, laws, treaties_query.closing())
    head = lang.text("Treaty or law"), lang.text("What the state did")
    return Table(head, tuple(rows), lang.text("Treaties and laws"))


def _missing(lang: Language, area: str) -> Part:
    """Which years the state reported, and what it never did."""
    found = profile.record(area)
    alone = profile_words.parts_alone(lang, profile.parts_alone(area))
    # Without a total the opening says so.
    record = profile_words.record(lang, area, found) if found.years else ""
    title, *more = filter(None, [record, *alone, profile_words.alike(lang, found), profile_words.no_total(lang, area)])
    title = words.heading(title)
    here = flows.ends(area, "destination").first
    abroad = flows.ends(area, "origin").first
    points = [
        *(one for one in more if one != profile_words.no_total(lang, area)),
        "" if here else profile_words.no_flows(lang, area, "destination"),
        "" if abroad else profile_words.no_flows(lang, area, "origin"),
        "" if profile.groups(area) else profile_words.no_profile(lang, (), found.years),
        "" if profile.latest(area) else profile_words.no_response(lang, area),
        lang.text("A gap is not a zero: no figure was published. It does not mean that there were no victims."),
    ]
    table = words.filled(gaps(lang, area))
    releases = front_matter.releases(lang, states_query.state_rows(area))
    said = tuple(filter(None, points))
    notes = "\n".join([title, *said, *words.lines(lang, table), *releases])
    point = "" if found.years else profile_words.no_total(lang, area)
    return Part("record", title, tables=(table,), points=said, releases=releases, notes=notes, point=point)


def gaps(lang: Language, area: str) -> Table:
    """By indicator the years that a state reported, those it masked, and those without a usable figure."""
    return words.from_screen(states_tables.gaps_sheet(area, NEWEST, lang), lang.text("Years reported"))


def page(lang: Language, area: str) -> Part:
    """The summary for one page to print: with its map, or with the groups of its victims where there is no map."""
    bars, mapped = _victims(lang, area), _flows(lang, area) or _described(lang, area)
    shown = [*filter(None, [bars, _flows(lang, area), _described(lang, area)])]
    whole = summary(lang, area, [*shown, _record(lang, area), _missing(lang, area)])
    whole = replace(whole, remarks=(*whole.remarks, disclaimer.independent(lang)))
    if mapped:
        return replace(whole, picture=mapped.picture)
    return replace(whole, charts=bars.charts) if bars else whole
