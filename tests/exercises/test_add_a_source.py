"""A source is added by adding files: done here in a copy of the tree, with a source for each open kind of rows."""

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from data.snapshot import Snapshot
from tests.exercises.tree import copy, etl, publishers, run, screens

MODULE = '''"""A table with one row a record, as `parse` needs it."""

from datetime import date

import polars as pl

from etl.parsed import Parsed
from etl.tabular import named, read_records


def parse(content: bytes, file: str) -> Parsed:
    """The rows of the table under the names that their kind of rows has."""
    header, *body = read_records(content, encoding="utf-8", source="NAME", file=file)
    cells = named(header, body, source="NAME", file=file)
    rows = [(COLUMNS, f"row {row}") for row, cell in cells]
    frame = pl.DataFrame(rows, schema=[NAMES, "locator"], orient="row")
    return Parsed(frame, release="2024-03", release_basis="page of the table", read=len(rows), kept=len(rows))
'''
DECLARATION = """
id = "NAME"
label = { en = "The table of NAME" }
title = "A table made up for a test"
publisher = "Nobody"
landing_page = "https://example.org/table"
license = "CC0"
redistribute = "rows"
citation = "Nobody. A table."
rows = "ROWS"
mirror = ["NAME/*.csv"]
"""
INDICATOR = """
[[indicators]]
id = "persons_assisted"
unit = "persons"
order = 60
title = { en = "Persons assisted by a hotline", es = "Personas atendidas por una línea telefónica" }
definition = { en = "Persons whom a hotline assisted in the year." }
codebook = { ictip = "victim" }
"""
# A count of authorities, on Region with its rate and among the key figures of Country.
COUNT = """
[[indicators]]
id = "persons_protected"
unit = "persons"
order = 45
shown = "country"
title = { en = "Persons protected by a court", es = "Personas protegidas por un tribunal" }
definition = { en = "Persons whom a court protected in the year." }

[[indicators]]
id = "persons_protected_rate"
unit = "per_100000_population"
order = 145
title = { en = "Persons protected by a court per 100,000 population" }
derived = true
"""
# A count in a state's own register, on its page beside UNODC's.
REGISTER = """
[[indicators]]
id = "victims_registered"
unit = "persons"
order = 180
title = { en = "Victims in a made-up register", es = "Víctimas en un registro inventado" }
definition = { en = "Victims whom a made-up register counts in the year." }
beside = "detected_victims"
coverage = { en = "Two made-up provinces." }
"""
# What the register counts: a line of `data/reference/counting_units.csv`.
COUNTS = "MEX,victims_registered,2020,2100,victims_in_complaints,It counts victims in complaints,A made-up document\n"
FOLDERS = ("etl", "data", "dashboard", "pages")
Kind = tuple[str, str, str, str, str]
# Of each source: the kind of its rows, the columns that `parse` returns, how it reads them, a file of the publisher,
# and its indicators.
SOURCES: dict[str, Kind] = {
    "observations": (
        "observations",
        '"label", "year", "low"',
        'cell["country"], int(cell["year"]), float(cell["persons"])',
        "country,year,persons\nPeru,2021,12\nMéxico,2022,30\nSpain,2022,7\n",
        INDICATOR,
    ),
    "counts": (
        "observations",
        '"label", "year", "low"',
        'cell["country"], int(cell["year"]), float(cell["persons"])',
        "country,year,persons\nMéxico,2020,500\nMéxico,2021,640\nSpain,2021,7\n",
        COUNT,
    ),
    "register": (
        "observations",
        '"label", "year", "low"',
        'cell["country"], int(cell["year"]), float(cell["persons"])',
        "country,year,persons\nMéxico,2020,38\nMéxico,2021,50\nMéxico,2022,60\nSpain,2021,7\n",
        REGISTER,
    ),
    "flows": (
        "flows",
        '"origin_label", "destination_label", "year"',
        'cell["from"], cell["to"], int(cell["year"])',
        "from,to,year\nBolivia,Chile,2019\nFrance,Spain,2019\n",
        "",
    ),
    "roles": (
        "roles",
        '"area", "year", "role", "stated"',
        'cell["iso3"], int(cell["year"]), "transit", "yes"',
        "iso3,year\nPAN,2023\nESP,2023\n",
        "",
    ),
    "instruments": (
        "instruments",
        '"label", "instrument", "action", "date"',
        'cell["party"], "child_labour_convention", "ratification", date.fromisoformat(cell["day"])',
        "party,day\nChile,2000-07-17\nSpain,2001-04-02\n",
        "",
    ),
}


