"""What search engines read: every document once, and none of the addresses for programs."""

import re

import pytest

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


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_it_lists_is_there(code, monkeypatch):
    monkeypatch.setenv(site.PUBLIC, ROOT)
    found = re.findall("<loc>([^<]*)</loc>", fetch("/sitemap.xml").body.decode())
    # States and letters have tests of their own.
    mine = [address.removeprefix(ROOT) for address in found if f"/{code}/" in address]
    here = [address for address in mine if "/country/" not in address and "/letter/" not in address]
    assert len(here) > 10
    assert {fetch(address).status for address in here} == {200}
