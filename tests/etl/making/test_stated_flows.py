import polars as pl

from data.contract import Flows
from etl.making import stated_flows
from etl.parsed import Parsed

STATES = ("CRI", "NIC", "PAN", "USA")
SCHEMA = {
    "origin_label": pl.String,
    "transit_label": pl.String,
    "destination_label": pl.String,
    "flagged": pl.Boolean,
}


def build(*statements: tuple[str | None, str | None, str | None, bool]):
    rows = pl.DataFrame(statements, schema=SCHEMA, orient="row").with_columns(
        year=pl.lit(2014, dtype=pl.Int16),
        form=pl.lit(["forced_labour"]),
        profile=pl.lit([], dtype=pl.List(pl.String)),
        repeat_of=pl.lit(None, dtype=pl.String),
        locator=pl.format("2014!{}", pl.int_range(2, pl.len() + 2)),
    )
    flows, findings = stated_flows.build(Parsed(rows, "undated", "none stated", rows.height, rows.height), "du", STATES)
    return Flows.validate(flows, cast=True), findings


def test_a_route_with_transit_keeps_its_three_points():
    flows, findings = build(("Nicaragua", "Costa Rica", "Panama", False))
    assert flows.select("origin", "transit", "destination", "low", "unit", "complete", "located").rows() == [
        ("NIC", "CRI", "PAN", 1.0, "statements", True, True)
    ]
    assert findings == []


def test_a_region_is_never_a_country():
    flows, _ = build(("Latin America", None, "United States", True), ("Nicaragua", None, "Gulf States", False))
    assert flows.select("origin", "destination", "located", "complete", "note").rows() == [
        (None, "USA", False, False, "flagged_by_the_coders"),
        ("NIC", None, False, False, None),
    ]


def test_a_blank_end_is_located_but_not_complete():
    flows, _ = build(("Nicaragua", "Costa Rica", None, False))
    assert flows.select("destination", "located", "complete").rows() == [(None, True, False)]


def test_rows_outside_the_region_are_counted_apart_from_those_that_only_pass_through():
    flows, findings = build(("Ghana", None, "Italy", False), ("China", "Panama", "Canada", False))
    assert flows.is_empty()
    assert [(f.reason, f.rows) for f in findings] == [("outside_the_region", 1), ("only_transit_in_the_region", 1)]


def test_an_unknown_label_is_listed_and_kept():
    flows, findings = build(("Nicaragua", None, "Zubrowka", False))
    assert flows.select("destination_label", "located").rows() == [("Zubrowka", False)]
    assert [(f.reason, f.detail, f.unexpected, f.set_aside) for f in findings] == [
        ("unrecognised_label", "Zubrowka", True, False)
    ]


def test_an_unknown_label_is_kept_where_no_other_end_is_in_the_region():
    flows, findings = build(("Colombianzz", None, "Spain", False), ("Ghana", "Zubrowka", "Italy", False))
    assert flows.select("origin_label", "transit_label", "located").rows() == [
        ("Colombianzz", None, False),
        ("Ghana", "Zubrowka", False),
    ]
    assert [(f.reason, f.detail, f.first) for f in findings] == [
        ("unrecognised_label", "Colombianzz", "2014!2"),
        ("unrecognised_label", "Zubrowka", "2014!3"),
    ]
