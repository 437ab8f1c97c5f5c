from dataclasses import replace

import polars as pl
import pytest

from etl.errors import SourceError
from etl.making.read import Read
from etl.making.tables import redistributable
from etl.source_declaration import declarations
from tests.etl.declared import SOURCE
from tests.etl.samples import citizens, glotip_row
from tests.etl.test_pipeline import APRIL, OCTOBER, build, sample


def test_rows_of_a_source_that_may_not_be_redistributed_are_withheld():
    known = declarations()
    known = {name: replace(source, redistribute="rows") for name, source in known.items()}
    known["hti"] = replace(known["hti"], redistribute="none")
    frames = {"roles": pl.DataFrame({"source": ["hti"]}), "flows": pl.DataFrame({"source": ["unodc_glotip", "hti"]})}
    remaining = redistributable(frames, known)
    assert {name: frame["source"].to_list() for name, frame in remaining.items()} == {
        "roles": [],
        "flows": ["unodc_glotip"],
    }


@pytest.mark.parametrize(
    ("ids", "expected"),
    [([], "source missing: 0 sources declare"), (["a", "b"], "source a, b: 2 sources declare")],
)
def test_tables_need_one_source_of_the_population(ids, expected):
    known = {name: replace(SOURCE, id=name, rows="population") for name in ids}
    read = Read({"sample": SOURCE, **known}, {})
    with pytest.raises(SourceError, match=rf"^{expected} rows = 'population', expected one; correct etl/sources/"):
        read.only("population")


def test_a_flow_out_of_the_region_is_compared_with_the_total_of_its_destination(tmp_path):
    listed = citizens("EST", 2021, "Mexico", "128")
    # The newest release that covers the year has the total.
    october = [*OCTOBER, listed, glotip_row("EST", 2021, "41")]
    folder = sample(tmp_path / "mirror", april=[*APRIL, listed], october=october)
    _, snapshot = build(folder)
    flow = snapshot.table("flows").filter(pl.col("destination") == "EST").select("origin", "low", "status", "note")
    assert flow.collect().rows() == [("MEX", 128.0, "questioned", "larger_than_total")]
