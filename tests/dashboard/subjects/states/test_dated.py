"""Laws and treaties beside the figures of a state: which, when, and from which files."""

import csv
import re

import polars as pl
import pytest

from dashboard import store
from dashboard.charts.medium import LAPTOP
from dashboard.subjects.states import dated
from dashboard.subjects.states.page_figures import OVER_TIME
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language
from data.reviewed import REFERENCE

EN = language("en")
FILES = {
    "Trafficking protocol": "untc_XVIII-12-a_palermo_trafficking_protocol_2014-01.csv",
    "Palermo Convention": "untc_XVIII-12_untoc_2014-01.csv",
}
STATES = {"USA": "United States of America", "BRA": "Brazil", "HND": "Honduras"}


def reviewed_laws(area):
    with (REFERENCE / "laws.csv").open(encoding="utf-8") as file:
        return [int(row["year"]) for row in csv.DictReader(file) if row["area"] == area and row["year"]]


@pytest.mark.real
@pytest.mark.parametrize("area", STATES)
def test_the_years_are_those_of_the_files(mirror, area):
    rows = {row.name: row.acts for row in dated.rows(EN, area)}
    assert rows.keys() == {"Law", *FILES}
    assert [year for year, _ in rows["Law"]] == reviewed_laws(area)
    for name, file in FILES.items():
        with (mirror / "untc" / file).open(encoding="utf-8-sig") as content:
            (cells,) = [row[1:3] for row in csv.reader(content) if row[0].strip() == STATES[area]]
        # An accession is printed as "1 Apr 2008 a".
        years = [(int(found[0]), place == 1) for place, day in enumerate(cells) if (found := re.findall(r"\d{4}", day))]
        assert sorted(rows[name]) == sorted(years)


def test_more_treaties_of_the_snapshot_do_not_crowd_the_figure():
    """Only treaties that a paragraph of the Declaration names are drawn, however many there are."""
    named = dated.treaties()
    assert set(named) == {"palermo_protocol", "untoc"}
    snap = store.tables()
    evidence = snap.table("evidence").collect()
    acts = evidence.filter(kind="treaty")
    # Treaties on other paragraphs, and one that the paragraph names without having a table.
    others = pl.concat([acts.with_columns(paragraph=pl.lit(4, pl.Int8), title=pl.lit("smuggling_protocol"))])
    unknown = acts.filter(paragraph=dated.NAMING).with_columns(title=pl.lit("another"))
    more = snap.replaced(evidence=pl.concat([evidence, others, unknown]).lazy())
    assert dated.treaties.of(more) == named


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", ["HND", "ATG"])
def test_the_figure_says_the_years_and_no_cause(code, area):
    lang = language(code)
    plate = OVER_TIME.draw(Values.of({"area": area, "edition": "newest"}), lang, LAPTOP)
    for row in dated.rows(lang, area):
        assert all(str(year) in plate.description for year, _ in row.acts)
        assert row.name in plate.description
