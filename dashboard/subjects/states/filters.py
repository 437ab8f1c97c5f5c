"""The filters of the pages Region and Country."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.store import Tables, cached
from dashboard.subjects.shared import AREA, EDITION, INDICATOR, observed_years
from dashboard.subjects.states import query
from dashboard.views.filters import Flag, One, Year
from data.i18n import N_
from data.subregions import ALL, SUBREGIONS


@cached
def default_year(snap: Tables, indicator: str) -> int:
    """The latest year in which two thirds of the states that ever reported the indicator did."""
    return query.well_reported_year.of(snap, indicator) or observed_years.of(snap)[1]


@dataclass(frozen=True)
class IndicatorYear(Year):
    """A year; its default is the best covered year of the selected indicator."""

    @property
    def default(self) -> int:
        """The best covered year of the default indicator."""
        return self.beside({})

    def beside(self, values: Mapping[str, Any]) -> int:
        """The default beside the values of other filters, by name."""
        return default_year(values.get(INDICATOR.name, INDICATOR.default))


MEASURE = One("measure", query.MEASURES, "rate", label=N_("Measure"), words="measure")
YEAR = IndicatorYear("year", observed_years, label=N_("Year"))
LATEST = Flag("latest", label=N_("Latest figure for each state"))
SUBREGION = One("subregion", (ALL, *SUBREGIONS), ALL, label=N_("Subregion"), words="any_subregion")
REGION = (INDICATOR, MEASURE, YEAR, LATEST, EDITION, SUBREGION)
COUNTRY = (AREA, EDITION)
