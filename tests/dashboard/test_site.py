"""The public address and the contact: what is taken, what is refused, and that a wrong one stops the start."""

import pytest

from dashboard import __main__, site

ADDRESSES = {
    "": "",
    "  ": "",
    "https://example.org": "https://example.org",
    "https://example.org/": "https://example.org",
    " https://example.org/atalaya/ ": "https://example.org/atalaya",
    "http://10.1.2.3:8501": "http://10.1.2.3:8501",
    "https://atalaya.example.org:8443/a.b/c-d": "https://atalaya.example.org:8443/a.b/c-d",
}
REFUSED = (
    "example.org",
    "ftp://example.org",
    "https://",
    "https://example.org/?lang=es",
    "https://example.org/#top",
    "https://user:word@example.org",
    "https://exa mple.org",
    "https://example.org/a b",
    "https://example.org:port",
    "https://example..org",
    'https://example.org/"onload',
    "javascript:alert(1)",
    "http://127.0.0.1:8501",
    "http://localhost:8501",
    "http://[::1]:8501",
    "http://0.0.0.0",
)


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "")
    monkeypatch.setenv(site.CONTACT, "")


@pytest.mark.parametrize("given", ADDRESSES)
def test_a_public_address_has_no_slash_at_its_end(monkeypatch, given):
    monkeypatch.setenv(site.PUBLIC, given)
    assert site.public_address() == ADDRESSES[given]


@pytest.mark.parametrize("given", REFUSED)
def test_a_wrong_public_address_stops_the_start_with_one_line(given, capsys):
    assert __main__.main(["--public", given]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert site.PUBLIC in error
    assert repr(given) in error


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("", ""),
        ("someone@example.org", "mailto:someone@example.org"),
        ("https://example.org/contact?to=atalaya", "https://example.org/contact?to=atalaya"),
    ],
)
def test_a_contact_is_a_mail_address_or_a_page(monkeypatch, given, link):
    monkeypatch.setenv(site.CONTACT, given)
    assert (site.contact(), site.contact_link()) == (given, link)


@pytest.mark.parametrize("given", ["someone", "some one@example.org", "javascript:alert(1)", "tel:112", "a@b"])
def test_a_wrong_contact_stops_the_start_with_one_line(given, capsys):
    assert __main__.main(["--contact", given]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert site.CONTACT in error


def test_nothing_set_is_nothing():
    assert (site.public_address(), site.contact(), site.contact_link()) == ("", "", "")


@pytest.mark.parametrize(
    ("given", "sites"),
    [
        ("", ()),
        ("https://example.org", ("https://example.org",)),
        ("https://example.org,  http://10.0.0.7:8080", ("https://example.org", "http://10.0.0.7:8080")),
        ("https://*.example.org *", ("https://*.example.org", "*")),
    ],
)
def test_the_sites_that_may_show_figures(monkeypatch, given, sites):
    monkeypatch.setenv(site.EMBED, given)
    assert site.embed_sites() == sites


@pytest.mark.parametrize("given", ["example.org", "'self'", "https://a.org;script-src *", "data:", "https://a.*.org"])
def test_a_wrong_site_stops_the_start_with_one_line(monkeypatch, capsys, given):
    monkeypatch.setenv(site.EMBED, given)
    assert __main__.main([]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert site.EMBED in line
