import csv
import io
from pathlib import Path

import polars as pl
import pytest

from data.contract import MigrantStock, MigrantStockVintages
from etl.areas import state_codes
from etl.making import migrants
from etl.parsed import Parsed
from etl.sources import undesa_migrant_stock

NAME = "migrant_stock_2019_sample.csv"
SAMPLE = (Path(__file__).parents[1] / "recorded" / "undesa_migrant_stock" / NAME).read_bytes()
STATES = ("ARG", "MEX", "USA")


@pytest.fixture
def built():
    stock, findings = migrants.migrant_stock(undesa_migrant_stock.parse(SAMPLE, NAME), "undesa", STATES)
    return MigrantStock.validate(stock, cast=True), findings


def made(*pairs):
    rows = pl.DataFrame(pairs, schema=["origin", "destination"], orient="row").with_columns(
        year=pl.lit(2019, dtype=pl.Int16),
        persons=pl.lit(5, dtype=pl.Int64),
        locator=pl.format("row {}, column {}", pl.int_range(2, pl.len() + 2), "origin"),
    )
    return migrants.migrant_stock(Parsed(rows, "2019", "made up", len(pairs), len(pairs)), "undesa", STATES)


def test_pairs_of_two_states_of_the_region_are_kept(built):
    stock, _ = built
    assert stock.select("origin", "destination", "year", "persons").sort(pl.all()).rows() == [
        ("ARG", "USA", 2019, 100),
        ("MEX", "ARG", 2015, 7),
        ("MEX", "USA", 2019, 3_000_000),
    ]
    assert stock.filter(origin="MEX", destination="USA").select("source", "release", "locator").rows() == [
        ("undesa", "2019", "row 10, column Mexico")
    ]


def test_a_region_is_never_a_country_and_every_cell_is_accounted_for(built):
    stock, findings = built
    assert [(finding.reason, finding.detail, finding.rows) for finding in findings] == [
        # Of Argentina and Mexico there; a pair of France, outside the region, needs no second look.
        ("no_iso_code", "Channel Islands", 1),
        ("outside_the_region", "", 15),
        ("region", "Micronesia", 2),
        ("region", "South America", 2),
    ]
    assert not any(finding.unexpected for finding in findings)
    parsed = undesa_migrant_stock.parse(SAMPLE, NAME)
    aside = sum(finding.rows for finding in [*findings, *parsed.findings])
    assert parsed.read == stock.height + aside


def test_micronesia_alone_is_the_region_and_the_federation_the_country():
    _, findings = made(("Mexico", "Micronesia"), ("Mexico", "Micronesia (Fed. States of)"))
    assert [(finding.reason, finding.detail) for finding in findings] == [
        ("outside_the_region", ""),
        ("region", "Micronesia"),
    ]


def release(year, *stocks):
    """A release with the migrants from Mexico to the United States of America, by year."""
    rows = pl.DataFrame(stocks, schema={"year": pl.Int16, "persons": pl.Int64}, orient="row").with_columns(
        origin=pl.lit("Mexico"), destination=pl.lit("United States of America"), locator=pl.format("{}", "year")
    )
    return Parsed(rows, year, "made up", len(stocks), len(stocks))


def test_the_newest_release_is_current_and_what_it_omits_is_only_among_the_earlier_ones():
    older, newer = release("2019", (2010, 5), (2015, 6), (2019, 7)), release("2020", (2010, 5), (2015, 9), (2020, 8))
    for sources in ([("a", older), ("b", newer)], [("b", newer), ("a", older)]):
        stock, earlier, findings = migrants.migrant_stocks(sources, STATES)
        assert findings == []
        key = ("year", "persons", "low", "high", "source", "release")
        assert MigrantStock.validate(stock, cast=True).sort("year").select(key).rows() == [
            (2010, 5, 5.0, 5.0, "b", "2020"),
            (2015, 9, 9.0, 9.0, "b", "2020"),
            (2020, 8, 8.0, 8.0, "b", "2020"),
        ]
        assert MigrantStockVintages.validate(earlier, cast=True).sort("year").select(key).rows() == [
            (2010, 5, 5.0, 5.0, "a", "2019"),
            (2015, 6, 6.0, 6.0, "a", "2019"),
            (2019, 7, 7.0, 7.0, "a", "2019"),
        ]


