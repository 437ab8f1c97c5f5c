"""The feeds, requested through the whole server; their figures are those of the tables, read by another path."""

import csv
import json
import re
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pyarrow.parquet as pq
import pytest
from lxml import etree, html

from dashboard import store
from dashboard.server import feeds
from dashboard.subjects.changes import entries
from dashboard.subjects.coverage.filters import COVERAGE, SINCE
from dashboard.views.address import read
from data import manifest
from data.i18n import LANGUAGES, language
from tests.dashboard.server import atom_rules
from tests.dashboard.server.atom_rules import ATOM
from tests.dashboard.server.test_api import fetch
from tests.dashboard.subjects.corrections import samples

PLACES = ("", "country/COL/", "country/DMA/", "indicator/detected_victims/", "indicator/population/")
FIGURES = ("year", "sex", "age", "form", "release_from", "release_to", "low_from", "high_from", "low_to", "high_to")


def items(place: str, code: str = "en") -> list[dict]:
    return fetch(f"/{code}/{place}feed.json").json["items"]


def table(name: str) -> list[dict]:
    """A table as its file has it."""
    return pq.read_table(Path(store.snapshot().root) / f"{name}.parquet").to_pylist()


def changed(**given: str) -> list[dict]:
    rows = (row for row in table("revisions") if row["kind"] != "convention")
    return [row for row in rows if all(row[name] == text for name, text in given.items())]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_feed_keeps_the_rules_of_atom(place, code):
    answer = fetch(f"/{code}/{place}feed.atom")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert atom_rules.faults(answer.body) == []
    root = etree.fromstring(answer.body)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language(code).tag
    assert root.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM).endswith(f"/{code}/{place}feed.atom")


def test_every_feed_answers():
    places = [f"country/{area}/" for area in store.areas()] + [f"indicator/{name}/" for name in manifest.indicators()]
    assert {place: fetch(f"/en/{place}feed.atom").status for place in places} == dict.fromkeys(places, 200)


@pytest.mark.parametrize(
    "damage",
    [
        (rb"<id>[^<]*</id>", b""),
        (rb"<updated>[^<]*</updated>", b"<updated>2025-10-28T00:00:00</updated>"),
        (rb"<author>.*?</author>", b""),
        (rb"<title>[^<]*</title>", b"<title/>"),
        (rb'rel="self"', b'rel="via"'),
        (rb"<id>[^<]*</id>", b"<id>urn:uuid:same</id>"),
        (rb' href="[^"]*"', b""),
    ],
)
def test_the_rules_find_a_damaged_feed(damage):
    damaged = re.sub(*damage, fetch("/en/country/COL/feed.atom").body)
    assert atom_rules.faults(damaged)


def test_a_state_has_each_of_its_changed_figures_once():
    found = [row for item in items("country/COL/") if item["tags"] == ["revisions"] for row in item["_atalaya"]["rows"]]
    expected = changed(area="COL")
    assert len(expected) > 20
    assert Counter(tuple(row[name] for name in FIGURES) for row in found) == Counter(
        tuple(row[name] for name in FIGURES) for row in expected
    )


def test_the_region_has_the_changed_figures_of_all_states():
    found = [row for item in items("") if item["tags"] == ["revisions"] for row in item["_atalaya"]["rows"]]
    cell = ("indicator", "area", *FIGURES)
    assert Counter(tuple(row[name] for name in cell) for row in found) == Counter(
        tuple(row[name] for name in cell) for row in changed()
    )


def test_an_indicator_has_its_changed_figures():
    found = [
        row
        for item in items("indicator/persons_convicted/")
        if item["tags"] == ["revisions"]
        for row in item["_atalaya"]["rows"]
    ]
    assert len(found) == len(changed(indicator="persons_convicted"))
    assert {row["indicator"] for row in found} == {"persons_convicted"}


def test_people_read_both_figures_in_the_release_order():
    """Exact figures of totals, as the file has them: the earlier, an arrow, the later."""
    rows = [row for row in changed(area="COL", status_from="exact", status_to="exact") if row["form"] == "total"]
    content = fetch("/en/country/COL/feed.atom").body.decode()
    assert rows
    for row in rows:
        assert f"; {row['low_from']:,.0f} → {row['low_to']:,.0f}&lt;/a" in content


