"""The ledger: each paragraph of the declaration, who answers for it, and the evidence there is. Pure.

Two scales that never mix: how far a finding can be relied on (its grade), and what a cited document says was done
(its status). No evidence is not "not started".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.store import Tables, areas, cached
from data.columns import BODIES, GRADE
from data.declaration import commitments

NONE, BACKGROUND, FACT, REPLY = "none", "background", "fact", "reply"
# Of evidence, rising; what answers an entry is none.
GRADES = tuple(grade for grade in GRADE if grade != REPLY)
# What a cell can be, rising: a fact is a treaty act under a paragraph of facts, whatever its date.
CELLS = (NONE, BACKGROUND, FACT, *(grade for grade in GRADES if grade != BACKGROUND))
# Evidence since the declaration, counted in "n of N".
SINCE = CELLS[CELLS.index(FACT) + 1 :]
CELL = ("paragraph", "actor")
ANY, STATES, BOTH = "any", "states", "states_and_COLLECTIVE"
ADDRESSED = (ANY, STATES, *BODIES)


@dataclass(frozen=True)
class Filter:
    """What is asked of the ledger; an empty choice means all.

    Attributes:
        paragraphs: their numbers.
        actors: states by ISO3, or bodies.
        first, last: years, both included; an entry without a year is of no narrower span than `whole`.
        grades: of the evidence; answers to an entry go with it.
    """

    paragraphs: tuple[int, ...] = ()
    actors: tuple[str, ...] = ()
    first: int = 0
    last: int = 9999
    grades: tuple[str, ...] = ()
    whole: bool = True

    def holds(self) -> list[pl.Expr]:
        """The conditions on who and what."""
        asked = {"paragraph": self.paragraphs, "actor": self.actors}
        return [pl.col(name).is_in(values) for name, values in asked.items() if values]

    def graded(self) -> list[pl.Expr]:
        """The conditions on an entry's grade and years."""
        years = [] if self.whole else [pl.col("begins") <= self.last, pl.col("ends") >= self.first]
        return [*years, *([pl.col("grade").is_in(self.grades)] if self.grades else [])]


def current(evidence: pl.LazyFrame) -> pl.DataFrame:
    """The latest version of each entry, with the years it `begins` and `ends`: its period, its year, or its date."""
    newest = evidence.filter(pl.col("version") == pl.col("version").max().over("id"))
    day = pl.col("date").dt.year()
    return newest.with_columns(
        begins=pl.coalesce(pl.col("period_from").dt.year(), "year", day).cast(pl.Int16),
        ends=pl.coalesce(pl.col("period_to").dt.year(), "year", day).cast(pl.Int16),
    ).collect()


@cached
def years(snap: Tables) -> tuple[int, int]:
    """The first and the last year of any entry."""
    first, last = current(snap.table("evidence")).select(first=pl.col("begins").min(), last=pl.col("ends").max()).row(0)
    return int(first), int(last)


@cached
def sources(snap: Tables) -> tuple[str, ...]:
    """The sources of all entries."""
    return tuple(snap.table("evidence").select(pl.col("source").unique().sort()).collect()["source"])


@cached
def rows(snap: Tables, wanted: Filter) -> pl.DataFrame:
    """The entries that a filter allows, each with what answers it: the columns of `evidence`, in the order of keys.

    An answer to an answer goes along too; one to a figure, which is no entry, stands by itself.
    """
    return _rows(snap.table("evidence"), wanted)


def _rows(evidence: pl.LazyFrame, wanted: Filter) -> pl.DataFrame:
    every = current(evidence)
    held = every.filter(*wanted.holds(), pl.col("grade") != REPLY, *wanted.graded())
    beside = pl.col("id").is_in(belonging(every, held["id"])) | pl.col("replies_to").is_null()
    found = pl.concat([held, every.filter(*wanted.holds(), pl.col("grade") == REPLY, beside)])
    return found.sort(*CELL, "id").drop("begins", "ends")


def threads(found: pl.DataFrame, actors: Sequence[str]) -> pl.DataFrame:
    """Entries as they are read: actors as given, the latest first, after each entry the whole thread of answers.

    Args:
        found: the result of `rows`.
        actors: in their order.

    Returns:
        the same with `begins`, `ends` and `depth`: 0 for an entry, 1 for what answers it, 2 for what answers that.
    """
    dated = current(found.lazy())
    result = dated.join(answering(dated), on="id", how="left", validate="1:1")
    result = result.with_columns(pl.col("top").fill_null(pl.col("id")), pl.col("depth").fill_null(0))
    latest = dated.select(top="id", latest="ends")
    result = result.join(latest, on="top", how="left", validate="m:1")
    order = {actor: place for place, actor in enumerate(actors)}
    whose = pl.col("actor").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    # The first of a thread has no place among its answers.
    place = pl.when(pl.col("depth") == 0).then(-1).otherwise("place")
    keys = ["paragraph", whose, pl.col("latest"), "top", place, "id"]
    down = [False, False, True, False, False, False]
    return result.sort(keys, descending=down, nulls_last=True).drop("top", "place", "latest")


