"""The commands on case registers: `python -m etl cases tables | check | template`.

Records are read and counted in memory; the only thing that is written is the release of protected tables, or nothing.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from data.i18n import DEFAULT, LANGUAGES, language
from etl.areas import state_codes
from etl.cases import template
from etl.cases.audit import audit
from etl.cases.audit_page import proposals
from etl.cases.counting import count
from etl.cases.engines import SPARK, Engine, PolarsEngine
from etl.cases.layout import REGISTER, CaseLayout, built_in, load
from etl.cases.protection import SMALLEST_THRESHOLD, Rule, protect
from etl.cases.publishing import published, write
from etl.cases.records import read, readable
from etl.cases.releases import releases
from etl.errors import CasesError

# The steps after the files: same persons, counting, protection, audit, writing.
STEPS = 5
POLARS = "polars"


def parsers(commands: Any) -> None:  # noqa: ANN401 - argparse's type is private
    """Add the commands on case registers."""
    cases = commands.add_parser("cases", help="make tables of case records that may be published")
    actions = cases.add_subparsers(dest="action", required=True)
    tables = actions.add_parser("tables", help="read, check, count and protect records, and write a release of tables")
    checker = actions.add_parser("check", help="only check records; nothing is written")
    for command in (tables, checker):
        command.add_argument(
            "records", nargs="+", metavar="RECORDS", help="CSV, Parquet or Excel files of one register"
        )
        command.add_argument(
            "--layout", required=True, help=f"a TOML file that names columns and codes, or {', '.join(built_in())}"
        )
        command.add_argument(
            "--state", required=command is tables, metavar="ISO3", help="the state that keeps the register, e.g. CRI"
        )
        command.add_argument(
            "--engine",
            default=POLARS,
            help=f"where records are read and counted: {POLARS}, in this process (the default), or an existing Spark "
            f"cluster, {SPARK}HOST:PORT, which reads CSV and Parquet files (see docs/registries_spark.md)",
        )
    tables.add_argument("--out", required=True, metavar="FOLDER", help="the folder of the register's releases")
    tables.add_argument(
        "--threshold",
        type=int,
        default=Rule.threshold,
        metavar="N",
        help=f"protect figures from 1 to N-1 (default: {Rule.threshold}, at least {SMALLEST_THRESHOLD})",
    )
    tables.add_argument(
        "--width",
        type=int,
        default=Rule.width,
        metavar="N",
        help="highest less lowest number that a protected figure must leave possible (default: by the threshold)",
    )
    filled = actions.add_parser("template", help="write an Excel workbook to fill in, for an office without a register")
    filled.add_argument("--lang", default=DEFAULT, help=f"one of {', '.join(LANGUAGES)} (default: {DEFAULT})")
    filled.add_argument("--out", metavar="FILE", help="the file to write (default: named after the language)")


def run(options: argparse.Namespace, console: Console, today: date) -> str:
    """Run one of the commands; returns what was done, for the screen.

    Raises:
        AtalayaError: an option, the layout or the records have faults; nothing was written.
    """
    if options.action == "template":
        return _template(options, today)
    layout = load(options.layout)
    if options.state is not None and options.state not in state_codes():
        raise CasesError(f"there is no state {options.state!r}; use the code of one of the 35 states, e.g. CRI")
    paths = [Path(name) for name in options.records]
    if options.action == "tables":
        _expect_register(layout)
        rule, folder = _rule(options), Path(options.out)
        _expect_no_weaker(rule, folder)
    with _progress(console, len(paths) + STEPS) as line, _engine(options.engine, line.seen) as engine:
        step = line.step
        records = read(paths, layout, today, step, engine)
        step("counting")
        # The files are read once more.
        with readable(*paths):
            counted = count(records, layout.values())
        if counted.is_empty():
            raise CasesError(
                f"no record in {', '.join(path.name for path in paths)} counts; see [status] of the layout"
            )
        if options.action == "check":
            return f"no faults; {counted.height:,} cells were counted, and nothing was written"
        earlier = published(folder)
        step("protecting")
        cells = protect(counted, rule, earlier)
        step("auditing")
        found = audit(cells, earlier, rule)
        step("writing")
        written = write(folder, cells, found, layout, options.state, today)
    coarser = proposals(language(DEFAULT), found)
    advice = ["more than half of some tables is protected; consider:", *coarser] if coarser else []
    return "\n".join([f"written: {written}", *advice])


def _rule(options: argparse.Namespace) -> Rule:
    """The rule of the options; it is made before records are read, which can take minutes."""
    try:
        return Rule(options.threshold, options.width)
    except ValueError as error:
        raise CasesError(f"--threshold or --width: {error}") from error


def _expect_no_weaker(rule: Rule, folder: Path) -> None:
    """Refuse a rule that would reveal what an earlier release of the register protects, and says that it does."""
    for one in releases(folder):
        threshold, width = one.protection
        if rule.threshold < threshold or rule.width < width:
            raise CasesError(
                f"the release of {one.day} has threshold {threshold} and width {width}, and a later one cannot protect "
                "less; give at least these with --threshold and --width"
            )


def _engine(name: str, seen: Callable[[int], None]) -> AbstractContextManager[Engine]:
    if name == POLARS:
        return nullcontext(PolarsEngine(seen))
    if not name.startswith(SPARK):
        raise CasesError(f"there is no engine {name!r}; use {POLARS}, or {SPARK}HOST:PORT")
    try:
        from etl.cases.spark import spark_engine  # noqa: PLC0415 - only this engine needs pyspark
    except ImportError as error:
        problem = f"--engine {name} needs pyspark, which is not installed"
        raise CasesError(f"{problem}; see docs/registries_spark.md") from error
    return spark_engine(name)


def _expect_register(layout: CaseLayout) -> None:
    """Refuse a layout that does not say what a release has to say of its register."""
    if missing := [key for key in REGISTER if key not in layout.register]:
        problem = "it is missing; a release names it (see docs/registries.md)"
        raise CasesError(f"layout {layout.name}, key register.{missing[0]}: {problem}")


def _template(options: argparse.Namespace, today: date) -> str:
    if options.lang not in LANGUAGES:
        raise CasesError(f"there is no language {options.lang!r}; use one of {', '.join(LANGUAGES)}")
    path = Path(options.out or f"atalaya-cases-{options.lang}.xlsx")
    template.write(language(options.lang), today, path)
    return f"written: {path}; when it is filled in, read it with --layout template"


class _ProgressLine:
    """A line with the step of the work, and how many records were read in it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._task = progress, progress.add_task("reading", total=total)
        self._name, self._records = "reading", 0
        # Polars reads in several threads.
        self._lock = Lock()

    def step(self, name: str) -> None:
        self._name, self._records = name, 0
        self._progress.update(self._task, description=name, advance=1)

    def seen(self, records: int) -> None:
        with self._lock:
            self._records += records
            self._progress.update(self._task, description=f"{self._name}: {self._records:,} records read")


@contextmanager
def _progress(console: Console, total: int) -> Iterator[_ProgressLine]:
    """The line, which is gone when the work is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _ProgressLine(progress, total)
