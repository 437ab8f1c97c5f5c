"""The briefing of the region: the findings of Home, of maps, and on treaties and the declaration."""

from functools import partial

import polars as pl

from dashboard.charts.figure_words import MARK
from dashboard.charts.medium import SLIDE, Medium
from dashboard.charts.state_map import NAMED
from dashboard.subjects import blocks, briefings
from dashboard.subjects.coverage import page_figures as coverage_figures
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
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.views.page import Link, Paper, Part
from dashboard.words import locators, served, tables, terms
from data import manifest
from data.i18n import Language

# The figures of the region have no filters.
NOTHING = Values(())


def _view(lang: Language, _values: Values) -> Link:
    return Link("region", lang.text("Trafficking in persons in the Americas"))


def _parts(lang: Language, _values: Values) -> tuple[Part, ...]:
    found = query.overview()
    first = () if found is None else (_where(lang, found), _victims(lang, found), _time(lang))
    return (_opening(lang), *filter(None, (*first, _flows(lang), _described(lang), _record(lang), _missing(lang))))


def _opening(lang: Language) -> Part:
    """The sentence of Home, and its key figures."""
    title, lead = words.headlines(lang, query.overview())
    remarks = [
        briefings.detected(lang),
        lang.text("A state that does not report is not in a sum; it is not a zero."),
        states_words.reading(lang),
        *states_words.unit_of_count(lang, manifest.counts()),
    ]
    return briefings.opening(lang, title, lead, key_figures(lang), remarks)


def _victims(lang: Language, found: query.Overview) -> Part | None:
    """The victims by sex, age and form, with and without the largest reporter."""
    breakdowns = query.breakdowns()
    if not breakdowns:
        return None
    said = words.who(lang, breakdowns, found.largest)
    first, _, rest = said.partition(". ")
    title = words.women(lang, breakdowns)
    return Part(
        kind="victims",
        title=title or briefings.heading(first),
        lead=said if title else rest,
        figures=(blocks.graphic(page_figures.VICTIMS, NOTHING, "victims"),),
        remarks=words.groups_remarks(lang, breakdowns),
        releases=briefings.releases(lang, query.group_cells()),
    )


def _time(lang: Language) -> Part:
    """Whether it changes: the victims of the states that reported every year."""
    panel = query.panel()
    lead, *more = words.changing(lang, panel)
    title = words.steady(lang, panel) or lead
    marks = [line for code in (query.VICTIMS, query.CONVICTED) for line in page_figures.doubted(lang, code)]
    remarks = (*more, *words.convicted(lang, query.panel(query.CONVICTED)), *dict.fromkeys(marks))
    return Part(
        kind="time",
        title=briefings.heading(title),
        lead=lead if title != lead else "",
        figures=[blocks.graphic(page_figures.CHANGE, NOTHING, page_figures.CHANGE.name, chart="others")],
        remarks=(*remarks, *(f"{one}." for one in words.undrawn(lang, query.later()))),
        releases=briefings.releases(lang, query.cells()),
        said=(words.rule(lang),),
    )


def _selection(evidence: routes_query.EvidenceKind) -> routes_query.FlowFilter:
    first, last = routes_filters.years()
    return routes_query.FlowFilter(evidence, first=first, last=last)


def _flows(lang: Language) -> Part | None:
    """Whether most victims were detected in their own country; None where that is not certain."""
    selection = _selection("counted")
    arrows = routes_query.arrows(selection)
    title, lead = (
        routes_words.at_home(arrows, lang, states_query.members()),
        routes_words.finding(arrows, lang, selection),
    )
    return routes_briefing.counted(lang, selection, title, lead) if title else None


def _described(lang: Language) -> Part | None:
    """The routes that reports describe most often."""
    selection = _selection("stated")
    arrows = routes_query.arrows(selection)
    found, rest = routes_words.described_most(arrows, lang, selection)
    return routes_briefing.described(
        lang, selection, arrows, found and routes_words.claim(arrows, lang, selection), rest
    )