def addressed(declared: pl.DataFrame, states: Iterable[str]) -> pl.DataFrame:
    """Who answers for each paragraph: a row for each paragraph and actor, states in the order given, bodies last."""
    whom = [{"whom": one, "actor": area} for one in (STATES, BOTH) for area in states]
    whom += [{"whom": one, "actor": one} for one in BODIES] + [{"whom": BOTH, "actor": "COLLECTIVE"}]
    result = declared.select("paragraph", "theme", "kind", "counted_of", whom="actor")
    every = pl.DataFrame(whom, schema={"whom": pl.String, "actor": pl.String}).with_row_index("place")
    return result.join(every, on="whom", how="inner", validate="m:m").sort("paragraph", "place").drop("whom", "place")


@cached
def cells(snap: Tables, wanted: Filter) -> pl.DataFrame:
    """The `matrix` of the declaration's paragraphs and the states."""
    return matrix(snap.table("evidence"), commitments(), areas.of(snap), wanted)


def matrix(
    evidence: pl.LazyFrame, declared: pl.DataFrame, states: Sequence[str], wanted: Filter | None = None
) -> pl.DataFrame:
    """What there is for each paragraph and each who answers for it.

    Args:
        declared: columns of `data.declaration.Commitments`.
        states: ISO3 of the states, in the order of the columns.

    Returns:
        the columns of `addressed`, `grade` (the best, of `CELLS`), `status` of the newest document that gives one (or
        null), `entries`, `replies`, and the years of the earliest and latest entry.
    """
    asked = wanted or Filter()
    cells = addressed(declared, states).filter(*asked.holds())
    facts = declared.filter(pl.col("kind") == FACT)["paragraph"].implode()
    found = current(_rows(evidence, asked).lazy())
    held = found.filter(pl.col("grade") != REPLY).with_columns(grade=_cell(facts))
    best = held.with_columns(rank=_rank()).group_by(CELL).agg(_best(), *_sums())
    result = held.drop_nulls("status").sort("ends", "date", "version", "id", nulls_last=False)
    result = result.unique(CELL, keep="last").select(*CELL, "status")
    replies = found.filter(pl.col("grade") == REPLY).group_by(CELL).agg(replies=pl.len().cast(pl.Int64))
    for part in (best, result, replies):
        cells = cells.join(part, on=CELL, how="left", validate="1:1", maintain_order="left")
    return cells.with_columns(pl.col("grade").fill_null(NONE), pl.col("entries", "replies").fill_null(0))


def counts(matrix: pl.DataFrame, apart: Iterable[str]) -> pl.DataFrame:
    """For each paragraph `n` of `counted_of` states with evidence since the declaration, or with a fact of any date.

    Args:
        matrix: the unfiltered answer of `matrix`.
        apart: the states that are not counted where reports are (`counted_of` is then less than all states).

    Returns:
        paragraph, kind, counted_of, n, and of the states counted `background` (nothing later) and `none`; n is null
        where a paragraph speaks of no state.
    """
    states = matrix.filter(~pl.col("actor").is_in(BODIES))
    within = ~pl.col("actor").is_in(list(apart)) | (pl.col("counted_of") == states["actor"].n_unique())
    counted = within & pl.col("counted_of").is_not_null()
    shown = pl.when(pl.col("kind") == FACT).then(pl.col("grade") == FACT).otherwise(pl.col("grade").is_in(SINCE))
    sums = {"n": shown, BACKGROUND: pl.col("grade") == BACKGROUND, NONE: pl.col("grade") == NONE}
    result = states.filter(counted).group_by("paragraph").agg(**{k: v.sum().cast(pl.Int64) for k, v in sums.items()})
    every = matrix.select("paragraph", "kind", "counted_of").unique()
    return every.join(result, on="paragraph", how="left", validate="1:1").sort("paragraph")


@cached
def counted(snap: Tables) -> pl.DataFrame:
    """The `counts` of every paragraph."""
    outside = snap.table("areas").filter(pl.col("member") == "not_participating").collect()["area"]
    return counts(cells.of(snap, Filter()), outside)


@cached
def count(snap: Tables, paragraph: int) -> dict[str, object]:
    """The counts of one paragraph."""
    return counted.of(snap).row(by_predicate=pl.col("paragraph") == paragraph, named=True)


