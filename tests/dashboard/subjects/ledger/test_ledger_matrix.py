from collections import Counter
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from dashboard.charts.colors import THEMES, resolved
from dashboard.charts.drawing import NOTES
from dashboard.charts.medium import PHONE, WALL, WIDE, Medium
from dashboard.charts.render.metrics import width
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.figures.grid import GLYPHS, Ledger, look_of
from dashboard.subjects.ledger.figures.matrix import ledger_matrix
from dashboard.subjects.ledger.query import CELLS
from data.i18n import language
from tests.dashboard.charts.map_samples import STATES
from tests.dashboard.subjects.ledger.samples import AREAS, COMMITMENTS, EVIDENCE

EN = language("en")
CELLS_OF = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS).rows(named=True)
TITLES = {number: f"Title of {number}" for number in COMMITMENTS["paragraph"]}
TOLD = Ledger(CELLS_OF, TITLES, {"CUB": "Cuba: it takes no part"})
LOOKS = {"wide": WALL, "middle": Medium(650), "phone": PHONE}


def spec(ledger=TOLD, lang=EN, medium=WALL, **options):
    return ledger_matrix(ledger, lang, medium, **options)


def targets(drawn):
    return next(trace for trace in drawn["data"] if "customdata" in trace)


def words(drawn):
    return [text for trace in drawn["data"] if trace["mode"] == "text" for text in trace["text"]]


def many():
    """As many columns as states."""
    areas = [f"A{first}{second}" for first in "BCDEF" for second in "GHIJKLM"]
    cells = ledger_query.matrix(EVIDENCE, COMMITMENTS, areas).rows(named=True)
    return Ledger([{**cell, "grade": "background"} for cell in cells], TITLES, {})


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("ledger", [TOLD, many(), Ledger([], {}, {})], ids=["few", "many", "none"])
def test_plotly_accepts_every_form(ledger, look, palette):
    assert go.Figure(resolved(spec(ledger, medium=look), palette)).data


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_each_cell_and_paragraph_has_a_target_at_its_place(look):
    marks = targets(spec(medium=look))
    cells = [[cell["paragraph"], cell["actor"]] for cell in CELLS_OF if cell["paragraph"] != 31]
    assert sorted(map(str, marks["customdata"])) == sorted(map(str, [*cells, [1], [9], [14], [30]]))
    assert len(set(zip(marks["x"], marks["y"], strict=True))) == len(marks["customdata"])


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_nothing_is_drawn_outside_of_the_figure(look):
    drawn = spec(many(), medium=look)
    wide, tall = drawn["layout"]["xaxis"]["range"][1], drawn["layout"]["yaxis"]["range"][0]
    for trace in (part for part in drawn["data"] if part["xaxis"] == "x"):
        assert all(0 <= x <= wide for x in trace["x"] if x is not None)
        assert all(0 <= y <= tall for y in trace["y"] if y is not None)


def test_a_long_title_wraps_then_is_cut_and_shown_whole_on_hover():
    long = "A title that is much longer than a row of the matrix has room for beside its columns"
    ledger = Ledger(many().cells, TITLES | {1: long}, {})
    drawn = spec(ledger)
    first = next(text for text in words(drawn) if text.startswith("A title that is"))
    assert first in long
    assert first != long
    assert long.removeprefix(first).strip() in words(drawn)
    # Its row is taller, and the boxes of the other rows keep their size.
    before, now = (
        {tuple(data): y for data, y in zip(marks["customdata"], marks["y"], strict=True)}
        for marks in (targets(spec(Ledger(many().cells, TITLES, {}))), targets(drawn))
    )
    moved = {now[key] - before[key] for key in before if key[0] > 1}
    assert len(moved) == 1
    assert moved.pop() > 0
    longer = " ".join([long] * 3)
    drawn = spec(Ledger(many().cells, TITLES | {1: longer}, {}))
    cut = next(text for text in words(drawn) if text.endswith("…"))
    assert cut[:-1] in longer
    assert longer in targets(drawn)["hovertext"]
    # If too few letters would remain, the title is a block of its own on as many lines as needed.
    lines = [text for text in words(spec(ledger, medium=Medium(1180))) if text.startswith("<b>")]
    assert "…" not in "".join(lines)
    assert f"1 {long}" in " ".join(line.removeprefix("<b>").removesuffix("</b>") for line in lines)


def test_boxes_do_not_overlap():
    for look in LOOKS.values():
        marks = targets(spec(many(), medium=look))
        places = Counter(zip(marks["x"], marks["y"], strict=True))
        assert max(places.values()) == 1


