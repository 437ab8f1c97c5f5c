"""Reads an agenda from a file or from what a browser keeps: its bytes in a process of its own, then its links here."""

from dashboard import received
from dashboard.present import links
from dashboard.turns import ExcessError, FullError
from dashboard.workshop import LimitError
from data import meeting
from data.meeting import Meeting, MeetingError


class NotNowError(MeetingError):
    """Too many are being read: the same bytes may be read in a moment."""


class TooManyError(NotNowError):
    """Too many of this sender, or it owes too much work."""


def agenda(kind: str, content: bytes, names: tuple[str, ...], file: str = "") -> Meeting:
    """An agenda from bytes.

    Args:
        kind: `agenda` (TOML) or `kept agenda` (JSON), as in `dashboard.received`.
        names: the sender's names in the queue.
        file: the name of its file, for the faults.

    Raises:
        MeetingError: with every fault.
        NotNowError: too many are being read; TooManyError if they are this sender's.
    """
    try:
        table = received.read(kind, names, content, file)
    except FullError as error:
        kind_of = TooManyError if isinstance(error, ExcessError) else NotNowError
        raise kind_of([meeting.fault("not_now", file)]) from error
    except LimitError as error:
        raise MeetingError([meeting.fault("too_heavy", file)]) from error
    return meeting.meeting(table, file, links.check)
