import math

from dashboard.charts.medium import PHONE
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
    assert {"ESP", "CHN"} <= set(printed(spec(basemap, english, medium=PHONE)))


def test_every_state_can_be_chosen_and_every_arrow_too(basemap, english):
    data = [mark for trace in spec(basemap, english)["data"] for mark in trace.get("customdata", [])]
    assert sorted(mark for mark in data if len(mark) == 1) == [[code] for code in STATES]
    assert ["GTM", "HND", "GTM", "direct", None] in data


def test_the_marker_of_a_state_and_the_text_of_its_label_open_it(basemap, english):
    data, written = spec(basemap, english)["data"], []
    for axis in ("x", "x2"):
        here = [trace for trace in data if trace["xaxis"] == axis and trace["mode"] == "markers"]
        circles = next(trace for trace in here if isinstance(trace["marker"]["size"], list))
        drawn_at = list(zip(circles["x"], circles["y"], circles["marker"]["size"], strict=True))
        answers = next(trace for trace in here if "words" in trace.get("meta", ""))
        boxes = {place: [] for place in range(len(answers["customdata"]))}
        for number, *box in answers["meta"]["words"]:
            boxes[number].append(box)
        for place, ((x, y, *text), (across, up, *marker)) in boxes.items():
            written += answers["customdata"][place]
            # The letters of a code, and all of a circle of nine pixels where one is drawn.
            assert text[2] - text[0] > 16
            assert text[3] - text[1] > 14
            assert max(marker[:2]) < -4.5 < 4.5 < min(marker[2:])
            near = [(math.dist((across, up), one[:2]), one[2]) for one in drawn_at]
            assert min(near)[0] < 2
            assert min(near)[1] == 9
            assert (x, y) != (across, up)
    assert sorted(written) == sorted(STATES)


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
