"""Queries of the ledger: the paragraphs of the declaration, who is responsible for them, and the evidence.

Two scales stay separate: the grade says how reliable a finding is, the status what a cited document says was done.
No evidence does not mean "not started".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.store import Tables, areas, cached
from data import manifest
from data.columns import BODIES, DECLARED, GRADE
from data.declaration import commitments

NONE = "none"
BACKGROUND = "background"
FIGURE = "figure"
FACT = "fact"
REPLY = "reply"
# Grades of evidence, from lowest to highest; replies are not evidence.
GRADES = tuple(grade for grade in GRADE if grade != REPLY)
# Grades of a cell, from lowest to highest. A fact is a treaty act, of any date, under a paragraph of facts.
CELLS = (NONE, BACKGROUND, FIGURE, FACT, *(grade for grade in GRADES if grade not in {BACKGROUND, FIGURE}))
# Grades of documents since the declaration, which "n of N" counts. A figure is not among them: it is not a deed.
SINCE = CELLS[CELLS.index(FACT) + 1 :]
CELL = ("paragraph", "actor")
ANY = "any"
STATES = "states"
BOTH = "states_and_COLLECTIVE"
ADDRESSED = (ANY, STATES, *BODIES)


@dataclass(frozen=True)
class EntryFilter:
    """A selection of entries; an empty tuple means all.

    Attributes:
        paragraphs: their numbers.
        actors: states by ISO3, or bodies.
        first, last: years, both included.
        grades: grades of evidence; replies to a selected entry are included.
        whole: any year; otherwise entries without a year are left out.
    """

    paragraphs: tuple[int, ...] = ()
    actors: tuple[str, ...] = ()
    first: int = 0
    last: int = 9999
    grades: tuple[str, ...] = ()
    whole: bool = True

    def holds(self) -> list[pl.Expr]:
        """The conditions on paragraph and actor."""
        conditions = {"paragraph": self.paragraphs, "actor": self.actors}
        return [pl.col(name).is_in(values) for name, values in conditions.items() if values]

    def graded(self) -> list[pl.Expr]:
        """The conditions on grade and years."""
        years = [] if self.whole else [pl.col("begins") <= self.last, pl.col("ends") >= self.first]
        return [*years, *([pl.col("grade").is_in(self.grades)] if self.grades else [])]


def current(evidence: pl.LazyFrame) -> pl.DataFrame:
    """The latest version of each entry, with the years `begins` and `ends` from its period, its year or its date."""
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
def searched(snap: Tables) -> tuple[int, int]:
    """How many sources the entries come from, and how many of them end by the year of the declaration.

    A list of acts on treaties ends on the day of its release, any other source with its last entry.
    """
    year = pl.coalesce(pl.col("period_to").dt.year(), pl.col("date").dt.year(), pl.col("year"))
    day = pl.col("release").str.head(4).cast(pl.Int32, strict=False)
    last = pl.when(pl.col("source").is_in([*manifest.acts()])).then(day.max()).otherwise(year.max())
    every = snap.table("evidence").group_by("source").agg(last=last.first()).collect()["last"]
    return every.len(), int((every <= DECLARED.year).sum())


@cached
def rows(snap: Tables, selection: EntryFilter) -> pl.DataFrame:
    """The selected entries and the replies to them, at any depth; columns of `evidence`, sorted by key.

    A reply to a figure, which is not an entry, is selected by its own paragraph and actor.
    """
    return _rows(snap.table("evidence"), selection)


def _rows(evidence: pl.LazyFrame, selection: EntryFilter) -> pl.DataFrame:
    latest = current(evidence)
    evidenced = latest.filter(*selection.holds(), pl.col("grade") != REPLY, *selection.graded())
    belongs = pl.col("id").is_in(belonging(latest, evidenced["id"])) | pl.col("replies_to").is_null()
    rows = pl.concat([evidenced, latest.filter(*selection.holds(), pl.col("grade") == REPLY, belongs)])
    return rows.sort(*CELL, "id").drop("begins", "ends")


def threads(entries: pl.DataFrame, actors: Sequence[str]) -> pl.DataFrame:
    """Entries in reading order: by paragraph and actor, latest first, each followed by its thread of replies.

    Args:
        entries: the result of `rows`.
        actors: all actors in the order to use.

    Returns:
        the rows with `begins`, `ends` and `depth`: 0 for an entry, 1 for a reply, 2 for a reply to a reply.
    """
    dated = current(entries.lazy())
    rows = dated.join(answering(dated), on="id", how="left", validate="1:1")
    rows = rows.with_columns(pl.col("top").fill_null(pl.col("id")), pl.col("depth").fill_null(0))
    latest = dated.select(top="id", latest="ends")
    rows = rows.join(latest, on="top", how="left", validate="m:1")
    order = {actor: place for place, actor in enumerate(actors)}
    actor_order = pl.col("actor").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    # The entry comes before its replies, which are numbered from 0.
    place = pl.when(pl.col("depth") == 0).then(-1).otherwise("place")
    keys = ["paragraph", actor_order, pl.col("latest"), "top", place, "id"]
    descending = [False, False, True, False, False, False]
    return rows.sort(keys, descending=descending, nulls_last=True).drop("top", "place", "latest")


def addressed(declared: pl.DataFrame, states: Iterable[str]) -> pl.DataFrame:
    """One row for each paragraph and responsible actor: states in the given order, bodies last."""
    assignments = [{"addressee": code, "actor": area} for code in (STATES, BOTH) for area in states]
    assignments += [{"addressee": code, "actor": code} for code in BODIES] + [
        {"addressee": BOTH, "actor": "COLLECTIVE"}
    ]
    paragraphs = declared.select("paragraph", "theme", "kind", "counted_of", addressee="actor")
    addressees = pl.DataFrame(assignments, schema={"addressee": pl.String, "actor": pl.String}).with_row_index("place")
    return (
        paragraphs.join(addressees, on="addressee", how="inner", validate="m:m")
        .sort("paragraph", "place")
        .drop("addressee", "place")
    )


@cached
def cells(snap: Tables, selection: EntryFilter) -> pl.DataFrame:
    """The `matrix` of the declaration's paragraphs and the states."""
    return matrix(snap.table("evidence"), commitments(), areas.of(snap), selection)


