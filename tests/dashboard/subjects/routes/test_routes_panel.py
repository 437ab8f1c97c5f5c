from data.i18n import language
from tests.dashboard.charts.map_samples import STATES
from tests.dashboard.subjects.routes.routes_samples import LIGHT, drawn, printed, spec


def test_arrows_are_drawn_where_they_are_readable(basemap, english):
    figure = spec(basemap, english)
    assert drawn(figure) == ["COL→COL", "MEX→USA", "COL→ESP", "CHN→ARG", "BWA→USA"]
    assert drawn(figure, "x2") == ["HND→GTM", "HTI→BHS"]


def test_countries_outside_the_region_are_named_at_the_edges(basemap, english):
    texts = printed(spec(basemap, english))
    assert {"Spain", "China", "Botswana"} <= set(texts)
    assert "Espagne" in printed(spec(basemap, language("fr")))
    assert {"ESP", "CHN"} <= set(printed(spec(basemap, english, narrow=True)))


def test_every_state_can_be_chosen_and_every_arrow_too(basemap, english):
    data = [mark for trace in spec(basemap, english)["data"] for mark in trace.get("customdata", [])]
    assert sorted(mark for mark in data if len(mark) == 1) == [[code] for code in STATES]
    assert ["GTM", "HND", "GTM", "direct", None] in data


def test_hover_text_of_states_has_their_roles(basemap, english):
    texts = [text for trace in spec(basemap, english)["data"] for text in trace.get("hovertext", [])]
    assert any(text.startswith("<b>Colombia</b><br>Origin (2011, ") for text in texts)


def test_fills_are_pale_so_that_arrows_read(basemap, english):
    fills = {t["fillcolor"] for t in spec(basemap, english)["data"] if t.get("name") in STATES}
    assert fills == {LIGHT.tint}


def test_filtered_states_stand_out_and_are_in_the_key(basemap, english):
    figure = spec(basemap, english, chosen=["COL", "MEX"])
    borders = {t["name"]: t["line"]["color"] for t in figure["data"] if t.get("name") in STATES and t["xaxis"] == "x"}
    assert len(borders) == 35
    assert {code for code, color in borders.items() if color == LIGHT.ink} == {"COL", "MEX"}
    assert "Chosen state" in printed(figure)
    assert "Chosen state" not in printed(spec(basemap, english))
