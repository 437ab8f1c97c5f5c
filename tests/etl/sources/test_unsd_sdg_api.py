"""Which rows of the SDG database are requested, page by page, and which answers are refused."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest
import requests
from werkzeug import Request, Response

from etl.errors import FetchError
from etl.fetching.publishers import Body, Publisher
from etl.fetching.raw import RawFile
from etl.source_declaration import declarations
from etl.sources.unsd_sdg import parse
from etl.sources.unsd_sdg.api import PAGE_SIZE, fetch
from etl.sources.unsd_sdg.codes import SERIES

LIST, DATA = "/v1/sdg/Series/List", "/v1/sdg/Series/Data"
RELEASE = "2026.Q2.G.01"
VICTIMS = "VC_HTF_DETV"


def listed(code, release=RELEASE):
    """An entry of the list of series, as the API gives it."""
    uri = f"/v1/sdg/Series/{code}"
    return {
        "goal": ["16"],
        "target": ["16.2"],
        "indicator": ["16.2.2"],
        "release": release,
        "code": code,
        "description": "A series",
        "uri": uri,
    }


def row(series, area="32", year=2020.0, value="7"):
    """A row as the API gives it."""
    units = {"persons": "NUMBER", "percent": "PERCENT", "per_100000_population": "PER_100000_POP"}
    age = SERIES[series].only_age or "ALLAGE"
    dimensions = {"Age": age, "Sex": "FEMALE" if SERIES[series].only_sex else "BOTHSEX", "Reporting Type": "G"}
    return {
        "goal": ["16"],
        "target": ["16.2"],
        "indicator": ["16.2.2"],
        "series": series,
        "seriesDescription": "A series",
        "seriesCount": "9",
        "geoAreaCode": area,
        "geoAreaName": "Somewhere",
        "timePeriodStart": year,
        "value": value,
        "valueType": "Float",
        "time_detail": "2020",
        "timeCoverage": None,
        "upperBound": None,
        "lowerBound": None,
        "basePeriod": None,
        "source": "A report",
        "geoInfoUrl": None,
        "footnotes": ["Año"],
        "attributes": {"Nature": "C", "Units": units[SERIES[series].unit]},
        "dimensions": dimensions,
    }


def page(rows, number=1, pages=1, total=None, size=PAGE_SIZE):
    """A page as the API gives it."""
    return {
        "size": size,
        "totalElements": len(rows) if total is None else total,
        "totalPages": pages,
        "pageNumber": number,
        "attributes": [{"id": "Nature", "codes": []}],
        "dimensions": [{"id": "Sex", "codes": []}],
        "data": rows,
    }


class Api:
    """A local server in the publisher's place; `listing` and `pages` may be changed before a request."""

    def __init__(self, httpserver):
        self.listing = [listed("SI_POV_DAY1"), *map(listed, SERIES)]
        self.pages = {(series, 1): page([row(series)]) for series in SERIES}
        self.requests = []
        self.declaration = replace(
            declarations()["unsd_sdg"],
            addresses=(httpserver.url_for(LIST + "?allreleases=false"), httpserver.url_for(DATA)),
        )
        httpserver.expect_request(LIST, query_string="allreleases=false").respond_with_handler(
            lambda _: Response(self.body(self.listing))
        )
        httpserver.expect_request(DATA).respond_with_handler(self.answer)

    @staticmethod
    def body(answer):
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def answer(self, request: Request):
        assert request.args["pageSize"] == str(PAGE_SIZE)
        key = request.args["seriesCode"], int(request.args["page"])
        self.requests.append(key)
        return Response(self.body(self.pages[key]))

    def fetch(self, stored=()):
        def get(address, headers):
            return Body(requests.get(address, headers=headers, timeout=5).content)

        return fetch(
            Publisher("unsd_sdg", get, [RawFile("unsd_sdg", name, b"") for name in stored]), self.declaration
        ).files

    def refusal(self):
        with pytest.raises(FetchError) as caught:
            self.fetch()
        problem = str(caught.value)
        assert re.match(r"source unsd_sdg, http://\S+: ", problem)
        assert problem.endswith("--mirror")
        return problem