def test_figures_by_citizenship_that_differ_are_in_the_feeds_of_both_ends():
    rows = table("flow_revisions")
    for area in {row["origin"] for row in rows} & set(store.areas()):
        mine = [row for row in rows if area in {row["origin"], row["destination"]}]
        found = [
            row
            for item in items(f"country/{area}/")
            if item["tags"] == ["flow_revisions"]
            for row in item["_atalaya"]["rows"]
        ]
        numbers = ("origin", "destination", "year", "low_from", "low_to")
        assert Counter(tuple(row[name] for name in numbers) for row in found) == Counter(
            tuple(row[name] for name in numbers) for row in mine
        )


def test_a_contradiction_is_a_question_in_the_feed_of_its_state():
    """Totals that their own parts contradict, in the release that is shown."""
    newest = max(row["release"] for row in table("identities"))
    areas = {
        row["area"]
        for row in table("identities")
        if row["release"] == newest
        and row["kind"] != "more_males"
        and (row["sex"], row["age"], row["form"]) == ("total",) * 3
    }
    titles = {item["title"] for item in items("") if item["tags"] == ["questions"]}
    names = {language("en").country(area) for area in areas}
    assert names
    assert {
        name for name in names if any(title.startswith(f"{name}, ") and "contradict" in title for title in titles)
    } == names


def test_a_question_of_an_act_or_of_migrants_is_of_its_state_and_of_no_indicator():
    """An accession two days of which are printed, and an estimate that another release gives ten times apart."""
    stocks = {(row["origin"], row["destination"], row["year"]): row["persons"] for row in table("migrant_stock")}
    before = {
        (row["origin"], row["destination"], row["year"]): row["persons"]
        for row in table("migrant_stock_vintages")
        if row["release"] == "2020"
    }
    apart = {cell[1] for cell in stocks.keys() & before.keys() if 10 * stocks[cell] <= before[cell]}
    assert apart
    for area in apart:
        (item,) = (one for one in items(f"country/{area}/") if "estimates of migrants" in one["title"])
        assert item["title"].startswith(f"{language('en').country(area)}: ")
        assert "table=migrant_stock&amp;" in item["content_html"]
    of_acts = {one["id"]: one["title"] for one in items("") if "acts on treaties" in one["title"]}
    of_states = {one["id"]: area for area in store.areas() for one in items(f"country/{area}/")}
    assert of_acts
    for name, title in of_acts.items():
        assert title.startswith(f"{language('en').country(of_states[name])}: ")
    questions = {one["id"] for one in items("indicator/detected_victims/") if one["tags"] == ["questions"]}
    assert questions
    assert not questions & of_acts.keys()


def test_the_day_is_that_of_a_release_and_the_newest_comes_first():
    days = [item["date_published"][:10] for item in items("")]
    assert days == sorted(days, reverse=True)
    releases = {row["release_to"] for row in table("revisions")}
    assert {item["date_published"][:10] for item in items("") if item["tags"] == ["revisions"]} == releases
    root = etree.fromstring(fetch("/en/feed.atom").body)
    assert root.xpath("string(a:updated)", namespaces=ATOM) == f"{days[0]}T00:00:00Z"


def test_an_empty_feed_has_the_newest_day_of_all_entries():
    root = etree.fromstring(fetch("/en/indicator/population/feed.atom").body)
    assert root.xpath("count(a:entry)", namespaces=ATOM) == 0
    assert root.xpath("string(a:updated)", namespaces=ATOM) == items("")[0]["date_published"]


def test_an_entry_of_a_release_without_a_date_has_the_first_known_day(monkeypatch):
    first = min(one.day for one in entries.of(language("en")) if not one.id.startswith("revisions/"))
    rows = entries.query.figures().with_columns(release_to=pl.lit("undated"))
    monkeypatch.setattr(entries.query, "figures", lambda: rows)
    with _forgotten():
        found = [one.day for one in entries.of(language("en"), "COL") if one.id.startswith("revisions/")]
    assert found
    assert set(found) == {first}