def add(tree: Path, mirror: Path, source: str) -> str:
    """Write a source into a tree, and its file into a mirror folder."""
    name, (rows, columns, cells, table, indicator) = f"made_up_{source}", SOURCES[source]
    module = MODULE.replace("NAMES", columns).replace("COLUMNS", cells).replace("NAME", name)
    declared = DECLARATION.replace("NAME", name).replace("ROWS", rows) + indicator
    (tree / "etl" / "sources" / f"{name}.py").write_text(module, "utf-8")
    (tree / "etl" / "sources" / f"{name}.toml").write_text(declared, "utf-8")
    if indicator is REGISTER:
        with (tree / "data" / "reference" / "counting_units.csv").open("a", encoding="utf-8") as file:
            file.write(COUNTS)
    (mirror / name).mkdir()
    (mirror / name / "table.csv").write_text(table, "utf-8")
    return name


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """A copy of the tree with a source for each kind, and the snapshots that its build made of small files."""
    place = tmp_path_factory.mktemp("exercise")
    tree, mirror = copy(place, *FOLDERS), publishers(place / "mirror")
    for source in SOURCES:
        add(tree, mirror, source)
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(place / "snapshots"))
    assert done.returncode == 0, done.stderr
    return tree, place / "snapshots"


@pytest.fixture(scope="module")
def snapshot(built) -> Snapshot:
    return Snapshot.open(str(built[1]))


def rows(snapshot: Snapshot, table: str, *columns: str) -> list[tuple[object, ...]]:
    mine = snapshot.table(table).filter(pl.col("source").str.starts_with("made_up_"))
    return mine.select(columns).collect().sort(columns).rows()


def test_the_rows_of_each_kind_are_in_their_table(snapshot):
    figures = rows(snapshot, "observations", "indicator", "area", "year", "low", "status", "unit", "locator")
    assert figures == [
        ("persons_assisted", "MEX", 2022, 30.0, "exact", "persons", "table.csv#row 3"),
        ("persons_assisted", "PER", 2021, 12.0, "exact", "persons", "table.csv#row 2"),
        ("persons_protected", "MEX", 2020, 500.0, "exact", "persons", "table.csv#row 2"),
        ("persons_protected", "MEX", 2021, 640.0, "exact", "persons", "table.csv#row 3"),
        *(
            ("persons_protected_rate", "MEX", year, rate, "exact", "per_100000_population", f"table.csv#row {row}")
            for year, rate, row in ((2020, 10.0, 2), (2021, RATE, 3))
        ),
        *(
            ("victims_registered", "MEX", year, n, "exact", "persons", f"table.csv#row {row}")
            for year, n, row in ((2020, 38.0, 2), (2021, 50.0, 3), (2022, 60.0, 4))
        ),
    ]
    assert set(rows(snapshot, "observations", "indicator", "counting_unit", "derived")) == {
        ("persons_assisted", None, False),
        ("persons_protected", "not_stated", False),
        ("persons_protected_rate", "not_stated", True),
        ("victims_registered", "victims_in_complaints", False),
    }
    assert rows(snapshot, "flows", "origin", "destination", "evidence") == [("BOL", "CHL", "stated")]
    assert rows(snapshot, "roles", "area", "role", "stated") == [("PAN", "transit", "yes")]
    assert rows(snapshot, "instruments", "area", "instrument", "action") == [
        ("CHL", "child_labour_convention", "ratification")
    ]


