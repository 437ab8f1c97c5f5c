"""The filters of the page Instruments: a treaty, the year of the map, and whether all treaties are shown."""

from dashboard.store import Tables, cached
from dashboard.subjects.treaties import query
from dashboard.views.filters import Flag, One, Whole
from data.i18n import N_


@cached
def years(snap: Tables) -> tuple[int, int]:
    """The year of the first act on any treaty, and the last year of the depositary's table."""
    return query.first.of(snap).year, query.end(query.closing.of(snap)).year


TREATY = One("treaty", query.TREATIES, query.TREATIES[0], label=N_("Treaty"), words="part")
YEAR_END = Whole("year_end", years, label=N_("At the end of the year"))
ALL_TREATIES = Flag("all_treaties", label=N_("All treaties"), control=N_("All treaties in the chart and table"))
INSTRUMENTS = (TREATY, YEAR_END, ALL_TREATIES)
