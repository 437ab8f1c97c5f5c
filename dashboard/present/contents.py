"""The content of each scene in a language: what the page at its address says at a glance.

The title of a scene is a finding: a sentence that its rows say. Where the agenda has a title of its own, the finding
stands below it.
"""

import gzip
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson
import polars as pl

from dashboard import store
from dashboard.catalog import figures, pages
from dashboard.charts.medium import STAGE, STAGE_WITH_FACTS
from dashboard.export import citation, cited_view
from dashboard.present import links
from dashboard.stage import request, wire
from dashboard.views.page import Glance, Graphic
from dashboard.words import served
from data.i18n import Language
from data.manifest import main_source
from data.meeting import BARE, CLOSING, OPENING, Meeting, Scene, fields, filled


def scenes(lang: Language, meeting: Meeting, day: date | None, root: str, area: str = "") -> list[dict[str, Any]]:
    """The content of the scenes of a meeting that are shown, so that the browser needs no server during the show.

    Args:
        day: the date on the opening scene; None: it has none.
        root: the address of this server, for the links of the closing scene.
        area: the state of the scene "your country"; empty if none is chosen.
    """
    return [_scene(lang, meeting, scene, day, root, area) for scene in links.shown(meeting, area)]


def _scene(lang: Language, meeting: Meeting, scene: Scene, day: date | None, root: str, area: str) -> dict[str, Any]:
    bare = scene.address in BARE
    address = scene.address if bare else links.completed(scene.address, area)
    glance, page = links.glance(lang, address), links.page_of(address)
    figure = _figure(lang, glance.figure, beside=bool(glance.key_figures)) if glance.figure else None
    own, found = scene.title[lang.code], _found(glance, figure, lang.text(page.title))
    # The cover names the meeting, not a figure, where the agenda has a title for it.
    beside = [] if own and bare else found if own else found[1:]
    dated = [lang.date(day)] if day else []
    cover = [meeting.name[lang.code], *dated, main_release(lang)] if address == OPENING else []
    content = {
        "kind": address if bare else CLOSING if glance.cover else page.slug,
        "title": own or found[0],
        "heading": "\n".join(beside),
        "facts": [
            {"label": one.label, "figure": one.figure, "note": " ".join(one.lines)} for one in glance.key_figures
        ],
        "lines": [*cover, *_cited(lang, glance, root), *glance.remarks],
        "figure": figure,
        "notes": _notes(lang, scene, figure),
    }
    return content if bare else content | {"page": lang.text(page.title), "as_of": _as_of(lang, glance, figure)}


def _as_of(lang: Language, glance: Glance, figure: Mapping[str, Any] | None) -> str:
    """The releases of a scene's rows, and what belongs to the figures of its figure."""
    if figure:
        drawn = _drawn(figure)
        return " ".join(f"{one.removesuffix('.')}." for one in (drawn["source"], *drawn["notes"]) if one)
    return main_release(lang) if glance.releases is None else lang.joined(glance.releases)


def _found(glance: Glance, figure: Mapping[str, Any] | None, title: str) -> list[str]:
    """What a page shows: the finding, and lines that belong to it."""
    heading = _drawn(figure)["heading"].split("\n") if figure and not glance.findings else ()
    first, *rest = [line for line in (*glance.findings, *heading) if line] or [title]
    # Findings have a full stop; titles of figures may have none.
    ended = first if glance.findings or not heading or first.endswith((".", "?")) else f"{first}."
    return [ended, *rest, *glance.more]


def _cited(lang: Language, glance: Glance, root: str) -> Iterator[str]:
    """How to cite what a scene cites, with its short address, to type."""
    if view := glance.cited:
        short, address = f"{root}/{view.page}" * bool(root), cited_view.address(lang, pages()[view.page], {}, root)
        made = store.snapshot().id, str(store.snapshot().manifest["created"])
        cited = citation.text(lang, citation.Cited(view.name, view.title, address, *made, ()))
        yield from filter(None, [short])
        yield lang.text("To cite Atalaya: {citation}", citation=cited)


@store.cached
def _figures(snap: store.Tables) -> pl.DataFrame:
    """The rows of the main source's figures: source, release, year."""
    rows = snap.observations().filter(pl.col("source") == main_source(), ~pl.col("derived"))
    return rows.select("source", "release", "year").collect()


def main_release(lang: Language) -> str:
    """The release of UNODC's figures, with their last year."""
    return lang.joined(served.lines(lang, served.served(_figures())))


def _figure(lang: Language, figure: Graphic, *, beside: bool) -> dict[str, Any]:
    """The address of a figure; `stage` has its usual size, for which the browser, which can measure, puts another."""
    usual = STAGE_WITH_FACTS if beside else STAGE
    tall = figures()[figure.name].stage_height or usual.height
    return {
        "address": wire.address(figure.name),
        "query": request.query(figure.name, figure.values, lang.code) | {request.AS_DRAWING.name: "1"},
        "stage": {request.STAGE.name: str(tall), request.WIDTH.name: str(usual.width)},
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