def test_the_manifest_names_the_indicator_and_accounts_for_every_row(snapshot):
    (indicator,) = (entry for entry in snapshot.manifest["indicators"] if entry["id"] == "persons_assisted")
    assert indicator == {
        "id": "persons_assisted",
        "source": "made_up_observations",
        "unit": "persons",
        "order": 60,
        "derived": False,
        "shown": "",
        "title": {"en": "Persons assisted by a hotline", "es": "Personas atendidas por una línea telefónica"},
        "definition": {"en": "Persons whom a hotline assisted in the year."},
        "codebook": {
            "version": 1,
            "definition": "Persons whom a hotline assisted in the year.",
            "sdmx": "",
            "sdg": "",
            "ictip": "victim",
        },
    }
    assert "observations.indicator.persons_assisted" in snapshot.manifest["definitions"]
    mine = [source for source in snapshot.manifest["sources"] if source["name"].startswith("made_up_")]
    assert [source["label"]["en"] for source in mine] == [f"The table of made_up_{name}" for name in sorted(SOURCES)]
    for (release,) in (source["releases"] for source in mine):
        # One row of each file is about a country outside the region.
        assert [(entry["reason"], entry["rows"]) for entry in release["set_aside"]] == [("outside_the_region", 1)]
        assert release["kept"] == release["read"] - 1


# What is at each address, a line each.
ANSWERS = """
import asyncio, base64, sys
from dashboard.server.command import at
for address in sys.argv[1:]:
    print(base64.b64encode(asyncio.run(at(address)).content).decode())
"""
# Of Mexico, which has 127,648,148 inhabitants in the sample for 2021.
RATE = round(640 / 127_648_148 * 100_000, 6)
# The document of page Sources in a language, with its whole codebook.
SOURCES_PAGE = """
import sys
from dashboard.catalog import pages
from dashboard.forms.html.document import document
from dashboard.views.address import read
from data.i18n import language
page = pages()["sources"]
print(document(language(sys.argv[1]), page, read(page.filters, {}).values, kept={"rows": "codebook"}))
"""


def test_the_pages_name_the_indicator_and_the_source(built):
    titles = {"en": "Persons assisted by a hotline", "es": "Personas atendidas por una línea telefónica"}
    chosen = {"indicators": "persons_assisted", "reading": "table"}
    pages = screens(built[0], *(("explore", {"lang": lang, **chosen}) for lang in titles), snapshots=built[1])
    for (lang, title), explore in zip(titles.items(), pages, strict=True):
        assert title in explore["options"]["indicators"]
        assert title.lower() in explore["words"].lower()
        done = run(built[0], "-c", SOURCES_PAGE, lang, snapshots=built[1])
        # A text without Spanish words is shown in English.
        assert "The table of made_up_observations" in done.stdout, done.stderr
        assert title.lower() in done.stdout.lower()


def answers(built: tuple[Path, Path], *addresses: str) -> list[bytes]:
    """What is at addresses of the dashboard of the copied tree."""
    done = run(built[0], "-c", ANSWERS, *addresses, snapshots=built[1])
    assert done.returncode == 0, done.stderr
    return [b64decode(line) for line in done.stdout.split()]


def cells(content: bytes) -> list[tuple[object, ...]]:
    """The figures of the new count in rows of the dashboard."""
    table = pl.read_csv(content, comment_prefix="#")
    mine = table.filter(pl.col("source") == "made_up_counts")
    return mine.select("indicator", "area", "year", "low").sort("indicator", "year").rows()


def slides(content: bytes) -> str:
    """All texts of a deck, and those of its tables and notes."""
    parts = ZipFile(BytesIO(content))
    names = [name for name in parts.namelist() if name.endswith(".xml") and "lide" in name]
    return "\n".join(re.sub("<[^>]+>", " ", parts.read(name).decode()) for name in names)


def test_a_count_is_on_region_with_its_rate_and_in_the_api(built):
    page, rate, count, api = answers(
        built,
        "/es/region?indicator=persons_protected&year=2021",
        "/en/region.csv?indicator=persons_protected&year=2021",
        "/en/region.csv?indicator=persons_protected&year=2021&measure=count",
        "/api/v1/observations?indicator=persons_protected,persons_protected_rate&area=MEX&format=csv",
    )
    assert '<option value="persons_protected" selected' in page.decode()
    assert "Personas protegidas por un tribunal" in page.decode()
    assert cells(rate) == [("persons_protected_rate", "MEX", 2021, RATE)]
    assert cells(count) == [("persons_protected", "MEX", 2021, 640.0)]
    assert [row[3] for row in cells(api)] == [500.0, 640.0, 10.0, RATE]


