"""The lists of citizenships of a made-up case register: through two builds, and onto the page of its state."""

import csv
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.subjects.states.register_lists import ListedYear, RegisterLists
from dashboard.subjects.states.register_lists_words import BY_DATE, DATE, difference
from data.i18n import LANGUAGES, language
from data.manifest import Indicator
from data.snapshot import Snapshot
from etl import source_declaration
from etl.cases import source
from etl.cases.words import COVERAGE
from tests.etl.cases.registers import HAITI, cell, release
from tests.etl.cases.test_source import ROOT, answers
from tests.etl.cases.test_source import words as plain
from tests.etl.declared import SHORT, declare_records
from tests.etl.samples import citizens, glotip_row
from tests.etl.test_pipeline import OCTOBER, build, sample

REGISTER = replace(HAITI, date="detection")
# 2021 with a list, 2022 so few victims that only the total is published, 2023 with a list that UNODC lacks.
FIRST = [
    cell(2021, 60),
    cell(2021, 12, origin="PER"),
    cell(2021, 35, origin="HTI"),
    cell(2021, 1, 10, origin="COL"),
    cell(2021, 1, 10, origin="unknown"),
    cell(2021, 12, origin="PER", destination="HTI"),
    cell(2021, 11, indicator="persons_prosecuted"),
    cell(2021, 11, indicator="persons_prosecuted", origin="PER"),
    cell(2022, 1, 10),
    cell(2023, 20),
    cell(2023, 20, origin="PER"),
    cell(2024, 13),
]
SECOND = [cell(2021, 62), cell(2021, 14, origin="PER"), *FIRST[2:5], *FIRST[8:11]]
UNODC = [
    *(glotip_row("HTI", year, n) for year, n in ((2021, "45"), (2022, "6"))),
    *(citizens("HTI", 2021, *one) for one in (("Peru", "25"), ("Bolivia", "7"), ("Colombia", "<5"))),
    citizens("HTI", 2022, "Peru", "6"),
]
TABLE = "hti/2025-03-01/tables/by_citizenship.csv"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Two builds: with the first release of the register, then with the next one, which corrects it."""
    folder = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "REGISTRIES", folder / "registries")
        declare_records(patch, SHORT)
        mirror = sample(folder / "mirror", october=[*OCTOBER, *UNODC])
        release(folder / "registries" / "hti", FIRST, register=REGISTER)
        build(mirror)
        release(folder / "registries" / "hti", SECOND, date(2025, 3, 1), REGISTER)
        source_declaration._registers.cache_clear()
        build(mirror, accept="a correction of the register", by="Test")
    source_declaration._registers.cache_clear()
    return folder


@pytest.fixture(scope="module")
def snapshot(place) -> Snapshot:
    return Snapshot.open(str(place / "snapshots"))


def published(place, day: str) -> dict[tuple[str, str], tuple[str, int]]:
    """The cells of victims in the table of a release, read with csv: by year and citizenship the figure and the row."""
    with (place / "registries" / "hti" / day / "tables" / "by_citizenship.csv").open(encoding="utf-8") as file:
        return {
            (row["year"], row["origin"]): ("–".join(dict.fromkeys([row["low"], row["high"]])), number)
            for number, row in enumerate(csv.DictReader(file), start=2)
            if row["indicator"] == "detected_victims" and row["origin"] != "total"
        }


def test_each_cell_of_the_newest_list_is_a_flow_of_its_own_kind_with_its_place(place, snapshot):
    rows = snapshot.table("flows").filter(evidence="register").collect()
    found = {
        (str(row["year"]), row["origin_label"]): (
            "–".join(dict.fromkeys([f"{row[end]:.0f}" for end in ("low", "high")])),
            row,
        )
        for row in rows.iter_rows(named=True)
    }
    cells = published(place, "2025-03-01")
    assert {name: figure for name, (figure, _) in found.items()} == {
        name: figure for name, (figure, _) in cells.items()
    }
    for name, (_, row) in found.items():
        assert row["locator"] == f"{TABLE}#row {cells[name][1]}"
        assert (row["source"], row["release"], row["destination"]) == ("registry_hti", "2025-03-01", "HTI")
        assert row["origin"] == (None if name[1] == "unknown" else name[1])


def test_the_list_of_an_earlier_release_and_its_change_stay(place, snapshot):
    earlier = snapshot.table("flow_vintages").filter(evidence="register", as_of="2024-03-01").collect()
    figures = {
        (str(year), label): f"{low:.0f}"
        for year, label, low in earlier.select("year", "origin_label", "low").iter_rows()
    }
    assert figures == {name: figure.split("–")[0] for name, (figure, _) in published(place, "2024-03-01").items()}
    changed = snapshot.table("flow_revisions").filter(source="registry_hti").collect()
    assert changed.select("origin", "year", "low_from", "low_to", "release_to").rows() == [
        ("PER", 2021, 12.0, 14.0, "2025-03-01")
    ]


def test_every_cell_of_the_lists_is_in_the_account(snapshot):
    (entry,) = (one for one in snapshot.manifest["sources"] if one["name"] == "registry_hti")
    mine = {one["release"]: one for one in entry["releases"] if one["part"] == "by_citizenship"}
    aside = {day: {one["reason"]: one["rows"] for one in part["set_aside"]} for day, part in mine.items()}
    totals = {"repeated_row": 4, "part_of_a_year": 1, "by_citizenship": 1, "served_by_another_release": 5}
    assert aside == {"2024-03-01": totals, "2025-03-01": {"repeated_row": 3}}
    assert mine["2025-03-01"]["kept"] == 5


def test_counted_flows_and_the_agreement_of_evidence_know_no_register(snapshot):
    counted = snapshot.table("flows").filter(evidence="counted", destination="HTI").collect()
    assert {*counted["source"]} == {"unodc_glotip"}
    mine = snapshot.table("flow_coverage").filter(area="HTI", year=2021).collect()
    # 25 + 7 + 1 to 4.
    assert mine.select("listed", "listed_high").row(0) == (33.0, 36.0)
    named = snapshot.table("agreement").filter(pl.col("destination") == "HTI").collect()
    assert {*named["kind"]} == {"counted"}
    # A pair that only the register has is named by nothing.
    assert named.filter(origin="HTI").is_empty()


def rows_of(document: str) -> list[list[str]]:
    """The rows of the table of both lists on a page, as words."""
    (table,) = re.findall(r"<table[^>]*>(?:(?!</table>).)*UNODC’s list.*?</table>", document, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [[plain(one) for one in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in rows[1:]]


def test_the_page_shows_each_figure_beside_that_of_unodc(place):
    home = place / "snapshots"
    page, download, other = answers(home, "/en/country/HTI", "/en/country/HTI/register_lists.csv", "/en/country/MEX")
    cells = {name: figure for name, (figure, _) in published(place, "2025-03-01").items()}
    assert rows_of(page) == [
        ["2023", "Peru", "no list", cells["2023", "PER"]],
        ["2022", "Peru", "6", "not published"],
        ["2021", "Haiti", "not listed", cells["2021", "HTI"]],
        ["2021", "Peru", "25", cells["2021", "PER"]],
        ["2021", "Colombia", "1–4", cells["2021", "COL"]],
        ["2021", "Bolivia", "7", "not listed"],
        ["2021", "Not known", "not compared", cells["2021", "unknown"]],
    ]
    said = plain(page)
    for sentence in (
        "For 2021, citizens of Peru are the largest group in UNODC’s list of citizenships, citizens of Haiti in the "
        "register’s.",
        "Not published: to protect persons, the register gives only a total for the year.",
    ):
        assert sentence in said
    assert "register_lists" not in other
    read = csv.DictReader(line for line in io.StringIO(download) if not line.startswith("#"))
    figures = {
        (row["year"], row["origin_label"]): (row["low"], row["high"]) for row in read if row["evidence"] == "register"
    }
    assert figures.keys() == cells.keys()
    assert figures["2021", "COL"] == ("1.0", "10.0")
    # UNODC's list is what it was, and so is the figure of its flows.
    assert (
        "1–10" not in said.partition("Who the detected victims are")[0].partition("Citizenship of detected victims")[2]
    )


def test_a_figure_of_a_list_has_a_passport_and_a_line_in_the_api(place):
    row = published(place, "2025-03-01")["2021", "COL"][1]
    address = f"/en/passport?table=flows&source=registry_hti&release=2025-03-01&locator={TABLE}%23row%20{row}"
    home, revised = place / "snapshots", published(place, "2025-03-01")["2021", "PER"][1]
    (changed,) = answers(home, address.replace(f"row%20{row}", f"row%20{revised}"))
    sentence = "the register’s release of 1 March 2025 has 14, which is shown here; that of 1 March 2024 has 12."
    assert sentence in plain(changed)
    passport, api = answers(
        home, address, "/api/v1/flows?evidence=register&destination=HTI&from=2021&to=2021&format=csv"
    )
    said = plain(passport)
    assert "1–10" in said
    assert "Published as a range." in said
    assert f"{TABLE}, row {row}" in said
    assert "<5" not in said
    read = csv.DictReader(line for line in io.StringIO(api) if not line.startswith("#"))
    assert {(row["origin"], row["low"], row["high"]) for row in read} == {
        ("PER", "14.0", "14.0"),
        ("HTI", "35.0", "35.0"),
        ("COL", "1.0", "10.0"),
        ("", "1.0", "10.0"),
    }


LISTED = {"located": pl.Boolean, "origin": pl.String, "low": pl.Int64, "high": pl.Int64, "status": pl.String}


def listed(*figures: tuple[str, int, int]) -> pl.DataFrame:
    """A list of citizenships; a figure that is no point is masked."""
    rows = [(True, origin, low, high, "exact" if low == high else "masked") for origin, low, high in figures]
    return pl.DataFrame(rows, schema=LISTED, orient="row")


def said(*years: ListedYear, unit: str = "persons", counted: str = DATE, code: str = "en") -> str:
    indicator = Indicator("registry_hti", "persons", 1, {}, {}, {}, "", "detected_victims", {}, unit, counted)
    return difference(language(code), RegisterLists(indicator, years))


PERU = listed(("PER", 12, 12), ("COL", 1, 10))
BOTH = ListedYear(2021, PERU, PERU)


@pytest.mark.parametrize(
    ("own", "beside", "expected"),
    [
        (PERU, PERU, "citizens of Peru are the largest group in both lists"),
        (
            PERU,
            listed(("HTI", 9, 9)),
            "citizens of Haiti are the largest group in UNODC’s list of citizenships, citizens of Peru",
        ),
        # A range, an equal figure, a questioned one, and a zero show no largest one.
        (listed(("PER", 12, 12), ("COL", 11, 100)), PERU, "does not show for certain which one is the largest"),
        (PERU, listed(("PER", 9, 9), ("COL", 9, 9)), "does not show for certain"),
        (PERU, PERU.with_columns(status=pl.lit("questioned")), "does not show for certain"),
        (PERU, listed(("PER", 0, 0)), "does not show for certain"),
    ],
)
def test_the_largest_citizenship_is_named_only_where_it_is_certain(own, beside, expected):
    assert expected in said(ListedYear(2021, own, beside))


def test_what_keeps_the_lists_from_being_compared_is_said():
    none = listed()
    assert "the register has one for 2021, UNODC for 2020." in said(
        ListedYear(2021, PERU, none), ListedYear(2020, none, PERU)
    )
    assert said(ListedYear(2021, PERU, none)) == "Only the register lists the citizenship of victims for 2021."
    assert "the register counts victims in complaints to the police" in said(BOTH, unit="victims_in_complaints")
    assert "the register by the year of referral." in said(BOTH, counted="referral")
    # Each date that a register can count by has its words, in four languages.
    assert {DATE, *BY_DATE} == COVERAGE.keys()
    assert len({said(BOTH, counted=one, code=code) for one in BY_DATE for code in LANGUAGES}) == len(BY_DATE) * len(
        LANGUAGES
    )


# The titles of the feeds' entries on figures by citizenship.
TITLES = """
from dashboard.subjects.changes import entries
from data.i18n import language
print(*(one.title for one in entries._flows(language("en"))), sep="\\n")
"""


def test_a_feed_names_the_register_whose_figure_changed(place):
    environment = os.environ | {"ATALAYA_SNAPSHOT": str(place / "snapshots"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", TITLES], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    (title,) = (line for line in done.stdout.splitlines() if "Haiti" in line)
    assert title.startswith("Peru → Haiti (Haiti, case register): ")
