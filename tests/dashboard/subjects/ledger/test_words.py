import re
from datetime import date

import polars as pl
import pytest

from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.ledger.samples import APART, AREAS, COMMITMENTS, EVIDENCE

EN, ES = language("en"), language("es")
CELLS = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS)
ENTRY = {"id": "law:CRI", "kind": "law", "finding": "law_named", "title": "Law 9095", "replies_to": None}
UNDATED = {"period_from": None, "period_to": None, "date": None, "year": None}
OTHERS = (
    "Treaty status for 2; only earlier or undated sources for 1; nothing found for 6. "
    "“Nothing found” does not mean that nothing was done."
)


def entry(**changed):
    return ENTRY | UNDATED | changed


def test_the_matrix_is_summarized_by_its_counts():
    # By hand: 1 ARG reviewed, 14 CRI public, 9 and 30 PRY reports; 1 CUB and PRY figures; 1 CRI background; 30 ARG and
    # CUB facts.
    assert ledger_words.heading(EN, CELLS) == (
        "Declaration of Mexico: a document issued since March 2018 was found for 4 of 15 commitments; "
        "for 2, only a figure"
    )
    short = "OAS-GS: General Secretariat of the OAS."
    assert (
        ledger_words.in_matrix(EN, CELLS)
        == "One paragraph for one state, for one body or for all states together counts as one commitment. "
        f"{OTHERS} {short}"
    )
    # Without anything on paragraph 9 the matrix has no column for the secretariat, whose only paragraph it is.
    without = CELLS.with_columns(grade=pl.when(paragraph=9).then(pl.lit("none")).otherwise("grade"))
    assert ledger_words.in_matrix(EN, without).endswith("done.")
    states = CELLS.filter(~pl.col("actor").is_in(["OAS-GS", "COLLECTIVE"]))
    assert "Together" not in ledger_words.in_matrix(EN, states)
    assert ledger_words.in_matrix(EN, CELLS.clear()) == "No paragraph matches these filters."


def test_one_state_is_summarized_with_what_is_known_first():
    of = {area: CELLS.filter(actor=area) for area in AREAS}
    assert (
        ledger_words.heading(EN, of["ARG"])
        == "Argentina: sources found for 2 of 3 paragraphs; for 1 of them a document issued since March 2018"
    )
    assert ledger_words.heading(EN, of["CUB"]) == (
        "Cuba: sources found for 2 of 3 paragraphs, but no document issued since March 2018; "
        "for 1 of them, only figures"
    )


def test_no_zero_is_printed():
    for rows in (CELLS, *(CELLS.filter(actor=area) for area in AREAS), CELLS.filter(grade="none")):
        for lang in map(language, LANGUAGES):
            for words in (ledger_words.heading, ledger_words.in_matrix):
                assert re.search(r"\b0\b", words(lang, rows)) is None


def test_a_count_has_its_denominator_and_facts_are_marked():
    progress, body, _, fact, _ = ledger_query.counts(CELLS, APART).iter_rows(named=True)
    assert (ledger_words.share(EN, progress), ledger_words.share(EN, body)) == ("1 of 3", "")
    without = progress | {"n": 0}
    assert ledger_words.share(EN, without) == ""
    assert ledger_words.by_states(EN, progress) == "Documents since March 2018 were found for 1 of 3 states"
    assert ledger_words.by_states(EN, without) == "No document since March 2018 was found for any of 3 states"
    assert ledger_words.by_states(EN, fact) == "Treaty status is known for 2 of 4 states"
    assert ledger_words.by_states(EN, body) == "Not counted by state"


def test_there_are_two_notes_in_every_language():
    every = [[*ledger_words.notes(lang), ledger_words.counted_states(lang)] for lang in map(language, LANGUAGES)]
    assert [len(notes) for notes in every] == [2] * len(LANGUAGES)
    assert len({sentence for notes in every for sentence in notes}) == 2 * len(LANGUAGES)


def test_the_gap_is_one_sentence():
    assert ledger_words.nothing_on(EN, []) == ""
    assert ledger_words.nothing_on(EN, [6]).startswith("Nothing found for paragraph 6.")
    assert ledger_words.nothing_on(EN, [6, 7]).startswith("Nothing found for paragraphs 6 and 7.")


OF_KINDS = [
    (
        [
            {"id": "statistic:persons_convicted:CRI:2018:1", "kind": "statistic", "begins": 2018, "ends": 2018},
            {"id": "statistic:persons_convicted:CRI:2019:1", "kind": "statistic", "begins": 2019, "ends": 2019},
            {"id": "statistic:persons_prosecuted:CRI:2021:1", "kind": "statistic", "begins": 2021, "ends": 2021},
        ],
        "Figures published: persons convicted (2018–2019) and persons prosecuted (2021)",
    ),
    (
        [
            {"id": "treaty:untoc:signature:CRI:30", "kind": "treaty", "title": "untoc", "date": date(2000, 12, 15)},
            {"id": "treaty:untoc:ratification:CRI:30", "kind": "treaty", "title": "untoc", "date": date(2003, 7, 24)},
        ],
        "Convention against Transnational Organized Crime (2000): ratification, 24 July 2003",
    ),
    ([{"id": "law:CRI", "kind": "law", "title": "Law 9095", "year": 2013}], "Law cited: Law 9095 (2013)"),
    (
        [
            {"id": "hti2008:CRI:a", "kind": "narrative_coding", "finding": "legal_aid", "begins": 2008},
            {"id": "hti2008:CRI:b", "kind": "narrative_coding", "finding": "hotline", "begins": 2008},
        ],
        "US Department of State report of 2008: the government gives victims legal aid; a telephone line to report "
        "trafficking",
    ),
    ([{"id": "report:1", "kind": "report", "finding": "Se aprobó un plan."}], "National report: “Se aprobó un plan.”"),
]


@pytest.mark.parametrize(("rows", "words"), OF_KINDS)
def test_what_was_found_is_said_in_plain_words(rows, words):
    acts = {"treaty": lambda row: f"treaty_action:{row['id'].split(':')[2]}", "statistic": lambda _: "figure_reported"}
    whole = []
    for row in rows:
        fill = {"finding": acts[row["kind"]](row)} if row["kind"] in acts else {}
        blank = UNDATED | {"begins": None, "ends": None, "title": "t", "replies_to": None, "finding": "law_named"}
        whole.append(blank | fill | row)
    assert ledger_words.found(EN, pl.DataFrame(whole, infer_schema_length=None)) == words


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
            "Convention against Transnational Organized Crime (2000): ratification",
        ),
        (
            {"id": "hti2008:CRI:legal_aid", "kind": "narrative_coding", "finding": "legal_aid"},
            "US Department of State report, coded by the University of Denver: the government gives victims legal aid",
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
        ({"period_from": date(2018, 3, 1), "period_to": date(2018, 9, 1)}, "1 March 2018 – 1 September 2018"),
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
