import pytest

from dashboard.charts.colors import COLORS
from dashboard.charts.ground import captions, disclaimer, disputed, disputed_name, frame, neutral_lands, outlines
from dashboard.charts.medium import PHONE, TABLET, WALL, Medium
from dashboard.charts.panels import sheet
from data.i18n import LANGUAGES, language
from tests.dashboard.charts.map_samples import STATES

LIGHT = COLORS
PAGE, SMALL = (sheet(frozenset(STATES), medium, notes=1).panels for medium in (WALL, PHONE))


def test_dependencies_are_gray_and_named(basemap, english):
    land, names = neutral_lands(basemap, PAGE[0], english)
    assert land["fillcolor"] == LIGHT.land
    assert land["hoverinfo"] == "skip"
    assert names["hovertext"] == ["Greenland"]
    assert (names["x"][0], names["y"][0]) == pytest.approx(basemap.points["GRL"], abs=0.06)


def test_a_disputed_area_covers_everything_under_it(basemap, english):
    area, names = disputed(basemap, PAGE[0], english)
    assert area["fillpattern"]["bgcolor"] == LIGHT.land
    assert area["fillpattern"]["fgcolor"] == LIGHT.frame
    assert LIGHT.land not in LIGHT.ramp
    assert all("Disputed" in name for name in names["hovertext"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_names_and_the_parties_in_every_language(code):
    lang = language(code)
    name = disputed_name("disputed:malvinas_falklands", lang)
    for part in ("Malvinas", "Falkland", lang.country("ARG"), lang.country("GBR")):
        assert part in name


def test_an_unlisted_disputed_area_shows_its_key(english):
    assert disputed_name("disputed:nowhere", english) == "disputed:nowhere"


def test_an_inset_draws_only_what_it_shows(basemap):
    assert set(outlines(basemap, SMALL[2])) < set(outlines(basemap, PAGE[1]))
    assert outlines(basemap, PAGE[0]) == basemap.main


def test_the_main_map_frames_the_enlarged_part():
    assert frame(PAGE[0], WALL)["line"]["dash"] == "dot"


@pytest.mark.parametrize(
    ("medium", "texts"),
    [
        (WALL, ["Central America and the Caribbean"]),
        (TABLET, ["Central America and the Caribbean"]),
        (PHONE, ["Central America and Greater Antilles", "Lesser Antilles"]),
        (Medium(960, 470), ["Central America and Greater Antilles", "Lesser Antilles"]),
    ],
)
def test_each_enlargement_has_its_caption_above_it(medium, texts, english):
    place = sheet(frozenset(STATES), medium, notes=1)
    found = captions(place, english)
    assert [one["text"] for one in found] == texts
    for one, panel in zip(found, place.panels[1:], strict=True):
        assert (one["xref"], one["yref"]) == (f"x{panel.axis} domain", f"y{panel.axis} domain")
        # In the middle of the room above the frame, in which nothing else is.
        assert (one["x"], one["y"], one["yshift"], one["yanchor"]) == (0, 1, 11, "middle")
        top = panel.box.bottom + panel.box.height
        assert top + 22 <= place.height + 1e-6
        for other in place.panels:
            beside = other.box.left + other.box.width <= panel.box.left or other.box.left >= panel.box.left
            below = other.box.bottom + other.box.height <= top
            assert other is panel or below or other.box.bottom >= top + 22 or beside


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_disclaimer_exists_in_every_language(code):
    text = disclaimer(language(code))
    assert len(text) > 40
    assert code == "en" or text != disclaimer(language("en"))