def test_an_entry_has_one_id_in_all_feeds_and_forms_and_another_in_each_language():
    of_state = {item["id"] for item in items("country/COL/")}
    assert of_state
    assert of_state <= {item["id"] for item in items("")}
    root = etree.fromstring(fetch("/en/country/COL/feed.atom").body)
    assert set(root.xpath("a:entry/a:id/text()", namespaces=ATOM)) == of_state
    assert not of_state & {item["id"] for item in items("country/COL/", "es")}


def test_a_feed_is_bounded(monkeypatch):
    """And says so; one with all its entries says nothing of the kind."""
    feed = feeds.Feed(language("en"), "", "", "https://example.org/")
    found = entries.of(feed.lang)
    monkeypatch.setattr(feeds, "MOST", 5)
    in_json, in_atom = json.loads(feeds.json_feed(feed, found)), etree.fromstring(feeds.atom(feed, found))
    words = f"The newest 5 of {len(found)} entries."
    assert [len(in_json["items"]), in_json["description"]] == [5, words]
    assert in_atom.xpath("count(a:entry)", namespaces=ATOM) == 5
    assert in_atom.xpath("string(a:subtitle)", namespaces=ATOM) == words
    assert "description" not in json.loads(feeds.json_feed(feed, found[:5]))
    assert atom_rules.faults(feeds.atom(feed, found[:5])) == atom_rules.faults(feeds.atom(feed, found)) == []


@pytest.mark.parametrize("area", ["COL", ""])
def test_no_figure_of_a_source_that_may_not_be_passed_on(monkeypatch, area):
    """Neither as a row nor in words, nor where another source differs from it."""
    feed = feeds.Feed(language("en"), area, "", "https://example.org/")
    found, snapshot = entries.of(feed.lang, feed.area), store.snapshot()

    def shown() -> tuple[int, str]:
        parts = json.loads(feeds.json_feed(feed, found))["items"]
        contents = etree.fromstring(feeds.atom(feed, found)).xpath("a:entry/a:content/text()", namespaces=ATOM)
        assert contents == [item["content_html"] for item in parts]
        return sum(len(item["_atalaya"]["rows"]) for item in parts), "".join(contents)

    # A question on the SDG database has UNODC's figure, too.
    pattern = "source=unodc_glotip" if area else "UNODC, [^:<]*: [0-9,]+[.] Which is right"
    rows, words = shown()
    assert rows > 20
    assert re.search(pattern, words)
    assert "does not allow us" not in words
    sources = [
        one | ({"redistribute": "none"} if one["name"] == "unodc_glotip" else {})
        for one in snapshot.manifest["sources"]
    ]
    closed = SimpleNamespace(manifest={**snapshot.manifest, "sources": sources})
    monkeypatch.setattr(feeds, "store", SimpleNamespace(snapshot=lambda: closed))
    rows, words = shown()
    assert rows == 0
    assert "does not allow us to pass its figures on." in words
    assert not re.search(pattern, words)
    assert "source=unodc_glotip" not in words


def test_every_line_of_a_figure_leads_to_its_passport():
    """One line of each table: the page that it names is there."""
    lines = {}
    for item in items(""):
        for link in html.fromstring(item["content_html"]).iter("a"):
            lines.setdefault(link.get("href").partition("table=")[2].partition("&")[0], link.get("href"))
    assert set(lines) == {"vintages", "flows", "instruments", "migrant_stock", "observations"}
    for address in lines.values():
        path, _, query = address.removeprefix("http://localhost").partition("?")
        assert fetch(path, query).status == 200


def test_a_correction_is_an_entry_for_the_state_and_the_indicator():
    with samples.disputed():
        for place in ("", "country/CRI/", "indicator/detected_victims/"):
            feed = feeds.Feed(language("en"), *_of(place), "https://example.org/")
            found = json.loads(feeds.json_feed(feed, entries.of(feed.lang, feed.area, feed.indicator)))["items"]
            disputes = [item for item in found if item["tags"] == ["corrections"]]
            assert [item["date_published"] for item in disputes] == ["2024-05-02T00:00:00Z"] * 2
            assert any(samples.FINDING in item["content_html"] for item in disputes)
            # Only the newest version counts.
            assert not any(samples.OLDER in item["content_html"] for item in disputes)


