"""The key figures: sums for the region, the latest figures of a state; each with its coverage and sources."""

from collections.abc import Mapping

import polars as pl

from dashboard.briefing import front_matter, words
from dashboard.briefing.content import Fact, Part, Table
from dashboard.shell import choices
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.words import data_version, tables, terms
from data.i18n import Language

RATE = states_query.measured(states_query.COUNTS[0], "rate")


def of_region(lang: Language) -> Part:
    """Each count for the region in its best covered year, summed over the states that report."""
    years = {code: choices.default_year(code) for code in states_query.COUNTS}
    facts = (*(_summed(lang, code, year) for code, year in years.items()), _listed(lang))
    lead = lang.text(
        "Sums of the states that report, each for the latest year that most of them cover. A state that does not "
        "report is not in the sum; it is not a zero."
    )
    sums = [
        states_words.region(states_query.region(code, year), lang, code, "count", year) for code, year in years.items()
    ]
    summed = [states_query.region(code, year) for code, year in years.items()]
    first, last = choices.flow_years()
    releases = front_matter.releases(lang, *summed, routes_query.cells(routes_query.Filter(first=first, last=last)))
    notes = [lead, *sums, *words.spoken(lang, facts[-1:]), *releases]
    return Part("key", lang.text("Key figures"), lead, facts, remarks=releases, notes="\n".join(notes))


def _summed(lang: Language, code: str, year: int) -> Fact:
    total = states_query.total(states_query.region(code, year))
    share = lang.plural(
        "{n} of {states} reported", "{n} of {states} reported", total.reported, states=states_words.STATES
    )
    note = f"{year} · {share}"
    if total.masked:
        hidden = lang.interval(total.masked_low, total.masked_high)
        masked = lang.plural("{n} figure “<5”: {masked}", "{n} figures “<5”: {masked}", total.masked, masked=hidden)
        note = f"{note} · {masked}"
    figure = (
        lang.interval(total.low, total.high)
        if total.reported
        else terms.term(lang, "status", states_query.NOT_REPORTED)
    )
    return Fact(terms.term(lang, "indicator", code), figure, note)


def _listed(lang: Language) -> Fact:
    """How many of the detected victims have a listed citizenship."""
    first, last = choices.flow_years()
    known = routes_query.coverage((), first, last).filter(pl.col("total_low").is_not_null())
    sums = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    years = known.select(first=pl.col("year").min(), last=pl.col("year").max()).row(0)
    note = lang.text(
        "of {total} detected victims, {years}", total=lang.interval(sums[2], sums[3]), years=f"{years[0]}–{years[1]}"
    )
    return Fact(lang.text("Victims whose citizenship UNODC lists"), lang.interval(sums[0], sums[1]), note)


def of_state(lang: Language, area: str) -> Part:
    """The latest figure of each indicator, or that there is none; with its source cells."""
    frames = frames_of(area)
    facts = latest(lang, area, tuple(frames))
    lead = states_words.state({code: frames[code] for code in states_query.COUNTS}, lang, area)
    newest = {code: row for code, frame in frames.items() if (row := _latest(frame))}
    small = RATE in newest and area in states_query.tiny(
        states_query.region(RATE, newest[RATE]["year"]), states_query.small()
    )
    rows = states_query.in_time(frames).with_columns(area=pl.lit(area))
    remarks = [
        *front_matter.releases(lang, *shown(area, tuple(frames))),
        *states_words.tiny([area] if small else [], lang),
        *corrections_tables.sentences(lang, rows),
    ]
    annex = (_cells(lang, newest),) if newest else ()
    where = [line for table in annex for line in (table.alt, *words.lines(lang, table))]
    notes = "\n".join([lead, *words.spoken(lang, facts), *remarks, *where])
    return Part("key", lang.text("Key figures"), lead, facts, annex=annex, remarks=tuple(remarks), notes=notes)


def _cells(lang: Language, newest: Mapping[str, tables.Row]) -> Table:
    """The year and the source cell of each indicator's latest figure."""
    columns: tables.Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["code"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Source cell"): lambda row: _cell(lang, row),
    }
    rows = ({"code": code, **row} for code, row in newest.items())
    return words.table(tables.written(rows, columns), lang.text("Source of each figure"))


def latest(lang: Language, area: str, codes: tuple[str, ...]) -> tuple[Fact, ...]:
    """The latest figures of a state, or that there are none."""
    frames = frames_of(area)
    return tuple(_fact(lang, code, frames[code], _latest(frames[code])) for code in codes)


def frames_of(area: str) -> dict[str, pl.DataFrame]:
    """A state's figures by year: the counts, with the rate of detected victims after its count."""
    counts = states_query.state(area)
    first = states_query.COUNTS[0]
    rate = states_query.series(area, RATE)
    return {first: counts[first], RATE: rate, **{code: counts[code] for code in states_query.COUNTS[1:]}}


def shown(area: str, codes: tuple[str, ...]) -> list[pl.DataFrame]:
    """The rows of the facts in `latest`, one frame for each indicator; an empty one if there is no figure."""
    frames = frames_of(area)
    return [_reported(frames[code]).tail(1) for code in codes]


def _latest(frame: pl.DataFrame) -> tables.Row | None:
    reported = _reported(frame)
    return reported.row(-1, named=True) if reported.height else None


def _reported(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("status").is_in(states_query.REPORTED))


def _fact(lang: Language, code: str, frame: pl.DataFrame, row: tables.Row | None) -> Fact:
    """The latest figure with its year, whether it is masked or a true zero, and the number of years reported."""
    label, span = terms.term(lang, "indicator", code), f"{frame['year'][0]}–{frame['year'][-1]}"
    if row is None:
        note = lang.text("no figure in any year of {years}; this is not a zero", years=span)
        return Fact(label, terms.term(lang, "status", states_query.NOT_REPORTED), note)
    n = frame.filter(pl.col("status").is_in(states_query.REPORTED)).height
    reported = lang.plural("{n} year reported of {years}", "{n} years reported of {years}", n, years=span)
    meaning = "zero" if row["high"] == 0 else str(row["status"])
    state = [] if meaning == "exact" else [terms.in_sentence(terms.term(lang, "status", meaning))]
    digits = tables.DIGITS.get(str(row["unit"]), 0)
    figure = terms.figure(lang, row["low"], row["high"], str(row["status"]), digits)
    return Fact(label, figure, " · ".join([str(row["year"]), *state, reported]))


def _cell(lang: Language, row: tables.Row) -> str:
    """Source, release and cell of a figure; a derived one has no cell."""
    source, release = terms.term(lang, "source", row["source"]), data_version.release(lang, row["release"])
    named = lang.text("{source}: {release}", source=source, release=release)
    return f"{named} · {row['locator']}" if row["locator"] else named
