"""The dated acts of a state beside its figures: the law named for it, and the treaties that the Declaration names."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.states.figures.series import Dated
from dashboard.subjects.treaties import query
from dashboard.words import terms
from data.i18n import Language

# The paragraph that names the treaties on trafficking.
NAMING = 30
# At most so many treaties are drawn, whatever the snapshot has.
MOST = 3


@cached
def treaties(snap: Tables) -> tuple[str, ...]:
    """The treaties that a paragraph of the Declaration names, in the order of the declared ones."""
    entries = snap.table("evidence").filter(pl.col("kind") == "treaty", pl.col("paragraph") == NAMING)
    named = set(entries.select("title").collect()["title"])
    return tuple(treaty for treaty in query.shown.of(snap) if treaty in named)[:MOST]


def cells(area: str) -> pl.DataFrame:
    """Source, release and year of every act of `rows`."""
    acts = query.counted(treaties()).filter(area=area).with_columns(year=pl.col("date").dt.year())
    laws = query.laws().filter(pl.col("area") == area, pl.col("year").is_not_null())
    columns = ("source", "release", pl.col("year").cast(pl.Int32))
    return pl.concat([acts.select(columns), laws.select(columns)])


def rows(lang: Language, area: str) -> list[Dated]:
    """A row for the law and for each treaty with a dated act, in words and by year; none where no date is known."""
    laws = query.laws().filter(pl.col("area") == area, pl.col("year").is_not_null())
    found = [
        Dated(lang.text("Law"), terms.law(title, str(year)), ((year, True),))
        for title, year in laws.select("title", "year").iter_rows()
    ]
    acts = query.counted(treaties()).filter(area=area)
    for (treaty,), mine in acts.group_by("instrument", maintain_order=True):
        each = mine.select(pl.col("date").dt.year(), "action").unique(maintain_order=True).rows()
        words = ", ".join(f"{terms.in_sentence(terms.term(lang, 'action', action))} {year}" for year, action in each)
        years = tuple((year, action != query.SIGNATURE) for year, action in each)
        found.append(Dated(terms.term(lang, "treaty", str(treaty)), words, years))
    return found