def test_no_two_looks_are_alike_in_either_theme():
    for theme in THEMES:
        looks = [look_of(grade) for grade in CELLS]
        seen = {repr(resolved([look.fill, look.hatch, list(look.line)], theme)) for look in looks}
        assert len(seen) == len(CELLS)
        # Without any color: a hatch, an edge, or lighter and darker fills.
        colors = [resolved(look.fill, theme) for look in looks[4:]]
        fills = [sum(int(color[at : at + 2], 16) for at in (1, 3, 5)) for color in colors]
        steps = [abs(one - other) for one, other in pairwise(fills)]
        assert min(steps) > 60
    assert len(set(GLYPHS.values())) == 4


def test_only_a_cited_status_has_a_symbol():
    signs = [trace for trace in spec()["data"] if trace.get("marker", {}).get("symbol") == GLYPHS["substantial"]]
    assert [len(trace["x"]) for trace in signs] == [1]
    assert not any(trace.get("marker", {}).get("symbol") == GLYPHS["limited"] for trace in spec()["data"])


def test_the_key_has_the_grades_that_occur_and_explains_the_signs():
    texts = words(spec())
    assert "Reviewed by others (1)" in texts
    assert "Source before March 2018 or undated (1)" in texts
    assert "Nothing found (6)" in texts
    assert "Treaty status (2)" in texts
    assert "A figure, not an action (2)" in texts
    assert "Substantial progress (1)" in texts
    assert any("Symbol: progress reported" in text for text in texts)
    unsaid = Ledger([{**cell, "status": None} for cell in CELLS_OF], TITLES, {})
    assert not any("Symbol" in text for text in words(spec(unsaid)))
    older = Ledger([{**cell, "grade": "background", "status": None} for cell in CELLS_OF], TITLES, {})
    assert [text for text in words(spec(older)) if text.endswith(")")] == ["Source before March 2018 or undated (15)"]


def test_paragraphs_without_anything_are_one_line_under_the_matrix():
    drawn = spec()
    assert "Title of 31" not in words(drawn)
    assert "Nothing found for paragraph 31." in drawn["layout"]["meta"][NOTES]
    nothing = Ledger([{**cell, "grade": "none"} for cell in CELLS_OF], TITLES, {})
    assert "Title of 31" in words(spec(nothing))


def test_on_a_phone_the_key_is_below_the_matrix():
    for medium in (WALL, PHONE):
        drawn = spec(medium=medium)
        (key, _), (_, top) = drawn["layout"]["yaxis9"]["domain"], drawn["layout"]["yaxis"]["domain"]
        assert (key < top) is medium.narrow


def test_a_cell_names_actor_evidence_and_date():
    hover = dict(zip(map(str, targets(spec())["customdata"]), targets(spec())["hovertext"], strict=True))
    assert hover["[1, 'ARG']"] == (
        "<b>Argentina</b><br>1 Title of 1<br>Strongest source: reviewed by others<br>"
        "Progress reported: substantial progress<br>Period or date: 2008–2019<br>With a reply or correction"
    )
    assert hover["[1, 'CUB']"].endswith("Cuba: it takes no part")
    assert hover["[1, 'PRY']"].endswith(
        "Strongest source: a figure, not an action<br>It does not show that anything was done.<br>Period or date: 2020"
    )
    assert hover["[14, 'CRI']"].endswith("Period or date: undated")


def test_states_are_ordered_by_code_before_bodies_and_remarks_are_marked():
    # The asterisk stands above its code; the codes stand above the columns and below them.
    codes = [text for text in words(spec()) if text in {"ARG", "CRI", "CUB", "*", "PRY", "OAS-GS", "All states"}]
    assert codes[:8] == [*("ARG", "ARG", "CRI", "CRI"), *("CUB", "*", "CUB", "*")]
    assert codes[8:] == [*("PRY", "PRY", "OAS-GS", "OAS-GS"), *("All states", "All states")]


def test_the_codes_of_columns_do_not_touch_on_a_small_screen():
    cells = ledger_query.matrix(EVIDENCE, COMMITMENTS, STATES).rows(named=True)
    cells = [{**cell, "grade": "background"} for cell in cells]
    titles = dict.fromkeys(TITLES, "Eliminate trafficking and the worst forms of child labor wherever they are")
    ledger = Ledger(cells, titles, dict.fromkeys(("CUB", "NIC", "PRY", "VEN"), "remark"))
    drawn = spec(ledger, medium=WIDE)
    pixels = (drawn["layout"]["xaxis"]["range"][1] - drawn["layout"]["xaxis"]["range"][0]) / 1280
    rows = {}
    for trace in drawn["data"]:
        if trace["mode"] == "text":
            size = trace["textfont"]["size"]
            for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
                if text.rstrip("*") in STATES or text == "*":
                    rows.setdefault((trace["xaxis"], y), []).append((x / pixels, width(text, size) / 2))
    assert len(rows) >= 2
    for row in rows.values():
        assert all(b - a > half + other + 1 for (a, half), (b, other) in pairwise(sorted(row)))
