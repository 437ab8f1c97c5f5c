"""`security.txt`, by what RFC 9116 asks for, and the policy of documents."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from dashboard.catalog import pages
from dashboard.server import security
from dashboard.server.guard import POLICY
from data.i18n import LANGUAGES
from tests.dashboard.server.test_api import fetch

NOW = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)


def fields(monkeypatch, contact, public=""):
    monkeypatch.setenv("ATALAYA_CONTACT", contact)
    monkeypatch.setenv("ATALAYA_PUBLIC_ADDRESS", public)
    return dict(line.split(": ", 1) for line in security.text(NOW).splitlines())


def test_there_is_none_without_a_contact(monkeypatch):
    assert fields(monkeypatch, "") == {}


@pytest.mark.parametrize(
    ("contact", "link"),
    [("desk@example.org", "mailto:desk@example.org"), ("https://example.org/desk", "https://example.org/desk")],
)
def test_it_names_the_contact_until_a_day_less_than_a_year_ahead(contact, link, monkeypatch):
    found = fields(monkeypatch, contact, "https://example.org")
    assert found["Contact"] == link
    expires = datetime.strptime(found["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert NOW < expires < NOW + timedelta(days=365)
    assert found["Preferred-Languages"].split(", ") == list(LANGUAGES)
    assert found["Canonical"] == "https://example.org/.well-known/security.txt"


class Read(HTMLParser):
    """The scripts that stand in a document itself and would run, and its event handlers."""

    def __init__(self, content):
        super().__init__()
        self.scripts, self.handlers = [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        # Blocks of data are no scripts: browsers run none of them.
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in {"application/json", "application/ld+json"}
        ):
            self.scripts.append(given)
        self.handlers += [name for name in given if name.startswith("on")]


@pytest.mark.parametrize("slug", pages())
def test_no_script_stands_in_a_document_and_the_policy_lets_none_run(slug):
    page = pages()[slug]
    read = Read(fetch(f"/es/{slug if slug != 'home' else ''}{'/HTI' * len(page.path)}").body.decode())
    assert (read.scripts, read.handlers) == ([], [])
    (rule,) = (rule for rule in POLICY.split("; ") if rule.startswith("script-src"))
    assert rule == "script-src 'self'"