def test_a_single_release_has_no_earlier_ones_and_no_release_has_nothing():
    stock, earlier, _ = migrants.migrant_stocks([("a", release("2019", (2010, 5)))], STATES)
    assert (stock.height, earlier.height) == (1, 0)
    assert [table.height for table in migrants.migrant_stocks([], STATES)[:2]] == [0, 0]


def test_a_printed_number_outside_of_its_interval_breaks_the_contract():
    stock, _, _ = migrants.migrant_stocks([("a", release("2019", (2010, 5)))], STATES)
    wrong = stock.with_columns(low=pl.lit(6.0), high=pl.lit(7.0)).select(MigrantStock.column_names())
    assert list(MigrantStock.filter(wrong, cast=True).failure.counts()) == ["persons_in_interval"]


@pytest.mark.parametrize(
    ("pair", "reason", "detail", "unexpected"),
    [
        (("Mexico", "Zubrowka"), "unrecognised_label", "Zubrowka", True),
        (("Zubrowka", "Caribbean"), "unrecognised_label", "Zubrowka", True),
        (("Mexico", "Unknown"), "not_one_country", "Unknown", False),
        (("Mexico", "Mexico"), "same_country", "", False),
    ],
)
def test_another_pair_is_set_aside_and_listed(pair, reason, detail, unexpected):
    stock, findings = made(pair)
    assert stock.is_empty()
    assert [(f.reason, f.detail, f.rows, f.unexpected, f.first) for f in findings] == [
        (reason, detail, 1, unexpected, f"row 2, column {pair[0]}" * unexpected)
    ]


# ---------------------------------------------------------------- the publisher's own file


@pytest.fixture(scope="module")
def real(mirror):
    path = next(Path(mirror, "undesa_migrant_stock").glob("*.csv"))
    content = path.read_bytes()
    parsed = undesa_migrant_stock.parse(content, path.name)
    stock, findings = migrants.migrant_stock(parsed, "undesa_migrant_stock", state_codes())
    records = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    return parsed, MigrantStock.validate(stock, cast=True), findings, records


@pytest.mark.real
@pytest.mark.parametrize(
    ("origin", "destination", "year", "codes"),
    [
        ("Mexico", "United States of America", 2019, ("MEX", "USA")),
        ("Venezuela (Bolivarian Republic of)", "Colombia", 2019, ("VEN", "COL")),
        ("Nicaragua", "Costa Rica", 2015, ("NIC", "CRI")),
        ("Haiti", "Dominican Republic", 2010, ("HTI", "DOM")),
        ("Paraguay", "Argentina", 1990, ("PRY", "ARG")),
        ("Bolivia (Plurinational State of)", "Chile", 2000, ("BOL", "CHL")),
    ],
)
def test_a_pair_holds_what_the_cell_prints(real, origin, destination, year, codes):
    _, stock, _, records = real
    column = records[0].index(origin)
    cell = next(record[column] for record in records if record[:2] == [str(year), destination])
    row = stock.filter(origin=codes[0], destination=codes[1], year=year)
    assert row["persons"].to_list() == [int(cell)]


@pytest.mark.real
def test_the_real_account_is_exact_and_nothing_is_unexpected(real):
    parsed, stock, findings, _ = real
    assert stock.filter(origin="MEX", destination="USA", year=2019)["persons"].item() == 11_489_684
    aside = sum(finding.rows for finding in [*findings, *parsed.findings])
    assert parsed.read == stock.height + aside
    assert stock.filter(year=2019).height == 732
    assert not any(finding.unexpected for finding in findings)
    assert set(state_codes()) <= set(stock["origin"]) & set(stock["destination"])


@pytest.mark.real
def test_micronesia_of_the_real_file_is_the_sum_of_its_countries(real):
    records = real[3]
    countries = {
        "Guam",
        "Kiribati",
        "Marshall Islands",
        "Micronesia (Fed. States of)",
        "Nauru",
        "Northern Mariana Islands",
        "Palau",
    }
    column = records[0].index("Philippines")

    def stock(places):
        return sum(int(row[column]) for row in records if row[0] == "2019" and row[1] in places)

    assert stock({"Micronesia"}) == stock(countries) > 0
