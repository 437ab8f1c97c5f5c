"""Changes of the session's own agenda: a view comes into it; a scene is moved, named, taken out."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.present import agenda, links
from dashboard.present.agenda import in_each
from dashboard.shell import choices, filters, ledger_choices, navigation
from dashboard.shell.specs import Many, One, option
from dashboard.subjects.ledger import names as ledger_names
from data import meeting
from data.i18n import Language
from data.meeting import Scene, Words


def add(page: str) -> None:
    """Put the view that a page shows at the end of the session's own agenda, where there is room."""
    agenda.take(
        replace(
            agenda.own(),
            scenes=(*agenda.own().scenes, Scene(links.here(page), in_each(_titled(page)), in_each(_empty))),
        )
    )


def move(place: int, by: int) -> None:
    """Move a scene up (-1) or down (1)."""
    scenes = list(agenda.own().scenes)
    scenes.insert(place + by, scenes.pop(place))
    agenda.take(replace(agenda.own(), scenes=tuple(scenes)))


def remove(place: int) -> None:
    """Take a scene out."""
    scenes = agenda.own().scenes
    agenda.take(replace(agenda.own(), scenes=(*scenes[:place], *scenes[place + 1 :])))


def say(place: int, part: str, code: str, text: str) -> None:
    """Give a scene its `title` or `notes` in a language; braces that name no place of ours are plain braces."""
    if part == "notes" and next(meeting.misplaced(text), None):
        text = text.replace("{", "{{").replace("}", "}}")
    scenes = list(agenda.own().scenes)
    told: Words = {**getattr(scenes[place], part), code: text}
    scenes[place] = Scene(**{**vars(scenes[place]), part: told})
    agenda.take(replace(agenda.own(), scenes=tuple(scenes)))


def _empty(_lang: Language) -> str:
    return ""


# What a view is about, by page: the filters that say it. A paragraph or a state is named only where one is chosen.
_SUBJECT: dict[str, tuple[One | Many, ...]] = {
    "region": (choices.INDICATOR,),
    "routes": (choices.EVIDENCE, choices.STATES),
    "country": (choices.AREA,),
    "explore": (choices.INDICATORS, choices.STATES),
    "ledger": (),
    "instruments": (choices.TREATY,),
    "coverage": (choices.COVERED,),
}


def _titled(page: str) -> Callable[[Language], str]:
    """The title of a new scene: the page, and what its view is about."""
    chosen = [(spec, filters.values(spec)[spec.name]) for spec in _SUBJECT.get(page, ())]

    def said(lang: Language) -> str:
        ids = [(spec, id_) for spec, value in chosen for id_ in (value if isinstance(spec, Many) else [value])]
        told = [option(lang, spec, id_) for spec, id_ in ids]
        if page == "ledger" and (number := _paragraph()):
            told = [ledger_names.title(lang, number)]
        title = (
            lang.labelled(navigation.title(lang, page), lang.listing(told)) if told else navigation.title(lang, page)
        )
        return title[: meeting.LONGEST["title"]]

    return said


def _paragraph() -> int:
    """The paragraph that is chosen on page "Ledger"; 0 for all of them."""
    number = filters.value(ledger_choices.PARAGRAPH)
    return int(number) if number != ledger_choices.ALL else 0
