"""The agendas of page "Present": those that are delivered, and the session's own, which any page adds views to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.present import links
from dashboard.shell import filters, navigation
from dashboard.shell.specs import Flag, One, Spec, Whole
from data import meeting
from data.i18n import LANGUAGES, N_, Language, language
from data.meeting import MOST_SCENES, Meeting

OWN = "own"
MEETING = One("meeting", (*meeting.delivered(), OWN), next(iter(meeting.delivered())))
# The scene that is on stage; 0 for the agenda.
SCENE = Whole("scene", 0, MOST_SCENES, 0)
NOTES = Flag("notes")
ASKED: tuple[Spec[Any], ...] = (MEETING, SCENE, NOTES)
NAME = N_("My agenda")


@dataclass(frozen=True)
class Agenda:
    """The agenda of a session: held like a filter's value, in no address (a spec, as in `dashboard.shell.specs`)."""

    name: str = "agenda.own"
    label: str = ""

    @property
    def default(self) -> Meeting:
        """No scene yet."""
        return Meeting(in_each(lambda lang: lang.text(NAME)), ())

    def parse(self, text: str) -> Meeting:
        """No address says an agenda: ValueError."""
        raise ValueError(text)

    def write(self, value: Meeting) -> str:
        """Its file."""
        return meeting.written(value)

    def allows(self, value: object) -> bool:
        """Whether it is an agenda that a file could hold."""
        return isinstance(value, Meeting) and len(value.scenes) <= MOST_SCENES


HELD = Agenda()


@cache
def delivered(name: str) -> Meeting:
    """A meeting that comes with the product.

    Raises:
        data.meeting.MeetingError: its file is wrong.
    """
    path = meeting.delivered()[name]
    return meeting.read(path.read_bytes(), path.name, links.check, ours=True)


def shown() -> Meeting:
    """The agenda that the page shows."""
    name = filters.value(MEETING)
    return own() if name == OWN else delivered(name)


def own() -> Meeting:
    """The session's own agenda."""
    return filters.value(HELD)


def take(agenda: Meeting) -> None:
    """Put an agenda in the place of the session's own."""
    filters.put(HELD, agenda)


def in_each(said: Callable[[Language], str]) -> dict[str, str]:
    """What is said, in every language."""
    return {code: said(language(code)) for code in LANGUAGES}


def pages() -> list[str]:
    """The pages whose views can be scenes."""
    return [page for page in navigation.scripts() if page != links.PRESENT]


def named(lang: Language, name: str) -> str:
    """What an agenda is called."""
    return lang.text(NAME) if name == OWN else delivered(name).name[lang.code]


def content() -> bytes:
    """The session's own agenda as a file."""
    return HELD.write(own()).encode()
