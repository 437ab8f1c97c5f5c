"""A reader who follows links by chance finds something behind each: pages, rows, pictures, briefings and feeds."""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import requests
from lxml import html

from data.i18n import LANGUAGES
from tests.browser.conftest import serving

FOLLOWED = 1000
# A briefing waits for those before it.
LONGEST = 300


def links(page: str, content: bytes) -> Iterator[str]:
    """The addresses to which a page leads, also those that it gives to programs."""
    document = html.fromstring(content)
    found = [*map(str, document.xpath("//@href | //@src"))]
    for script in document.xpath("//script[@type='application/ld+json']"):
        found += [one["contentUrl"] for one in json.loads(script.text).get("distribution", ())]
    return (urldefrag(urljoin(page, one)).url for one in found)


def kind(address: str) -> tuple[str, str]:
    """The page that an address is of, and its ending."""
    path = urlsplit(address).path
    return "/".join(path.split("/")[2:3]), path.rpartition(".")[2] if "." in path else ""


def walked(root: str, most: int) -> tuple[Counter[str], dict[str, str]]:
    """Follow links by chance, each kind as often as another: how many there were of each type, and the broken ones."""
    chance = random.Random(41)  # noqa: S311 - the same links each time
    types, broken = Counter[str](), {}
    left = {f"{root}/{code}/": "" for code in LANGUAGES}
    seen = set(left)
    for _ in range(most):
        kinds = sorted({kind(one) for one in left})
        if not kinds:
            break
        chosen = chance.choice(kinds)
        address = chance.choice([one for one in left if kind(one) == chosen])
        source = left.pop(address)
        answer = requests.get(address, timeout=LONGEST)
        types[answer.headers.get("content-type", "").partition(";")[0]] += 1
        if answer.status_code != 200 or not answer.content:
            broken[address] = f"{answer.status_code}, from {source}"
        elif answer.headers["content-type"].startswith("text/html"):
            # The desk is not started here.
            own = [one for one in links(answer.url, answer.content) if one.startswith(f"{root}/")]
            new = [one for one in dict.fromkeys(own) if one not in seen and "/desk/" not in one]
            left |= dict.fromkeys(new, address)
            seen.update(new)
    return types, broken


@pytest.mark.long
def test_a_thousand_links_by_chance_are_not_broken():
    with serving("dashboard") as root:
        types, broken = walked(root, FOLLOWED)
    sys.stdout.write(f"{dict(types)}\n")
    assert broken == {}
    assert types.total() == FOLLOWED
    assert {"text/html", "text/csv", "image/png", "application/pdf", "application/atom+xml"} <= set(types)


def test_a_link_that_leads_nowhere_is_found(httpserver):
    page = '<a href="there?a=1&amp;para=2"></a><img src="lost.png"><script type="application/ld+json">{"distribution":'
    page += ' [{"contentUrl": "rows.csv?a=1&para=2"}]}</script><a href="https://example.org/">'
    for code in LANGUAGES:
        httpserver.expect_request(f"/{code}/").respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/en/there", query_string="a=1&para=2").respond_with_data("found")
    httpserver.expect_request("/en/rows.csv", query_string="a=1&para=2").respond_with_data("found")
    root = httpserver.url_for("").rstrip("/")
    types, broken = walked(root, FOLLOWED)
    assert types.total() == 4 * len(LANGUAGES)
    assert {one for one in broken if one.startswith(f"{root}/en/")} == {f"{root}/en/lost.png"}
    assert broken[f"{root}/en/lost.png"] == f"500, from {root}/en/"
