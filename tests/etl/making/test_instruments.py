from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.contract import Instruments
from data.reviewed import REFERENCE
from etl.areas import state_codes
from etl.making import instruments
from etl.parsed import Finding, Parsed
from etl.sources import reference, untc

RECORDED = Path(__file__).parents[1] / "recorded" / "untc"
STATES = state_codes()
HEADER = "area,instrument,action,date,derived,basis,citation,transcribed"
BASIS = "deposited_with_palermo_protocol"


def depositary(treaty, *records):
    path = RECORDED / f"untc_{treaty}_sample_2014-01.csv"
    lines = path.read_text("utf-8").splitlines()
    return "untc", untc.parse("\n".join([*lines, *records]).encode(), path.name)


def derived(*acts):
    rows = [f"{act},true,{BASIS}: {act.rpartition(',')[2]},example.org/a,2020-01-02" for act in acts]
    return "reference", reference.parse("\n".join([HEADER, *rows]).encode(), "instruments.csv")


def acts(table):
    return table.select("area", "instrument", "action", "date", "derived").rows()


def test_acts_of_the_states_are_kept_in_the_order_of_their_keys():
    table, findings = instruments.instruments([depositary("XVIII-12-a"), depositary("XVIII-12-b")], STATES)
    Instruments.validate(table)
    palermo = "palermo_protocol"
    assert acts(table) == [
        ("BOL", palermo, "ratification", date(2005, 3, 2), False),
        ("BOL", palermo, "signature", date(2001, 2, 1), False),
        ("BRB", palermo, "signature", date(2001, 2, 3), False),
        ("CAN", "smuggling_protocol", "ratification", date(2002, 10, 10), False),
        ("CAN", "smuggling_protocol", "signature", date(2000, 12, 15), False),
        ("KNA", palermo, "accession", date(2008, 8, 8), False),
        ("USA", palermo, "ratification", date(2014, 1, 31), False),
        ("USA", palermo, "signature", date(2004, 2, 29), False),
    ]
    assert table.select("source", "release", "note").unique().rows() == [("untc", "2014-07-10", None)]
    # Ivory Coast, the European Union, Finland and Montenegro in one table, Micronesia in the other.
    assert findings == [
        Finding("untc", "2014-07-10", "outside_the_region", "", 4, part=palermo),
        Finding("untc", "2014-07-10", "outside_the_region", "", 1, part="smuggling_protocol"),
    ]


def test_every_participant_is_in_the_table_or_accounted_for():
    inputs = [
        depositary(treaty, "Atlantis,1 May 2001,2 May 2002") for treaty in ("XVIII-12", "XVIII-12-a", "XVIII-12-b")
    ]
    table, findings = instruments.instruments(inputs, STATES)
    for _, parsed in inputs:
        participants = table.filter(instrument=parsed.part)["locator"].n_unique()
        assert parsed.read == participants + sum(finding.rows for finding in findings if finding.part == parsed.part)


def test_an_unknown_participant_is_unexpected_and_counted_once():
    _, findings = instruments.instruments([depositary("XVIII-12", "Atlantis,1 May 2001,2 May 2002")], STATES)
    expected = Finding(
        "untc", "2014-07-10", "unrecognised_label", "Atlantis", 1, unexpected=True, first="row 4", part="untoc"
    )
    assert findings == [expected]


def test_an_ambiguous_label_is_unrecognised_and_not_outside_the_region():
    # One of the states may hide in a name that several countries share.
    _, findings = instruments.instruments([depositary("XVIII-12", "Guineana,1 May 2001,")], STATES)
    assert [(f.reason, f.detail, f.unexpected) for f in findings] == [("unrecognised_label", "Guineana", True)]


def test_a_derived_act_is_used_where_the_depositary_prints_none():
    inputs = [depositary("XVIII-12-a"), derived("BRB,palermo_protocol,ratification,2014-11-11")]
    table, findings = instruments.instruments(inputs, STATES)
    rows = table.filter(area="BRB", action="ratification").rows(named=True)
    assert rows == [
        {
            "area": "BRB",
            "instrument": "palermo_protocol",
            "action": "ratification",
            "date": date(2014, 11, 11),
            "derived": True,
            "source": "reference",
            "release": "2020-01-02",
            "locator": "row 2",
            "note": f"{BASIS}: 2014-11-11",
            "date_precision": "day",
            "reservation": None,
            "transcribed": True,
            "inputs": [],
        }
    ]
    assert {finding.reason for finding in findings} == {"outside_the_region"}
    # The printed signature stays as well.
    assert table.filter(area="BRB", action="signature")["derived"].to_list() == [False]


