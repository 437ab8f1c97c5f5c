"""The briefing of the region: the findings of Home, of maps, and on treaties and the declaration."""

from dataclasses import replace

import polars as pl

from dashboard.charts.medium import SLIDE
from dashboard.charts.state_map import NAMED
from dashboard.subjects import blocks, briefings
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.home import page_figures, query, words
from dashboard.subjects.home.key_figures import key_figures
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.routes import briefing as routes_briefing
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import page_figures as states_figures
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import Link, Paper, Part
from dashboard.words import disclaimer, locators, served, tables, terms
from data import manifest
from data.i18n import Language

# The figures of the region have no filters.
NOTHING = Values(())


def _view(lang: Language, _values: Values) -> Link:
    return Link("region", lang.text("Trafficking in persons in the Americas"))


def _parts(lang: Language, _values: Values) -> tuple[Part, ...]:
    shown = _shown(lang)
    return (briefings.opening(lang, _headline(lang)), _summary(lang, shown), *shown)


def _headline(lang: Language) -> str:
    """The sentence of Home."""
    return briefings.heading(words.headline(lang, query.overview()))


def _shown(lang: Language) -> tuple[Part, ...]:
    found = query.overview()
    first = () if found is None else (_victims(lang, found), _time(lang, found))
    return tuple(filter(None, (*first, _flows(lang), _described(lang), _record(lang), _missing(lang))))


def _summary(lang: Language, shown: tuple[Part, ...]) -> Part:
    """The key figures of the region, and the findings of the parts that follow."""
    found = query.overview()
    each = [
        lang.text("{indicator} {figure} ({year})", indicator=name, figure=lang.interval(*one.total), year=one.year)
        for code in (query.VICTIMS, query.CONVICTED)
        if (one := query.overview(code))
        for name in [terms.in_sentence(terms.term(lang, "indicator", code))]
    ]
    title = lang.labeled(lang.text("The Americas"), lang.joined(each)) if found else _headline(lang)
    remarks = [
        briefings.detected(lang),
        lang.text("A state that does not report is not in a sum; it is not a zero."),
        states_words.reading(lang),
        *states_words.unit_of_count(lang, manifest.counts()),
    ]
    largest = query.largest_flow(*routes_filters.years())
    # The first map is that of the counted flows.
    in_cards = [part for part in shown if part.kind == "map"][: 1 if largest else 0]
    return briefings.summary(title, key_figures(lang), shown, remarks, in_cards)


def _victims(lang: Language, found: query.Overview) -> Part | None:
    """The victims by sex, age and form, with and without the largest reporter."""
    breakdowns = query.breakdowns()
    if not breakdowns:
        return None
    said = words.who(lang, breakdowns, found.largest)
    title, _, rest = said.partition(". ")
    return Part(
        kind="victims",
        title=briefings.heading(title),
        lead=rest,
        figures=(blocks.graphic(page_figures.VICTIMS, NOTHING, "victims"),),
        remarks=words.groups_remarks(lang, breakdowns),
        releases=briefings.releases(lang, query.group_cells()),
    )


def _time(lang: Language, found: query.Overview) -> Part:
    """Whether it changes: of the states that reported every year, and all sums by year."""
    victims, convicted = query.panel(), query.panel(query.CONVICTED)
    title, *more = words.changing(lang, victims, found.largest)
    said = [*more, *words.convicted(lang, convicted)]
    responses = [page_figures.CONVICTIONS] if convicted and convicted.enough else []
    shown = [page_figures.CHANGE, *responses]
    remarks = (*said, *(f"{one}." for one in words.undrawn(lang, query.later())))
    return Part(
        kind="time",
        title=briefings.heading(title),
        figures=[blocks.graphic(one, NOTHING, one.name) for one in shown],
        remarks=remarks,
        releases=briefings.releases(lang, query.cells()),
        said=(words.rule(lang),),
    )


def _selection(evidence: routes_query.EvidenceKind) -> routes_query.FlowFilter:
    first, last = routes_filters.years()
    return routes_query.FlowFilter(evidence, first=first, last=last)


def _flows(lang: Language) -> Part | None:
    """The largest counted flows between states."""
    selection = _selection("counted")
    title = routes_words.finding(routes_query.arrows(selection), lang, selection)
    return routes_briefing.counted(lang, selection, [title]) if title else None


def _described(lang: Language) -> Part | None:
    """The routes that reports describe most often."""
    selection = _selection("stated")
    arrows = routes_query.arrows(selection)
    title = routes_words.finding(arrows, lang, selection)
    return routes_briefing.described(lang, selection, arrows, title) if title else None


