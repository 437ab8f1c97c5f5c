import pytest

from etl import pipeline
from etl.checking.checks import _declared_releases
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
    flows, _, _ = build([citizens("ARG", 2022, "Peru", "9")], [citizens("SUR", 2022, "Guyana", "6")])
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


@pytest.mark.parametrize("newest", [[glotip_row("ARG", 2023, "60")], [citizens("ARG", 2023, "Peru", "6,112,019")]])
def test_the_newest_release_with_a_list_is_used(newest):
    flows, _, _ = three(
        [citizens("ARG", 2022, "Peru", "8")],
        [citizens("ARG", 2023, "Peru", "41")],
        [*newest, glotip_row("BOL", 2023, "1")],
    )
    assert flows.filter(year=2023).select("low", "release").rows() == [(41.0, "2025-10-28")]


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
    with pytest.raises(
        HeldError, match=r"declared releases lost: flow_releases\.csv, row 2 names 2025-04-14, but unodc"
    ):
        pipeline.build(request)
    assert not (tmp_path / "home" / "current").exists()
