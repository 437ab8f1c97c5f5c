"""Records between two states: which ones, unlisted years, and since when a treaty binds both."""

from datetime import date

import polars as pl
import pytest

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.treaties import query as treaties_query
from data.treaties import treaties

SCHEMA = {
    **dict.fromkeys(("evidence", "origin", "transit", "destination", "transit_label"), pl.String),
    "year": pl.Int16,
    "low": pl.Float64,
    "high": pl.Float64,
    **dict.fromkeys(("status", "repeat_of", "release", "locator"), pl.String),
    "note": pl.String,
}
FLOWS = [
    ("stated", "BOL", None, "ARG", None, 2011, 1, 1, "exact", None, "undated", "a"),
    ("stated", "BOL", None, "ARG", None, 2011, 1, 1, "exact", "a", "undated", "a repeated"),
    ("stated", "BOL", "PRY", "ARG", "Paraguay", 2010, 1, 1, "exact", None, "undated", "b"),
    ("stated", "BOL", None, "ARG", "the Gulf", 2012, 1, 1, "exact", None, "undated", "c"),
    ("stated", "BOL", "ARG", "ESP", "Argentina", 2012, 1, 1, "exact", None, "undated", "d"),
    ("stated", "PER", "BOL", "ARG", "Bolivia", 2012, 1, 1, "exact", None, "undated", "e"),
    ("stated", "ARG", "BOL", None, "Bolivia", 2012, 1, 1, "exact", None, "undated", "f"),
    ("stated", "PER", "CHL", "ARG", "Chile", 2012, 1, 1, "exact", None, "undated", "g"),
    ("counted", "BOL", None, "ARG", None, 2012, 5, 5, "exact", None, "2025", "h"),
    ("counted", "BOL", None, "ARG", None, 2011, 0, 4, "masked", None, "2025", "i"),
    ("counted", "BOL", None, "ARG", None, 2013, 900, 900, "questioned", None, "2025", "j"),
    ("counted", "BOL", None, "ARG", None, 2014, None, None, "conflicting", None, "2025", "k"),
    ("counted", "BOL", None, "BOL", None, 2012, 7, 7, "exact", None, "2025", "l"),
    ("counted", "ARG", None, "BOL", None, 2012, 0, 0, "exact", None, "2025", "m"),
]
ACTS = [
    ("ARG", "untoc", "signature", date(2000, 12, 12), False, "x"),
    ("ARG", "untoc", "ratification", date(2002, 11, 19), False, "x"),
    ("BOL", "untoc", "accession", date(2005, 10, 10), True, "y"),
    ("BOL", "palermo_protocol", "signature", date(2000, 12, 12), False, "z"),
    ("PER", "smuggling_protocol", "signature", date(2000, 12, 12), False, "z"),
]


def snap(**more):
    rows = [(*row, None) for row in FLOWS]
    flows = pl.LazyFrame(rows, schema=SCHEMA, orient="row").with_columns(source=pl.lit("unodc_glotip"))
    return Tables({"flows": flows, **more})


def between():
    return pair_query.between.of(snap(), "BOL", "ARG")


def test_every_record_with_both_states_appears_once_in_its_direction():
    assert between().select("start", "end", "way", "locator").rows() == [
        ("BOL", "ARG", "direct", "i"),
        ("BOL", "ARG", "direct", "h"),
        ("BOL", "ARG", "direct", "j"),
        ("BOL", "ARG", "direct", "k"),
        ("ARG", "BOL", "direct", "m"),
        ("BOL", "ARG", "through", "b"),
        ("BOL", "ARG", "direct", "a"),
        ("BOL", "ARG", "through", "c"),
        ("BOL", "ARG", "onward", "d"),
        ("BOL", "ARG", "from_elsewhere", "e"),
        ("ARG", "BOL", "onward", "f"),
    ]


def test_sums_exclude_questioned_records_and_add_the_ends_of_masked_ones():
    counted = between().filter(evidence="counted")
    assert pair_query.total(counted.filter(start="BOL")) == (5, 9)
    assert pair_query.total(counted.filter(start="ARG")) == (0, 0)
    assert pair_query.total(counted.clear()) == (0, 0)


