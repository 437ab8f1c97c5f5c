"""Check that the ledger has exactly the entries that the declared questions require, by counting again.

This is independent of how entries are made (`etl.making.evidence`): ids of entries are compared with the ids that
follow from acts, laws and figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import polars as pl

from data.columns import DATE_PRECISION, DECLARED
from data.declaration import questions
from etl.checking.result import SHOWN, Check, Frames, Statement, coded, listed, several, verdict

# The grade of an entry that is clearly later than the declaration; others are background.
GRADES = {"treaty": "public_document", "law": "public_document", "statistic": "figure"}
KINDS = tuple(GRADES)
REMEDY = "check data/reference/questions.csv and etl/making/evidence.py, then build again"
RowCounts = set[tuple[str, int]]


def recounted(frames: Frames) -> Iterator[Check]:
    """For each kind, check that every entry rests on a fact, and that every required fact has an entry.

    Args:
        frames: `evidence`, `instruments` and `observations`.
    """
    for kind in KINDS:
        entries = frames["evidence"].filter(pl.col("kind") == kind)
        present = set(entries.select("id", "paragraph").iter_rows())
        required = _required(kind, frames, present)
        lost, strange = sorted(required - present), sorted(present - required)
        saw = _off(lost, strange) if lost or strange else _counted(present)
        yield verdict(f"entries {kind}", saw, _counted(required), passed=present == required)
    yield _graded(frames["evidence"])


def _counted(entries: RowCounts) -> Statement:
    return coded("entries", f"{len(entries)} entries", n=len(entries))


def _off(lost: Sequence[tuple[str, int]], strange: Sequence[tuple[str, int]]) -> Statement:
    words = [f"missing {entry} (paragraph {paragraph})" for entry, paragraph in lost]
    words += [f"unexpected {entry} (paragraph {paragraph})" for entry, paragraph in strange]
    lacks, has = ([entry for entry, _ in some[:SHOWN]] for some in (lost, strange))
    return coded("entries_off", f"{listed(words)}; {REMEDY}", lacks=lacks, has=has)


def _required(kind: str, frames: Frames, present: RowCounts) -> RowCounts:
    """The ids and paragraphs that the questions of a kind require."""
    pairs = [(row["paragraph"], row["subject"]) for row in questions().iter_rows(named=True) if row["kind"] == kind]
    if kind == "law":
        # Laws are in no other table: each is of one state, on the paragraph of laws.
        return {(f"law:{entry.split(':')[1]}", paragraph) for (entry, _), (paragraph, _) in product(present, pairs)}
    if kind == "treaty":
        acts = _acts(frames["instruments"])
        return {
            (entry, paragraph) for paragraph, subject in pairs for entry in _entries_of_acts(subject, acts, paragraph)
        }
    facts = _reported(frames["observations"])
    return {
        (f"{kind}:{subject}:{fact}:{paragraph}", paragraph)
        for paragraph, subject in pairs
        for fact in facts.get(subject, ())
    }


def _acts(instruments: pl.DataFrame) -> dict[tuple[str, str, str], list[str]]:
    """The sources of each act (instrument, action, area): those to be trusted the most first."""
    by_act: dict[tuple[str, str, str], list[tuple[bool, bool, int, str, str]]] = {}
    for row in instruments.iter_rows(named=True):
        precision = DATE_PRECISION.index(row["date_precision"])
        trust = row["derived"], row["transcribed"], precision, str(row["date"] or ""), row["source"]
        by_act.setdefault((row["instrument"], row["action"], row["area"]), []).append(trust)
    return {act: [source for *_, source in sorted(sources)] for act, sources in by_act.items()}


def _entries_of_acts(
    instrument: str, acts: Mapping[tuple[str, str, str], Sequence[str]], paragraph: int
) -> Iterator[str]:
    """The ids of a treaty's entries on a paragraph: one for each act and source, the first without its name."""
    for (subject, action, area), (_, *others) in acts.items():
        if subject == instrument:
            entry = f"treaty:{subject}:{action}:{area}:{paragraph}"
            yield from (entry, *(f"{entry}:{source}" for source in others))


def _reported(observations: pl.DataFrame) -> dict[str, set[str]]:
    """The states and years with a figure about everybody, or all ages of a survey, by indicator; a zero is none."""
    figures = observations.filter(pl.col("low").is_not_null(), pl.col("high") > 0, sex="total", form="total")
    figures = figures.filter(derived=False)
    reported: dict[tuple[str, bool], set[str]] = {}
    for indicator, area, year, age in figures.select("indicator", "area", "year", "age").iter_rows():
        reported.setdefault((indicator, age == "total"), set()).add(f"{area}:{year}")
    # If an indicator has figures of all ages, those of some ages are only parts.
    return {name: places for (name, every), places in reported.items() if every or (name, True) not in reported}


def _graded(entries: pl.DataFrame) -> Check:
    """Check that the grade of each entry follows from its kind and its date."""
    wrong = [
        row["id"]
        for row in entries.filter(pl.col("kind").is_in(KINDS)).iter_rows(named=True)
        if row["grade"] != (GRADES[row["kind"]] if _later(row) else "background")
    ]
    dated = coded("as_dated", "as their dates require")
    named = several(sorted(wrong))
    saw = replace(named, words=f"{named.words}; {REMEDY}") if wrong else dated
    return verdict("grades of entries", saw, dated, passed=not wrong)


def _later(row: dict[str, object]) -> bool:
    """Whether an entry is clearly later than the declaration; a year without a date must be a later year."""
    day = row["period_to"] or row["date"]
    return str(day) >= str(DECLARED) if day else int(str(row["year"] or 0)) > DECLARED.year
