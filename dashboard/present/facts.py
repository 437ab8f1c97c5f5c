"""The two or three key figures of a scene, from the queries of its page: each with its interval, its n and its year."""

from collections.abc import Callable, Mapping

import polars as pl

from dashboard import choices, terms
from dashboard.plates import asked
from dashboard.present.fact import Fact, share
from dashboard.present.ledger_facts import of_ledger
from dashboard.query import coverage, observed, routes
from data.i18n import Language

OF_STATE = ("detected_victims", "persons_prosecuted", "persons_convicted")


def facts(lang: Language, page: str, query: Mapping[str, str]) -> list[Fact]:
    """The key figures of a page at an address; a page whose figure says them all has none."""
    return _OF[page](lang, query) if page in _OF else []


def _country(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = asked.defaults("series", query)
    frames = observed.state(held[choices.AREA.name], held[choices.EDITION.name])
    return [_latest(lang, code, frames[code]) for code in OF_STATE]


def _latest(lang: Language, code: str, frame: pl.DataFrame) -> Fact:
    """The latest figure of an indicator; without any it is the word for that, never a zero."""
    told = frame.filter(pl.col("status").is_in(observed.REPORTED))
    label = terms.term(lang, "indicator", code)
    if told.is_empty():
        return Fact(
            label, terms.term(lang, "status", observed.NOT_REPORTED), lang.text("in no year; that is not a zero")
        )
    row, all_ = told.row(-1, named=True), lang.number(frame.height)
    note = lang.text("in {year}; reported in {n} of {all} years", year=row["year"], n=told.height, all=all_)
    return Fact(label, terms.figure(lang, row["low"], row["high"], row["status"]), note)


def _routes(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = asked.defaults("routes", query)
    wanted = choices.wanted(lambda spec: held[spec.name])
    arrows, between = routes.arrows(wanted), pl.col("origin") != pl.col("destination")
    drawn, every = (rows.filter(between).height for rows in (arrows.shown, arrows.every))
    label = lang.text("Arrows drawn, the largest first")
    return [Fact(label, share(lang, drawn, every)), *_listed(lang, wanted)]


def _listed(lang: Language, wanted: routes.Filter) -> list[Fact]:
    """How many of the victims of the states and years with a total have a listed citizenship."""
    rows = routes.coverage(wanted.areas, wanted.first, wanted.last, wanted.edition)
    known = rows.filter(pl.col("total_low").is_not_null())
    if wanted.evidence != "counted" or known.is_empty():
        return []
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    figure = lang.text("{n} of {all}", n=lang.interval(low, high), all=lang.interval(least, most))
    note = lang.text("a pair that is absent is not listed, which is not a zero")
    return [Fact(lang.text("Victims with a listed citizenship"), figure, note)]


def _coverage(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = asked.defaults("coverage_map", query)
    states = coverage.states(held[choices.COVERED.name], held[choices.EDITION.name])
    ever, always = (states.filter(test).height for test in (pl.col("years") > 0, pl.col("years") == pl.col("span")))
    told = share(lang, ever, states.height)
    never = Fact(lang.text("In no year"), lang.number(states.height - ever), lang.text("that is not a zero"))
    return [
        Fact(lang.text("States with a usable reading in at least one year"), told),
        Fact(lang.text("In every year"), lang.number(always)),
        never,
    ]


_OF: dict[str, Callable[[Language, Mapping[str, str]], list[Fact]]] = {
    "country": _country,
    "routes": _routes,
    "ledger": of_ledger,
    "coverage": _coverage,
}