def test_a_count_is_a_key_figure_of_country_and_in_the_briefings(built):
    page, series, others, state, region = answers(
        built,
        "/en/country/MEX",
        "/en/country/MEX/series.svg",
        "/en/country/MEX/others.csv",
        "/en/country/MEX.pptx",
        "/en/home.pptx",
    )
    assert "Source: persons protected by a court" in page.decode()
    assert "in 2021 (500 in 2020)" in page.decode()
    # What is said of UNODC's figures names none of another source.
    missing = re.findall("UNODC’s data have no total of [^.]*", page.decode())
    assert missing
    assert not any("protected" in sentence for sentence in missing)
    assert "Persons protected by a court" in series.decode()
    assert cells(others) == []
    assert "640" in slides(state)
    for deck in (state, region):
        assert "Persons protected by a court" in slides(deck)
        assert "The table of made_up_counts" in slides(deck)


def test_a_third_register_stands_beside_unodc_by_its_files_alone(built):
    page, mixed, others, rows, passport = answers(
        built,
        "/es/country/MEX",
        "/en/country/MEX",
        "/en/country/MEX/others.csv",
        "/en/country/MEX/register.csv",
        "/en/country/MEX?figure=victims_registered.2021",
    )
    words = mixed.decode()
    assert "The table of made_up_register: victims in a made-up register" in words
    assert "víctimas en un registro inventado" in page.decode()
    for sentence in (
        "Two made-up provinces.",
        "The register has the same total as UNODC for 2020.",
        "UNODC’s total and the register’s differ for 2021.",
        "Only the register has a total for 2022.",
    ):
        assert sentence in words
    assert "victims_registered" not in others.decode()
    mine = pl.read_csv(rows, comment_prefix="#").filter(source="made_up_register").sort("year")
    assert mine.select("year", "low", "counting_unit").rows() == [
        (year, n, "victims_in_complaints") for year, n in ((2020, 38.0), (2021, 50.0), (2022, 60.0))
    ]
    assert "Detected victims: 41" in passport.decode()


def refusal(folder: Path, rows: str, ending: str, old: str, new: str) -> str:
    """The one line with which a build refuses a source whose declaration or module says `new` in place of `old`."""
    tree, mirror = copy(folder, "etl", "data"), publishers(folder / "mirror")
    path = tree / "etl" / "sources" / f"{add(tree, mirror, rows)}{ending}"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(folder / "snapshots"))
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_place_that_does_not_exist_is_one_line_with_file_and_key(tmp_path):
    line = refusal(tmp_path, "counts", ".toml", 'shown = "country"', 'shown = "home"')
    assert "made_up_counts.toml: indicator persons_protected: shown must be one of region, country, response" in line


def test_the_page_of_a_state_has_its_figures(built, tmp_path):
    """An indicator that is not declared as shown is one of the other counts of Country."""
    path = tmp_path / "others.csv"
    done = run(built[0], "-m", "dashboard", "page", "/en/country/MEX/others.csv", "-o", str(path), snapshots=built[1])
    assert done.returncode == 0, done.stderr
    figures = pl.read_csv(path, comment_prefix="#").filter(source="made_up_observations")
    assert figures.select("indicator", "year", "low").rows() == [("persons_assisted", 2022, 30.0)]


def test_acts_on_another_instrument_leave_the_end_of_the_treaties_where_it_was(built):
    found = "print(*query.shown(), max(query.closings()[one] for one in query.shown()))"
    ends = f"from dashboard.subjects.treaties import query; {found}"
    *shown, last = run(built[0], "-c", ends, snapshots=built[1]).stdout.split()
    assert {"palermo_protocol", "untoc", "smuggling_protocol"} <= {*shown}
    assert "child_labour_convention" not in shown
    assert last < "2024-03"


def test_the_published_snapshot_passes_its_checks(built):
    done = etl(built[0], "check", "--snapshot", str(built[1]))
    assert done.returncode == 0, done.stderr


def test_rows_without_a_column_that_is_needed_stop_the_build_in_one_line(tmp_path):
    line = refusal(tmp_path, "observations", ".py", '"label", "year"', '"label", "when"')
    assert "`parse` returns no column year, which observations need; add it" in line


def test_the_snapshot_that_is_committed_names_its_indicators():
    manifest = Snapshot.open().manifest
    published = set(Snapshot.open().table("observations").select("indicator").unique().collect()["indicator"])
    assert published <= {indicator["id"] for indicator in manifest["indicators"]}
