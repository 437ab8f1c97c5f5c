"""The filters of the page of two states, and of a third between them; the first is that of a comparison."""

from dashboard.store import areas
from dashboard.views.filters import One
from data.i18n import N_

OTHER = One("other", areas, lambda: areas()[1], label=N_("Compared with"))
# A third state, through which reports describe routes between the two; nothing is chosen at first.
NO_THIRD = ""
THIRD = One("transit", lambda: (NO_THIRD, *areas()), NO_THIRD, label=N_("Transit"))
