"""Changes of the session's own agenda: a view comes into it; a scene is moved, named, taken out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dashboard import choices, filters, ledger_choices, ledger_terms, terms
from dashboard.present import agenda, links
from dashboard.present.agenda import in_each
from dashboard.specs import Many, Spec
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
_SUBJECT: dict[str, tuple[tuple[Spec[Any], Callable[[Language, str], str]], ...]] = {
    "region": ((choices.INDICATOR, terms.indicator),),
    "routes": ((choices.EVIDENCE, terms.evidence), (choices.STATES, Language.country)),
    "country": ((choices.AREA, Language.country),),
    "explore": ((choices.INDICATORS, terms.indicator), (choices.STATES, Language.country)),
    "ledger": (),
    "instruments": ((choices.TREATY, terms.part),),
    "coverage": ((choices.COVERED, terms.indicator),),
}


def _titled(page: str) -> Callable[[Language], str]:
    """The title of a new scene: the page, and what its view is about."""
    held = [(spec, word, filters.value(spec)) for spec, word in _SUBJECT.get(page, ())]

    def said(lang: Language) -> str:
        told = [word(lang, id_) for spec, word, value in held for id_ in (value if isinstance(spec, Many) else [value])]
        if page == "ledger" and (number := _paragraph()):
            told = [ledger_terms.title(lang, number)]
        title = lang.labelled(terms.page(lang, page), lang.listing(told)) if told else terms.page(lang, page)
        return title[: meeting.LONGEST["title"]]

    return said


def _paragraph() -> int:
    """The paragraph that is chosen on page "Ledger"; 0 for all of them."""
    number = filters.value(ledger_choices.PARAGRAPH)
    return int(number) if number != ledger_choices.ALL else 0
