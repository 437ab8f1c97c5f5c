import polars as pl
import pytest

from data.contract import FlowCoverage, Flows
from etl import counted_flows, harmonise
from etl.sources.unodc_glotip import parse
from tests.etl.samples import citizens, glotip, glotip_row
from tests.etl.test_harmonise import people

STATES = ("ARG", "BOL", "CRI", "MEX", "SUR", "USA", "VCT")
PEOPLE = people(
    ("ARG", 2019, 45e6), ("BOL", 2019, 11e6), ("CRI", 2019, 5e6), ("USA", 2016, 323e6), ("VCT", 2016, 105_000.0),
    ("MDV", 2016, 450_000.0), ("ESP", 2019, 47e6), ("MEX", 2019, 125e6), ("SUR", 2022, 620_000.0),
)  # fmt: skip


def build(april: list[tuple[object, ...]], october: list[tuple[object, ...]] | None = None):
    releases = [parse(glotip(april), "april.xlsx")]
    if october is not None:
        releases.append(parse(glotip(october, released="28/10/2025"), "october.xlsx"))
    vintages = pl.concat([harmonise.vintage(release, "unodc_glotip", STATES, PEOPLE) for release in releases])
    covered = {release.release: set(release.rows["year"].unique()) for release in releases}
    totals = counted_flows.totals(harmonise.current(vintages, covered))
    flows, coverage, findings = counted_flows.build(releases, PEOPLE, totals, STATES)
    return Flows.validate(flows, cast=True), FlowCoverage.validate(coverage, cast=True), findings


def test_citizens_of_a_detected_in_b():
    flows, _, _ = build(
        [citizens("ARG", 2019, "Bolivia (Plurinational State of)", "12"), glotip_row("ARG", 2019, "40")]
    )
    assert flows.select("origin", "destination", "transit", "low", "status", "unit", "complete", "located").rows() == [
        ("BOL", "ARG", None, 12.0, "exact", "persons", True, True)
    ]


def test_own_nationals_are_a_domestic_flow():
    flows, _, _ = build([citizens("ARG", 2019, "Nationals", "12"), glotip_row("ARG", 2019, "40")])
    assert flows.select("origin", "destination").rows() == [("ARG", "ARG")]


def test_a_flow_out_of_the_region_is_kept_and_one_without_any_state_is_counted():
    flows, _, findings = build([citizens("ESP", 2019, "Bolivia", "12"), citizens("ESP", 2019, "Romania", "30")])
    assert flows.select("origin", "destination").rows() == [("BOL", "ESP")]
    assert [(f.reason, f.rows) for f in findings] == [("outside_the_region", 1)]


@pytest.mark.parametrize("label", ["Latin America", "Unknown", "Congolese", "A people never heard of", None])
def test_what_is_no_country_stays_as_an_unlocated_flow(label):
    flows, _, findings = build([citizens("ARG", 2019, label, "12")])
    assert flows.select("origin", "origin_label", "located", "complete", "low").rows() == [
        (None, label, False, False, 12.0)
    ]
    unexpected = [f.detail for f in findings if f.unexpected]
    assert unexpected == (["A people never heard of"] if label == "A people never heard of" else [])


def test_a_sub_total_is_no_flow():
    flows, _, findings = build([citizens("BOL", 2019, "TOTAL", "120"), citizens("BOL", 2019, "Peru", "7")])
    assert flows["origin_label"].to_list() == ["Peru"]
    assert [(f.reason, f.rows) for f in findings] == [("subtotal_in_citizenship_list", 1)]


def test_a_leaked_code_is_no_flow():
    flows, _, findings = build([citizens("BOL", 2019, "Nationals", "6,112,019")])
    assert flows.is_empty()
    assert [(f.reason, f.rows) for f in findings] == [("questionnaire_code", 1)]


def test_the_declared_release_serves_its_years_and_the_newest_the_rest():
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


def test_the_newest_serves_where_the_declared_release_lists_nothing():
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
        # A printed figure is never overwritten, and the serving release's own mask reaches to zero.
        ("CHL", 8.0, 8.0, "exact", "2025-04-14", "2025-04-14"),
        ("PER", 0.0, 4.0, "masked", "2025-04-14", "2025-04-14"),
    ]


def test_one_label_twice_is_one_record_or_a_conflict():
    rows = [
        citizens("ARG", 2019, "Peru", "8"),
        citizens("ARG", 2019, "Peru", "8"),
        citizens("ARG", 2019, "Chile", "8"),
        citizens("ARG", 2019, "Chile", "9"),
    ]
    flows, _, _ = build(rows)
    assert flows.select("origin", "low", "status", "locator").sort("origin").rows() == [
        ("CHL", None, "conflicting", "data_glotip_1!6; data_glotip_1!7"),
        ("PER", 8.0, "exact", "data_glotip_1!4; data_glotip_1!5"),
    ]


def test_implausible_flows_are_questioned_and_keep_their_figure():
    rows = [
        citizens("USA", 2016, "Saint Vincent and the Grenadines", "61"),
        citizens("USA", 2016, "Maldives", "98"),
        citizens("USA", 2016, "Mexico", "400"),
        citizens("ARG", 2019, "Bolivia", "41"),
        citizens("ARG", 2019, "Peru", "40"),
        glotip_row("ARG", 2019, "40"),
    ]
    flows, _, _ = build(rows)
    # 98 per 450,000 is 21.8 per 100,000; 61 Vincentians are listed by review; 41 exceed Argentina's own total of 40.
    assert flows.select("origin", "low", "status", "note").sort("origin").rows() == [
        ("BOL", 41.0, "questioned", "larger_than_total"),
        ("MDV", 98.0, "questioned", "listed_by_review"),
        ("MEX", 400.0, "exact", None),
        ("PER", 40.0, "exact", None),
        ("VCT", 61.0, "questioned", "listed_by_review"),
    ]


def test_the_rate_rule_works_without_the_list():
    flows, _, _ = build([citizens("CRI", 2019, "Bolivia", "1,651"), citizens("CRI", 2019, "Mexico", "1,651")])
    # 15 per 100,000 of 11,000,000 Bolivians are 1,650.
    assert flows.select("origin", "status", "note").sort("origin").rows() == [
        ("BOL", "questioned", "implausible_for_origin"),
        ("MEX", "exact", None),
    ]


def test_coverage_counts_listed_citizenships_against_the_total():
    rows = [
        glotip_row("ARG", 2019, "40"),
        citizens("ARG", 2019, "Bolivia", "12"),
        citizens("ARG", 2019, "Peru", "<5"),
        citizens("ARG", 2019, "Unknown", "20"),
        glotip_row("BOL", 2019, "9"),
        citizens("CRI", 2019, "Peru", "6"),
    ]
    _, coverage, _ = build(rows)
    columns = ("area", "total", "listed", "listed_high", "nationalities")
    assert coverage.select(columns).sort("area").rows() == [
        ("ARG", 40.0, 12.0, 16.0, 2),
        ("BOL", 9.0, 0.0, 0.0, 0),
        ("CRI", None, 6.0, 6.0, 1),
    ]
