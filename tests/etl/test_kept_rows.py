"""What a snapshot keeps of the publishers' files: only what its tables rest on, never a whole file."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl import as_read
from etl.areas import resolve, state_codes
from etl.errors import PublishError
from etl.making import needed
from etl.making.counted_flows import citizenship
from etl.making.figures import JOIN
from etl.parsed import Finding, Parsed, beyond, merged
from etl.source_declaration import declarations
from tests.etl.publishers import item, list_files
from tests.etl.samples import CONVICTED, citizens, glotip, glotip_row
from tests.etl.test_pipeline import APRIL, OCTOBER, build, sample

VICTIMS = "detected_victims"
CODE = "6,112,021"


def kept(snapshot: Snapshot, source: str) -> list[Parsed]:
    return [one.parsed for one in as_read.files(snapshot, source)]


def abroad(parsed: Parsed) -> pl.DataFrame:
    return parsed.rows.filter(~pl.col("area").is_in(state_codes()))


def named(snapshot: Snapshot, source: str) -> set[str]:
    """The rows of a source that the tables name."""
    tables = (
        *("vintages", "flows", "flow_vintages", "roles", "instruments", "evidence"),
        *("migrant_stock", "migrant_stock_vintages", "movements"),
    )
    cells = [snapshot.table(name).filter(source=source).select(pl.col("locator").str.split(JOIN)) for name in tables]
    # A reservation stands with the act of another source.
    inputs = snapshot.table("instruments").select(pl.col("inputs").explode().struct.unnest()).filter(source=source)
    cells.append(inputs.select(pl.col("locator").str.split(JOIN)))
    return set(pl.concat(cells).explode("locator").collect()["locator"])


def values(parsed: Parsed) -> set[tuple[object, ...]]:
    return set(abroad(parsed).select("area", "year", "category", "printed").rows())


def again(folder: Path) -> tuple[Snapshot, Snapshot]:
    """A snapshot built from files, and the one built from what it keeps."""
    _, first = build(folder)
    _, second = build(None, place=folder.parent, sources=("national_reports",))
    return first, second


def accounts(snapshot: Snapshot) -> str:
    return json.dumps([source["releases"] for source in snapshot.manifest["sources"]])


def test_of_other_countries_only_flows_with_a_state_and_their_totals_are_kept(tmp_path: Path):
    april = [*APRIL, glotip_row("FRA", 2021, "77"), citizens("FRA", 2021, "Romania", "12")]
    october = [*OCTOBER, citizens("ESP", 2021, "Romania", "61"), citizens("ESP", 2021, "Morocco", "8")]
    first, second = again(sample(tmp_path / "mirror", april=april, october=october))
    old, new = kept(first, "unodc_glotip")
    # That a country has a list is shown without a value.
    assert values(old) == {
        ("ESP", 2021, "Total", "99"),
        ("ESP", 2021, "Mexico", "6"),
        ("ESP", 2021, "Romania", None),
        ("FRA", 2021, "Romania", None),
    }
    assert values(new) == {("ESP", 2021, "Romania", None)}
    assert first.id == second.id
    assert accounts(first) == accounts(second)


def test_a_year_that_only_another_country_shows_is_kept_without_its_value(tmp_path: Path):
    france = [glotip_row("FRA", year, "77", indicator=CONVICTED) for year in (2020, 2021, 2022)]
    mexico = glotip_row("MEX", 2021, "5", indicator=CONVICTED)
    first, second = again(sample(tmp_path / "mirror", october=[*OCTOBER, mexico, *france]))
    _, new = kept(first, "unodc_glotip")
    assert values(new) == {("FRA", 2020, "Total", None), ("FRA", 2022, "Total", None)}
    covered = first.table("release_coverage").filter(indicator="persons_convicted").collect()
    assert set(covered["year"]) == {2020, 2021, 2022}
    assert accounts(first) == accounts(second)


def test_a_list_of_leaked_codes_only_is_kept_as_one(tmp_path: Path):
    codes = [citizens("ESP", 2021, "Romania", CODE), citizens("ESP", 2021, "Morocco", CODE)]
    first, second = again(sample(tmp_path / "mirror", october=[*OCTOBER, *codes]))
    _, new = kept(first, "unodc_glotip")
    assert values(new) == {("ESP", 2021, "Romania", CODE)}
    # Such a list does not replace that of April.
    (flow,) = first.table("flows").filter(destination="ESP", origin="MEX").collect().to_dicts()
    assert (flow["low"], flow["release"]) == (6, "2025-04-14")
    assert accounts(first) == accounts(second)


def test_a_list_without_a_state_decides_against_a_later_release_that_names_one(httpserver, live: Path):
    """The release of April is declared for 2020, so its list of Spain is used, which has nobody of the region."""
    old = glotip([*APRIL, citizens("MEX", 2020, "Honduras", "5"), citizens("ESP", 2020, "Romania", "60")])
    (live / "raw" / "unodc_glotip" / "data_glotip_a.xlsx").write_bytes(old)
    build(None, place=live, sources=("hti",))
    shutil.rmtree(live / "raw")
    newer = [*OCTOBER, citizens("ESP", 2020, "Mexico", "7"), citizens("FRA", 2020, "Mexico", "8")]
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"))
    served = httpserver.expect_request("/sites/data_glotip.xlsx")
    served.respond_with_data(glotip(newer, released="01/08/2026"))
    _, snapshot = build(None, place=live, sources=("unodc_glotip",), accept="a sample")
    flows = snapshot.table("flows").filter(origin="MEX", year=2020, evidence="counted").collect()
    assert set(flows["destination"]) == {"FRA"}


def test_nothing_is_kept_of_coded_reports_beyond_what_the_tables_hold(tmp_path: Path):
    _, snapshot = build(sample(tmp_path / "mirror"))
    refuse_more_than_the_tables_hold(snapshot)


def refuse_more_than_the_tables_hold(snapshot: Snapshot) -> None:
    derived = [name for name, source in declarations().items() if source.redistribute == "derived"]
    for name in derived:
        rows = pl.concat([one.rows for one in kept(snapshot, name)])
        assert rows.height > 0
        assert set(rows["locator"]) <= named(snapshot, name)
    roles = snapshot.table("roles").collect()
    cells = roles.select("source", pl.col("locator").str.split(JOIN), "role").explode("locator")
    for name in ("hti", "cia_factbook"):
        rows = pl.concat([one.rows for one in kept(snapshot, name)])
        assert rows.height == cells.filter(source=name).height


def test_population_of_other_countries_is_kept_since_the_palermo_protocol():
    rows = [("FRA", 1999), ("FRA", 2000), ("FRA", 2001), ("SUN", 1990), ("SUN", 1991)]
    frame = pl.DataFrame(rows, schema=["area", "year"], orient="row").with_row_index("at")
    wanted = needed._population(Parsed(frame, "2026", "sample", 5, 5))
    assert sorted(frame.filter(pl.col("at").is_in(wanted["at"].implode()))["year"]) == [1991, 2000, 2001]


def test_rows_that_would_give_other_tables_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    whole = as_read.needed

    def without_lists(*arguments: Any) -> dict[str, list[Parsed]]:
        few = whole(*arguments)
        rows = [one.rows.filter(pl.col("dimension") != "citizenship") for one in few["unodc_glotip"]]
        files = [replace(one, rows=part) for one, part in zip(few["unodc_glotip"], rows, strict=True)]
        return few | {"unodc_glotip": files}

    monkeypatch.setattr(as_read, "needed", without_lists)
    with pytest.raises(PublishError, match=r"give other results \(.*table flows.*nothing was published"):
        build(sample(tmp_path / "mirror"))
    assert not (tmp_path / "snapshots" / "current").exists()


def test_findings_of_all_rows_are_those_of_the_kept_ones_and_the_rest():
    whole = [Finding("a", "1", "abroad", rows=5), Finding("a", "1", "code", rows=2, first="row 3")]
    few = [Finding("a", "1", "abroad", rows=2)]
    rest = beyond(whole, few)
    assert rest == [Finding("a", "1", "abroad", rows=3), Finding("a", "1", "code", rows=2, first="row 3")]
    assert merged([*rest, *few]) == whole
    assert beyond(whole, whole) == []


# ---------------------------------------------------------------- the real files


@pytest.mark.real
def test_no_real_file_is_kept_whole(real_snapshot: Snapshot):
    shares = {"unodc_glotip": 0.25, "undesa_migrant_stock": 0.33, "du_directionality": 0.14, "du_hti": 0.2, "hti": 0.2}
    for name, share in shares.items():
        for one in kept(real_snapshot, name):
            assert 0 < one.rows["locator"].n_unique() < share * one.read


@pytest.mark.real
def test_real_coded_reports_keep_what_the_tables_hold(real_snapshot: Snapshot):
    refuse_more_than_the_tables_hold(real_snapshot)


@pytest.mark.real
def test_real_migrants_and_acts_are_those_of_the_tables(real_snapshot: Snapshot):
    for name in ("undesa_migrant_stock", "untc"):
        rows = pl.concat([one.rows for one in kept(real_snapshot, name)])
        assert set(rows["locator"]) == named(real_snapshot, name)


@pytest.mark.real
def test_real_figures_of_other_countries_are_without_their_value(real_snapshot: Snapshot):
    for one in kept(real_snapshot, "unsd_sdg"):
        assert abroad(one).select(pl.col("low", "high", "printed").is_null().all()).row(0) == (True, True, True)


@pytest.mark.real
def test_real_values_of_other_countries_are_flows_with_a_state_and_their_totals(real_snapshot: Snapshot):
    flows = real_snapshot.table("flows").filter(source="unodc_glotip").collect()
    earlier = real_snapshot.table("flow_vintages").collect()
    for one in kept(real_snapshot, "unodc_glotip"):
        valued = abroad(one).filter(pl.col("printed").is_not_null())
        assert set(valued["indicator"]) == {VICTIMS}
        lists = citizenship(Parsed(valued, one.release, "", one.read, one.kept))
        origins = lists["origin"].is_in(state_codes()).fill_null(value=False) | (lists["kind"] == "unrecognised")
        assert origins.all()
        totals = valued.filter(dimension="total")
        assert totals.height + lists.height == valued.height
        places = lists.select("area", "year").rows()
        served = pl.concat([flows, earlier], how="diagonal").select("destination", "year").rows()
        assert set(totals.select("area", "year").rows()) <= {*places, *served}


@pytest.mark.real
def test_real_labels_are_all_read(real_snapshot: Snapshot):
    """A row with an unknown label is kept; today only lists of citizenship have some."""
    for name in ("hti", "du_hti", "untc"):
        for one in kept(real_snapshot, name):
            assert set(resolve(one.rows["label"])["area"]) <= {*state_codes()}
