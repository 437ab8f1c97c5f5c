"""What the stage shows for each scene; its figures are recounted row by row from the snapshot's files."""

import gzip
import json
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.present import contents, links
from dashboard.stage import request, wire
from dashboard.subjects.home import page as home
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.words import on_map
from dashboard.subjects.meetings import agendas
from data import declaration_text
from data.i18n import LANGUAGES, language
from data.meeting import Meeting, Scene

# What scenes of Country name beside the detected victims.
RESPONSE = ("persons_prosecuted", "persons_convicted")

EN = language("en")
DAY, ROOT = date(2026, 12, 9), "https://example.org"


@cache
def rows(table):
    return pq.read_table(f"{store.snapshot().root}/{table}.parquet").to_pylist()


def figures(indicator, area):
    """The totals of a state by year, and the years in which any state has a row."""
    whole = [
        row
        for row in rows("observations")
        if row["indicator"] == indicator and (row["sex"], row["age"], row["form"]) == ("total", "total", "total")
    ]
    by_year = {row["year"]: row for row in whole if row["area"] == area and row["status"] in {"exact", "masked"}}
    return by_year, {row["year"] for row in whole}


def key_figures(page, query):
    """The key figures of the scene of a page."""
    return links.glance(EN, f"/{page}?{urlencode(query)}").key_figures


def plain(text):
    """A figure without thousands separators."""
    return text.replace(",", "")


def span(low, high):
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


@pytest.mark.parametrize("area", ["MEX", "TTO", "ATG", "CUB", "PRY", "BRB"])
def test_the_key_figures_of_a_state_are_its_latest(area):
    facts = key_figures("country", {"area": area})
    reported = [found for indicator in RESPONSE if (found := figures(indicator, area))[0]]
    # What the state never reported is no key figure.
    for fact, (by_year, years) in zip(facts, reported, strict=True):
        latest = by_year[max(by_year)]
        masked = latest["status"] == "masked"
        mark = "*" * latest["contradicted"]
        assert plain(fact.figure) == ("fewer than five" if masked else span(latest["low"], latest["high"])) + mark
        assert " ".join(fact.lines) == f"in {max(by_year)}; reported in {len(by_year)} of {len(years)} years"


def test_a_masked_key_figure_is_fewer_than_five():
    masked = [
        (area, indicator)
        for area in {row["area"] for row in rows("areas")}
        for indicator in RESPONSE
        if (mine := figures(indicator, area)[0]) and mine[max(mine)]["status"] == "masked"
    ]
    assert masked
    for area, indicator in masked:
        reported = [one for one in RESPONSE if figures(one, area)[0]]
        facts = key_figures("country", {"area": area})
        mine = figures(indicator, area)[0]
        mark = "*" * mine[max(mine)]["contradicted"]
        assert facts[reported.index(indicator)].figure == f"fewer than five{mark}"


def test_the_coverage_of_the_region():
    reported, years = defaultdict(set), set()
    for row in rows("observations"):
        if row["indicator"] == "detected_victims" and (row["sex"], row["age"], row["form"]) == ("total",) * 3:
            years.add(row["year"])
            if row["status"] in {"exact", "masked"}:
                reported[row["area"]].add(row["year"])
    span_of = max(years) - min(years) + 1
    always = sum(len(in_years) == span_of for in_years in reported.values())
    shown = [fact.figure for fact in key_figures("coverage", {"reported": "detected_victims"})]
    assert shown == [str(always), str(35 - len(reported))]
    (scene,) = scenes("en", "/coverage?reported=detected_victims", title="")
    assert scene["title"] == f"{len(reported)} of 35 states have at least one total."


def test_the_citizenships_listed():
    (listed,) = key_figures("routes", {"years": "2012-2019"})
    years = [row for row in rows("flow_coverage") if 2012 <= row["year"] <= 2019]
    known = [row for row in years if row["total_low"] is not None and row["nationalities"]]
    sums = [sum(row[name] for row in known) for name in ("listed", "listed_high", "total_low", "total_high")]
    assert plain(listed.figure) == span(*sums[:2])
    assert span(*sums[2:]) in plain(" ".join(listed.lines))
    assert key_figures("routes", {"evidence": "stated"}) == ()


