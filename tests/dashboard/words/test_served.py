"""A view names the releases of its own rows, in every language; where two serve, how many rows of which years."""

import polars as pl
import pytest

from dashboard.words import served
from data.i18n import LANGUAGES, language

EN = language("en")
UNODC = "unodc_glotip"
APRIL, OCTOBER = "2025-04-14", "2025-10-28"


def rows(*cells):
    return pl.DataFrame(cells, schema={"source": pl.String, "release": pl.String, "year": pl.Int16}, orient="row")


ONE = rows((UNODC, OCTOBER, 2019), (UNODC, OCTOBER, 2022), (None, None, 2023))
TWO = rows((UNODC, OCTOBER, 2023), (UNODC, APRIL, 2008), (UNODC, APRIL, 2007), (UNODC, APRIL, 2010))


def test_one_release_with_the_last_year_of_its_rows():
    assert served.lines(EN, served.served(ONE)) == [
        "UNODC, Global Report on Trafficking in Persons, release of 28 October 2025, data to 2022"
    ]


def test_two_releases_with_their_rows_and_years():
    assert served.sentence(EN, served.served(TWO)) == (
        "UNODC, Global Report on Trafficking in Persons: 3 of 4 records from the release of 14 April 2025 (2007–2008, "
        "2010); 1 of 4 records from the release of 28 October 2025 (2023)."
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_releases_in_every_language(code):
    lang = language(code)
    text = served.sentence(lang, served.served(TWO))
    assert text.index(lang.date(APRIL)) < text.index(lang.date(OCTOBER))
    assert lang.date(OCTOBER) in served.sentence(lang, served.served(ONE))
    assert lang.date(APRIL) not in served.sentence(lang, served.served(ONE))


def test_each_source_has_a_line_of_its_own():
    both = rows((UNODC, OCTOBER, 2023), ("hti", "2013.1", 2011), ("natural_earth", "undated", None))
    assert served.lines(EN, served.served(both)) == [
        "R. Frank, Human Trafficking Indicators, version 2013.1, data to 2011",
        "Natural Earth, country polygons: undated",
        "UNODC, Global Report on Trafficking in Persons, release of 28 October 2025, data to 2023",
    ]


def test_a_release_without_a_date_says_so():
    (line,) = served.lines(EN, served.served(rows(("du_directionality", "undated", 2016))))
    assert line.endswith("undated, data to 2016")


@pytest.mark.parametrize("struct", [True, False])
def test_a_derived_figure_counts_for_the_releases_of_its_inputs(struct):
    cells = [("worldbank_population", "2026-03", "a.csv#2"), (UNODC, APRIL, "b.xlsx#9")]
    names = ("source", "release", "locator")
    inputs = [dict(zip(names, cell, strict=True)) if struct else " ".join(cell) for cell in cells]
    one = rows((UNODC, APRIL, 2019), (UNODC, OCTOBER, 2019)).with_columns(inputs=pl.Series([inputs, []]))
    found = {(each.source, each.release): each.rows for each in served.served(one)}
    assert found == {("worldbank_population", "2026-03"): 1, (UNODC, APRIL): 1, (UNODC, OCTOBER): 1}


def test_no_rows_name_no_release():
    assert served.sentence(EN, served.served(ONE.clear())) == ""
    assert served.source(EN, ()) == ""
    assert served.details(EN, ()) == []


def test_the_foot_names_the_release_and_never_the_day_of_the_build():
    found = served.served(ONE)
    assert served.source(EN, found).endswith("release of 28 October 2025, data to 2022")
    assert served.details(EN, found) == []


def test_one_line_has_two_releases_or_several_publishers_and_the_details_have_the_rest():
    two = served.served(rows((UNODC, APRIL, 2019), (UNODC, OCTOBER, 2022), (UNODC, OCTOBER, 2023)))
    name = "UNODC, Global Report on Trafficking in Persons"
    assert served.source(EN, two) == f"{name}, releases of 14 April 2025 and of 28 October 2025, data to 2023"
    assert [line.count("of 3 records") for line in served.details(EN, two)] == [2]
    both = served.served(rows((UNODC, OCTOBER, 2022), ("worldbank_population", "2026-03", 2021)))
    assert served.source(EN, both) == (
        "UNODC, release of 28 October 2025, data to 2022; World Bank, release of March 2026, data to 2021"
    )
    assert [line.partition(",")[0] for line in served.details(EN, both)] == ["UNODC", "World Bank"]


def test_a_list_as_it_stood_and_facts_looked_up_are_not_called_releases():
    both = rows(("untc", "2014-01", 2013), ("reference", "2026-11-25", 2023))
    assert served.lines(EN, served.served(both)) == [
        "Atalaya, facts transcribed from public texts, texts read up to 25 November 2026",
        "United Nations Treaty Collection, status of treaties as of January 2014",
    ]
