"""What the tables of names and demonyms may hold."""

import csv

import pycountry

from data.reviewed import REFERENCE
from etl.gazetteer import INFLECTIONS, LabelMeaning, known, normalize

ISO3 = {country.alpha_3 for country in pycountry.countries}


def test_every_area_of_the_gazetteer_is_an_iso_code():
    assert {reading.area for reading in known().values() if reading.area} <= ISO3
    assert all((reading.area is not None) == (reading.kind == "country") for reading in known().values())


def test_every_iso_country_is_known_by_its_name():
    assert {known()[normalize(country.name)] for country in pycountry.countries} == {
        LabelMeaning("country", code) for code in ISO3
    }


def test_demonyms_name_each_country_once_and_only_known_languages():
    with (REFERENCE / "demonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    areas = [row["area"] for row in rows]
    assert len(set(areas)) == len(areas)
    assert set(areas) <= ISO3
    assert set(rows[0]) - {"area"} == set(INFLECTIONS)
