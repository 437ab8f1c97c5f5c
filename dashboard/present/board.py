"""Page "Present" on the desk: scenes to read, the tools for an own agenda, and the button that adds a view to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import site, store
from dashboard.present import contents, links, own_agenda, reading
from dashboard.shell import blocks, filters, layout, run
from dashboard.subjects.meetings.filters import MEETING, OWN
from dashboard.views.page import Show
from data.i18n import N_, Language
from data.meeting import LARGEST, LONGEST, Meeting, MeetingError, Scene

# The show of the reader's own agenda: the document to which its file is sent.
SHOW = f"{links.PRESENT}?{urlencode({MEETING.name: OWN})}"
FILE = "agenda.file"
READ = "agenda.read"
NOT_KEPT = "agenda.not_kept"
# Megabytes that the uploader takes; more than we read, whose refusal is in the reader's language.
UPLOADED = 1
FULL = N_("Your agenda is full ({n} kB), so your last text was not kept. Shorten other texts, or remove a scene.")


def show(lang: Language, block: Show, figure: Callable[..., None]) -> None:
    """Show the scenes as text; the show itself is a document.

    Args:
        figure: shows a figure of a language by its name and the values of its filters, under a key.
    """
    if not layout.reading(lang, SHOW if block.own else links.PRESENT, lang.text("The presentation")):
        st.info(lang.text("To present, start Atalaya with python -m dashboard. Here you can only read the scenes."))
    if block.agenda.scenes:
        _scenes(lang, block, figure)
    else:
        st.info(lang.text("No scenes yet. Use “Add this view to my meeting agenda” at the foot of any page."))
    if not block.notes:
        tools(lang, block)


def _scenes(lang: Language, block: Show, figure: Callable[..., None]) -> None:
    """The titles of all scenes, and the one that the address names."""
    shown = contents.scenes(lang, block.agenda, datetime.now(UTC).date(), site.public_address(), block.area)
    st.markdown("\n".join(f"1. {layout.plain(scene['title'], 200)}" for scene in shown))
    if at := min(block.scene, len(shown)):
        scene = links.shown(block.agenda, block.area)[at - 1]
        _scene(lang, links.completed(scene.address, block.area), shown[at - 1], figure)


def _scene(lang: Language, address: str, content: dict[str, Any], figure: Callable[..., None]) -> None:
    st.subheader(layout.plain(content["title"], 400), anchor=False)
    st.markdown(layout.plain(content["heading"], 400))
    blocks.pairs(lang, [(fact["label"], " ".join([fact["figure"], fact["note"]]).strip()) for fact in content["facts"]])
    for line in (*content["lines"], content["notes"]):
        st.markdown(layout.plain(line, 4000))
    if content["figure"] and (graphic := links.glance(lang, address).figure):
        figure(lang, graphic.name, graphic.values, key="scene.figure")


def add_button(lang: Language, page: str) -> None:
    """At the foot of a page of the desk: a button that adds its view to the agenda, and what to do with the agenda."""
    if page not in own_agenda.pages():
        return
    with st.container(key="add", horizontal=True, vertical_alignment="center", gap="medium"):
        label, full = lang.text("Add this view to my meeting agenda"), own_agenda.is_full(page)
        st.button(label, key="agenda.add", on_click=partial(own_agenda.add, page), disabled=full)
        if n := len(own_agenda.own().scenes):
            count = lang.plural("My agenda: {n} scene", "My agenda: {n} scenes", n)
            layout.link(lang, links.PRESENT, count, **{MEETING.name: OWN})
            _download(lang)


def _download(lang: Language) -> None:
    label, file = lang.text("Download (TOML)"), f"atalaya_agenda_{store.snapshot().id}.toml"
    st.download_button(label, own_agenda.content(), file_name=file, mime="application/toml", key="agenda.download")


def tools(lang: Language, block: Show) -> None:
    """The tools for an own agenda: copy, load, edit, download."""
    with blocks.folded(lang.text("Make your own agenda"), "agenda") as opened:
        if opened:
            explanation = lang.text(
                "Use “Add this view to my meeting agenda” at the foot of any page. Your agenda is kept as long as this "
                "tab is open. To keep it, or to present it, download it, and load it on the page of the presentation."
            )
            st.markdown(explanation)
            with st.container(horizontal=True, gap="small"):
                if not block.own:
                    label = lang.text("Copy to my agenda")
                    st.button(label, key="agenda.copy", on_click=partial(_replace_own, block.agenda))
                elif block.agenda.scenes:
                    _download(lang)
            _load(lang)
            if block.own:
                _edit(lang, block.agenda)


def _replace_own(shown: Meeting) -> None:
    own_agenda.take(shown)
    filters.put(MEETING, OWN)


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
            filters.keep(READ, reading.agenda("agenda", upload.getvalue(), run.names(), upload.name))
        except MeetingError as error:
            filters.keep(READ, error.faults)


def _edit(lang: Language, shown: Meeting) -> None:
    """For each scene its place, and fields for its title and notes in the current language."""
    if filters.take(NOT_KEPT):
        st.warning(lang.text(FULL, n=LARGEST // 1000))
    for place, scene in enumerate(shown.scenes):
        # The label has no title: changing the label would close the section while its title is edited.
        with blocks.folded(lang.text("Scene {n}", n=place + 1), f"scene.{place}") as opened:
            if opened:
                _order(lang, place, len(shown.scenes))
                _text_fields(lang, place, scene)


def _order(lang: Language, place: int, scenes: int) -> None:
    """Buttons that move a scene or remove it."""
    with st.container(horizontal=True, gap="small"):
        for label, by in ((lang.text("Move up"), -1), (lang.text("Move down"), 1)):
            key, on_click = f"agenda.move.{place}.{by}", partial(own_agenda.move, place, by)
            st.button(label, key=key, on_click=on_click, disabled=not 0 <= place + by < scenes)
        on_click = partial(own_agenda.remove, place)
        st.button(lang.text("Remove"), key=f"agenda.remove.{place}", on_click=on_click)


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
