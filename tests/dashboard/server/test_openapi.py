"""The description of the API: valid, and neither more nor less than what the server accepts."""

import copy
import itertools
import re
from urllib.parse import quote

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from dashboard import store
from dashboard.subjects import question
from tests.dashboard.server.test_api import fetch

ROOT = "/api/v1"


@pytest.fixture(scope="module")
def described() -> dict:
    answer = fetch(f"{ROOT}/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return answer.json


def parameters(described: dict, path: str, place: str = "query") -> dict[str, dict]:
    return {one["name"]: one["schema"] for one in described["paths"][path]["get"]["parameters"] if one["in"] == place}


def texts(schema: dict) -> list[str]:
    """Values that a schema allows, as texts in an address: the first, the last, and several where they may be."""
    if schema["type"] == "integer":
        return [str(schema["minimum"]), str(schema["maximum"])]
    item = schema.get("items", schema)
    ids = item.get("anyOf", [item])[0].get("enum") or [_sample(item["pattern"])]
    several = [",".join(ids[:2])] if schema["type"] == "array" else []
    return [*dict.fromkeys((ids[0], ids[-1])), *several]


def _sample(pattern: str) -> str:
    """A text with the form of a day or of a span of years."""
    found = next(one for one in ("2025-01-01", "2019-2020") if re.fullmatch(pattern, one))
    return str(found)


def test_the_document_is_valid(described):
    assert [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda one: one.pop("info"),
        lambda one: one["paths"]["/flows"]["get"]["parameters"][0].pop("in"),
        lambda one: one["paths"]["/{table}.csv"]["get"].update(parameters=[]),
        lambda one: one["paths"]["/flows"]["get"]["responses"].update(default={"$ref": "#/components/none"}),
    ],
)
def test_the_validator_finds_a_damaged_document(described, damage):
    damaged = copy.deepcopy(described)
    damage(damaged)
    with pytest.raises(Exception, match=r".+"):
        OpenAPIV31SpecValidator(damaged).validate()


@pytest.mark.parametrize("table", question.COLUMNS)
def test_each_value_that_is_described_is_accepted(described, table):
    for name, schema in parameters(described, f"/{table}").items():
        for text in texts(schema):
            # One year keeps the answer below its limit.
            year = parameters(described, f"/{table}")["to"]["maximum"]
            rest = "" if name in {"from", "to"} else f"&from={year}"
            answer = fetch(f"{ROOT}/{table}", f"{name}={quote(text)}{rest}")
            assert answer.status == 200 or "limit" in answer.json["error"], (name, text, answer.body[:200])


def test_the_sum_of_a_group_of_states_is_described(described):
    (ids, group) = parameters(described, "/observations")["area"]["items"]["anyOf"]
    assert "019" in ids["enum"]
    assert re.search(group["pattern"], "CRI-HND-PAN")
    assert not re.search(group["pattern"], "CRI-XXX")
    assert fetch(f"{ROOT}/observations", "area=CRI-HND-PAN&from=2020").status == 200
    assert fetch(f"{ROOT}/observations", "area=CRI-XXX&from=2020").status == 400


def test_figures_side_by_side_may_be_none():
    answer = fetch(f"{ROOT}/observations", "form=other&joined=1&to=1969")
    assert (answer.status, answer.json["rows"]) == (200, [])


@pytest.mark.parametrize("table", question.COLUMNS)
def test_each_parameter_that_is_accepted_is_described(described, table):
    """The server names what it accepts in its refusal of another parameter."""
    sentence = fetch(f"{ROOT}/{table}", "nothing=1").json["error"]
    accepted = sentence.partition("; use ")[2].removesuffix(".").split(", ")
    assert sorted(accepted) == sorted(parameters(described, f"/{table}"))


@pytest.mark.parametrize("table", question.COLUMNS)
def test_the_columns_of_an_answer_are_described(described, table):
    body = described["paths"][f"/{table}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    columns = body["properties"]["rows"]["items"]["properties"]
    last = parameters(described, f"/{table}")["to"]["maximum"]
    rows = fetch(f"{ROOT}/{table}", f"from={last - 1}").json["rows"]
    names = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    assert rows
    for row in rows[:200]:
        assert list(row) == list(columns)
        for name, value in row.items():
            assert value is None or isinstance(value, names[columns[name]["type"][0]]), (name, value)


def test_each_path_is_there(described):
    """A client walks all paths with the first and the last value of each step."""
    walked = 0
    for path, operations in described["paths"].items():
        base = "" if "servers" in operations else ROOT
        steps = parameters(described, path, "path")
        assert set(re.findall(r"\{(\w+)\}", path)) == set(steps)
        for ends in (0, -1):
            # Two different states make a pair.
            given = {name: (one["enum"][ends] if name != "other" else one["enum"][1]) for name, one in steps.items()}
            query = (
                f"from={parameters(described, path)['to']['maximum']}" if base and parameters(described, path) else ""
            )
            answer = fetch(base + path.format(**given), query)
            kinds = operations["get"]["responses"]["200"]["content"]
            assert (answer.status, answer.headers["content-type"].partition(";")[0] in kinds) == (200, True), (
                path,
                given,
            )
            walked += 1
    assert walked > 30


def test_each_filter_of_a_view_is_accepted(described):
    """A view with an unknown filter, or an unknown value, does not exist as a file."""
    views = [path for path in described["paths"] if path.endswith(".{ending}")]
    assert len(views) > 8
    for path in views:
        given = {name: one["enum"][0] for name, one in parameters(described, path, "path").items()}
        given |= {"ending": "csv"} | (
            {"other": parameters(described, path, "path")["other"]["enum"][1]} if "other" in given else {}
        )
        for name, schema in itertools.islice(parameters(described, path).items(), 20):
            # The years of a treaty end where its table ends: some of all years are those of the usual one.
            some = (
                map(str, range(schema["maximum"], schema["minimum"], -5)) if name == "year_end" else texts(schema)[-1:]
            )
            asked = (fetch(path.format(**given), f"{name}={quote(text)}").status for text in some)
            assert 200 in asked, (path, name)
        assert fetch(path.format(**given), "nothing=1").status == 404


def test_a_named_data_version_has_its_own_description(described):
    answer = fetch(f"{ROOT}/{store.snapshot().id}/openapi.json")
    assert answer.json["paths"].keys() == described["paths"].keys()
    assert answer.headers["cache-control"].endswith("immutable")


@pytest.mark.parametrize("path", [f"{ROOT}/", ROOT])
def test_people_are_led_to_a_page_and_programs_get_the_list(path):
    led = fetch(path, accept="text/html,application/xhtml+xml", accept_language="pt")
    assert led.status == 303
    assert led.headers["location"] == "../" * (path.count("/") - 1) + "pt/api"
    assert "Accept" in led.headers["vary"]
    assert fetch("/pt/api").status == 200
    assert set(fetch(path, accept="application/json").json) == {"snapshot", "package", "tables", "questions"}
