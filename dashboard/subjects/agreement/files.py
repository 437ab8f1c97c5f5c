"""The agreement of evidence on a state as files."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.agreement import words
from dashboard.subjects.shared import AREA
from dashboard.views.code import Snippet, any_of, differ, has, missing
from dashboard.views.filters import Spec
from dashboard.views.rows import Rows, file_name
from data.i18n import Language

NAMED = ("origin", "transit", "destination", "area")


@cached
def rows(snap: Tables, area: str) -> pl.DataFrame:
    """The rows of `agreement` with a state."""
    named = pl.any_horizontal(pl.col(NAMED).fill_null("") == area)
    return snap.table("agreement").filter(named).sort("about", "kind").collect()


@cached
def between_rows(snap: Tables, one: str, other: str) -> pl.DataFrame:
    """The rows of `agreement` on the pair of two states."""
    both = rows.of(snap, one).filter(pl.all_horizontal(pl.col("origin", "destination").is_in([one, other])))
    return both.filter(pl.col("transit").is_null(), pl.col("origin") != pl.col("destination"))


def agreement(lang: Language, area: str, sources: tuple[str, ...]) -> Rows:
    """Each kind of evidence that names a pair, a route or a role of a state; `sources` are those of the evidence."""
    named = any_of(*(has(name, area) for name in NAMED))
    return Rows(
        file_name("agreement", area),
        f"{words.title(lang)}, {lang.country(area)}",
        "country",
        lambda: rows(area),
        (AREA,),
        Snippet("agreement", (named,)),
        sources,
        "agreement",
    )


def between(lang: Language, one: str, other: str, specs: tuple[Spec[str], ...], sources: tuple[str, ...]) -> Rows:
    """Each kind of evidence that names the pair of two states; `specs` are the filters that name them on the page."""
    ends = has("origin", (one, other)), has("destination", (one, other)), differ("origin", "destination")
    return Rows(
        file_name("agreement", one, other),
        f"{words.title(lang)}, {lang.listing(map(lang.country, (one, other)))}",
        "pair",
        lambda: between_rows(one, other),
        specs,
        Snippet("agreement", (*ends, missing("transit"))),
        sources,
        "agreement",
    )
