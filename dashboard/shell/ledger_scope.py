"""Whether the page Declaration is about the whole region or one state, in the session of a reader."""

from typing import Any

import streamlit as st

from dashboard.shell import filters
from dashboard.subjects.ledger.filters import ACTOR, ALL, SCOPE, STATE, STATES
from dashboard.subjects.shared import AREA
from dashboard.views.filters import Spec


def use(*specs: Spec[Any]) -> None:
    """Declare the filters of the page; an address without `scope` opens on the one state that it names.

    If it names none, the page opens on the state chosen on another page.
    """
    given = st.query_params.to_dict()
    filters.use(*specs)
    if SCOPE.name in given:
        return
    named = [given.get(spec.name, "") for spec in (ACTOR, STATES, AREA)]
    area = next(filter(AREA.allows, [*named, filters.chosen_state()]), "")
    if area:
        show_state(area)
        filters.use(*specs)


def show_state(area: str) -> None:
    """Choose one state."""
    for spec, chosen in ((SCOPE, STATE), (AREA, area), (ACTOR, ALL), (STATES, [])):
        filters.put(spec, chosen)
