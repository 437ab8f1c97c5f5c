"""The parts of a briefing on the region: the findings of Home, of maps, and on treaties and the declaration."""

from dataclasses import replace

import polars as pl

from dashboard.briefing import charts, front_matter, maps, state, words
from dashboard.briefing.content import Fact, Part, Table
from dashboard.charts.state_map import NAMED
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.home import query as home_query
from dashboard.subjects.home import words as home_words
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.words import disclaimer, served, tables, terms
from data.i18n import Language


def parts(lang: Language) -> tuple[Part, ...]:
    """All parts but the sources; the summary is the second."""
    shown = _shown(lang)
    return (front_matter.opening(lang, opening(lang)), summary(lang, shown), *shown)


def opening(lang: Language) -> str:
    """The sentence of Home."""
    return words.heading(home_words.headline(lang, home_query.overview()))


def _shown(lang: Language) -> tuple[Part, ...]:
    found = home_query.overview()
    first = () if found is None else (_victims(lang, found), _time(lang, found))
    return tuple(filter(None, (*first, _flows(lang), _described(lang), _record(lang), _missing(lang))))


def summary(lang: Language, shown: tuple[Part, ...]) -> Part:
    """The key figures of the region, and the findings of the parts that follow."""
    found = home_query.overview()
    each = [
        lang.text("{indicator} {figure} ({year})", indicator=name, figure=lang.interval(*one.total), year=one.year)
        for code in (home_query.VICTIMS, home_query.CONVICTED)
        if (one := home_query.overview(code))
        for name in [terms.in_sentence(terms.term(lang, "indicator", code))]
    ]
    title = lang.labeled(lang.text("The Americas"), lang.joined(each)) if found else opening(lang)
    remarks = [
        front_matter.detected(lang),
        lang.text("A state that does not report is not in a sum; it is not a zero."),
        states_words.reading(lang),
        *states_words.unit_of_count(lang, states_query.COUNTS),
    ]
    largest = home_query.largest_flow(*routes_filters.years())
    key = home_words.key_figures(lang, found, home_query.overview(home_query.CONVICTED), largest)
    facts = tuple(Fact(*each) for each in key.values())
    # The first map is that of the counted flows.
    in_cards = [part for part in shown if part.kind == "map"][: 1 if largest else 0]
    return front_matter.summary(lang, title, facts, shown, remarks, in_cards)


def _victims(lang: Language, found: home_query.Overview) -> Part | None:
    """The victims by sex, age and form, with and without the largest reporter."""
    breakdowns = home_query.breakdowns()
    if not breakdowns:
        return None
    said = home_words.who(lang, breakdowns, found.largest)
    title, _, rest = said.partition(". ")
    remarks = tuple(home_words.groups_remarks(lang, breakdowns))
    alt = f"{home_words.victims_title(lang, found.year)}. {home_words.groups(lang, breakdowns)}"
    figure = charts.groups(lang, home_words.blocks(lang, breakdowns), alt)
    releases = front_matter.releases(lang, home_query.group_cells())
    notes = "\n".join([said, alt, *remarks, *releases])
    return Part(
        "victims", words.heading(title), rest, charts=(figure,), remarks=remarks, releases=releases, notes=notes
    )


def _time(lang: Language, found: home_query.Overview) -> Part:
    """Whether it changes: of the states that reported every year, and all sums by year."""
    victims, convicted = home_query.panel(), home_query.panel(home_query.CONVICTED)
    title, *more = home_words.changing(lang, victims, found.largest)
    said = [*more, *home_words.convicted(lang, convicted)]
    whose = f"{home_words.change_title(lang, found)} ({terms.in_sentence(home_words.bars_title(lang))})"
    shown = [charts.sums(lang, home_query.by_year(), whose, found.largest)]
    if convicted and convicted.enough:
        shown.append(charts.panel(lang, convicted, home_query.CONVICTED))
    remarks = (*said, *(f"{one}." for one in home_words.undrawn(lang, home_query.later())))
    releases = front_matter.releases(lang, home_query.cells())
    notes = "\n".join([title, *(chart.alt for chart in shown), *remarks, home_words.rule(lang), *releases])
    return Part("time", words.heading(title), charts=tuple(shown), remarks=remarks, releases=releases, notes=notes)


def _selection(evidence: routes_query.Evidence) -> routes_query.Filter:
    first, last = routes_filters.years()
    return routes_query.Filter(evidence, first=first, last=last)


