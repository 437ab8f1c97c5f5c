"""Whether the ledger holds what its declared questions call for: counted again, from the tables behind the entries.

By another way than they were made (`etl.making.evidence`): each entry, read from its id, is looked for among the acts,
laws and figures, and each of those among the entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import polars as pl

from data.columns import DECLARED
from data.declaration import questions
from etl.checking.verdict import SHOWN, Check, Frames, Statement, coded, listed, several, verdict

KINDS = ("treaty", "law", "statistic")
MEND = "look at data/reference/questions.csv and etl/making/evidence.py, and build anew"
Called = set[tuple[str, int]]


def recounted(frames: Frames) -> Iterator[Check]:
    """For each kind, whether every entry stands on a fact, and every fact asked for has its entry.

    Args:
        frames: `evidence`, `instruments` and `observations`.
    """
    for kind in KINDS:
        entries = frames["evidence"].filter(pl.col("kind") == kind)
        held = set(entries.select("id", "paragraph").iter_rows())
        called = _called(kind, frames, held)
        lost, strange = sorted(called - held), sorted(held - called)
        saw = _off(lost, strange) if lost or strange else _counted(held)
        yield verdict(f"entries {kind}", saw, _counted(called), passed=held == called)
    yield _graded(frames["evidence"])


def _counted(entries: Called) -> Statement:
    return coded("entries", f"{len(entries)} entries", n=len(entries))


def _off(lost: Sequence[tuple[str, int]], strange: Sequence[tuple[str, int]]) -> Statement:
    words = [f"lacks {entry} (paragraph {paragraph})" for entry, paragraph in lost]
    words += [f"has {entry} (paragraph {paragraph}), which nothing calls for" for entry, paragraph in strange]
    lacks, has = ([entry for entry, _ in some[:SHOWN]] for some in (lost, strange))
    return coded("entries_off", f"{listed(words)}; {MEND}", lacks=lacks, has=has)


def _called(kind: str, frames: Frames, held: Called) -> Called:
    """Ids and paragraphs that the questions of a kind call for."""
    asked = [(row["paragraph"], row["subject"]) for row in questions().iter_rows(named=True) if row["kind"] == kind]
    if kind == "law":
        # Laws stand in the ledger alone: each is of one state, on the paragraph of laws.
        return {(f"law:{entry.split(':')[1]}", paragraph) for (entry, _), (paragraph, _) in product(held, asked)}
    facts = _acts(frames["instruments"]) if kind == "treaty" else _reported(frames["observations"])
    return {
        (f"{kind}:{subject}:{fact}:{paragraph}", paragraph)
        for paragraph, subject in asked
        for fact in facts.get(subject, ())
    }


def _acts(instruments: pl.DataFrame) -> dict[str, set[str]]:
    """Of each treaty the acts, as ids have them."""
    found: dict[str, set[str]] = {}
    for instrument, action, area in instruments.select("instrument", "action", "area").iter_rows():
        found.setdefault(instrument, set()).add(f"{action}:{area}")
    return found


def _reported(observations: pl.DataFrame) -> dict[str, set[str]]:
    """Of each indicator the states and years that have a figure of everybody, or of all ages that were asked."""
    figures = observations.filter(pl.col("low").is_not_null(), sex="total", form="total", derived=False)
    found: dict[tuple[str, bool], set[str]] = {}
    for indicator, area, year, age in figures.select("indicator", "area", "year", "age").iter_rows():
        found.setdefault((indicator, age == "total"), set()).add(f"{area}:{year}")
    # Where an indicator has figures of all ages, those of some ages are parts.
    return {name: places for (name, every), places in found.items() if every or (name, True) not in found}


def _graded(entries: pl.DataFrame) -> Check:
    """Whether the grade of each follows from what it says of its time, row by row."""
    wrong = [
        row["id"]
        for row in entries.filter(pl.col("kind").is_in(KINDS)).iter_rows(named=True)
        if (row["grade"] == "background") == _later(row)
    ]
    dated = coded("as_dated", "as their date asks for")
    named = several(sorted(wrong))
    saw = replace(named, words=f"{named.words}; {MEND}") if wrong else dated
    return verdict("grades of entries", saw, dated, passed=not wrong)


def _later(row: dict[str, object]) -> bool:
    """Whether an entry is of a time shown to come after the declaration; a year alone only if it is a later one."""
    day = row["period_to"] or row["date"]
    return str(day) >= str(DECLARED) if day else int(str(row["year"] or 0)) > DECLARED.year
