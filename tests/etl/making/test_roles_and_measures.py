import csv
import io
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from data.contract import Evidence, Roles
from etl.areas import resolve, state_codes
from etl.making import measures
from etl.making.figures import JOIN
from etl.making.roles import roles as roles_of
from etl.parsed import Finding, Parsed
from etl.sources import cia_factbook, du_hti

RECORDED = Path(__file__).parents[1] / "recorded"
STATES = ("ARG", "CUB", "HTI", "PAN")


def sample(source, name):
    return source.parse((RECORDED / source.SOURCE / name).read_bytes(), name)


def named_cells(frame):
    return frame["locator"].str.split(JOIN).explode().n_unique() if frame.height else 0


def aside(findings):
    return sum(finding.rows for finding in findings if finding.set_aside)


# ---------------------------------------------------------------- roles


@pytest.fixture
def factbook():
    return sample(cia_factbook, "factbook_sample.csv")


def test_a_role_is_dated_by_the_report_and_its_note_has_the_days_of_the_page(factbook):
    roles, _ = roles_of(factbook, "cia_factbook", STATES)
    rows = Roles.validate(roles, cast=True).filter(area="CUB", role="transit").to_dicts()
    assert rows == [
        {
            "area": "CUB",
            "year": 2015,
            "year_basis": "report",
            "role": "transit",
            "stated": "no_mention",
            "source": "cia_factbook",
            "release": "2022-03-01",
            "locator": "row 2",
            "note": "seen: 2015-10-26/2015-11-29",
        }
    ]


def test_equal_statements_of_a_year_are_one_row_with_both_places(factbook):
    roles, _ = roles_of(factbook, "cia_factbook", STATES)
    rows = roles.filter(area="PAN").select("role", "stated", "locator", "note").rows()
    assert rows == [
        (role, "yes", "row 4; row 5", "seen: 2015-10-26/2015-10-30; 2015-11-15/2015-11-29")
        for role in ("origin", "transit", "destination")
    ]


def test_conflicting_statements_are_both_set_aside_and_reported(factbook):
    roles, findings = roles_of(factbook, "cia_factbook", STATES)
    assert roles.filter(area="HTI").select("role", "stated", "locator").rows() == [
        ("origin", "yes", "row 6; row 7"),
        ("destination", "yes", "row 6; row 7"),
    ]
    assert findings == [
        Finding("cia_factbook", "2022-03-01", "outside_the_region", "", 1),
        Finding(
            "cia_factbook",
            "2022-03-01",
            "several_statements",
            "HTI 2016 transit",
            2,
            set_aside=False,
            unexpected=True,
            first="row 6",
        ),
    ]
    assert factbook.kept == named_cells(roles) + aside(findings)


def version(area, row, *stated):
    roles = ("origin", "transit", "destination")
    day = date(2016, row, 1)
    return [(area, 2016, day, day, role, answer, f"row {row}") for role, answer in zip(roles, stated, strict=True)]


def versions(*records):
    rows = pl.DataFrame([row for rows in records for row in rows], schema=cia_factbook.SCHEMA, orient="row")
    return Parsed(rows, "2016-12-01", "made up", len(records), len(records))


def test_records_that_differ_in_every_role_are_set_aside_whole():
    parsed = versions(
        version("PAN", 2, "yes", "no_mention", "yes"), version("PAN", 3, "no_mention", "yes", "no_mention")
    )
    roles, findings = roles_of(parsed, "cia_factbook", STATES)
    assert roles.is_empty()
    Roles.validate(roles, cast=True)
    assert [(f.reason, f.detail, f.rows) for f in findings if f.set_aside] == [("several_statements", "", 2)]
    assert [f.detail for f in findings if not f.set_aside] == [
        "PAN 2016 origin",
        "PAN 2016 transit",
        "PAN 2016 destination",
    ]


def test_a_file_without_a_state_of_the_region_gives_no_role():
    roles, findings = roles_of(versions(version("ABW", 2, "yes", "yes", "yes")), "cia_factbook", STATES)
    assert Roles.validate(roles, cast=True).is_empty()
    assert findings == [Finding("cia_factbook", "2016-12-01", "outside_the_region", "", 1)]


# ---------------------------------------------------------------- evidence


@pytest.fixture
def index():
    return sample(du_hti, "Human Trafficking Index sample.xlsx")


def test_a_measure_is_background_and_says_nothing_of_progress(index):
    evidence, _ = measures.evidence(index, "du_hti", STATES)
    row = Evidence.validate(evidence, cast=True).row(0, named=True)
    assert {key: value for key, value in row.items() if value is not None} == {
        "id": "hti2008:ARG:comprehensive_act",
        "version": 1,
        "paragraph": 23,
        "actor": "ARG",
        "grade": "background",
        "kind": "narrative_coding",
        "finding": "comprehensive_act",
        "title": "comprehensive_act",
        "issuer": "University of Denver, Human Trafficking Center",
        "year": 2008,
        "locator": "2008!2, column E",
        "source": "du_hti",
        "release": "2008",
    }


