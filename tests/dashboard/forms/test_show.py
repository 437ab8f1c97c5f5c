"""The show in a document: each scene is whole without scripts, and the data of the stage run as nothing else."""

import json
import re
from datetime import UTC, datetime

import pytest

from dashboard.catalog import pages
from dashboard.forms.html import document as html_document
from dashboard.present import contents
from dashboard.server.guard import POLICY
from dashboard.subjects.meetings import agendas
from dashboard.subjects.meetings.filters import OWN_AGENDA
from dashboard.subjects.meetings.page import FAULTS
from dashboard.views import address
from dashboard.views.figure import Values
from data import meeting
from data.i18n import LANGUAGES, language
from data.meeting import Meeting, Scene, fault
from tests.dashboard.forms.test_document import Read

PAGE = pages()["present"]
HOSTILE = "</script><script>alert(1)</script><!--<script>\u2028' onload=alert(1) {{ lang }} &lt;"


def written(lang="en", posted=(), more=(), **given):
    values = address.read(PAGE.filters, {name: (text,) for name, text in given.items()}).values
    values = Values.of({**dict(values.given), **dict(more)})
    return html_document.document(language(lang), PAGE, values, posted=dict(posted))


def data(content):
    (found,) = re.findall(r'<script type="application/json" id="show-data">(.*?)</script>', content, re.DOTALL)
    return json.loads(found)


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_without_scripts_has_all_of_every_scene(code):
    found, lang = Read(written(code, area="CRI")), language(code)
    shown = contents.scenes(lang, agendas.delivered("national_authorities"), datetime.now(UTC).date(), "", "CRI")
    (agenda,) = found.all("ol")
    texts = [plain(one["text"]) for one in found.elements if one["tag"] == "li"]
    assert len(texts) == len(shown)
    for scene, text in zip(shown, texts, strict=True):
        facts = [part for fact in scene["facts"] for part in (fact["label"], fact["figure"], fact["note"])]
        for line in (scene["title"], scene["heading"], *facts, *scene["lines"], scene.get("as_of", ""), scene["notes"]):
            assert all(plain(part) in text for part in line.split("\n"))
    pictures = [one["href"] for one in found.all("a") if "/picture/" in one["href"]]
    assert len(pictures) == sum(scene["figure"] is not None for scene in shown) == 6
    assert all(one.startswith("../picture/") and f"lang={code}" in one for one in pictures)
    assert agenda["text"]


def test_a_scene_links_to_its_page_with_its_filters():
    links = {one["href"] for one in Read(written("pt", area="CRI")).all("a")}
    assert any(one.startswith(("../?lang=pt", "./")) and one.endswith("#victims") for one in links)
    assert any("country" in one and "CRI" in one for one in links)


def test_the_stage_has_the_same_scenes_and_addresses_that_lead_there_from_the_document():
    found = data(written("es", area="CRI", scene="4", guided="1"))
    shown = contents.scenes(
        language("es"), agendas.delivered("national_authorities"), datetime.now(UTC).date(), "", "CRI"
    )
    for scene in shown:
        if scene["figure"]:
            scene["figure"]["address"] = scene["figure"]["address"].replace("./", "../", 1)
    assert found["scenes"] == json.loads(json.dumps(shown))
    assert (found["key"], found["lang"], found["at"], found["guided"], found["notes"]) == (
        "national_authorities",
        "es",
        4,
        True,
        False,
    )
    # A scene that the agenda does not have is its last one.
    assert data(written(scene="60", area="CRI"))["at"] == 7
    # The last one is not shown without its state.
    assert data(written(scene="60"))["at"] == len(data(written())["scenes"]) == 6


def hostile():
    words = dict.fromkeys(LANGUAGES, HOSTILE)
    return Meeting(words, (Scene("/region", words, words), Scene("closing", words, words)))


def own(agenda, **given):
    return written(meeting="own", more={OWN_AGENDA.name: agenda}, posted={"kept": meeting.kept(agenda)}, **given)


def test_nothing_hostile_in_an_agenda_escapes():
    content = own(hostile())
    found = Read(content)
    assert all(one.get("src") or one.get("type") == "application/json" for one in found.all("script"))
    assert [name for one in found.elements for name in one if name.startswith("on")] == []
    assert {scene["title"] for scene in data(content)["scenes"]} == {HOSTILE}
    assert [one["text"] for one in found.all("h3")] == [HOSTILE] * 2
    assert {one.get("value", "") for one in found.all("input", name="kept")} == {meeting.kept(hostile()), ""}
    # The data are no script: no script in a document runs.
    assert "script-src 'self';" in POLICY


def test_an_own_agenda_is_sent_again_by_every_form_of_its_page():
    agenda = Meeting(dict.fromkeys(LANGUAGES, "Ours"), agendas.delivered("national_authorities").scenes[-1:])
    found = Read(own(agenda, area="CRI"))
    assert found.all("h2")[0]["text"] == "My agenda: Ours"
    forms = {one["id"]: one for one in found.all("form")}
    assert {one["method"] for one in forms.values()} == {"post"}
    # The state is a control; all else stands in the address.
    assert forms["view"]["action"] == "present?meeting=own"
    assert forms["own-agenda"]["action"] == "present?meeting=own&area=CRI"
    kept = [one.get("value", "") for one in found.all("input", type="hidden", name="kept")]
    assert kept == [meeting.kept(agenda), "", meeting.kept(agenda)]
    (notes,) = found.all("button", formtarget="atalaya_notes")
    assert notes["formaction"] == "present?meeting=own&area=CRI&notes=1"
    assert Read(written()).all("a", target="atalaya_notes")[0]["href"] == "present?notes=1"


def test_without_an_agenda_of_their_own_readers_are_told_how_to_load_one():
    found = Read(written(meeting="own"))
    assert found.all("script", id="show-data") == []
    assert found.all("h2")[0]["text"] == "My agenda"
    assert found.all("input", type="file")
    assert [one for one in found.all("form", id="kept-agenda") if "data-wanted" in one and "hidden" in one]
    faults = (fault("empty", "mine.toml", 2, "title.en"), fault("no_page", "mine.toml", 3, "address", found=HOSTILE))
    refused = Read(written(meeting="own", more={FAULTS: faults}))
    (told,) = refused.all("div", role="alert")
    assert "2 errors found; nothing was loaded." in told["text"]
    assert "mine.toml, scene 2, title.en: The text is empty." in told["text"]
    # A browser does not send what it keeps again and again.
    assert not any("data-wanted" in one for one in refused.all("form"))
