import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.parsed import Finding
from etl.source_declaration import declarations
from etl.sources.untc import parse

RECORDED = Path(__file__).parents[1] / "recorded" / "untc"
NAME = "untc_XVIII-12-a_sample_2014-01.csv"
SAMPLE = (RECORDED / NAME).read_bytes()
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DEPOSIT = "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)"


def refusal(content, file=NAME):
    with pytest.raises(SourceError) as caught:
        parse(content, file)
    return str(caught.value)


def changed(row, column, cell):
    records = list(csv.reader(io.StringIO(SAMPLE.decode())))
    records[row - 1][records[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(records)
    return out.getvalue().encode()


def test_a_participant_gives_a_row_for_its_signature_and_one_for_its_deposit():
    parsed = parse(SAMPLE, NAME)
    assert (parsed.release, parsed.release_basis, parsed.part) == ("2014-07-10", "day of reading", "palermo_protocol")
    assert (parsed.read, parsed.kept, parsed.findings) == (8, 8, [])
    bolivia, protocol = "Bolivia (Plurinational State of)", "palermo_protocol"
    assert parsed.rows.rows()[:3] == [
        (bolivia, protocol, "signature", date(2001, 2, 1), "1 Feb 2001", "row 2"),
        (bolivia, protocol, "ratification", date(2005, 3, 2), "2 Mar 2005", "row 2"),
        ("Barbados", protocol, "signature", date(2001, 2, 3), "3 Feb 2001", "row 3"),
    ]
    assert parsed.rows.columns == ["label", "instrument", "action", "date", "printed", "locator"]


def test_the_mark_after_the_day_gives_the_kind_of_deposit():
    deposits = parse(SAMPLE, NAME).rows.rows_by_key("label", named=True)
    kinds = {label: acts[-1]["action"] for label, acts in deposits.items()}
    assert kinds == {
        "Bolivia (Plurinational State of)": "ratification",
        "Barbados": "signature",
        "Côte d'Ivoire": "accession",
        "European Union": "approval",
        "Finland": "acceptance",
        "Montenegro": "succession",
        "St. Kitts and Nevis": "accession",
        "United States of America": "ratification",
    }


@pytest.mark.parametrize(
    ("treaty", "instrument"),
    [("XVIII-12", "untoc"), ("XVIII-12-a", "palermo_protocol"), ("XVIII-12-b", "smuggling_protocol")],
)
def test_the_file_name_gives_treaty_and_release(treaty, instrument):
    parsed = parse(SAMPLE, f"untc_{treaty}_any_title_2015-11.csv")
    assert (parsed.part, parsed.release, parsed.release_basis) == (instrument, "2015-11", "file name")
    assert parsed.rows["instrument"].unique().to_list() == [instrument]
    assert parse(SAMPLE, f"untc_{treaty}_2015-11.csv").part == instrument
    # Of these tables the day of reading is known; it is not in the month of their names.
    parsed = parse(SAMPLE, f"untc_{treaty}_any_title_2014-01.csv")
    assert (parsed.part, parsed.release, parsed.release_basis) == (instrument, "2014-07-10", "day of reading")


@pytest.mark.parametrize(
    "file",
    [
        "untc_XVIII-12-c_firearms_2014-01.csv",
        "untc_XVIII-13_sample_2014-01.csv",
        "untc_XVIII-12-a_sample.csv",
        "untc_XVIII-12-a_sample_2014-13.csv",
        "untc_XVIII-12-a_sample_2014-01.xlsx",
        "XVIII-12-a_2014-01.csv",
        "untc_XVIII-12-a_2014-01.csv\n",
        "",
    ],
)
def test_another_name_is_refused(file):
    problem = refusal(SAMPLE, file)
    assert problem.startswith("source untc")
    assert "with a treaty of XVIII-12, XVIII-12-a, XVIII-12-b; rename the file" in problem


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Signature", "1 Feb 2001 a"),
        ("Signature", "30 Feb 2001"),
        ("Signature", "0 Feb 2001"),
        ("Signature", "1 feb 2001"),
        ("Signature", "1 Fev 2001"),
        ("Signature", "2001-02-01"),
        ("Signature", "..."),
        ("Signature", "NaN"),
        # before the treaties could be signed, and after the table was read
        ("Signature", "11 Dec 2000"),
        (DEPOSIT, "11 Jul 2014"),
        (DEPOSIT, "1 Feb 2015"),
        (DEPOSIT, "1 Feb 0201"),
        (DEPOSIT, "1 Feb 2005 AAA"),
        (DEPOSIT, "1 Feb 2005 D"),
        (DEPOSIT, "1 Feb 2005 [1]"),
        (DEPOSIT, "1 Feb 2005a"),
        (DEPOSIT, "1 Feb 2005 a 2"),
    ],
)
def test_an_impossible_day_of_a_treaty_is_refused_with_its_place(column, cell):
    problem = refusal(changed(2, column, cell))
    assert problem.startswith(f"source untc, file {NAME}, row 2: column {column.split(',')[0]} is {cell!r}")
    assert problem.endswith("compare it with the collection")