def test_the_ledger_of_a_paragraph():
    """Paragraph 26, of the states without Cuba, by the grades of the newest versions of its entries."""
    newest = {}
    for row in rows("evidence"):
        if row["paragraph"] == 26 and row["version"] > newest.get(row["id"], {"version": 0})["version"]:
            newest[row["id"]] = row
    grades = defaultdict(set)
    for row in newest.values():
        grades[row["actor"]].add(row["grade"])
    states = {row["area"] for row in rows("areas") if row["member"] != "not_participating"}
    since = {area for area in states if grades[area] - {"background", "figure", "reply"}}
    figure = {area for area in states if "figure" in grades[area]} - since
    older = {area for area in states if "background" in grades[area]} - since - figure
    shown = [fact.figure for fact in key_figures("declaration", {"paragraph": "26"})]
    assert len(states) == 34
    (scene,) = scenes("en", "/declaration?paragraph=26")
    some = f"Documents since March 2018 were found for {len(since)} of 34 states"
    documents = some if since else "No document since March 2018 was found for any of 34 states"
    assert f"{documents}." in scene["notes"]
    assert len(figure) > 1
    assert shown == [f"{len(group)} of 34" for group in (figure, older, states - since - figure - older) if group]


def test_no_key_figure_of_the_declaration_is_a_zero():
    for number in ("all", *map(str, range(1, 33))):
        shown = [fact.figure for fact in key_figures("declaration", {"paragraph": number})]
        assert not [figure for figure in shown if figure.startswith("0 ")], number


SAMPLE = Path(__file__).parents[2] / "etl" / "recorded" / "declaration" / "declaration_text_sample.csv"


def test_the_official_words_are_in_the_notes_of_a_scene_where_they_are_loaded(monkeypatch):
    address = "/declaration?paragraph=26"
    assert "Official text" not in scenes("en", address)[0]["notes"]
    rows = declaration_text.paragraphs(SAMPLE)
    monkeypatch.setattr(declaration_text, "paragraphs", lambda: rows)
    described = on_map(EN, 26, ledger_query.count(26))
    assert "Official text: “Palabras de muestra para pruebas: indicadores” (SAMPLE/DOC.1 (es)" in described
    assert "p. 2, Spanish)" in described
    french = on_map(language("fr"), 26, ledger_query.count(26))
    assert "Mots d’échantillon" in french


def test_a_paragraph_that_counts_no_states_has_no_figures():
    assert key_figures("declaration", {"paragraph": "31"}) == []


def test_all_paragraphs_of_the_ledger_add_up():
    matches = [re.fullmatch(r"([\d,]+) of ([\d,]+)", fact.figure) for fact in key_figures("declaration", {})]
    shares = [tuple(int(plain(part)) for part in match.groups()) for match in matches]
    facts_of_treaties = sum(35 for number in (30,) if number)
    assert len({every for _, every in shares}) == 1
    assert sum(n for n, _ in shares) <= shares[0][1] <= sum(n for n, _ in shares) + facts_of_treaties + 2


def scenes(lang="en", *addresses, title="x", area="CRI"):
    meeting = agendas.delivered("national_authorities")
    if addresses:
        words, notes = (dict.fromkeys(LANGUAGES, text) for text in (title, "{told} {as_of}"))
        meeting = Meeting(words, tuple(Scene(address, words, notes) for address in addresses))
    return contents.scenes(language(lang), meeting, DAY, ROOT, area)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scene_names_a_release_and_a_closing_one_alone_the_data_version(lang):
    release, built = (language(lang).date(day) for day in ("2025-10-28", store.snapshot().manifest["created"][:10]))
    first, (last,) = scenes(lang), scenes(lang, "closing")
    for scene in first:
        text = " ".join([*scene["lines"], scene.get("as_of", ""), scene["notes"]])
        assert release in text, scene["title"]
        assert store.snapshot().id not in text
        assert built not in text
    text = " ".join(last["lines"])
    address = f"{ROOT}/s/{store.snapshot().id}/{lang}/sources"
    assert text.replace(address, "").count(store.snapshot().id) == text.count(built) == 1
    assert f"{ROOT}/sources " in text
    assert text.count(address) == 1


