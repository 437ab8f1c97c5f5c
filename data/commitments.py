"""What the declaration's paragraphs ask, of whom, and which of our facts speak to each: two reviewed files.

`commitments.csv` says of each paragraph whose it is and of how many states it is counted; `questions.csv` which
treaties, laws and figures become entries of the ledger. Codings of reports have a file of their own
(`hti_measures.csv`).
"""

from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import columns
from data.account import codebook
from data.columns import PARAGRAPHS
from data.reviewed import Reviewed, read

THEMES = (
    "prosecution_and_justice",
    "prevention",
    "protection_and_assistance",
    "partnership_and_cooperation",
    "legal_framework",
    "resources_and_institution",
    "data_and_knowledge",
)
# Whose a paragraph is; where it is of both, what a state did by itself stands beside what was done in common.
ACTORS = ("states", "OAS-GS", "COLLECTIVE", "states_and_COLLECTIVE")
OF_STATES = ("states", "states_and_COLLECTIVE")
# What is a fact is no progress: it is counted whatever its date.
KINDS = ("progress", "fact")
# All states of the region did something about the treaties; Cuba takes no part in the reports.
COUNTED = {"progress": 34, "fact": 35}
QUESTIONS = ("treaty", "law", "statistic")
LAW = "law"
JOINT = ";"


def known(table: str, column: str) -> list[str]:
    """The codes that the codebook explains of a column."""
    told = codebook().filter(pl.col("table") == table, pl.col("column") == column, pl.col("code") != "")
    return told["code"].to_list()


def _indicators(cell: pl.Expr) -> pl.Expr:
    return cell.str.split(JOINT).list.eval(pl.element().is_in(known("observations", "indicator"))).list.all()


def _paragraph() -> dy.Int8:
    told = f"a paragraph of the declaration, 1 to {PARAGRAPHS}"
    return dy.Int8(nullable=False, primary_key=True, min=1, max=PARAGRAPHS, description=told)


class Commitments(Reviewed):
    """A paragraph: its theme, whose it is, of how many states it is counted, the indicators that speak near it."""

    FILE = "commitments.csv"
    paragraph = _paragraph()
    theme = columns.code(THEMES)
    actor = columns.code(ACTORS)
    kind = columns.code(KINDS)
    counted_of = dy.Int8(nullable=True, description="34 (reports), 35 (facts of treaties) or blank")
    indicators = dy.String(
        nullable=True,
        check={"explained": _indicators},
        description="ids of indicators of codebook.csv, with ; between them",
    )

    @dy.rule()
    def each_of_them(cls) -> pl.Expr:
        """Each paragraph from 1 to 32 has its row."""
        return pl.col("paragraph").n_unique() == PARAGRAPHS

    @dy.rule()
    def counted_of_the_states(cls) -> pl.Expr:
        """What is of the states is counted of 34 where it is progress and of 35 where it is a fact, other not."""
        wanted = pl.col("kind").replace_strict(COUNTED, default=None, return_dtype=pl.Int8)
        return pl.when(pl.col("actor").is_in(OF_STATES)).then(wanted).eq_missing(pl.col("counted_of"))


class Questions(Reviewed):
    """That a kind of fact of a state is evidence on a paragraph, of what (`subject`), and why (`reason`)."""

    FILE = "questions.csv"
    paragraph = _paragraph()
    kind = columns.code(QUESTIONS, key=True)
    subject = dy.String(
        nullable=False,
        primary_key=True,
        min_length=1,
        description="an instrument (treaty), the word law (law) or an indicator (statistic)",
    )
    reason = columns.text()

    @dy.rule()
    def laws_once(cls) -> pl.Expr:
        """Laws are evidence on one paragraph."""
        return (pl.col("kind") != LAW) | (pl.len().over("kind") == 1)

    @dy.rule()
    def subject_of_its_kind(cls) -> pl.Expr:
        """The subject of a treaty is an instrument of codebook.csv, of a law `law`, of a statistic an indicator."""
        treaty = pl.col("subject").is_in(known("instruments", "instrument"))
        figure = pl.col("subject").is_in(known("observations", "indicator"))
        kind = pl.col("kind")
        return (
            pl.when(kind == "treaty")
            .then(treaty)
            .when(kind == "statistic")
            .then(figure)
            .otherwise(pl.col("subject") == LAW)
        )


@cache
def commitments(path: Path | None = None) -> pl.DataFrame:
    """Paragraph, theme, actor, kind, counted_of, indicators (a list, empty where there is none), by paragraph.

    Raises:
        ReviewedError: the file is not of its form.
    """
    named = pl.col("indicators").fill_null("").str.split(JOINT).list.set_difference([""])
    return read(Commitments, path).drop("row").sort("paragraph").with_columns(named)


@cache
def questions(path: Path | None = None) -> pl.DataFrame:
    """Paragraph, kind, subject, reason, in that order.

    Raises:
        ReviewedError: the file is not of its form.
    """
    return read(Questions, path).drop("row").sort("paragraph", "kind", "subject")
