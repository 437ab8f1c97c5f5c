import polars as pl
import pytest

from dashboard.subjects.states import words as states_words
from data.i18n import language

EN = language("en")


def frame(*rows: tuple[str, float | None, float | None, str]) -> pl.DataFrame:
    schema = {"area": pl.String, "low": pl.Float64, "high": pl.Float64, "status": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(year=pl.lit(2019), contradicted=pl.lit(False))


REGION = frame(
    ("ARG", 12.0, 12.0, "exact"),
    ("BOL", 0.0, 0.0, "exact"),
    ("CRI", 0.0, 4.0, "masked"),
    ("USA", None, None, "not_reported"),
)


def test_the_sentence_over_a_map_of_rates_gives_their_range():
    assert states_words.finding(EN, REGION, "detected_victims", "rate", 2019) == (
        "Detected victims per 100,000 population, 2019: a figure for 3 of 35 states; exact figures from 0.00 to 12.00"
    )


def test_a_sum_and_the_ends_of_a_range_have_the_mark_of_the_totals_that_they_rest_on():
    wrong = REGION.with_columns(contradicted=pl.col("area") == "ARG")
    assert states_words.claim(EN, wrong, "detected_victims", "count", 2019) == "12–16* in 3 of 35 states"
    assert states_words.ranged(EN, wrong, "count") == ["Exact figures: from 0 to 12*."]
    assert states_words.measured(EN, wrong, "detected_victims", "count", 2019).endswith("reported 12*")
    assert "*" not in states_words.finding(EN, REGION, "detected_victims", "count", 2019)


def doubted(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["indicator", "area", "year"], orient="row")


def test_totals_that_their_parts_contradict_are_named_or_counted():
    victims = "detected_victims"
    assert states_words.contradicted(EN, doubted(*[("", "", 0)]).clear()) == []
    some = doubted((victims, "GUY", 2010), (victims, "BRA", 2023), (victims, "GUY", 2011), (victims, "GUY", 2014))
    assert states_words.contradicted(EN, some) == [
        "* Totals contradicted by their own figures by sex, age or form: Brazil (2023) and Guyana (2010–2011, 2014)."
    ]
    # Six states are named, seven are not.
    six = doubted(*((victims, area, 2020) for area in ("ARG", "BOL", "BRA", "CHL", "COL", "CRI")))
    assert states_words.contradicted(EN, six)[0].endswith("Colombia (2020) and Costa Rica (2020).")
    assert states_words.contradicted(EN, pl.concat([six, doubted((victims, "PER", 2020))])) == [
        "* 7 totals of states, alone or in a sum, are contradicted by their own figures by sex, age or form."
    ]


LARGE = frame(("ARG", 12.0, 12.0, "exact"), ("BRA", 90.0, 90.0, "exact"), ("CRI", 1.0, 4.0, "masked"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Detected victims, 2019: 103–106 in 3 of 35 states; one of them 90"),
        (
            "es",
            "Víctimas detectadas, 2019: entre 103 y 106 en 3 de 35 Estados; uno de ellos, 90",
        ),
        ("pt", "Vítimas detectadas, 2019: entre 103 e 106 em 3 de 35 Estados; um deles, 90"),
        ("fr", "Victimes détectées, 2019 : entre 103 et 106 dans 3 États sur 35 ; l’un d’eux, 90"),
    ],
)
def test_the_sentence_over_a_map_of_counts_gives_their_sum(code, words):
    text = states_words.finding(language(code), LARGE, "detected_victims", "count", 2019)
    # French has no-break spaces before its signs.
    assert text.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_figures_of_several_years_are_not_added_up():
    text = states_words.finding(EN, LARGE, "detected_victims", "count", None)
    assert text.endswith("latest figure of each state: a figure for 3 of 35 states; exact figures from 12 to 90")


def test_a_part_of_the_sum_is_named_only_if_it_is_most_of_it():
    equals = frame(("ARG", 12.0, 12.0, "exact"), ("BRA", 12.0, 12.0, "exact"))
    text = states_words.finding(EN, equals, "detected_victims", "count", 2019)
    assert text == "Detected victims, 2019: 24 in 2 of 35 states"
    alone = states_words.finding(EN, LARGE.head(1), "detected_victims", "count", 2019)
    assert alone == "Detected victims, 2019: 12 in 1 of 35 states"
    nobody = states_words.finding(EN, REGION.tail(1), "detected_victims", "count", 2019)
    assert nobody == "Detected victims, 2019: a figure for 0 of 35 states"


def test_the_sentence_names_the_part_of_the_region():
    text = states_words.finding(EN, LARGE.head(1), "detected_victims", "count", 2019, "south_america")
    assert text == "Detected victims, South America, 2019: 12 in 1 of 12 states"


@pytest.mark.parametrize(("year", "words"), [(2019, "2019"), (None, "latest figure of each state")])
def test_the_heading(year, words):
    assert states_words.heading(EN, "detected_victims", year, 3) == f"Detected victims, {words} · 3 of 35 reported"


@pytest.mark.parametrize(
    ("reported", "code", "words"),
    [
        (0, "en", "0 of 35 reported"),
        (1, "en", "1 of 35 reported"),
        (1, "es", "Estados que informaron: 1 de 35"),
        (2, "pt", "Estados com dados: 2 de 35"),
        (1, "fr", "États ayant communiqué des données\u202f: 1 sur 35"),
    ],
)
def test_the_heading_uses_the_plurals_of_the_language(reported, code, words):
    assert states_words.heading(language(code), "detected_victims", 2019, reported).endswith(f" · {words}")


def test_a_state_says_in_how_many_years_each_indicator_has_a_total():
    series = frame(("ARG", 10.0, 10.0, "exact"), ("ARG", 0.0, 4.0, "masked"), ("ARG", None, None, "not_reported"))
    series = series.with_columns(year=pl.Series([2018, 2019, 2020]))
    text = states_words.state({"detected_victims": series, "offences": series.tail(1)}, EN, "ARG")
    assert text == (
        "Argentina, number of years with a total in UNODC’s data: detected victims, 2; recorded offenses, 0."
    )


def test_a_state_without_any_total_has_no_number_for_it():
    text = states_words.state({"detected_victims": REGION.tail(1)}, EN, "USA")
    assert text == "United States, number of years with a total in UNODC’s data: detected victims, 0."


def test_membership_and_reservation_are_mentioned_where_relevant():
    assert states_words.membership(EN, "ARG") == []
    assert "Left the OAS in November 2023" in states_words.membership(EN, "NIC")[0]
    assert "reservation" in states_words.membership(EN, "PRY")[0]


def test_small_populations_are_flagged_by_name():
    assert states_words.tiny([], EN) == []
    assert states_words.tiny(["LCA", "ATG"], EN)[0].startswith(
        "Fewer than 200,000 people live in Antigua and Barbuda, and Saint Lucia:"
    )
