"""An indicator is added in the declaration of its source alone: done here in a copy of the tree, to its page."""

from pathlib import Path

import pytest

from data.snapshot import Snapshot
from tests.exercises.tree import copy, etl, publishers, screens

DECLARED = """
[[indicators]]
id = "adult_schooling"
code = "SE_TST_SCHOOL"
unit = "percent"
order = 215
title = { en = "Adults in schooling", pt = "Adultos na escola" }
definition = { en = "Share of adults in any schooling, in per cent (4.3.1)." }
codebook = { sdg = "4.3.1 SE_TST_SCHOOL" }
"""
# Argentina and Brazil, and Spain, which is outside the region.
TABLE = """age,geo_area,nature,sex,units,year,se_tst_school
18+,32,c,bothsex,percent,2020,12.5
18+,76,c,bothsex,percent,2019,30
18+,724,c,bothsex,percent,2019,40
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """A copy of the tree with one more indicator, and the snapshots that its build made."""
    place = tmp_path_factory.mktemp("exercise")
    tree, mirror = copy(place, "etl", "data", "dashboard", "pages"), publishers(place / "mirror")
    with (tree / "etl" / "sources" / "unsd_sdg" / "unsd_sdg.toml").open("a", encoding="utf-8") as file:
        file.write(DECLARED)
    (mirror / "unsd_sdg" / "unsdg_ddf_2020-10_se_tst_school.csv").write_text(TABLE, "utf-8")
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(place / "snapshots"))
    assert done.returncode == 0, done.stderr
    return tree, place / "snapshots"


def test_the_figures_of_the_indicator_are_in_the_snapshot(built):
    rows = Snapshot.open(str(built[1])).table("observations").filter(indicator="adult_schooling")
    assert rows.select("area", "year", "age", "low", "unit").sort("area").collect().rows() == [
        ("ARG", 2020, "18+", 12.5, "percent"),
        ("BRA", 2019, "18+", 30.0, "percent"),
    ]
    done = etl(built[0], "check", "--snapshot", str(built[1]))
    assert done.returncode == 0, done.stderr


def test_the_pages_list_the_indicator_in_order_and_explain_it(built):
    expected = {
        "en": ("Adults in schooling", "Detected victims", "Women subjected to violence by a partner"),
        "pt": ("Adultos na escola", "Vítimas detectadas", "Mulheres submetidas a violência por parceiro"),
    }
    chosen = {"indicators": "adult_schooling", "reading": "table"}
    addresses = [
        (page, {"lang": lang, **more}) for lang in expected for page, more in (("explore", chosen), ("sources", {}))
    ]
    pages = screens(built[0], *addresses, snapshots=built[1])
    for (title, before, after), explore, sources in zip(expected.values(), pages[::2], pages[1::2], strict=True):
        listed = explore["options"]["indicators"]
        assert listed.index(before) < listed.index(title) < listed.index(after)
        assert title in explore["words"]
        assert "4.3.1 SE_TST_SCHOOL" in sources["words"]
