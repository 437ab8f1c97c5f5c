"""Figures ten times or a tenth of those published before, e.g. through merged digits or a lost factor of 1000."""

from collections.abc import Iterator

import polars as pl

from etl.checking.result import Check, Frames, none, verdict, where
from etl.making.rates import INHABITANTS, POPULATION

# Jumps below the least figure are noise; for a rate, the number of persons counts.
FACTOR = 10.0
LEAST = {"persons": 100.0, "offences": 100.0, "statements": 10.0, "percent": 1.0}
# A new year is compared with the nearest years of its series: one says little, all of them hide slow growth.
NEAREST = 3
SERIES = ("source", "indicator", "area", "part")
KEY = (*SERIES, "year")


def jumped(frames: Frames, earlier: Frames) -> Iterator[Check]:
    """The checks of figures, flows and stocks against those published before, one by one and as sums."""
    now, then = _measured(frames), _measured(earlier)
    ten, tenth = _leaps(_with_before(now, then))
    yield verdict("figures ten times the one before", where(ten), none(), passed=ten.is_empty())
    yield verdict("figures a tenth of the one before", where(tenth), none(), passed=tenth.is_empty())
    whole = pl.concat(_leaps(_totals(now, then)))
    yield verdict("totals ten times or a tenth of those before", where(whole), none(), passed=whole.is_empty())


def _measured(frames: Frames) -> pl.DataFrame:
    """All quantities: `KEY`, `low`, `high`, and `least`, from which on a jump counts; only rows with a figure."""
    figures = frames["observations"]
    people = figures.filter(pl.col("indicator") == POPULATION).select("area", "year", people="high")
    rated = figures.join(people, on=["area", "year"], how="left", validate="m:1")
    part = pl.concat_str("sex", "age", "form", separator=" ")
    # The least number of persons as a rate of the state and year.
    rate = LEAST["persons"] * INHABITANTS / pl.col("people")
    least = pl.coalesce(pl.col("unit").replace_strict(LEAST, default=None), rate, 1.0)
    measured = [rated.select(*SERIES[:3], "year", "low", "high", part=part, least=least)]
    measured += pairs(frames)
    return pl.concat(measured, how="diagonal").drop_nulls("low")


def pairs(frames: Frames) -> list[pl.DataFrame]:
    """The flows and the stock of migrants: source, indicator, area (`COL-PAN`), year, low, high, least, part."""
    return [_between(table(frames[name])) for name, table in PAIRS.items() if name in frames]


def _between(rows: pl.DataFrame) -> pl.DataFrame:
    """One figure for each pair of countries: labels of one origin are added."""
    pair = pl.format("{}-{}", *(pl.col(end).fill_null("?") for end in ("origin", "destination")))
    counted = rows.drop_nulls("low").group_by("source", "indicator", pair.alias("area"), "year")
    return counted.agg(pl.col("low", "high").sum(), pl.col("least").first(), part=pl.lit(""))


def _routes(flows: pl.DataFrame) -> pl.DataFrame:
    return flows.with_columns(indicator="evidence", least=pl.col("unit").replace_strict(LEAST))


def _stocks(stock: pl.DataFrame) -> pl.DataFrame:
    persons = pl.col("persons").cast(pl.Float64)
    return stock.with_columns(low=persons, high=persons, indicator=pl.lit("migrant_stock"), least=LEAST["persons"])


def _movements(moved: pl.DataFrame) -> pl.DataFrame:
    return moved.filter(pl.col("month").is_null()).with_columns(indicator="kind", least=LEAST["persons"])


PAIRS = {"flows": _routes, "migrant_stock": _stocks, "movements": _movements}


def _with_before(now: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """Each figure with `most` and `fewest`: the figure published before, or those of the nearest years."""
    same = then.select(*KEY, most="high", fewest="low")
    rows = now.join(same, on=KEY, how="left", validate="1:1")
    new = rows.filter(pl.col("most").is_null()).drop("most", "fewest")
    return pl.concat([rows.drop_nulls("most"), new.join(_nearest(new, then), on=KEY, how="inner", validate="1:1")])


def _nearest(new: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    years = then.select(*SERIES, "low", "high", other="year")
    others = new.select(KEY).join(years, on=SERIES, how="inner", validate="m:m")
    near = others.sort((pl.col("year") - pl.col("other")).abs(), -pl.col("other")).group_by(KEY, maintain_order=True)
    return near.agg(most=pl.col("high").head(NEAREST).max(), fewest=pl.col("low").head(NEAREST).min())


def _totals(now: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """The sum of all figures of an indicator, parts and totals together: only a measure of its size."""
    sums = [frame.group_by("source", "indicator").agg(pl.col("low", "high").sum()) for frame in (now, then)]
    before = sums[1].rename({"high": "most", "low": "fewest"})
    joined = sums[0].join(before, on=["source", "indicator"], how="inner", validate="1:1")
    return joined.with_columns(least=1.0, area=pl.lit(None), year=pl.lit(None))


def _leaps(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures at least ten times those before, and those at most a tenth, for all values in their intervals."""
    up = (pl.col("low") >= FACTOR * pl.col("most")) & (pl.col("low") >= pl.col("least"))
    down = (FACTOR * pl.col("high") <= pl.col("fewest")) & (pl.col("fewest") >= pl.col("least"))
    return rows.filter(up), rows.filter(down)
