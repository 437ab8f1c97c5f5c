"""The filters of the page Instruments: a treaty, the year of the map, and whether all of its subject are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.store import Tables, cached
from dashboard.subjects.treaties import query
from dashboard.views.filters import Flag, One, Whole, Year
from data.i18n import N_


@cached
def every_year(snap: Tables) -> tuple[int, int]:
    """The first year of any treaty, and the last one of any table."""
    first, last = zip(*(query.years.of(snap, treaty) for treaty in query.shown.of(snap)), strict=True)
    return min(first), max(last)


@dataclass(frozen=True)
class TreatyYear(Year):
    """A year of the selected treaty; its default is the last one of the treaty's table."""

    def among(self, values: Mapping[str, Any]) -> Whole:
        """The filter with the years of the selected treaty."""
        return Whole(self.name, query.years(values.get(TREATY.name, TREATY.default)), label=self.label)


TREATY = One("treaty", query.shown, query.TREATIES[0], label=N_("Treaty"), words="part")
YEAR_END = TreatyYear("year_end", every_year, label=N_("At the end of the year"))
ALL_TREATIES = Flag(
    "all_treaties",
    label=N_("All treaties of the subject"),
    control=N_("All treaties of the subject in chart and table"),
)
INSTRUMENTS = (TREATY, YEAR_END, ALL_TREATIES)
