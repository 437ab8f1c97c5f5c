import pytest

from tests.etl.flow_samples import build
from tests.etl.samples import citizens, glotip_row


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
def test_a_label_that_is_no_country_gives_an_unlocated_flow(label):
    flows, _, findings = build([citizens("ARG", 2019, label, "12")])
    assert flows.select("origin", "origin_label", "located", "complete", "low").rows() == [
        (None, label, False, False, 12.0)
    ]
    unexpected = [f.detail for f in findings if f.unexpected]
    assert unexpected == (["A people never heard of"] if label == "A people never heard of" else [])


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


def test_an_unknown_label_is_kept_and_listed_where_the_detecting_state_is_outside_the_region():
    flows, _, findings = build([citizens("ESP", 2019, "Colombianzz", "12"), citizens("ESP", 2019, "Romania", "30")])
    assert flows.select("origin", "origin_label", "destination", "located").rows() == [
        (None, "Colombianzz", "ESP", False)
    ]
    listed = [(f.detail, f.rows, f.set_aside, f.first) for f in findings if f.reason == "unrecognised_label"]
    assert listed == [("Colombianzz", 1, False, "data_glotip_1!4")]


def test_an_unknown_label_is_listed_in_a_release_that_is_not_used_for_the_year():
    april = [citizens("ARG", 2019, "Bolivia", "12")]
    october = [citizens("ARG", 2019, "Bolivia", "12"), citizens("ARG", 2019, "Zubrowkan", "7")]
    flows, _, findings = build(april, october)
    assert flows["origin_label"].to_list() == ["Bolivia"]
    assert [(f.reason, f.rows) for f in findings if f.set_aside] == [("served_by_another_release", 2)]
    assert [(f.detail, f.release, f.unexpected) for f in findings if not f.set_aside] == [
        ("Zubrowkan", "2025-10-28", True)
    ]
