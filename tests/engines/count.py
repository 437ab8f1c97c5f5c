"""Count the records of a file with an engine, in the environment of the engines: `count.py ENGINE FILE VALUES OUT`.

`ENGINE` is `duckdb` or the address of a Spark master, `VALUES` the values of each dimension as JSON.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from etl.cases.counting import count


def main(engine: str, file: str, values: str, out: str) -> None:
    if engine == "duckdb":
        import duckdb

        count(duckdb.read_parquet(file), json.loads(values)).write_parquet(out)
        return
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.executor.memory": "512m",
    }
    session = SparkSession.builder.master(engine).config(map=settings).getOrCreate()
    try:
        count(session.read.parquet(file), json.loads(values)).write_parquet(out)
    finally:
        session.stop()


main(*sys.argv[1:])
