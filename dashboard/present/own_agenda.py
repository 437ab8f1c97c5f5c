"""Changes to the session's own agenda: add a view; move, edit or remove a scene."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.present import agenda, links
from dashboard.present.agenda import in_each
from dashboard.shell import choices, filters, ledger_choices, navigation
from dashboard.shell.filter_types import Many, One, option
from dashboard.subjects.ledger import names as ledger_names
from data import meeting
from data.i18n import Language
from data.meeting import Scene, Words


def add(page: str) -> None:
    """Append the view that a page shows to the session's own agenda."""
    agenda.take(
        replace(
            agenda.own(),
            scenes=(*agenda.own().scenes, Scene(links.here(page), in_each(_title(page)), in_each(_empty))),
        )
    )


def move(place: int, by: int) -> None:
    """Move a scene up (-1) or down (1)."""
    scenes = list(agenda.own().scenes)
    scenes.insert(place + by, scenes.pop(place))
    agenda.take(replace(agenda.own(), scenes=tuple(scenes)))


def remove(place: int) -> None:
    """Remove a scene."""
    scenes = agenda.own().scenes
    agenda.take(replace(agenda.own(), scenes=(*scenes[:place], *scenes[place + 1 :])))


def set_text(place: int, part: str, code: str, text: str) -> None:
    """Set the `title` or `notes` of a scene in a language; braces that are not placeholders are escaped."""
    if part == "notes" and next(meeting.misplaced(text), None):
        text = text.replace("{", "{{").replace("}", "}}")
    scenes = list(agenda.own().scenes)
    words: Words = {**getattr(scenes[place], part), code: text}
    scenes[place] = Scene(**{**vars(scenes[place]), part: words})
    agenda.take(replace(agenda.own(), scenes=tuple(scenes)))


def _empty(_lang: Language) -> str:
    return ""


# The filters, by page, whose values are part of the title of a new scene.
_SUBJECT: dict[str, tuple[One | Many, ...]] = {
    "region": (choices.INDICATOR,),
    "routes": (choices.EVIDENCE, choices.STATES),
    "country": (choices.AREA,),
    "explore": (choices.INDICATORS, choices.STATES),
    "declaration": (),
    "instruments": (choices.TREATY,),
    "coverage": (choices.COVERAGE_INDICATOR,),
}


def _title(page: str) -> Callable[[Language], str]:
    """A function that returns the title of a new scene in a language: the page and its subject."""
    chosen = [(spec, filters.values(spec)[spec.name]) for spec in _SUBJECT.get(page, ())]

    def title_in(lang: Language) -> str:
        options = [(spec, id_) for spec, value in chosen for id_ in (value if isinstance(spec, Many) else [value])]
        names = [option(lang, spec, id_) for spec, id_ in options]
        if page == "declaration" and (number := _paragraph()):
            names = [ledger_names.title(lang, number)]
        title = (
            lang.labelled(navigation.title(lang, page), lang.listing(names)) if names else navigation.title(lang, page)
        )
        return title[: meeting.LONGEST["title"]]

    return title_in


def _paragraph() -> int:
    """The selected paragraph of page "Declaration"; 0 for all."""
    number = filters.value(ledger_choices.PARAGRAPH)
    return int(number) if number != ledger_choices.ALL else 0
