"""Plotly's check of a specification, run once for each form of figure.

`st.plotly_chart` lets Plotly build the whole figure from its specification only to check it: three quarters of the time
that a page takes in `AppTest`. In tests Plotly checks the first figure of each form (the same keys with values of the
same types) and every figure that is outside of our own subset, whose check of keys and choices is stricter.
Each subject has tests in which Plotly builds its figures.
"""

from collections.abc import Callable
from typing import Any

from dashboard.charts.render import subset

Check = Callable[[Any, bool], Any]


def form(value: Any) -> Any:
    """The keys of a specification, and the types of its values."""
    if isinstance(value, dict):
        return frozenset((key, form(item)) for key, item in value.items())
    if isinstance(value, list):
        return frozenset(map(form, value) if any(isinstance(item, dict) for item in value) else map(type, value))
    return type(value)


def once(check: Check) -> Check:
    """Plotly's check, left out for a specification within our subset whose form Plotly has accepted before."""
    accepted = set()

    def checked(figure_or_data: Any, validate_figure: bool) -> Any:
        if not isinstance(figure_or_data, dict) or not _within_subset(figure_or_data):
            return check(figure_or_data, validate_figure)
        if (key := form(figure_or_data)) in accepted:
            return figure_or_data
        result = check(figure_or_data, validate_figure)
        accepted.add(key)
        return result

    return checked


def _within_subset(spec: dict[str, Any]) -> bool:
    try:
        subset.check(spec)
    except subset.UnsupportedError:
        return False
    return True
