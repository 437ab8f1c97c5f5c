"""The annex of the paper: every figure of the map, and the cell of each latest figure; the notes repeat them."""

import re
from math import ceil, floor

import polars as pl
import pytest

from dashboard.briefing import build, key, maps
from dashboard.shell import choices
from dashboard.subjects.states import query as states_query
from data.i18n import LANGUAGES, language
from tests.dashboard.briefing.deck import REPORTED, WHOLE, interval, snapshot_table

STATES = 35


def rate(low, high, code):
    """An interval is written outwards: it never says less than is known."""
    point = "." if code in ("en", "es") else ","
    if low == high:
        return f"{low:.2f}".replace(".", point)
    ends = floor(low * 100) / 100, ceil(high * 100) / 100
    return "–".join(f"{end:.2f}" for end in ends).replace(".", point)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_map_of_the_region_has_a_table_of_every_state(code):
    lang, year = language(code), choices.default_year(maps.VICTIMS)
    part = maps.region(lang, year, build.PAPER)
    (table,) = part.annex
    by_state = {row[0]: row[1:] for row in table.rows}
    assert len(by_state) == len(table.rows) == STATES
    rows = snapshot_table("observations").filter(*WHOLE, REPORTED, pl.col("year") == year)
    counts = rows.filter(pl.col("indicator") == "detected_victims")
    rates = rows.filter(pl.col("indicator") == "detected_victims_rate")
    assert 0 < counts.height < STATES
    for row in counts.iter_rows(named=True):
        figure, per, cell = by_state.pop(lang.country(row["area"]))
        own = rates.row(by_predicate=pl.col("area") == row["area"], named=True)
        assert figure == interval(row["low"], row["high"], code)
        assert per == rate(own["low"], own["high"], code)
        assert cell == row["locator"]
        assert f"{figure} · {per} · {cell}" in part.notes
    # Without a figure there are words, and no number.
    assert not [words for words in by_state.values() if re.search(r"\d", "".join(words))]


@pytest.mark.parametrize("area", ["CRI", "USA", "GRD"])
def test_each_latest_figure_of_a_state_has_its_cell(area):
    part = key.of_state(language("en"), area)
    shown = pl.col("indicator").is_in([*states_query.COUNTS, key.RATE])
    rows = snapshot_table("observations").filter(*WHOLE, REPORTED, shown, pl.col("area") == area)
    newest = rows.filter(pl.col("year") == pl.col("year").max().over("indicator"))
    cells = {row["locator"]: str(row["year"]) for row in newest.iter_rows(named=True) if row["locator"]}
    annex_rows = [row for table in part.annex for row in table.rows]
    named = {row[2].split(" · ")[-1]: row[1] for row in annex_rows if " · " in row[2]}
    assert named.items() <= cells.items()
    assert len(annex_rows) == len([fact for fact in part.facts if re.search(r"\d", fact.figure)])
    assert all(row[2] in part.notes for row in annex_rows)
    assert bool(annex_rows) is (rows.height > 0)


def test_a_map_with_a_chosen_state_has_no_table():
    assert maps.region(language("en"), 2022, build.PAPER, ("CRI",)).annex == ()
