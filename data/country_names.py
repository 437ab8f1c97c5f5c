"""The names of states and territories that differ from the short names of CLDR, each with its source.

A member state of the OAS has the name that the OAS prints in the language, where a published list is known. A name on
which positions differ, and one that the United Nations spell in another way (`Viet Nam`), stands as the United Nations
use it. All others have CLDR's short name, which a blank cell stands for too.
"""

from collections.abc import Mapping
from functools import cache

from data import columns
from data.reviewed import FileColumns, Reviewed, read


class CountryNames(Reviewed):
    """One state or territory a row, with a column for each language; a blank name is CLDR's, as are all without one."""

    FILE = "country_names.csv"
    area = columns.country(key=True)
    source = columns.text()

    @classmethod
    def of_language(cls, code: str) -> FileColumns:
        """Its names."""
        return {code: columns.text(nullable=True)}


@cache
def country_names() -> Mapping[tuple[str, str], str]:
    """The names by language and ISO3.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(CountryNames).drop("row", "source").iter_rows(named=True)
    return {(code, row["area"]): name for row in rows for code, name in row.items() if code != "area" and name}
