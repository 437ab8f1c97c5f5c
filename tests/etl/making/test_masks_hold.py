"""With the publishers' real files: nothing in the SDG database narrows a masked figure of UNODC.

The reader in these tests knows UNODC's masks, the World Bank's populations, and every figure published here.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.fetching.raw import RawFile
from etl.making import restated
from etl.source_declaration import declarations
from tests.etl.declared import parsed_files

pytestmark = pytest.mark.real
PLACE = ("area", "year", "sex", "age", "form")
WHOLE = ("total", "total", "total")
COUNT, RATE = "detected_victims_sdg", "detected_victims_rate_sdg"
Place = tuple[str, int, str, str, str]
# By how much the database's population may differ, in the reader's estimate.
OTHER_PEOPLE = 0.08


@dataclass
class Reader:
    """What is known without the SDG database: the masks by place, and how many live where."""

    masks: dict[Place, tuple[int, int]]
    people: dict[tuple[str, int], float]

    def possible(self, row: dict[str, object], half: float) -> set[int]:
        """The numbers of victims under the mask that are possible given a figure."""
        least, most = self.masks[place(row)]
        low, high = float(row["low"]), float(row["high"])
        if row["indicator"] == RATE:
            inhabitants = self.people[row["area"], row["year"]] / 100_000
            low = (low - half) * inhabitants * (1 - OTHER_PEOPLE)
            high = (high + half) * inhabitants * (1 + OTHER_PEOPLE)
        return {n for n in range(least, most + 1) if low <= n <= high}

    def recovered(self, rows: pl.DataFrame, half: float = 0.0) -> list[tuple[Place, set[int]]]:
        """Each mask that a figure narrows: only some of its numbers remain possible."""
        known = ((place(row), self.possible(row, half)) for row in rows.iter_rows(named=True) if self.speaks(row))
        return [(where, numbers) for where, numbers in known if numbers and len(numbers) < width(self.masks[where])]

    def speaks(self, row: dict[str, object]) -> bool:
        return row["indicator"] in {COUNT, RATE} and place(row) in self.masks and row["low"] is not None


def place(row: dict[str, object]) -> Place:
    return tuple(row[name] for name in PLACE)


def width(mask: tuple[int, int]) -> int:
    return mask[1] - mask[0] + 1


@pytest.fixture(scope="module")
def vintages(real_snapshot: Snapshot) -> pl.DataFrame:
    return real_snapshot.table("vintages").collect()


@pytest.fixture(scope="module")
def reader(vintages: pl.DataFrame) -> Reader:
    """With plain dictionaries: the newest workbook that prints a figure counts."""
    printed: dict[Place, tuple[str, float, float, str]] = {}
    for row in vintages.filter(indicator="detected_victims").drop_nulls("low").iter_rows(named=True):
        reading = row["release"], row["low"], row["high"], row["status"]
        printed[place(row)] = max(printed.get(place(row), reading), reading)
    masks = {where: (int(low), int(high)) for where, (_, low, high, status) in printed.items() if status == "masked"}
    people = vintages.filter(indicator="population").select("area", "year", "low").iter_rows()
    return Reader(masks, {(area, year): n for area, year, n in people})


def test_the_reader_finds_an_unmasked_figure(reader):
    assert len(reader.masks) > 1000
    assert len([where for where in reader.masks if where[2:] == WHOLE]) == 21
    where = next(iter(reader.masks))
    bare = dict(zip(PLACE, where, strict=True)) | {"indicator": COUNT, "low": 3.0, "high": 3.0}
    assert reader.recovered(pl.DataFrame([bare])) == [(where, {3})]


def test_no_published_figure_narrows_a_mask(reader, vintages, real_snapshot):
    best = real_snapshot.table("observations").collect()
    for rows in (best, vintages):
        assert len([row for row in rows.iter_rows(named=True) if reader.speaks(row)]) == 13
        assert reader.recovered(rows) == []


def rates(figures: list[tuple[str, int, float]], codes: dict[str, str], digits: int) -> RawFile:
    """A bulk file of the database's rates, rounded as it rounds."""
    header = "age,geo_area,nature,sex,units,year,vc_htf_detvr\n"
    # A rate outside the region, which shows the number of digits of the file.
    rows = [f"allage,724,c,bothsex,per_100000_pop,2019,{1 / 3:.{digits}f}"]
    rows += [f"allage,{int(codes[a])},c,bothsex,per_100000_pop,{y},{r:.{digits}f}" for a, y, r in figures]
    return RawFile("unsd_sdg", "unsdg_ddf_2026-10_vc_htf_detvr.csv", (header + "\n".join(rows) + "\n").encode())


def made(file: RawFile, vintages: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    """The rates of a file as the snapshot would have them, with the real counts and populations."""
    (read,) = parsed_files([file], date(2026, 11, 1))
    people = vintages.filter(indicator="population").select("area", "year", pl.col("low").alias("population"))
    counts = vintages.filter(indicator="detected_victims", source="unodc_glotip")
    return restated.vintage(read.parsed, declarations()["unsd_sdg"], states, counts, people)[0]


def every_rate(reader: Reader, victims: int, share: float) -> Iterator[tuple[str, int, float]]:
    """What the database would print for each masked total if it were `victims`, with a `share` of the population."""
    for area, year, *group in reader.masks:
        if tuple(group) == WHOLE:
            yield area, year, victims / (reader.people[area, year] * share) * 100_000


@pytest.mark.parametrize("digits", [2, 3, 5])
@pytest.mark.parametrize("share", [0.93, 0.99, 1.0, 1.01, 1.07])
def test_no_rate_that_the_database_could_print_narrows_a_mask(reader, vintages, real_snapshot, digits, share):
    states = dict(real_snapshot.table("areas").select("area", "m49").collect().iter_rows())
    half = 0.5 * 10.0**-digits
    for victims in range(5):
        rows = made(rates(list(every_rate(reader, victims, share)), states, digits), vintages, tuple(states))
        assert rows.height == 21
        assert reader.recovered(rows, half) == []
        if victims:
            assert set(rows["status"]) == {"masked"}
    # A number that UNODC would not have masked is not masked, if the digits suffice to recognize it.
    rows = made(rates(list(every_rate(reader, 5, share)), states, 5), vintages, tuple(states))
    assert set(rows["status"]) == {"exact"}


def test_the_real_rates_stay_where_unodc_prints_the_count(reader, vintages, real_snapshot, mirror):
    """The rates of nine states, retyped in October 2026."""
    states = dict(real_snapshot.table("areas").select("area", "m49").collect().iter_rows())
    path = next((mirror / "unsd_sdg").glob("crosscheck_*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        retyped = [row for row in csv.DictReader(file) if row["series"] == "VC_HTF_DETVR"]
    figures = [(row["iso3"], int(row["year"]), float(row["value"])) for row in retyped]
    rows = made(rates(figures, states, 2), vintages, tuple(states))
    assert (rows.height, set(rows["status"])) == (76, {"exact"})
    assert reader.recovered(rows, 0.005) == []


def test_a_rate_that_is_not_widened_would_be_read(reader, vintages, real_snapshot, monkeypatch):
    monkeypatch.setattr(restated, "widened", lambda figures, _: figures)
    states = dict(real_snapshot.table("areas").select("area", "m49").collect().iter_rows())
    rows = made(rates(list(every_rate(reader, 3, 1.0)), states, 5), vintages, tuple(states))
    assert {number for _, numbers in reader.recovered(rows, 5e-6) for number in numbers} == {3}
