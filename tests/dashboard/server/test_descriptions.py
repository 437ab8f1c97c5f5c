"""The descriptions of the data for other programs: each says what the data package and the files say."""

import csv
import json
import re
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from dashboard import site, store
from dashboard.server import pages
from data.i18n import LANGUAGES, language
from tests.dashboard.server.test_api import fetch
from tests.dashboard.server.test_documents import sent
from tests.in_turn import in_turn

KINDS = {
    "/dcat.jsonld": "application/ld+json",
    "/croissant.json": "application/ld+json",
    "/sdmx.json": "application/vnd.sdmx.structure+json; version=2.0.0",
    "/.well-known/api-catalog": 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
}
HOST = "http://localhost"


@pytest.fixture(scope="module")
def package() -> dict:
    return fetch("/api/v1/datapackage.json").json


@pytest.mark.parametrize("path", KINDS)
def test_a_description_is_public_and_names_the_catalog(path):
    answer = fetch(path)
    assert (answer.status, answer.headers["content-type"]) == (200, KINDS[path])
    assert answer.headers["access-control-allow-origin"] == "*"
    # RFC 9727 asks for the link also where only the headers are asked for.
    assert fetch(path, method="HEAD").headers["link"] == f'<{HOST}/.well-known/api-catalog>; rel="api-catalog"'


def test_the_catalog_of_links_leads_to_what_is_there():
    linkset = fetch("/.well-known/api-catalog").json["linkset"]
    (api,) = linkset[0]["item"]
    of_api = next(one for one in linkset if one["anchor"] == api["href"])
    assert {"service-desc", "service-doc", "service-meta"} < set(of_api)
    links = [link for relation in of_api.values() if isinstance(relation, list) for link in relation]
    assert len(links) == 6
    for link in [api, *links]:
        answer = fetch(link["href"].removeprefix(HOST))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(link.get("type", "application/json"))


def test_every_table_of_the_package_is_a_dataset_with_its_files(package):
    catalog = fetch("/dcat.jsonld").json
    found = {one["dct:identifier"].partition("/")[2]: one["dcat:distribution"] for one in catalog["dcat:dataset"]}
    assert set(found) == {table["name"] for table in package["resources"]}
    for table in package["resources"]:
        whole = found[table["name"]][0]
        assert whole["dcat:byteSize"]["@value"] == table["size"]
        assert f"sha256:{whole['spdx:checksum']['spdx:checksumValue']['@value']}" == table["hash"]
        # The terms of each source that the table has rows of.
        terms = {one["licence"] for one in package["sources"] if table["name"] in one["tables"]}
        assert all(words in whole["dct:rights"]["rdfs:label"] for words in terms)
    for distribution in found["roles"]:
        assert fetch(distribution["dcat:downloadURL"]["@id"].removeprefix(HOST)).status == 200


def test_croissant_names_each_file_by_its_content_and_each_column_of_single_values(package):
    described = fetch("/croissant.json").json
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    for one in described["distribution"][:3]:
        assert sha256(fetch(one["contentUrl"].removeprefix(HOST)).body).hexdigest() == one["sha256"]
    columns = {
        table["name"]: [one["name"] for one in table["schema"]["fields"] if one["type"] != "any"]
        for table in package["resources"]
    }
    found = {one["name"]: [field["name"] for field in one["field"]] for one in described["recordSet"]}
    assert found == columns


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", ["", "sources", "about"])
def test_search_engines_find_the_data_in_the_head_of_a_page(code, slug, package):
    document = html.fromstring(fetch(f"/{code}/{slug}").body, base_url=f"{HOST}/{code}/{slug}")
    (script,) = document.xpath("//head/script[@type='application/ld+json']")
    found = json.loads(script.text)
    assert (found["@type"], found["version"], found["inLanguage"]) == ("Dataset", package["id"], language(code).tag)
    assert len(found["distribution"]) == len(package["resources"])
    names = {one["title"][code] for one in package["indicators"] if code in one["title"]}
    assert names <= set(found["variableMeasured"])
    # Google asks for 50 to 5,000 characters.
    assert 50 <= len(found["description"]) <= 5000


