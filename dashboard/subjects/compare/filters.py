"""The filters of the comparison on page Explore: a state with another state or with the region."""

from collections.abc import Callable
from typing import Any

from dashboard.store import areas
from dashboard.subjects.compare import query
from dashboard.subjects.shared import AREA, EDITION, INDICATOR
from dashboard.views.filters import One, Spec
from data.i18n import N_

ONE = One("one", areas, AREA.usual, label=N_("State"), carried=True)
OTHER = One(
    "other",
    lambda: (query.REGION, *areas()),
    query.REGION,
    head=1,
    label=N_("Compared with"),
    words="any_party",
)
COMPARED = One(
    "compared",
    lambda: (*query.indicators(), *query.surveys()),
    INDICATOR.usual,
    label=N_("Indicator"),
    words="indicator",
)
COMPARE = (ONE, OTHER, COMPARED, EDITION)


def pair(value: Callable[[Spec[Any]], Any]) -> query.Pair:
    """The pair compared by these filters; `value` reads the value of a filter."""
    return query.Pair(value(COMPARED), value(ONE), value(OTHER))
