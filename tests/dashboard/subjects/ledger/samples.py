"""Made-up entries on five paragraphs and four states, one of which does not participate."""

from datetime import date

import polars as pl

from dashboard.store import Tables
from data.statements import Evidence

AREAS = ("ARG", "CRI", "CUB", "PRY")
APART = ("CUB",)
COMMITMENTS = pl.DataFrame(
    [
        (1, "prosecution_and_justice", "states", "progress", 3, "persons_convicted"),
        (9, "resources_and_institution", "OAS-GS", "progress", None, None),
        (14, "legal_framework", "states_and_COLLECTIVE", "progress", 3, None),
        (30, "legal_framework", "states", "fact", 4, None),
        (31, "resources_and_institution", "COLLECTIVE", "fact", None, None),
    ],
    schema={
        "paragraph": pl.Int8,
        "theme": pl.String,
        "actor": pl.String,
        "kind": pl.String,
        "counted_of": pl.Int16,
        "indicators": pl.String,
    },
    orient="row",
)
COLUMNS = ("id", "version", "paragraph", "actor", "grade", "kind", "year", "status", "replies_to", "date")
LAW, REPORT, TREATY, STATISTIC, CODING = "law", "report", "treaty", "statistic", "narrative_coding"
FIGURE, PUBLIC, STATE, REVIEWED = "figure", "public_document", "state_report", "reviewed"
ROWS = [
    ("hti2008:ARG:task_force", 1, 1, "ARG", "background", CODING, 2008, None, None, None),
    ("statistic:persons_convicted:ARG:2019:1", 1, 1, "ARG", FIGURE, STATISTIC, 2019, None, None, None),
    ("report:ARG:2019:1", 1, 1, "ARG", STATE, REPORT, 2019, "limited", None, date(2020, 2, 1)),
    # A second version of the report says something else, and a review of the year before it something else again.
    ("report:ARG:2019:1", 2, 1, "ARG", STATE, REPORT, 2019, "substantial", None, date(2020, 5, 1)),
    ("review:ARG:2018:1", 1, 1, "ARG", REVIEWED, "review", 2018, "not_started", None, date(2019, 1, 1)),
    ("reply:ARG:1", 1, 1, "ARG", "reply", "reply", None, None, "review:ARG:2018:1", date(2019, 6, 1)),
    ("hti2008:CRI:legal_aid", 1, 1, "CRI", "background", CODING, 2008, None, None, None),
    ("statistic:persons_convicted:CUB:2020:1", 1, 1, "CUB", FIGURE, STATISTIC, 2020, None, None, None),
    ("statistic:persons_convicted:PRY:2020:1", 1, 1, "PRY", FIGURE, STATISTIC, 2020, None, None, None),
    ("report:OAS-GS:2018:9", 1, 9, "OAS-GS", STATE, REPORT, 2018, None, None, None),
    ("law:CRI", 1, 14, "CRI", PUBLIC, LAW, None, None, None, None),
    ("treaty:untoc:ratification:ARG:30", 1, 30, "ARG", "background", TREATY, None, None, None, date(2002, 11, 19)),
    ("treaty:untoc:ratification:CUB:30", 1, 30, "CUB", "background", TREATY, None, None, None, date(2007, 2, 9)),
    ("report:PRY:2018:30", 1, 30, "PRY", STATE, REPORT, 2018, None, None, None),
    ("correction:ARG:1", 1, 1, "ARG", "reply", "reply", None, None, "figure:persons_convicted:ARG:2019:t:t:t", None),
]
FIXED = {"finding": "said", "title": "A document", "issuer": "Somebody", "locator": "file.csv#row 2"}
FIXED |= {"source": "reference", "release": "2026-11-25"}


def frame(rows=ROWS):
    """Rows of `COLUMNS` in the contract's form."""
    entries = pl.DataFrame(rows, schema=COLUMNS, orient="row", infer_schema_length=None)
    filled = {name: pl.lit(value) for name, value in FIXED.items()}
    others = set(Evidence.column_names()) - set(COLUMNS) - set(FIXED)
    blank = dict.fromkeys(others, pl.lit(None, dtype=pl.String))
    return Evidence.cast(entries.with_columns(**filled, **blank)).lazy()


EVIDENCE = frame()


def snapshot(rows=ROWS):
    """A snapshot with only these entries."""
    return Tables({"evidence": frame(rows)})


SNAPSHOT = snapshot()
