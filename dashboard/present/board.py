"""What page "Present" shows: the agenda with the way to the stage; and at the foot of all others, the way into it."""

import base64
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import static, store
from dashboard.export import offer
from dashboard.present import agenda, changing, contents, links
from dashboard.shell import blocks, filters, layout
from dashboard.stage import plain, wire
from data import meeting
from data.i18n import Language
from data.meeting import LONGEST, MOST_SCENES, Meeting, MeetingError, Scene

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
        tools(lang, held)


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
        "labels": labels(lang),
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


FILE, LARGEST = "agenda.file", 1


def tools(lang: Language, held: Meeting) -> None:
    """An agenda of one's own: copied, loaded, changed, downloaded."""
    own = filters.value(agenda.MEETING) == agenda.OWN
    with blocks.folded(lang.text("Make an agenda of your own"), "agenda") as opened:
        if opened:
            told = lang.text(
                "“Add this view to my agenda”, at the foot of every page, puts a view into your agenda. It lives as "
                "long as this browser tab: download it as a file to keep it."
            )
            st.markdown(told)
            with st.container(horizontal=True, gap="small"):
                if not own:
                    label = lang.text("Make this agenda mine")
                    st.button(label, key="agenda.copy", on_click=partial(_copied, held))
                elif held.scenes:
                    label, file = lang.text("Download (TOML)"), f"atalaya_agenda_{store.snapshot().id}.toml"
                    st.download_button(
                        label, agenda.content(), file_name=file, mime="application/toml", key="agenda.download"
                    )
            _loaded(lang)
            if own:
                _edited(lang, held)


def _copied(held: Meeting) -> None:
    agenda.take(held)
    filters.put(agenda.MEETING, agenda.OWN)


def _loaded(lang: Language) -> None:
    """Take an agenda from a file, or tell every fault in it; the file is read and forgotten."""
    label = lang.text("Load an agenda (TOML, up to {n} MB)", n=LARGEST)
    sent = st.file_uploader(label, type=["toml"], max_upload_size=LARGEST, key=FILE)
    if sent is None:
        return
    try:
        found = meeting.read(sent.getvalue(), sent.name, links.check)
    except MeetingError as error:
        n = len(error.faults)
        st.warning(
            lang.plural("{n} fault was found; nothing was taken.", "{n} faults were found; nothing was taken.", n)
        )
        blocks.remarks(one.line(lang) for one in error.faults)
        return
    told = lang.plural("The file holds {n} scene.", "The file holds {n} scenes.", len(found.scenes))
    st.info(layout.plain(told))
    st.button(lang.text("Replace my agenda by it"), key="agenda.take", on_click=partial(_copied, found))


def _edited(lang: Language, held: Meeting) -> None:
    """Each scene with its title and notes in the language shown, and its place."""
    for place, scene in enumerate(held.scenes):
        # Not its title: with another label the part would close while the title is changed in it.
        with blocks.folded(lang.text("Scene {n}", n=place + 1), f"scene.{place}") as opened:
            if opened:
                _parts(lang, place, scene)
                _moved(lang, place, len(held.scenes))


def _parts(lang: Language, place: int, scene: Scene) -> None:
    for part, label, widget in (
        ("title", lang.text("Title"), st.text_input),
        ("notes", lang.text("Notes"), st.text_area),
    ):
        # The words are part of the key, so that a scene that moved here brings its own.
        held = getattr(scene, part)[lang.code]
        key = f"agenda.{part}.{place}.{lang.code}.{hash(held)}"
        longest = LONGEST[part]
        said = partial(_said, place, part, lang.code, key)
        widget(label, held, max_chars=longest, key=key, on_change=said)


def _said(place: int, part: str, code: str, key: str) -> None:
    text = str(filters.take(key) or "")
    if text.strip() or part == "notes":
        changing.say(place, part, code, text)


def _moved(lang: Language, place: int, scenes: int) -> None:
    with st.container(horizontal=True, gap="small"):
        up, down = lang.text("Up"), lang.text("Down")
        st.button(up, key=f"agenda.up.{place}", on_click=partial(changing.move, place, -1), disabled=place == 0)
        last = place == scenes - 1
        st.button(down, key=f"agenda.down.{place}", on_click=partial(changing.move, place, 1), disabled=last)
        st.button(lang.text("Remove"), key=f"agenda.remove.{place}", on_click=partial(changing.remove, place))


def labels(lang: Language) -> dict[str, str]:
    """All of them, by what they are for."""
    return {
        "start": lang.text("Start"),
        "second": lang.text("Speaker’s notes in a second window"),
        "page": _of(lang, lang.text("Open the page")),
        "loading": lang.text("The scenes are being fetched …"),
        "ready": lang.text("All scenes are here: the stage needs neither network nor server any more."),
        "failed": lang.text("Not all scenes could be fetched. Load the page again."),
        "tools": lang.text("Tools of the stage"),
        "before": lang.text("Previous scene (←)"),
        "after": lang.text("Next scene (→)"),
        "list": lang.text("List of scenes (L)"),
        "blank": lang.text("Blank screen (B)"),
        "blanked": lang.text("The screen is blank."),
        "time": lang.text("Time"),
        "run": lang.text("Start the clock (T)"),
        "pause": lang.text("Pause the clock (T)"),
        "reset": lang.text("Set the clock to zero"),
        "full": lang.text("Full screen (F)"),
        "leave": lang.text("Leave the stage (Esc)"),
        "follows": lang.text("These notes follow the stage."),
        "alone": lang.text("The stage is not open in this browser."),
        "silent": lang.text("No notes for this scene."),
        "next": _of(lang, lang.text("Next")),
        "last": lang.text("This is the last scene."),
    }


def _of(lang: Language, label: str) -> str:
    """A label before a scene's title; the browser puts the title in."""
    return lang.text("{label}: {words}", label=label, words="{title}")
