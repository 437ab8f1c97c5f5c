"""What page "Present" shows: the agenda with the way to the stage; and at the foot of all others, the way into it."""

import base64
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import blocks, filters, layout, static
from dashboard.files import offer
from dashboard.plates import plain, wire
from dashboard.present import agenda, changing, contents, editing, links, stage_words
from data.i18n import Language
from data.meeting import MOST_SCENES, Meeting, Scene

KEY = "present.stage"
_STAGE = st.components.v2.component(
    "atalaya_present", html="<div></div>\n", js=static.loader("present.js"), isolate_styles=False
)


def show(lang: Language) -> None:
    """The agenda that is chosen, with the stage behind it; the session's own can be changed."""
    if not filters.value(agenda.NOTES):
        with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
            filters.choose(agenda.MEETING, lang.text("Agenda"), partial(agenda.named, lang), segments=True)
    held = agenda.shown()
    if not held.scenes:
        st.info(
            lang.text("There is no scene yet: “Add this view to my agenda”, at the foot of every page, puts one here.")
        )
    elif static.served():
        _STAGE(key=KEY, data=data(lang, held), on_scene_change=partial(filters.put, agenda.SCENE, 0))
    else:
        _plainly(lang, held)
    if not filters.value(agenda.NOTES):
        editing.tools(lang, held)


def data(lang: Language, held: Meeting) -> dict[str, Any]:
    """Everything that the stage in the browser needs to know."""
    name, at = filters.value(agenda.MEETING), filters.value(agenda.SCENE)
    second = {filters.LANGUAGE.name: lang.code, agenda.MEETING.name: name, agenda.NOTES.name: "1"}
    return {
        "key": name,
        "lang": lang.code,
        "meeting": held.name[lang.code],
        "scenes": contents.scenes(lang, held, datetime.now(UTC).date(), offer.root()),
        "at": min(at, len(held.scenes)),
        "notes": filters.value(agenda.NOTES),
        "second": f"./{links.PRESENT}?{urlencode(second)}",
        "labels": stage_words.labels(lang),
        "logo": f"data:image/svg+xml;base64,{base64.b64encode((layout.ASSETS / 'logo.svg').read_bytes()).decode()}",
        "stage": static.address("stage.js"),
        "style": static.address("present.css"),
        "plotly": static.address("plotly.min.js"),
        "ground": wire.address("ground"),
    }


def _plainly(lang: Language, held: Meeting) -> None:
    """Without our own addresses (a bare `streamlit run`) there is no stage: the agenda, and a scene to read."""
    st.info(lang.text("The stage needs the server that python -m dashboard starts. Here the scenes can only be read."))
    shown = contents.scenes(lang, held, datetime.now(UTC).date(), offer.root())
    st.markdown("\n".join(f"1. {layout.plain(scene['title'], 200)}" for scene in shown))
    if at := min(filters.value(agenda.SCENE), len(shown)):
        _scene(lang, held.scenes[at - 1], shown[at - 1])


def _scene(lang: Language, scene: Scene, told: dict[str, Any]) -> None:
    st.header(layout.plain(told["title"], 200), anchor=False)
    blocks.pairs(lang, [(fact["label"], " ".join([fact["figure"], fact["note"]]).strip()) for fact in told["facts"]])
    for line in (*told["lines"], told["notes"]):
        st.markdown(layout.plain(line, 4000))
    picture = links.picture(scene.address) if told["figure"] else None
    if picture:
        plain.show(lang, picture.name, picture.values, key="scene.figure")


def offered(lang: Language, page: str) -> None:
    """At the foot of every page: its view for the agenda, and how many scenes that has."""
    if page not in agenda.pages():
        return
    with st.container(key="add", horizontal=True, vertical_alignment="center", gap="medium"):
        n = len(agenda.own().scenes)
        full = n >= MOST_SCENES
        label = lang.text("Add this view to my agenda")
        st.button(label, key="agenda.add", on_click=partial(changing.add, page), disabled=full)
        if n:
            told = lang.plural("My agenda: {n} scene", "My agenda: {n} scenes", n)
            layout.link(lang, links.PRESENT, told, **{agenda.MEETING.name: agenda.OWN})
