"""The tables of page "Home" lead on: a year to its map, a group to the figures of all states."""

from dashboard.subjects.explore.filters import AGES, EXPLOITATION, SEXES
from dashboard.subjects.home.page import HOME
from dashboard.views.address import read
from dashboard.views.page import Table, every
from data.i18n import language


def tables() -> dict[str, Table]:
    values = read(HOME.filters, {}).values
    blocks = [one for section in HOME.sections(language("en"), values) for one in every(section.blocks)]
    return {one.name: one for one in blocks if isinstance(one, Table)}


def test_each_year_leads_to_the_map_of_its_figures():
    table = tables()["years"]
    years = table.sheet.rows.column(0).to_pylist()
    assert len(years) > 10
    assert [link.page for link in table.links] == ["region"] * len(years)
    assert [link.filters["year"] for link in table.links] == years


def test_each_group_leads_to_the_figures_of_all_states():
    table = tables()["groups"]
    names, links = table.sheet.rows.column(1).to_pylist(), table.others[1]
    assert len(names) == len(links)
    linked = {name: link.filters for name, link in zip(names, links, strict=True) if link}
    assert linked["Female"] == {SEXES.name: "female"}
    assert linked["Children (0–17 years)"] == {AGES.name: "0-17"}
    assert linked["Forced labor"] == {EXPLOITATION.name: "forced_labour"}
    assert [name for name, link in zip(names, links, strict=True) if not link] == ["Unknown or state left out"] * 3