def paragraphs(counts: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """Each paragraph with its theme, whose it is, its kind and the counts of `counts`."""
    result = declared.select("paragraph", "theme", "actor", "kind", "counted_of")
    return result.join(counts.drop("kind", "counted_of"), on="paragraph", how="left", validate="1:1").sort("paragraph")


def themes(matrix: pl.DataFrame, actor: str) -> pl.DataFrame:
    """One actor's paragraphs by theme: how many have evidence since the declaration, a fact, background only, none."""
    mine = matrix.filter(pl.col("actor") == actor)
    kinds = {"since": list(SINCE), FACT: [FACT], BACKGROUND: [BACKGROUND], NONE: [NONE]}
    sums = {name: pl.col("grade").is_in(held).sum().cast(pl.Int64) for name, held in kinds.items()}
    return mine.group_by("theme").agg(paragraphs=pl.len().cast(pl.Int64), **sums).sort("theme")


def rule(questions: pl.DataFrame, measures: pl.DataFrame, paragraph: int) -> pl.DataFrame:
    """What becomes evidence on a paragraph: paragraph, kind, subject, a coded column's heading (or null), reason."""
    coded = measures.select(
        "paragraph", pl.lit("narrative_coding").alias("kind"), "column", "reason", subject="measure"
    )
    asked = questions.with_columns(column=pl.lit(None, dtype=pl.String))
    both = pl.concat([asked, coded.select(asked.columns)])
    result = both.select("paragraph", "kind", "subject", "column", "reason")
    return result.filter(pl.col("paragraph") == paragraph)


@cached
def versions(snap: Tables, entry: str) -> pl.DataFrame:
    """Every version of an entry, the latest first."""
    return snap.table("evidence").filter(pl.col("id") == entry).sort("version", descending=True).collect()


@cached
def replies(snap: Tables, *to: str) -> pl.DataFrame:
    """What answers entries, figures (`figure:...`) or flows, and what answers that, in the order of a thread."""
    return below(current(snap.table("evidence").filter(pl.col("replies_to").is_not_null())), to)


def _cell(facts: pl.Series) -> pl.Expr:
    fact = pl.col("paragraph").is_in(facts) & (pl.col("kind") == "treaty")
    return pl.when(fact).then(pl.lit(FACT)).otherwise("grade")


def _rank() -> pl.Expr:
    return pl.col("grade").replace_strict({name: rank for rank, name in enumerate(CELLS)}, return_dtype=pl.Int8)


def _best() -> pl.Expr:
    return pl.col("grade").sort_by("rank").last()


def _sums() -> list[pl.Expr]:
    return [pl.len().cast(pl.Int64).alias("entries"), pl.col("begins").min(), pl.col("ends").max()]


# `id` of an answer; `top`, the first entry of its chain; how deep it is below it; its place in the order of reading.
SCHEMA = {"id": pl.String, "top": pl.String, "depth": pl.Int64, "place": pl.Int64}


def chains(entries: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """For each answer the ids from what it is about down to itself.

    Args:
        entries: `id` and `replies_to`, one row an id.
    """
    above = dict(entries.drop_nulls("replies_to").select("id", "replies_to").iter_rows())
    return {one: _chain(one, above) for one in above}


def _chain(one: str, above: Mapping[str, str]) -> tuple[str, ...]:
    found = [one]
    # Nothing accepted answers itself; a damaged table must not keep a page for ever.
    while (up := above.get(found[-1])) and up not in found:
        found.append(up)
    return tuple(reversed(found))


def answering(entries: pl.DataFrame) -> pl.DataFrame:
    """The answers among some entries (`SCHEMA`): each after what it answers, of several the earliest first.

    Args:
        entries: `id`, `replies_to` and `date`, one row an id.
    """
    threads, ids = chains(entries), set(entries["id"])
    rows = []
    for place, one in enumerate(_ordered(threads, entries)):
        chain = threads[one]
        known = [entry for entry in chain if entry in ids]
        rows.append((one, known[0], len(known) - 1, place))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def belonging(entries: pl.DataFrame, held: Collection[str]) -> list[str]:
    """The answers that go with some entries: to one of them, to such an answer, or to a figure, which is no entry.

    Args:
        entries: as those of `answering`.
        held: the ids of the entries.
    """
    shown, ids = set(held), set(entries["id"])
    return [one for one, chain in chains(entries).items() if chain[0] not in ids or not shown.isdisjoint(chain[:-1])]


def below(entries: pl.DataFrame, to: Collection[str]) -> pl.DataFrame:
    """What answers entries, figures or flows, and what answers those, to the last: the rows in the order of a thread.

    Args:
        entries: as those of `answering`.

    Returns:
        the columns of `entries`, and `depth`: 0 for what answers one of `to` itself.
    """
    under = {one: chain for one, chain in chains(entries).items() if not set(to).isdisjoint(chain[:-1])}
    depths = {one: min(n for n, up in enumerate(reversed(chain[:-1])) if up in to) for one, chain in under.items()}
    rows = [(one, depths[one], place) for place, one in enumerate(_ordered(under, entries))]
    order = pl.DataFrame(rows, schema={"id": pl.String, "depth": pl.Int64, "place": pl.Int64}, orient="row")
    return entries.join(order, on="id", how="inner", validate="1:1").sort("place").drop("place")


def _ordered(threads: Mapping[str, tuple[str, ...]], entries: pl.DataFrame) -> list[str]:
    days: dict[str, date | None] = dict(entries.select("id", "date").iter_rows())
    keys = {one: (days.get(one) is None, days.get(one) or date.min, one) for chain in threads.values() for one in chain}
    return sorted(threads, key=lambda one: [keys[up] for up in threads[one]])