@pytest.fixture
def api(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    return Api(httpserver)


def test_each_series_is_one_file_of_its_release(api):
    files = api.fetch()
    assert [file.name for file in files] == [f"unsd_sdg_{series}_{RELEASE}.json" for series in SERIES]
    assert api.requests == [(series, 1) for series in SERIES]
    assert {file.source for file in files} == {"unsd_sdg"}
    assert files[0].address == api.declaration.addresses[1] + "?seriesCode=VC_HTF_DETV"
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", file.retrieved) for file in files)


def test_the_stored_file_is_compact_and_as_received(api):
    content = api.fetch()[0].content
    assert json.loads(content) == {"series": VICTIMS, "release": RELEASE, "data": [row(VICTIMS)]}
    assert b'"timePeriodStart":2020.0,"value":"7",' in content
    assert "Año".encode() in content
    assert [file.content for file in api.fetch()] == [file.content for file in api.fetch()]


def test_the_stored_file_is_what_the_parser_reads(api):
    for file in api.fetch():
        parsed = parse(file.content, file.name)
        series = SERIES[parsed.part]
        assert (parsed.release, parsed.read, parsed.kept) == (RELEASE, 1, 1)
        assert parsed.rows.select("area", "year", "indicator", "form", "unit", "low").rows() == [
            ("ARG", 2020, series.indicator, series.form, series.unit, 7.0)
        ]


def test_every_page_is_read_in_order(api):
    rows = [row(VICTIMS, area=str(number), value="NaN") for number in range(5)]
    for number, part in enumerate((rows[:2], rows[2:4], rows[4:]), start=1):
        api.pages[VICTIMS, number] = page(part, number, pages=3, total=5, size=2)
    content = api.fetch()[0].content
    assert json.loads(content)["data"] == rows
    assert Counter(api.requests)[VICTIMS, 3] == 1


@pytest.mark.parametrize("suffix", [".json", "-0123456789ab.json"])
def test_a_series_of_a_stored_release_is_not_requested(api, suffix):
    files = [f"unsd_sdg_{series}_{RELEASE}{suffix}" for series in SERIES if series != VICTIMS]
    files.append(f"unsd_sdg_{VICTIMS}_2026.Q1.G.03{suffix}")
    assert [file.name for file in api.fetch(files)] == [f"unsd_sdg_{VICTIMS}_{RELEASE}.json"]
    assert api.requests == [(VICTIMS, 1)]


def test_bodies_may_be_padded(api):
    api.pages[VICTIMS, 1] = json.dumps(api.pages[VICTIMS, 1]).encode() + b"\0" * 40
    api.listing = b"\0" + json.dumps(api.listing).encode() + b"\0"
    assert len(api.fetch()) == len(SERIES)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"message": "An error has occurred."}, "the answer is not a page of rows, but says: An error has occurred."),
        ({"Message": "No series"}, "the answer is not a page of rows, but says: No series"),
        ([], "the answer is not a page of rows, but says: []"),
        ({"data": []}, 'says: {"data": []}'),
        (page([]), "page 1 of 1 says it is page 1, and has 0 rows"),
        (page([row(VICTIMS)], number=2), "says it is page 2"),
        (page([row(VICTIMS)] * 3, size=2), "has 3 rows of at most 2"),
        (page([row(VICTIMS)], total=2), "1 rows came, but 2 were announced"),
        (page([row("VC_HTF_DETVOP")]), "some rows are of other series than VC_HTF_DETV"),
        (page(["row"]), "some rows are of other series than VC_HTF_DETV"),
        (b"Service unavailable", "the answer is not JSON"),
        (b"\0\0", "the answer is not JSON"),
    ],
)
def test_an_invalid_page_is_refused(api, answer, expected):
    api.pages[VICTIMS, 1] = answer
    assert expected in api.refusal()


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (page([row(VICTIMS)], 2, 2, total=4), "changed the figures between two pages (3 rows, then 4)"),
        (page([row(VICTIMS)], 2, 3, total=3), "changed the figures between two pages"),
        (page([], 2, 2, total=3), "page 2 of 2 says it is page 2, and has 0 rows"),
        (page([row(VICTIMS, area="484")] * 2, 2, 2, total=3), "4 rows came, but 3 were announced"),
        (page([row(VICTIMS)] * 2, 2, 2, total=3), "page 2 repeats the one before it"),
        (page([row(VICTIMS)] * 2, 1, 2, total=3), "page 2 of 2 says it is page 1"),
        ({"message": "Time out"}, "says: Time out"),
    ],
)
def test_pages_that_do_not_fit_together_are_refused(api, second, expected):
    api.pages[VICTIMS, 1] = page([row(VICTIMS)] * 2, 1, pages=2, total=3)
    api.pages[VICTIMS, 2] = second
    assert expected in api.refusal()


@pytest.mark.parametrize(
    ("pages", "total", "expected"),
    [
        (10**6, 3, "1,000,000 pages for 3 rows, with 2 on the first, which does not add up"),
        (10**6, 2 * 10**6, "1,000,000 pages for 2,000,000 rows, with 2 on the first; at most 500 pages are requested"),
    ],
)
def test_too_many_pages_are_not_requested(api, pages, total, expected):
    api.pages[VICTIMS, 1] = page([row(VICTIMS)] * 2, 1, pages=pages, total=total)
    assert expected in api.refusal()
    assert api.requests == [(VICTIMS, 1)]


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ([], "the list of 0 series does not have series VC_HTF_DETV"),
        ([listed("SI_POV_DAY1"), "series"], "the list of 2 series does not have series VC_HTF_DETV"),
        (
            [listed(code) for code in SERIES if code != "VC_VAW_SXVLN"],
            "the list of 9 series does not have series VC_VAW_SXVLN",
        ),
        ([*map(listed, SERIES), listed(VICTIMS, "2025.Q1.G.01")], "has releases 2025.Q1.G.01, 2026.Q2.G.01 of"),
        ([listed(code, "../x") for code in SERIES], "the release '../x', which is not a quarter"),
        ([listed(code, None) for code in SERIES], "the release 'None', which is not a quarter"),
        ({"message": "An error has occurred."}, "the answer is not a list of series, but says: An error has occurred."),
        (b"", "the answer is not JSON"),
    ],
)
def test_a_list_without_clear_releases_is_refused(api, listing, expected):
    api.listing = listing
    assert expected in api.refusal()
    assert api.requests == []


@pytest.mark.real
def test_the_real_list_has_the_form_that_is_read(api, mirror):
    (path,) = (mirror / "unsd_sdg").glob("*Series_List.json")
    # The rate was added to the list later than this one.
    api.listing = [*json.loads(path.read_bytes()), listed("VC_HTF_DETVR", "2022.Q2.G.02")]
    assert {file.name.removesuffix("_2022.Q2.G.02.json") for file in api.fetch()} == {f"unsd_sdg_{s}" for s in SERIES}
