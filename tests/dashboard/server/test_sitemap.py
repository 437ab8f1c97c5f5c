"""What search engines read: every document once, and none of the addresses for programs."""

import itertools
import re

from dashboard import site
from dashboard.catalog import pages
from data.i18n import LANGUAGES
from tests.dashboard.server.test_api import fetch

ROOT = "https://example.org/atalaya"


def test_without_a_public_address_there_is_no_list(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "")
    assert fetch("/sitemap.xml").status == 404
    assert b"Sitemap" not in fetch("/robots.txt").body


def test_the_list_has_every_page_and_every_state_in_each_language(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, ROOT)
    assert f"Sitemap: {ROOT}/sitemap.xml" in fetch("/robots.txt").body.decode()
    answer = fetch("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    found = re.findall("<loc>([^<]*)</loc>", answer.body.decode())
    plain = [slug for slug, page in pages().items() if page.index or not (page.path or page.named)]
    letters = {one for one in found if "/en/letter/" in one}
    assert len(letters) > 35
    assert len(found) == len(set(found)) == len(LANGUAGES) * (len(plain) + 35 + len(letters))
    assert {f"{ROOT}/es/", f"{ROOT}/fr/region", f"{ROOT}/pt/country/HTI", f"{ROOT}/en/pair"} <= set(found)


def test_robots_are_kept_from_filters_passports_pictures_and_old_pages_and_from_no_page_of_the_list(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, ROOT)
    lines = fetch("/robots.txt").body.decode().splitlines()
    rules = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    # RFC 9309, 2.2.3: a rule is the start of an address, and "*" is any characters.
    closed = re.compile("|".join(re.escape(rule).replace(r"\*", ".*") for rule in rules))
    page, row = "/en/region?indicator=persons_convicted&year=2019", "/es/passport?figure=1"
    for path in (page, row, "/picture/region.png?lang=en", "/s/c496f3d95936/en/region", "/desk/region", "/api/v1/"):
        assert closed.match(path), path
    listed = re.findall("<loc>([^<]*)</loc>", fetch("/sitemap.xml").body.decode())
    assert [one for one in listed if closed.match(one.removeprefix(ROOT))] == []


def test_what_it_lists_is_there(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, ROOT)
    found = re.findall("<loc>([^<]*)</loc>", fetch("/sitemap.xml").body.decode())
    mine = {code: [one.removeprefix(f"{ROOT}/{code}") for one in found if f"/{code}/" in one] for code in LANGUAGES}
    assert all({*paths} == {*mine["en"]} for paths in mine.values())
    # Each is asked for in one language, in turn. States and letters have tests of their own.
    here = [path for path in mine["en"] if "/country/" not in path and "/letter/" not in path]
    assert len(here) > 10
    turns = zip(here, itertools.cycle(LANGUAGES), strict=False)
    assert {fetch(f"/{code}{path}").status for path, code in turns} == {200}
