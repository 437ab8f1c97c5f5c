from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import words as coverage_words
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import SNAPSHOT, VICTIMS

EN = language("en")
CELLS = coverage_query.cells.of(SNAPSHOT, VICTIMS)
STATES = coverage_query.states.of(SNAPSHOT, VICTIMS)


def test_the_heading_counts_those_who_ever_reported():
    assert (
        coverage_words.heading(EN, VICTIMS, STATES, (2017, 2019))
        == "2 of 4 states have a total of detected victims for at least one year, 2017–2019"
    )


def test_the_map_counts_no_zero():
    assert coverage_words.on_map(EN, STATES) == "No total for any year: 2 states."


def test_the_matrix_counts_the_cells():
    assert coverage_words.in_matrix(EN, CELLS) == (
        "Each state is counted once for each year. "
        "Exact figure: 2; zero: 1; fewer than five: 1; conflicting figures: 1; withdrawn: 1; no figure: 6."
    )


def test_one_year_is_not_written_as_a_span():
    assert (EN.span((2013, 2013)), EN.span([2015, 2013])) == ("2013", "2013–2015")