def matrix(
    evidence: pl.LazyFrame, declared: pl.DataFrame, states: Sequence[str], selection: EntryFilter | None = None
) -> pl.DataFrame:
    """The evidence for each paragraph and responsible actor.

    Args:
        declared: columns of `data.declaration.Commitments`.
        states: ISO3 of the states, in the order of the columns.

    Returns:
        the columns of `addressed`, `grade` (the best, of `CELLS`), `status` of the newest document that gives one (or
        null), `entries`, `replies`, and the years of the earliest and latest entry.
    """
    filters = selection or EntryFilter()
    cells = addressed(declared, states).filter(*filters.holds())
    facts = declared.filter(pl.col("kind") == FACT)["paragraph"].implode()
    entries = current(_rows(evidence, filters).lazy())
    evidence_rows = entries.filter(pl.col("grade") != REPLY).with_columns(grade=_cell(facts))
    ranked = evidence_rows.with_columns(rank=_rank())
    best = ranked.group_by(CELL).agg(pl.col("grade").sort_by("rank").last(), *_sums())
    statuses = evidence_rows.drop_nulls("status").sort("ends", "date", "version", "id", nulls_last=False)
    statuses = statuses.unique(CELL, keep="last").select(*CELL, "status")
    replies = entries.filter(pl.col("grade") == REPLY).group_by(CELL).agg(replies=pl.len().cast(pl.Int64))
    for part in (best, statuses, replies):
        cells = cells.join(part, on=CELL, how="left", validate="1:1", maintain_order="left")
    return cells.with_columns(pl.col("grade").fill_null(NONE), pl.col("entries", "replies").fill_null(0))


def strongest(tally: pl.DataFrame) -> dict[int, str]:
    """The strongest grade on each paragraph, of a state or a body, from the rows of `tally`."""
    best: dict[int, str] = {}
    for number, grade in tally.select("paragraph", "grade").iter_rows():
        best[number] = max(best.get(number, NONE), grade, key=CELLS.index)
    return best


