"""The sources of more treaties: their forms of tables, reservations, years alone, and acts that a person typed."""

import csv
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from data.place import HERE
from data.snapshot import Snapshot
from etl.areas import resolve, state_codes
from etl.errors import SourceError
from etl.source_declaration import declarations
from etl.sources import oas_treaties, un_hr_status, untc_declarations, untc_more

RECORDED = Path(__file__).parents[1] / "recorded"


def parsed(module, file):
    return module.parse((RECORDED / module.SOURCE / file).read_bytes(), file)


def acts(parsed):
    return [tuple(row) for row in parsed.rows.select("label", "action", "date").iter_rows()]


def test_the_heading_of_a_column_says_which_acts_its_days_are():
    workers = parsed(untc_more, "4-13.csv")
    assert (workers.part, workers.release) == ("migrant_workers", "2015-03-14")
    assert acts(workers) == [
        ("Mexico", "signature", date(1991, 7, 7)),
        ("Mexico", "ratification", date(1999, 8, 8)),
        ("Serbia", "signature", date(1999, 6, 5)),
    ]
    assert acts(parsed(untc_more, "5-5.csv")) == [
        ("Haiti", "accession", date(1984, 9, 9)),
        ("Suriname", "succession", date(1978, 10, 1)),
    ]
    slavery = parsed(untc_more, "18-2.csv")
    assert slavery.release == "2014-07-10"
    assert acts(slavery) == [
        ("Bahamas", "succession", date(1976, 1, 4)),
        ("Ecuador", "participation", date(1955, 11, 2)),
        ("Kazakhstan", "participation", date(2001, 12, 3)),
        ("Mexico", "ratification", date(1954, 2, 5)),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # A table of accessions alone has no ratification, and no mark of another form.
        (b"9 Sep 1984 a", b"9 Sep 1984"),
        (b"9 Sep 1984 a", b"9 Sep 1984 P"),
        (b"Accession(a), Succession(d)", b"Accession(a), Joined(j)"),
    ],
)
def test_a_form_that_the_heading_does_not_list_is_refused(old, new):
    content = (RECORDED / "untc_more" / "5-5.csv").read_bytes()
    with pytest.raises(SourceError):
        untc_more.parse(content.replace(old, new), "5-5.csv")


@pytest.mark.parametrize("module", [untc_more, un_hr_status, untc_declarations, oas_treaties])
def test_a_name_that_is_not_known_is_refused(module):
    with pytest.raises(SourceError, match="rename the file"):
        module.parse(b"anything", "4-9.csv")


def test_a_declaration_gives_the_articles_of_its_own_treaty_and_never_its_text():
    found = parsed(untc_declarations, "18-12-a.txt")
    assert (found.part, found.release, found.read) == ("palermo_protocol", "undated", 4)
    assert found.rows.columns == ["label", "instrument", "reservation", "locator"]
    assert dict(found.rows.select("label", "reservation").iter_rows()) == {
        "Bolivia (Plurinational State of)": "6, 9, 10, 15",
        "Finland": "unspecified",
        "St. Kitts and Nevis": "7",
        "United States of America": "unspecified",
    }
    assert found.rows["locator"][0] == "line 1"


@pytest.mark.parametrize("content", [b"no head", b"#Peru\n\n#Chile\ntext", b"#Peru\na\n#Peru\nb", b"\xff", b""])
def test_a_participant_without_a_text_or_twice_is_refused(content):
    with pytest.raises(SourceError):
        untc_declarations.parse(content, "18-12.txt")


def test_a_year_alone_makes_a_party_by_an_act_that_is_not_named():
    found = parsed(un_hr_status, "hr_status_cedaw.csv")
    assert (found.part, found.release, found.read, found.kept) == ("cedaw", "2022-08-25", 5, 4)
    assert found.rows.select("label", "action", "date", "date_precision").rows() == [
        ("Grenada", "participation", date(1991, 1, 1), "year"),
        ("Peru", "participation", date(1982, 1, 1), "year"),
        ("East Timor", "participation", date(2003, 1, 1), "year"),
        ("United States of America", "signature", None, "none"),
    ]


