import io
import itertools
import json

import geopandas as gpd
import polars as pl
import pytest
import shapely

from data.contract import MAP_CRS, Countries
from data.disputed import disputed_areas
from data.reviewed import read
from etl.areas import state_codes
from etl.errors import SourceError
from etl.fetching.raw import RawFile
from etl.making import boundaries
from etl.source_declaration import declarations
from etl.sources import natural_earth
from tests.etl.mirror_sample import world_atlas

POLYGONS = declarations()["natural_earth"]


def files(fine: bytes | None = None, coarse: bytes | None = None) -> list[RawFile]:
    contents = {"10m": fine or world_atlas("10m"), "50m": coarse or world_atlas("50m")}
    return [RawFile("natural_earth", f"countries-{scale}.json", content) for scale, content in contents.items()]


@pytest.fixture(scope="module")
def built() -> tuple[gpd.GeoDataFrame, pl.DataFrame]:
    return boundaries.build(files(), POLYGONS)


def test_every_state_once_in_the_projection_of_the_map(built):
    shapes, _ = built
    assert sorted(shapes.loc[shapes["kind"] == "state", "area"]) == sorted(state_codes())
    assert shapes["area"].is_unique
    assert shapes.crs == MAP_CRS


def test_french_guiana_is_no_part_of_france(built):
    shapes, countries = built
    assert list(shapes.loc[shapes["area"] == "GUF", "kind"]) == ["dependency"]
    assert "FRA" not in set(shapes["area"])
    places = {area: (x, y) for area, x, y in countries.select("area", "longitude", "latitude").iter_rows()}
    assert -54.4 < places["GUF"][0] < -51.7
    assert places["FRA"][0] > -10


def test_disputed_areas_have_keys_of_their_own_and_lie_inside(built):
    shapes, _ = built
    polygons = shapes.set_index("area").geometry
    drawn = {key: area for key, area in disputed_areas().items() if area.whole or area.within}
    assert set(shapes.loc[shapes["kind"] == "disputed", "area"]) == set(drawn)
    for key, area in drawn.items():
        holder = polygons[area.whole or area.within]
        assert polygons[key].difference(holder.buffer(0.2)).area == pytest.approx(0, abs=0.5)


def test_label_points_lie_inside(built):
    shapes, _ = built
    chosen = set(read(boundaries.MapLabels)["area"])
    for row in shapes.itertuples():
        if row.area not in chosen:
            assert row.geometry.covers(shapely.Point(row.label_x, row.label_y)), row.area


def test_countries_follow_the_contract(built):
    countries = Countries.validate(built[1])
    assert countries.height > 240
    mexico = countries.row(by_predicate=pl.col("area") == "MEX", named=True)
    assert (mexico["m49"], mexico["iso2"]) == ("484", "MX")


def without(content: bytes, code: str) -> bytes:
    topology = json.loads(content)
    lands = topology["objects"]["countries"]
    lands["geometries"] = [land for land in lands["geometries"] if land.get("id") != code]
    return json.dumps(topology).encode()


def test_a_missing_state_is_named_with_its_file():
    with pytest.raises(SourceError, match=r"countries-10m\.json.*KNA missing"):
        boundaries.build(files(fine=without(world_atlas("10m"), "659")), POLYGONS)


def test_a_missing_scale_is_named():
    with pytest.raises(SourceError, match=r"expected one file countries-50m\.json, found 0"):
        boundaries.build(files()[:1], POLYGONS)


def test_a_missing_country_outside_the_region_has_no_label_point():
    thin = [without(world_atlas(scale), "724") for scale in ("10m", "50m")]
    _, countries = boundaries.build(files(*thin), POLYGONS)
    assert countries.row(by_predicate=pl.col("area") == "ESP", named=True)["longitude"] is None


@pytest.fixture(scope="module")
def real(mirror) -> tuple[gpd.GeoDataFrame, pl.DataFrame]:
    paths = sorted((mirror / "natural_earth").glob("*.json"))
    return boundaries.build([RawFile("natural_earth", path.name, path.read_bytes()) for path in paths], POLYGONS)


@pytest.mark.real
def test_real_lands_do_not_overlap(real):
    shapes = real[0][real[0]["kind"] != "disputed"]
    assert shapes.is_valid.all()
    pairs = itertools.combinations(zip(shapes["area"], shapes.geometry, strict=True), 2)
    shared = {(a, b): shape.intersection(other).area for (a, shape), (b, other) in pairs if shape.intersects(other)}
    assert {pair: area for pair, area in shared.items() if area > 0} == {}
    # Neighbours share one border: they meet along lines, not at single points.
    polygons = shapes.set_index("area").geometry
    for pair in (("BRA", "BOL"), ("USA", "CAN"), ("GTM", "MEX"), ("HTI", "DOM"), ("SUR", "GUF")):
        assert polygons[pair[0]].intersection(polygons[pair[1]]).length > 100


@pytest.mark.real
def test_real_areas_are_what_atlases_say(real):
    """Land areas in km2 from reference works, with room for lakes, dropped islets and generalised coasts."""
    known = {"BRA": 8_510_000, "CAN": 9_900_000, "SLV": 20_700, "JAM": 10_990, "KNA": 261, "GRD": 345, "BRB": 431}
    known |= {"GUF": 83_500, "disputed:essequibo": 159_500, "disputed:new_river_triangle": 15_600}
    areas = real[0].set_index("area").geometry.area
    for code, square_kilometres in known.items():
        room = 0.2 if code.startswith("disputed") else 0.06
        assert areas[code] == pytest.approx(square_kilometres, rel=room), code


@pytest.mark.real
def test_real_islands_keep_a_shape(real):
    polygons = real[0].set_index("area").geometry
    for code in ("ATG", "BRB", "DMA", "GRD", "KNA", "LCA", "VCT", "TTO"):
        assert shapely.get_num_coordinates(polygons[code]) >= 20, code


@pytest.mark.real
def test_real_label_points_are_where_a_reader_looks(real):
    shapes, countries = real
    for row in shapes.itertuples():
        assert row.geometry.covers(shapely.Point(row.label_x, row.label_y)), row.area
    places = {area: (x, y) for area, x, y in countries.select("area", "longitude", "latitude").iter_rows()}
    assert -115 < places["USA"][0] < -80
    assert 30 < places["USA"][1] < 45
    assert places["CHL"][1] > -36


@pytest.mark.real
def test_real_file_is_small(real):
    buffer = io.BytesIO()
    real[0].to_parquet(buffer, compression="zstd", index=False)
    assert len(buffer.getvalue()) < 400_000


def test_a_missing_territory_is_one_clear_error():
    """Without France there is no French Guiana to split off; without Greenland there is a hole in the sea."""

    def without(m49: str, scale: str) -> bytes:
        atlas = json.loads(world_atlas(scale))
        layer = atlas["objects"]["countries"]
        layer["geometries"] = [shape for shape in layer["geometries"] if shape["id"] != m49]
        return json.dumps(atlas).encode()

    for m49, area in (("250", "GUF"), ("304", "GRL")):
        with pytest.raises(SourceError, match=f"source natural_earth, file countries-50m.json: {area} missing"):
            boundaries.build(files(without(m49, "10m"), without(m49, "50m")), POLYGONS)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000])
def test_a_file_nested_too_deeply_is_refused(content):
    with pytest.raises(SourceError, match="source natural_earth"):
        natural_earth.parse(content, "countries-50m.json")
