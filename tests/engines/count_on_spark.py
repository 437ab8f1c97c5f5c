"""Read and count the records of a register on a cluster: `count_on_spark.py MASTER LAYOUT OUT FILE...`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from etl.cases.counting import count
from etl.cases.layout import load
from etl.cases.records import read
from etl.cases.spark import spark_engine
from tests.etl.cases.invented import TODAY

master, name, out, *files = sys.argv[1:]
layout = load(name)
with spark_engine(master) as engine:
    records = read([Path(file) for file in files], layout, TODAY, engine=engine)
    count(records, layout.values()).write_parquet(out)
