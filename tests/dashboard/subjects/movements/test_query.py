"""People who moved between two states: every year of the current estimate, and the newest of each other kind."""

import polars as pl

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.movements import query


def test_a_stock_is_that_of_the_newest_release_and_earlier_ones_are_beside_it():
    newest = store.tables().table("migrant_stock").filter(origin="BOL", destination="ARG")
    earlier = newest.with_columns(release=pl.lit("2015"), persons=pl.lit(7, dtype=pl.Int64))
    older = newest.with_columns(release=pl.lit("2013"), persons=pl.lit(6, dtype=pl.Int64))
    both = Tables({"migrant_stock": newest, "migrant_stock_vintages": pl.concat([older, earlier])})
    rows, before = query.stock.of(both, "BOL", "ARG", 2015)
    assert rows["release"].to_list() == ["2024"]
    assert before.select("release", "persons").rows() == [("2015", 7), ("2013", 6)]


def test_between_two_states_every_year_of_the_current_estimate_is_there_once():
    expected = set()
    for name in query.STOCKS:
        rows = store.tables().table(name).collect().to_dicts()
        last = dict(sorted((row["release"], row["year"]) for row in rows))
        expected |= {
            (row["origin"], row["destination"], row["year"], row["release"], row["persons"])
            for row in rows
            if {row["origin"], row["destination"]} == {"BOL", "ARG"}
            and (name == query.STOCKS[0] or row["year"] == last[row["release"]])
        }
    found = query.between("BOL", "ARG").filter(kind=query.MIGRANTS)
    shown = found.select("origin", "destination", "year", "release", pl.col("high").cast(pl.Int64)).rows()
    assert (len(shown), {*shown}) == (len(expected), expected)
    assert found["away"].to_list() == sorted(found["away"].to_list(), reverse=True)