def test_only_years_with_a_citizenship_list_are_returned():
    covered = pl.LazyFrame({"area": ["ARG", "ARG", "BOL"], "year": [2012, 2010, 2011], "nationalities": [2, 0, 1]})
    assert [pair_query.lists.of(snap(flow_coverage=covered), area) for area in ("ARG", "BOL", "DMA")] == [
        [2012],
        [2011],
        [],
    ]


def test_a_direction_has_every_year_from_its_first_to_its_last():
    counted = between().filter(evidence="counted", start="BOL")
    found = pair_query.listed_years(counted, [2008, 2009, 2011, 2012, 2013, 2014])
    assert [(one.years, one.state) for one in found] == [
        ([2008, 2009], "unlisted"),
        ([2010], "no_list"),
        ([2011], "figure"),
        ([2012], "figure"),
        ([2013], "questioned"),
        ([2014], "conflicting"),
    ]
    masked, exact = found[2].row, found[3].row
    assert (masked["low"], masked["high"], masked["masked"], masked["locator"]) == (0, 4, True, "i")
    assert (exact["low"], exact["high"], exact["masked"], exact["locator"]) == (5, 5, False, "h")
    assert pair_query.listed_years(counted.clear(), []) == []


def test_the_direction_with_more_victims_comes_first():
    assert pair_query.ways(between(), "ARG", "BOL") == [("BOL", "ARG"), ("ARG", "BOL")]
    assert pair_query.ways(between().clear(), "ARG", "BOL") == [("ARG", "BOL"), ("BOL", "ARG")]


def test_a_route_through_a_third_state_has_both_legs_and_one_that_goes_on_that_between_both():
    columns = {name: pl.lit("x") for name in ("source", "origin_label", "destination_label")}
    flows = snap().table("flows").with_columns(**columns)
    rows = pair_query.routes.of(Tables({"flows": flows}), "BOL", "ARG")
    assert set(rows.select("origin", "destination", "leg", "transit", "high").rows()) == {
        ("BOL", "ARG", "direct", None, 1.0),
        ("BOL", "PRY", "to_transit", "PRY", 1.0),
        ("PRY", "ARG", "from_transit", "PRY", 1.0),
        ("BOL", "ARG", "to_transit", "ARG", 1.0),
        ("BOL", "ARG", "from_transit", "BOL", 1.0),
        ("ARG", "BOL", "to_transit", "BOL", 1.0),
    }


def acted(*areas, acts=ACTS):
    names = ["area", "instrument", "action", "date", "derived", "locator"]
    table = pl.LazyFrame(acts, schema=names, orient="row").with_columns(
        date_precision=pl.when(pl.col("date").is_null()).then(pl.lit("none")).otherwise(pl.lit("day")),
        transcribed=pl.col("date").is_null(),
        source="locator",
        release=pl.lit("2014-01"),
        note=pl.when(locator="doubt").then(pl.lit("ratified_without_signature")),
    )
    return treaties_query.bound.of(snap(instruments=table), areas)


def test_a_treaty_binds_from_its_own_entry_into_force_or_thirty_days_after_the_deposit():
    rows = {(row["instrument"], row["area"]): row for row in acted("ARG", "BOL").iter_rows(named=True)}
    assert len(rows) == 6
    argentina, bolivia = rows["untoc", "ARG"], rows["untoc", "BOL"]
    assert (argentina["signature"], argentina["action"]) == (date(2000, 12, 12), "ratification")
    assert (argentina["in_force"], argentina["derived"]) == (date(2003, 9, 29), False)
    assert (bolivia["signature"], bolivia["in_force"], bolivia["derived"]) == (None, date(2005, 11, 9), True)
    assert rows["palermo_protocol", "BOL"]["in_force"] is None
    assert rows["smuggling_protocol", "ARG"]["locators"] is None