def test_an_accepted_report_is_one_entry(monkeypatch):
    given = {"grade": "state_report", "kind": "report", "replies_to": None, "status": "limited"}
    rows = [samples.entry("", f"Sample finding {n} for tests", f"CRI:{n}", paragraph=n, **given) for n in (7, 11)]
    other = store.tables().replaced(evidence=samples.evidence(rows).lazy())
    monkeypatch.setattr(store, "tables", lambda: other)
    (found,) = (one for one in entries.of(language("en"), "CRI") if one.id.startswith("reports/"))
    assert found.title == "Costa Rica: national report"
    assert found.day == "2024-05-02"
    assert ["Sample finding 7 for tests" in found.lines[0].words, len(found.lines)] == [True, 2]


def test_a_withdrawn_data_version_is_in_every_feed(monkeypatch):
    row = {"snapshot": "0123456789ab", "withdrawn": date(2025, 12, 1), "reason": "wrong_figure", "replaced_by": None}
    monkeypatch.setattr(entries, "errata", lambda: pl.DataFrame([row]))
    for area, indicator in (("", ""), ("COL", ""), ("", "population")):
        with _forgotten():
            first = entries.of(language("en"), area, indicator)[0]
        assert (first.day, "0123456789ab" in first.title) == ("2025-12-01", True)


@pytest.mark.parametrize(
    "path", ["en/country/XXX/feed.atom", "xx/feed.atom", "en/indicator/none/feed.json", "en/feed.rss"]
)
def test_what_has_no_feed_is_not_found(path):
    assert fetch(f"/{path}").status == 404


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/en/", "/en/feed.atom"),
        ("/es/country/HTI", "/es/country/HTI/feed.atom"),
        ("/fr/coverage", "/fr/indicator/detected_victims/feed.atom"),
        ("/en/region", "/en/feed.atom"),
    ],
)
def test_a_page_names_its_feed_in_its_head_and_at_its_foot(path, feed):
    document = html.fromstring(fetch(path).body, base_url=f"http://localhost{path}")
    document.make_links_absolute()
    (named,) = document.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href")
    assert named == f"http://localhost{feed}"
    assert document.xpath("//footer//a/@href").count(named) == 1
    assert fetch(feed).status == 200


def test_coverage_lists_the_changes_since_a_day():
    after = {row["release_to"] for row in table("revisions")}
    last = max(after)
    every = _listed("")
    assert _listed(last) == [row for row in every if row["release_to"] >= last]
    assert every
    assert _listed(str(date.fromisoformat(last).replace(year=int(last[:4]) + 1))) == []


def test_days_between_two_releases_are_one_view():
    """And so are all days after the newest."""
    last = date.fromisoformat(max(row["release_to"] for row in table("revisions")))
    after = str(last + timedelta(1))
    for given, shown in {"2001-02-03": str(last), str(last): str(last), after: after, "9999-12-31": after}.items():
        assert read(COVERAGE, {"since": [given]}).values.value(SINCE) == shown


def test_coverage_says_from_which_day_it_has_no_changes():
    """Not that the releases have none: there are some before that day."""
    assert changed(indicator="detected_victims")
    last = date.fromisoformat(max(row["release_to"] for row in table("revisions")))
    after = language("en").date(str(last + timedelta(1)))
    document = fetch("/en/coverage", "since=2030-01-01").body.decode()
    assert f"No changes in releases since {after}." in document
    assert "No changes between the available releases." not in document


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "soon"])
def test_what_is_no_day_is_refused(text):
    assert fetch("/en/coverage/revisions.csv", f"since={text}").status == 404


def _listed(since: str) -> list[dict]:
    answer = fetch("/en/coverage/revisions.csv", f"since={since}" if since else "")
    assert answer.status == 200
    return list(csv.DictReader(answer.body.decode("utf-8-sig").splitlines()))


@contextmanager
def _forgotten():
    """Entries made from other tables, which are forgotten again."""
    store.tables().forget(entries.every)
    try:
        yield
    finally:
        store.tables().forget(entries.every)


def _of(place: str) -> tuple[str, str]:
    kind, _, name = place.rstrip("/").partition("/")
    return (name if kind == "country" else "", name if kind == "indicator" else "")
