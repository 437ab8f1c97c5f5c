"""What the stage shows of each scene in a language, from the same queries and figures as the page that it leads to."""

import gzip
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from dashboard import asof, citation, disclaimer, store, terms
from dashboard.describe import country
from dashboard.files import views
from dashboard.plates import asked, wire
from dashboard.present import facts, links
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
    told, picture = facts.facts(lang, page, query), links.picture(address)
    lines = country.membership(lang, query.get("area", "")) if page == "country" and "area" in query else []
    held = {
        "kind": page,
        "page": terms.term(lang, "page", page),
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
        "query": asked.query(picture.name, picture.values, lang.code),
        "stage": {asked.STAGE.name: str(tall), asked.WIDTH.name: str(WIDTH)},
    }


def _notes(lang: Language, scene: Scene, figure: Mapping[str, Any] | None) -> str:
    """The speaker's notes with what they ask of the figure; they are not drawn from where they ask for nothing."""
    notes = scene.notes[lang.code]
    told = _told(figure) if figure and "{told}" in notes else ""
    return filled(notes, {"told": told, "as_of": asof.short(lang, store.snapshot())}).strip()


def _told(figure: Mapping[str, Any]) -> str:
    """The two sentences of a figure, from what the browser will ask for next."""
    looked_at = {**figure["query"], **figure["stage"], asked.DARK.name: "0"}
    packed = wire.packed(asked.parse(figure["address"].rsplit("/", 1)[-1], looked_at))
    return str(orjson.loads(gzip.decompress(packed))["description"])
