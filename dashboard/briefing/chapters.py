"""The chapters of a briefing with tables: two states side by side, the declaration, what is not reported.

The two directions between states are shown apart, nothing is inferred, and what is not listed is never shown as zero.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dashboard.briefing import charts, flows, front_matter, key, maps, words
from dashboard.briefing.content import Fact, Part, Table
from dashboard.editions import NEWEST
from dashboard.shell import choices
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import tables, terms
from data.counting_units import counting_units
from data.i18n import Language


def pair_of(one: str, other: str) -> Pair:
    """The two states, as the queries expect them."""
    return Pair(states_query.COUNTS[0], one, other)


def ways(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both directions."""
    return (pair.one, pair.other), (pair.other, pair.one)


def pair_figures(lang: Language, pair: Pair) -> Part:
    """The flows between two states, each way and kind by itself; and the latest figures of both, side by side."""
    lead = lang.text("Each direction is shown separately. What is not listed or described is unknown, not zero.")
    facts = (
        *(_counted(lang, pair, *way) for way in ways(pair)),
        *(_stated(lang, pair, *way) for way in ways(pair)),
    )
    releases = front_matter.releases(
        lang,
        pair_query.between(pair.one, pair.other),
        *(frame for area in pair.states for frame in key.shown(area, states_query.COUNTS)),
    )
    compared = compare_words.of_pair(lang, pair, NEWEST)
    limits = compare_words.under_chart(lang, compare_query.rows(pair, NEWEST), pair)
    remarks = (*releases, _treaties(lang, pair), *compared, *limits)
    notes = "\n".join([lead, *words.spoken(lang, facts), *remarks])
    return Part(
        "key", lang.text("Key figures"), lead, facts, tables=(_beside(lang, pair),), remarks=remarks, notes=notes
    )


def pair_map(lang: Language, pair: Pair, year: int, size: maps.Size) -> tuple[Part, ...]:
    """The map of the rates of a year; none if the two states are known to count different things in it."""
    apart = compare_query.differing(counting_units(), pair, states_query.region(maps.VICTIMS, year))
    known = set(apart.filter(pl.col("year") == year)["area"]) & set(pair.states)
    return () if known else (maps.region(lang, year, size, pair.states),)


def _beside(lang: Language, pair: Pair) -> Table:
    """The latest counts of both states; no rates, as their years may differ."""
    one, other = (key.latest(lang, area, states_query.COUNTS) for area in pair.states)
    head = (lang.text("Indicator"), *map(lang.country, pair.states))
    rows = tuple(
        (mine.label, f"{mine.figure} ({mine.note})", f"{theirs.figure} ({theirs.note})")
        for mine, theirs in zip(one, other, strict=True)
    )
    return Table(head, rows, lang.text("The latest figures of both states"))


def _counted(lang: Language, pair: Pair, start: str, end: str) -> Fact:
    """The sum of the victims counted one way, or that the pair is not listed."""
    label = lang.text("Citizens of {start} detected in {end}", start=lang.country(start), end=lang.country(end))
    every = _rows(pair, "counted", start)
    rows = every.filter(pl.col("status").is_in(pair_query.REPORTED))
    lists, lacking = pair_query.lists(end), pair_words.questioned(lang, every)
    if rows.is_empty() and lacking:
        return Fact(label, tables.NONE, lacking)
    if rows.is_empty():
        note = (
            lang.text("{state} published citizenships for {years}", state=lang.country(end), years=tables.runs(lists))
            if lists
            else lang.text("{state} published no citizenships for any year", state=lang.country(end))
        )
        return Fact(label, lang.text("Not listed"), note)
    years = lang.labelled(lang.text("persons, sum of the years"), tables.runs(rows["year"].unique()))
    return Fact(label, lang.interval(*pair_query.total(rows)), " · ".join(filter(None, [years, lacking])))


def _stated(lang: Language, pair: Pair, start: str, end: str) -> Fact:
    label = lang.text("Described routes from {start} to {end}", start=lang.country(start), end=lang.country(end))
    rows = _rows(pair, "stated", start)
    if rows.is_empty():
        return Fact(label, lang.text("No statement"), lang.text("in the reports of these years"))
    years = tables.runs(rows["year"].unique())
    note = lang.labelled(lang.text("statements in reports, not victims"), years)
    return Fact(label, lang.number(rows.height), note)


