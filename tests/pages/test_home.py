"""Page "Home" in the four languages: every text is there, and its numbers are those of the queries."""

import html
import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.parts import home
from dashboard.server.serve import ENTRY
from dashboard.shell import navigation, page_filters
from dashboard.subjects.home import query, words
from dashboard.words import terms
from data.i18n import LANGUAGES, language
from tests.dashboard.test_app import opened

# The marks of a message whose values were not filled in, of a list and of nothing.
UNFILLED = re.compile(r"[{}]|None|\[\]|nan")


def texts(app):
    kinds = ("title", "header", "markdown", "caption")
    return [element.value for kind in kinds for element in app.get(kind)]


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request):
    return language(request.param), opened(lang=request.param)


def test_no_text_is_empty_or_unfilled(page):
    lang, _ = page
    app = opened_parts(lang.code)
    every = [*texts(app), *(link.proto.label for link in app.get("page_link"))]
    assert len(every) > 25
    assert [text for text in every if not text.strip() or UNFILLED.search(text)] == []


def test_the_headline_is_the_heading(page):
    lang, app = page
    written = [found[1] for one in app.get("html") if (found := re.search("<h1>(.*)</h1>", one.proto.body))]
    headline = words.headline(lang, query.overview())
    assert [html.unescape(re.sub("<[^>]*>", "", one)) for one in written] == [headline]
    # The two first digits of the sum, and zeros: the key figure below has the whole interval.
    low, digits = query.overview().total[0], len(f"{query.overview().total[0]:.0f}") - 2
    least = int(low / 10**digits) * 10**digits
    assert 0.9 * low < least < low
    assert lang.number(least) in headline
    assert lang.interval(*query.overview().total) in "".join(texts(app))


def test_no_sentence_stands_twice(page):
    lang, app = page
    parts = [sentence for text in texts(app) for sentence in re.split(r"(?<=[.?!])\s", text) if len(sentence) > 40]
    # The releases stand under each figure.
    source = terms.term(lang, "source", "unodc_glotip")
    parts = [part for part in parts if not part.startswith(source)]
    assert len(parts) == len(set(parts))


def test_every_key_figure_has_a_number_a_label_a_year_and_the_states(page):
    lang, app = page
    figures = home.key_figures(lang)
    assert len(figures) == 4
    shown = texts(app)
    for fact, _, _ in figures:
        assert f"**{fact.figure}**" in shown
        assert fact.note in shown
        assert re.search(r"\d{4}", fact.note)
    labels = [link.proto.label for link in app.get("page_link")]
    assert [fact.label for fact, _, _ in figures] == labels[:4]


def test_the_links_of_the_key_figures_are_addresses_of_their_pages(page):
    _, app = page
    links = [link.proto for link in app.get("page_link")][:4]
    assert [link.page for link in links] == ["region", "coverage", "region", "routes"]
    for link in links:
        specs = {spec.name: spec for spec in page_filters.of(link.page)}
        parameters = {name: text for name, (text,) in parse_qs(link.query_string).items() if name != "lang"}
        assert parameters
        for name, text in parameters.items():
            specs[name].parse(text)


def test_the_ways_on_are_links(page):
    lang, app = page
    labels = [link.proto.label for link in app.get("page_link")]
    ways = ("The map", "The presentation", "The region in 60 seconds", "The data")
    assert labels[4:8] == [lang.text(way) for way in ways]
    assert all(label and label != navigation.title(lang, "region") for label in labels)


def test_the_tables_have_every_year_and_every_group(page):
    lang, _ = page
    app = opened_parts(lang.code)
    years, groups = (frame.value for frame in app.dataframe[:2])
    first, last = query.by_year()["year"].min(), query.by_year()["year"].max()
    assert [*years.iloc[:, 0]] == [str(year) for year in range(last, first - 1, -1)]
    assert lang.interval(*query.overview().total) in [*years.iloc[0]]
    assert len(groups) == sum(len(block.figures) + 1 for block in query.breakdowns())
    shares = [terms.percent(lang, block.share(one)) for block in query.breakdowns() for one in block.figures]
    assert [cell for cell in groups.iloc[:, 3] if cell != "–"] == shares


def opened_parts(code):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.query_params["lang"] = code
    for key in ("folded.years", "folded.groups"):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def test_the_states_are_found_by_name():
    options = next(box for box in opened(lang="en").selectbox if box.key == "search.home").options
    assert len(options) == len(store.areas())
