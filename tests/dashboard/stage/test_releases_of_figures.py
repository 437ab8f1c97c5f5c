"""The releases in the frame of every figure, recounted row by row from the snapshot's files without our queries."""

import re
from datetime import date
from functools import cache

import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.catalog import figures
from dashboard.stage.drawn import drawn
from dashboard.words import terms
from data import manifest
from data.i18n import LANGUAGES, language
from tests.dashboard.stage.test_wire import request_for

TOTAL = ("total",) * 3
KEY = {"detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted"}


@cache
def rows(table):
    return pq.read_table(f"{store.snapshot().root}/{table}.parquet").to_pylist()


def group(row):
    return row["sex"], row["age"], row["form"]


def rows_of(table="observations", **equal):
    """The rows of a table whose columns have these values, or one of them."""
    for row in rows(table):
        if all(row[name] in some if isinstance(some, set) else row[name] == some for name, some in equal.items()):
            yield row


def whole(**equal):
    return (row for row in rows_of(**equal) if group(row) == TOTAL)


def flows(**equal):
    return (row for row in rows_of("flows", **equal) if row["repeat_of"] is None)


def on_the_way(*states):
    """The counted flows that begin or end in one of the states, 2012 to 2019."""
    for row in flows(evidence="counted"):
        if 2012 <= row["year"] <= 2019 and {*states} & {row["origin"], row["transit"], row["destination"]}:
            yield row


def groups_of(area):
    """The latest year in which each dimension has a figure; those of all groups but the unknown, and the total."""
    for name in ("sex", "age", "form"):
        mine = [
            row
            for row in rows_of(indicator="detected_victims", area=area)
            if sum(part != "total" for part in group(row)) <= (row[name] != "total")
        ]
        last = max(row["year"] for row in mine if row[name] not in {"total", "unknown"} and (row["high"] or 0) > 0)
        yield from (row for row in mine if row["year"] == last)


def acts(instrument):
    for row in rows_of("instruments", instrument=instrument):
        if row["date"] and row["date"] <= date(2014, 1, 31):
            yield row | {"year": None}


def evidence(paragraphs):
    """The newest version of every entry on the paragraphs."""
    newest = {row["id"]: row["version"] for row in sorted(rows("evidence"), key=lambda row: row["version"])}
    return (row for row in rows_of("evidence", paragraph={*paragraphs}) if row["version"] == newest[row["id"]])


def chosen():
    for row in rows_of(indicator={"detected_victims", "offences"}, area={"ARG", "CRI"}, age="total", form="total"):
        if 2012 <= row["year"] <= 2019 and row["sex"] in {"total", "female"}:
            yield row


def between(one, other):
    """The counted flows between two states."""
    ways = ((one, other), (other, one))
    return [row for start, end in ways for row in flows(evidence="counted", origin=start, destination=end)]


# What each figure shows at the address of `tests.dashboard.stage.test_wire.VALUES`.
SHOWN = {
    "region_change": lambda: (row for row in whole(indicator="detected_victims") if row["year"] <= 2022),
    "region_victims": lambda: rows_of(indicator="detected_victims", year=2022),
    "region_convictions": lambda: (row for row in whole(indicator="persons_convicted") if row["year"] <= 2021),
    "region": lambda: whole(indicator="detected_victims_rate", year=2019),
    "routes": lambda: on_the_way("MEX", "USA"),
    "state_routes": lambda: (
        row for row in flows(evidence="stated") if "CRI" in {row["origin"], row["transit"], row["destination"]}
    ),
    "series": lambda: whole(indicator=KEY, area="CRI"),
    "laws": lambda: [
        *whole(indicator=KEY, area="CRI"),
        *(row for name in ("untoc", "palermo_protocol") for row in acts(name) if row["area"] == "CRI"),
        *rows_of("evidence", kind="law", actor="CRI"),
    ],
    "victims": lambda: groups_of("CRI"),
    "coverage_map": lambda: whole(indicator="detected_victims"),
    "coverage_matrix": lambda: whole(indicator="detected_victims"),
    "revisions": lambda: (row for row in rows_of("vintages", indicator="offences", area="URY") if group(row) == TOTAL),
    "explore": chosen,
    "compare": lambda: whole(indicator={"persons_convicted", "persons_convicted_rate"}),
    "parties_map": lambda: acts("palermo_protocol"),
    "parties_chart": lambda: [
        row for name in ("untoc", "palermo_protocol", "smuggling_protocol", "traffic_in_persons") for row in acts(name)
    ],
    "treaty_matrix": lambda: (row | {"year": None} for row in rows("instruments")),
    "ledger_bars": lambda: evidence(range(1, 33)),
    "ledger_matrix": lambda: evidence(range(1, 33)),
    "ledger_map": lambda: evidence([23]),
    "between": lambda: between("ARG", "BOL"),
    "pair_map": lambda: between("ARG", "BOL"),
    "pair_routes": lambda: (
        row
        for row in flows(evidence="stated")
        if {"NIC", "PAN"} <= {row["origin"], row["transit"], row["destination"]} and not row["repeat_of"]
    ),
}
CHANGED = {name: {"theme": [], "addressed": "any"} for name in ("ledger_bars", "ledger_matrix")}