@pytest.mark.parametrize(("old", "new"), [(b"1991", b""), (b"1991", b"2023"), (b"signatory state", b"signed")])
def test_a_party_without_a_year_and_another_status_are_refused(old, new):
    content = (RECORDED / "un_hr_status" / "hr_status_cedaw.csv").read_bytes()
    with pytest.raises(SourceError):
        un_hr_status.parse(content.replace(old, new), "hr_status_cedaw.csv")


def test_each_treaty_of_a_file_ends_with_its_own_day():
    parts = parsed(oas_treaties, oas_treaties.ACTS)
    assert [(one.part, one.release, one.read, one.kept) for one in parts] == [
        ("mutual_assistance", "2020-03-04", 3, 2),
        ("extradition", "2021-01-05", 1, 1),
        ("traffic_in_minors", "2011-09-10", 1, 1),
    ]
    assert all(one.rows["transcribed"].all() for one in parts)
    assert parts[0].rows.select("area", "action", "date").rows() == [
        ("HND", "accession", date(2006, 2, 3)),
        ("PAN", "signature", date(2000, 1, 2)),
        ("PAN", "ratification", date(2002, 5, 6)),
    ]


def test_a_party_without_a_date_has_none_and_another_treaty_is_set_aside():
    parts = parsed(oas_treaties, oas_treaties.PARTIES)
    assert [(one.part, one.release, one.kept) for one in parts] == [
        ("belem_do_para", "2019", 1),
        ("B-53", "2002-03-04", 0),
    ]
    assert parts[0].rows.select("area", "action", "date", "date_precision").rows() == [
        ("PER", "participation", None, "none")
    ]
    assert [finding.reason for one in parts for finding in one.findings] == ["no_action_printed", "treaty_not_declared"]


# ---------------------------------------------------------------- over the real files

TABLES = {**{f"untc_more/{number}.csv": treaty for number, treaty in untc_more.INSTRUMENTS.items()}}
UNTC = {"XVIII-12_": "untoc", "XVIII-12-a_": "palermo_protocol", "XVIII-12-b_": "smuggling_protocol"}
DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")


def tables(mirror):
    """The treaty of each status table of the UN, with its path."""
    mirror = Path(mirror)
    found = {mirror / name: treaty for name, treaty in TABLES.items()}
    return found | {next(mirror.glob(f"untc/untc_{number}*.csv")): treaty for number, treaty in UNTC.items()}


