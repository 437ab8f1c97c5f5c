"""Page "Present": the agenda, the stage and the tools to edit an agenda; and the button that adds a view to it."""

import base64
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import site, static, store
from dashboard.present import agenda, contents, kept_agenda, links, own_agenda, reading
from dashboard.shell import blocks, filters, layout
from dashboard.stage import fallback, wire
from dashboard.views.filters import LANGUAGE
from data.i18n import N_, Language
from data.meeting import LARGEST, LONGEST, Meeting, MeetingError, Scene

KEY = "present.stage"
_STAGE = st.components.v2.component(
    "atalaya_present", html="<div></div>\n", js=static.loader("present.js"), isolate_styles=False
)


def show(lang: Language) -> None:
    """Show the selected agenda and its stage; the session's own agenda can be edited."""
    if not filters.value(agenda.NOTES):
        with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
            filters.choose(agenda.MEETING, lang.text("Agenda"), partial(agenda.named, lang), segments=True)
            if any(links.open_to_choice(scene.address) for scene in agenda.shown().scenes):
                filters.choose(agenda.YOURS, lang.text("Your country"), partial(_country, lang), alphabetical=True)
    kept_agenda.keep()
    shown = agenda.shown()
    if not shown.scenes:
        st.info(lang.text("No scenes yet. Use “Add this view to my meeting agenda” at the foot of any page."))
    elif static.served():
        _STAGE(key=KEY, data=data(lang, shown), on_scene_change=_left, on_order_change=_arranged)
    else:
        _show_plainly(lang, shown)
    if not filters.value(agenda.NOTES):
        tools(lang, shown)


def data(lang: Language, shown: Meeting) -> dict[str, Any]:
    """The data of the component in the browser (`present.js`)."""
    name, at = filters.value(agenda.MEETING), filters.value(agenda.SCENE)
    second = {LANGUAGE.name: lang.code, agenda.MEETING.name: name, agenda.NOTES.name: "1"}
    second |= {agenda.YOURS.name: filters.value(agenda.YOURS)}
    own = name == agenda.OWN
    return {
        "key": name,
        "order": own_agenda.ids(shown.scenes) if own else [],
        "guided": filters.value(agenda.GUIDED),
        "lang": lang.code,
        "meeting": shown.name[lang.code],
        "scenes": _contents(lang, shown),
        "at": min(at, len(shown.scenes)),
        "notes": filters.value(agenda.NOTES),
        "second": f"./{links.PRESENT}?{urlencode(second)}",
        "labels": labels(lang),
        "logo": f"data:image/svg+xml;base64,{base64.b64encode((layout.ASSETS / 'logo.svg').read_bytes()).decode()}",
        "stage": static.address("stage.js"),
        "style": static.address("present.css"),
        "plotly": static.address("plotly.min.js"),
        "ground": wire.address("ground"),
    }


def _contents(lang: Language, shown: Meeting) -> list[dict[str, Any]]:
    return contents.scenes(lang, shown, datetime.now(UTC).date(), site.public_address(), agenda.country())


def _country(lang: Language, code: str) -> str:
    return lang.text("Not chosen") if code == agenda.NOBODY else lang.country(code)


def _left() -> None:
    """The stage was left: the next run must not open it again."""
    filters.put(agenda.SCENE, 0)
    filters.put(agenda.GUIDED, chosen=False)


def _arranged() -> None:
    """Put the own agenda in the order that the browser sent."""
    order = st.session_state[KEY].get("order")
    if isinstance(order, list) and filters.value(agenda.MEETING) == agenda.OWN:
        own_agenda.arrange([str(one) for one in order])


def _show_plainly(lang: Language, shown: Meeting) -> None:
    """Show the agenda and one scene as text, for a bare `streamlit run` without the stage."""
    if not layout.reading(lang, "present", lang.text("The presentation")):
        st.info(lang.text("To present, start Atalaya with python -m dashboard. Here you can only read the scenes."))
    scenes = _contents(lang, shown)
    st.markdown("\n".join(f"1. {layout.plain(scene['title'], 200)}" for scene in scenes))
    if at := min(filters.value(agenda.SCENE), len(scenes)):
        _scene(lang, links.completed(shown.scenes[at - 1].address, agenda.country()), scenes[at - 1])


