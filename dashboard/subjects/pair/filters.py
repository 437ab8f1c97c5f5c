"""The filters of the page of two states; the first state is that of a comparison."""

from dashboard.store import areas
from dashboard.views.filters import One
from data.i18n import N_

OTHER = One("other", areas, lambda: areas()[1], label=N_("Compared with"))
