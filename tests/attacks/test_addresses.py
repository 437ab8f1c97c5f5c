"""Random addresses of every page: no exception on the screen, no error of the server, nothing of an attacker acts.

Each address is read three ways: as a document, as a page of the desk in a new session, and by those of figures.
`make prove` reads 2,000 addresses of figures and 200 of each page, `make test-full` a tenth of both
(`ATALAYA_PROVE_ADDRESSES`).
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.desk import ENTRY
from dashboard.menu import scripts
from tests.attacks import addresses
from tests.attacks.texts import MARK, acting
from tests.dashboard.server.test_api import fetch

ID = store.snapshot().id
MANY = int(os.environ.get("ATALAYA_PROVE_ADDRESSES", "200"))
# Of each page: as one of the desk takes about a second, a tenth of all; in the quick run, fifty and more for all pages.
OF_A_PAGE = MANY // 10
FEW = 5
PAGES = tuple(scripts())


def texts(message: Message) -> Iterator[tuple[str, str]]:
    """All texts in a message to the browser, each with the name of its field."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif isinstance(one, Message):
                yield from texts(one)


def opened(slug: str, parameters: Sequence[str]) -> AppTest:
    """A page in a new session at an address."""
    app = AppTest.from_file(ENTRY, default_timeout=120)
    if slug != PAGES[0]:
        app.switch_page(str(scripts()[slug]))
    app.query_params.update(parse_qs("&".join(parameters), keep_blank_values=True))
    return app.run()


def faults_of_screen(app: AppTest) -> list[str]:
    """What is wrong on a screen: exceptions, and what acts of an attacker's texts."""
    protos = [node.proto for root in (app.main, app.sidebar) for node in root if getattr(node, "proto", None)]
    # What our components get as JSON they do not read as Markdown.
    seen = [(acting(text, markdown=name != "json"), text) for proto in protos for name, text in texts(proto)]
    return [str(error.value) for error in app.exception] + [f"{acts} in {text[:200]}" for acts, text in seen if acts]


def faults_of_page(slug: str, parameters: Sequence[str]) -> list[str]:
    """What is wrong with a page and its document at an address."""
    found = faults_of_screen(opened(slug, parameters))
    answer = fetch(f"/en/{slug if slug != PAGES[0] else ''}", "&".join(parameters))
    # Without what belongs into its path, or with a state that does not exist, a page is not there.
    if answer.status not in {200, 307, 404, 414}:
        found.append(f"status {answer.status}")
    moved = urlsplit(answer.headers.get("location", ""))
    if moved.scheme or moved.netloc or not answer.headers.get("location", "").isprintable():
        found.append(f"leads to {moved}")
    named = [name for name, value in answer.headers.items() if MARK in value and name != "location"]
    return found + named + [MARK] * (MARK.encode() in beside_texts(answer.body))


def beside_texts(body: bytes) -> bytes:
    """A document without the places that may have a text of its address; there it begins no element.

    A warning names what does not exist, and a link keeps the name of a row.
    """
    return re.sub(rb'<p class="warning"[^>]*>[^<]*</p>| (?:href|value)="[^"<>]*"', b"", body)


def faults_of_figure(name: str, parameters: Sequence[str]) -> list[str]:
    """What is wrong with the answer at the address of a figure."""
    answer = fetch(f"/figures/{ID}/{name}", "&".join(parameters))
    # Paths with dots are refused by Streamlit itself, without a type; a name with a slash, or none, is no figure's, and
    # what is not there has a page that says so.
    plain, page = "text/plain; charset=utf-8", "text/html; charset=utf-8"
    known = {200: "application/json", 404: plain if name and "/" not in name else page, 414: plain}
    known[400] = "" if answer.body == b"Bad Request" else plain
    wrong = answer.headers.get("content-type", "") != known.get(answer.status)
    return [f"status {answer.status}"] * wrong + [MARK] * (MARK.encode() in answer.body)


def smallest(parameters: list[str], faults: Callable[[list[str]], list[str]]) -> str:
    """A failure with as few parameters as it needs; empty if there is none."""
    if not (found := faults(parameters)):
        return ""
    for parameter in list(parameters):
        fewer = [one for one in parameters if one is not parameter]
        if shown := faults(fewer):
            parameters, found = fewer, shown
    return f"{'&'.join(parameters)[:300]}: {found}"


def read_pages(slug: str, numbers: range) -> None:
    failures = {
        number: failure
        for number in numbers
        if (failure := smallest(addresses.page(slug, number), lambda parameters: faults_of_page(slug, parameters)))
    }
    assert failures == {}


@pytest.mark.parametrize("slug", PAGES)
def test_some_addresses_of_a_page(slug: str):
    read_pages(slug, range(FEW))


@pytest.mark.long
@pytest.mark.parametrize("slug", PAGES)
def test_many_addresses_of_a_page(slug: str):
    read_pages(slug, range(OF_A_PAGE))


def read_figures(numbers: range) -> None:
    failures = {}
    for number in numbers:
        name, parameters = addresses.figure(number)
        if failure := smallest(parameters, lambda some, name=name: faults_of_figure(name, some)):
            failures[number] = f"{name}?{failure}"
    assert failures == {}


def test_some_addresses_of_figures():
    read_figures(range(50))


@pytest.mark.long
def test_many_addresses_of_figures():
    read_figures(range(MANY))


@pytest.mark.parametrize("slug", [slug for slug in PAGES if slug not in {"home", "about"}])
def test_the_addresses_differ_and_are_really_read(slug: str):
    """A random address that nobody reads proves nothing: these have values that the page takes."""
    every = [addresses.page(slug, number) for number in range(300)]
    assert len({"&".join(parameters) for parameters in every}) > 250
    own = {spec.name: spec for spec in addresses.specs(slug)}
    read = [
        name
        for parameters in every
        for name, values in parse_qs("&".join(parameters), keep_blank_values=True).items()
        if name in own and _takes(own[name], values[-1])
    ]
    # One of the addresses' parameters in two is taken, where a page has one filter alone.
    assert len(read) > (300 if len(own) > 1 else 150)
    assert {*read} == {*own}


def _takes(spec: object, text: str) -> bool:
    try:
        spec.parse(text)
    except ValueError:
        return False
    return True
