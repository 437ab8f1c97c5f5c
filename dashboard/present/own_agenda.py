"""The session's own agenda on the desk, and its changes: add a view, order or remove scenes, edit a text."""

from dataclasses import replace
from urllib.parse import urlencode

from dashboard import catalog, menu
from dashboard.present import links
from dashboard.shell import filters
from dashboard.subjects.meetings.filters import OWN_AGENDA
from dashboard.views.filters import Form
from data import meeting
from data.i18n import LANGUAGES
from data.meeting import LONGEST, Meeting, Scene, TextsByLanguage

NO_WORDS: TextsByLanguage = dict.fromkeys(LANGUAGES, "")


def own() -> Meeting:
    """The session's own agenda."""
    return filters.value(OWN_AGENDA)


def take(agenda: Meeting) -> bool:
    """Replace the session's own agenda; False, and nothing changes, if it is too large."""
    fits = OWN_AGENDA.allows(agenda)
    if fits:
        filters.put(OWN_AGENDA, agenda)
    return fits


def pages() -> list[str]:
    """The pages whose views can be scenes."""
    return [page for page in menu.scripts() if page != links.PRESENT]


def content() -> bytes:
    """The session's own agenda as the content of a file."""
    return OWN_AGENDA.write(own()).encode()


def add(page: str) -> None:
    """Append the view that a page shows to the session's own agenda; its title is what the view shows."""
    take(_with_view(page))


def is_full(page: str) -> bool:
    """Whether the view that a page shows does not fit into the session's own agenda."""
    return not OWN_AGENDA.allows(_with_view(page))


def _with_view(page: str) -> Meeting:
    mine = own()
    return replace(mine, scenes=(*mine.scenes, Scene(here(page), NO_WORDS, NO_WORDS)))


def move(place: int, by: int) -> None:
    """Move a scene up (-1) or down (1); at an end nothing changes."""
    scenes = list(own().scenes)
    if 0 <= place + by < len(scenes):
        scenes.insert(place + by, scenes.pop(place))
        take(replace(own(), scenes=tuple(scenes)))


def remove(place: int) -> None:
    """Remove a scene."""
    scenes = own().scenes
    take(replace(own(), scenes=scenes[:place] + scenes[place + 1 :]))


def set_text(place: int, part: str, code: str, text: str) -> bool:
    """Set the `title` or `notes` of a scene in a language; braces that are not placeholders are escaped.

    False, and nothing changes, if the agenda would be too large.
    """
    text = text[: LONGEST[part]]
    if part == "notes" and next(meeting.misplaced(text), None):
        text = text.replace("{", "{{").replace("}", "}}")
    scenes = list(own().scenes)
    words: TextsByLanguage = {**getattr(scenes[place], part), code: text}
    scenes[place] = Scene(**{**vars(scenes[place]), part: words})
    return take(replace(own(), scenes=tuple(scenes)))


def here(page: str) -> str:
    """The address of the current view with all its filters, because a default may change next year."""
    texts = {spec.name: spec.write(filters.value(spec)) for spec in catalog.filters_of(page)}
    rows = {spec.name for spec in catalog.filters_of(page) if isinstance(spec, Form)}
    given = {name: text for name, text in texts.items() if text or name not in rows}
    return f"/{page}?{urlencode(given, safe=',')}".removesuffix("?")
