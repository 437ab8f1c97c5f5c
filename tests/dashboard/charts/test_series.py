import itertools

import pytest

from dashboard.charts import series, time_plot
from dashboard.charts.colors import THEMES
from dashboard.charts.series import REST
from data.i18n import language
from tests.dashboard.charts.test_palette import contrast
from tests.dashboard.subjects.explore.figure_samples import ALL, CONVICTED, RATE, SOME, VICTIMS, frame

EN = language("en")


def grouped(figures):
    return series.groups(frame(figures), EN)


def test_series_are_ordered_by_request_then_group_then_name():
    sexes = {
        (CONVICTED, area, sex, "total", "total"): {2018: 1} for sex in ("male", "total") for area in ("BRA", "BOL")
    }
    (together,) = grouped(sexes | {(VICTIMS, "CHL", *ALL): {}})
    assert [member.key[:3] for member in together] == [
        *((CONVICTED, area, sex) for sex in ("total", "male") for area in ("BOL", "BRA")),
        (VICTIMS, "CHL", "total"),
    ]


def test_names_say_what_differs_and_headings_what_is_common():
    (women,) = grouped({(VICTIMS, area, "female", "18+", "total"): {} for area in ("BRA", "BOL")})
    assert series.names(women, EN) == ["Bolivia", "Brazil"]
    assert series.heading(women, EN) == "Detected victims, Female, Adults (18 years and over)"
    (two,) = grouped({(VICTIMS, "BRA", *ALL): {}, (CONVICTED, "BRA", *ALL): {}})
    assert series.names(two, EN) == ["Detected victims", "Persons convicted"]
    assert series.heading(two, EN, apart=["area"]) == "Count"
    (rate,) = grouped({(RATE, "BRA", *ALL): {}})
    assert series.heading(rate, EN, apart=["area"]) == "Detected victims per 100,000 population"


def test_with_too_many_names_only_the_first_or_chosen_are_ranked():
    assert series.ranks("abca", 3) == {"a": 0, "b": 1, "c": 2}
    assert series.ranks("abcd", 3) == {"a": 0, "b": 1, "c": 2, "d": REST}
    assert series.ranks("abcd", 3, ["d"]) == {"a": REST, "b": REST, "c": REST, "d": 0}
    assert series.ranks("abcd", 4, []) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_blocks_have_all_states_and_missing_rows_are_not_reported():
    (together,) = grouped(SOME | {(VICTIMS, "BRA", "female", "total", "total"): {2018: 4}})
    every, women = series.blocks(together, EN)
    assert (
        [member.value("area") for member in every]
        == [member.value("area") for member in women]
        == ["BOL", "BRA", "CHL", "DMA"]
    )
    assert {(row["status"], row["high"], row["sex"]) for row in women[0].rows} == {("not_reported", None, "female")}
    assert [row["high"] for row in women[1].rows if row["high"]] == [4.0]


@pytest.mark.parametrize(
    ("highest", "count", "expected"),
    [
        (16390, 3, [0, 10000]),
        (2015, 3, [0, 1000, 2000]),
        (3, 8, [0, 1, 2, 3]),
        (1, 5, [0, 1]),
        (256, 8, [0, 50, 100, 150, 200, 250]),
    ],
)
def test_scales_have_round_figures(highest, count, expected):
    (counts,) = grouped({(VICTIMS, "BRA", *ALL): {2018: highest}})
    assert time_plot.ticks(counts, count) == expected


def test_a_scale_of_rates_has_fractions():
    (rates,) = grouped({(RATE, "BRA", *ALL): {2018: 0.44}})
    assert time_plot.ticks(rates, 5) == [0, 0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_lines_and_marks_stand_out_from_their_grounds(palette):
    for paint, ground in itertools.product(palette.series, (palette.surface, palette.unreported)):
        assert contrast(paint, ground) >= 3
    assert contrast(palette.border, palette.surface) >= 3
    assert len(set(palette.series)) == 6
