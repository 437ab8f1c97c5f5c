import polars as pl
import pytest

from dashboard.words import tables
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


def test_the_four_number_states_read_differently_and_names_set_the_order():
    rows = tables.figures(FIGURES, EN)
    assert rows.select("State", "Figure", "Meaning").rows() == [
        ("Argentina", "1,282", "Figure"),
        ("Costa Rica", "0–4", "Masked, fewer than five"),
        ("Germany", "0", "True zero"),
        ("United States", "–", "Not reported"),
    ]
    # In Spanish Germany is Alemania and comes first.
    assert tables.figures(FIGURES, ES).to_series(0).to_list()[0] == "Alemania"


def test_a_rate_keeps_two_decimals():
    rate = FIGURES.head(1).with_columns(low=2.614, high=2.614, unit=pl.lit("per_100000_population"))
    assert tables.figures(rate, EN)["Figure"].item() == "2.61"


def test_a_series_is_newest_first_and_keeps_its_gaps():
    frame = FIGURES.head(1).vstack(FIGURES.tail(1).with_columns(year=pl.lit(2020, dtype=pl.Int16)))
    rows = tables.series({"detected_victims": frame}, EN)
    assert rows.select("Indicator", "Year", "Figure", "Meaning").rows() == [
        ("Detected victims", "2020", "–", "Not reported"),
        ("Detected victims", "2019", "1,282", "Figure"),
    ]


ARROW = {"transit": None, "evidence": "counted", "records": 2, "years": [2010, 2011, 2012, 2015], "questioned": False}


def test_arrows_say_leg_unit_years_and_doubt():
    frame = pl.DataFrame(
        [
            ARROW | {"origin": "USA", "destination": "USA", "leg": "direct", "low": 5.0, "high": 9.0},
            ARROW
            | {"origin": "MEX", "destination": "USA", "leg": "direct", "low": 4.0, "high": 4.0, "questioned": True},
            ARROW
            | {
                "origin": "NIC",
                "destination": "CRI",
                "leg": "to_transit",
                "low": 1.0,
                "high": 1.0,
                "evidence": "stated",
            },
            ARROW
            | {
                "origin": "CRI",
                "destination": "PAN",
                "leg": "from_transit",
                "low": 1.0,
                "high": 1.0,
                "evidence": "stated",
            },
        ]
    )
    rows = tables.arrows(frame, EN)
    assert rows.select("Leg", "Figure", "Unit", "Years", "Remark").rows() == [
        ("domestic", "5–9", "persons", "2010–2012, 2015", ""),
        ("direct", "4", "persons", "2010–2012, 2015", "Questioned"),
        ("to transit", "1", "statements", "2010–2012, 2015", ""),
        ("from transit", "1", "statements", "2010–2012, 2015", ""),
    ]
    assert tables.arrows(frame.head(0), EN).is_empty()


def test_the_unlocated_are_shown_as_printed():
    frame = pl.DataFrame(
        {
            "origin_label": ["Latin America", None],
            "transit_label": [None, None],
            "destination_label": ["Canada", "Chile"],
            "low": [1.0, 7.0],
            "high": [1.0, 7.0],
            "years": [[2014], [2012]],
            "records": [1, 1],
        }
    )
    assert tables.unlocated(frame, EN).row(0) == ("Latin America", "–", "Canada", "1", "1", "2014")
    assert tables.unlocated(frame, EN).row(1)[0] == "–"


def test_coverage_and_roles():
    frame = pl.DataFrame(
        {
            "area": ["ARG", "CRI"],
            "year": [2018, 2019],
            "listed": [10.0, 6.0],
            "listed_high": [14.0, 6.0],
            "total_low": [40.0, None],
            "total_high": [40.0, None],
            "nationalities": [3, 1],
        }
    )
    assert tables.coverage(frame, EN).rows() == [
        ("Argentina", "2018", "10–14", "40", "3"),
        ("Costa Rica", "2019", "6", "–", "1"),
    ]
    roles = pl.DataFrame({"area": ["CRI"], "role": ["transit"], "year": [2006], "source": ["hti"]})
    assert tables.roles(roles, EN).row(0)[:3] == ("Costa Rica", "Transit", "2006")


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
def test_figures_stand_to_the_right_and_years_are_none(cells, right):
    assert tables.sheet(pl.DataFrame({"heading": cells})).figures == ("heading",) * right


@pytest.mark.parametrize(
    ("cells", "letters"),
    [
        # The browser measures ten cells and the last: what is longer further down would be cut.
        (["short"] * 12 + ["a" * 30] + ["short"], 30),
        (["a" * 20] * 12 + ["a" * 30], 0),
        # It leaves out what is twice as long as the usual.
        (["Chad"] * 8 + ["Saint Vincent and the Grenadines"], 32),
        (["0123456789abcdef" * 4] * 3, 64),
        (["Chad", "Cuba", "Peru"], 0),
        ([], 0),
    ],
)
def test_a_column_that_the_browser_would_cut_has_a_width(cells, letters):
    widths = tables.sheet(pl.DataFrame({"heading": cells}, schema={"heading": pl.String})).widths
    assert list(widths) == ["heading"] * (letters > 0)
    # The widest letters of the usual text are 8 pixels wide, a hash's 6.8; the room must not be twice what is needed.
    assert all(6.8 * letters < width < 10 * letters for width in widths.values())


def test_other_counts_and_surveys_say_of_whom_and_in_which_unit():
    rows = [
        ("child_labour_economic", 2016, "female", "5-17", "total", 11.52, "percent"),
        ("detected_victims_sdg", 2017, "total", "total", "total", 20.0, "persons"),
    ]
    names = ["indicator", "year", "sex", "age", "form", "low", "unit"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        high="low", status=pl.lit("exact"), release=pl.lit("2020-10"), locator=pl.lit("a.csv#row 2")
    )
    words = tables.others(frame, EN)
    assert words["Of whom"].to_list() == ["Female, 5–17 years", ""]
    assert words["Figure"].to_list() == ["11.5", "20"]
    assert words["Unit"].to_list() == ["per cent", "persons"]
