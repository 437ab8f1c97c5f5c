"""Draws a figure at its address; documents, the show, pictures, the desk and the tests get their figures here."""

from dashboard.charts import ground
from dashboard.charts.colors import resolved
from dashboard.charts.drawing import NOTES
from dashboard.stage.projector import legible
from dashboard.stage.request import STAGE, FigureRequest
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.views.figure import Drawn
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, served
from data.i18n import Language, language


def drawn(request: FigureRequest) -> Drawn:
    """The requested figure in the colors of its theme."""
    made = uncolored(request)
    return made._replace(spec=resolved(made.spec, request.medium.theme))


def uncolored(request: FigureRequest) -> Drawn:
    """The requested figure in names of colors.

    Its notes also have the earlier release that it shows, what its drawing leaves out, how many of its figures a state
    disputes, and that a map implies no opinion on boundaries.
    """
    lang = language(request.value(LANGUAGE))
    made = request.figure.draw(request, lang, request.medium)
    layout = dict(made.spec["layout"])
    left_out = layout.pop("meta", {}).get(NOTES, ())
    argued = disputed(request, lang)
    on_map = [ground.disclaimer(lang)] if request.on_map and made.mapped else []
    spec = {**made.spec, "layout": layout}
    edition = request.edition
    return made._replace(
        title=made.title.removesuffix("."),
        measure=data_version.titled(lang, made.measure, edition),
        source=served.source(lang, made.releases),
        about=[*made.about, *served.details(lang, made.releases)],
        spec=legible(spec) if request.value(STAGE) else spec,
        description=" ".join(filter(None, [made.description, *argued])),
        notes=(*data_version.remark(lang, edition), *made.marks, *made.notes, *left_out, *argued, *on_map),
    )


def disputed(request: FigureRequest, lang: Language) -> list[str]:
    """One sentence with the number of disputed figures on show; empty if there are none."""
    rows = request.figure.rows
    if rows is None or every().is_empty():
        return []
    return corrections_words.shown(lang, corrections_tables.within(rows(request)).height)
