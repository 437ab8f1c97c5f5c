"""The tools for an agenda of one's own: the titles, notes and order of its scenes, and the file that it is kept as."""

from functools import partial

import streamlit as st

from dashboard import blocks, filters, layout, store
from dashboard.present import agenda, changing, links
from data import meeting
from data.i18n import Language
from data.meeting import LONGEST, Meeting, MeetingError, Scene

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
