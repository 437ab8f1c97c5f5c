"""New and changed totals against the years around them."""

import polars as pl
import pytest
from scipy.stats import nbinom, poisson

from etl.checking import series


def figures(*values: float | tuple[float, float], first: int = 2015) -> pl.DataFrame:
    """Totals of one series, a year each."""
    rows = [(first + n, *(v if isinstance(v, tuple) else (v, v))) for n, v in enumerate(values)]
    schema = {"year": pl.Int16, "low": pl.Float64, "high": pl.Float64}
    place = {"source": "a_source", "indicator": "detected_victims", "area": "CRI", "unit": "persons"}
    whole = dict.fromkeys(("sex", "age", "form"), "total")
    named = {name: pl.lit(text) for name, text in (place | whole).items()}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(**named, derived=pl.lit(value=False))


def outside(*values: float | tuple[float, float], kind: str = "new") -> list[int]:
    """Whether the last year is asked about, if it is new: its year, or nothing."""
    now = figures(*values)
    changed = now.tail(1).with_columns(kind=pl.lit(kind), whole=pl.lit(value=True))
    return series.outside(now, changed)["year"].to_list()


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ((35, 31, 40, 38, 36, 43), False),
        ((35, 31, 40, 38, 36, 400), True),
        ((35, 31, 40, 38, 36, 0), True),
        ((35, 31, 40, 38, 36, 8), True),
        # Where the years differ much, much is usual.
        ((5, 60, 20, 90, 8, 150), False),
        # Two other years say nothing.
        ((35, 31, 400), False),
        ((0, 0, 0, 0, 2), False),
        ((0, 0, 0, 0, 30), True),
        # A mask may be four, which the years before allow.
        ((9, 8, 10, 9, (1.0, 4.0)), False),
        ((90, 80, 100, 90, (1.0, 4.0)), True),
    ],
)
def test_a_total_unlike_the_years_around_it_is_asked_about(values, asked):
    assert bool(outside(*values)) == asked


def test_what_has_not_changed_is_not_asked_about():
    assert outside(35, 31, 40, 38, 36, 400, kind="convention") == []


def test_the_range_is_that_of_the_distributions():
    """Poisson where variance is at most the mean, else a negative binomial with the mean and variance of the years."""
    known = pl.DataFrame({"mean": [40.0, 40.0], "variance": [10.0, 300.0], "n": [5, 5]})
    rows = series._ranged(known).rows()
    assert rows[0] == tuple(poisson.interval(0.99, 40.0))
    low, high = rows[1]
    model = nbinom(40.0**2 / (360 - 40), 40 / 360)
    assert (model.mean(), model.var()) == (pytest.approx(40), pytest.approx(360))
    assert model.cdf(high) - model.cdf(low - 1) == pytest.approx(0.99, abs=0.01)


def test_a_check_of_series_asks_and_never_holds():
    now = figures(35, 31, 40, 38, 36, 400)
    changed = now.tail(1).with_columns(kind=pl.lit("new"), whole=pl.lit(value=True))
    (check,) = series.checked(series.outside(now, changed))
    assert (check.passed, check.asked) == (True, True)