def payload_of(figure):
    """A figure of a scene as the browser gets it."""
    filters = {**figure["query"], **figure["stage"], request.DARK.name: "0"}
    return json.loads(gzip.decompress(wire.packed(request.parse(figure["address"].rsplit("/", 1)[-1], filters))))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_source_of_each_scene_is_that_of_its_figure(lang):
    """Until the figure is there its lines stand in its place; a scene without one names the releases of its figures."""
    shown = scenes(lang)
    drawn = [scene for scene in shown if scene["figure"]]
    for scene in drawn:
        assert all(note.removesuffix(".") in scene["as_of"] for note in payload_of(scene["figure"])["notes"])
    # Figures of different sources have different lines: routes have rows of two releases.
    assert len({scene["as_of"] for scene in drawn}) >= 4
    release, before = (language(lang).date(day) for day in ("2025-10-28", "2025-04-14"))
    for scene in drawn:
        assert release in scene["as_of"], scene["title"]
        assert (before in scene["as_of"]) == (scene["kind"] == "routes"), scene["title"]
    (ledger,) = scenes(lang, "/declaration?paragraph=26")
    assert all(note.removesuffix(".") in ledger["as_of"] for note in payload_of(ledger["figure"])["notes"])
    without = [scene for scene in (*shown, *scenes(lang, "/sources")) if not scene["figure"] and "as_of" in scene]
    assert all("\n" not in scene["as_of"] for scene in without)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_public_address_no_scene_has_one(lang):
    meeting = agendas.delivered("national_authorities")
    words = dict.fromkeys(LANGUAGES, "")
    every = Meeting(meeting.name, (*meeting.scenes, Scene("closing", words, words)))
    shown = contents.scenes(language(lang), every, DAY, "")
    assert not re.search(r"https?://|127\.0\.0\.1|localhost|/sources", json.dumps([scene["lines"] for scene in shown]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_of_each_scene_can_be_requested_and_matches_its_page(lang):
    shown = [scene for scene in scenes(lang) if scene["figure"]]
    assert [scene["kind"] for scene in shown] == ["home", "home", "routes", "home", "coverage", "country"]
    for scene in shown:
        figure = scene["figure"]
        figure_request = request.parse(
            figure["address"].rsplit("/", 1)[-1], {**figure["query"], **figure["stage"], request.DARK.name: "1"}
        )
        payload = json.loads(gzip.decompress(wire.packed(figure_request)))
        assert payload["layout"]["height"] == pytest.approx(int(figure["stage"]["stage"]), abs=12)
        assert payload["description"] in scene["notes"]
        assert not any(store.snapshot().id in note for note in payload["notes"])
        assert "2025" in payload["source"]


def test_the_year_of_a_scene_is_that_of_its_address():
    (scene,) = scenes("en", "/region?year=2011&measure=count")
    assert scene["figure"]["query"]["year"] == "2011"
    reported = Counter(
        row["status"] in {"exact", "masked"}
        for row in rows("observations")
        if row["indicator"] == "detected_victims"
        and row["year"] == 2011
        and (row["sex"], row["age"], row["form"]) == ("total",) * 3
    )
    assert f"in {reported[True]} of 35 states" in scene["notes"]
    assert "Detected victims, 2011." in scene["notes"]


def test_a_state_s_remark_is_shown_with_it():
    every = scenes("en", *(f"/country?area={area}" for area in ("PRY", "NIC", "MEX", "CHL")))
    paraguay, nicaragua, mexico, chile = every
    assert "reservation to the whole Declaration" in " ".join(paraguay["lines"])
    assert "Left the OAS in November 2023" in " ".join(nicaragua["lines"])
    # Of Mexico there is a register of its own.
    (line,) = mexico["lines"]
    assert "its totals differ from UNODC’s" in line
    assert chile["lines"] == []


def test_paraguays_reservation_is_noted_in_the_ledger():
    (scene,) = scenes("en", "/declaration?paragraph=26")
    figure = scene["figure"]
    filters = {**figure["query"], **figure["stage"], request.DARK.name: "0"}
    payload = json.loads(gzip.decompress(wire.packed(request.parse("ledger_map", filters))))
    assert any("Paraguay" in note and "reservation" in note for note in payload["notes"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_maps_carry_the_disclaimer(lang):
    disclaimer = language(lang).text(
        "Boundaries and names imply no opinion on the status of any territory; disputed areas are hatched."
    )
    for scene in scenes(lang, "/region", "/routes", "/coverage", "/declaration?paragraph=1", "/instruments"):
        figure = scene["figure"]
        filters = {**figure["query"], **figure["stage"], request.DARK.name: "0"}
        packed = wire.packed(request.parse(figure["address"].rsplit("/", 1)[-1], filters))
        assert disclaimer in json.loads(gzip.decompress(packed))["notes"]


def test_opening_and_closing_carry_the_disclaimer():
    opening, closing = scenes("en", "opening", "closing")
    assert "9 December 2026" in opening["lines"]
    assert any("not a product of the Organization" in line for line in opening["lines"])
    assert any("not a product of the Organization" in line for line in closing["lines"])
    assert any(f"{ROOT}/sources" in line for line in closing["lines"])
    assert any("Seen in: Atalaya" in line for line in closing["lines"])


# ---- titles: what the figure of a scene shows


def test_the_title_of_an_agenda_stands_above_the_finding():
    for address in (
        "/region",
        "/home#victims",
        "/routes",
        "/coverage",
        "/country?area=MEX",
        "/declaration?paragraph=26",
    ):
        (named,), (plain_,) = scenes("en", address, title="Ours"), scenes("en", address, title="")
        assert named["title"] == "Ours"
        assert named["heading"] == "\n".join(filter(None, [plain_["title"], plain_["heading"]]))


def test_a_cover_without_a_title_says_what_the_region_reported():
    (named,), (plain_,) = scenes("en", "opening", title="Ours"), scenes("en", "opening", title="")
    assert (named["title"], named["heading"]) == ("Ours", "")
    assert plain_["title"] == home.lead(EN)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_title_of_the_delivered_agenda_is_a_finding(lang):
    """It, or what it measures, has a number, and no other scene has the sentence."""
    shown = scenes(lang)
    assert len(shown) == 7
    sentences = [line for scene in shown for line in (scene["title"], *scene["heading"].split("\n")) if line]
    assert len(sentences) == len({*sentences})
    for scene in shown:
        assert re.search(r"\d", f"{scene['title']} {scene['heading']}"), scene["title"]
        assert scene["title"].endswith((".", "?")), scene["title"]


@pytest.mark.parametrize("area", sorted(store.areas()))
def test_the_country_of_the_presenter_is_the_last_scene(area):
    """Its latest total, recounted; of a state without one, that there is none."""
    meeting = agendas.delivered("national_authorities")
    last = contents.scenes(EN, Meeting(meeting.name, meeting.scenes[-1:]), DAY, ROOT, area)[0]
    by_year, _ = figures("detected_victims", area)
    if not by_year:
        assert "UNODC’s data have no total of victims detected" in f"{last['title']} {last['heading']}"
        return
    row = by_year[max(by_year)]
    figure = "fewer than five" if row["status"] == "masked" else span(row["low"], row["high"]) if row["high"] else "0"
    assert figure in plain(last["title"])
    assert last["title"].count(str(max(by_year))) == 1
    assert EN.country(area).split(" (")[0] in last["title"]
    assert last["figure"]["query"]["area"] == area


def test_a_state_without_any_total_shows_where_its_citizens_were_detected():
    """The largest flow out of Haiti, added up from the rows of the snapshot."""
    (scene,) = scenes("en", "/country?area=HTI", title="")
    sums = defaultdict(lambda: [0, 0])
    for row in rows("flows"):
        ends = row["origin"], row["destination"]
        if row["evidence"] == "counted" and row["located"] and ends[0] == "HTI" != ends[1] and row["low"] is not None:
            sums[ends[1]] = [sums[ends[1]][0] + row["low"], sums[ends[1]][1] + row["high"]]
    place, (low, high) = max(sums.items(), key=lambda one: sum(one[1]))
    assert span(low, high) in scene["title"]
    assert EN.country(place) in scene["title"]
    assert (scene["figure"]["query"]["position"], scene["facts"]) == ("origin", [])


def test_a_state_without_any_figure_has_large_words_alone():
    (scene,) = scenes("en", "/country?area=KNA", title="")
    assert (scene["kind"], scene["figure"], scene["facts"]) == ("closing", None, [])


def test_without_a_country_its_scene_is_not_shown():
    assert scenes(area="") == scenes()[:-1]
    assert scenes("en", "/country", area="") == []
    assert len(scenes("en", "/country?area=MEX", "/country", area="")) == 1
