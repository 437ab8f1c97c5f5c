"""A figure in words, away from its page: its title, its notes, its description, and the page that shows it.

Pictures, embeds and social cards have these. What the page of a figure says around it, they have to say themselves.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dashboard import catalog, store
from dashboard.catalog import figures
from dashboard.charts.layout import TITLED
from dashboard.charts.medium import BROAD
from dashboard.stage import request
from dashboard.stage.drawn import disputed, drawn
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, terms
from data.i18n import Language, language


class Caption(NamedTuple):
    """The words of a figure.

    Attributes:
        title: what it shows; subtitle: the rest of its heading, often empty.
        notes: on the figures, the releases that they come from, and how many of them a state disputes.
        description: two sentences or more, for a reader who does not see it.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    description: str


def caption(name: str, texts: Mapping[str, str]) -> Caption:
    """The words of a figure; `texts` are its parameters (`request.query`)."""
    return _caption(name, tuple(sorted(texts.items())))


@store.cached
def _caption(_snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...]) -> Caption:
    asked = request.parse(name, dict(texts) | request.shown(BROAD))
    made = drawn(asked)
    within = [note["text"] for note in made.spec["layout"].get("annotations", []) if note.get("name") == TITLED]
    heading = made.heading or " ".join(within).replace("<br>", " ").removeprefix("<b>").removesuffix("</b>")
    first, _, rest = heading.partition("\n")
    lang = language(asked.value(LANGUAGE))
    say = asked.figure.title
    title = say(asked, lang) if say else ""
    if title:
        # The topic stands under what the figure shows.
        rest = " ".join(filter(None, [first, rest]))
    title = title or first or made.description.partition(". ")[0]
    notes = (*made.notes, *disputed(asked, lang))
    return Caption(title, rest.replace("\n", " "), notes, made.description)


def releases(lang: Language, notes: Iterable[str]) -> dict[str, str]:
    """Those of the notes of a figure that name a source, by its name: the releases that its rows come from."""
    names = [terms.term(lang, "source", source["name"]) for source in store.snapshot().manifest["sources"]]
    found = {note: next((name for name in names if name in note), "") for note in notes}
    return {name: note for note, name in found.items() if name}


def stale(lang: Language, notes: Iterable[str]) -> list[str]:
    """What pages warn of, for the sources that the notes of a figure name: that they are old, or were not renewed.

    It depends on the day, so it is not part of a caption, which is kept.
    """
    text = " ".join(notes)
    named = {source: year for source, year in store.last_years().items() if terms.term(lang, "source", source) in text}
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
