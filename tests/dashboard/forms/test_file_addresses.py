"""The links of a document that is a file: relative paths to what is written, and none to what is not."""

from functools import partial

import pytest

from dashboard import site, store
from dashboard.catalog import pages
from dashboard.forms.html.addresses import Addresses
from dashboard.forms.html.document import document
from dashboard.forms.html.file_addresses import ABSENT, FileAddresses, Written, suffix, without_absent
from dashboard.views.address import read
from dashboard.views.page import Link
from data.i18n import language

WRITTEN = Written(
    ("en", "es"),
    {
        "home": frozenset({()}),
        "region": frozenset({()}),
        "about": frozenset({()}),
        "country": frozenset({(), ("DOM",), ("HTI",)}),
        "pair": frozenset({(), ("DOM",), ("HTI",), ("DOM", "HTI")}),
    },
    {("region", ()): ("year=2019",)},
    frozenset({("country", ("HTI",))}),
)


def addresses(slug, **texts):
    page = pages()[slug]
    given = {name: (text,) for name, text in texts.items()}
    return FileAddresses(language("en"), page, read(page.filters, given).values, written=WRITTEN)


@pytest.mark.parametrize(
    ("slug", "given", "address"),
    [
        ("home", {}, "../index.html"),
        ("country", {}, "../country.html"),
        ("country", {"area": "DOM"}, "../country/DOM.html"),
        ("country", {"area": "CHL"}, ABSENT),
        ("pair", {"one": "DOM", "other": "HTI"}, "../pair/DOM/HTI.html"),
        # The server leads to the other order; a file has to know it.
        ("pair", {"one": "HTI", "other": "DOM"}, "../pair/DOM/HTI.html"),
        ("pair", {"one": "HTI", "other": "MEX"}, ABSENT),
        ("region", {"year": "2019"}, "../region.html?year=2019"),
        ("region", {"year": "2018"}, ABSENT),
        ("region", {"measure": "count"}, ABSENT),
        ("passport", {"table": "observations"}, ABSENT),
        ("routes", {}, ABSENT),
    ],
)
def test_a_link_leads_to_the_file_of_its_view_or_nowhere(slug, given, address):
    assert addresses("country", area="HTI").of(slug, given) == address


def test_another_view_of_the_page_is_linked_if_it_is_written():
    here = addresses("region")
    assert here.view({"year": "2019"}) == "region.html?year=2019"
    assert here.view({"year": "2018"}) == ABSENT
    assert here.link(Link("", "2018", {"year": "2018"}, anchor="map")) == ABSENT
    assert here.link(Link("", "Map", anchor="map")) == "#map"


def test_languages_that_are_not_written_have_no_link():
    here = addresses("country", area="HTI")
    assert here.translated("es") == "../../es/country/HTI.html"
    assert here.translated("fr") == ABSENT


def test_only_what_is_written_is_an_option_of_a_list():
    here = addresses("region")
    led = [here.of("country", {"area": area}) for area in ("HTI", "CHL")]
    assert [here.leads(one) for one in led] == [True, False]


def test_files_of_a_view_are_listed_with_their_paths():
    here = addresses("region", year="2019")
    assert here.file("region", "csv") == "region.year=2019.csv"
    assert here.document == "en/region.html"
    assert {(path, one.kind, one.name, one.ending) for path, one in here.wanted.items()} == {
        ("en/region.year=2019.csv", "rows", "", "csv")
    }
    state = addresses("country", area="HTI")
    assert state.file("figures", "csv") == "HTI.figures.csv"
    assert state.briefing("page") == "HTI.page.pdf"
    assert set(state.wanted) == {"en/country/HTI.figures.csv", "en/country/HTI.page.pdf"}
    assert addresses("country", area="DOM").briefing("pdf") == ""


def test_a_citation_leads_to_the_page_that_stays(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://example.org/atalaya")
    here = addresses("region", year="2019")
    assert here.cited(()) == f"https://example.org/atalaya/s/{store.snapshot().id}/en/region.html?year=2019"


def test_the_name_of_a_file_has_no_sign_that_begins_parameters():
    assert suffix("notes=1&area=HTI") == ".notes=1_area=HTI"
    assert suffix("") == ""


def test_a_link_without_a_file_keeps_its_words():
    assert without_absent(f'<a class="a" href="{ABSENT}#x">Words</a>') == '<a class="a">Words</a>'


def test_a_file_says_which_choices_it_has_and_a_document_does_not():
    page = pages()["region"]
    values = read(page.filters, {}).values
    addressed = partial(FileAddresses, written=WRITTEN)
    file = document(language("en"), page, values, addressed=addressed, drawings=("desk",))
    assert "Filters: Detected victims · Per 100,000 population. These pages are files" in file
    assert "view-indicator" not in file
    assert "data-hx-get" not in file
    assert ABSENT not in file
    assert 'name="year" form="view"' in file
    # States that are not written are in no list.
    assert file.count("data-address=") == 2
    served = document(language("en"), page, values, addressed=Addresses, drawings=("desk",))
    assert "These pages are files" not in served
    assert "view-indicator" in served
    # Feeds come from a server.
    assert 'href=""' not in file
    assert ("What changed (feed)" in file, "What changed (feed)" in served) == (False, True)


def test_a_file_does_not_lead_to_addresses_that_a_server_answers():
    page = pages()["sources"]
    values = read(page.filters, {}).values
    file = document(language("en"), page, values, addressed=partial(FileAddresses, written=WRITTEN))
    served = document(language("en"), page, values)
    words = "API: addresses for programs"
    assert (words in file, words in served) == (False, True)


def test_a_figure_of_a_show_has_heights_from_which_a_screen_takes_the_best():
    here = addresses("about")
    figure = {"address": "./figures/abc/region", "query": {"lang": "en"}, "stage": {"stage": "332", "width": "930"}}
    made = here.staged(figure)
    assert sorted(made["heights"]) == [252, 292, 332, 372, 412]
    assert made["query"] == {}
    name = made["address"].removeprefix("figures/")
    assert f"en/figures/{name}.stage=292_width=930_dark=1.js" in here.wanted
    assert f"en/figures/{name}.width=640_dark=0.js" in here.wanted
    assert len(here.wanted) == 2 * (5 + 1)
