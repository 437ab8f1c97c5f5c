"""The files that a briefing is written as: their endings, media types, and who writes them."""

from collections.abc import Callable

from dashboard.briefing import subject
from dashboard.briefing.content import Briefing
from dashboard.briefing.maps import Size
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
    """What the file is called: of whom, in which language, of which snapshot."""
    return f"atalaya_briefing_{whom(area, other)}_{lang.code}_{snapshot}.{form}"


def whom(area: str | None, other: str | None) -> str:
    """An id of the subject, e.g. `CRI_USA`."""
    return "_".join(filter(None, (area, other))) or "region"
