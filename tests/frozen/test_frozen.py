"""What readers and programs get today at the addresses in `addresses.json`: it must not change by accident.

After an intended change run `python -m tests.frozen.write` and read the diff.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frozen import front

FROZEN = json.loads(front.ADDRESSES.read_text("utf-8"))
PAGES = (
    *("/", "/region", "/routes", "/country", "/explore", "/declaration", "/instruments"),
    *("/coverage", "/sources", "/present", "/about"),
)


def compare(was: front.Answer, now: front.Answer) -> None:
    """Fail with one line for each value that differs."""
    lines = [*changes("", was, json.loads(json.dumps(now)))]
    assert not lines, "\n".join(["what differs, before -> now:", *lines])


def changes(place: str, was: object, now: object) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted({*was, *now}):
            yield from changes(f"{place}/{key}", was.get(key), now.get(key))
    elif was != now:
        yield f"{place}: {was} -> {now}"


@pytest.fixture(scope="session")
def server() -> Iterator[int]:
    with front.serving() as port:
        yield port


def test_the_answers_are_of_the_published_snapshot():
    # A test marked `real` in tests/etl/test_pipeline.py builds this snapshot from the publishers' files.
    assert front.current() == FROZEN["snapshot"]


def test_every_page_and_language_is_covered():
    pages = " ".join(FROZEN["pages"])
    paths = {address.partition("?")[0] for address in FROZEN["pages"]}
    assert {*PAGES} <= paths
    # Page Home is the root.
    assert {*PAGES} <= {"/", *(f"/{slug}" for slug in front.SCRIPTS)}
    assert [code for code in ("en", "es", "pt", "fr") if f"lang={code}" not in pages] == []
    assert len(FROZEN["pages"]) + len(FROZEN["requests"]) >= 60


@pytest.mark.parametrize("address", FROZEN["pages"])
def test_a_page_shows_what_it_showed_before(address, server):
    case = FROZEN["pages"][address]
    compare(case["answer"], front.page(server, address))


# With `lang` or `snapshot` alone, the root leads to page Home.
OF_REGION = re.compile(r"/region\?.*(indicator|measure|year|latest|of)=")
AT_ROOT = [address for address in FROZEN["pages"] if OF_REGION.match(address)]


@pytest.mark.parametrize("address", AT_ROOT)
def test_the_map_of_the_region_is_still_found_at_the_root(address, server):
    assert front.led(server, "/" + address.removeprefix("/region")) == front.led(server, address)


@pytest.mark.parametrize("address", [address for address in FROZEN["pages"] if address.startswith("/ledger?")])
def test_the_declaration_is_still_found_at_its_old_address(address, server):
    assert front.led(server, address) == front.led(server, address.replace("/ledger", "/declaration"))


@pytest.mark.parametrize("name", FROZEN["agendas"])
def test_an_agenda_file_is_read_or_refused_as_it_was(name, server):
    compare(FROZEN["agendas"][name], front.agenda(server, name))


@pytest.mark.parametrize("address", FROZEN["requests"])
def test_a_request_is_answered_as_it_was(address, server):
    compare(FROZEN["requests"][address], front.request(server, address))


@pytest.mark.parametrize("line", FROZEN["commands"])
def test_a_command_ends_as_it_did(line, tmp_path: Path):
    compare(FROZEN["commands"][line], front.command(line, tmp_path))