def _of_kind(pair: Pair, evidence: str) -> pl.DataFrame:
    return pair_query.between(pair.one, pair.other).filter(pl.col("evidence") == evidence)


def _rows(pair: Pair, evidence: str, start: str) -> pl.DataFrame:
    return _of_kind(pair, evidence).filter(pl.col("start") == start)


def _treaties(lang: Language, pair: Pair) -> str:
    return pair_words.treaties(
        lang, pair_query.in_force(pair_query.treaties(pair.states)), lang.date(treaties_query.closing())
    )


def pair_routes(lang: Language, pair: Pair, size: maps.Size) -> tuple[Part, ...]:
    """The routes between the two: counted with its chart, then stated."""
    return tuple(_pair_routes(lang, pair, evidence, size) for evidence in choices.EVIDENCE.options)


def _pair_routes(lang: Language, pair: Pair, evidence: str, size: maps.Size) -> Part:
    filtered = _filter(pair, evidence)
    arrows = _only(routes_query.arrows(filtered), pair)
    picture = maps.of_routes(lang, filtered, arrows, _of_kind(pair, evidence), size)
    if arrows.every.is_empty():
        picture = replace(picture, alt=flows.nothing(lang))
    sentences = _sentences(lang, pair, evidence)
    title = f"{terms.term(lang, 'evidence', evidence)} · {pair_words.heading(lang, pair.one, pair.other)}"
    chart = (
        charts.between(lang, pair.one, pair.other, pair_query.yearly(pair.one, pair.other))
        if evidence == "counted"
        else None
    )
    table = _records(lang, pair, evidence, title)
    remarks = (
        *flows.meaning(lang, evidence),
        *front_matter.releases(lang, _of_kind(pair, evidence)),
        *maps.disputed(lang, arrows.shown),
    )
    cells = [f"{row['locator']}" for row in _of_kind(pair, evidence).iter_rows(named=True)]
    where = [lang.text("Source of each figure"), *dict.fromkeys(cells)] if cells else []
    notes = "\n".join([*sentences, *remarks, *where])
    tables_shown = (table,) if table.rows else ()
    lead = " ".join(sentences)
    return Part("routes", title, lead, (), picture, chart, tables_shown, remarks=remarks, notes=notes)


def _records(lang: Language, pair: Pair, evidence: str, alt: str) -> Table:
    """Counted records one by one; statements by route, with their number and the years of the reports."""
    in_words = pair_tables.counted if evidence == "counted" else pair_tables.stated
    table = words.from_screen(tables.sheet(in_words(_of_kind(pair, evidence), lang)), alt)
    if evidence == "counted":
        return words.without(table, [lang.text("Source cell")])
    years: dict[str, list[int]] = {}
    for route, year, *_ in table.rows:
        years.setdefault(route, []).append(int(year))
    head = (lang.text("Described route"), lang.text("Statements"), lang.text("Report of"))
    rows = ((route, lang.number(len(reports)), tables.runs(set(reports))) for route, reports in years.items())
    return Table(head, tuple(rows), alt)


def _filter(pair: Pair, evidence: str) -> routes_query.Filter:
    first, last = choices.flow_years()
    kind: routes_query.Evidence = "counted" if evidence == "counted" else "stated"
    return routes_query.Filter(kind, pair.states, first=first, last=last)


def _only(found: routes_query.Arrows, pair: Pair) -> routes_query.Arrows:
    """The arrows between the two states, at most one each way."""
    ends = pl.col("origin").is_in(pair.states) & pl.col("destination").is_in(pair.states)
    between = found.every.filter(ends & (pl.col("origin") != pl.col("destination")))
    return routes_query.Arrows(between, between)


def _sentences(lang: Language, pair: Pair, evidence: str) -> Sequence[str]:
    """One sentence for each direction."""
    if evidence == "stated":
        return [pair_words.stated(lang, _rows(pair, evidence, start), start, end) for start, end in ways(pair)]
    return [
        pair_words.counted(lang, _rows(pair, evidence, start), pair_query.lists(end), start, end)
        for start, end in ways(pair)
    ]


