"""The class limits are those published in `docs/method.md`, and no class is empty when a reader arrives."""

import re
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse
from dashboard.stage.request import query as query_of
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query
from data import manifest

METHOD = Path(__file__).parents[4] / "docs" / "method.md"
CODES = [query.measured(code, measure) for code in manifest.counts() for measure in query.MEASURES]


def counts(code, year, limits):
    """How many states have a positive figure in each class, counted here."""
    rows = query.region(code, year).filter(pl.col("status") == "exact", pl.col("high") > 0)
    ends = pairwise([0.0, *limits, float("inf")])
    return [sum(low < figure <= high for figure in rows["high"]) for low, high in ends]


@pytest.mark.parametrize("code", CODES)
def test_no_part_is_empty_in_the_default_year(code):
    """The last two classes taken together: the last may be of figures far above all others."""
    limits = query.breaks(code)
    assert 3 <= len(limits) <= 5
    *first, last, far = counts(code, states_filters.default_year(code.removesuffix("_rate")), limits)
    assert min(*first, last + far) > 0


@pytest.mark.parametrize("code", CODES)
def test_the_limits_are_those_published(code):
    published = dict(re.findall(r"^\| `(\w+)` \|.*\| ([\d., ]+) \|$", METHOD.read_text("utf-8"), re.MULTILINE))
    assert [float(limit.replace(",", "")) for limit in published[code].split(", ")] == list(query.breaks(code))


def key_of(year):
    """The classes in the key of a year's map, without their counts."""
    values = {spec.name: spec.default for spec in states_filters.REGION} | {"year": year}
    parameters = query_of("region", values, "en") | {"width": "1280", "dark": "0"}
    texts = [text for trace in drawn(parse("region", parameters)).spec["data"] for text in trace.get("text", [])]
    return [text.partition(" (")[0] for text in texts if re.match(r"(up to|over|[\d.]+ to) [\d.]+", text)]


@pytest.mark.parametrize("year", [2003, 2010, 2023])
def test_limits_do_not_move_with_the_year(year):
    every = ["up to 0.2", "over 0.2 to 0.5", "over 0.5 to 1", "over 1 to 2", "over 2 to 5", "over 5"]
    drawn_classes = [some > 0 for some in counts("detected_victims_rate", year, query.breaks("detected_victims_rate"))]
    assert key_of(year) == [text for text, some in zip(every, drawn_classes, strict=True) if some]
