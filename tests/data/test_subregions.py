"""The parts of the region are the groups of the United Nations' M49 (unstats.un.org/unsd/methodology/m49)."""

import pytest

from data.reviewed import read
from data.subregions import ALL, SUBREGIONS, Subregions, states_of

# The independent states of each group, as the United Nations list them.
M49 = {
    "029": "ATG BHS BRB CUB DMA DOM GRD HTI JAM KNA LCA TTO VCT",
    "013": "BLZ CRI GTM HND MEX NIC PAN SLV",
    "021": "CAN USA",
    "005": "ARG BOL BRA CHL COL ECU GUY PER PRY SUR URY VEN",
}


def test_each_state_is_in_the_group_of_the_standard():
    rows = read(Subregions)
    listed = {code: " ".join(rows.filter(m49=code)["area"].sort()) for code in M49}
    assert listed == M49
    assert rows.select("m49", "subregion").unique().height == len(SUBREGIONS)


@pytest.mark.parametrize(("name", "states"), [("caribbean", 13), ("central_america", 8), ("northern_america", 2)])
def test_the_states_of_a_part(name, states):
    assert len(states_of(name)) == states


def test_the_parts_together_are_the_region():
    assert sorted(area for name in SUBREGIONS for area in states_of(name)) == list(states_of(ALL))
    assert len(states_of(ALL)) == 35
