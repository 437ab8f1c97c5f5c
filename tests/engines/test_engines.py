"""DuckDB and a cluster of Spark count the same rows as Polars, and the cluster writes the same release."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from etl.cases.counting import count
from etl.cases.layout import load
from etl.cases.records import read
from tests.etl.cases import invented
from tests.etl.cases.test_cases_command import REGISTER

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".venv-engines"
PYTHON = HOME / "bin" / "python"
LOOPBACK = "127.0.0.1"
LONGEST = 1200
STARTS = 180

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PYTHON.exists(), reason="the packages of tests/engines are missing: make test-full"),
]
with_java = pytest.mark.skipif(
    not shutil.which("java"), reason="Spark needs Java (apt-get install default-jre-headless)"
)


@pytest.fixture(scope="module", params=[100_000, 1_000_000])
def size(request) -> int:
    return request.param


def test_duckdb_counts_the_same(size, tmp_path):
    layout = invented.layout("norte")
    rows = invented.records(invented.persons(size, layout), layout)
    # Some persons have two records.
    persons = rows.with_columns(person=pl.format("p-{}", pl.int_range(pl.len())))
    records, out = tmp_path / "records.parquet", tmp_path / "out.parquet"
    pl.concat([persons, persons.head(1_000)]).write_parquet(records)
    command = [PYTHON, Path(__file__).with_name("count.py"), records, json.dumps(layout.values()), out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = count([nw.from_native(pl.scan_parquet(records))], layout.values())
    assert found.height > 1_000
    assert pl.read_parquet(out).equals(found)


@dataclass(frozen=True)
class Cluster:
    """A Spark master with two workers: its address, the folder of its logs, and where its workers store what they need.

    `temporary` is the folder for temporary files of who uses it.
    """

    address: str
    folder: Path

    @property
    def stored(self) -> Path:
        return self.folder / "stored"

    @property
    def temporary(self) -> Path:
        return self.folder / "temporary"


@pytest.fixture(scope="module")
def spark(tmp_path_factory) -> Iterator[Cluster]:
    """A cluster on loopback."""
    (package,) = HOME.glob("lib/python*/site-packages/pyspark")
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    cluster = Cluster(f"spark://{LOOPBACK}:{port}", tmp_path_factory.mktemp("spark"))
    cluster.temporary.mkdir()
    environment = os.environ | {"SPARK_LOCAL_IP": LOOPBACK, "SPARK_HOME": str(package)}
    environment |= {"SPARK_LOCAL_DIRS": str(cluster.stored)}
    start = [str(package / "bin" / "spark-class")]
    deploy = "org.apache.spark.deploy"
    host = ["--host", LOOPBACK, "--webui-port", "0"]
    commands = [[*start, f"{deploy}.master.Master", *host, "--port", str(port)]]
    worker = [*start, f"{deploy}.worker.Worker", cluster.address, *host, "--cores", "1", "--memory", "1g"]
    commands += [[*worker, "--work-dir", str(cluster.folder / name)] for name in ("one", "two")]
    with ExitStack() as stack:
        log = stack.enter_context((cluster.folder / "log").open("w"))
        for command in commands:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        until = time.monotonic() + STARTS
        while (cluster.folder / "log").read_text().count("Registering worker") < len(commands) - 1:
            assert time.monotonic() < until, (cluster.folder / "log").read_text()[-2000:]
            time.sleep(0.5)
        yield cluster


@dataclass(frozen=True)
class Register:
    """The files of a register and its layout."""

    files: list[Path]
    layout: Path

    def run(self, out: Path, cluster: Cluster | None = None) -> subprocess.CompletedProcess[str]:
        """Run the command, with Polars or on a cluster."""
        command = ["-m", "etl", *self.options(out)]
        if cluster:
            return on(cluster, *command, "--engine", cluster.address)
        return finished([sys.executable, *command], os.environ)

    def options(self, out: Path) -> list[str | Path]:
        """What the command is given."""
        return ["cases", "tables", *self.files, "--layout", self.layout, "--state", "HTI", "--out", out]

    def count(self, out: Path, cluster: Cluster) -> subprocess.CompletedProcess[str]:
        """Count on a cluster, without protection."""
        return on(
            cluster, Path(__file__).with_name("count_on_spark.py"), cluster.address, self.layout, out, *self.files
        )


def on(cluster: Cluster, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program that uses the cluster."""
    return finished([PYTHON, *command], surroundings(cluster))


def surroundings(cluster: Cluster) -> Mapping[str, str]:
    """The environment of a program that uses the cluster."""
    return os.environ | {"SPARK_LOCAL_IP": LOOPBACK, "TMPDIR": str(cluster.temporary)}


def finished(command: list[str | Path], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )


