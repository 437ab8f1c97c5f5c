"""Spark as the engine, for records that outgrow one machine: CSV and Parquet files are read by an existing cluster.

pyspark is not among the packages of the project: `etl.cases.command` imports this module only for this engine. All work
is Spark's own, so that its workers need no Python. What is stored while it runs is said in
`docs/registries_spark.md`.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from narwhals.exceptions import NarwhalsError
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - its usual name
from pyspark.sql.types import StringType, StructField, StructType

from etl.cases.engines import ROW, columns, opened
from etl.cases.layout import CaseLayout
from etl.cases.sweeping import swept_folder
from etl.errors import CasesError

# A row that has other columns than the headings, or is not in UTF-8.
DAMAGED = "damaged"
# Where Spark decodes what is no UTF-8.
REPLACEMENT = "\ufffd"
# Spark's number of a row is in these bits; above them is the number of its task.
ROW_BITS = (1 << 33) - 1


@contextmanager
def spark_engine(master: str) -> Iterator["SparkEngine"]:
    """An engine on the Spark cluster of this master, which lasts as long as the context.

    Args:
        master: `spark://HOST:PORT`.

    Raises:
        CasesError: Spark cannot be reached, or stops.
    """
    with swept_folder("atalaya-cases-") as folder, warnings.catch_warnings():
        # Spark warns of parts of pandas that nothing here uses.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        try:
            session = SparkSession.builder.config(map=_settings(master, str(folder))).getOrCreate()
            try:
                yield SparkEngine(session)
            finally:
                session.stop()
        except (PySparkException, Py4JError, NarwhalsError) as error:
            # Spark's text may quote a record; its name for the error does not.
            kind = (error.getCondition() if isinstance(error, PySparkException) else "") or type(error).__name__
            problem = f"{master} cannot be reached, or stopped ({kind})"
            raise CasesError(f"{problem}; start it, and give its workers the files at the same path") from None


def _settings(master: str, folder: str) -> dict[str, str]:
    """What is stored is stored encrypted, in a folder of this run; no log of events and no page show the work."""
    return {
        "spark.master": master,
        "spark.app.name": "atalaya-cases",
        "spark.io.encryption.enabled": "true",
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": folder,
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder}",
        "spark.eventLog.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
    }


class SparkEngine:
    """Reads on a Spark cluster; as `etl.cases.engines.Engine`."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def cells(self, path: Path, layout: CaseLayout) -> nw.LazyFrame[Any]:
        """The cells of a file: for each field of the layout a column of text without null, and `ROW`.

        A CSV file is read by one worker, since a cell may have several lines; a register of many files by all.

        Raises:
            CasesError: another kind of file, or a column is missing.
        """
        if path.suffix.lower() == ".xlsx":
            raise CasesError(f"{path.name}: a workbook is read on one machine; leave --engine out, or export CSV files")
        headings = opened(path, layout).collect_schema()
        del headings[ROW]
        return self._csv(path, layout, [*headings]) if path.suffix.lower() == ".csv" else self._parquet(path, layout)

    def distinct(self, cells: nw.LazyFrame[Any], names: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By column its different cells.

        Raises:
            UnicodeError: a row is damaged.
        """
        found = cells.to_native().agg(F.max(DAMAGED), *(F.collect_set(name) for name in names)).first()
        if found[0]:
            raise UnicodeError(DAMAGED)
        return dict(zip(names, found[1:], strict=True))

    def joined(self, cells: nw.LazyFrame[Any], meanings: pl.DataFrame, name: str) -> nw.LazyFrame[Any]:
        """The cells with what those of a column mean: a small table of ours with a row for each different cell."""
        table: nw.LazyFrame[Any] = nw.from_native(self._session.createDataFrame(meanings.to_arrow()))
        # Spark validates no join; `distinct` gives each cell once.
        return cells.join(table, left_on=name, right_on=name, how="left")

    def _csv(self, path: Path, layout: CaseLayout, headings: Sequence[str]) -> nw.LazyFrame[Any]:

        names = {column: name for name, column in columns(layout).items()}
        # By place: a heading may have characters that mean something in an expression of Spark.
        fields = [names.get(heading, f"other_{place}") for place, heading in enumerate(headings)]
        schema = StructType([StructField(name, StringType()) for name in (*fields, DAMAGED)])
        options = {"sep": layout.delimiter, "header": True, "escape": '"', "multiLine": True}
        # Whole rows are compared with the headings; damaged ones are marked, not printed in an error.
        options |= {"columnNameOfCorruptRecord": DAMAGED, "columnPruning": False}
        frame = self._session.read.schema(schema).options(**options).csv(_address(path))
        row = F.monotonically_increasing_id().bitwiseAND(ROW_BITS) + 2
        numbered = frame.withColumn(ROW, row).filter(F.col(ROW) >= 2 + layout.skip)
        return self._shaped(numbered, {name: F.col(name) for name in names.values()}, F.col(DAMAGED).isNotNull())

    def _parquet(self, path: Path, layout: CaseLayout) -> nw.LazyFrame[Any]:
        frame = self._session.read.parquet(_address(path))
        kinds = dict(frame.dtypes)
        cells = {}
        for name, column in columns(layout).items():
            cell = F.col(f"`{column.replace('`', '``')}`")
            typed = kinds[column] in {"date", "timestamp", "timestamp_ntz"}
            cells[name] = F.date_format(cell, "yyyy-MM-dd 00:00:00") if typed else cell.cast("string")
        row = F.col("_metadata.row_index") + 1
        return self._shaped(frame.withColumn(ROW, row), cells, F.lit(False))

    def _shaped(self, frame: DataFrame, cells: Mapping[str, Column], damaged: Column) -> nw.LazyFrame[Any]:
        text = {name: F.coalesce(cell, F.lit("")) for name, cell in cells.items()}
        damaged |= F.concat(*text.values()).contains(REPLACEMENT)
        named = [damaged.alias(DAMAGED), *(cell.alias(name) for name, cell in text.items())]
        rows: nw.LazyFrame[Any] = nw.from_native(frame.select(ROW, *named))
        return rows


def _address(path: Path) -> str:
    """A file as Spark names it: none of its characters stands for several files."""
    return "file://" + re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))