@pytest.mark.parametrize(
    ("file", "last", "next_day"),
    [
        (NAME, date(2014, 7, 10), "11 Jul 2014 AA"),
        ("untc_XVIII-12-a_sample_2015-11.csv", date(2015, 11, 30), "1 Dec 2015 AA"),
    ],
)
def test_the_last_day_of_the_release_is_a_day_of_it(file, last, next_day):
    cell = f"{last.day} {MONTHS[last.month - 1]} {last.year} AA"
    assert parse(changed(2, DEPOSIT, cell), file).rows.row(1)[2:5] == ("approval", last, cell)
    assert f"row 2: column Ratification is {next_day!r}" in refusal(changed(2, DEPOSIT, next_day), file)


def test_a_participant_without_a_day_is_set_aside():
    parsed = parse(changed(3, "Signature", ""), NAME)
    assert (parsed.read, parsed.kept) == (8, 7)
    assert parsed.findings == [Finding("untc", "2014-07-10", "no_action_printed", "", 1, first="row 3")]
    assert "Barbados" not in parsed.rows["label"]


def test_a_participant_is_named_and_occurs_once():
    assert "row 4: Barbados is already in row 3" in refusal(changed(4, "Participant", "Barbados"))
    assert "row 4: the participant is blank" in refusal(changed(4, "Participant", " "))


def test_a_renamed_column_a_cut_file_and_one_without_rows_are_refused():
    assert "unknown column(s): Signed" in refusal(SAMPLE.replace(b"Signature", b"Signed", 1))
    assert "missing column(s): Ratification, Acceptance(A)" in refusal(
        SAMPLE.replace(b'"Ratification,', b'"Ratified,', 1)
    )
    assert "cut short or damaged" in refusal(SAMPLE[: SAMPLE.rindex(b",")])
    assert "the table has no rows" in refusal(SAMPLE[: SAMPLE.index(b"\n") + 1])


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html></html>", b"", b",,\n", b'""', b"\t\n", b"\xff\xfe"])
def test_a_page_or_nothing_in_place_of_the_file_is_refused(content):
    assert refusal(content).startswith(f"source untc, file {NAME}")


POSITIONS = st.integers(0, len(SAMPLE) - 1)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(lambda at, new: SAMPLE[:at] + new + SAMPLE[at + len(new) :], POSITIONS, st.binary(max_size=4)),
        st.builds(lambda at: SAMPLE[:at], POSITIONS),
    )
)
def test_any_bytes_are_read_whole_or_refused(content):
    try:
        parsed = parse(content, NAME)
    except SourceError:
        return
    assert parsed.read == parsed.kept + sum(finding.rows for finding in parsed.findings)
    assert parsed.rows["locator"].n_unique() == parsed.kept
    assert parsed.rows["date"].is_between(date(2000, 12, 12), date(2014, 7, 10)).all()


@given(st.text(max_size=60))
def test_any_name_is_known_or_refused(file):
    assert refusal(SAMPLE, file).startswith("source untc")


def test_the_declaration_names_existing_files():
    declared = declarations()["untc"]
    assert (declared.frozen, declared.tables, declared.redistribute) == (True, ("instruments",), "rows")
    assert len(list(RECORDED.parent.glob(declared.mirror[0]))) == 3


def table(mirror, treaty):
    """One real file's name and bytes, and its records split in another way."""
    path = next(Path(mirror, "untc").glob(f"untc_{treaty}_*.csv"))
    lines = path.read_text("utf-8").splitlines()[1:]
    return path.name, path.read_bytes(), [line.rsplit(",", 2) for line in lines]


@pytest.mark.real
@pytest.mark.parametrize(
    ("treaty", "participants", "signed", "deposited"),
    [("XVIII-12", 185, 147, 179), ("XVIII-12-a", 167, 117, 159), ("XVIII-12-b", 152, 112, 138)],
)
def test_the_real_tables_give_what_another_reader_counts(mirror, treaty, participants, signed, deposited):
    name, content, records = table(mirror, treaty)
    parsed = parse(content, name)
    assert parsed.read == parsed.kept == len(records) == participants
    assert parsed.findings == []
    signatures = parsed.rows.filter(action="signature")
    assert signatures.height == sum(bool(record[1]) for record in records) == signed
    assert parsed.rows.height - signatures.height == sum(bool(record[2]) for record in records) == deposited
    marks = {"ratification": "", "accession": "a", "acceptance": "A", "approval": "AA", "succession": "d"}
    printed = Counter(record[2].partition(str(year))[2].strip() for record in records for year in years(record[2]))
    assert Counter(marks[action] for action in parsed.rows["action"] if action != "signature") == printed


def years(cell):
    return [year for year in range(2000, 2015) if f" {year}" in cell]


@pytest.mark.real
@pytest.mark.parametrize("treaty", ["XVIII-12", "XVIII-12-a", "XVIII-12-b"])
def test_every_real_day_is_the_printed_one(mirror, treaty):
    name, content, records = table(mirror, treaty)
    cells = [cell for record in records for cell in record[1:] if cell]
    rows = parse(content, name).rows
    assert rows["printed"].to_list() == cells
    # Written back the way the collection prints a day.
    written = [f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in rows["date"]]
    assert written == [" ".join(cell.split()[:3]) for cell in cells]