def register(name: str, size: int, folder: Path) -> Register:
    """A register in two files; some persons are in both, if the layout marks the records of one person."""
    layout = invented.layout(name)
    people = invented.persons(size, layout)
    parts = [people.head(size // 2 + 1_000 * bool(layout.person)), people.tail(size - size // 2)]
    ending = {"norte": "csv", "sul": "parquet"}[name]
    # The characters of its name mean something in a pattern of files.
    files = [invented.write(part, layout, folder / f"a {n} [x].{ending}") for n, part in enumerate(parts)]
    path = folder / f"{name}.toml"
    path.write_text((invented.LAYOUTS / f"{name}.toml").read_text("utf-8") + REGISTER, "utf-8")
    return Register(files, path)


def released(out: Path) -> dict[str, bytes]:
    """The tables of the only release in the folder of a register."""
    return {path.name: path.read_bytes() for path in out.glob("*-*-*/tables/*")}


@with_java
@pytest.mark.parametrize("name", ["norte", "sul"])
def test_a_cluster_of_spark_writes_the_same_tables(name, size, spark, tmp_path):
    mine = register(name, size, tmp_path)
    assert mine.run(tmp_path / "one").returncode == 0
    done = mine.run(tmp_path / "two", spark)
    assert done.returncode == 0, done.stderr[-3000:]
    tables = released(tmp_path / "one")
    assert len(tables) == 8
    assert released(tmp_path / "two") == tables
    assert_nothing_is_left(spark, done.stdout + done.stderr)


@with_java
@pytest.mark.parametrize("name", ["norte", "sul"])
def test_a_cluster_of_spark_counts_the_same_rows(name, size, spark, tmp_path):
    mine, out = register(name, size, tmp_path), tmp_path / "counted.parquet"
    ran = mine.count(out, spark)
    assert ran.returncode == 0, ran.stderr[-3000:]
    layout = load(str(mine.layout))
    found = count(read(mine.files, layout, invented.TODAY), layout.values())
    assert found.height > 400
    assert pl.read_parquet(out).equals(found)
    assert_nothing_is_left(spark, ran.stdout + ran.stderr)


def assert_nothing_is_left(cluster: Cluster, printed: str) -> None:
    """No log has a cell of a record, and nothing that was stored is there any more."""
    until = time.monotonic() + STARTS
    while left := [path for folder in (cluster.stored, cluster.temporary) for path in folder.rglob("*/*")]:
        assert time.monotonic() < until, left
        time.sleep(0.5)
    logs = [path for path in cluster.folder.rglob("*") if path.is_file()]
    assert any(path.name == "stderr" for path in logs)
    text = printed + "".join(path.read_text("utf-8", "replace") for path in logs)
    # Cells that records have: pseudonyms, codes and countries are found only there.
    for cell in ("p-4711", "Confirmada", "QQ7", *invented.PERSONAL.values()):
        assert cell not in text


@with_java
def test_faults_on_spark_are_those_of_polars(spark, tmp_path):
    mine = register("norte", 5_000, tmp_path)
    path = mine.files[0]
    lines = path.read_text("utf-8").split("\n")
    # A cell that goes over three lines, then faults in later rows, and two records of one person that differ.
    lines[3] = lines[3].replace(invented.PERSONAL["prs_FirstName"], '"one\n""two""\nthree"')
    for number in (9, 40, 41):
        lines[number] = ";".join(["QQ7"] * len(lines[0].split(";")))
    path.write_text("\n".join(lines), "utf-8")
    by_polars, by_spark = mine.run(tmp_path / "one"), mine.run(tmp_path / "two", spark)
    assert by_polars.returncode == by_spark.returncode == 1
    faults = [line for line in by_polars.stderr.splitlines() if ", row 10, column" in line]
    assert faults
    said = by_spark.stderr.splitlines()
    assert [line for line in said if " column " in line] == [
        line for line in by_polars.stderr.splitlines() if " column " in line
    ]
    assert not (tmp_path / "two").exists()
    assert_nothing_is_left(spark, by_spark.stderr)


@with_java
@pytest.mark.parametrize("damage", ["a row with more columns", "not in UTF-8", "a workbook"])
def test_a_damaged_file_is_one_line_on_spark(damage, spark, tmp_path):
    mine = register("norte", 1_000, tmp_path)
    path = mine.files[1]
    content = path.read_bytes()
    if damage == "a row with more columns":
        lines = content.split(b"\n")
        path.write_bytes(b"\n".join([*lines[:70], lines[70] + b";QQ7", *lines[71:]]))
    elif damage == "not in UTF-8":
        path.write_bytes(content.replace(b"p-9", b"p-\xff", 1))
    else:
        path = mine.files[1] = path.rename(path.with_suffix(".xlsx"))
    done = mine.run(tmp_path / "out", spark)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error")]
    assert path.name in line
    assert ("is read on one machine" if damage == "a workbook" else "cannot be read") in line
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert_nothing_is_left(spark, done.stderr)


# Runs the command, and says when it begins to count.
COUNTING = """
import sys
from etl.__main__ import main
from etl.cases import command

def count(*given, count=command.count):
    print("counting", flush=True)
    return count(*given)

command.count = count
sys.exit(main(sys.argv[1:]))
"""


@with_java
@pytest.mark.parametrize("end", [os.kill, os.killpg], ids=["the command", "and Spark's program that it started"])
def test_a_run_on_spark_that_is_killed_while_it_counts_leaves_nothing(end, spark, tmp_path):
    out, stored = tmp_path / "out", spark.stored
    command = [PYTHON, "-c", COUNTING, *register("norte", 100_000, tmp_path).options(out), "--engine", spark.address]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings(spark), start_new_session=True, **pipes) as run:
        printed = line = run.stdout.readline()
        while line != "counting\n":
            assert line, printed
            line = run.stdout.readline()
            printed += line
        before, until = {*stored.rglob("*")}, time.monotonic() + STARTS
        # Workers have begun to exchange what is counted.
        while not {*stored.rglob("shuffle*")} - before:
            assert run.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        assert [*spark.temporary.iterdir()]
        end(run.pid, signal.SIGKILL)
        # Spark's program and the sweeper have what was printed open until they end, too.
        printed += run.communicate(timeout=STARTS)[0]
    assert not [*spark.temporary.iterdir()]
    assert not out.exists()
    assert_nothing_is_left(spark, printed)