def days(path):
    """Every day of a state of the region in a table, read without our parser: area and day."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    areas = resolve(pl.Series([row[0] for row in rows]))["area"]
    return [
        (area, datetime.strptime(day, "%d %b %Y").date())  # noqa: DTZ007 - a day
        for area, row in zip(areas, rows, strict=True)
        if area in state_codes()
        for cell in row[1:]
        for day in DAY.findall(cell)
    ]


def uncompressed(path):
    """A table as bytes in which its texts can be found."""
    return pl.read_parquet(path).write_ipc(None).getvalue()


def instruments():
    return Snapshot.open(str(HERE)).table("instruments").collect()


@pytest.mark.real
def test_every_act_of_the_states_in_the_fifteen_tables_is_in_the_snapshot(mirror):
    mine = instruments().filter(pl.col("source").is_in(["untc", "untc_more"]))
    counts = {}
    for path, treaty in tables(mirror).items():
        printed = days(path)
        rows = mine.filter(instrument=treaty)
        assert Counter(rows.select("area", "date").iter_rows()) == Counter(printed), path.name
        counts[treaty] = len(printed)
    # Counted by hand: 454 in the twelve tables, and with the 52 of the smuggling protocol 506 over thirteen.
    twelve = sum(counts[treaty] for treaty in TABLES.values())
    assert (twelve, twelve + counts["smuggling_protocol"], sum(counts.values())) == (454, 506, 627)


@pytest.mark.real
def test_143_of_144_years_agree_and_four_acts_are_added(mirror):
    table = instruments()
    printed = {}
    for path in sorted(Path(mirror, "un_hr_status").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["status"] == "state party":
                    printed[un_hr_status.INSTRUMENTS[path.name], row["member"]] = int(
                        row["year ratification or accession"]
                    )
    areas = dict(zip(printed, resolve(pl.Series([member for _, member in printed]))["area"], strict=True))
    years = {(areas[key], key[0]): year for key, year in printed.items() if areas[key] in state_codes()}
    deposits = table.filter(pl.col("source") == "untc_more", pl.col("action") != "signature")
    by_act = {
        (area, treaty): day.year for area, treaty, day in deposits.select("area", "instrument", "date").iter_rows()
    }
    both = years.keys() & by_act.keys()
    assert (len(both), sum(years[act] == by_act[act] for act in both)) == (144, 143)
    assert [act for act in both if years[act] != by_act[act]] == [("PAN", "child_rights")]
    assert {act: years[act] for act in years.keys() - by_act.keys()} == {
        ("BHS", "children_in_conflict"): 2015,
        ("BHS", "sale_of_children"): 2015,
        ("SUR", "children_in_conflict"): 2021,
        ("VEN", "migrant_workers"): 2016,
    }


@pytest.mark.real
def test_the_oas_acts_are_those_of_the_file(mirror):
    table = instruments().filter(source="oas_treaties")
    with Path(mirror, "oas_treaties", oas_treaties.ACTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    printed = Counter()
    for row in rows:
        treaty = oas_treaties.INSTRUMENTS[row["instrument"]]
        printed.update((treaty, row["iso3"], row[cell]) for cell in ("signature", "deposit") if row[cell])
    dated = table.drop_nulls("date").select("instrument", "area", pl.col("date").cast(pl.String))
    assert Counter(dated.iter_rows()) == printed
    deposits = [row for row in rows if row["instrument"] == "A-55" and row["deposit"]]
    assert len(deposits) == 25
    assert len([row for row in rows if row["instrument"] == "B-57"]) == 7
    assert table.filter(instrument="belem_do_para", action="participation")["date"].null_count() == 32
    assert table["transcribed"].all()


# Who made a reservation or declaration, and the articles, read by a person in the texts of the collection.
RESERVED = {
    "palermo_protocol": dict.fromkeys(("BHS", "BOL", "COL", "CUB", "ECU", "SLV", "USA"), "15"),
    "smuggling_protocol": {
        **dict.fromkeys(("BHS", "CUB", "ECU", "VEN"), "20"),
        "SLV": "9, 18, 20",
        "USA": "6, 20",
    },
    "untoc": {
        **dict.fromkeys(("BHS", "BLZ", "COL", "SLV", "VEN"), "35"),
        "BOL": "5, 6, 8, 23, 35",
        "ECU": "10, 35",
        "NIC": "unspecified",
        "PAN": "16, 18",
        "USA": "15, 35",
    },
    "corruption": {
        **dict.fromkeys(("BHS", "COL", "CUB", "LCA", "PAN"), "66"),
        "CAN": "14, 17, 20, 42, 52, 54",
        "PRY": "unspecified",
        "SLV": "44, 46, 66",
        "USA": "42, 44, 46, 66",
        "VEN": "44, 66",
    },
}


@pytest.mark.real
def test_reservations_are_those_of_the_texts_and_the_texts_are_nowhere(mirror):
    table = instruments().filter(pl.col("reservation").is_not_null())
    found: dict[str, dict[str, str]] = {}
    for area, treaty, articles, inputs in table.select("area", "instrument", "reservation", "inputs").iter_rows():
        assert [cell["source"] for cell in inputs][-1] == "untc_declarations"
        found.setdefault(treaty, {})[area] = articles
    assert found == RESERVED
    texts = Path(mirror, "untc_declarations", "18-12-a.txt").read_text("utf-8")
    sentence = "does not consider itself bound"
    assert sentence in texts
    for path in Path(HERE).rglob("*.parquet"):
        assert sentence.encode() not in uncompressed(path)
    # A text that is in a table is found so.
    assert b"law_named" in uncompressed(next(Path(HERE).rglob("evidence.parquet")))


def test_the_declarations_of_the_sources_name_what_their_copies_do_not_show():
    assert declarations()["oas_treaties"].unseen["mutual_assistance"] == "CUB URY VEN"
    assert len(declarations()["oas_treaties"].unseen["traffic_in_minors"].split()) == 21
