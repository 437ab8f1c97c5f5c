"""The bars of the paragraphs: each number is that of the evidence table, counted here row by row."""

import csv
from collections import Counter
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path as File

import plotly.graph_objects as go
import pytest

from dashboard import store
from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.medium import EMBED, LAPTOP, PHONE, TABLET, WALL
from dashboard.charts.render.metrics import width
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Path
from dashboard.subjects.ledger import entries
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.figures.bars import ledger_bars
from dashboard.subjects.ledger.figures.grid import look_of
from dashboard.subjects.ledger.page_figures import BARS
from dashboard.views.figure import Values
from data.declaration import TITLES
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.ledger.samples import APART, AREAS, COMMITMENTS, EVIDENCE

EN = language("en")
COMMITTED = File(__file__).parents[4] / "data" / "reference" / "commitments.csv"
MATRIX = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS)
TALLY = ledger_query.tally(MATRIX, APART)
MEDIA = {"phone": PHONE, "tablet": TABLET, "embed": EMBED, "laptop": LAPTOP, "wall": WALL}
# From the strongest to the weakest; a treaty act is a fact on the paragraph of facts.
WORDS = {
    "public_document": "Public document",
    "fact": "Treaty status",
    "figure": "A figure, not an action",
    "background": "Source before March 2018 or undated",
    "none": "Nothing found",
}
BODIES = {"OAS-GS": "General Secretariat of the OAS", "COLLECTIVE": "States together"}


def spec(tally=TALLY, medium=WALL, lang=EN, **options):
    return ledger_bars(entries.bars(tally, lang), lang, medium, **options)


def framed(medium=WALL, code="en", **changed):
    values = Values.of({spec.name: spec.default for spec in BARS.filters} | changed)
    return BARS.draw(values, language(code), medium)


def of_snapshot(medium=WALL, code="en", **changed):
    return framed(medium, code, **changed).spec


def hovers(made):
    """What the marks of each paragraph say, line by line; all marks of a paragraph say the same."""
    (marks,) = [trace for trace in made["data"] if "customdata" in trace]
    said = {}
    for (number,), text in zip(marks["customdata"], marks["hovertext"], strict=True):
        assert said.setdefault(number, text.split("<br>")) == text.split("<br>")
    return said


def parts(made):
    """The parts of all bars: left, top, width and height in pixels, by their look."""
    found = []
    for trace in made["data"]:
        if trace.get("fill") != "toself" or trace["xaxis"] != "x" or trace["fillcolor"] == trace["line"]["color"]:
            continue
        corners = [[]]
        for point in zip(trace["x"], trace["y"], strict=True):
            corners.append([]) if point[0] is None else corners[-1].append(point)
        look = trace["fillcolor"], str(trace.get("fillpattern"))
        for box in corners:
            (left, *_, right), (top, *_, bottom) = (sorted(ends) for ends in zip(*box, strict=True))
            # A gap of a pixel on each side belongs to the part.
            found.append((left / 10 - 1, top / 10 - 1, (right - left) / 10 + 2, (bottom - top) / 10 + 2, look))
    return found


@cache
def recounted():
    """The lines of each paragraph: states and bodies by their best entry, from the table and the reviewed file."""
    newest = {}
    for row in store.tables().table("evidence").collect().iter_rows(named=True):
        if row["grade"] != "reply" and newest.get(row["id"], row)["version"] <= row["version"]:
            newest[row["id"]] = row
    states = sorted(store.tables().table("areas").collect()["area"])
    lines = {}
    with COMMITTED.open(encoding="utf-8", newline="") as file:
        for declared in csv.DictReader(file):
            number = int(declared["paragraph"])
            best = {}
            for row in newest.values():
                if row["paragraph"] == number:
                    fact = declared["kind"] == "fact" and row["kind"] == "treaty"
                    grade = "fact" if fact else row["grade"]
                    best[row["actor"]] = min(best.get(row["actor"], "none"), grade, key=[*WORDS].index)
            counted = [area for area in states if area != "CUB" or declared["counted_of"] == "35"]
            counts = Counter(best.get(area, "none") for area in counted if declared["counted_of"])
            assert sum(counts.values()) == int(declared["counted_of"] or 0)
            lines[number] = [f"{word}: {counts[grade]}" for grade, word in WORDS.items() if counts[grade]]
            for body in [body for body in BODIES if body in declared["actor"]]:
                word = WORDS[best.get(body, "none")]
                lines[number].append(f"{BODIES[body]}: {word[0].lower()}{word[1:]}")
    return lines


def test_every_number_is_that_of_the_evidence_table():
    said = hovers(of_snapshot())
    assert list(said) == list(range(1, 33))
    assert {number: lines[1:] for number, lines in said.items()} == recounted()
    assert [lines[0] for lines in said.values()] == [f"<b>{number} {title}</b>" for number, title in TITLES.items()]


@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
def test_each_part_has_its_number_and_is_as_long_as_it_says(medium):
    made, unit = of_snapshot(medium), None
    texts = [
        (x, y, int(text))
        for trace in made["data"]
        if trace["mode"] == "text" and trace["xaxis"] == "x"
        for x, y, text, side in zip(trace["x"], trace["y"], trace["text"], trace["textposition"], strict=True)
        if side == "middle center"
    ]
    bars = [part for part in parts(made) if part[3] > 15]
    assert len(texts) == len(bars)
    numbers = Counter(
        int(line.split(": ")[1]) for lines in recounted().values() for line in lines if line[-1].isdigit()
    )
    assert Counter(number for *_, number in texts) == numbers
    for left, top, wide, tall, _ in bars:
        (inside,) = [n for x, y, n in texts if left < x / 10 < left + wide and top < y / 10 < top + tall]
        unit = unit or wide / inside
        assert wide / inside == pytest.approx(unit, rel=0.04)


