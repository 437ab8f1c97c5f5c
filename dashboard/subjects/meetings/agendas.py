"""The agendas that come with the product, and whether a scene waits for the state that the presenter chooses."""

from functools import cache
from urllib.parse import parse_qs, urlsplit

from dashboard.subjects.shared import AREA
from data import meeting
from data.meeting import Meeting

COUNTRY = "/country"


# A constant: the files of the package.
@cache
def delivered(name: str) -> Meeting:
    """A meeting that comes with the product.

    Raises:
        data.meeting.MeetingError: its file is wrong.
    """
    path = meeting.delivered()[name]
    return meeting.read(path.read_bytes(), path.name, lambda _address: iter(()), ours=True)


def open_to_choice(agenda: Meeting) -> bool:
    """Whether an agenda has a scene of page Country that names no state."""
    return any(_names_no_state(scene.address) for scene in agenda.scenes)


def _names_no_state(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path == COUNTRY and AREA.name not in parse_qs(parts.query)
