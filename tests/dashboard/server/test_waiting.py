"""The controls in a first view: the words of the page's own, and nothing that keys or a screen reader would find."""

import re
from html import unescape

import pytest

from dashboard.server import first, waiting
from dashboard.subjects.states import filters as states_filters
from dashboard.views.filters import option
from data.i18n import language
from tests.in_turn import in_turn


def part(slug, query=(), code="en"):
    """The controls in the first view of a page, and the view."""
    body = first.view(language(code), slug, dict(query)).body
    found = re.search(
        r'<div class="waiting" inert aria-hidden="true">.*?class="filters-button".*?</button></div>', body
    )
    assert found
    return found[0], body


@pytest.mark.parametrize(("slug", "code"), in_turn(waiting.CONTROLS))
def test_each_control_has_its_name_and_the_options_seen(slug, code):
    lang, (found, _) = language(code), part(slug, code=code)
    words = unescape(found)
    for spec in waiting.CONTROLS[slug]:
        assert f">{lang.text(spec.caption)}</" in words
    for spec in set(waiting.BUTTONS) & set(waiting.CONTROLS[slug]):
        buttons = re.findall(r'aria-checked="(\w+)">(.*?)</button>', words)
        for one in spec.options:
            assert (str(one == spec.default).lower(), option(lang, spec, one)) in buttons


@pytest.mark.parametrize("slug", waiting.CONTROLS)
def test_no_control_can_be_used_or_has_a_role_outside_of_its_group(slug):
    found, _ = part(slug)
    assert all(" disabled" in tag for tag in re.findall(r"<(?:input|button)[^>]*>", found))
    assert not re.findall(r"tabindex|href|\bid=|\bfor=", found)


@pytest.mark.parametrize(
    ("slug", "query", "words"),
    [
        ("region", {"measure": "count", "latest": "1"}, ["Count", "Latest figure for each state"]),
        ("region", {"subregion": "caribbean"}, ["Caribbean"]),
        ("country", {"area": "PER"}, ["Peru"]),
    ],
)
def test_the_phones_button_names_what_is_chosen(slug, query, words):
    found, _ = part(slug, query)
    button = re.search(r'class="filters-button" disabled>(.*?)</button>', found)
    assert button
    assert button[1].startswith("Filters: ")
    for one in words:
        assert one in button[1]


def test_a_switch_is_on():
    assert "checked>" in part("region", {states_filters.LATEST.name: "1"})[0]
    assert "checked>" not in part("region")[0]


def test_home_has_no_controls_and_country_the_sources_of_its_figures():
    assert "waiting" not in first.view(language("en"), "home", {}).body
    body = part("country", {"area": "CRI"})[1]
    cards = re.findall(r'<p class="waiting" aria-hidden="true">(.*?)</p>', body)
    assert len(cards) == body.count("<strong>") > 0
    assert all(text.startswith("Source") for text in cards)