@pytest.mark.parametrize("action", ["ratification", "accession"])
def test_the_depositarys_own_deposit_takes_the_place_of_a_derived_one(action):
    mine = derived(f"BOL,palermo_protocol,{action},2005-01-01", f"BOL,untoc,{action},2005-01-01")
    table, findings = instruments.instruments([mine, depositary("XVIII-12-a")], STATES)
    bolivia = table.filter(pl.col("area") == "BOL", pl.col("action") != "signature")
    assert bolivia.select("instrument", "date", "source").rows() == [
        ("palermo_protocol", date(2005, 3, 2), "untc"),
        ("untoc", date(2005, 1, 1), "reference"),
    ]
    expected = Finding(
        "reference", "2020-01-02", "superseded_by_the_depositary", "", 1, first="row 2", part="instruments"
    )
    assert expected in findings


def test_a_derived_act_of_another_country_is_outside_of_the_region():
    source, parsed = derived("MEX,untoc,ratification,2002-01-01")
    elsewhere = replace(parsed, rows=parsed.rows.with_columns(area=pl.lit("FRA")))
    table, findings = instruments.instruments([(source, elsewhere)], STATES)
    assert table.height == 0
    assert findings == [Finding("reference", "2020-01-02", "outside_the_region", "", 1, part="instruments")]


def test_no_files_give_an_empty_table():
    table, findings = instruments.instruments([], STATES)
    Instruments.validate(table)
    assert (table.height, findings) == (0, [])


@pytest.fixture
def real(mirror):
    collection = [
        ("untc", untc.parse(path.read_bytes(), path.name)) for path in sorted(Path(mirror, "untc").glob("*.csv"))
    ]
    own = ("reference", reference.parse((REFERENCE / "instruments.csv").read_bytes(), "instruments.csv"))
    return instruments.instruments([*collection, own], STATES)


@pytest.mark.real
@pytest.mark.parametrize(
    ("instrument", "lacking", "earliest", "latest"),
    [
        ("palermo_protocol", {"BRB"}, ("PER", date(2002, 1, 23)), ("LCA", date(2013, 7, 16))),
        ("untoc", {"BRB"}, ("PER", date(2002, 1, 23)), ("LCA", date(2013, 7, 16))),
        ("smuggling_protocol", {"BOL", "BRB", "COL", "LCA"}, ("PER", date(2002, 1, 23)), ("CUB", date(2013, 6, 20))),
    ],
)
def test_the_real_tables_lack_what_the_collection_lacked(real, instrument, lacking, earliest, latest):
    table, _ = real
    Instruments.validate(table)
    deposits = table.filter(pl.col("instrument") == instrument, pl.col("action") != "signature", ~pl.col("derived"))
    assert deposits["area"].is_unique().all()
    assert set(STATES) - set(deposits["area"]) == lacking
    ordered = deposits.sort("date").select("area", "date").rows()
    assert (ordered[0], ordered[-1]) == (earliest, latest)


@pytest.mark.real
def test_every_real_participant_is_known(real):
    table, findings = real
    assert {(finding.part, finding.reason): finding.rows for finding in findings} == {
        # Antigua and Barbuda's, see `test_doubts`.
        ("palermo_protocol", "ratified_without_signature"): 1,
        ("palermo_protocol", "outside_the_region"): 132,
        ("smuggling_protocol", "outside_the_region"): 119,
        ("untoc", "outside_the_region"): 150,
    }
    assert table.filter("derived").select("area", "instrument").rows() == [
        ("BRB", "palermo_protocol"),
        ("BRB", "untoc"),
    ]


def said(*rows):
    frame = pl.DataFrame(rows, schema=["label", "instrument", "reservation", "locator"], orient="row")
    return "words", Parsed(frame, "undated", "no day", read=len(rows), kept=len(rows), part=rows[0][1])


def test_a_reservation_stands_with_what_made_the_state_a_party_and_names_both_cells():
    palermo = "palermo_protocol"
    table, _ = instruments.instruments([depositary("XVIII-12-a"), depositary("XVIII-12")], STATES)
    words = said(
        ("Bolivia (Plurinational State of)", palermo, "15", "line 1"),
        # It has signed alone; the next has no act, and the last is not of the region.
        ("Barbados", palermo, "unspecified", "line 4"),
        ("Cuba", palermo, "15", "line 7"),
        ("Finland", palermo, "15", "line 10"),
    )
    found, findings = instruments.reserved(table, [words], STATES)
    Instruments.validate(found)
    assert found.drop("reservation", "inputs").equals(table.drop("reservation", "inputs"))
    rows = found.filter(pl.col("reservation").is_not_null())
    assert rows.select("area", "instrument", "action", "reservation").rows() == [
        ("BOL", palermo, "ratification", "15"),
        ("BRB", palermo, "signature", "unspecified"),
    ]
    assert rows["inputs"][0].to_list() == [
        {"source": "untc", "release": "2014-07-10", "locator": "row 2"},
        {"source": "words", "release": "undated", "locator": "line 1"},
    ]
    assert found.filter(pl.col("reservation").is_null())["inputs"].list.len().max() == 0
    assert [(one.reason, one.rows, one.first) for one in findings] == [
        ("outside_the_region", 1, ""),
        ("reservation_without_act", 1, "line 7"),
    ]
