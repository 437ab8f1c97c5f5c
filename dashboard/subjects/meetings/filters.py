"""What page "Present" shows: an agenda, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.subjects import shared
from dashboard.views.filters import Flag, One, Spec, Whole
from data import meeting
from data.i18n import LANGUAGES, N_, Language, language
from data.meeting import MOST_SCENES, Meeting

# The reader's own agenda, which no address has.
OWN = "own"
MEETING = One("meeting", (*meeting.delivered(), OWN), next(iter(meeting.delivered())))
# The number of the scene on stage; 0 for the agenda.
SCENE = Whole("scene", (0, MOST_SCENES), 0)
NOTES = Flag("notes")
# Whether the scenes run by themselves.
GUIDED = Flag("guided")
# The state of a scene of page Country that names none; its name is that of the page's own filter.
NOBODY = "none"
YOURS = One(
    shared.AREA.name,
    lambda: (NOBODY, *shared.AREA.options),
    NOBODY,
    head=1,
    control=N_("Your country"),
    words="your_country",
    carried=True,
)
PRESENT: tuple[Spec[Any], ...] = (MEETING, SCENE, NOTES, GUIDED, YOURS)
NAME = N_("My agenda")


@dataclass(frozen=True)
class Agenda:
    """The reader's own agenda, a filter that is never part of an address."""

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


def in_each(text: Callable[[Language], str]) -> dict[str, str]:
    """A text in every language."""
    return {code: text(language(code)) for code in LANGUAGES}
