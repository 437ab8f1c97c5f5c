import pytest

from etl import pipeline
from etl.checking.table_checks import _declared_releases
from etl.errors import HeldError
from etl.sources.unodc_glotip import parse
from tests.etl.flow_samples import build, build_releases
from tests.etl.samples import citizens, glotip, glotip_row
from tests.etl.test_pipeline import sample


def test_a_sub_total_is_no_flow():
    flows, _, findings = build([citizens("BOL", 2019, "TOTAL", "120"), citizens("BOL", 2019, "Peru", "7")])
    assert flows["origin_label"].to_list() == ["Peru"]
    assert [(f.reason, f.rows) for f in findings] == [("subtotal_in_citizenship_list", 1)]


def test_a_leaked_code_is_no_flow():
    flows, _, findings = build([citizens("BOL", 2019, "Nationals", "6,112,019")])
    assert flows.is_empty()
    assert [(f.reason, f.rows) for f in findings] == [("questionnaire_code", 1)]


def test_the_declared_release_is_used_for_its_years_and_the_newest_for_the_rest():
    april = [citizens("ARG", 2019, "R.Dominicana", "12"), citizens("ARG", 2023, "Peru", "1")]
    october = [citizens("ARG", 2019, "Dominica", "12"), citizens("ARG", 2023, "Peru", "9")]
    flows, _, findings = build(april, october)
    assert flows.select("origin", "year", "low", "release").sort("year").rows() == [
        ("DOM", 2019, 12.0, "2025-04-14"),
        ("PER", 2023, 9.0, "2025-10-28"),
    ]
    assert {(f.release, f.reason, f.rows) for f in findings} == {
        ("2025-04-14", "served_by_another_release", 1),
        ("2025-10-28", "served_by_another_release", 1),
    }


def test_the_newest_release_is_used_where_the_declared_one_lists_nothing():
    october = [citizens("SUR", 2022, "Guyana", "6"), citizens("ARG", 2022, "Peru", "8")]
    flows, _, _ = build([citizens("ARG", 2022, "Peru", "9")], october)
    assert set(flows.select("destination", "release").rows()) == {("ARG", "2025-04-14"), ("SUR", "2025-10-28")}


def test_a_masked_figure_that_a_later_release_prints_as_zero_is_zero():
    april = [
        citizens("ARG", 2019, "Bolivia", "<5"),
        citizens("ARG", 2019, "Peru", "<5"),
        citizens("ARG", 2019, "Chile", "8"),
    ]
    october = [
        citizens("ARG", 2019, "Bolivia (Plurinational State of)", "0"),
        citizens("ARG", 2019, "Peru", "<5"),
        citizens("ARG", 2019, "Chile", "0"),
    ]
    flows, _, _ = build(april, october)
    assert flows.select("origin", "low", "high", "status", "release", "label_release").sort("origin").rows() == [
        ("BOL", 0.0, 0.0, "exact", "2025-10-28", "2025-04-14"),
        # A printed figure is never overwritten, and the mask of the release in use includes zero.
        ("CHL", 8.0, 8.0, "exact", "2025-04-14", "2025-04-14"),
        ("PER", 0.0, 4.0, "masked", "2025-04-14", "2025-04-14"),
    ]


def test_the_later_zero_names_both_cells_and_counts_as_kept():
    april = [citizens("ARG", 2019, "Bolivia", "<5"), citizens("ARG", 2019, "Unknown", "<5")]
    october = [citizens("ARG", 2019, "Unknown", "0"), citizens("ARG", 2019, "Bolivia", "0")]
    flows, _, findings = build(april, october)
    # Unknown is in row 5 of the first sample and row 4 of the second, Bolivia the other way round.
    assert flows.select("origin_label", "high", "locator").sort("origin_label").rows() == [
        ("Bolivia", 0.0, "data_glotip_1!5; data_glotip_1!4"),
        ("Unknown", 0.0, "data_glotip_1!4; data_glotip_1!5"),
    ]
    assert findings == []


def test_a_blank_label_with_the_whole_total_is_a_subtotal():
    april = [
        glotip_row("BOL", 2018, "332"),
        citizens("BOL", 2018, None, "332"),
        citizens("BOL", 2018, "Nationals", "299"),
        glotip_row("ARG", 2018, "40"),
        citizens("ARG", 2018, None, "7"),
    ]
    flows, _, findings = build(april)
    assert set(flows.select("destination", "origin", "low").rows()) == {("BOL", "BOL", 299.0), ("ARG", None, 7.0)}
    assert [(f.reason, f.rows) for f in findings] == [("subtotal_in_citizenship_list", 1)]


def three(*releases):
    dates = ("14/04/2025", "28/10/2025", "15/04/2026")
    return build_releases(
        [parse(glotip(rows, released=at), "a.xlsx") for rows, at in zip(releases, dates, strict=True)]
    )


@pytest.mark.parametrize(("newest", "low", "high"), [("12", 0.0, 4.0), ("<5", 0.0, 4.0), ("0", 0.0, 0.0)])
def test_a_zero_withdrawn_by_a_later_release_is_ignored(newest, low, high):
    flows, _, _ = three(
        [citizens("ARG", 2019, "Bolivia", "<5")],
        [citizens("ARG", 2019, "Bolivia", "0")],
        [citizens("ARG", 2019, "Bolivia", newest), citizens("ARG", 2019, "Peru", "0")],
    )
    assert flows.filter(origin="BOL").select("low", "high").rows() == [(low, high)]