def test_the_strongest_comes_first_and_parts_of_a_bar_do_not_overlap():
    order = [(look_of(grade).fill, str(look_of(grade).hatch)) for grade in WORDS]
    rows = {}
    for left, top, wide, tall, look in parts(of_snapshot()):
        if tall > 15:
            rows.setdefault((left > 800, round(top)), []).append((left, wide, order.index(look)))
    assert len(rows) == 28
    for row in rows.values():
        for (left, wide, rank), (then, _, below) in pairwise(sorted(row)):
            assert then == pytest.approx(left + wide, abs=0.3)
            assert rank < below


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
def test_titles_are_whole_and_end_before_their_bars(medium, code):
    made = of_snapshot(medium, code)
    middle = medium.across / 2 if medium.across > 1000 else medium.across
    starts = [
        min(left for left, *_ in parts(made) if (left < middle) is here) for here in {True, middle == medium.across}
    ]
    lines = [
        (x / 10, text)
        for trace in made["data"]
        if trace["mode"] == "text" and trace["xaxis"] == "x"
        for x, text, side in zip(trace["x"], trace["text"], trace["textposition"], strict=True)
        if side == "middle right"
    ]
    words = " ".join(text for _, text in lines)
    for title in TITLES.values():
        assert language(code).text(title) in words
    # A line ends before the bars of its column, or before the next column.
    edges = [medium.across, middle, *[start for start in starts if start > 0]]
    for x, text in lines:
        assert x + width(text.removeprefix("<b>").removesuffix("</b>"), 14) < min(edge for edge in edges if edge > x)


@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("tally", [TALLY, TALLY.filter(paragraph=9), TALLY.clear()], ids=["some", "a body", "none"])
def test_plotly_accepts_every_form(tally, medium, palette):
    assert go.Figure(resolved(spec(tally, medium), palette)).data


@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
def test_nothing_is_drawn_outside_of_the_figure(medium):
    made = of_snapshot(medium)
    wide, tall = made["layout"]["xaxis"]["range"][1], made["layout"]["yaxis"]["range"][0]
    for trace in (part for part in made["data"] if part["xaxis"] == "x"):
        assert all(0 <= x <= wide for x in trace["x"] if x is not None)
        assert all(0 <= y <= tall for y in trace["y"] if y is not None)


@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
def test_in_a_document_each_whole_row_leads_to_its_paragraph(medium):
    made = of_snapshot(medium)
    rows = [shape for shape in drawing(made, medium.across, targets=True).shapes if shape.layer == "target"]
    boxes = {shape.opens: shape.lines[0] for shape in rows if isinstance(shape, Path)}
    assert list(boxes) == [str(number) for number in range(1, 33)]
    for one, other in combinations(boxes.values(), 2):
        (left, top), (right, bottom) = one[0], one[2]
        (west, north), (east, south) = other[0], other[2]
        assert right <= west or east <= left or bottom <= north + 0.1 or south <= top + 0.1
    for shape in rows:
        if not isinstance(shape, Path):
            (left, top), (right, bottom) = boxes[shape.opens][0], boxes[shape.opens][2]
            assert left <= shape.at[0] <= right
            assert top <= shape.at[1] <= bottom


def test_a_paragraph_for_a_body_or_for_all_together_is_shown_as_what_it_is():
    said = hovers(spec())
    assert said[9][1:] == ["General Secretariat of the OAS: report of the state"]
    assert said[31][1:] == ["States together: nothing found"]
    # Of the four states one is apart; the states together are no fifth one.
    assert said[14][1:] == ["Public document: 1", "Nothing found: 2", "States together: nothing found"]
    boxes = [tall for *_, tall, _ in parts(spec())]
    assert sum(tall < 15 for tall in boxes) == 3


def test_a_state_apart_is_counted_for_facts_and_where_states_are_chosen():
    counted = {1: 3, 14: 3, 30: 4}
    states = TALLY.filter(TALLY["body"].is_null())
    for tally, cuba in ((states, 0), (ledger_query.tally(MATRIX, ()), 1)):
        for number, n in counted.items():
            mine = tally.filter(tally["body"].is_null(), paragraph=number)
            assert mine["n"].sum() == n + cuba * (number != 30)
    assert hovers(of_snapshot(state=["CRI", "CUB"]))[2][1:] == ["Nothing found: 2"]
    assert hovers(of_snapshot(state=["CUB"]))[1][1:] == ["A figure, not an action: 1"]


def test_the_frame_says_who_is_left_out_and_who_made_a_reservation():
    def foot(**changed):
        made = framed(**changed)
        return " ".join([*made.notes, *made.about])

    assert "Counts of 34 states leave out Cuba" in foot()
    assert "Paraguay: made an ad referendum reservation" in foot()
    chosen = foot(state=["CRI", "CUB"])
    assert "leave out" not in chosen
    assert "Paraguay" not in chosen


def test_no_zero_is_printed():
    for code in LANGUAGES:
        for lines in hovers(of_snapshot(code=code)).values():
            assert not [line for line in lines if line.endswith((" 0", "\u202f0"))]


def test_the_key_has_what_is_drawn_and_each_texture_is_seen_without_color():
    made = of_snapshot()
    key = [text for trace in made["data"] if trace["xaxis"] == "x9" for text in trace.get("text", [])]
    assert [text for text in key if not text.startswith("<b>")] == [*WORDS.values()]
    looks = {grade: look_of(grade) for grade in WORDS}
    # Solid: what is known now. A hatch: a mere figure, or what was known before. White: nothing.
    assert {grade for grade, look in looks.items() if look.hatch} == {"figure", "background"}
    assert [grade for grade, look in looks.items() if not look.hatch and look.fill == COLORS.surface] == ["none"]