def test_an_unspecified_measure_is_marked(index):
    evidence, _ = measures.evidence(index, "du_hti", STATES)
    assert evidence.filter(id="hti2008:ARG:hotline").select("finding", "title").rows() == [
        ("hotline:unspecified", "hotline")
    ]


def test_a_country_with_two_rows_keeps_what_both_state(index):
    evidence, findings = measures.evidence(index, "du_hti", STATES)
    assert evidence.filter(actor="PAN").select("finding", "locator").rows() == [
        ("task_force", "2008!3, column AA; 2008!4, column AA")
    ]
    assert [(f.detail, f.rows, f.unexpected) for f in findings if f.reason == "several_values"] == [
        ("PAN hotline", 1, False),
        ("PAN legal_aid", 2, False),
    ]


def test_other_places_are_counted_and_an_unknown_label_is_listed(index):
    evidence, findings = measures.evidence(index, "du_hti", STATES)
    assert [(f.reason, f.detail, f.rows, f.unexpected, f.first) for f in findings if f.reason != "several_values"] == [
        ("not_one_country", "Kosovo", 1, False, ""),
        ("outside_the_region", "", 3, False, ""),
        ("unrecognised_label", "Zubrowka", 1, True, "2008!7, column AA"),
    ]
    assert index.kept == named_cells(evidence) + aside(findings)


def test_two_labels_of_one_country_with_different_values_are_set_aside(index):
    rows = index.rows.filter(label="Argentina", measure="hotline")
    other = rows.with_columns(label=pl.lit("Argentine Republic"), stated=pl.lit("yes"), locator=pl.lit("2008!9"))
    parsed = Parsed(pl.concat([rows, other]), "2008", "made up", 2, 2)
    evidence, findings = measures.evidence(parsed, "du_hti", STATES)
    assert evidence.is_empty()
    assert [(f.reason, f.detail, f.rows) for f in findings] == [("several_values", "ARG hotline", 2)]


# ---------------------------------------------------------------- the publishers' own files


@pytest.mark.real
def test_the_real_roles_are_those_that_another_reader_finds(mirror):
    content = next(Path(mirror, "cia_factbook").glob("*.csv")).read_bytes()
    roles, findings = roles_of(cia_factbook.parse(content, "real.csv"), "cia_factbook", state_codes())
    records = [r for r in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")) if r["source"]]
    keys = {(record["iso3"], int(record["first_seen"][:4])) for record in records}
    assert Roles.validate(roles, cast=True).height == 3 * len(keys) == 102
    assert set(roles["area"]) == {area for area, _ in keys}
    assert len({area for area, _ in keys}) == 14
    assert findings == []
    guyana = roles.filter(area="GUY", year=2015, role="origin")
    assert guyana["locator"].item().count(JOIN) == 1


@pytest.fixture(scope="module")
def real_index(mirror):
    content = next(Path(mirror, "du_directionality").glob("Human Trafficking Index*.xlsx")).read_bytes()
    evidence, findings = measures.evidence(du_hti.parse(content, "real.xlsx"), "du_hti", state_codes())
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["2008"]
    return Evidence.validate(evidence, cast=True), findings, list(sheet.iter_rows(values_only=True))


@pytest.mark.real
@pytest.mark.parametrize(
    ("measure", "heading", "expected"),
    [
        ("comprehensive_act", "Countries that have a comprehensive anti-trafficking act", 5),
        ("national_plan", "Countries with anti-trafficking National Plans of Action", 2),
        ("legal_alternatives", "Legal Alternatives are implemented in deportation and repatriation of individuals", 4),
        ("referral_to_ngos", "Government refers victims to NGOs", 8),
        ("hotline", "Countries that are using hotlines to prevent and report incidents of trafficking in persons", 12),
        (
            "awareness_campaigns",
            "Countries that create awareness campaigns for populations vulnerable to trafficking",
            8,
        ),
    ],
)
def test_a_measure_has_as_many_states_as_another_reader_finds(real_index, measure, heading, expected):
    evidence, _, (header, *rows) = real_index
    states = state_codes()
    areas = dict(resolve(pl.Series([row[1] for row in rows])).select("label", "area").rows())
    values_by_area = {}
    for row in rows:
        if areas[row[1]] in states:
            values_by_area.setdefault(areas[row[1]], set()).add(row[header.index(heading)] or 0)
    stating = {area for area, values in values_by_area.items() if values == {1}}
    assert set(evidence.filter(title=measure)["actor"]) == stating
    assert len(stating) == expected


@pytest.mark.real
def test_the_real_index_covers_27_states_with_seven_contradictions(real_index):
    evidence, findings, _ = real_index
    assert (evidence.height, evidence["actor"].n_unique()) == (244, 27)
    assert [f.detail[:3] for f in findings if f.reason == "several_values"] == ["PAN"] * 4 + ["URY"] * 3
    # A name of no American state, which the reviewed labels may know by now.
    assert [f.detail for f in findings if f.unexpected] in ([], ["C.A.R."])
