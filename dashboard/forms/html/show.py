"""The show of an agenda in a document: what a reader without scripts has of each scene, and the data of the stage."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from dashboard import site, static
from dashboard.forms.html.making import Making
from dashboard.present import contents, links
from dashboard.present.labels import labels
from dashboard.views.page import Link, Show
from data import meeting
from data.meeting import LARGEST, Scene

# A text in a script element must not end it; as escapes of JSON these signs mean the same.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Slide(NamedTuple):
    """A scene in words.

    Attributes:
        title: what it shows; findings: the sentences that belong to it.
        facts: key figures, each with its label, the figure and a note.
        lines: remarks, and the releases.
        notes: the paragraphs of the speaker.
        page: the address and the title of the page that it is of; empty for a cover.
        picture: the address of its figure as a picture; empty if it has none.
    """

    title: str
    findings: Sequence[str]
    facts: Sequence[Mapping[str, str]]
    lines: Sequence[str]
    notes: Sequence[str]
    page: tuple[str, str]
    picture: str


class Stage(NamedTuple):
    """What the macro of a show has besides its block.

    Attributes:
        slides: the scenes in words.
        data: what the script needs, as JSON for a script element; empty if there are no scenes.
        script, sheet: the addresses of both files of the stage.
        second, load: the addresses of both links of the block; again: that to which an agenda is sent that a browser
            keeps, which is this one where it is of the own agenda.
        kept: the reader's own agenda as JSON; empty if this is none.
        words: those of the buttons and of the form.
    """

    slides: Sequence[Slide]
    data: str
    script: str
    sheet: str
    second: str
    load: str
    again: str
    kept: str
    words: Mapping[str, str]


def stage(making: Making, block: Show) -> Stage:
    """The scenes of an agenda in words, and as data."""
    # Files may be shown on any day.
    day = None if making.addresses.files else datetime.now(UTC).date()
    shown = contents.scenes(making.lang, block.agenda, day, site.public_address(), block.area)
    scenes = links.shown(block.agenda, block.area)
    own = block.own and bool(block.agenda.scenes)
    return Stage(
        [_slide(making, scene, one, block.area) for scene, one in zip(scenes, shown, strict=True)],
        Markup(json.dumps(_data(making, block, shown), ensure_ascii=False).translate(ESCAPED)) if shown else "",  # noqa: S704 - escaped
        static.address("present.js", making.addresses.up),
        static.address("present.css", making.addresses.up),
        making.addresses.link(block.second),
        making.addresses.link(block.load),
        making.addresses.view() if block.own else making.addresses.link(block.load),
        meeting.kept(block.agenda) if own else "",
        _words(making),
    )


def _slide(making: Making, scene: Scene, content: Mapping[str, Any], area: str) -> Slide:
    page, picture = ("", ""), ""
    if "page" in content:
        address = links.completed(scene.address, area)
        slug, query, section = links.link(address)
        page = making.addresses.link(Link(slug, content["page"], query, section)), content["page"]
        figure = links.glance(making.lang, address).figure
        picture = making.addresses.picture(figure, "svg", "slide") if figure else ""
    findings, notes = ([line for line in content[name].split("\n") if line] for name in ("heading", "notes"))
    lines = [line for line in (*content["lines"], content.get("as_of", "")) if line]
    return Slide(content["title"], findings, content["facts"], lines, notes, page, picture)


def _data(making: Making, block: Show, scenes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The data of the stage in the browser (`present.js`)."""
    staged = making.addresses.staged
    return {
        "key": block.name,
        "lang": making.lang.code,
        "meeting": block.agenda.name[making.lang.code],
        "scenes": [{**one, "figure": one["figure"] and staged(one["figure"])} for one in scenes],
        "at": min(block.scene, len(scenes)),
        "notes": block.notes,
        "guided": block.guided,
        "labels": labels(making.lang),
    }


def _words(making: Making) -> Mapping[str, str]:
    lang = making.lang
    return {
        "start": lang.text("Start"),
        "dark": lang.text("Dark colors"),
        "picture": lang.text("Picture for a slide"),
        "notes": lang.text("Notes"),
        "own": lang.text("Make your own agenda"),
        "how": lang.text(
            "To make one, choose “Work with these data” on any page, then “Add this view to my meeting agenda” at its "
            "foot. Download the agenda, and load it here."
        )
        if making.desk
        else "",
        "not_stored": lang.text("The server does not store your agenda."),
        "file": lang.text("Load an agenda (TOML, up to {n} kB)", n=LARGEST // 1000),
        "send": lang.text("Load"),
        "kept": lang.text("This agenda is kept in this browser."),
        "again": lang.text("Open my agenda saved in this browser"),
        "forget": lang.text("Remove it from this browser"),
    }