ROWS = [slug for slug in pages.catalog.pages() if slug not in {"home", "sources", "about", "api", "present", "letter"}]
ENDINGS = (".csv", ".parquet", ".xlsx", ".json", ".zip")
FIGURE = "table=observations&indicator=detected_victims&area=HND&year=2019&sex=total&age=total&form=total"


@pytest.mark.parametrize(("slug", "code"), in_turn(ROWS))
def test_the_head_of_a_page_describes_the_rows_that_it_offers_and_leads_to_the_catalog(slug, code, package):
    path = "/".join(["", code, slug, *("DOM", "HTI")[: len(pages.catalog.pages()[slug].path)]])
    query = FIGURE if slug == "passport" else ""
    document = html.fromstring(fetch(path, query).body)
    found = json.loads(document.xpath("string(//head/script[@type='application/ld+json'])"))
    assert (found["@type"], found["version"], found["inLanguage"]) == ("Dataset", package["id"], language(code).tag)
    assert 50 <= len(found["description"]) <= 5000
    files = {one["contentUrl"]: one for one in found["distribution"]}
    links = document.xpath("//main//a/@href")
    assert set(files) == {one for one in links if urlsplit(one).path.endswith(ENDINGS)}
    for one in [next(iter(files.values())), files[max(files, key=len)]]:
        address = urlsplit(urljoin(f"{HOST}{path}", one["contentUrl"]))
        answer = fetch(address.path, address.query)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, one["encodingFormat"])
    # Whose rows they are and on what terms, as the package says it.
    terms = {f"{one['publisher']}: {one['licence']}" for one in package["sources"]}
    assert set(found["creditText"].split("; ")) <= {part for one in terms for part in one.split("; ")}
    assert set(found["isBasedOn"]) <= {one["path"] for one in package["sources"]}
    (catalog,) = document.xpath("//head/link[@rel='describedby']/@href")
    assert fetch(urlsplit(urljoin(f"{HOST}{path}", catalog)).path).headers["content-type"] == "application/ld+json"


def test_states_years_and_indicators_of_rows_are_those_of_their_file():
    document = html.fromstring(fetch("/en/region", "year=2019").body)
    found = json.loads(document.xpath("string(//head/script[@type='application/ld+json'])"))
    rows = list(csv.DictReader(fetch("/en/region.csv", "year=2019").body.decode("utf-8-sig").splitlines()))
    assert found["temporalCoverage"] == "2019/2019"
    assert set(found["spatialCoverage"]) == {language("en").country(one["area"]) for one in rows}
    assert len(found["variableMeasured"]) == len({one["indicator"] for one in rows}) == 1


@pytest.mark.parametrize("slug", ["api", "present", "letter/HTI"])
def test_a_page_without_rows_describes_none(slug):
    assert b"application/ld+json" not in fetch(f"/en/{slug}").body


def test_addresses_have_the_path_below_which_the_server_answers():
    for path in (*KINDS, "/en/feed.atom", "/api/v1/openapi.json"):
        status, _, body = sent(f"/base{path}", base="/base/")
        found = set(re.findall(rf"{HOST}(?!:)/([a-z0-9]*)", body.decode()))
        assert (status, found) == (200, {"base"}), path


def test_addresses_are_public_ones_where_the_site_has_one(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://example.org/atalaya")
    monkeypatch.setattr(pages, "_KEPT", pages.ContentCache(pages.MOST))
    for path in KINDS:
        text = fetch(path).body.decode()
        assert "https://example.org/atalaya/api/v1/" in text
        assert HOST not in text
    block = html.fromstring(fetch("/en/about").body).xpath("string(//script[@type='application/ld+json'])")
    download = json.loads(block)["distribution"][0]["contentUrl"]
    assert download.startswith(f"https://example.org/atalaya/api/v1/{store.snapshot().id}/")
