"""The cells of the ledger and its paragraphs as lines of Polars."""

import polars as pl

from dashboard.query.ledger import CELLS, SINCE, Filter
from dashboard.snippets.ledger import entries
from dashboard.snippets.tables import Tables, said

# How the lines write the types of a paragraph's row.
SCHEMA = '{"paragraph": pl.Int8, "theme": pl.String, "kind": pl.String, "counted_of": pl.Int8, "whom": pl.String}'


def cells(held: Tables, wanted: Filter, commitments: pl.DataFrame) -> str:
    """`ledger.matrix`: for each paragraph and who answers for it the best grade, a status, and how many entries.

    Args:
        commitments: columns of `data.declaration.Commitments`, of the paragraphs that are asked for.
    """
    told = commitments.select("paragraph", "theme", "kind", "counted_of", "actor").rows()
    asked = f'.filter(pl.col("actor").is_in({said(wanted.actors)}))' if wanted.actors else ""
    return f"""{entries(held, wanted)}
states = pl.read_parquet({said(held.file("areas"))})["area"].sort().to_list()
whose = {{"states": states, "OAS-GS": ["OAS-GS"], "COLLECTIVE": ["COLLECTIVE"]}}
whose["states_and_COLLECTIVE"] = [*states, "COLLECTIVE"]
# Of each paragraph of the declaration: its theme, whether it is progress or a fact, of how many states it is counted.
paragraphs = pl.DataFrame(
    [
{"".join(f"        {row!r},{chr(10)}" for row in told)}    ],
    schema={SCHEMA},
    orient="row",
)
cells = paragraphs.with_columns(
    actor=pl.col("whom").replace_strict(whose, return_dtype=pl.List(pl.String))
).drop("whom").explode("actor", empty_as_null=True){asked}
# A treaty act is a fact under a paragraph of facts, whatever its date; the grades rise in this order.
facts = paragraphs.filter(pl.col("kind") == "fact")["paragraph"].implode()
fact = pl.col("paragraph").is_in(facts) & (pl.col("kind") == "treaty")
order = pl.Enum({said(CELLS)})
cell = ["paragraph", "actor"]
found = rows.with_columns(begins=begins.cast(pl.Int16), ends=ends.cast(pl.Int16))
graded = found.filter(pl.col("grade") != "reply").with_columns(
    grade=pl.when(fact).then(pl.lit("fact")).otherwise("grade").cast(order)
)
best = graded.group_by(cell).agg(
    pl.col("grade").max().cast(pl.String),
    pl.len().cast(pl.Int64).alias("entries"),
    pl.col("begins").min(),
    pl.col("ends").max(),
)
status = graded.drop_nulls("status").sort("ends", "date", "version", "id", nulls_last=False)
status = status.unique(cell, keep="last", maintain_order=True).select(*cell, "status")
replies = found.filter(pl.col("grade") == "reply").group_by(cell).agg(replies=pl.len().cast(pl.Int64))
rows = cells
for part in (best, status, replies):
    rows = rows.join(part, on=cell, how="left", maintain_order="left")
rows = rows.with_columns(pl.col("grade").fill_null("none"), pl.col("entries", "replies").fill_null(0))
"""


def paragraphs(held: Tables, commitments: pl.DataFrame) -> str:
    """`ledger.counts` with each paragraph's theme and whose it is."""
    return f"""{cells(held, Filter(), commitments)}
member = pl.read_parquet({said(held.file("areas"))}).filter(pl.col("member") == "not_participating")
of_states = rows.filter(~pl.col("actor").is_in(["OAS-GS", "COLLECTIVE"]))
# Who takes no part is not counted where reports are, but where facts of all states are.
counted = ~pl.col("actor").is_in(member["area"].implode()) | (pl.col("counted_of") == len(states))
fact, since = pl.col("kind") == "fact", pl.col("grade").is_in({said(SINCE)})
n = pl.when(fact).then(pl.col("grade") == "fact").otherwise(since)
sums = of_states.filter(pl.col("counted_of").is_not_null(), counted).group_by("paragraph").agg(
    n=n.sum().cast(pl.Int64),
    background=(pl.col("grade") == "background").sum().cast(pl.Int64),
    none=(pl.col("grade") == "none").sum().cast(pl.Int64),
)
rows = (
    paragraphs.select("paragraph", "theme", "whom", "kind", "counted_of")
    .rename({{"whom": "actor"}})
    .join(sums, on="paragraph", how="left", maintain_order="left")
)
"""
