from dataclasses import replace

from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import SNAPSHOT, VICTIMS

EN = language("en")
STEPS = coverage_revisions.steps.of(SNAPSHOT)


def test_conventions_are_listed_separately_from_revisions():
    assert coverage_words.of_choice(EN, STEPS, VICTIMS, "all") == [
        "All states, detected victims: from the release of 14 April 2025 to that of 28 October 2025, "
        "figures to 2018: 1 of 4 changed and 1 was withdrawn. Not counted: 2 changes in how “<5” is published."
    ]


def test_a_choice_names_its_state_and_indicator():
    steps = coverage_revisions.steps.of(SNAPSHOT, VICTIMS, "ARG")
    assert coverage_words.of_choice(EN, steps, VICTIMS, "ARG") == [
        "Argentina, detected victims: from the release of 14 April 2025 to that of 28 October 2025, "
        "figures to 2018: 1 of 1 changed."
    ]


def test_zeros_that_are_now_masked_are_counted():
    sentences = coverage_words.of_choice(EN, [replace(STEPS[0], unmasked=2)], VICTIMS, "all")
    assert sentences[0].endswith(" Not counted: 4 changes in how “<5” is published.")


def test_several_printed_values_that_are_masked_otherwise_are_counted():
    sentences = coverage_words.of_choice(EN, [replace(STEPS[0], several=64)], VICTIMS, "all")
    assert sentences[0].endswith(" Not counted: 66 changes in how “<5” is published.")


def test_one_release_alone_cannot_differ():
    assert coverage_words.changes(EN, [], VICTIMS) == ("All states, detected victims: only one release is available.")


def test_a_state_s_releases_have_two_sentences():
    readings = coverage_revisions.releases.of(SNAPSHOT, VICTIMS, "ARG")
    assert coverage_words.releases(EN, readings, 1, VICTIMS, "ARG") == (
        "Totals of 2017–2019 in the releases of 14 April 2025 and 28 October 2025. "
        "Years with different totals, joined by a line: 1."
    )
    assert coverage_words.releases(EN, readings.clear(), 0, VICTIMS, "USA").endswith("no total in any release.")


def test_the_heading_names_what_is_shown():
    assert coverage_words.every(EN, VICTIMS, "ARG") == "All changes: Argentina, detected victims"
    # Words inside a title are lower case, except names of states and the start of a sentence.
    assert coverage_words.revisions_heading(EN, VICTIMS, "all") == "Revisions: all states, detected victims"
    assert (
        coverage_words.every(language("fr"), VICTIMS, "all")
        == "Tous les changements\u202f: tous les États, victimes détectées"
    )
