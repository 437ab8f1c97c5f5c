"""The file formats of a briefing."""

from collections.abc import Callable

from dashboard.briefing import build
from dashboard.briefing.content import Briefing
from data.i18n import N_, Language

Write = Callable[[Briefing], bytes]


def _pptx(briefing: Briefing) -> bytes:
    # Imported late: most readers never need these libraries.
    from dashboard.briefing import pptx  # noqa: PLC0415

    return pptx.write(briefing)


def _pdf(briefing: Briefing) -> bytes:
    from dashboard.briefing import pdf  # noqa: PLC0415 - as above

    return pdf.write(briefing)


# By id: the button's label, the ending, the media type, and the writer.
FORMS: dict[str, tuple[str, str, str, Write]] = {
    "pptx": (
        "PowerPoint",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _pptx,
    ),
    "pdf": ("PDF", "pdf", "application/pdf", _pdf),
    "page": (N_("One page to print (PDF)"), "pdf", "application/pdf", _pdf),
}


def offered(other: str | None) -> tuple[str, ...]:
    """The ids of the forms of a subject: two states have no single page."""
    return tuple(form for form in FORMS if form != "page" or not other)


def made(form: str, lang: Language, area: str | None, other: str | None, root: str) -> bytes:
    """A briefing as the bytes of a file of one of `FORMS`; the other arguments are those of `build.of`.

    Raises:
        ValueError: a page of two states.
    """
    _, _, _, write = FORMS[form]
    if form not in offered(other):
        raise ValueError(form)
    return write(build.page(lang, area, root=root) if form == "page" else build.of(lang, area, other, root=root))


def name(form: str, lang: Language, area: str | None, other: str | None, snapshot: str) -> str:
    """The file's name: kind, subject, language, snapshot."""
    kind = "page" if form == "page" else "briefing"
    return f"atalaya_{kind}_{build.subject_id(area, other)}_{lang.code}_{snapshot}.{FORMS[form][1]}"
