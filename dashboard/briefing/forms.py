"""The kinds of file that a briefing is written as, and the button of a page that offers them."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import store
from dashboard.briefing import subject
from dashboard.briefing.content import Briefing
from dashboard.briefing.maps import Size
from dashboard.export import offer
from data.i18n import Language

Write = Callable[[Briefing], bytes]


def _pptx(briefing: Briefing) -> bytes:
    # Libraries that most readers never ask for are loaded by the first who does.
    from dashboard.briefing import pptx  # noqa: PLC0415

    return pptx.write(briefing)


def _pdf(briefing: Briefing) -> bytes:
    from dashboard.briefing import pdf  # noqa: PLC0415 - as above

    return pdf.write(briefing)


# Ending, what a button says, media type, the pixels of its maps, and who writes it.
FORMS: dict[str, tuple[str, str, Size, Write]] = {
    "pptx": (
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        subject.SLIDE,
        _pptx,
    ),
    "pdf": ("PDF", "application/pdf", subject.PAPER, _pdf),
}


def made(form: str, lang: Language, area: str | None, other: str | None, root: str) -> bytes:
    """A briefing as a file of one of `FORMS`; the other arguments are those of `subject.of`."""
    _, _, size, write = FORMS[form]
    return write(subject.of(lang, area, other, root=root, size=size))


def name(form: str, lang: Language, area: str | None, other: str | None, snapshot: str) -> str:
    """The name of the file: its subject, its language, its snapshot."""
    return f"atalaya_briefing_{subject_id(area, other)}_{lang.code}_{snapshot}.{form}"


def subject_id(area: str | None, other: str | None) -> str:
    """The id of a subject, e.g. `CRI_USA`."""
    return "_".join(filter(None, (area, other))) or "region"


def briefing(lang: Language, area: str | None = None, other: str | None = None) -> None:
    """A button that opens to the kinds of file, each made when it is asked for; without a state, of the region."""
    subject_key = subject_id(area, other)
    part = st.popover(lang.text("Briefing"), key=f"briefing.{subject_key}", on_change="rerun")
    with part:
        if not part.open:
            return
        st.markdown(lang.text("Figures, maps, routes and gaps of this view: slides to edit, or paper to print."))
        root, snapshot = offer.root(), store.snapshot().id
        for form, (label, media, _, _) in FORMS.items():
            st.download_button(
                label,
                partial(made, form, lang, area, other, root),
                file_name=name(form, lang, area, other, snapshot),
                mime=media,
                key=f"briefing.{subject_key}.{form}",
                on_click="ignore",
            )
