"""Rows as SDMX-CSV 2.0: their columns, codes and structure.

Columns and codes have the names of SDMX that the codebook gives; another column has its own in capitals, another code
its own.
"""

from collections.abc import Mapping
from functools import cache

import polars as pl

from dashboard.export import formats
from dashboard.subjects.figure_rows import COLUMNS
from dashboard.subjects.question import COMPUTED
from data import number_states
from data.codebook import CODES, codebook
from data.contract import SCHEMAS

AGENCY = "ATALAYA"
VERSION = "1.0.0"
MEDIA, STRUCTURES = (f"application/vnd.sdmx.{kind}; version=2.0.0" for kind in ("data+csv", "structure+json"))
MEASURE = "OBS_VALUE"
TIME = "TIME_PERIOD"
# The types of SDMX for those of the data package, and for columns; the others are texts.
TYPES = {"integer": "Long", "number": "Double", "boolean": "Boolean", MEASURE: "Double", TIME: "GregorianYear"}
# The names of SDMX's list CL_OBS_STATUS.
STATUSES = {"A": "Normal value", "O": "Missing value", "Q": "Missing value; suppressed"}
# Names of codes, which a list of codes has.
NAMES = ("area_name",)
# The closed lists of codes, by column; a computed figure has more units.
LISTS = {place.partition(".")[2]: codes for place, codes in CODES.items() if place.startswith("observations.")}
LISTS |= {"OBS_STATUS": tuple(STATUSES), "unit": (*LISTS["unit"], "ratio")}


def dataflow(table: str) -> str:
    """The id of the dataflow of a table, and of its structure."""
    return f"{AGENCY}:{table.upper()}({VERSION})"


@cache
def columns(table: str) -> Mapping[str, str]:
    """By the name of SDMX the column of a table: the dimensions, the measure, then the attributes."""
    names = COLUMNS if table == COMPUTED else tuple(SCHEMAS[table].column_names())
    names = (*names, *number_states.columns([*names]), "snapshot")
    terms = _terms("column", table=[COMPUTED, table], code=[""])
    named = {terms.get(name, name.upper()): name for name in names if name not in NAMES}
    # The columns that files add have the codes of SDMX too.
    named |= {name: name for name in names if name in named}
    keys = [terms.get(name, name.upper()) for name in SCHEMAS[table].primary_key()]
    return {name: named[name] for name in (*keys, MEASURE, *named)}


def dimensions(table: str) -> int:
    """How many of the columns of a table are dimensions."""
    return len(SCHEMAS[table].primary_key())


def coded(column: str) -> pl.Expr:
    """A column with the codes of SDMX."""
    codes = _terms("code", table=[COMPUTED], column=[column])
    found = pl.col(column).replace(codes) if codes else pl.col(column)
    return found.str.replace(r"^(\d+)-(\d+)$", "Y${1}T${2}") if column == "age" else found


def csv(table: str, rows: pl.DataFrame, snapshot: str) -> bytes:
    """The rows of an answer about one of `question.OBSERVED`."""
    safe = formats.safe(rows.lazy()).with_columns(snapshot=pl.lit(snapshot))
    head = {"STRUCTURE": "dataflow", "STRUCTURE_ID": dataflow(table), "ACTION": "I"}
    found = [coded(column).alias(name) for name, column in columns(table).items()]
    written = safe.select(*(pl.lit(text).alias(name) for name, text in head.items()), *found)
    return written.collect().write_csv().encode()


def _terms(named: str, **lines: list[str]) -> dict[str, str]:
    """The terms of SDMX in some lines of the codebook, by what these lines name."""
    conditions = [pl.col(name).is_in(values) for name, values in lines.items()]
    return dict(codebook().filter(pl.col("sdmx", named) != "", *conditions).select(named, "sdmx").iter_rows())
