"""Made-up acts of five states on two treaties, and laws."""

from datetime import date

import polars as pl

from dashboard.store import Tables
from data.contract import Instruments

PALERMO, SMUGGLING = "palermo_protocol", "smuggling_protocol"
CLOSING, LAST = "2014-01", date(2014, 1, 31)
CLOSINGS = {PALERMO: CLOSING, SMUGGLING: CLOSING}
AREAS = pl.LazyFrame({"area": ["ARG", "BOL", "BRB", "COL", "CRI"], "member": ["member"] * 5})
BASIS = "thirty_days_before_entry_into_force: 2014-12-11"
ACTS = [
    ("ARG", PALERMO, "signature", date(2000, 12, 12), False, "untc", "2014-01", "p.csv#row 2", None),
    ("ARG", PALERMO, "ratification", date(2002, 11, 19), False, "untc", "2014-01", "p.csv#row 2", None),
    ("BOL", PALERMO, "accession", date(2002, 11, 19), False, "untc", "2014-01", "p.csv#row 3", None),
    ("BRB", PALERMO, "signature", date(2001, 9, 26), False, "untc", "2014-01", "p.csv#row 4", None),
    ("BRB", PALERMO, "ratification", date(2014, 11, 11), True, "reference", "2026-11-25", "i.csv#row 2", BASIS),
    ("CRI", PALERMO, "signature", date(2001, 3, 16), False, "untc", "2014-01", "p.csv#row 5", None),
    ("CRI", PALERMO, "ratification", date(2003, 12, 31), False, "untc", "2014-01", "p.csv#row 5", None),
    ("BOL", SMUGGLING, "signature", date(2000, 12, 12), False, "untc", "2014-01", "s.csv#row 2", None),
]
COLUMNS = ["area", "instrument", "action", "date", "derived", "source", "release", "locator", "note"]
INSTRUMENTS = pl.LazyFrame(ACTS, schema=COLUMNS, orient="row").with_columns(
    date_precision=pl.lit("day"),
    reservation=pl.lit(None, dtype=pl.String),
    transcribed="derived",
    inputs=pl.lit([], dtype=Instruments.columns()["inputs"].dtype),
)
# Acts as other sources have them: another year and a reservation, no date, a doubt.
DOUBT = "ratified_without_signature"
YEARS = ("years", "2014", "y.csv#row 2", None, "year", "16, 18", False, [])
TYPED = ("typed", "2019", "t.csv#row 2", None, "none", None, True, [])
OTHER_FORMS = pl.concat(
    [
        INSTRUMENTS.filter(pl.col("area") != "BOL"),
        INSTRUMENTS.filter(area="BOL", instrument=PALERMO).with_columns(
            action=pl.lit("ratification"), note=pl.lit(DOUBT)
        ),
        pl.LazyFrame(
            [
                ("ARG", PALERMO, "ratification", date(2003, 1, 1), False, *YEARS),
                ("COL", PALERMO, "participation", None, False, *TYPED),
            ],
            schema=INSTRUMENTS.collect_schema(),
            orient="row",
        ),
    ]
)
LAWS = pl.LazyFrame(
    [
        ("law:ARG", 1, "law", "ARG", "Law 1", 2008, "https://example.org/1", "laws.csv#row 2"),
        ("law:ARG", 2, "law", "ARG", "Law 1, as corrected", 2009, None, "laws.csv#row 2"),
        ("law:CRI", 1, "law", "CRI", "Law 2", None, None, "laws.csv#row 3"),
        ("report:CRI:2018:1", 1, "report", "CRI", "Report", 2018, None, "report#1"),
    ],
    schema=["id", "version", "kind", "actor", "title", "year", "url", "locator"],
    orient="row",
).with_columns(source=pl.lit("reference"), release=pl.lit("2026-11-25"))


def snapshot(**tables):
    """A snapshot of the samples, some of its tables replaced."""
    return Tables({"instruments": INSTRUMENTS, "areas": AREAS, "evidence": LAWS, **tables})


SNAPSHOT = snapshot()