def _flows(lang: Language) -> Part | None:
    """The largest counted flows between states."""
    selection = _selection("counted")
    arrows = maps.few(routes_query.arrows(selection))
    title = routes_words.finding(arrows, lang, selection)
    if not title:
        return None
    covered = routes_query.coverage(selection.areas, selection.first, selection.last)
    listed, *more = routes_words.remarks(arrows, covered, lang, selection)
    remarks = (
        lang.text("An arrow leads from the country of citizenship to the state that detected the victims."),
        *map(words.sentence, filter(None, [routes_words.limited(lang, arrows)])),
        listed,
        *maps.disputed(lang, arrows.shown),
    )
    picture, table = maps.of_routes(lang, selection, arrows), maps.largest(lang, arrows, lang.text("Victims"))
    releases = front_matter.releases(lang, routes_query.cells(selection))
    notes = "\n".join([title, picture.alt, *remarks, *more, *words.lines(lang, table), *releases])
    return Part("map", words.heading(title), "", (), picture, (), (table,), (), remarks, releases, notes)


def _described(lang: Language) -> Part | None:
    """The routes that reports describe most often."""
    selection = _selection("stated")
    arrows = routes_query.arrows(selection)
    title = routes_words.finding(arrows, lang, selection)
    return state.described(lang, selection, arrows, title) if title else None


def _record(lang: Language) -> Part:
    """How many states are parties to the treaties, and what was found on the declaration."""
    closing, year = treaties_query.closing(), treaties_filters.years()[1]
    standings = {treaty: treaties_query.standings(treaty, year) for treaty in treaties_query.TREATIES}
    each = [treaties_words.on_map_heading(lang, treaty, rows, year, closing) for treaty, rows in standings.items()]
    head = lang.text("Treaty"), lang.text("States that are parties")
    n = lang.number(states_words.STATES)
    rows = tuple(
        (
            terms.term(lang, "part", treaty),
            lang.text("{n} of {all}", n=lang.number(rows.filter(standing="party").height), all=n),
        )
        for treaty, rows in standings.items()
    )
    table = Table(head, rows, lang.text("Treaties and laws"))
    cells = ledger_query.cells(ledger_query.Filter())
    points = (f"{ledger_words.heading(lang, cells)}.", ledger_words.in_matrix(lang, cells))
    remarks = (*ledger_entries.state_remarks(lang).values(), *ledger_words.notes(lang))
    acts = pl.concat([treaties_query.act_years(area) for area in states_query.members()])
    releases = front_matter.releases(lang, acts)
    notes = "\n".join([*each, *points, *remarks, *releases])
    return Part("record", each[0], tables=(table,), points=points, remarks=remarks, releases=releases, notes=notes)


def _missing(lang: Language) -> Part:
    """The map of the latest well-reported year, beside the states that never reported each indicator."""
    year = states_filters.default_year(maps.VICTIMS)
    rows = states_query.region(maps.VICTIMS, year)
    never = coverage_query.states(maps.VICTIMS).filter(pl.col("years") == 0)["area"]
    title = lang.plural(
        "{n} of {all} states has no usable figure on detected victims in any year",
        "{n} of {all} states have no usable figure on detected victims in any year",
        never.len(),
        all=states_words.STATES,
    )
    label = lang.text("States without a usable figure in any year")
    named = lang.labeled(label, lang.listing(map(lang.country, lang.sorted_countries(never))) or tables.NONE)
    lead = f"{named}. {words.sentence(states_words.finding(lang, rows, maps.VICTIMS, 'count', year))}"
    head = lang.text("Indicator"), lang.text("States that ever reported")
    every = tuple((terms.term(lang, "indicator", code), _ever(lang, code)) for code in states_query.COUNTS)
    table = Table(head, every, lang.text("States that reported each indicator, and states that never did"))
    remarks = (
        lang.text("A gap is not a zero: no figure was published. It does not mean that there were no victims."),
        lang.text("Only the {n} largest figures have a label.", n=lang.number(NAMED)),
        *maps.disputed(lang, rows, maps.VICTIMS),
    )
    picture = maps.region(lang, year)
    reported = coverage_words.on_map(lang, coverage_query.states(maps.VICTIMS))
    cells = words.lines(lang, maps.every(lang, year))
    releases = served.lines(lang, served.served(rows))
    notes = "\n".join([title, picture.alt, lead, reported, *words.lines(lang, table), *remarks, *cells])
    return Part("map", title, lead, (), picture, (), (table,), (), remarks, tuple(releases), notes)


def _ever(lang: Language, code: str) -> str:
    rows = coverage_query.states(code)
    n = rows.filter(pl.col("years") > 0).height
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(rows.height))


def page(lang: Language) -> Part:
    """The summary for one page to print: with the sums by year, and the groups of victims."""
    shown = _shown(lang)
    by_kind = {part.kind: part.charts[:1] for part in shown}
    whole = summary(lang, shown)
    whole = replace(whole, remarks=(*whole.remarks, disclaimer.independent(lang)))
    return replace(whole, charts=(*by_kind.get("time", ()), *by_kind.get("victims", ())))
