"""The buttons on a page that offer a briefing, or its one page to print, and the reader's place in the queue."""

from functools import partial

import streamlit as st

from dashboard import site, store
from dashboard.briefing import queue
from dashboard.briefing.build import subject_id
from dashboard.briefing.formats import FORMS, name
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
        for form in ("pptx", "pdf"):
            _download(lang, form, area, other, f"briefing.{subject_key}.{form}")
        _place(lang, run.names())


def page(lang: Language, area: str | None = None) -> None:
    """A button that makes one page to print of a state or of the region."""
    _download(lang, "page", area, None, f"page.{subject_id(area, None)}")


def _download(lang: Language, form: str, area: str | None, other: str | None, key: str) -> None:
    """A button that makes a file when it is clicked."""
    label, _, media, _ = FORMS[form]
    snapshot = store.snapshot().id
    made = partial(queue.made, form, lang.code, area, other, site.public_address(), snapshot, run.names())
    file = name(form, lang, area, other, snapshot)
    st.download_button(lang.text(label), made, file_name=file, mime=media, key=key, on_click="ignore")


@st.fragment(run_every=PLACE)
def _place(lang: Language, names: tuple[str, ...]) -> None:
    """The reader's place in the queue, while there is one."""
    if words := queue.place(lang, names):
        st.caption(words)
