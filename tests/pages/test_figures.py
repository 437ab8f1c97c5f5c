"""The figures a reader sees, compared with the publishers' files by independent code: openpyxl and plain Python."""

import csv
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.menu import scripts
from data.i18n import language
from tests.dashboard.subjects.states.test_certainty import doubtful
from tests.etl.cells import cells, sheets

pytestmark = pytest.mark.real
ENTRY = Path(__file__).parents[2] / "dashboard" / "app.py"
EN = language("en")
WHOLE = ("Total", "Total", "Total", "Total")
INDICATORS = {
    "detected_victims": "Detected trafficking victims",
    "persons_prosecuted": "Persons prosecuted",
    "persons_convicted": "Persons convicted",
}


@pytest.fixture(scope="module")
def rows() -> list[tuple[object, ...]]:
    newest = max(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    return cells(newest)[3:]


def opened(slug: str, **address: str) -> AppTest:
    """A page at an address, as a reader who follows a link sees it."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != "home":
        app.switch_page(str(scripts()[slug]))
    for name, text in ({"lang": "en"} | address).items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def as_shown(printed: str, *, contradicted: bool = False) -> tuple[str, str]:
    """How a printed cell of the newest release must read: the figure, and what it means."""
    mark = "*" * contradicted
    if printed == "<5":
        return (
            f"1–4{mark}",
            "Fewer than five; contradicted by its own figures" if contradicted else "Fewer than five",
        )
    status = "Zero" if printed == "0" else "Exact figure"
    return (
        f"{printed}{mark}",
        f"{status}; contradicted by its own figures" if contradicted else status,
    )


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("year", ["2014", "2019", "2022", "2023"])
def test_the_region_s_table_is_the_workbook(rows, indicator, year):
    printed = {
        row[0]: str(row[11])
        for row in rows
        if (row[4], *row[5:9], str(row[9])) == (INDICATORS[indicator], *WHOLE, year)
    }
    shown = opened("region", indicator=indicator, measure="count", year=year).dataframe[0].value
    by_name = dict(zip(shown["State"], zip(shown["Figure"], shown["Data status"], strict=True), strict=True))
    assert len(by_name) == 35
    codes = set(_states())
    marked = {code for code in codes if int(year) in doubtful(indicator, code)}
    known = {code: as_shown(text, contradicted=code in marked) for code, text in printed.items()}
    expected = {EN.country(code): known.get(code, ("–", "No figure")) for code in codes}
    assert by_name == expected


def _states() -> list[str]:

    return list(store.areas())


def test_n_of_35_is_counted_in_the_workbook(rows):
    codes = set(_states())
    key = (INDICATORS["detected_victims"], *WHOLE, "2022")
    reporting = {row[0] for row in rows if (row[4], *row[5:9], str(row[9])) == key and row[0] in codes}
    app = opened("region", year="2022")
    assert f"a figure for {len(reporting)} of 35 states" in app.get("plotly_chart")[0].proto.alt


def test_a_state_s_series_is_the_workbook(rows):
    printed = {
        str(row[9]): str(row[11])
        for row in rows
        if row[0] == "CRI" and (row[4], *row[5:9]) == (INDICATORS["detected_victims"], *WHOLE)
    }
    app = opened("country", area="CRI")
    app.session_state["folded.series"] = True
    app.run()
    series = next(frame.value for frame in app.dataframe if "Source cell" in frame.value)
    mine = series[series["Indicator"] == "Detected victims"]
    shown = dict(zip(mine["Year"], zip(mine["Figure"], mine["Data status"], strict=True), strict=True))
    assert {year: cell for year, cell in shown.items() if cell[1] != "No figure"} == {
        year: as_shown(cell, contradicted=int(year) in doubtful("detected_victims", "CRI"))
        for year, cell in printed.items()
    }


def test_the_routes_into_the_united_states_are_those_of_the_workbooks():
    """The sums of UNODC's April release to 2022; no year later lists citizenships for the United States."""
    oldest = min(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    sums: dict[str, int] = defaultdict(int)
    for row in cells(oldest)[3:]:
        if row[0] == "USA" and row[4:6] == ("Detected trafficking victims", "by citizenship") and row[11] != "<5":
            sums[str(row[6])] += int(str(row[11]).replace(",", ""))
    app = opened("routes", state="USA", position="destination")
    shown = next(frame.value for frame in app.dataframe if "Citizens of" in frame.value)
    figures = dict(zip(shown["Citizens of"], shown["Figure"], strict=True))
    for label, name in {
        "Mexico": "Mexico",
        "Honduras": "Honduras",
        "Guatemala": "Guatemala",
        "Thailand": "Thailand",
    }.items():
        assert figures[name].split("–")[0] == f"{sums[label]:,}"


def test_the_view_as_of_april_is_april_s_workbook():
    oldest = min(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    printed = {
        row[0]: str(row[11])
        for row in cells(oldest)[3:]
        if (row[4], *row[5:9], str(row[9])) == (INDICATORS["persons_convicted"], *WHOLE, "2021")
    }
    address = {"indicator": "persons_convicted", "measure": "count", "year": "2021", "edition": "2025-04-14"}
    app = opened("region", **address)
    shown = app.dataframe[0].value
    figures = dict(zip(shown["State"], shown["Figure"], strict=True))
    # April prints no zero, so that its mask may hide one.
    expected = {
        EN.country(code): {"<5": "0–4"}.get(printed.get(code, "–"), printed.get(code, "–")) for code in _states()
    }
    marked = {EN.country(code) for code in _states() if 2021 in doubtful("persons_convicted", code, newest=False)}
    assert figures == {state: f"{figure}{'*' * (state in marked)}" for state, figure in expected.items()}
    assert "14 April 2025" in " ".join(box.value for box in app.info)


@pytest.mark.parametrize("area", ["ARG", "BLZ", "BRA", "CRI", "USA"])
def test_the_passport_leads_to_the_exact_cell(area):
    app = opened("country", area=area, figure="detected_victims.2019")
    text = " ".join(text.value for text in app.markdown)
    file = re.search(r"\*\*File\*\*: (\S+)", text)[1].replace("\\", "")
    place = re.search(r"\*\*Sheet and row\*\*: ([^\n]+)", text)[1].replace("\\", "")
    sheet_name, row_number = place.split(", ")
    content = (Path(os.environ["ATALAYA_MIRROR"]) / "unodc_glotip" / file).read_bytes()
    row = sheets(content)[sheet_name][int(row_number) - 1]
    assert (row[0], row[4], *row[5:9], str(row[9])) == (area, INDICATORS["detected_victims"], *WHOLE, "2019")
    figure = re.search(r"\*\*Figure\*\*: ([^\n]+)", text)[1].replace("\\", "")
    assert figure.split()[0] == figure_in_english(str(row[11]))
    assert app.code[0].value.count(f"{file}, {sheet_name}!{row_number}.") == 1


def figure_in_english(printed: str) -> str:
    """The figure alone, as the English page shows it."""
    return as_shown(printed)[0] if printed == "<5" else f"{int(printed.replace(',', '')):,}"


@pytest.mark.parametrize(("mark", "column"), [("MEX.transit", "transit"), ("BRA.origin", "source")])
def test_the_passport_of_a_role_leads_to_the_exact_record(mark, column):
    app = opened("country", area=mark[:3], role=f"{mark}.hti")
    page_text = " ".join(text.value for text in app.markdown).replace("\\", "")
    file = re.search(r"\*\*File\*\*: (\S+)", page_text)[1]
    row = re.search(r"\*\*Sheet and row\*\*: row (\d+)", page_text)[1]
    with (Path(os.environ["ATALAYA_MIRROR"]) / "hti" / file).open(encoding="latin-1", newline="") as lines:
        records = list(csv.reader(lines))
    record = dict(zip(records[0], records[int(row) - 1], strict=True))
    year = re.search(r"\*\*Coding\*\*: Coded “yes”, report of (\d{4})", page_text)[1]
    assert (record["country"], record["year"], record[column]) == (EN.country(mark[:3]), year, "Yes")
    assert f"{file}, row {row}. Seen in" in app.code[0].value