def test_a_zero_beside_another_figure_of_one_citizenship_is_ignored():
    october = [citizens("ARG", 2019, "Haitian", "0"), citizens("ARG", 2019, "Haiti", "12")]
    flows, _, _ = build([citizens("ARG", 2019, "Haitian", "<5")], october)
    assert flows.select("low", "high").rows() == [(0.0, 4.0)]


def test_a_zero_of_a_pair_that_the_newest_release_no_longer_lists_is_ignored():
    flows, _, _ = three(
        [citizens("ARG", 2019, "Bolivia", "<5")],
        [citizens("ARG", 2019, "Bolivia", "0")],
        [citizens("ARG", 2019, "Peru", "0")],
    )
    assert flows.select("origin", "low", "high").rows() == [("BOL", 0.0, 4.0)]


@pytest.mark.parametrize(
    "newest",
    [
        [glotip_row("ARG", 2023, "60")],
        [citizens("ARG", 2023, "Peru", "6,112,019")],
        [glotip_row("ARG", 2023, "60", sex="Female")],
        # The state has nothing at all, as a withdrawn figure has no row either.
        [],
    ],
    ids=["a total without a list", "a leaked code for a list", "a part", "nothing"],
)
def test_a_list_that_the_newest_release_omits_is_gone(newest):
    flows, coverage, findings = three(
        [citizens("ARG", 2022, "Peru", "8")],
        [citizens("ARG", 2023, "Peru", "41")],
        [*newest, glotip_row("BOL", 2023, "1")],
    )
    assert flows.filter(year=2023).is_empty()
    # The declared release serves 2022 as before.
    assert flows.select("year", "low", "release").rows() == [(2022, 8.0, "2025-04-14")]
    (gone,) = [f for f in findings if f.release == "2025-10-28"]
    # A list with leaked codes alone is a list.
    leaked = any(row[11] == "6,112,019" for row in newest)
    assert (gone.reason, gone.rows) == ("served_by_another_release" if leaked else "no_longer_listed", 1)
    assert coverage.filter(area="ARG", year=2023)["listed"].to_list() in ([], [0.0])


def test_the_newest_release_is_used_for_a_year_that_no_newer_one_covers():
    flows, _, _ = three(
        [citizens("ARG", 2022, "Peru", "8")], [citizens("ARG", 2023, "Peru", "41")], [glotip_row("BOL", 2024, "1")]
    )
    assert flows.filter(year=2023).select("low", "release").rows() == [(41.0, "2025-10-28")]


MAY, FEBRUARY = "30/05/2023", "28/02/2027"


@pytest.mark.parametrize(
    ("newest", "served", "gone"),
    [
        ([], [("ARG", 7.0, "2025-04-14")], {"2023-05-30": 1}),
        ([citizens("ARG", 2021, "Chile", "3")], [("ARG", 7.0, "2025-04-14")], {"2023-05-30": 1}),
        # The newest release omits Argentina's list, so that the declared release does not serve either.
        ([glotip_row("SUR", 2021, "12")], [], {"2023-05-30": 2, "2025-04-14": 1, "2025-10-28": 1}),
    ],
)
def test_no_release_brings_back_a_list_withdrawn_by_a_newer_one(newest, served, gone):
    # Of Suriname May 2023 has a list, April 2025 has none, October 2025 covers the year.
    releases = [
        parse(glotip([citizens("SUR", 2021, "Guyana", "19"), citizens("ARG", 2021, "Peru", "2")], released=MAY), "m"),
        parse(glotip([citizens("ARG", 2021, "Peru", "7")]), "a"),
        parse(glotip([glotip_row("SUR", 2021, "11"), citizens("ARG", 2021, "Peru", "9")], released="28/10/2025"), "o"),
    ]
    releases += [parse(glotip(newest, released=FEBRUARY), "f")] if newest else []
    flows, _, findings = build_releases(releases)
    assert flows.select("destination", "low", "release").rows() == served
    assert {f.release: f.rows for f in findings if f.reason == "no_longer_listed"} == gone


def test_a_list_that_only_the_newest_release_has_is_used():
    # As of the Suriname of 2022, which April 2025 does not list.
    flows, _, _ = three(
        [citizens("ARG", 2022, "Peru", "8")],
        [citizens("SUR", 2022, "Guyana", "6")],
        [citizens("SUR", 2022, "Guyana", "5"), citizens("ARG", 2022, "Peru", "7")],
    )
    assert set(flows.select("destination", "low", "release").rows()) == {
        ("ARG", 8.0, "2025-04-14"),
        ("SUR", 5.0, "2026-04-15"),
    }


@pytest.mark.parametrize(
    ("releases", "passed"), [(["2025-10-28"], False), (["2025-04-14", "2025-10-28"], True), ([], True)]
)
def test_a_missing_declared_release_is_reported_before_publication(releases, passed):
    # Otherwise its years would silently come from the newest release.
    sources = [{"name": "unodc_glotip", "releases": [{"release": release} for release in releases]}]
    check = _declared_releases(sources, "unodc_glotip")
    assert check.passed is passed
    loss = "flow_releases.csv, row 2 names 2025-04-14, but unodc_glotip has only 2025-10-28"
    assert check.saw == ("none lost" if passed else loss)


def test_a_missing_declared_release_holds_the_build(tmp_path):
    folder = sample(tmp_path / "mirror")
    (folder / "unodc_glotip" / "data_glotip_a.xlsx").unlink()
    request = pipeline.Request(mirror=folder, home=tmp_path / "home", raw=tmp_path / "raw")
    lost = r"declared releases lost: flow_releases\.csv, row 2 names 2025-04-14, but unodc"
    with pytest.raises(HeldError, match=lost):
        pipeline.build(request)
    assert not (tmp_path / "home" / "current").exists()
