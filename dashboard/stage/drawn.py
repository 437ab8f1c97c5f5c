"""Draws a figure at its address; documents, the show, pictures, the desk and the tests get their figures here."""

from dashboard.charts.colors import resolved
from dashboard.charts.layout import without_long_title
from dashboard.stage import projector
from dashboard.stage.request import STAGE, FigureRequest
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.views.figure import Drawn
from dashboard.views.filters import LANGUAGE
from data.i18n import Language, language


def drawn(request: FigureRequest) -> Drawn:
    """The requested figure in the colors of its theme."""
    made = uncolored(request)
    return made._replace(spec=resolved(made.spec, request.medium.theme))


def uncolored(request: FigureRequest) -> Drawn:
    """The requested figure in names of colors; its description also counts the figures that a state disputes."""
    lang = language(request.value(LANGUAGE))
    made = request.figure.draw(request, lang, request.medium)
    made = made._replace(description=" ".join([made.description, *disputed(request, lang)]))
    return _for_projector(made) if request.value(STAGE) else _with_long_title_above(made)


def disputed(request: FigureRequest, lang: Language) -> list[str]:
    """One sentence with the number of disputed figures on show; empty if there are none."""
    rows = request.figure.rows
    if rows is None or every().is_empty():
        return []
    return corrections_words.shown(lang, corrections_tables.within(rows(request)).height)


def _with_long_title_above(made: Drawn) -> Drawn:
    spec, title = without_long_title(made.spec)
    return made._replace(spec=spec, heading="\n".join(filter(None, [made.heading, title])))


def _for_projector(made: Drawn) -> Drawn:
    spec, title, notes = projector.staged(made.spec)
    return made._replace(spec=spec, heading=made.heading or title, notes=notes or made.notes)
