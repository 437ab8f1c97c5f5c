"""People who moved, from all tables of migration; never added to one another, nor to victims."""

import polars as pl

from dashboard.store import Tables, areas, cached
from data.columns import MOVEMENT_KIND
from data.releases import order

# The kinds in the order of tables; the stock of migrants has a table of its own for its newest revision.
MIGRANTS = "migrants"
KINDS = (MIGRANTS, *MOVEMENT_KIND)
CROSSINGS = "crossings"
STOCKS = ("migrant_stock", "migrant_stock_vintages")
# How many partners of a state are shown of each kind and direction: the largest ones.
MOST = 5
FIGURE = ("low", "high", "unit", "source", "release", "locator")
COLUMNS = ("kind", "origin", "destination", "year", "month", *FIGURE, "table")


def _every(snap: Tables) -> pl.LazyFrame:
    """All rows with `COLUMNS`; `table` is where a row is."""
    kind = {"kind": pl.lit(MIGRANTS), "unit": pl.lit("persons")}
    stocks = [snap.table(name).with_columns(**kind, table=pl.lit(name)) for name in STOCKS]
    moved = snap.table("movements").with_columns(table=pl.lit("movements"))
    return pl.concat([*stocks, moved], how="diagonal").select(COLUMNS)


def _newest(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Of each kind and release the newest year; of crossings the newest whole year, and one that is not complete."""
    whole = pl.col("month").is_null()
    last = pl.col("year").filter(whole).max().over("kind", "release")
    return rows.filter((pl.col("year") == last) | ~whole)


@cached
def newest(snap: Tables) -> pl.DataFrame:
    """The newest figures of each kind and release, between any two states."""
    return _newest(_every(snap)).collect()


@cached
def between(snap: Tables, one: str, other: str) -> pl.DataFrame:
    """The newest figures between two states, and every year of the current estimate of migrants.

    Returns:
        `COLUMNS` and whether a row is of the first direction (`away`), which comes first; by kind, the newest first.
    """
    ways = ((pl.col("origin") == one) & (pl.col("destination") == other)).alias("away")
    back = (pl.col("origin") == other) & (pl.col("destination") == one)
    earlier = _every(snap).filter(table=STOCKS[0]).collect()
    rows = pl.concat([newest.of(snap), earlier]).unique().with_columns(ways)
    return _sorted(rows.filter(pl.col("away") | back), "away")


@cached
def of_state(snap: Tables, area: str) -> pl.DataFrame:
    """The largest of the newest figures of a state with others, of each kind and direction; current releases only."""
    ends = pl.col("origin", "destination").fill_null("")
    away = (pl.col("origin") == area).fill_null(value=False).alias("away")
    rows = newest.of(snap).filter(pl.any_horizontal(ends == area), pl.col("table") != STOCKS[1], pl.col("high") > 0)
    rows = rows.filter(pl.col("origin").is_in(areas.of(snap))).with_columns(away)
    ranked = pl.col("high").rank("ordinal", descending=True).over("kind", "away", "year")
    return _sorted(rows.filter(ranked <= MOST), "away")


def _sorted(rows: pl.DataFrame, direction: str) -> pl.DataFrame:
    place = pl.col("kind").replace_strict({kind: at for at, kind in enumerate(KINDS)})
    keys = [~pl.col(direction), place, -pl.col("year"), "table", -pl.col("high"), "origin", "destination"]
    return rows.sort(keys)


@cached
def records(snap: Tables, one: str, other: str = "") -> pl.DataFrame:
    """Every row between two states, or of one, for a file."""
    ends = pl.col("origin").fill_null(""), pl.col("destination")
    chosen = [(end == one) if not other else end.is_in([one, other]) for end in ends]
    wanted = pl.all_horizontal(chosen) if other else pl.any_horizontal(chosen)
    keys = "kind", "origin", "destination", "release", "year"
    return _every(snap).filter(wanted).drop("table").sort(keys, nulls_last=True).collect()


@cached
def current(snap: Tables, kind: str) -> pl.DataFrame:
    """One kind in its newest whole year, in the current release, between any two countries; no rows for no kind."""
    rows = newest.of(snap).filter(pl.col("table") != STOCKS[1], pl.col("month").is_null(), kind=kind)
    return rows.filter(pl.col("year") == pl.col("year").max()).drop_nulls("origin")


@cached
def crossed(snap: Tables, area: str) -> dict[int, tuple[float, int | None]]:
    """All crossings of a state by year, of any nationality: the number, and the last month of a year not complete."""
    rows = snap.table("movements").filter(kind=CROSSINGS, destination=area).group_by("year")
    summed = rows.agg(pl.col("high").sum(), pl.col("month").max()).sort("year").collect()
    return {year: (n, month) for year, n, month in summed.iter_rows()}


@cached
def stock(snap: Tables, origin: str, destination: str, year: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The migrants between two states in a year: in the newest release, and in earlier ones, the latest first."""
    rows = snap.table(STOCKS[0]).filter(origin=origin, destination=destination, year=year).collect()
    vintages = snap.table(STOCKS[1]).filter(origin=origin, destination=destination, year=year)
    return rows, vintages.sort(order(), descending=True).select(rows.columns).collect()