def _record(lang: Language) -> Part:
    """How many states are parties to the treaties, and what was found on the declaration."""
    years = {treaty: treaties_query.years(treaty)[1] for treaty in treaties_query.shown()}
    standings = {treaty: treaties_query.standings(treaty, year) for treaty, year in years.items()}
    closings = treaties_query.closings()
    each = [
        treaties_words.on_map_heading(lang, treaty, rows, years[treaty], closings[treaty])
        for treaty, rows in standings.items()
    ]
    head = lang.text("Treaty"), lang.text("States that are parties")
    n = lang.number(states_words.STATES)
    rows = tuple(
        (
            terms.term(lang, "part", treaty),
            lang.text("{n} of {all}", n=lang.number(rows.filter(standing="party").height), all=n),
        )
        for treaty, rows in standings.items()
    )
    table = briefings.table(lang.text("Treaties and laws"), head, rows)
    cells = ledger_query.cells(ledger_query.EntryFilter())
    points = (f"{ledger_words.heading(lang, cells)}.", ledger_words.in_matrix(lang, cells))
    remarks = (*ledger_entries.state_remarks(lang).values(), *ledger_words.notes(lang))
    acts = pl.concat([treaties_query.act_years(area) for area in states_query.members()])
    return Part(
        kind="record",
        title=each[0],
        tables=(table,),
        points=points,
        remarks=remarks,
        releases=briefings.releases(lang, acts),
        said=each[1:],
    )


def _missing(lang: Language) -> Part:
    """The map of the latest well-reported year, beside the states that never reported each indicator."""
    year = states_filters.YEAR.default
    rows = states_query.region(VICTIMS, year)
    never = coverage_query.states(VICTIMS).filter(pl.col("years") == 0)["area"]
    title = lang.plural(
        "{n} of {all} states has no usable figure on detected victims in any year",
        "{n} of {all} states have no usable figure on detected victims in any year",
        never.len(),
        all=states_words.STATES,
    )
    label = lang.text("States without a usable figure in any year")
    named = lang.labeled(label, lang.listing(map(lang.country, lang.sorted_countries(never))) or tables.NONE)
    lead = f"{named}. {briefings.sentence(states_words.finding(lang, rows, VICTIMS, 'count', year))}"
    head = lang.text("Indicator"), lang.text("States that ever reported")
    counted = [code for code in manifest.counts() if code in coverage_query.indicators()]
    every = tuple((terms.term(lang, "indicator", code), _ever(lang, code)) for code in counted)
    title_of = lang.text("States that reported each indicator, and states that never did")
    table = briefings.table(title_of, head, every)
    shown = Values.of(dict(states_figures.MAP.usual.given) | {states_filters.MEASURE.name: "count"})
    drawn = states_figures.MAP.draw(shown, lang, SLIDE)
    remarks = (
        lang.text("A gap is not a zero: no figure was published. It does not mean that there were no victims."),
        # Translators: no figure without a label is larger.
        lang.text("Only the {n} largest figures have a label.", n=lang.number(NAMED)),
        *routes_briefing.disputed(lang, rows, VICTIMS),
    )
    return Part(
        kind="map",
        title=title,
        lead=lead,
        map=drawn._replace(description=drawn.alt),
        tables=(table,),
        remarks=remarks,
        releases=served.lines(lang, served.served(rows)),
        said=(coverage_words.on_map(lang, coverage_query.states(VICTIMS)), *_every(lang, year)),
    )


def _ever(lang: Language, code: str) -> str:
    rows = coverage_query.states(code)
    n = rows.filter(pl.col("years") > 0).height
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(rows.height))


def _every(lang: Language, year: int) -> list[str]:
    """The count and the source cell of each state in a year, in alphabetical order."""
    rows = {row["area"]: row for row in states_query.region(VICTIMS, year).iter_rows(named=True)}
    figures = {area: terms.figure(lang, row["low"], row["high"], row["status"], 0) for area, row in rows.items()}
    cells = {area: locators.cells(lang, row["locator"]) for area, row in rows.items()}
    every = lang.sorted_countries(rows)
    return [lang.labeled(lang.country(area), f"{figures[area]} · {cells[area]}") for area in every]


def _single(lang: Language, _values: Values) -> Part:
    """The summary for one page to print: with the sums by year, and the groups of victims."""
    shown = _shown(lang)
    by_kind = {part.kind: part.figures[:1] for part in shown}
    whole = _summary(lang, shown)
    whole = replace(whole, remarks=(*whole.remarks, disclaimer.independent(lang)))
    return replace(whole, figures=(*by_kind.get("time", ()), *by_kind.get("victims", ())))


REGION_PAPER = Paper(view=_view, parts=_parts, single=_single)
