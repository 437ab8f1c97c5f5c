"""A figure in words, away from its page, as pictures, embeds and social cards have them; and the page that shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import catalog, store
from dashboard.catalog import figures
from dashboard.charts.medium import BROAD
from dashboard.stage import request
from dashboard.stage.drawn import uncolored
from dashboard.views.figure import Drawn
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version
from dashboard.words.served import Served
from data.i18n import Language


def caption(name: str, texts: Mapping[str, str]) -> Drawn:
    """The figure whose words stand around pictures, embeds and cards; `texts` are its parameters (`request.query`)."""
    return _caption(name, tuple(sorted(texts.items())))


@store.cached
def _caption(_snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...]) -> Drawn:
    return uncolored(request.parse(name, dict(texts) | request.shown(BROAD)))._replace(spec={})


def stale(lang: Language, releases: Sequence[Served]) -> list[str]:
    """What pages warn of, for the sources of a figure: that they are old, or were not renewed.

    It depends on the day, so it is not part of a caption, which is kept.
    """
    shown = {one.source for one in releases}
    named = {source: year for source, year in store.last_years().items() if source in shown}
    return data_version.warnings(lang, store.snapshot(), named)


def view(name: str, values: Mapping[str, Any], code: str) -> tuple[str, dict[str, str]]:
    """The page that shows a figure, by its slug, and the parameters of that view.

    Args:
        values: of the filters of the figure, by name; code: the language.
    """
    figure = figures()[name]
    known = {spec.name for spec in catalog.filters_of(figure.page)}
    chosen = {key: text for key, text in request.chosen(name, values).items() if key in known}
    return figure.page, {LANGUAGE.name: code, **figure.beside, **chosen}
