import geopandas as gpd
import polars as pl
import pytest
from shapely import Polygon, box

from data.contract import MAP_CRS, SCHEMAS
from etl.areas import state_codes
from etl.checking import validate
from etl.errors import PublishError
from etl.parsed import Finding


def empty_tables() -> dict[str, pl.DataFrame]:
    return {name: schema.create_empty() for name, schema in SCHEMAS.items()}


def roles(**changes: object) -> pl.DataFrame:
    row = {
        "area": "CRI",
        "year": 2004,
        "year_basis": "report",
        "role": "transit",
        "stated": "yes",
        "source": "hti",
        "release": "2013.1",
        "locator": "2",
        "note": None,
    }
    return pl.DataFrame([row | changes])


def test_tables_come_back_sorted_by_their_key_with_the_contract_s_types():
    frame = pl.concat([roles(area="USA"), roles(area="ARG")])
    checked = validate.tables(empty_tables() | {"roles": frame})["roles"]
    assert checked["area"].to_list() == ["ARG", "USA"]
    assert checked.schema["year"] == pl.Int16


@pytest.mark.parametrize(
    ("frame", "rule"),
    [
        (roles(role="hub"), "closed_list"),
        (roles(area="Costa Rica"), "regex"),
        (roles(locator=""), "min_length"),
        (pl.concat([roles(), roles()]), "primary_key"),
    ],
    ids=["closed list", "iso3", "blank locator", "repeated key"],
)
def test_a_broken_rule_stops_and_names_table_and_rule(frame, rule):
    with pytest.raises(PublishError, match=f"table roles breaks the contract: .*{rule}"):
        validate.tables(empty_tables() | {"roles": frame})


def test_a_table_that_was_not_made_is_named():
    tables = empty_tables()
    del tables["flows"]
    with pytest.raises(PublishError, match="did not make table flows"):
        validate.tables(tables)


def shapes(**changes: object) -> gpd.GeoDataFrame:
    codes = list(state_codes())
    columns = {
        "area": codes,
        "kind": ["state"] * len(codes),
        "label_x": [0.0] * len(codes),
        "label_y": [0.0] * len(codes),
    }
    return gpd.GeoDataFrame(columns | changes, geometry=[box(i, 0, i + 1, 1) for i in range(len(codes))], crs=MAP_CRS)


def test_complete_boundaries_pass():
    validate.boundaries(shapes())


def test_missing_repeated_and_broken_polygons_are_named():
    frame = shapes()
    frame.loc[0, "area"] = frame.loc[1, "area"]
    frame.loc[2, "geometry"] = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(PublishError) as caught:
        validate.boundaries(frame)
    text = str(caught.value)
    assert f"repeated keys: {frame.loc[1, 'area']}" in text
    assert f"invalid or empty polygons: {frame.loc[2, 'area']}" in text
    assert "34 states have a polygon, expected 35" in text


def unread(rows: int) -> list[Finding]:
    return [Finding("unodc_glotip", "2025-04-14", "unrecognised_label", "x", rows, set_aside=False, unexpected=True)]


def test_a_few_unread_labels_pass_and_more_than_two_per_cent_stop_the_build():
    validate.unread_labels(unread(2), {"unodc_glotip": 100})
    with pytest.raises(PublishError, match="3 of 100 rows have an unknown label"):
        validate.unread_labels(unread(3), {"unodc_glotip": 100})
