"""The file formats of a briefing, and the button on a page that offers them."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import site, static, store
from dashboard.briefing import build, queue
from dashboard.briefing.content import Briefing
from dashboard.briefing.maps import Size
from dashboard.shell import run
from data.i18n import Language

Write = Callable[[Briefing], bytes]
# Seconds between two looks at the queue.
PLACE = 2


def _pptx(briefing: Briefing) -> bytes:
    # Imported late: most readers never need these libraries.
    from dashboard.briefing import pptx  # noqa: PLC0415

    return pptx.write(briefing)


def _pdf(briefing: Briefing) -> bytes:
    from dashboard.briefing import pdf  # noqa: PLC0415 - as above

    return pdf.write(briefing)


# By ending: the button's label, the media type, the size of maps in pixels, and the writer.
FORMS: dict[str, tuple[str, str, Size, Write]] = {
    "pptx": (
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        build.SLIDE,
        _pptx,
    ),
    "pdf": ("PDF", "application/pdf", build.PAPER, _pdf),
}


def made(form: str, lang: Language, area: str | None, other: str | None, root: str) -> bytes:
    """A briefing as the bytes of a file of one of `FORMS`; the other arguments are those of `subject.of`."""
    _, _, size, write = FORMS[form]
    return write(build.of(lang, area, other, root=root, size=size))


def name(form: str, lang: Language, area: str | None, other: str | None, snapshot: str) -> str:
    """The file's name: subject, language, snapshot."""
    return f"atalaya_briefing_{subject_id(area, other)}_{lang.code}_{snapshot}.{form}"


def subject_id(area: str | None, other: str | None) -> str:
    """The id of a subject, e.g. `CRI_USA`."""
    return "_".join(filter(None, (area, other))) or "region"


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
