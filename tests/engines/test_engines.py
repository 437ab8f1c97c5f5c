"""Records are counted by one definition, whose rows are the same with Polars, DuckDB and a cluster of Spark."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import polars as pl
import pytest

from etl.cases.counting import count
from tests.etl.cases import invented

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".venv-engines"
PYTHON = HOME / "bin" / "python"
LOOPBACK = "127.0.0.1"
LONGEST = 600
STARTS = 90

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PYTHON.exists(), reason="the packages of tests/engines are missing: make test-full"),
]
with_java = pytest.mark.skipif(
    not shutil.which("java"), reason="Spark needs Java (apt-get install default-jre-headless)"
)


@pytest.fixture(scope="module", params=[100_000, 1_000_000])
def records(request, tmp_path_factory) -> Path:
    layout = invented.layout("norte")
    people = invented.persons(request.param, layout)
    rows = invented.records(people.with_columns(pl.col("person")), layout)
    path = tmp_path_factory.mktemp("records") / "records.parquet"
    # Some persons have two records.
    counted = rows.with_columns(person=pl.format("p-{}", pl.int_range(pl.len())))
    pl.concat([counted, counted.head(1_000)]).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def spark(tmp_path_factory) -> Iterator[str]:
    """The address of a Spark master with two workers on loopback."""
    (package,) = HOME.glob("lib/python*/site-packages/pyspark")
    folder = tmp_path_factory.mktemp("spark")
    environment = os.environ | {"SPARK_LOCAL_IP": LOOPBACK, "SPARK_HOME": str(package)}
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    address = f"spark://{LOOPBACK}:{port}"
    start = [str(package / "bin" / "spark-class")]
    deploy = "org.apache.spark.deploy"
    host = ["--host", LOOPBACK, "--webui-port", "0"]
    commands = [[*start, f"{deploy}.master.Master", *host, "--port", str(port)]]
    worker = [*start, f"{deploy}.worker.Worker", address, *host, "--cores", "1", "--memory", "1g"]
    commands += [[*worker, "--work-dir", str(folder / name)] for name in ("one", "two")]
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("w"))
        for command in commands:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        until = time.monotonic() + STARTS
        while (folder / "log").read_text().count("Registering worker") < len(commands) - 1:
            assert time.monotonic() < until, (folder / "log").read_text()[-2000:]
            time.sleep(0.5)
        yield address


def counted(engine: str, file: Path, out: Path) -> pl.DataFrame:
    values = json.dumps(invented.layout("norte").values())
    words = [str(PYTHON), str(Path(__file__).with_name("count.py")), engine, str(file), values, str(out)]
    environment = os.environ | {"SPARK_LOCAL_IP": LOOPBACK}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return pl.read_parquet(out)


def of_polars(file: Path) -> pl.DataFrame:
    found = count(pl.scan_parquet(file), invented.layout("norte").values())
    assert found.height > 1_000
    return found


def test_duckdb_counts_the_same(records, tmp_path):
    assert counted("duckdb", records, tmp_path / "out.parquet").equals(of_polars(records))


@with_java
def test_a_cluster_of_spark_counts_the_same(records, spark, tmp_path):
    assert counted(spark, records, tmp_path / "out.parquet").equals(of_polars(records))
