"""The content of each scene in a language, from the queries and figures of the page that the scene links to.

The title of a scene is a finding: a sentence that its rows say. Where the agenda has a title of its own, the finding
stands below it.
"""

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import orjson
import polars as pl

from dashboard import menu, store
from dashboard.catalog import figures
from dashboard.editions import SOURCE
from dashboard.export import citation
from dashboard.present import links
from dashboard.stage import request, wire
from dashboard.subjects import shared
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.home import page_figures as home_figures
from dashboard.subjects.home import query as home_query
from dashboard.subjects.home import words as home_words
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import BACKGROUND, FIGURE, NONE, SINCE, Filter
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.sources import files as sources_files
from dashboard.subjects.states import certainty_words, country_words, profile, profile_words
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.standing import standing
from dashboard.subjects.states.victims import VICTIMS
from dashboard.words import disclaimer, served, terms
from data.i18n import Language
from data.meeting import BARE, CLOSING, OPENING, Meeting, Scene, fields, filled

# A figure is drawn at half of the screen's size and shown twice as large. The heights are what titles and key figures
# usually leave; the browser, which can measure them, requests another height where needed.
WIDTH = 930
WITH_FACTS, WITHOUT = 364, 392


def scenes(lang: Language, meeting: Meeting, day: date, root: str, area: str = "") -> list[dict[str, Any]]:
    """The content of all scenes of a meeting, so that the browser needs no server during the show.

    Args:
        day: the date on the opening scene.
        root: the address of this server, for the links of the closing scene.
        area: the state of the scene "your country"; empty if none is chosen.
    """
    return [_scene(lang, meeting, scene, day, root, area) for scene in meeting.scenes]


def _scene(lang: Language, meeting: Meeting, scene: Scene, day: date, root: str, area: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"kind": scene.address, "facts": [], "lines": [], "figure": None}
    if scene.address == OPENING:
        found = [home_words.headline(lang, home_query.overview())]
        content = empty | {"lines": _opening(lang, meeting, day)}
    elif scene.address == CLOSING:
        found = [lang.text("Every figure can be traced to its source")]
        content = empty | {"lines": _closing(lang, root)}
    else:
        address = links.completed(scene.address, area)
        content = empty | _page(lang, address)
        found = _found(lang, address, content["figure"])
    own = scene.title[lang.code]
    # The cover names the meeting, not a figure, where the agenda has a title for it.
    beside = [] if own and scene.address in BARE else found if own else found[1:]
    title = {"title": own or found[0], "heading": "\n".join(beside)}
    return content | title | {"notes": _notes(lang, scene, content["figure"])}


def _found(lang: Language, address: str, figure: Mapping[str, Any] | None) -> list[str]:
    """What the figure of a page shows: the finding, and lines that belong to it."""
    page, query, section = links.link(address)
    if page == "home":
        return home_figures.findings(lang, links.SECTIONS[section])
    if page == "country":
        return _of_state(lang, query, figure)
    if figure:
        shown = [line for line in _drawn(figure)["heading"].split("\n") if line]
        return [_ended(shown[0]), *shown[1:]] if shown else [menu.title(lang, page)]
    if page == "declaration":
        return [_ended(ledger_words.heading(lang, ledger_query.cells(_paragraphs(query))))]
    return [menu.title(lang, page)]


def _ended(finding: str) -> str:
    """A finding with a full stop, as those of other scenes have: titles of figures may have none."""
    return finding if finding.endswith((".", "?")) else f"{finding}."


def _of_state(lang: Language, query: Mapping[str, str], figure: Mapping[str, Any] | None) -> list[str]:
    """What is known of a state: its latest total and trend, or of its largest flow if that is what the figure shows."""
    if shared.AREA.name not in query:
        return [lang.text("What does your country report?")]
    area, edition = query[shared.AREA.name], query.get(shared.EDITION.name, shared.EDITION.default)
    if figure and (drawn := _drawn(figure)["heading"]):
        shown = [line for line in drawn.split("\n") if line]
        return shown if profile.latest(area, edition) else [shown[0], profile_words.no_total(lang, area), *shown[1:]]
    none = profile.Ends(pl.DataFrame(schema={shared.AREA.name: pl.String}), "none")
    figures = profile.latest(area, edition)
    total = any(one.indicator == VICTIMS for one in figures)
    changing = [certainty_words.standing(lang, standing(area, VICTIMS, edition))] if total else []
    return [profile_words.opening(lang, area, figures, none, none, country_words.joined(area)), *changing]


