from dataclasses import replace

import polars as pl

from etl.declaration import declarations
from etl.tables import UNODC, redistributable


def test_rows_of_a_source_that_lets_nothing_be_passed_on_are_withheld():
    known = declarations()
    known = {name: replace(source, redistribute="rows") for name, source in known.items()}
    known["hti"] = replace(known["hti"], redistribute="none")
    frames = {"roles": pl.DataFrame({"source": ["hti"]}), "flows": pl.DataFrame({"source": [UNODC, "hti"]})}
    kept = redistributable(frames, known)
    assert {name: frame["source"].to_list() for name, frame in kept.items()} == {"roles": [], "flows": [UNODC]}
