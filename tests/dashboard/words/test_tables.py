import polars as pl
import pytest

from dashboard.words import tables


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["1,282", "0–4", "–"], True),
        (["1 282", "12"], True),
        (["2.61", "0.05"], True),
        (["2019", "2020", "–"], False),
        (["2010–2012, 2015", "2009"], False),
        (["–", "–"], False),
        (["2013.1", "2008", "–"], False),
        (["Argentina", "12"], False),
    ],
)
def test_figures_are_right_aligned_and_years_are_not(cells, right):
    assert tables.sheet(pl.DataFrame({"heading": cells})).figures == ("heading",) * right


@pytest.mark.parametrize(
    ("cells", "letters"),
    [
        # The browser measures ten cells and the last; longer cells in between would be cut.
        (["short"] * 12 + ["a" * 30] + ["short"], 30),
        (["a" * 20] * 12 + ["a" * 30], 0),
        # It ignores cells twice as long as the typical one.
        (["Chad"] * 8 + ["Saint Vincent and the Grenadines"], 32),
        (["0123456789abcdef" * 4] * 3, 64),
        (["Chad", "Cuba", "Peru"], 0),
        ([], 0),
    ],
)
def test_a_column_that_the_browser_would_cut_has_a_width(cells, letters):
    widths = tables.sheet(pl.DataFrame({"heading": cells}, schema={"heading": pl.String})).widths
    assert list(widths) == ["heading"] * (letters > 0)
    # The widest letters of normal text are 8 pixels wide, a hash's 6.8; the column must not be twice as wide as needed.
    assert all(6.8 * letters < width < 10 * letters for width in widths.values())