def counts(matrix: pl.DataFrame, apart: Iterable[str]) -> pl.DataFrame:
    """For each paragraph `n` of `counted_of` states with a document since the declaration, or with a fact of any date.

    Args:
        matrix: the unfiltered answer of `matrix`.
        apart: states left out where reports are counted (there `counted_of` is less than the number of states).

    Returns:
        paragraph, kind, counted_of, n, and the numbers of counted states with older evidence only (`background`),
        without any (`none`), and with no more than a figure (`figure`); n is null for paragraphs that are not about
        single states.
    """
    states = matrix.filter(~pl.col("actor").is_in(BODIES))
    participating = ~pl.col("actor").is_in(list(apart)) | (pl.col("counted_of") == states["actor"].n_unique())
    counted = participating & pl.col("counted_of").is_not_null()
    has_evidence = pl.when(pl.col("kind") == FACT).then(pl.col("grade") == FACT).otherwise(pl.col("grade").is_in(SINCE))
    sums = {"n": has_evidence, **{name: pl.col("grade") == name for name in (BACKGROUND, NONE, FIGURE)}}
    sums_by_paragraph = (
        states.filter(counted).group_by("paragraph").agg(**{k: v.sum().cast(pl.Int64) for k, v in sums.items()})
    )
    paragraphs = matrix.select("paragraph", "kind", "counted_of").unique()
    return paragraphs.join(sums_by_paragraph, on="paragraph", how="left", validate="1:1").sort("paragraph")


@cached
def counted(snap: Tables) -> pl.DataFrame:
    """The `counts` of every paragraph."""
    return counts(cells.of(snap, EntryFilter()), _outside(snap))


def _outside(snap: Tables) -> pl.Series:
    """The states that do not participate in the OAS."""
    return snap.table("areas").filter(pl.col("member") == "not_participating").collect()["area"]


@cached
def tallies(snap: Tables, selection: EntryFilter) -> pl.DataFrame:
    """The `tally` of the selected cells; a state that is apart is counted only where single states are chosen."""
    found = cells.of(snap, selection)
    everyone = set(areas.of(snap)) <= set(found["actor"])
    return tally(found, _outside(snap) if everyone else ())


def tally(matrix: pl.DataFrame, apart: Iterable[str]) -> pl.DataFrame:
    """How many states have each grade on each paragraph, and the grade of each body that it addresses.

    Args:
        matrix: an answer of `matrix`.
        apart: as in `counts`: states left out where reports are counted.

    Returns:
        paragraph, body (null: of the states), grade, n: by paragraph, the states first, the strongest grade first.
    """
    counted = ~pl.col("actor").is_in(list(apart)) | (pl.col("kind") == FACT)
    body = pl.when(pl.col("actor").is_in(BODIES)).then("actor")
    each = matrix.filter(counted).group_by("paragraph", "grade", body=body).agg(n=pl.len().cast(pl.Int64))
    rows = each.sort("paragraph", "body", _rank(), descending=[False, False, True], nulls_last=False)
    return rows.select("paragraph", "body", "grade", "n")


@cached
def count(snap: Tables, paragraph: int) -> dict[str, object]:
    """The counts of one paragraph."""
    return counted.of(snap).row(by_predicate=pl.col("paragraph") == paragraph, named=True)


