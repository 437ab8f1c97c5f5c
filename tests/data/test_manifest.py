"""Where counts are shown: as the snapshot says, also one that was built before snapshots said it."""

import tomllib

import pytest

from data import manifest
from etl.source_declaration import SOURCES

REGION = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted", "offences")
EXPECTED = {"region": REGION, "country": REGION[:4], "response": REGION[2:4]}


@pytest.mark.parametrize("place", EXPECTED)
def test_counts_are_shown_in_their_places_in_order(place):
    assert manifest.counts(place) == EXPECTED[place]
    assert manifest.main_source() == "unodc_glotip"


def test_a_snapshot_that_does_not_say_it_shows_what_the_declarations_say():
    declared = tomllib.loads((SOURCES / "unodc_glotip" / "unodc_glotip.toml").read_text("utf-8"))["indicators"]
    assert {one["id"]: one["shown"] for one in declared if "shown" in one} == manifest.SHOWN_BEFORE
