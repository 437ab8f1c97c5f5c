"""Acts that cannot be as printed stay as printed, with the doubt in their note; and acts of other sources and forms."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.contract import Evidence, Instruments
from data.reviewed import REFERENCE
from etl.areas import state_codes
from etl.making import doubts, evidence
from etl.making.instruments import instruments
from etl.parsed import Parsed
from etl.source_declaration import declarations
from etl.sources import reference, untc

STATES = state_codes()
SCHEMA = {
    "area": pl.String,
    "instrument": pl.String,
    "action": pl.String,
    "date": pl.Date,
    "date_precision": pl.String,
    "in_force": pl.Date,
    "reservation": pl.String,
    "transcribed": pl.Boolean,
}
SIGNED, RATIFIED = date(2001, 5, 6), date(2002, 3, 4)


def source(*acts, name="depositary"):
    """A file of a source: acts as area, instrument, action, date and what else of `SCHEMA` is held."""
    usual = {"date_precision": "day", "in_force": None, "reservation": None, "transcribed": False}
    keys = list(SCHEMA)
    rows = [dict(zip(keys[:4], act[:4], strict=True)) | usual | (act[4] if len(act) > 4 else {}) for act in acts]
    table = pl.DataFrame(rows, schema=SCHEMA).with_columns(locator=pl.format("row {}", pl.int_range(2, pl.len() + 2)))
    return name, Parsed(table, "2014-07-10", "made up", len(acts), len(acts), part="p")


def built(*sources):
    table, findings = instruments(sources, STATES)
    return Instruments.validate(table), findings


def doubted(*sources):
    """Area, action and note of each act with a note; and the reason and detail of each finding."""
    table, findings = built(*sources)
    noted = table.drop_nulls("note").select("area", "action", "note").rows()
    assert all(not finding.set_aside and not finding.unexpected and finding.first for finding in findings)
    return noted, [(finding.reason, finding.detail) for finding in findings]


# One state signed, so that the source is known to list signatures.
OTHER = ("MEX", "untoc", "signature", SIGNED)


def test_a_ratification_without_a_signature_is_asked_about():
    noted, findings = doubted(source(OTHER, ("ATG", "untoc", "ratification", RATIFIED)))
    assert noted == [("ATG", "ratification", "ratified_without_signature")]
    assert findings == [("ratified_without_signature", "ATG untoc ratification 2002-03-04")]


def test_an_accession_needs_no_signature_nor_does_a_source_without_any():
    assert doubted(source(OTHER, ("ATG", "untoc", "accession", RATIFIED))) == ([], [])
    assert doubted(source(("ATG", "untoc", "ratification", RATIFIED))) == ([], [])
    # The signatures of one treaty say nothing of another.
    assert doubted(source(OTHER, ("ATG", "smuggling_protocol", "ratification", RATIFIED))) == ([], [])


def test_a_signature_that_another_source_prints_counts():
    other = source(("ATG", "untoc", "signature", SIGNED), name="second")
    assert doubted(source(OTHER, ("ATG", "untoc", "ratification", RATIFIED)), other) == ([], [])


def test_a_deposit_before_the_signature_is_asked_about():
    late = ("MEX", "untoc", "ratification", date(2001, 5, 5))
    assert doubted(source(OTHER, late)) == (
        [("MEX", "ratification", "deposited_before_signature: 2001-05-06")],
        [("deposited_before_signature", "MEX untoc ratification 2001-05-05")],
    )
    assert doubted(source(OTHER, ("MEX", "untoc", "ratification", SIGNED))) == ([], [])


@pytest.mark.parametrize(("year", "doubtful"), [(2000, True), (2001, False), (2002, False)])
def test_an_act_of_a_year_is_in_doubt_only_if_no_day_of_it_fits(year, doubtful):
    act = ("MEX", "untoc", "ratification", date(year, 1, 1), {"date_precision": "year"})
    assert bool(doubted(source(OTHER, act))[0]) is doubtful


def test_an_entry_into_force_before_the_deposit_is_asked_about():
    party = {"date_precision": "none", "in_force": RATIFIED}
    register = source(("MEX", "untoc", "participation", None, party), name="register")
    early = source(OTHER, ("MEX", "untoc", "ratification", date(2002, 2, 3)))
    assert doubted(register, early) == ([], [])
    late = source(OTHER, ("MEX", "untoc", "ratification", date(2002, 3, 5)))
    assert doubted(register, late) == (
        [("MEX", "ratification", "in_force_before_deposit: 2002-03-04")],
        [("in_force_before_deposit", "MEX untoc ratification 2002-03-05")],
    )


def test_a_superseded_act_still_tells_when_the_treaty_entered_into_force():
    lines = "area,instrument,action,date,derived,basis,citation,transcribed\n"
    lines += "MEX,untoc,ratification,2002-02-02,true,thirty_days_before_entry_into_force: 2002-03-04,a.b/c,2020-01-02\n"
    own = "reference", reference.parse(lines.encode(), "instruments.csv")
    table, findings = built(source(OTHER, ("MEX", "untoc", "ratification", date(2002, 3, 9))), own)
    assert table.select("action", "source", "note").rows() == [
        ("ratification", "depositary", "in_force_before_deposit: 2002-03-04"),
        ("signature", "depositary", None),
    ]
    assert [finding.reason for finding in findings] == ["superseded_by_the_depositary", "in_force_before_deposit"]


def test_a_derived_day_keeps_how_it_was_found_before_the_doubt():
    lines = "area,instrument,action,date,derived,basis,citation,transcribed\n"
    lines += "MEX,untoc,ratification,2001-02-02,true,thirty_days_before_entry_into_force: 2001-03-04,a.b/c,2020-01-02\n"
    table, _ = built(source(OTHER), ("reference", reference.parse(lines.encode(), "instruments.csv")))
    basis = "thirty_days_before_entry_into_force: 2001-03-04"
    assert table["note"].to_list() == [f"{basis}; deposited_before_signature: 2001-05-06", None]


# ---------------------------------------------------------------- acts of other forms, and several sources

YEAR = ("BOL", "untoc", "ratification", date(2005, 1, 1), {"date_precision": "year", "reservation": "16; 18"})
UNDATED = ("CAN", "untoc", "participation", None, {"date_precision": "none", "transcribed": True})


def test_a_year_a_party_without_a_date_and_a_reservation_are_kept_as_they_are():
    table, findings = built(source(YEAR, UNDATED))
    assert findings == []
    assert table.select("area", "action", "date", "date_precision", "reservation", "transcribed").rows() == [
        ("BOL", "ratification", date(2005, 1, 1), "year", "16; 18", False),
        ("CAN", "participation", None, "none", None, True),
    ]


def test_two_sources_of_one_act_are_both_kept():
    first = source(("BOL", "untoc", "ratification", date(2005, 10, 10)))
    table, _ = built(source(YEAR, name="years"), first)
    assert table.select("date", "source").rows() == [(date(2005, 10, 10), "depositary"), (date(2005, 1, 1), "years")]


@pytest.mark.parametrize(
    ("day", "precision"),
    [
        (None, "day"),
        (None, "year"),
        (date(2005, 2, 1), "year"),
        (date(2005, 1, 1), "none"),
        (date(2005, 1, 1), "month"),
    ],
)
def test_a_date_that_is_not_as_exact_as_said_breaks_the_contract(day, precision):
    _, one = source(("BOL", "untoc", "ratification", day, {"date_precision": precision}))
    table = one.rows.drop("in_force").with_columns(derived=False, source=pl.lit("s"), release=pl.lit("2014"))
    nothing = pl.lit([], dtype=Instruments.columns()["inputs"].dtype)
    table = table.with_columns(note=pl.lit(None, dtype=pl.String), inputs=nothing).select(Instruments.column_names())
    assert Instruments.filter(table).failure.counts()


def test_each_source_of_an_act_has_an_entry_and_the_exact_one_keeps_the_plain_id():
    exact = source(("BOL", "untoc", "ratification", date(2005, 10, 10)), name="untc")
    table, _ = built(source(YEAR, UNDATED, name="reference"), exact)
    cited = reference.parse((REFERENCE / "instruments.csv").read_bytes(), "instruments.csv")
    entries = Evidence.validate(evidence.treaties(table, cited, declarations())).filter(paragraph=30)
    assert entries.select("id", "date", "year", "source").rows() == [
        ("treaty:untoc:participation:CAN:30", None, None, "reference"),
        ("treaty:untoc:ratification:BOL:30", date(2005, 10, 10), 2005, "untc"),
        ("treaty:untoc:ratification:BOL:30:reference", None, 2005, "reference"),
    ]


@pytest.mark.real
def test_the_real_acts_in_doubt(mirror):
    """One of 173: Antigua and Barbuda, whose cell of signatures of the Palermo Protocol is blank in the file."""
    paths = sorted(Path(mirror, "untc").glob("*.csv"))
    own = "reference", reference.parse((REFERENCE / "instruments.csv").read_bytes(), "instruments.csv")
    _, findings = built(*(("untc", untc.parse(path.read_bytes(), path.name)) for path in paths), own)
    found = [(finding.reason, finding.detail) for finding in findings if finding.reason in doubts.REASONS]
    assert found == [("ratified_without_signature", "ATG palermo_protocol ratification 2010-02-17")]
    (protocol,) = Path(mirror, "untc").glob("untc_XVIII-12-a_*.csv")
    assert "Antigua and Barbuda,,17 Feb 2010" in protocol.read_text("utf-8").splitlines()
