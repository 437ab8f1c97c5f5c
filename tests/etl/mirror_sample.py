"""A whole mirror folder of small samples: what one run of the real pipeline reads."""

import json
from io import BytesIO
from pathlib import Path

import pycountry
from openpyxl import load_workbook

from data.place import HERE
from data.snapshot import Snapshot
from etl.source_declaration import declarations
from tests.etl import r_samples
from tests.etl.directionality_samples import coding_workbook

GUIANA = "254"
STOCK_2020 = json.dumps(
    {
        "names": ["Mexico", "Caribbean", "United States"],
        "regions": [1],
        "matrix": {"2020": [[0, 1, 90], [2, 0, 3], [4, 0, 0]]},
    }
).encode()
# Recorded files in which nothing is new or odd.
CALM = {
    **dict.fromkeys(("untc", "untc_more", "un_hr_status", "oas_treaties", "national_mexico"), "*.csv"),
    "untc_declarations": "*.txt",
    "unsd_sdg": "unsdg_ddf_*.csv",
    "undesa_migrant_stock": "*.csv",
    "national_peru": "*.xlsx",
}
# Belize, Guyana and Suriname hold disputed areas, so their boxes (left, bottom, right, top) are large enough for them.
BOXES = {"084": (-89.2, 15.9, -88.1, 18.4), "328": (-61.2, 1.3, -57.2, 8.3), "740": (-57.1, 1.9, -54.5, 5.9)}


def world_atlas(scale: str) -> bytes:
    """A TopoJSON of small squares with the world-atlas layer, ids and names, each near the middle of its country.

    France holds a square where French Guiana is, as the real file does.
    """
    rows = Snapshot.open(str(HERE)).table("countries").drop_nulls().sort("m49").collect()
    places = {m49: (x, y) for m49, x, y in rows.select("m49", "longitude", "latitude").iter_rows() if m49 != GUIANA}
    arcs = [_box(*BOXES.get(m49, _around(x, y))) for m49, (x, y) in places.items()]
    geometries = [
        {"type": "MultiPolygon", "id": m49, "properties": {"name": m49}, "arcs": [[[number]]]}
        for number, m49 in enumerate(places)
    ]
    arcs.append(_box(-54.4, 2.1, -51.7, 5.7))
    next(g for g in geometries if g["id"] == "250")["arcs"].append([[len(arcs) - 1]])
    layer = {"type": "GeometryCollection", "geometries": geometries}
    return json.dumps({"type": "Topology", "scale": scale, "objects": {"countries": layer}, "arcs": arcs}).encode()


def inhabitants(first: int = 2020, last: int = 2022) -> bytes:
    """Made-up rows of the bank's bulk form: every country and year that the recorded sample leaves out."""
    given = {("BLZ", 2020), ("BLZ", 2021), ("BHS", 2020), ("MEX", 2021)}
    codes = {country.alpha_3 for country in pycountry.countries} - {*declarations()["worldbank_population"].absent}
    keys = ((code, year) for code in sorted(codes) for year in range(first, last + 1))
    return "".join(f"Land,{code},{year},5000000\n" for code, year in keys if (code, year) not in given).encode()


def _index(folder: Path) -> bytes:
    """The recorded workbook without the country that does not exist."""
    book = load_workbook(folder / "Human Trafficking Index sample.xlsx")
    (sheet,) = book.worksheets
    for row in sheet.iter_rows():
        if row[1].value == "Zubrowka":
            sheet.delete_rows(row[0].row)
            break
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _around(x: float, y: float, half: float = 0.12) -> tuple[float, float, float, float]:
    return x - half, y - half, x + half, y + half


def _box(left: float, bottom: float, right: float, top: float) -> list[list[float]]:
    return [[left, bottom], [left, top], [right, top], [right, bottom], [left, bottom]]


def mirror(folder: Path, glotip_releases: dict[str, bytes]) -> Path:
    """A folder laid out as the publishers' files are, from the samples."""
    recorded = Path(__file__).parent / "recorded"
    files = {f"unodc_glotip/{name}": content for name, content in glotip_releases.items()}
    files |= {f"natural_earth/countries-{scale}.json": world_atlas(scale) for scale in ("50m", "10m")}
    files["du_directionality/Directionality Coding.xlsx"] = coding_workbook()
    files["hti/HTI_sample.csv"] = (recorded / "hti" / "HTI_sample.csv").read_bytes()
    for source, form in CALM.items():
        files |= {f"{source}/{path.name}": path.read_bytes() for path in (recorded / source).glob(form)}
    factbook = (recorded / "cia_factbook" / "factbook_sample.csv").read_bytes()
    files["cia_factbook/factbook_sample.csv"] = factbook.replace(
        b"HTI,2016-06-10,2016-07-10", b"HTI,2017-06-10,2017-07-10"
    )
    files["du_directionality/Human Trafficking Index.xlsx"] = _index(recorded / "du_hti")
    files["undesa_migrant_stock_2020/stock.json"] = STOCK_2020
    files |= r_samples.files()
    population = "worldbank_population_2025-03.csv"
    files[f"worldbank/{population}"] = (recorded / "worldbank_population" / population).read_bytes() + inhabitants()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
