"""The button on a page that offers a briefing in each of its formats, and the reader's place in the queue."""

from functools import partial

import streamlit as st

from dashboard import site, static, store
from dashboard.briefing import queue
from dashboard.briefing.formats import FORMS, name, subject_id
from dashboard.shell import run
from data.i18n import Language

# Seconds between two looks at the queue.
PLACE = 2


def briefing(lang: Language, area: str | None = None, other: str | None = None) -> None:
    """A button that opens to the file formats, each made when it is clicked; without a state, for the region."""
    subject_key = subject_id(area, other)
    part = st.popover(lang.text("Briefing"), key=f"briefing.{subject_key}", on_change="rerun")
    with part:
        if not part.open:
            return
        st.markdown(lang.text("Figures, maps, routes and gaps of this view, as slides to edit or pages to print."))
        if static.served():
            queue.prepare()
        root, snapshot, names = site.public_address(), store.snapshot().id, run.names()
        for form, (label, media, _, _) in FORMS.items():
            st.download_button(
                label,
                partial(queue.made, form, lang.code, area, other, root, snapshot, names),
                file_name=name(form, lang, area, other, snapshot),
                mime=media,
                key=f"briefing.{subject_key}.{form}",
                on_click="ignore",
            )
        _place(lang, names)


@st.fragment(run_every=PLACE)
def _place(lang: Language, names: tuple[str, ...]) -> None:
    """The reader's place in the queue, while there is one."""
    if words := queue.place(lang, names):
        st.caption(words)
