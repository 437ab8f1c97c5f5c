import polars as pl

from dashboard.subjects.states import tables
from data.i18n import language

EN, ES = language("en"), language("es")
FIGURES = pl.DataFrame(
    [
        ("ARG", 2019, 1282.0, 1282.0, "exact", "persons"),
        ("DEU", 2019, 0.0, 0.0, "exact", "persons"),
        ("CRI", 2019, 0.0, 4.0, "masked", "persons"),
        ("USA", None, None, None, "not_reported", None),
    ],
    schema={
        "area": pl.String,
        "year": pl.Int16,
        "low": pl.Float64,
        "high": pl.Float64,
        "status": pl.String,
        "unit": pl.String,
    },
    orient="row",
).with_columns(release=pl.lit("2025-10-28"), locator=pl.lit("a.xlsx#s!4"), source=pl.lit("x"), note=pl.lit(None))


def test_the_four_statuses_read_differently_and_rows_are_ordered_by_name():
    rows = tables.figures(FIGURES, EN)
    assert rows.select("State", "Figure", "Data status").rows() == [
        ("Argentina", "1,282", "Exact figure"),
        ("Costa Rica", "0–4", "Fewer than five"),
        ("Germany", "0", "Zero"),
        ("United States", "–", "No figure"),
    ]
    # In Spanish Germany is Alemania and comes first.
    assert tables.figures(FIGURES, ES).to_series(0).to_list()[0] == "Alemania"


def test_a_total_that_its_parts_contradict_has_a_mark():
    doubted = FIGURES.with_columns(contradicted=pl.col("area").is_in(["ARG", "CRI"]))
    assert tables.figures(doubted, EN)["Figure"].to_list() == ["1,282*", "0–4*", "0", "–"]


def test_a_rate_keeps_two_decimals():
    rate = FIGURES.head(1).with_columns(low=2.614, high=2.614, unit=pl.lit("per_100000_population"))
    assert tables.figures(rate, EN)["Figure"].item() == "2.61"


def test_a_series_is_newest_first_and_keeps_its_gaps():
    frame = FIGURES.head(1).vstack(FIGURES.tail(1).with_columns(year=pl.lit(2020, dtype=pl.Int16)))
    rows = tables.series({"detected_victims": frame}, EN)
    assert rows.select("Indicator", "Year", "Figure", "Data status").rows() == [
        ("Detected victims", "2020", "–", "No figure"),
        ("Detected victims", "2019", "1,282", "Exact figure"),
    ]


def test_other_counts_and_surveys_have_group_and_unit():
    rows = [
        ("child_labour_economic", 2016, "female", "5-17", "total", 11.52, "percent"),
        ("detected_victims_sdg", 2017, "total", "total", "total", 20.0, "persons"),
    ]
    names = ["indicator", "year", "sex", "age", "form", "low", "unit"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        high="low", status=pl.lit("exact"), release=pl.lit("2020-10"), locator=pl.lit("a.csv#row 2")
    )
    words = tables.others(frame, EN)
    assert words["Group"].to_list() == ["Girls, 5–17 years", ""]
    assert words["Figure"].to_list() == ["11.5", "20"]
    assert words["Unit of count"].to_list() == ["percent", "not stated by the publisher"]
