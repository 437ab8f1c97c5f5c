"""The entries of the ledger as lines of Polars."""

from dashboard.query.ledger import Filter
from dashboard.snippets.tables import Tables, said


def entries(held: Tables, wanted: Filter) -> str:
    """`ledger.rows`: the latest version of each entry that is asked for, with what answers it, to the last answer."""
    who = [f'pl.col("paragraph").is_in({list(wanted.paragraphs)})'] if wanted.paragraphs else []
    who += [f'pl.col("actor").is_in({said(wanted.actors)})'] if wanted.actors else []
    what = [f'pl.col("grade").is_in({said(wanted.grades)})'] if wanted.grades else []
    what += [] if wanted.whole else [f"begins <= {wanted.last}", f"ends >= {wanted.first}"]
    mine = "".join(f"    {one},\n" for one in [*who, 'pl.col("grade") != "reply"', *what])
    replies = "".join(f"    {one},\n" for one in [*who, 'pl.col("grade") == "reply"'])
    return f"""{held.read("evidence")}
newest = evidence.filter(pl.col("version") == pl.col("version").max().over("id"))
begins, ends = (
    pl.coalesce(pl.col(day).dt.year(), "year", pl.col("date").dt.year()) for day in ("period_from", "period_to")
)
held = newest.filter(
{mine})
# What answers one of them, or an answer to it; an answer to a figure, which is no entry, stands by itself.
above = dict(newest.drop_nulls("replies_to").select("id", "replies_to").iter_rows())
shown, ids = set(held["id"]), set(newest["id"])

def belongs(one):
    up = above.get(one)
    return up is not None and (up in shown or up not in ids or belongs(up))

answers = newest.filter(
{replies}    pl.col("id").is_in([one for one in above if belongs(one)]),
)
rows = pl.concat([held, answers]).sort("paragraph", "actor", "id")
"""
