"""A treaty is added by its line and its source: done here in a copy of the tree, from an earlier table.

No page of another treaty says anything else, and its own pages say the day of its own table.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.exercises.tree import copy, etl, publishers, run

LINE = (
    "child_convention,Convention on Children made up for a test (1989),Child convention,"
    '"Convention on Children (1989), as nobody adopted it",children,UN,IV-99,1,1990-01-26,1990-09-02,30d,'
    '"articles 46 and 49: in force thirty days after the twentieth deposit"\n'
)
QUESTION = "4,treaty,child_convention,the paragraph is on children\n"
MODULE = '''"""The status table of a treaty of another chapter, read in March 2010."""

from etl import depositary
from etl.parsed import Parsed


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table (`etl.depositary`)."""
    table = depositary.StatusTable("untc_children", file, "child_convention", "2010-03", "page of the table")
    return depositary.parse(content, table)
'''
DECLARATION = """
id = "untc_children"
label = { en = "United Nations Treaty Collection, chapter IV" }
title = "Status of a treaty, made up for a test"
publisher = "Nobody"
landing_page = "https://example.org/table"
license = "CC0"
redistribute = "rows"
citation = "Nobody. A table."
rows = "instruments"
mirror = ["untc_children/*.csv"]
"""
TABLE = """Participant,Signature,"Ratification, Acceptance(A), Accession(a), Succession(d)"
Peru,26 Jan 1990,5 Sep 1990
Mexico,26 Jan 1990,
Brazil,,24 Sep 2009 a
Spain,26 Jan 1990,6 Dec 1990
"""
TODAY = ("palermo_protocol", "untoc", "smuggling_protocol")
INSTRUMENTS = [("instruments", {"treaty": [treaty]}) for treaty in TODAY]
# The words of pages, without the options of their controls; and the years of their slider.
PAGES = """
import json, sys
from lxml import html
from dashboard import store
from dashboard.catalog import pages
from dashboard.forms.html.document import document
from dashboard.views.address import read
from data.i18n import language

def words(slug, given):
    page = pages()[slug]
    found = read(page.filters, given)
    (main,) = html.fromstring(document(language("en"), page, found.values)).xpath("//main")
    # The matrix has all treaties, so a new one is on it.
    for one in main.xpath(".//script | .//style | .//option | .//*[@id='matrix']"):
        one.drop_tree()
    text = " ".join(main.text_content().split()).replace(store.snapshot().id, "")
    years = [main.xpath(f".//input[@type='range']/@{end}") for end in ("min", "max")]
    return {"words": text, "years": years, "notices": len(found.notices)}

print(json.dumps([words(*address) for address in json.loads(sys.argv[1])]))
"""


def add(tree: Path, mirror: Path) -> None:
    """Write the line of the treaty, its question, and its source; and the publisher's file into a mirror folder."""
    for name, line in (("treaties.csv", LINE), ("questions.csv", QUESTION)):
        with (tree / "data" / "reference" / name).open("a", encoding="utf-8") as file:
            file.write(line)
    (tree / "etl" / "sources" / "untc_children.py").write_text(MODULE, "utf-8")
    (tree / "etl" / "sources" / "untc_children.toml").write_text(DECLARATION, "utf-8")
    (mirror / "untc_children").mkdir()
    (mirror / "untc_children" / "table.csv").write_text(TABLE, "utf-8")


def pages(tree: Path, snapshots: Path, *addresses: tuple[str, dict[str, list[str]]]) -> list[dict[str, Any]]:
    done = run(tree, "-c", PAGES, json.dumps(addresses), snapshots=snapshots)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> tuple[Path, Path, list[dict[str, Any]]]:
    """A copy of the tree with the treaty, its snapshots, and what the pages of the others said before."""
    place = tmp_path_factory.mktemp("exercise")
    tree, mirror = copy(place, "etl", "data", "dashboard", "pages"), publishers(place / "mirror")
    before: list[dict[str, Any]] = []
    for name in ("before", "after"):
        done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(place / name))
        assert done.returncode == 0, done.stderr
        if name == "before":
            before = pages(tree, place / name, *INSTRUMENTS)
            add(tree, mirror)
            # A treaty of which there is no table yet is on no page.
            assert pages(tree, place / name, *INSTRUMENTS) == before
    return tree, place / "after", before


def test_the_pages_of_the_others_say_what_they_said(added):
    tree, snapshots, before = added
    assert pages(tree, snapshots, *INSTRUMENTS) == before
    assert all(["2000"] in page["years"] and "10 July 2014" in page["words"] for page in before)


def test_its_own_page_ends_with_its_own_table(added):
    tree, snapshots, _ = added
    own, later = pages(
        tree,
        snapshots,
        ("instruments", {"treaty": ["child_convention"]}),
        ("instruments", {"treaty": ["child_convention"], "year_end": ["2014"]}),
    )
    assert own["years"] == [["1990"], ["2010"]]
    assert (
        "2 of 35 states had become parties to the Convention on Children made up for a test (1989) by March 2010, the"
        in own["words"]
    )
    assert "No action recorded as of March 2010" in own["words"]
    assert "July 2014" not in own["words"]
    # A year after the end of its table does not exist.
    assert (later["words"], own["notices"], later["notices"]) == (own["words"], 0, 1)


def test_pages_of_all_treaties_name_the_day_of_each(added):
    tree, snapshots, _ = added
    ends = "10 September 2011 (Traffic in minors) and March 2010 (Child convention)"
    # Of many days the first and the last are said.
    many = "25 August 2022 at the latest (by treaty; March 2010 at the earliest)"
    chart, state, pair = pages(
        tree,
        snapshots,
        ("instruments", {"treaty": ["child_convention"], "all_treaties": ["1"]}),
        ("country", {"area": ["MEX"]}),
        ("pair", {"one": ["BRA"], "other": ["PER"]}),
    )
    assert f"Children · States that had deposited their instruments by {ends}" in chart["words"]
    assert f"Treaty actions up to {many}; states may have acted since." in state["words"]
    assert f"Data to {many}." in pair["words"]
    # Thirty days after the deposit of Brazil, the later of the two.
    acts = r"Accession, 24 September 2009\s*Ratification, 5 September 1990\s*24 October 2009"
    assert re.search(rf"Convention on Children made up for a test \(1989\)\s*{acts}", pair["words"])


def test_it_is_evidence_on_its_paragraph_and_in_the_codebook(added):
    tree, snapshots, _ = added
    asked = (
        "from dashboard import store; from data.codebook import codebook\n"
        "rows = store.tables().table('evidence').collect().filter(kind='treaty', title='child_convention')\n"
        "print(sorted(set(rows['paragraph'])), rows['actor'].unique().sort().to_list())\n"
        "print(codebook().filter(code='child_convention')['definition'].to_list())\n"
    )
    done = run(tree, "-c", asked, snapshots=snapshots)
    assert done.stdout.splitlines() == [
        "[4] ['BRA', 'MEX', 'PER']",
        "['Convention on Children (1989), as nobody adopted it']",
    ], done.stderr
    done = etl(tree, "check", "--snapshot", str(snapshots))
    assert done.returncode == 0, done.stderr


def test_a_table_of_a_treaty_without_a_line_stops_the_build_in_one_line(tmp_path):
    tree, mirror = copy(tmp_path, "etl", "data"), publishers(tmp_path / "mirror")
    add(tree, mirror)
    for name in ("treaties.csv", "questions.csv"):
        path = tree / "data" / "reference" / name
        path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(tmp_path / "snapshots"))
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert "child_convention has no line in data/reference/treaties.csv; add it" in line