def _opening(lang: Language, meeting: Meeting, day: date) -> list[str]:
    return [meeting.name[lang.code], lang.date(day), main_release(lang), disclaimer.independent(lang)]


def _closing(lang: Language, root: str) -> list[str]:
    address = f"{root}/sources" if root else ""
    view = sources_files.snapshot(lang)
    cited = citation.text(lang, citation.Cited(view.name, view.title, address, *_snapshot(), ()))
    return [
        *filter(None, [address]),
        lang.text("To cite Atalaya: {citation}", citation=cited),
        disclaimer.independent(lang),
    ]


@store.cached
def _figures(snap: store.Tables) -> pl.DataFrame:
    """The rows of the main source's figures: source, release, year."""
    rows = snap.observations().filter(pl.col("source") == SOURCE, ~pl.col("derived"))
    return rows.select("source", "release", "year").collect()


def main_release(lang: Language) -> str:
    """The release of UNODC's figures, with their last year."""
    return lang.joined(served.lines(lang, served.served(_figures())))


def _snapshot() -> tuple[str, str]:
    return store.snapshot().id, str(store.snapshot().manifest["created"])


def _page(lang: Language, address: str) -> dict[str, Any]:
    """The scene of a page: its key figures, the address of its figure, and remarks."""
    page, query, _ = links.link(address)
    if page == "country" and shared.AREA.name not in query:
        words = lang.text(
            "Choose your country beside “Start” on the page “Present”. This slide then shows its figures."
        )
        return {"kind": CLOSING, "lines": [words]}
    key_figures, picture = facts(lang, page, query), links.picture(address)
    lines = states_words.membership(lang, query[shared.AREA.name]) if page == "country" else []
    content = {
        # A state of which there is no figure has its words alone, as large as those of the last scene.
        "kind": CLOSING if page == "country" and not picture else page,
        "page": menu.title(lang, page),
        "facts": [fact._asdict() for fact in key_figures],
        "lines": lines,
        "as_of": _releases(lang, page, query, figure=picture is not None),
    }
    return content | {"figure": _figure(lang, picture, with_facts=bool(key_figures)) if picture else None}


def _releases(lang: Language, page: str, query: Mapping[str, str], *, figure: bool) -> str:
    """The releases that a scene names until its figure is drawn, which has those of its own rows at its foot."""
    if page != "declaration" or figure:
        return main_release(lang)
    lines = served.lines(lang, served.served(ledger_query.rows(_paragraphs(query))))
    return lang.joined(lines) if lines else main_release(lang)


def _paragraphs(query: Mapping[str, str]) -> Filter:
    """The paragraph of an address, or all that fit its filters."""
    number = query.get(ledger_filters.PARAGRAPH.name, ledger_filters.ALL)
    values = request.defaults("ledger_matrix", query)
    every = ledger_filters.matrix_selection(lambda spec: values[spec.name])
    return every if number == ledger_filters.ALL else Filter((int(number),))


def _figure(lang: Language, picture: links.Picture, *, with_facts: bool) -> dict[str, Any]:
    """The address of a figure; `stage` has its size for a wide screen, the browser adds the rest."""
    tall = figures()[picture.name].stage_height or (WITH_FACTS if with_facts else WITHOUT)
    return {
        "address": wire.address(picture.name),
        "query": request.query(picture.name, picture.values, lang.code),
        "stage": {request.STAGE.name: str(tall), request.WIDTH.name: str(WIDTH)},
    }


def _notes(lang: Language, scene: Scene, figure: Mapping[str, Any] | None) -> str:
    """The speaker's notes, with their placeholders filled in; the figure is drawn only if they quote it."""
    notes = scene.notes[lang.code]
    description = _drawn(figure)["alt"] if figure and "description" in fields(notes) else ""
    return filled(notes, {"description": description, "release": main_release(lang)}).strip()