def _scene(lang: Language, address: str, content: dict[str, Any]) -> None:
    st.header(layout.plain(content["title"], 400), anchor=False)
    st.markdown(layout.plain(content["heading"], 400))
    blocks.pairs(lang, [(fact["label"], " ".join([fact["figure"], fact["note"]]).strip()) for fact in content["facts"]])
    for line in (*content["lines"], content["notes"]):
        st.markdown(layout.plain(line, 4000))
    picture = links.picture(address) if content["figure"] else None
    if picture:
        fallback.show(lang, picture.name, picture.values, key="scene.figure")


def add_button(lang: Language, page: str) -> None:
    """At the foot of a page: a button that adds its view to the agenda, and a link with the number of scenes."""
    if page not in agenda.pages():
        return
    kept_agenda.keep()
    with st.container(key="add", horizontal=True, vertical_alignment="center", gap="medium"):
        n = len(agenda.own().scenes)
        # What the browser keeps and has not been read yet would be replaced.
        closed = kept_agenda.waits() or own_agenda.is_full(page)
        label = lang.text("Add this view to my meeting agenda")
        st.button(label, key="agenda.add", on_click=partial(own_agenda.add, page), disabled=closed)
        if n:
            count = lang.plural("My agenda: {n} scene", "My agenda: {n} scenes", n)
            layout.link(lang, links.PRESENT, count, **{agenda.MEETING.name: agenda.OWN})


FILE, READ, NOT_KEPT = "agenda.file", "agenda.read", "agenda.not_kept"
# Megabytes that the uploader takes; more than we read, whose refusal is in the reader's language.
UPLOADED = 1
FULL = N_("Your agenda is full ({n} kB), so your last text was not kept. Shorten other texts, or remove a scene.")


def tools(lang: Language, shown: Meeting) -> None:
    """The tools for an own agenda: copy, load, edit, download."""
    own = filters.value(agenda.MEETING) == agenda.OWN
    with blocks.folded(lang.text("Make your own agenda"), "agenda") as opened:
        if opened:
            explanation = lang.text(
                "Use “Add this view to my meeting agenda” at the foot of any page. Your agenda is kept in this "
                "browser. To use it on another computer, download it."
            )
            st.markdown(explanation)
            with st.container(horizontal=True, gap="small"):
                if not own:
                    label = lang.text("Copy to my agenda")
                    st.button(label, key="agenda.copy", on_click=partial(_replace_own, shown))
                elif shown.scenes:
                    label, file = lang.text("Download (TOML)"), f"atalaya_agenda_{store.snapshot().id}.toml"
                    st.download_button(
                        label, agenda.content(), file_name=file, mime="application/toml", key="agenda.download"
                    )
            _load(lang)
            if own:
                _edit(lang, shown)


def _replace_own(shown: Meeting) -> None:
    agenda.take(shown)
    filters.put(agenda.MEETING, agenda.OWN)


