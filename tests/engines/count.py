"""Count the records of a file with DuckDB, in the environment of the engines: `count.py FILE VALUES OUT`.

`VALUES` are the values of each dimension as JSON.
"""

import json
import sys
from pathlib import Path

import duckdb
import narwhals.stable.v2 as nw

sys.path.insert(0, str(Path(__file__).parents[2]))

from etl.cases.counting import count

file, values, out = sys.argv[1:]
count([nw.from_native(duckdb.read_parquet(file))], json.loads(values)).write_parquet(out)
