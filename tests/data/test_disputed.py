import json

from data.disputed import SHAPES, disputed_areas
from data.i18n import LANGUAGES


def test_names_in_every_language_and_two_parties_each():
    for area in disputed_areas().values():
        assert set(area.names) == set(LANGUAGES)
        assert all(name.strip() for name in area.names.values())
        assert len(area.parties) == 2
        assert list(area.parties) == sorted(area.parties)


def test_both_names_are_given_where_the_parties_use_two():
    names = disputed_areas()["disputed:malvinas_falklands"].names.values()
    assert all("Malvinas" in name and "Falkland" in name for name in names)


def test_an_outline_for_every_area_that_is_cut_and_no_other():
    drawn = {feature["properties"]["slug"] for feature in json.loads(SHAPES.read_text("utf-8"))["features"]}
    assert drawn == {area.slug for area in disputed_areas().values() if area.within}


def test_our_own_outlines_are_marked_as_approximate():
    assert all(area.approximate for area in disputed_areas().values() if area.within)
    assert not any(area.whole and area.within for area in disputed_areas().values())
