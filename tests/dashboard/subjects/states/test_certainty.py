"""Whether the figures of a state rise or fall, and how sure its total is; recounted from the publisher's workbook."""

import os
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.parts import country
from dashboard.subjects.coverage import revisions
from dashboard.subjects.states import certainty_words, profile
from dashboard.subjects.states.trend import trend, trend_of
from dashboard.subjects.states.victims import VICTIMS, Groups
from data.i18n import LANGUAGES, language
from tests.etl.cells import cells

EN = language("en")
MASK, ANY = (1, 4), (0, 4)
TOTAL = ("Total",) * 4
DETECTED = "Detected trafficking victims"


def words(*figures: int | tuple[int, int] | None) -> str:
    """The sentence on figures of years from 2010 on; None is a year without one."""
    ends = [one if one is None or isinstance(one, tuple) else (one, one) for one in figures]
    rows = [(2010 + at, *one) for at, one in enumerate(ends) if one]
    frame = pl.DataFrame(rows, schema={"year": pl.Int16, "low": pl.Float64, "high": pl.Float64}, orient="row")
    return certainty_words.trend(EN, trend_of(frame))


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((5, 7, 9), "The figure has risen every year since 2010 (5)."),
        ((9, 7, MASK), "The figure has fallen every year since 2010 (9)."),
        ((MASK, 5, 9), "The figure has risen every year since 2010 (fewer than five)."),
        # Only the last five years in a row count.
        ((99, 1, 2, 3, 4, 5), "The figure has risen every year since 2011 (1)."),
        ((99, None, 1, 2, 3), "The figure has risen every year since 2012 (1)."),
        ((5, 9, 7), "The figure was 5 in 2010; since then it has risen in some years and fallen in others."),
        # It rose, stayed and may have risen again: no fall for certain.
        ((5, 9, 9), "The figure was 5 in 2010 and has neither risen nor fallen steadily since."),
        # A masked figure may be as large as 4: no rise from 3, and a mask is not above another.
        ((3, MASK, 9), "The figure was 3 in 2010 and has neither risen nor fallen steadily since."),
        ((MASK, MASK, 9), "The figure was fewer than five in 2010 and has neither risen nor fallen steadily since."),
        # The mask may be a zero.
        ((0, ANY, 9), "The figure was 0 in 2010 and has neither risen nor fallen steadily since."),
        ((0, 0, 0), "The figure is the same in each year reported since 2010."),
        # Figures of fewer than five need not be the same.
        ((ANY, ANY, ANY), "The figure is fewer than five in each year reported since 2010."),
    ],
)
def test_a_rise_or_a_fall_is_said_only_where_it_is_certain(figures, sentence):
    assert words(*figures) == sentence


@pytest.mark.parametrize("figures", [(), (5,), (5, 9), (5, 6, 7, None, 8, 9)])
def test_of_fewer_than_three_years_in_a_row_nothing_is_said(figures):
    assert words(*figures).startswith("Whether the number rises or falls cannot be said:")


def readings(*figures: tuple[int, int]) -> pl.DataFrame:
    days = ["2024-04-14", "2025-04-14", "2025-10-28"][-len(figures) :]
    rows = [(day, *figure) for day, figure in zip(days, figures, strict=True)]
    return pl.DataFrame(rows, schema=["release", "low", "high"], orient="row")


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (((56, 56),), "It is in only one UNODC release so far."),
        (((56, 56), (56, 56)), "It is the same in 2 UNODC releases."),
        (((50, 50), (56, 56)), "UNODC’s release of 14 April 2025 gave 50."),
        ((ANY, (0, 0)), "UNODC’s release of 14 April 2025 gave “fewer than five”."),
        ((MASK,), "UNODC gives it only as “fewer than five”."),
    ],
)
def test_how_sure_a_total_is(figures, sentence):
    unit = "UNODC does not say whether the state counts persons or cases."
    assert certainty_words.of_total(EN, readings(*figures), []) == f"How certain is the total? {sentence} {unit}"


def test_groups_that_contradict_the_total_are_named():
    groups = [
        Groups(dimension="sex", year=2023, figures={"female": (9.0, 9.0)}, total=(8.0, 8.0)),
        Groups(dimension="age", year=2023, figures={"0-17": (8.0, 8.0)}, total=(8.0, 8.0)),
    ]
    assert "The figures by sex contradict it." in certainty_words.of_total(EN, readings((8, 8)), groups)


@cache
def printed(newest: bool = True) -> dict[str, dict[int, str]]:
    """The totals of detected victims as a workbook prints them, by state and year."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    files = sorted(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    for row in cells(files[-1 if newest else -2])[3:]:
        if row[0] in store.areas() and row[4] == DETECTED and row[5:9] == TOTAL:
            found[str(row[0])][int(str(row[9]))] = str(row[11])
    return found


@pytest.mark.real
@pytest.mark.parametrize("area", ["USA", "CRI", "PAN", "MEX", "VEN", "LCA", "SUR"])
def test_the_trend_of_a_state_is_that_of_the_workbook(area):
    years = sorted(printed()[area])
    row = [year for year in years if {*range(year, years[-1] + 1)} <= {*years}][-5:]
    texts = [printed()[area][year] for year in row]
    sentence = certainty_words.trend(EN, trend(area, VICTIMS))
    if len(row) < 3:
        assert "cannot be said" in sentence
        return
    # UNODC prints zeros in its newest release: a mask is 1 to 4.
    ends = [(1, 4) if text == "<5" else (int(text.replace(",", "")),) * 2 for text in texts]
    rises = all(before[1] < after[0] for before, after in pairwise(ends))
    falls = all(before[0] > after[1] for before, after in pairwise(ends))
    assert ("risen every year" in sentence, "fallen every year" in sentence) == (rises, falls)
    first = "fewer than five" if texts[0] == "<5" else f"{ends[0][0]:,}"
    assert str(row[0]) in sentence
    assert first in sentence


@pytest.mark.real
def test_a_total_is_the_same_in_both_releases_where_both_workbooks_print_it():
    kinds = set()
    for area in sorted(printed()):
        year = max(printed()[area])
        before, after = printed(newest=False)[area].get(year), printed()[area][year]
        text = country.opening(EN, area, "newest").split("\n")[1]
        same, only = "same in 2 UNODC releases" in text, "only one UNODC release" in text
        assert (same, only) == (before == after, before is None)
        kinds.add((same, only))
    assert kinds == {(True, False), (False, True), (False, False)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_opening_has_the_trend_of_every_state_and_how_sure_it_is(code):
    lang = language(code)
    for area in store.areas():
        known, *certainty = country.opening(lang, area, "newest").split("\n")
        totals = [one.row for one in profile.latest(area) if one.indicator == VICTIMS]
        sentence = certainty_words.trend(lang, trend(area, VICTIMS))
        assert (sentence in known) is bool(totals)
        if totals:
            last = revisions.releases(VICTIMS, area).filter(year=totals[0]["year"])
            assert certainty[0].startswith(certainty_words.of_total(lang, last, [])[:20])
