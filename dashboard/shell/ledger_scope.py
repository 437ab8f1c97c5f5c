"""Whether the page Declaration is about the whole region or one state, in the session of a reader."""

from typing import Any

from dashboard.shell import filters
from dashboard.subjects.ledger.filters import implied, of_state
from dashboard.views.filters import Spec


def use(*specs: Spec[Any]) -> None:
    """Declare the filters of the page; an address without `scope` opens on the one state that it names.

    If it names none, the page opens on the state chosen on another page.
    """
    filters.use(*specs, implied=implied)


def show_state(area: str) -> None:
    """Choose one state."""
    filters.put_texts(of_state(area))