def _record(lang: Language) -> Part:
    """How many states are parties to the treaties of the first subject, and what was found on the declaration."""
    names = next(iter(treaties_query.subjects().values()))
    years = {treaty: treaties_query.years(treaty)[1] for treaty in names}
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
            lang.text("{n} of {all}", n=lang.number(rows["standing"].is_in(treaties_query.PARTIES).sum()), all=n),
        )
        for treaty, rows in standings.items()
    )
    table = briefings.table(lang.text("Treaties and laws"), head, rows)
    treaty, first = next(iter(standings.items()))
    title = treaties_words.joined_by(lang, treaty, first, closings[treaty])
    every = treaties_words.joined_by_every(lang, first, closings[treaty])
    lead = briefings.sentence(each[0]) if every else treaties_words.on_map(lang, first)
    cells = ledger_query.cells(ledger_query.EntryFilter())
    points = (f"{ledger_words.heading(lang, cells)}.", ledger_words.in_matrix(lang, cells))
    remarks = (*ledger_entries.state_remarks(lang).values(), *ledger_words.notes(lang))
    acts = pl.concat([treaties_query.act_years(area) for area in states_query.members()])
    return Part(
        kind="record",
        title=title,
        lead=lead,
        tables=(table,),
        points=points,
        remarks=remarks,
        releases=briefings.releases(lang, acts),
        said=each,
    )


def _where(lang: Language, found: query.Overview) -> Part:
    """The map of the latest well-reported year."""
    year = found.year
    rows = states_query.region(VICTIMS, year)
    shown = Values.of(
        dict(states_figures.MAP.usual.given) | {states_filters.MEASURE.name: "count", states_filters.YEAR.name: year}
    )
    redrawn = partial(_drawn, states_figures.MAP, shown, lang)
    remarks = (
        # The figures on the map have the mark, so its meaning comes first.
        *_marked(lang, year),
        # Translators: no figure without a label is larger.
        lang.text("Only the {n} largest figures have a label.", n=lang.number(NAMED)),
        *routes_briefing.disputed(lang, rows, VICTIMS),
    )
    drawn = redrawn(SLIDE)
    return Part(
        kind="map",
        title=words.mostly(lang, found) or drawn.title,
        lead=briefings.sentence(states_words.finding(lang, rows, VICTIMS, "count", year)),
        map=drawn,
        redrawn=redrawn,
        remarks=remarks,
        releases=served.lines(lang, served.served(rows)),
        said=_every(lang, year),
    )


def _missing(lang: Language) -> Part:
    """The map of the years with a figure, beside how many states ever reported each indicator."""
    states = coverage_query.states(VICTIMS)
    never = states.filter(pl.col("years") == 0)["area"]
    title = lang.plural(
        "{n} of {all} states has no usable figure on detected victims in any year",
        "{n} of {all} states have no usable figure on detected victims in any year",
        never.len(),
        all=states_words.STATES,
    )
    label = lang.text("States without a usable figure in any year")
    named = lang.labeled(label, lang.listing(map(lang.country, lang.sorted_countries(never))) or tables.NONE)
    head = lang.text("Indicator"), lang.text("States that ever reported")
    counted = [code for code in manifest.counts() if code in coverage_query.indicators()]
    every = tuple((terms.term(lang, "indicator", code), _ever(lang, code)) for code in counted)
    title_of = lang.text("States that reported each indicator, and states that never did")
    table = briefings.table(title_of, head, every)
    redrawn = partial(_drawn, coverage_figures.MAP, coverage_figures.MAP.usual, lang)
    return Part(
        kind="map",
        title=title,
        lead=f"{named}.",
        map=redrawn(SLIDE),
        redrawn=redrawn,
        tables=(table,),
        remarks=(lang.text("A gap is not a zero: there may have been victims."),),
        releases=served.lines(lang, served.served(coverage_query.cells(VICTIMS))),
        said=(coverage_words.on_map(lang, states),),
    )


def _drawn(figure: Figure, shown: Values, lang: Language, medium: Medium) -> Drawn:
    made = figure.draw(shown, lang, medium)
    return made._replace(description=made.alt)


def _marked(lang: Language, year: int) -> list[str]:
    """What the mark on the map means, in few words; the speaker's notes say more of it."""
    areas = states_query.contradicted().filter(indicator=VICTIMS, year=year)["area"].unique()
    label = f"{MARK} {terms.term(lang, 'column', 'contradicted')}"
    return [f"{lang.labeled(label, lang.listing(map(lang.country, lang.sorted_countries(areas))))}."] * bool(
        areas.len()
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


def _single(lang: Language, _values: Values) -> tuple[Part, ...]:
    """One page to print: with the sums by year."""
    first, *every = _parts(lang, _values)
    drawn = [part for part in every if part.kind == "time"]
    return briefings.page(first, drawn, [part for part in every if part not in drawn])


REGION_PAPER = Paper(view=_view, parts=_parts, single=_single)
