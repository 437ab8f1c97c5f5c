"""Tables and lists on the page of a state: its law, and its reporting record."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import profile
from dashboard.words import tables, terms
from dashboard.words.tables import NONE, Row, Sheet
from data.i18n import Language


def laws(lang: Language, found: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """A line for each law named for a state; `found` has its rows of `dashboard.subjects.treaties.query.laws`."""
    for row in found.iter_rows(named=True):
        title = row["title"] or lang.text("No law named in our source")
        yield lang.text("Law"), terms.law(title, str(row["year"] or "") if row["title"] else "")


@cached
def record_sheet(snap: Tables, area: str, edition: str, lang: Language) -> Sheet:
    """The years reported by a state and by those that report alike: one row for each state, the state itself first."""
    years = profile.reported_years.of(snap, edition or NEWEST)
    alike = lang.sorted_countries(profile.record.of(snap, area, edition).alike)
    codes = profile.key_figures()
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        **{terms.term(lang, "indicator", code): partial(_years, lang, code) for code in codes},
    }
    rows = ({"area": one} | {code: years[code][one] for code in codes} for one in (area, *alike))
    return tables.sheet(tables.written(rows, columns))


def _years(lang: Language, code: str, row: Row) -> str:
    """How many years an indicator was reported for, and which."""
    years = row[code]
    if not years:
        return NONE
    return lang.text("{n}: {runs}", n=lang.number(len(years)), runs=tables.runs(lang, years))