def _load(lang: Language) -> None:
    """Load an agenda from a file, or list its faults; the file is not stored."""
    label = lang.text("Load an agenda (TOML, up to {n} kB)", n=LARGEST // 1000)
    upload = st.file_uploader(label, type=["toml"], max_upload_size=UPLOADED, key=FILE, on_change=_read)
    if upload is None or READ not in st.session_state:
        return
    loaded = st.session_state[READ]
    if not isinstance(loaded, Meeting):
        n = len(loaded)
        st.warning(lang.plural("{n} error found; nothing was loaded.", "{n} errors found; nothing was loaded.", n))
        blocks.remarks(fault.line(lang) for fault in loaded)
        return
    summary = lang.plural("The file has {n} scene.", "The file has {n} scenes.", len(loaded.scenes))
    st.info(layout.plain(summary))
    st.button(lang.text("Replace my agenda"), key="agenda.take", on_click=partial(_replace_own, loaded))


def _read() -> None:
    """Read the file that was just chosen, as an agenda or its faults; there is none if one was taken back."""
    if upload := st.session_state[FILE]:
        try:
            filters.keep(READ, reading.agenda("agenda", upload.getvalue(), upload.name))
        except MeetingError as error:
            filters.keep(READ, error.faults)


def _edit(lang: Language, shown: Meeting) -> None:
    """Fields for the title and notes of each scene in the current language."""
    if filters.take(NOT_KEPT):
        st.warning(lang.text(FULL, n=LARGEST // 1000))
    for place, scene in enumerate(shown.scenes):
        # The label has no title: changing the label would close the section while its title is edited.
        with blocks.folded(lang.text("Scene {n}", n=place + 1), f"scene.{place}") as opened:
            if opened:
                _text_fields(lang, place, scene)


def _text_fields(lang: Language, place: int, scene: Scene) -> None:
    for part, label, widget in (
        ("title", lang.text("Title (if empty: what the view shows)"), st.text_input),
        ("notes", lang.text("Notes"), st.text_area),
    ):
        # The key includes the text, so that the field follows when a scene moves.
        words = getattr(scene, part)[lang.code]
        key = f"agenda.{part}.{place}.{lang.code}.{hash(words)}"
        longest = LONGEST[part]
        on_change = partial(_set_text, place, part, lang.code, key)
        widget(label, words, max_chars=longest, key=key, on_change=on_change)


def _set_text(place: int, part: str, code: str, key: str) -> None:
    text = str(filters.take(key) or "").strip()
    filters.keep(NOT_KEPT, not own_agenda.set_text(place, part, code, text))


def labels(lang: Language) -> dict[str, str]:
    """The labels of the stage in the browser, by their use."""
    return {
        "start": lang.text("Start"),
        "dark": lang.text("Dark colors"),
        "kept": lang.text("This agenda is kept in this browser."),
        "up": _with_title(lang, lang.text("Move up")),
        "down": _with_title(lang, lang.text("Move down")),
        "remove": _with_title(lang, lang.text("Remove")),
        "moved": lang.text("Scene {n} of {all}: {words}", n="{n}", all="{all}", words="{title}"),
        "removed": _with_title(lang, lang.text("Removed")),
        "second": lang.text("Speaker notes in a second window"),
        "page": _with_title(lang, lang.text("Open the page")),
        "loading": lang.text("Loading scenes …"),
        "ready": lang.text("Ready to present offline."),
        "failed": lang.text("Not all scenes could be loaded. Load the page again."),
        "tools": lang.text("Presentation tools"),
        "before": lang.text("Previous scene (←)"),
        "after": lang.text("Next scene (→)"),
        "list": lang.text("List of scenes (L)"),
        "number": lang.text("A scene by its number (1–9)"),
        "keys": lang.text("These keys (?)"),
        "play": lang.text("Run the scenes by themselves (P)"),
        "halt": lang.text("Pause the scenes (P)"),
        "blank": lang.text("Blank screen (B)"),
        "blanked": lang.text("The screen is blank."),
        "time": lang.text("Time"),
        "run": lang.text("Start the clock (T)"),
        "pause": lang.text("Pause the clock (T)"),
        "reset": lang.text("Reset the clock"),
        "full": lang.text("Full screen (F)"),
        "leave": lang.text("Exit (Esc)"),
        "follows": lang.text("These notes follow the presentation."),
        "alone": lang.text("The presentation is not open in this browser."),
        "silent": lang.text("No notes for this scene."),
        "next": _with_title(lang, lang.text("Next")),
        "last": lang.text("This is the last scene."),
    }


def _with_title(lang: Language, label: str) -> str:
    """A label followed by a placeholder that the browser replaces by the title of a scene."""
    return lang.text("{label}: {words}", label=label, words="{title}")
