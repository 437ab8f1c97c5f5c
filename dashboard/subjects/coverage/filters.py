"""The filters of the page Coverage."""

from dashboard.store import areas
from dashboard.subjects.coverage import query, revisions
from dashboard.subjects.shared import EDITION
from dashboard.views.filters import Day, Flag, One
from data.i18n import N_
from data.manifest import VICTIMS

# Every indicator published for states, including those of surveys.
INDICATOR = One("reported", query.indicators, VICTIMS, label=N_("Indicator"), words="indicator")
REVISIONS_STATE = One(
    "revised",
    lambda: (revisions.ALL, *areas()),
    revisions.ALL,
    label=N_("State"),
    words="any_state",
    carried=True,
)
MASKING = Flag("masking", label=N_("Include changes in how “<5” is published"))
# Only changes in releases of this day or later are listed.
SINCE = Day("since", days=revisions.days, label=N_("Changes since"))
COVERAGE = (INDICATOR, REVISIONS_STATE, MASKING, SINCE, EDITION)
