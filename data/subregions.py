"""The parts of the region: the groups of the United Nations' standard M49, in a reviewed file.

An official grouping by the OAS was not found.
"""

from functools import cache
from pathlib import Path

from data import columns
from data.reviewed import Reviewed, read

# The whole region.
ALL = "all"
SUBREGIONS = ("caribbean", "central_america", "northern_america", "south_america")
# By their codes of M49; each has only the independent states.
CODES = {
    "019": ALL,
    "013": "central_america",
    "029": "caribbean",
    "021": "northern_america",
    "005": "south_america",
}


class Subregions(Reviewed):
    """The M49 group of each of the 35 states, with the group's own code (`m49`)."""

    FILE = "subregions.csv"
    area = columns.country(key=True)
    subregion = columns.code(SUBREGIONS)
    m49 = columns.code(tuple(code for code, name in CODES.items() if name != ALL))


@cache
def states_of(subregion: str, path: Path | None = None) -> tuple[str, ...]:
    """The states (ISO3) of a subregion, in the order of codes; of all four together for `ALL`.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(Subregions, path).sort("area")
    return tuple(area for area, group in rows.select("area", "subregion").iter_rows() if subregion in {ALL, group})
