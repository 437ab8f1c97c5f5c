"""What the stage shows of each scene in a language, from the same queries and figures as the page that it leads to."""

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import orjson
import polars as pl

from dashboard import store
from dashboard.export import citation, views
from dashboard.present import links
from dashboard.shell import choices, ledger_choices, navigation
from dashboard.stage import request, wire
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.query import BACKGROUND, NONE, SINCE
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.words import asof, disclaimer, terms
from data.i18n import Language
from data.meeting import CLOSING, OPENING, Meeting, Scene, filled

# A figure is drawn for half of the screen's pixels and shown twice as large, in about the height that titles and key
# figures leave; the browser, which knows how long they are, asks for a lower one where they leave less.
WIDTH = 930
HEIGHTS = {"ledger_map": 320, "routes": 356, "state_routes": 356, "series": 388}
WITH_FACTS, WITHOUT = 364, 392


def scenes(lang: Language, meeting: Meeting, day: date, root: str) -> list[dict[str, Any]]:
    """Everything that the browser shows of a meeting, so that it needs no server on stage.

    Args:
        day: for the date line; root: where this server is found, for the links of the closing scene.
    """
    return [_scene(lang, meeting, scene, day, root) for scene in meeting.scenes]


def _scene(lang: Language, meeting: Meeting, scene: Scene, day: date, root: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": scene.title[lang.code],
        "kind": scene.address,
        "facts": [],
        "lines": [],
        "figure": None,
    }
    if scene.address == OPENING:
        held = told | {"lines": _opening(lang, meeting, day)}
    elif scene.address == CLOSING:
        held = told | {"lines": _closing(lang, root)}
    else:
        held = told | _page(lang, scene.address)
    return held | {"notes": _notes(lang, scene, held["figure"])}


def _opening(lang: Language, meeting: Meeting, day: date) -> list[str]:
    snapshot = store.snapshot()
    return [meeting.name[lang.code], lang.date(day), asof.short(lang, snapshot), disclaimer.independent(lang)]


def _closing(lang: Language, root: str) -> list[str]:
    address = f"{root}/sources" if root else "/sources"
    sources = lang.text("Every figure with its source, file and row: page Sources, {address}", address=address)
    whole = views.snapshot()
    told = citation.text(lang, citation.Cited(whole.name, whole.title, address, *_named(), ()))
    how = lang.text("To cite a view, take the citation under it. To cite all of it: {citation}", citation=told)
    return [sources, how, asof.short(lang, store.snapshot()), disclaimer.independent(lang)]


def _named() -> tuple[str, str]:
    return store.snapshot().id, str(store.snapshot().manifest["created"])


def _page(lang: Language, address: str) -> dict[str, Any]:
    """What stands on stage for a page: its key figures, its figure by address, and what must be said beside them."""
    page, query = links.link(address)
    told, picture = facts(lang, page, query), links.picture(address)
    lines = states_words.membership(lang, query.get("area", "")) if page == "country" and "area" in query else []
    held = {
        "kind": page,
        "page": navigation.title(lang, page),
        "address": links.opened(address, lang.code),
        "facts": [one._asdict() for one in told],
        "lines": lines,
        "as_of": asof.short(lang, store.snapshot()),
    }
    return held | {"figure": _figure(lang, picture, with_facts=bool(told)) if picture else None}


def _figure(lang: Language, picture: links.Picture, *, with_facts: bool) -> dict[str, Any]:
    """The address of a figure without its width and darkness: on a wide screen that of the stage, else a page's."""
    tall = HEIGHTS.get(picture.name, WITH_FACTS if with_facts else WITHOUT)
    return {
        "address": wire.address(picture.name),
        "query": request.query(picture.name, picture.values, lang.code),
        "stage": {request.STAGE.name: str(tall), request.WIDTH.name: str(WIDTH)},
    }


def _notes(lang: Language, scene: Scene, figure: Mapping[str, Any] | None) -> str:
    """The speaker's notes with what they ask of the figure; they are not drawn from where they ask for nothing."""
    notes = scene.notes[lang.code]
    told = _told(figure) if figure and "{told}" in notes else ""
    return filled(notes, {"told": told, "as_of": asof.short(lang, store.snapshot())}).strip()