def ledger_of_region(lang: Language) -> Part:
    """All paragraphs, with the numbers of states by the strongest source found; the lead says what was found."""
    cells = ledger_query.cells(ledger_query.Filter())
    whole = words.from_screen(ledger_entries.paragraphs_table(lang), lang.text("Paragraph by paragraph, all states"))
    table = words.without(whole, [lang.text("Theme")])
    remarks = (
        *ledger_entries.state_remarks(lang).values(),
        *ledger_words.notes(lang),
        ledger_words.counted_states(lang),
    )
    return _ledger(lang, [ledger_words.lead(lang, cells)], (table,), remarks)


def ledger_of_states(lang: Language, areas: tuple[str, ...]) -> Part:
    """What was found on the paragraphs of one or two states, with remarks on their position on the declaration."""
    leads, shown, remarks = [], [], []
    for area in areas:
        selection = ledger_query.Filter(actors=(area,))
        leads.append(ledger_words.lead(lang, ledger_query.cells(selection)))
        shown.append(words.from_screen(ledger_entries.known(selection, lang), leads[-1]))
        own = [*states_words.membership(lang, area), ledger_entries.nothing(selection, lang)]
        own += ledger_words.coding(lang, ledger_query.found(selection))
        remarks += [lang.labelled(lang.country(area), note) if len(areas) > 1 else note for note in filter(None, own)]
    return _ledger(lang, leads, tuple(shown), (*remarks, *ledger_words.notes(lang)))


def _ledger(lang: Language, leads: Sequence[str], shown: tuple[Table, ...], remarks: tuple[str, ...]) -> Part:
    title, lead = lang.text("The Declaration of Mexico: what we found"), " ".join(leads)
    return Part("ledger", title, lead, tables=shown, remarks=remarks, notes="\n".join([lead, *remarks]))


def gaps_of_region(lang: Language) -> Part:
    """How many states report detected victims in each year; and for each indicator, which states never did."""
    chart = charts.reporting(lang, states_query.COUNTS[0])
    silent = {code: _silent(lang, code) for code in states_query.COUNTS}
    columns: tables.Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["code"]),
        lang.text("Years"): lambda row: "–".join(map(str, coverage_query.span(row["code"]))),
        lang.text("States that ever reported"): lambda row: _ever(lang, row["code"]),
        lang.text("States without a usable figure in any year"): lambda row: silent[row["code"]] or tables.NONE,
    }
    alt = lang.text("States that reported each indicator, and states that never did")
    table = words.table(tables.written(({"code": code} for code in states_query.COUNTS), columns), alt)
    releases = front_matter.releases(lang, *(coverage_query.cells(code) for code in states_query.COUNTS))
    notes = "\n".join([chart.alt, *releases])
    title = lang.text("Missing data")
    return Part("gaps", title, _lead(lang), chart=chart, tables=(table,), remarks=releases, notes=notes)


def _silent(lang: Language, code: str) -> str:
    """The names of the states without a usable figure in any year."""
    rows = coverage_query.states(code)
    never = rows.filter(pl.col("years") == 0)["area"]
    return ", ".join(lang.country(area) for area in lang.sorted_countries(never))


def _ever(lang: Language, code: str) -> str:
    rows = coverage_query.states(code)
    n = rows.filter(pl.col("years") > 0).height
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(rows.height))


def _lead(lang: Language) -> str:
    return lang.text("A gap is not a zero: no figure was published. It does not mean that there were no victims.")


def gaps_of_states(lang: Language, areas: tuple[str, ...]) -> Part:
    """Which years each state reports, masks or leaves out, indicator by indicator."""
    gaps = []
    for area in areas:
        name = lang.text("Years reported")
        table = words.from_screen(states_tables.gaps_sheet(area, NEWEST, lang), lang.labelled(lang.country(area), name))
        head = (lang.labelled(lang.country(area), table.head[0]), *table.head[1:]) if len(areas) > 1 else table.head
        gaps.append(Table(head, table.rows, table.alt))
    title = lang.text("Missing data")
    masked = lang.text("“<5” means 1 to 4, or 0 to 4 in releases that publish no zeros.")
    lead = _lead(lang)
    releases = front_matter.releases(lang, *(states_query.state_rows(area) for area in areas))
    remarks = (*releases, masked)
    return Part("gaps", title, lead, tables=tuple(gaps), remarks=remarks, notes="\n".join([lead, *remarks]))