def test_a_treaty_is_in_force_for_both_from_the_later_date():
    assert treaties_query.in_force(acted("ARG", "BOL")) == {"untoc": date(2005, 11, 9)}
    assert treaties_query.in_force(acted("ARG", "DMA")) == {}


def test_the_exact_one_of_two_sources_counts_and_a_party_without_a_date_is_not_in_force_since_a_day():
    party = ("ARG", "untoc", "participation", None, False, "q")
    rows = acted("ARG", "COL", acts=[party, *ACTS, ("COL", "untoc", "participation", None, False, "q")])
    argentina, colombia = rows.filter(instrument="untoc").iter_rows(named=True)
    assert (argentina["deposit"], argentina["action"]) == (date(2002, 11, 19), "ratification")
    assert (colombia["deposit"], colombia["action"], colombia["in_force"]) == (None, "participation", None)


def test_barbados_is_bound_from_the_printed_date():
    """The depositary's table ends before; the entry into force on 11 December 2014 was printed elsewhere."""
    rows = treaties_query.bound(("BRB", "ARG"))
    barbados = rows.filter(area="BRB", instrument="palermo_protocol").row(0, named=True)
    assert (barbados["in_force"], barbados["derived"]) == (date(2014, 12, 11), True)
    # Argentina deposited before the fortieth state, so the dates are those of the treaties' entry into force.
    palermo = ("palermo_protocol", "untoc", "smuggling_protocol")
    found = dict(rows.filter(area="ARG").select("instrument", "in_force").iter_rows())
    assert [found[name] for name in palermo] == [treaties()[name].in_force for name in palermo]


@pytest.mark.parametrize(("one", "other"), [("BOL", "ARG"), ("GTM", "MEX"), ("HTI", "DMA"), ("COL", "ECU")])
def test_records_of_the_snapshot_match_a_plain_loop(one, other):
    expected = set()
    for row in store.tables().table("flows").collect().iter_rows(named=True):
        route = [row["origin"], row["transit"], row["destination"]]
        if row["repeat_of"] is None and {one, other} <= set(route):
            start, end = sorted((one, other), key=route.index)
            expected.add((start, end, row["locator"]))
    records = pair_query.between(one, other)
    assert records.height == len(expected)
    assert set(records.select("start", "end", "locator").iter_rows()) == expected


def test_a_year_without_a_record_is_not_a_zero_and_questioned_ones_are_left_out():
    listed = pl.LazyFrame({"year": [2010, 2012, 2014]}, schema={"year": pl.Int16})
    yearly = pair_query.yearly.of(snap(flow_coverage=listed), "BOL", "ARG")
    assert yearly.select("start", "year", "low", "high", "status", "listed").rows() == [
        ("BOL", 2010, None, None, "not_reported", False),
        ("BOL", 2011, 0, 4, "masked", True),
        ("BOL", 2012, 5, 5, "exact", True),
        ("BOL", 2013, None, None, "not_reported", False),
        ("BOL", 2014, None, None, "conflicting", True),
        ("ARG", 2010, None, None, "not_reported", False),
        ("ARG", 2011, None, None, "not_reported", False),
        ("ARG", 2012, 0, 0, "exact", True),
        ("ARG", 2013, None, None, "not_reported", False),
        ("ARG", 2014, None, None, "not_reported", False),
    ]
    none = Tables({"flows": pl.LazyFrame(schema=SCHEMA), "flow_coverage": listed})
    assert pair_query.yearly.of(none, "BOL", "ARG").is_empty()


def test_a_state_named_twice_has_its_records_at_home_once():
    rows = store.tables().table("flows").collect().filter(pl.col("repeat_of").is_null())
    home = rows.filter(pl.col("origin") == pl.col("destination"), evidence="counted")
    (area,) = home["origin"].value_counts(sort=True)["origin"].head(1)
    found = pair_query.between(area, area).filter(evidence="counted")
    assert sorted(found["locator"]) == sorted(home.filter(origin=area)["locator"])
    assert (
        pair_query.yearly(area, area).filter("listed").height == found.filter(pl.col("status") != "questioned").height
    )
