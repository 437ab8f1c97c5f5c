"""What a file says of its rows: filters in words, how to read a figure, whose it is; in every language."""

import pytest

from dashboard import choices, store
from dashboard.citation import Cited, rests
from dashboard.describe.asked import KNOWN, asked
from dashboard.describe.enclosed import enclosed
from dashboard.query import observed
from dashboard.specs import Flag
from data.i18n import LANGUAGES, language

EN = language("en")
PAGES = {"region": choices.REGION, "routes": choices.ROUTES, "country": choices.COUNTRY, "coverage": choices.COVERAGE}
PAGES |= {"explore": choices.EXPLORE, "instruments": choices.INSTRUMENTS}
# Filters that say how something is shown, not what.
OF_LOOKS = {"arrows", "picture", "reading", "one_scale"}
ROWS = observed.region_file("detected_victims_rate", 2019)


def told(code: str):
    held = store.snapshot()
    found = rests(ROWS, held.manifest)
    cited = Cited("x", "A title", "https://example.org/", held.id, held.manifest["created"], found)
    return enclosed(language(code), held, cited, ROWS.columns, [("Year", "2019")])


@pytest.mark.parametrize("page", PAGES)
def test_every_filter_of_a_page_has_words(page):
    assert {spec.name for spec in PAGES[page]} - OF_LOOKS <= set(KNOWN)
    values = {spec.name: spec.parse(spec.write(spec.default)) for spec in PAGES[page]}
    said = asked(EN, PAGES[page], values)
    assert len(said) == len({spec.name for spec in PAGES[page]} - OF_LOOKS)
    assert all(label and words for label, words in said)


def test_values_are_told_in_the_reader_s_words():
    values = {"state": ["BRA", "CRI"], "years": (2010, 2012), "questioned": True, "form": [], "evidence": "stated"}
    specs = (choices.STATES, choices.YEARS, choices.QUESTIONED, choices.FORMS, choices.EVIDENCE)
    assert asked(language("es"), specs, values)[0] == ("Estados", "Brasil, Costa Rica")
    assert dict(asked(EN, specs, values))["Years"] == "2010–2012"
    assert dict(asked(EN, specs, values))["Evidence"] == "Stated routes"
    assert dict(asked(EN, specs, values))["Form (stated routes only)"] == "not restricted"
    unknown = Flag("no_filter")
    assert asked(EN, (unknown, choices.AREA), {"no_filter": True, "area": "BRA"}) == [("State", "Brazil")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_account_says_of_when_whose_and_how_to_read_it(code):
    account = told(code)
    text = account.account
    for words in (store.snapshot().id, "A title", "https://example.org/", "2019", "UNODC", "World Bank", "CC BY 4.0"):
        assert words in text
    assert len({label for label, _ in account.notes}) >= 7
    assert len(set(account.sheets)) == 3
    assert all(len(sheet) <= 31 and not set(sheet) & set("[]:*?/\\'") for sheet in account.sheets)
    assert account.sources.height == 2
    assert {licence["path"].partition(":")[0] for licence in account.licences} == {"https"}


def test_rows_without_figures_are_not_told_how_to_read_them():
    cited = Cited("x", "A title", "", "0123456789ab", "2026-03-04T00:00:00Z", ())
    plain = enclosed(EN, store.snapshot(), cited, ["area", "m49"], [])
    assert "How to read a figure" not in {label for label, _ in plain.notes}
    assert "Address" not in {label for label, _ in plain.notes}
    assert "How to read a figure" in {label for label, _ in told("en").notes}
