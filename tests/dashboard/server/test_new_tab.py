"""What a link opened in a new tab takes over from the page before: the language and the state, and nothing else."""

import pytest

from dashboard.server import new_tab
from dashboard.server.documents import Documents
from tests import threads

OURS = "http://host:80/atalaya"


def taken(page, referer, query=b"", host="host:80"):
    """The parameters for a page that is opened from another."""
    headers = [(b"host", host.encode()), (b"referer", referer.encode())]
    return new_tab.parameters({"type": "http", "query_string": query, "headers": headers}, page)


@pytest.mark.parametrize(
    ("page", "before", "parameters"),
    [
        ("routes", "/country?lang=fr&area=HTI", {"lang": "fr", "state": "HTI"}),
        ("country", "/routes?lang=pt&state=BRA&evidence=stated", {"lang": "pt", "area": "BRA"}),
        ("declaration", "/explore?lang=es&state=CHL", {"lang": "es", "area": "CHL"}),
        ("explore", "/declaration?lang=en&scope=state&area=LCA", {"lang": "en", "state": "LCA", "one": "LCA"}),
        ("coverage", "/country?lang=fr&area=HTI", {"lang": "fr", "revised": "HTI"}),
        # Of several states none is the chosen one.
        ("country", "/routes?lang=en&state=BRA,HTI", {"lang": "en"}),
        # A page without a list of states, at the root.
        ("", "/country?lang=fr&area=HTI", {"lang": "fr"}),
        ("country", "/?lang=fr", {"lang": "fr"}),
        # What is no value of a filter goes nowhere.
        ("country", "/routes?lang=xx&state=%3Cb%3E", {}),
        ("country", "/nowhere?lang=fr", {}),
    ],
)
def test_a_new_tab_takes_over_the_language_and_the_one_state(page, before, parameters):
    assert taken(page, OURS + before) == parameters


@pytest.mark.parametrize(
    ("referer", "query", "host"),
    [
        ("", b"", "host:80"),
        (f"{OURS}/country?lang=fr&area=HTI", b"lang=en", "host:80"),
        (f"{OURS}/country?lang=fr&area=HTI", b"", "other:80"),
        ("https://host.example/country?lang=fr&area=HTI", b"", "host:80"),
    ],
)
def test_a_typed_address_one_with_parameters_and_one_from_elsewhere_take_over_nothing(referer, query, host):
    assert taken("country", referer, query, host) == {}


def test_the_reader_is_led_to_the_whole_address_behind_any_path():
    messages = []

    async def send(message):
        messages.append(message)

    headers = [(b"host", b"host:80"), (b"referer", f"{OURS}/country?lang=fr&area=HTI".encode())]
    scope = {"type": "http", "method": "GET", "path": "/atalaya/explore", "query_string": b"", "headers": headers}
    threads.run(Documents(None, "atalaya")(scope, None, send))
    assert messages[0]["status"] == 307
    # Relative, so that a proxy may remove or add a path.
    assert dict(messages[0]["headers"])[b"location"] == b"explore?lang=fr&state=HTI&one=HTI"
