"""The page on a release says in each language what the tables count, what was protected, and what can be learned."""

import polars as pl
import pytest

from data.i18n import LANGUAGES, language
from etl.cases import audit_page
from etl.cases.audit import PROPOSALS, TableAudit
from tests.etl.cases.registers import CELLS, DAY, HAITI, MadeUpAudit

FOUND = MadeUpAudit()


def page(code: str, found: MadeUpAudit = FOUND) -> str:
    return audit_page.page(language(code), HAITI, DAY, pl.DataFrame(CELLS), found)


def test_it_says_how_much_of_each_table_is_exact():
    lines = page("en").splitlines()
    assert [line for line in lines if line.startswith("|")] == [
        "| Table | Figures | Exact | As a range |",
        "| --- | ---: | ---: | ---: |",
        # Counted by hand in the list of cells: a total belongs to each of the four tables.
        "| By form of exploitation | 4 | 3 | 1 |",
        "| By sex and age | 6 | 3 | 3 |",
        "| By citizenship | 4 | 3 | 1 |",
        "| By citizenship and country of exploitation | 5 | 4 | 1 |",
    ]


def test_it_says_what_counts_why_it_was_protected_and_what_follows():
    text = page("en", MadeUpAudit(narrowest=7))
    for sentence in (
        "Haiti. Release of 1 March 2024, published by A made-up ministry under the license CC-BY-4.0. Questions go to "
        "office@example.org.",
        "by the year of referral",
        "A person exploited in two forms is one person",
        "A year with fewer than 11 persons has only its total",
        "each figure from 1 to 10 is published as a range",
        "audited together with 2 earlier releases",
        "what follows if cases were only added between the releases",
        # From 0 to 7, and from 0 to 5, for one.
        "Of each protected figure at least 8 different numbers stay possible; the rule asks for 6.",
    ):
        assert sentence in text


HIDDEN = (
    TableAudit("by_form", 9, 1, 1, 0, ()),
    TableAudit("by_citizenship_and_country", 9, 5, 1, 0, ("years_together", "fewer_citizenships")),
)


def test_it_proposes_coarser_groups_where_most_is_protected():
    before, _, after = page("en", MadeUpAudit(tables=HIDDEN)).partition("Consider:\n\n")
    assert "More than half of some tables is protected." in before
    assert after.splitlines()[0] == (
        "- By citizenship and country of exploitation: several years together or fewer citizenships"
    )
    assert "By form of exploitation:" not in after
    assert "Consider" not in page("en")


@pytest.mark.parametrize("code", PROPOSALS.values())
def test_each_proposal_has_words(code):
    table = TableAudit("by_form", 9, 5, 1, 0, (code,))
    (line,) = audit_page.proposals(language("en"), MadeUpAudit(tables=(table,)))
    assert code not in line


def test_a_release_without_protected_figures_says_so():
    text = page("en", MadeUpAudit(narrowest=None, earlier=1))
    assert "No figure of this release had to be protected." in text
    assert "stay possible" not in text
    assert "together with 1 earlier release:" in text


def test_a_first_release_has_no_earlier_ones():
    text = page("en", MadeUpAudit(earlier=0))
    assert "Before it was published, this release, the first of the register, was audited:" in text
    assert "together with" not in text
    assert "only added" not in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_one_page_in_each_language(code):
    text = page(code)
    assert len(text.split()) < 490
    assert text.count("\n## ") == 4
    if code != "en":
        english = {line for line in page("en").splitlines() if len(line.split()) > 3 and "---" not in line}
        assert not english & {*text.splitlines()}
