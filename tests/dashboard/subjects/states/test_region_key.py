from dashboard.subjects.states.figures.region_map import class_items
from tests.dashboard.subjects.states.region_samples import printed, spec


def test_the_key_prints_limits_and_how_many_states(basemap, english):
    texts = printed(spec(basemap, english))
    for text in ("over 1 to 200 (1)", "over 200 (2)", "Zero (1)", "No figure (29)"):
        assert text in texts
    assert "<b>Detected victims</b>" in texts
    assert not any("(0)" in text or text.startswith("up to") for text in texts)


def test_the_key_omits_what_does_not_occur(basemap, english):
    assert not any("Impossible value" in text for text in printed(spec(basemap, english)))


def test_similar_figures_are_one_entry_and_missing_ones_have_no_entry(english):
    assert [item.text for item in class_items([5.0, 5.0], [], english)] == ["Exact figure (2)"]
    assert class_items([], [], english) == []
    assert [item.text for item in class_items([1.0, 5.0, 6.0], [5.0], english)] == ["up to 5 (2)", "over 5 (1)"]