def _drawn(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure, drawn as the browser will request it (it stays in the cache)."""
    parameters = {**figure["query"], **figure["stage"], request.DARK.name: "0"}
    packed = wire.packed(request.parse(figure["address"].rsplit("/", 1)[-1], parameters))
    found: dict[str, Any] = orjson.loads(gzip.decompress(packed))
    return found


class Fact(NamedTuple):
    """A key figure: label, the figure (or interval) as the language writes it, and a note."""

    label: str
    figure: str
    note: str = ""


def share(lang: Language, n: int, every: int) -> str:
    """A share as `n of N`."""
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(every))


def of_ledger(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    """The key figures of the ledger; none for a paragraph that is not counted by states."""
    number = query.get(ledger_filters.PARAGRAPH.name, ledger_filters.ALL)
    if number == ledger_filters.ALL:
        return _matrix(lang, query)
    count = ledger_query.count(int(number))
    if count["n"] is None:
        return []
    grades = {grade: int(str(count[grade])) for grade in (FIGURE, BACKGROUND, NONE)}
    # The number with evidence is in the figure's own heading.
    return _graded(lang, grades, int(str(count["counted_of"])))


def _matrix(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    values = request.defaults("ledger_matrix", query)
    cells = ledger_query.cells(ledger_filters.matrix_selection(lambda spec: values[spec.name]))
    grades, every = Counter(cells["grade"]), cells.height
    since = sum(grades[grade] for grade in SINCE)
    label = lang.text("Commitments with a document issued since March 2018")
    documents = [Fact(label, share(lang, since, every))] if since else []
    return [*documents, *_graded(lang, grades, every)]


def _graded(lang: Language, grades: Mapping[str, int], every: int) -> list[Fact]:
    remarks = {
        FIGURE: lang.text("It does not show that anything was done."),
        NONE: lang.text("does not mean “not started”"),
    }
    return [
        Fact(terms.term(lang, "cell", grade), share(lang, grades[grade], every), remarks.get(grade, ""))
        for grade in (FIGURE, BACKGROUND, NONE)
        if grades[grade]
    ]


# The victims are in the finding.
STATE_INDICATORS = ("persons_prosecuted", "persons_convicted")


def facts(lang: Language, page: str, query: Mapping[str, str]) -> list[Fact]:
    """The key figures beside the finding of a page at an address; some pages have none."""
    return _FACTS[page](lang, query) if page in _FACTS else []


def _country(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    values = request.defaults("series", query)
    frames = states_query.state(values[shared.AREA.name], values[shared.EDITION.name])
    # What the state never reported is under its figure.
    return [fact for code in STATE_INDICATORS for fact in _latest(lang, code, frames[code])]


def _latest(lang: Language, code: str, frame: pl.DataFrame) -> list[Fact]:
    """The latest figure of an indicator; none if it was never reported."""
    reported = frame.filter(pl.col("status").is_in(states_query.REPORTED))
    if reported.is_empty():
        return []
    label = terms.term(lang, "indicator", code)
    row, all_ = reported.row(-1, named=True), lang.number(frame.height)
    note = lang.text("in {year}; reported in {n} of {all} years", year=row["year"], n=reported.height, all=all_)
    return [Fact(label, profile_words.key_figure(lang, row), note)]


def _routes(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    values = request.defaults("routes", query)
    # The number of arrows is in the title of the figure.
    return _listed(lang, routes_filters.selection(lambda spec: values[spec.name]))


def _listed(lang: Language, selection: routes_query.Filter) -> list[Fact]:
    """How many victims have a listed citizenship, among the states and years with a total and a list."""
    known = routes_words.with_list(
        routes_query.coverage(selection.areas, selection.first, selection.last, selection.edition)
    )
    if selection.evidence != "counted" or known.is_empty():
        return []
    low, high, least, most = known.select(pl.col("listed", "listed_high", "total_low", "total_high").sum()).row(0)
    figure = lang.text("{n} of {all}", n=lang.interval(low, high), all=lang.interval(least, most))
    note = lang.text("the others have no arrow: their citizenship is not listed")
    return [Fact(lang.text("Victims whose citizenship UNODC lists"), figure, note)]


def _coverage(lang: Language, query: Mapping[str, str]) -> list[Fact]:
    values = request.defaults("coverage_map", query)
    states = coverage_query.states(values[coverage_filters.INDICATOR.name], values[shared.EDITION.name])
    always, never = (states.filter(test).height for test in (pl.col("years") == pl.col("span"), pl.col("years") == 0))
    found = [
        Fact(lang.text("Reported every year"), lang.number(always)),
        Fact(lang.text("No total in any year"), lang.number(never), lang.text("a missing total does not mean zero")),
    ]
    return [fact for fact, n in zip(found, (always, never), strict=True) if n]


_FACTS: dict[str, Callable[[Language, Mapping[str, str]], list[Fact]]] = {
    "country": _country,
    "routes": _routes,
    "declaration": of_ledger,
    "coverage": _coverage,
}
