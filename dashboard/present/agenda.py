"""The session's own agenda on the desk."""

from dashboard import menu
from dashboard.present import links
from dashboard.shell import filters
from dashboard.subjects.meetings.filters import OWN_AGENDA
from data.meeting import Meeting


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
