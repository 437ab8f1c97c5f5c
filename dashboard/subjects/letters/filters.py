"""The addressee of a letter: a state, or a publisher of figures of states."""

from dashboard.store import areas
from dashboard.subjects.letters import query
from dashboard.views.filters import One
from data.i18n import N_

TO = One("to", lambda: (*areas(), *query.publishers()), lambda: areas()[0], label=N_("Letter to"), words="addressee")