def _told(figure: Mapping[str, Any]) -> str:
    """The two sentences of a figure, from what the browser will ask for next."""
    looked_at = {**figure["query"], **figure["stage"], request.DARK.name: "0"}
    packed = wire.packed(request.parse(figure["address"].rsplit("/", 1)[-1], looked_at))
    return str(orjson.loads(gzip.decompress(packed))["description"])


class Fact(NamedTuple):
    """A label, the figure as the language writes it (an interval where it is one), and what must be known of it."""

    label: str
    figure: str
    note: str = ""


def share(lang: Language, n: int, every: int) -> str:
    """How many of how many."""
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(every))


def of_ledger(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    """The key figures; none where a paragraph is not counted by states."""
    number = query.get(ledger_choices.PARAGRAPH.name, ledger_choices.ALL)
    if number == ledger_choices.ALL:
        return _matrix(lang, query)
    count = ledger_query.count(int(number))
    if count["n"] is None:
        return []
    grades = {grade: int(str(count[grade])) for grade in (BACKGROUND, NONE)}
    # How many have evidence stands in the figure's own heading.
    return _graded(lang, grades, int(str(count["counted_of"])))


def _matrix(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = request.defaults("ledger_matrix", query)
    cells = ledger_query.cells(ledger_choices.matrix(lambda spec: held[spec.name]))
    grades = Counter(cells["grade"])
    label = lang.text("Paragraphs and who answers for them: with evidence since March 2018")
    since = share(lang, sum(grades[one] for one in SINCE), cells.height)
    return [Fact(label, since), *_graded(lang, grades, cells.height)]


def _graded(lang: Language, grades: Mapping[str, int], every: int) -> list[Fact]:
    background, none = (terms.term(lang, "cell", grade) for grade in (BACKGROUND, NONE))
    said = lang.text("does not mean “not started”")
    return [
        Fact(background, share(lang, grades[BACKGROUND], every)),
        Fact(none, share(lang, grades[NONE], every), said),
    ]


OF_STATE = ("detected_victims", "persons_prosecuted", "persons_convicted")


def facts(lang: Language, page: str, query: Mapping[str, str]) -> list[Fact]:
    """The key figures of a page at an address; a page whose figure says them all has none."""
    return _OF[page](lang, query) if page in _OF else []


def _country(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = request.defaults("series", query)
    frames = states_query.state(held[choices.AREA.name], held[choices.EDITION.name])
    return [_latest(lang, code, frames[code]) for code in OF_STATE]


def _latest(lang: Language, code: str, frame: pl.DataFrame) -> Fact:
    """The latest figure of an indicator; without any it is the word for that, never a zero."""
    told = frame.filter(pl.col("status").is_in(states_query.REPORTED))
    label = terms.term(lang, "indicator", code)
    if told.is_empty():
        return Fact(
            label, terms.term(lang, "status", states_query.NOT_REPORTED), lang.text("in no year; that is not a zero")
        )
    row, all_ = told.row(-1, named=True), lang.number(frame.height)
    note = lang.text("in {year}; reported in {n} of {all} years", year=row["year"], n=told.height, all=all_)
    return Fact(label, terms.figure(lang, row["low"], row["high"], row["status"]), note)


def _routes(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = request.defaults("routes", query)
    wanted = choices.wanted(lambda spec: held[spec.name])
    arrows, between = routes_query.arrows(wanted), pl.col("origin") != pl.col("destination")
    drawn, every = (rows.filter(between).height for rows in (arrows.shown, arrows.every))
    label = lang.text("Arrows drawn, the largest first")
    return [Fact(label, share(lang, drawn, every)), *_listed(lang, wanted)]


def _listed(lang: Language, wanted: routes_query.Filter) -> list[Fact]:
    """How many of the victims of the states and years with a total have a listed citizenship."""
    rows = routes_query.coverage(wanted.areas, wanted.first, wanted.last, wanted.edition)
    known = rows.filter(pl.col("total_low").is_not_null())
    if wanted.evidence != "counted" or known.is_empty():
        return []
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    figure = lang.text("{n} of {all}", n=lang.interval(low, high), all=lang.interval(least, most))
    note = lang.text("a pair that is absent is not listed, which is not a zero")
    return [Fact(lang.text("Victims with a listed citizenship"), figure, note)]


def _coverage(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    held = request.defaults("coverage_map", query)
    states = coverage_query.states(held[choices.COVERED.name], held[choices.EDITION.name])
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
