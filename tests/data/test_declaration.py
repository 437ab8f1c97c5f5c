"""The declaration's 32 paragraphs: their actors, their titles, and which facts are evidence on them."""

import csv
from pathlib import Path

import pytest

from data import declaration
from data.declaration import Commitments, Questions, commitments, questions
from data.i18n import LANGUAGES, language
from data.reviewed import REFERENCE, ReviewedError, parse

EACH = list(range(1, 33))
# The declaration addresses the General Secretariat in 9, 28 and 32, and makes a decision in 31.
OF_THE_SECRETARIAT, COLLECTIVE = {9, 28, 32}, {31}


def lines(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def indicators() -> set[str]:
    rows = lines("codebook.csv")
    return {row["code"] for row in rows if (row["table"], row["column"]) == ("observations", "indicator")} - {""}


def test_each_paragraph_has_a_row_a_title_and_a_measure():
    assert commitments()["paragraph"].to_list() == EACH
    assert list(declaration.TITLES) == list(declaration.MEASURES) == EACH
    assert set(declaration.THEMES) == set(commitments()["theme"])
    assert list(declaration.OBJECTIVES) == list(range(1, 8))
    words = [*declaration.TITLES.values(), *declaration.MEASURES.values(), *declaration.OBJECTIVES.values()]
    assert len(set(words)) == 32 + 32 + 7
    # A title heads a row of a matrix.
    assert max(map(len, declaration.TITLES.values())) <= 70


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_each_title_is_translated_into_each_language(code):
    titles = {number: language(code).text(title) for number, title in declaration.TITLES.items()}
    assert [number for number, title in titles.items() if title == declaration.TITLES[number]] == []


def test_the_actor_of_a_paragraph_decides_how_many_states_it_is_counted_for():
    by_paragraph = {row["paragraph"]: row for row in commitments().iter_rows(named=True)}
    assert {
        number for number, row in by_paragraph.items() if row["counted_of"] is None
    } == OF_THE_SECRETARIAT | COLLECTIVE
    assert {number for number, row in by_paragraph.items() if row["counted_of"] == 35} == {30}
    assert {number for number, row in by_paragraph.items() if row["kind"] == "fact"} == {30, 31}
    assert {number for number, row in by_paragraph.items() if row["actor"] == "OAS-GS"} == OF_THE_SECRETARIAT
    assert {number for number, row in by_paragraph.items() if row["actor"] == "states_and_COLLECTIVE"} == {14, 24, 29}


def test_each_indicator_is_in_the_codebook():
    named = {cell for row in lines(Commitments.FILE) for cell in row["indicators"].split(";") if cell}
    assert named
    assert named <= indicators()
    assert commitments().filter(paragraph=1)["indicators"].to_list() == [
        ["persons_formal_contact", "persons_prosecuted", "persons_convicted"]
    ]
    assert commitments().filter(paragraph=5)["indicators"].to_list() == [[]]


def test_a_paragraph_names_indicators_only_if_a_figure_is_evidence_on_it():
    figures = {row["paragraph"] for row in lines(Questions.FILE) if row["kind"] == "statistic"}
    assert figures == {row["paragraph"] for row in lines(Commitments.FILE) if row["indicators"]}
    assert "20" not in figures


def test_each_question_has_a_known_subject_and_a_figure_of_its_paragraph():
    named = {row["paragraph"]: row["indicators"].split(";") for row in lines(Commitments.FILE)}
    treaties = {row["treaty"] for row in lines("treaties.csv")}
    for row in lines(Questions.FILE):
        known = {"treaty": treaties, "law": {"law"}, "statistic": set(named[row["paragraph"]]) & indicators()}
        assert row["subject"] in known[row["kind"]], row
    assert questions().height == len(lines(Questions.FILE))


def test_each_measure_of_the_coding_is_on_a_paragraph_of_the_states():
    coded = {int(row["paragraph"]) for row in lines("hti_measures.csv")}
    assert coded <= set(EACH) - OF_THE_SECRETARIAT - COLLECTIVE


def refusal(form: type, before: str, after: str) -> str:
    text = (REFERENCE / form.FILE).read_text("utf-8")
    assert text.count(before) == 1
    with pytest.raises(ReviewedError) as caught:
        parse(text.replace(before, after).encode(), form)
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("\n7,partnership_and_cooperation,states,progress,34,\n", "\n", "Each paragraph from 1 to 32 has a row"),
        ("\n30,legal_framework,states,fact,35,", "\n30,legal_framework,states,fact,34,", "row 31: column kind is"),
        (
            "\n9,resources_and_institution,OAS-GS,progress,,",
            "\n9,resources_and_institution,OAS-GS,progress,34,",
            "row 10",
        ),
        (
            "13,prevention,states,progress,34,detected_victims;detected_victims_rate",
            "13,prevention,states,progress,34,detected_victims;detected_victims_rat",
            "row 14: column indicators is 'detected_victims;detected_victims_rat'",
        ),
        ("\n5,partnership_and_cooperation", "\n5,friendship", "row 6: column theme is 'friendship'; expected: one of"),
    ],
)
def test_a_wrong_row_of_commitments_is_reported(before, after, expected):
    assert expected in refusal(Commitments, before, after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("3,treaty,palermo_protocol", "3,treaty,palermo", "row 4: column subject is 'palermo', column kind is"),
        (
            "26,statistic,detected_victims,",
            "26,statistic,victims,",
            "expected: The subject of a treaty is in treaties.csv",
        ),
        ("23,law,law,", "23,law,penal_code,", "column subject is 'penal_code'"),
        ("30,treaty,untoc,", "30,law,law,", "Laws are evidence on one paragraph"),
        (
            "13,statistic",
            "33,statistic",
            "column paragraph is '33'; expected: a paragraph of the declaration, 1 to 32",
        ),
    ],
)
def test_a_wrong_row_of_questions_is_reported(before, after, expected):
    assert expected in refusal(Questions, before, after)


@pytest.mark.real
def test_theme_and_actor_are_those_of_the_reading_of_the_declaration(mirror: Path):
    folder = mirror.parent / "reference"
    if not folder.is_dir():
        pytest.skip("the reading of the declaration does not lie beside the publishers' files")
    with (folder / "commitments.csv").open(encoding="utf-8", newline="") as file:
        reading = {int(row["para"]): row for row in csv.DictReader(file)}
    actors = {"member states": {"states"}, "General Secretariat": {"OAS-GS"}}
    both = {"states_and_COLLECTIVE", "COLLECTIVE"}
    for row in commitments().iter_rows(named=True):
        read = reading.pop(row["paragraph"])
        assert row["theme"] == read["theme"].replace(" ", "_")
        assert row["actor"] in actors.get(read["actor"], both)
        # A paragraph of one actor, or of all together, is not counted by state.
        assert (row["counted_of"] is None) == read["per_state_tracking"].startswith("no")
    assert reading == {}