def recounted(shown):
    """The years of the rows by source and release; a derived figure counts for the cells that it was computed from."""
    found = {}
    for number, row in enumerate(shown):
        cells = row.get("inputs") or [row]
        for source, release in {(cell["source"], cell["release"]) for cell in cells}:
            found.setdefault(source, {}).setdefault(release, {})[number] = row["year"]
    return found


def framed(name, code="en"):
    """The figure, and all that its frame says of its releases: its source, and "About this figure"."""
    plate = drawn(request_for(name, code, **CHANGED.get(name, {})))
    return plate, " · ".join([plate.source, *plate.about])


def test_every_figure_is_recounted():
    assert SHOWN.keys() == figures().keys()


@pytest.mark.parametrize("name", figures())
def test_the_foot_of_a_figure_names_the_releases_of_its_rows_and_no_other(name):
    lang, (_, notes), found = language("en"), framed(name), recounted(SHOWN[name]())
    assert found
    for source, releases in found.items():
        label = terms.term(lang, "source", source)
        if len(releases) > 1 and source in manifest.acts():
            first, *_, newest = map(lang.date, sorted(releases))
            consulted = f", texts read up to {newest}"
            own = consulted if manifest.acts()[source] else f" as of {first} to {newest}, by treaty"
            assert label + own in notes
            continue
        if len(releases) > 1:
            every = sum(map(len, releases.values()))
            for release, years in releases.items():
                assert f"{len(years):,} of {every:,} records from the release of {lang.date(release)} (" in notes
            continue
        ((release, years),) = releases.items()
        last = max((year for year in years.values() if year), default=None)
        day = "undated" if release == "undated" else f"release of {lang.date(release)}"
        assert any(
            line in notes
            for line in (
                f"{label}, {day}, data to {last}",
                f"{label} as of {lang.date(release)}",
                f"{label}, undated",
                f"{label}, texts read up to {lang.date(release)}",
            )
        )
    named = {one["name"] for one in store.snapshot().manifest["sources"]}
    cited = {name for name in named if re.search(re.escape(terms.term(lang, "source", name)) + "(,|:) ", notes)}
    # The notes of a state's map name the report behind each badge, too.
    assert cited - found.keys() <= ({"cia_factbook", "frank_hti", "frank_2011"} if name == "state_routes" else set())


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", figures())
def test_one_line_names_each_source_once_and_its_releases(name, code):
    lang = language(code)
    plate, notes = framed(name, code)
    assert plate.source
    for source, releases in recounted(SHOWN[name]()).items():
        label = terms.term(lang, "source", source)
        publisher = label.partition(",")[0]
        # A table that is read on a day is "as of" that day.
        assert len(re.findall(rf"(?<![\w-]){re.escape(publisher)}(,|\s?:| \w+( \w+)? \d)", plate.source)) == 1
        assert label not in plate.description
        # Each treaty of a source has a last day of its own: the first and the last of them are named.
        days = sorted(releases.keys() - {"undated"})
        looked_up = manifest.acts().get(source)
        ends = {*days[-1:]} if looked_up else {*days[:1], *days[-1:]}
        dates = [lang.date(day) for day in (days if looked_up is None else ends)]
        assert all(day in notes for day in dates)
        assert not dates or any(day in plate.source for day in dates)
