"""The file formats of a briefing."""

from collections.abc import Callable

from dashboard.briefing import build
from dashboard.briefing.content import Briefing
from dashboard.briefing.maps import Size
from data.i18n import Language

Write = Callable[[Briefing], bytes]


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
