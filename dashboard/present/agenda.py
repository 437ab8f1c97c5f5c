"""The agendas of page "Present": those that come with the product, and the session's own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.present import links
from dashboard.shell import filters, navigation
from dashboard.subjects import shared
from dashboard.views.filters import Flag, One, Spec, Whole
from data import meeting
from data.i18n import LANGUAGES, N_, Language, language
from data.meeting import MOST_SCENES, Meeting

OWN = "own"
MEETING = One("meeting", (*meeting.delivered(), OWN), next(iter(meeting.delivered())))
# The number of the scene on stage; 0 for the agenda.
SCENE = Whole("scene", (0, MOST_SCENES), 0)
NOTES = Flag("notes")
# Whether the scenes run by themselves.
GUIDED = Flag("guided")
# The state of a scene of page Country that names none; its name is that of the page's own filter.
NOBODY = "none"
YOURS = One(shared.AREA.name, lambda: (NOBODY, *shared.AREA.options), NOBODY, head=1, carried=True)
SPECS: tuple[Spec[Any], ...] = (MEETING, SCENE, NOTES, GUIDED, YOURS)
NAME = N_("My agenda")


@dataclass(frozen=True)
class Agenda:
    """The session's own agenda, a filter (see `dashboard.views.filters`) that is never part of an address."""

    name: str = "agenda.own"
    label: str = ""

    @property
    def default(self) -> Meeting:
        """An agenda without scenes."""
        return Meeting(in_each(lambda lang: lang.text(NAME)), ())

    def parse(self, text: str) -> Meeting:
        """Always ValueError: an agenda cannot come from an address."""
        raise ValueError(text)

    def write(self, value: Meeting) -> str:
        """The agenda as the text of a file (TOML)."""
        return meeting.written(value)

    def allows(self, value: object) -> bool:
        """Whether it is an agenda that a browser can keep."""
        return isinstance(value, Meeting) and len(value.scenes) <= MOST_SCENES and meeting.fits(value)


OWN_AGENDA = Agenda()


# A constant: the files of the package. Their links are checked against the filters, whose options a process reads once.
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
    return filters.value(OWN_AGENDA)


def country() -> str:
    """The state that the presenter chose; empty if none."""
    return filters.value(YOURS).replace(NOBODY, "")


def take(agenda: Meeting) -> bool:
    """Replace the session's own agenda; False, and nothing changes, if no browser could keep it."""
    fits = OWN_AGENDA.allows(agenda)
    if fits:
        filters.put(OWN_AGENDA, agenda)
    return fits


def in_each(text: Callable[[Language], str]) -> dict[str, str]:
    """A text in every language."""
    return {code: text(language(code)) for code in LANGUAGES}


def pages() -> list[str]:
    """The pages whose views can be scenes."""
    return [page for page in navigation.scripts() if page != links.PRESENT]


def named(lang: Language, name: str) -> str:
    """The name of an agenda."""
    return lang.text(NAME) if name == OWN else delivered(name).name[lang.code]


def content() -> bytes:
    """The session's own agenda as the content of a file."""
    return OWN_AGENDA.write(own()).encode()
