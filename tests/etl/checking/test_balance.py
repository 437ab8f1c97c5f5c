"""Nothing is published that the published snapshot's own check would refuse."""

from dataclasses import replace

import polars as pl
import pytest

from etl import pipeline
from etl.errors import PublishError
from etl.making.tables import tables
from tests.etl.test_pipeline import build, sample


@pytest.mark.parametrize("table", ["roles", "vintages"])
def test_rows_that_a_step_loses_stop_the_build(tmp_path, monkeypatch, table):
    def leaky(parsed):
        frames, findings = tables(parsed)
        frame = frames[table]
        if table == "vintages":
            lost = (pl.col("source") == "unsd_sdg") & (pl.col("year") == 2016)
        else:
            hti = frame.filter(source="hti")
            lost = (pl.col("area") == hti["area"][0]) & (pl.col("source") == "hti")
        return frames | {table: frame.filter(~lost)}, findings

    folder = sample(tmp_path / "mirror")
    monkeypatch.setattr(pipeline, "tables", leaky)
    with pytest.raises(PublishError, match=r"rows are lost or repeated, nothing was published \(account "):
        build(folder)
    assert not (tmp_path / "snapshots" / "current").exists()


def test_rows_set_aside_twice_stop_the_build(tmp_path, monkeypatch):
    def doubled(parsed):
        frames, findings = tables(parsed)
        mine = [finding.set_aside and finding.source == "unodc_glotip" for finding in findings]
        twice = [replace(finding, rows=finding.rows * (1 + it)) for it, finding in zip(mine, findings, strict=True)]
        return frames, twice

    folder = sample(tmp_path / "mirror")
    monkeypatch.setattr(pipeline, "tables", doubled)
    with pytest.raises(
        PublishError, match=r"account unodc_glotip 2025-04-14: 9 rows read ≠ 5 cells in the tables \+ 8"
    ):
        build(folder)
