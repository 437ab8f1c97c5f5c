"""Page "Instruments" as a reader sees it; its table and counts are compared with the depositary's files."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from dashboard import store
from data.i18n import LANGUAGES, language
from tests.dashboard.export.test_downloads import opened as with_parts
from tests.pages import recount
from tests.pages.test_figures import opened as page

EN = language("en")
CITED = "Seen in: Atalaya, data version"
LAW = "Law cited"


def opened(**address):
    return page("instruments", **address)


def unfolded(**address):
    return with_parts("instruments", "folded.standing", **address)


def acts(app):
    return next(frame.value for frame in app.dataframe if "Action" in frame.value)


def laws(app):
    return next(frame.value for frame in app.dataframe if LAW in frame.value)


def text(app):
    return " ".join(part.value for part in (*app.markdown, *app.subheader, *app.header)).replace("\\", "")


def test_the_usual_view_is_the_protocol_where_its_table_ends():
    page_text = text(unfolded())
    assert "Barbados: ratification on 11 November 2014 (calculated), after the end of our data" in page_text
    # By its date an accession, and printed without a signature (read in the depositary's file).
    doubt = "Antigua and Barbuda, Protocol on Trafficking in Persons (2000): ratification, 17 February 2010. Doubtful:"
    assert doubt in page_text
    assert "Paraguay: made an ad referendum reservation" in page_text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_link_restores_the_view_in_every_language(code):
    address = {
        "treaty": "smuggling_protocol",
        "year_end": "2005",
        "all_treaties": "1",
        "act": "BRB.untoc",
        "law": "MEX",
    }
    app = opened(lang=code, **address)
    assert {name: app.query_params[name] for name in address} == address
    assert (app.selectbox(key="treaty").value, app.toggle(key="all_treaties").value) == ("smuggling_protocol", True)
    assert sum("Atalaya" in block.value for block in app.code) == 3


@pytest.mark.parametrize("year", ["1999", "2015", "never"])
def test_the_years_end_with_the_table(year):
    app = opened(year_end=year)
    assert year in app.warning[0].value
    title = app.get("plotly_chart")[1].proto.alt
    assert "34 of them by 10 July 2014. Protocol on Trafficking in Persons (2000);" in title


def test_the_table_holds_one_treaty_or_all_and_every_state_has_a_row():
    single, every = acts(opened(treaty="untoc")), acts(opened(all_treaties="1"))
    assert set(single["Treaty"]) == {"Convention against Transnational Organized Crime (2000)"}
    # The four treaties of its subject.
    assert Counter(every.groupby("Treaty")["State"].nunique()) == {35: 4}
    states = every["State"].drop_duplicates().tolist()
    assert states == [EN.country(code) for code in EN.sorted_countries(_states())]
    absent = every[every["Action"] == "No action recorded as of 10 July 2014"]
    assert sorted(absent["State"]) == ["Colombia", "Saint Lucia"]


def _states():

    return store.areas()


@pytest.mark.parametrize(
    ("mark", "title", "words"),
    [
        ("BRA.untoc.ratification", "Brazil, Convention against", "untc_XVIII-12_untoc_2014-01.csv"),
        ("BRB.palermo_protocol.ratification", "Barbados, Protocol on", "before entry into force, 11 December 2014"),
        ("COL.smuggling_protocol.", "Colombia, Protocol against", "has no act of this state"),
    ],
)
def test_a_row_opens_its_passport(mark, title, words):
    app = opened(act=mark)
    assert [heading.value for heading in app.subheader if heading.value.startswith(title)]
    page_text = text(app)
    assert words in page_text
    for part in ("Published by", "Release", "File", "SHA-256", "License", "Retrieved", "How we processed it"):
        assert f"**{part}**" in page_text
    assert any(CITED in code.value for code in app.code)


def test_a_derived_act_leads_to_a_text_it_was_taken_from_and_a_printed_one_to_its_file():
    link = "[Open the text cited](https://gisbarbados.gov.bb/"
    assert any(
        paragraph.value.startswith(link) for paragraph in opened(act="BRB.palermo_protocol.ratification").markdown
    )
    assert not any(
        "Open the text" in paragraph.value for paragraph in opened(act="BRB.palermo_protocol.signature").markdown
    )


def test_a_state_of_the_map_opens_to_all_its_acts():
    app = opened(act="ARG.palermo_protocol")
    titles = [heading.value.rpartition(", ")[2] for heading in app.subheader]
    assert titles[:2] == ["signature", "ratification"]


@pytest.mark.parametrize("mark", ["ARG.rome_statute", "ARG.untoc.succession"])
def test_an_unknown_act_is_reported_in_a_sentence(mark):
    app = opened(act=mark)
    if mark.startswith("ARG.rome"):
        assert "The item in this link is not in this table." in [box.value.replace("\\", "") for box in app.info]
    assert not any(heading.value.endswith("succession") for heading in app.subheader)


def test_a_law_and_a_missing_law_have_a_passport():
    page_text = text(opened(law="CRI"))
    assert "**Year**: 2013" in page_text
    assert "](https://" in page_text
    assert "laws.csv" in page_text
    # The bill received royal assent on that day: the list has day and year, read in the text cited.
    canada = text(opened(law="CAN"))
    with (recount.REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        (line,) = [row for row in csv.DictReader(file) if row["area"] == "CAN"]
    assert line["date"].startswith(line["year"])
    assert f"**Year**: {line['year']}" in canada
    assert "**Year**: not known" not in canada
    assert "No law of this state in our sources; one may exist." in text(opened(law="BLZ"))


def test_the_laws_are_listed_by_state_with_the_year_where_it_is_known():
    shown = laws(opened())
    assert shown["State"].tolist() == [EN.country(code) for code in EN.sorted_countries(_states())]
    with (recount.REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        years = {EN.country(row["area"]): row["year"] or "not known" for row in csv.DictReader(file) if row["title"]}
    named = shown[shown[LAW] != "No law cited"]
    assert dict(zip(named["State"], named["Year"], strict=True)) == years
    assert years["Canada"] == "2005"
    assert sorted(shown[shown[LAW] == "No law cited"]["State"]) == [
        "Belize",
        "Cuba",
        "Dominica",
        "Venezuela",
    ]


def test_the_treaties_of_two_states_open_to_their_acts():
    app = page("pair", one="BOL", other="COL", bound="BOL.palermo_protocol")
    assert any(heading.value.startswith("Bolivia, Protocol on Trafficking") for heading in app.subheader)
    app = page("pair", one="BOL", other="COL", bound="COL.smuggling_protocol")
    assert any(heading.value.endswith("no action recorded as of 10 July 2014") for heading in app.subheader)


@pytest.mark.real
@pytest.mark.parametrize(
    ("treaty", "file"),
    [("palermo_protocol", "XVIII-12-a_"), ("untoc", "XVIII-12_"), ("smuggling_protocol", "XVIII-12-b_")],
)
def test_the_table_has_the_days_of_the_depositary(treaty, file):
    """The table has every printed day of a state, and no other day but the calculated ones."""
    path = next(Path(os.environ["ATALAYA_MIRROR"]).glob(f"untc/untc_{file}*.csv"))
    with path.open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream)
    cells = {f"{path.name}, row {number}": row for number, row in enumerate(rows, 2)}
    shown = acts(opened(treaty=treaty))
    printed = shown[(shown["Date"] != "–") & ~shown["Date"].str.contains("calculated")]
    for cell, mine in printed.groupby("Source cell"):
        days = {" ".join(text.split()[:3]) for text in cells[cell][1:] if text}
        assert {_short(day) for day in mine["Date"]} == days
    assert len(printed) == sum(bool(text) for cell in set(printed["Source cell"]) for text in cells[cell][1:])


def _short(day: str) -> str:
    number, month, year = day.split()
    return f"{number} {month[:3]} {year}"
