"""Changes to the session's own agenda: add a view, put scenes in another order or remove them, edit a text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from dashboard.present import agenda, links
from data import meeting
from data.i18n import LANGUAGES
from data.meeting import LONGEST, Meeting, Scene, Words

NO_WORDS: Words = dict.fromkeys(LANGUAGES, "")


def add(page: str) -> None:
    """Append the view that a page shows to the session's own agenda; its title is what the view shows."""
    agenda.take(_with_view(page))


def is_full(page: str) -> bool:
    """Whether the view that a page shows does not fit into the session's own agenda."""
    return not agenda.OWN_AGENDA.allows(_with_view(page))


def _with_view(page: str) -> Meeting:
    own = agenda.own()
    return replace(own, scenes=(*own.scenes, Scene(links.here(page), NO_WORDS, NO_WORDS)))


def ids(scenes: Sequence[Scene]) -> list[str]:
    """An id for each scene, which it keeps in any order; scenes that are alike have different ones."""
    seen: Counter[str] = Counter()
    found = []
    for scene in scenes:
        name = sha256(repr(scene).encode()).hexdigest()[:12]
        found.append(f"{name}.{seen[name]}")
        seen[name] += 1
    return found


def arrange(order: Sequence[str]) -> None:
    """Put the scenes in the order of these ids and remove the others; an id of no scene is ignored."""
    own = agenda.own()
    by_id = dict(zip(ids(own.scenes), own.scenes, strict=True))
    agenda.take(replace(own, scenes=tuple(by_id[one] for one in dict.fromkeys(order) if one in by_id)))


def set_text(place: int, part: str, code: str, text: str) -> bool:
    """Set the `title` or `notes` of a scene in a language; braces that are not placeholders are escaped.

    False, and nothing changes, if no browser could keep the agenda.
    """
    text = text[: LONGEST[part]]
    if part == "notes" and next(meeting.misplaced(text), None):
        text = text.replace("{", "{{").replace("}", "}}")
    scenes = list(agenda.own().scenes)
    words: Words = {**getattr(scenes[place], part), code: text}
    scenes[place] = Scene(**{**vars(scenes[place]), part: words})
    return agenda.take(replace(agenda.own(), scenes=tuple(scenes)))
