"""Page "Home" in the four languages: every text is there, and its numbers are those of the queries."""

import re

import pytest

from dashboard import catalog, store
from dashboard.catalog import figures, pages
from dashboard.charts.medium import PHONE, STAGE, TABLET
from dashboard.menu import scripts
from dashboard.stage import request
from dashboard.stage.drawn import drawn
from dashboard.subjects.home import page_figures, query, words
from dashboard.subjects.states import own_citizens
from dashboard.subjects.states import words as states_words
from dashboard.views.address import read
from dashboard.views.figure import Values
from dashboard.views.page import BriefingFiles, Chooser, Files, Fold, Graphic, KeyFigures, Links, Preview, Table, Terms
from dashboard.words import terms
from data.i18n import LANGUAGES
from tests.pages.declared import Declared, declared

# The marks of a message whose values were not filled in, of a list and of nothing.
UNFILLED = re.compile(r"[{}]|None|\[\]|nan")


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request) -> Declared:
    return declared("home", request.param)


def test_no_text_is_empty_or_unfilled(page):
    assert len(page.sentences) > 25
    assert [text for text in page.sentences if not text.strip() or UNFILLED.search(text)] == []


def test_the_headline_is_the_heading(page):
    lang = page.lang
    assert page.heading == words.headline(lang, query.overview())
    # The two first digits of the sum, and zeros: the key figure below has the whole interval.
    low, digits = query.overview().total[0], len(f"{query.overview().total[0]:.0f}") - 2
    least = int(low / 10**digits) * 10**digits
    assert 0.9 * low < least < low
    assert lang.number(least) in page.heading
    assert lang.interval(*query.overview().total) in page.words


def test_no_sentence_stands_twice(page):
    # A term may be explained where it first stands, and again in the part that opens; so may what states count.
    about = (block for fold in page.every(Fold) if fold.name == "about" for block in fold.blocks())
    terms_lines = {line for block in (*page.every(Terms), *about) for line in block.lines}
    parts = [
        sentence
        for text in page.sentences
        if text not in terms_lines
        for sentence in re.split(r"(?<=[.?!])\s", text)
        if len(sentence) > 40
    ]
    assert len(parts) == len(set(parts))


def test_a_rise_is_said_together_with_what_changed_in_the_counting(page):
    """In one paragraph: the figures, the break in the series of the largest reporter, and what a rise can mean."""
    (paragraph,) = [text for text in page.sentences if own_citizens.words(page.lang, query.panel().break_) in text]
    assert states_words.reading(page.lang) in paragraph


def test_every_key_figure_has_a_number_a_label_a_year_and_the_states(page):
    (block,) = page.every(KeyFigures)
    assert len(block.figures) == 4
    for one in block.figures:
        assert re.search(r"\d", one.figure)
        assert one.linked
        (note,) = one.lines
        assert re.search(r"\d{4}", note)


def test_the_links_of_the_key_figures_are_addresses_of_their_pages(page):
    (block,) = page.every(KeyFigures)
    links = [one.link for one in block.figures]
    assert [link.page for link in links] == ["region", "coverage", "region", "routes"]
    for link in links:
        specs = {spec.name: spec for spec in catalog.filters_of(link.page)}
        assert link.filters
        for name, text in link.filters.items():
            specs[name].parse(text)


def test_each_bar_leads_to_the_map_of_its_year_or_to_the_figures_of_its_group(page):
    change, victims = page.every(Graphic)
    link = change.opens("2019")
    assert (link.page, link.filters["year"], link.filters["indicator"]) == ("region", "2019", "detected_victims")
    assert (victims.opens("female").page, victims.opens("female").filters) == ("explore", {"sex": "female"})


def test_the_map_is_that_of_region_and_leads_there_and_to_each_state(page):
    (map_,) = page.every(Preview)
    assert [link.filters["area"] for link in map_.listed] == page.lang.sorted_countries(store.areas())
    assert [link.words for link in map_.listed] == [
        page.lang.country(area) for area in page.lang.sorted_countries(store.areas())
    ]
    assert (map_.link.page, map_.link.filters, map_.graphic.name) == ("region", {}, "region")
    region = pages()["region"]
    usual = read(region.filters, {}).values
    (there,) = [
        block
        for section in region.sections(page.lang, usual)
        for block in section.blocks
        if isinstance(block, Graphic) and block.name == "region"
    ]
    assert map_.graphic.values == there.values
    assert [map_.graphic.opens(area) for area in store.areas()] == [there.opens(area) for area in store.areas()]


@pytest.mark.parametrize("name", ["region_change", "region_convictions", "region_victims"])
def test_a_title_is_one_claim_of_at_most_twelve_words_above_what_is_counted(page, name):
    for medium in (PHONE, TABLET, STAGE):
        claim, measured = figures()[name].draw(Values(()), page.lang, medium).heading.split("\n")
        assert 0 < len([one for one in claim.split() if one.strip(":\u202f")]) <= 12
        assert str(query.overview(query.CONVICTED if "convictions" in name else query.VICTIMS).year) in measured


def test_a_figure_has_one_line_of_source_and_the_rest_is_behind_about_this_figure(page):
    for place in (TABLET, STAGE):
        asked = request.parse(
            "region_change", request.query("region_change", {}, page.lang.code) | request.shown(place)
        )
        made = drawn(asked)
        assert terms.term(page.lang, "source", "unodc_glotip") in made.source
        # The break stands at its bars, and what it is behind "About this figure".
        assert words.broken(page.lang, query.panel())[0] in made.about[0]
        assert states_words.unit_of_count(page.lang, [query.VICTIMS])[0] in made.about
        # Below the drawing stands what its marks mean; which totals these are is in the text of the page.
        assert [*made.marks] == [*made.notes] == page_figures.doubted(page.lang, query.VICTIMS, named=0) != []
        assert not set(made.marks) & set(made.more)
    assert set(page_figures.doubted(page.lang, query.VICTIMS)) < set(page.sentences)


def test_the_ways_on_are_links(page):
    (ways,) = page.every(Links)
    lang = page.lang
    labels = ("The map", "The presentation", "The region in 60 seconds", "The data", "About and method")
    assert [link.words for link in ways.links] == [lang.text(label) for label in labels]
    assert {link.page for link in ways.links} <= pages().keys() | scripts().keys()
    assert page.every(BriefingFiles) == [BriefingFiles()]


def test_the_tables_have_every_year_and_every_group(page):
    lang = page.lang
    years, groups = (table.sheet.rows for table in page.every(Table))
    first, last = query.by_year()["year"].min(), query.by_year()["year"].max()
    assert years.column(0).to_pylist() == [str(year) for year in range(last, first - 1, -1)]
    # The mark of a sum with a total that its parts contradict.
    assert f"{lang.interval(*query.overview().total)}*" in years.to_pylist()[0].values()
    assert groups.num_rows == sum(len(block.figures) + 1 for block in query.breakdowns())
    shares = [terms.percent(lang, block.share(one)) for block in query.breakdowns() for one in block.figures]
    assert [cell for cell in groups.column(3).to_pylist() if cell != "–"] == shares


def test_the_rows_of_both_figures_can_be_downloaded(page):
    assert [files.rows.block for files in page.every(Files)] == ["home_by_year", "home_groups"]


def test_every_state_can_be_chosen(page):
    (chooser,) = page.every(Chooser)
    assert (chooser.page, chooser.filter.name, chooser.large) == ("country", "area", True)
    assert [area for area, _ in chooser.options] == page.lang.sorted_countries(store.areas())
    assert all(words == page.lang.country(area) for area, words in chooser.options)
