"""The names beside lines, in the drawn model of every chart that has them: nothing is covered, nothing is cut.

Boxes are measured by the widths of letters in Carlito, which are those of our face within a few hundredths.
"""

import itertools

import pytest

from dashboard.charts.colors import THEMES
from dashboard.charts.figure_words import MARK
from dashboard.charts.render import metrics
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import LINE_HEIGHT, Mark, Path, TextShape
from dashboard.stage.drawn import drawn
from data.i18n import LANGUAGES
from tests.dashboard.stage.test_wire import request_for

USUAL = {"indicators": ["detected_victims"], "state": [], "sex": ["total"], "period": (2007, 2023)}
CHOSEN = USUAL | {"reading": "lines", "state": ["CRI", "GTM", "HND"]}
CASES = {
    "lines of all states": ("explore", USUAL | {"reading": "lines"}),
    "lines of three states": ("explore", CHOSEN),
    "lines with the largest": ("explore", CHOSEN | {"state": ["CRI", "MEX", "USA"]}),
    "lines of a state by sex": ("explore", CHOSEN | {"state": ["HND"], "sex": ["female", "male", "total"]}),
    "a state and the region": ("compare", {"one": "ATG", "other": "region", "compared": "detected_victims"}),
    "two states": ("compare", {"one": "CRI", "other": "VCT", "compared": "persons_convicted"}),
    "between two states": ("between", {"one": "BOL", "other": "ARG"}),
    "the change in the region": ("region_change", {}),
    "one treaty": ("parties_chart", {"treaty": "palermo_protocol", "all_treaties": False}),
    "three treaties": ("parties_chart", {"treaty": "palermo_protocol", "all_treaties": True}),
    "between two others": ("between", {"one": "HTI", "other": "DOM"}),
}
WIDTHS = {"desk": (1280, 1280.0), "wall": (1680, 1680.0), "tablet": (720, 720.0), "phone": (640, 358.0)}


def shapes(name, changed, lang, width, across):
    look = {"width": str(width), "dark": "0"}
    return drawing(drawn(request_for(name, lang, look, **changed)).spec, across)


def box(text):
    """Left, top, right and bottom of a text in pixels."""
    lines = ["".join(words for words, _ in runs) for runs in text.lines]
    bold = any(heavy for runs in text.lines for _, heavy in runs)
    wide = max((metrics.width(line, text.size, bold=bold) for line in lines), default=0.0)
    tall = text.size * LINE_HEIGHT * len(lines)
    x, y = text.at
    left = {"left": x - wide, "right": x, "center": x - wide / 2}[text.side]
    top = {"top": y, "middle": y - tall / 2, "bottom": y - tall}[text.level]
    return left, top, left + wide, top + tall


def bounds(ring):
    """Left, top, right and bottom of a closed line."""
    across, down = zip(*ring, strict=True)
    return min(across), min(down), max(across), max(down)


def meet(one, other):
    """Whether two boxes overlap by more than a pixel."""
    return all(one[way] + 1 < other[way + 2] and other[way] + 1 < one[way + 2] for way in (0, 1))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_no_word_covers_another_or_a_mark_and_none_is_cut(case, width, lang):
    sheet = shapes(*CASES[case], lang, *WIDTHS[width])
    texts = [one for one in sheet.shapes if isinstance(one, TextShape)]
    # The mark of a contradicted total belongs to its point, as the point's own shape does; it does not count as a word.
    words = [(text, box(text)) for text in texts if text.lines != (((MARK, False),),)]
    spots = [mark.at for mark in sheet.shapes if isinstance(mark, Mark)]
    # The bars of sums by year, of all others and of the largest reporter.
    paints = {THEMES["light"].arrows["counted"], THEMES["light"].focus}
    paths = [one for one in sheet.shapes if isinstance(one, Path) and one.fill and one.fill.color in paints]
    bars = [bounds(ring) for one in paths for ring in one.lines] if not spots else []
    assert words
    assert spots or len(bars) > 20
    for text, (left, top, right, bottom) in words:
        assert left >= -1, text
        assert right <= sheet.width + 1, text
        assert not [spot for spot in spots if left < spot[0] < right and top < spot[1] < bottom], text
        assert not [one for one in bars if meet(one, (left, top, right, bottom))], text
    assert not [
        (one.plain, other.plain)
        for (one, mine), (other, theirs) in itertools.combinations(words, 2)
        if meet(mine, theirs)
    ]
