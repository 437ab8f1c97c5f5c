"""`security.txt`, by what RFC 9116 asks for, and the policy of documents."""

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from dashboard.server import documents, security
from data.i18n import LANGUAGES, language

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


class Scripts(HTMLParser):
    """The contents of the scripts in a document, as a browser's parser sees them."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.contents, self.open = [], False

    def handle_starttag(self, tag, attrs):
        self.open = tag == "script" and "src" not in dict(attrs)
        if self.open:
            self.contents.append("")

    def handle_data(self, data):
        if self.open:
            self.contents[-1] += data

    def handle_endtag(self, tag):
        self.open = self.open and tag != "script"


@pytest.mark.parametrize("path", ["", "region", "present"])
def test_the_policy_names_every_script_of_a_document_and_no_other_runs(path):
    document = documents.document(language("es"), path)
    parser = Scripts()
    parser.feed(document.body.decode())
    hashes = {f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in parser.contents}
    (rule,) = re.findall(r"script-src ([^;]+)", document.policy["Content-Security-Policy"])
    assert {word for word in rule.split() if word.startswith("'sha256")} == hashes
    assert "'unsafe-inline'" not in rule.split()
    assert len(hashes) >= 2


@pytest.mark.parametrize("path", ["", "region", "present"])
def test_no_element_of_a_document_has_an_event_handler(path):
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", documents.document(language("es"), path).body.decode())
