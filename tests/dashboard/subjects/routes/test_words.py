import polars as pl

from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.query import Arrows, Filter
from data.i18n import language

EN = language("en")
SCHEMA = {"origin": pl.String, "destination": pl.String, "low": pl.Float64, "high": pl.Float64}
SHOWN = pl.DataFrame(
    [("MEX", "USA", 40.0, 44.0), ("USA", "USA", 100.0, 100.0), ("BOL", "ARG", 9.0, 9.0)], schema=SCHEMA, orient="row"
).with_columns(years=pl.Series([[2007, 2008], [2023], [2010]]))
NONE = {"unlocated": 0, "zero": 0, "conflicting": 0, "beyond_limit": 0, "below_minimum": 0, "questioned": 0}


def test_rings_are_not_counted_and_the_widest_arrow_is_named():
    text = routes_words.arrows(Arrows(SHOWN, pl.concat([SHOWN, SHOWN]), NONE), EN, Filter(first=2007, last=2023))
    assert text == (
        "Counted victims, 2007–2023: 2 arrows of 4 are drawn. "
        "The widest stands for citizens of Mexico detected in United States: 40–44."
    )


def test_statements_are_not_called_victims():
    text = routes_words.arrows(Arrows(SHOWN, SHOWN, NONE), EN, Filter(evidence="stated", first=2014, last=2014))
    assert text.startswith("Stated routes, 2007–2023: 2 arrows of 2 are drawn.")
    assert "statements on the way from Mexico to United States" in text
    assert "victims" not in text


def test_an_empty_view_is_described():
    text = routes_words.arrows(Arrows(SHOWN.head(0), SHOWN.head(0), NONE), EN, Filter(first=2007, last=2008))
    assert (
        text == "Counted victims, 2007–2008: 0 arrows of 0 are drawn. No flow between two countries fits the filters."
    )


def test_each_reason_for_not_drawing_has_a_sentence():
    view = Arrows(SHOWN, SHOWN, NONE | {"beyond_limit": 1, "zero": 2, "below_minimum": 3})
    sentences = routes_words.hidden(view, EN, Filter(minimum=50))
    assert sorted(sentences) == [
        "1 more arrow is not drawn: the largest come first.",
        "2 records are a true zero and draw no arrow.",
        "3 flows cannot reach the minimum of 50.",
    ]
    every = routes_words.hidden(Arrows(SHOWN, SHOWN, dict.fromkeys(NONE, 2), SHOWN), EN, Filter())
    assert len(every) == len(NONE)


def test_questioned_flows_are_named_with_their_figures_and_years():
    view = Arrows(SHOWN, SHOWN, NONE | {"questioned": 6}, pl.concat([SHOWN, SHOWN]))
    assert routes_words.hidden(view, EN, Filter()) == [
        "6 questioned flows, together 298–306 persons, are not drawn and in no sum: Mexico → United States 40–44 "
        "(2007–2008); United States → United States 100 (2023); Bolivia → Argentina 9 (2010); Mexico → United States "
        "40–44 (2007–2008); 2 more in the table. The page Sources gives the reasons."
    ]


def test_the_widest_arrow_says_what_it_lacks():
    lacking = [[{"year": 2009, "low": 90.0, "high": 90.0}], None, None]
    view = Arrows(shown := SHOWN.with_columns(left_out=pl.Series(lacking)), shown, NONE)
    text = routes_words.arrows(view, EN, Filter())
    assert text.endswith("United States: 40–44. Left out, as questioned: 90 (2009: 90).")


def test_badges_are_the_statements_of_their_sources():
    rows = [("hti", 2004), ("hti", 2011), ("cia_factbook", 2016)]
    (note,) = routes_words.badges(EN, pl.DataFrame(rows, schema=["source", "year"], orient="row"))
    assert note == (
        "Badges: what the newest report that speaks of a role states. CIA, The World Factbook, roles as coded (2016); "
        "R. Frank, Human Trafficking Indicators (2004–2011)"
    )
    assert routes_words.badges(EN, pl.DataFrame(schema={"source": pl.String, "year": pl.Int16})) == []


def test_coverage_is_n_of_n():
    frame = pl.DataFrame(
        {
            "listed": [10.0, 5.0, 50.0],
            "listed_high": [14.0, 5.0, 50.0],
            "total_low": [40.0, None, 45.0],
            "total_high": [40.0, None, 45.0],
            "nationalities": [2, 1, 3],
            "questioned": [3.0, 5.0, 20.0],
            "questioned_high": [3.0, 5.0, 20.0],
        }
    )
    text = routes_words.coverage(frame, EN)
    # The list without a total is excluded: 10 + 50 of 40 + 45.
    assert text.startswith(
        "60–64 of 85 detected victims have a listed citizenship. Of these, 23 are questioned and kept apart."
    )
    assert "In 1 state and year a list stands without a total" in text
    assert text.endswith("In 1 state and year the list is longer than the total.")
    alone = routes_words.coverage(frame.slice(1, 1), EN)
    assert alone.startswith("No total of detected victims is reported here. In 1 state and year a list")
    assert routes_words.coverage(frame.head(0), EN) == "No total of detected victims is reported here."


def test_the_heading_names_the_state_it_is_about():
    view = Arrows(SHOWN, SHOWN, NONE)
    # The years are those of the arrows, not those of the filter.
    assert (
        routes_words.heading(view, EN, Filter(first=2000, last=2030), "CRI")
        == "Counted victims, 2007–2023 · Costa Rica"
    )
    empty = Arrows(SHOWN.head(0), SHOWN.head(0), NONE)
    assert routes_words.heading(empty, EN, Filter(evidence="stated", first=2016, last=2016)) == "Stated routes, 2016"
