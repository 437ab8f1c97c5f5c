from datetime import date

import pytest

from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.ledger.samples import APART, AREAS, COMMITMENTS, EVIDENCE

EN, ES = language("en"), language("es")
CELLS = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS)
ENTRY = {"id": "law:CRI", "kind": "law", "finding": "law_named", "title": "Law 9095", "replies_to": None}
UNDATED = {"period_from": None, "period_to": None, "date": None, "year": None}


def entry(**changed):
    return ENTRY | UNDATED | changed


def test_the_matrix_is_summarized_by_its_counts():
    # By hand: 1 ARG reviewed, 14 CRI public, 9 and 30 PRY reports; 1 CUB and PRY figures; 1 CRI background; 30 ARG and
    # CUB facts.
    assert ledger_words.in_matrix(EN, CELLS) == (
        "Of 15 cells of a paragraph and who answers for it, with a document since March 2018: 4; with only a figure, "
        "which says nothing of what was done: 2. Older background "
        "only: 1; dated treaty facts: 2; no evidence here: 6, which does not mean “not started”."
    )
    assert ledger_words.in_matrix(EN, CELLS.clear()) == "No paragraph is of this choice."


def test_a_count_has_its_denominator_and_facts_are_marked():
    progress, body, _, fact, _ = ledger_query.counts(CELLS, APART).iter_rows(named=True)
    assert (ledger_words.share(EN, progress), ledger_words.share(EN, body)) == ("1 of 3", "")
    assert ledger_words.counted(EN, progress) == "1 of 3 states with a document since March 2018; only a figure: 1"
    assert ledger_words.counted(EN, progress | {"figure": 0}) == "1 of 3 states with a document since March 2018"
    assert ledger_words.counted(EN, fact) == "2 of 4 states have a dated treaty fact"
    assert ledger_words.counted(EN, body) == "it is not counted by states"


def test_every_note_exists_in_every_language():
    for code in LANGUAGES:
        notes = ledger_words.notes(language(code))
        assert len(notes) == 7
        assert "2015" in notes[5]
        assert "2023" in notes[6]


def test_remarks_for_non_members_and_reservations():
    rows = [
        {"area": "CUB", "member": "not_participating"},
        {"area": "NIC", "member": "left"},
        {"area": "VEN", "member": "disputed"},
        {"area": "PRY", "member": "member"},
        {"area": "BRA", "member": "member"},
    ]
    remarks = ledger_words.remarks(EN, rows)
    assert sorted(remarks) == ["CUB", "NIC", "PRY", "VEN"]
    assert remarks["PRY"].startswith("Paraguay: ")
    assert "ad referendum" in remarks["PRY"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "The source names this law; it may not be the first."),
        (
            {"id": "statistic:persons_convicted:CRI:2019:1", "kind": "statistic", "finding": "figure_reported"},
            "Persons convicted: a figure is reported for the year.",
        ),
        (
            {"id": "treaty:untoc:ratification:CRI:30", "kind": "treaty", "finding": "treaty_action:ratification"},
            "Convention against transnational organized crime (2000): ratification",
        ),
        (
            {"id": "hti2008:CRI:legal_aid", "kind": "narrative_coding", "finding": "legal_aid"},
            "A report’s text states it: the government gives victims legal aid",
        ),
        # The words of a report stay as they are.
        ({"kind": "report", "finding": "Se aprobó un protocolo."}, "Se aprobó un protocolo."),
    ],
)
def test_findings_are_written_in_words(changed, words):
    assert ledger_words.finding(EN, entry(**changed)) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "undated"),
        ({"year": 2012}, "2012"),
        ({"period_from": date(2018, 1, 1), "period_to": date(2018, 12, 31)}, "2018"),
        ({"period_from": date(2018, 1, 1), "period_to": date(2019, 12, 31)}, "2018–2019"),
        ({"period_from": date(2018, 3, 1), "period_to": date(2018, 9, 1)}, "1 March 2018–1 September 2018"),
        ({"kind": "treaty", "date": date(2003, 9, 9), "year": 2003}, "9 September 2003"),
        ({"date": date(2020, 2, 1)}, "1 February 2020"),
    ],
)
def test_a_period_is_as_precise_as_its_dates(changed, words):
    assert ledger_words.period(EN, entry(**changed)) == words


def test_a_reply_to_a_figure_names_the_figure():
    assert ledger_words.answered(EN, "figure:persons_convicted:BRA:2019:total:total:total") == (
        "Persons convicted, Brazil, 2019"
    )
    assert ledger_words.answered(ES, "flow:GTM:MEX:2019") == "Guatemala → México, 2019"
    assert ledger_words.answered(EN, "nothing known") == "nothing known"
