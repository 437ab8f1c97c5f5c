"""The agreement of evidence on a state as files."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.agreement import words
from dashboard.subjects.shared import AREA
from dashboard.views.rows import Rows, Snippet, file_name, has
from data.i18n import Language

NAMED = ("origin", "transit", "destination", "area")


@cached
def rows(snap: Tables, area: str) -> pl.DataFrame:
    """The rows of `agreement` with a state."""
    named = pl.any_horizontal(pl.col(NAMED).fill_null("") == area)
    return snap.table("agreement").filter(named).sort("about", "kind").collect()


def agreement(lang: Language, area: str, sources: tuple[str, ...]) -> Rows:
    """Each kind of evidence that names a pair, a route or a role of a state; `sources` are those of the evidence."""
    ends = ", ".join(has(name, area) for name in NAMED)
    return Rows(
        file_name("agreement", area),
        f"{words.title(lang)}, {lang.country(area)}",
        "country",
        lambda: rows(area),
        (AREA,),
        Snippet("agreement", (f"pl.any_horizontal({ends})",)),
        sources,
        "agreement",
    )
