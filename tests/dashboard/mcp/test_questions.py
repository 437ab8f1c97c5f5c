"""A machine asks 120 questions: each has its right answer, which for many of them is that nothing was published."""

import sys
from collections import Counter

import pytest

from dashboard.mcp.tools import TOOLS
from tests.dashboard.mcp import raw
from tests.dashboard.mcp.answered import ANSWERS, KINDS, Asked, call, missing, questions

EVERY = questions()
READERS = {reader.__name__: reader for reader in raw.READERS}


def wrong(asked: Asked) -> dict[str, object]:
    return missing(asked.expected, call(asked.tool, asked.arguments))


def test_the_questions_are_of_all_kinds_and_two_in_five_have_no_figure():
    assert len(EVERY) == len({(one.question, str(one.arguments)) for one in EVERY}) == 120
    assert {one.kind for one in EVERY} == set(KINDS)
    assert {one.answer for one in EVERY} == set(ANSWERS)
    assert {one.tool for one in EVERY} == {tool.__name__ for tool in TOOLS}
    assert sum(one.answer != "published" for one in EVERY) >= 0.4 * len(EVERY)
    for one in EVERY:
        figure = {"exact", "zero", "fewer_than_n", "range"} & {one.expected.get("state", "")}
        assert one.answer == "published" or not figure, one.question


def test_every_question_has_its_right_answer():
    faults = {one.question: fault for one in EVERY if (fault := wrong(one))}
    of_kind = Counter(one.kind for one in EVERY)
    right = Counter(one.kind for one in EVERY if one.question not in faults)
    # What is right of each kind, as `pytest -rP` shows it.
    sys.stdout.write("".join(f"{kind}: {right[kind]} of {of_kind[kind]}\n" for kind in KINDS))
    assert faults == {}
    assert right == of_kind


def test_another_figure_than_the_right_one_is_found():
    for one in EVERY:
        if "low" in one.expected:
            other = {**one.expected, "low": one.expected["low"] + 1}
            assert missing(other, call(one.tool, one.arguments)), one.question


@pytest.mark.real
def test_the_right_answers_are_those_of_the_publishers_files(mirror):
    files = raw.Raw(mirror)
    read = [one for one in EVERY if one.raw]
    # The files have France, which is none of our states.
    assert {one.question for one in EVERY} - {one.question for one in read} == {
        "How many victims did France detect in 2019?"
    }
    for one in read:
        name, *arguments = one.raw
        found = READERS[name](files, *arguments)
        said = {key: value for key, value in one.expected.items() if key in found and key != "says"}
        assert said == {key: value for key, value in found.items() if key != "says"}, one.question
        assert set(found.get("says", [])) <= set(one.expected.get("says", [])), one.question


@pytest.mark.real
def test_what_the_files_do_have_is_not_said_to_be_absent(mirror):
    files = raw.Raw(mirror)
    for reader, *given in (
        (raw.no_measure, "convicted"),
        (raw.no_measure, "forced labour"),
        (raw.no_measure, "percent"),
        (raw.no_number, "forms of exploitation"),
        (raw.no_place, "Haiti"),
        (raw.no_row, "BRA", "detected_victims", 2019),
        (raw.no_total, "BRA", "detected_victims", 2019),
        (raw.no_release, "2025-10-28"),
        (raw.one_release, "unodc_glotip"),
        (raw.not_divided, "URY", 2019),
        (raw.never_listed, "DOM"),
        (raw.unnamed, "HTI", "haiti"),
        (raw.unnamed, "DMA", "jamaica"),
    ):
        with pytest.raises(AssertionError):
            reader(files, *given)