def paragraphs(counts: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """Each paragraph with its theme, actor, kind and the columns of `counts`."""
    details = declared.select("paragraph", "theme", "actor", "kind", "counted_of")
    return details.join(counts.drop("kind", "counted_of"), on="paragraph", how="left", validate="1:1").sort("paragraph")


@cached
def found(snap: Tables, selection: EntryFilter) -> pl.DataFrame:
    """The selected evidence on each paragraph of one actor: only entries of the best grade there.

    Returns:
        the columns of `evidence` with `begins`, `ends` and `grade` as in `cells`, sorted by paragraph and id.
    """
    best = cells.of(snap, selection).select(*CELL, best="grade")
    facts = commitments().filter(pl.col("kind") == FACT)["paragraph"].implode()
    entries = current(_rows(snap.table("evidence"), selection).lazy()).filter(pl.col("grade") != REPLY)
    rows = entries.with_columns(grade=_cell(facts)).join(best, on=CELL, how="inner", validate="m:1")
    return rows.filter(pl.col("grade") == pl.col("best")).drop("best").sort("paragraph", "id")


@cached
def statuses(snap: Tables, selection: EntryFilter) -> dict[int, str]:
    """The progress that the newest cited document states, by paragraph of one actor."""
    return dict(cells.of(snap, selection).drop_nulls("status").select("paragraph", "status").iter_rows())


def rule(questions: pl.DataFrame, measures: pl.DataFrame, paragraph: int) -> pl.DataFrame:
    """The data that count as evidence for a paragraph: paragraph, kind, subject, coded column (or null), reason."""
    coded = measures.select(
        "paragraph", pl.lit("narrative_coding").alias("kind"), "column", "reason", subject="measure"
    )
    subjects = questions.with_columns(column=pl.lit(None, dtype=pl.String))
    rows = pl.concat([subjects, coded.select(subjects.columns)])
    columns = rows.select("paragraph", "kind", "subject", "column", "reason")
    return columns.filter(pl.col("paragraph") == paragraph)


@cached
def versions(snap: Tables, entry: str) -> pl.DataFrame:
    """Every version of an entry, the latest first."""
    return snap.table("evidence").filter(pl.col("id") == entry).sort("version", descending=True).collect()


@cached
def replies(snap: Tables, *to: str) -> pl.DataFrame:
    """The replies to entries, figures (`figure:...`) or flows, and the replies to those, in thread order."""
    return below(current(snap.table("evidence").filter(pl.col("replies_to").is_not_null())), to)


def _cell(facts: pl.Series) -> pl.Expr:
    fact = pl.col("paragraph").is_in(facts) & (pl.col("kind") == "treaty")
    return pl.when(fact).then(pl.lit(FACT)).otherwise("grade")


def _rank() -> pl.Expr:
    return pl.col("grade").replace_strict({name: rank for rank, name in enumerate(CELLS)}, return_dtype=pl.Int8)


def _sums() -> list[pl.Expr]:
    return [pl.len().cast(pl.Int64).alias("entries"), pl.col("begins").min(), pl.col("ends").max()]


# `id` of a reply; `top`, the first entry of its chain; `depth` below that; `place` in reading order.
SCHEMA = {"id": pl.String, "top": pl.String, "depth": pl.Int64, "place": pl.Int64}


def chains(entries: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """For each reply the chain of ids from what it is about down to itself.

    Args:
        entries: `id` and `replies_to`, one row per id.
    """
    above = dict(entries.drop_nulls("replies_to").select("id", "replies_to").iter_rows())
    return {reply: _chain(reply, above) for reply in above}


def _chain(reply: str, above: Mapping[str, str]) -> tuple[str, ...]:
    chain = [reply]
    # Valid data have no cycles; the check keeps a damaged table from looping forever.
    while (parent := above.get(chain[-1])) and parent not in chain:
        chain.append(parent)
    return tuple(reversed(chain))


def answering(entries: pl.DataFrame) -> pl.DataFrame:
    """The replies among some entries (`SCHEMA`): each after what it replies to, the earliest first.

    Args:
        entries: `id`, `replies_to` and `date`, one row per id.
    """
    threads, ids = chains(entries), set(entries["id"])
    rows = []
    for place, reply in enumerate(_ordered(threads, entries)):
        chain = threads[reply]
        shown = [entry for entry in chain if entry in ids]
        rows.append((reply, shown[0], len(shown) - 1, place))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def belonging(entries: pl.DataFrame, entry_ids: Collection[str]) -> list[str]:
    """Ids of the replies that belong to some entries, at any depth, and of all replies to figures and flows.

    Args:
        entries: as in `answering`.
        entry_ids: the ids of the entries.
    """
    shown, ids = set(entry_ids), set(entries["id"])
    return [
        reply for reply, chain in chains(entries).items() if chain[0] not in ids or not shown.isdisjoint(chain[:-1])
    ]


def below(entries: pl.DataFrame, to: Collection[str]) -> pl.DataFrame:
    """The replies to entries, figures or flows, at any depth, in thread order.

    Args:
        entries: as in `answering`.

    Returns:
        the columns of `entries`, and `depth`: 0 for a direct reply to one of `to`.
    """
    replies = {reply: chain for reply, chain in chains(entries).items() if not set(to).isdisjoint(chain[:-1])}
    depths = {
        reply: min(n for n, parent in enumerate(reversed(chain[:-1])) if parent in to)
        for reply, chain in replies.items()
    }
    rows = [(reply, depths[reply], place) for place, reply in enumerate(_ordered(replies, entries))]
    order = pl.DataFrame(rows, schema={"id": pl.String, "depth": pl.Int64, "place": pl.Int64}, orient="row")
    return entries.join(order, on="id", how="inner", validate="1:1").sort("place").drop("place")


def _ordered(threads: Mapping[str, tuple[str, ...]], entries: pl.DataFrame) -> list[str]:
    days: dict[str, date | None] = dict(entries.select("id", "date").iter_rows())
    keys = {
        reply: (days.get(reply) is None, days.get(reply) or date.min, reply)
        for chain in threads.values()
        for reply in chain
    }
    return sorted(threads, key=lambda reply: [keys[parent] for parent in threads[reply]])
