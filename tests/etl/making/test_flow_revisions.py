"""Figures by citizenship that two releases print otherwise."""

from data.contract import FlowRevisions
from etl.making import counted_flows
from etl.sources.unodc_glotip import parse
from tests.etl.flow_samples import PEOPLE, STATES, UNODC
from tests.etl.samples import citizens, glotip


def revised(april, october):
    releases = [parse(glotip(april), "april.xlsx"), parse(glotip(october, released="28/10/2025"), "october.xlsx")]
    found = counted_flows.revisions(releases, UNODC.id, PEOPLE, STATES)
    return FlowRevisions.validate(found, cast=True)


def test_only_figures_that_no_value_fits_are_kept():
    april = [
        citizens("ARG", 2019, "Bolivia", "7"),
        citizens("ARG", 2019, "Peru", "<5"),
        citizens("ARG", 2019, "Chile", "5"),
        citizens("ARG", 2019, "Brazil", "8"),
    ]
    october = [
        citizens("ARG", 2019, "Bolivia (Plurinational State of)", "11"),
        # It fits "<5".
        citizens("ARG", 2019, "Peru", "3"),
        # "<5" of a release without a zero is 0 to 4.
        citizens("ARG", 2019, "Chile", "<5"),
        citizens("ARG", 2019, "Brazil", "8"),
    ]
    rows = revised(april, october)
    ends = ("origin", "destination", "year", "low_from", "high_from", "low_to", "high_to")
    assert rows.select(ends).rows() == [("BOL", "ARG", 2019, 7, 7, 11, 11), ("CHL", "ARG", 2019, 5, 5, 0, 4)]
    assert rows.select("release_from", "release_to").unique().rows() == [("2025-04-14", "2025-10-28")]
    assert rows["locator_from"].to_list() == ["data_glotip_1!4", "data_glotip_1!6"]


def test_a_country_with_two_rows_or_in_one_release_only_has_nothing_to_compare():
    april = [citizens("ARG", 2019, "Bolivia", "7"), citizens("ARG", 2019, "Peru", "6")]
    october = [
        citizens("ARG", 2019, "Bolivia", "9"),
        citizens("ARG", 2019, "Bolivian", "4"),
        citizens("ARG", 2019, "Uruguay", "9"),
    ]
    assert revised(april, october).is_empty()


def test_pairs_outside_the_region_are_left_out():
    april, october = ([citizens("ESP", 2019, "Romania", n)] for n in ("70", "90"))
    assert revised(april, october).is_empty()
