"""The agenda of a session: views are added from any page, ordered, named, removed and loaded."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import menu
from dashboard.desk import ENTRY
from dashboard.present import links
from dashboard.present import own_agenda as own_agenda_changes
from dashboard.subjects.meetings.agendas import delivered
from dashboard.subjects.meetings.filters import MEETING, OWN, OWN_AGENDA, SCENE, YOURS
from data import meeting
from data.i18n import LANGUAGES
from data.meeting import LONGEST, MOST_SCENES, Meeting, Scene


def opened(page="present", **query):
    shown = AppTest.from_file(ENTRY, default_timeout=60)
    shown.query_params.update({"lang": "en", **query})
    shown.switch_page(str(menu.scripts()[page])).run()
    assert not shown.exception
    return shown


def go(shown, page):
    shown.switch_page(str(menu.scripts()[page])).run()
    assert not shown.exception
    return shown


def own_agenda(shown):
    return shown.session_state[OWN_AGENDA.name]


def with_scenes(*addresses):
    shown = opened()
    words = {code: f"title {code}" for code in LANGUAGES}
    scenes = tuple(Scene(address, words, dict.fromkeys(LANGUAGES, "")) for address in addresses)
    shown.session_state[OWN_AGENDA.name] = Meeting(words, scenes)
    shown.session_state[MEETING.name] = OWN
    shown.run()
    fold(shown, "agenda")
    return shown


def fold(shown, *keys):
    for key in keys:
        shown.session_state[f"folded.{key}"] = True
    shown.run()
    assert not shown.exception


@pytest.mark.parametrize("page", own_agenda_changes.pages())
def test_a_view_of_every_page_can_be_added_and_read_back(page):
    shown = opened(page)
    shown.button(key="agenda.add").click().run()
    assert not shown.exception
    (scene,) = own_agenda(shown).scenes
    assert [*links.check(scene.address)] == []
    assert links.link(scene.address).page == page
    # The title is what the view shows.
    assert scene.title == scene.notes == dict.fromkeys(LANGUAGES, "")
    content = meeting.written(own_agenda(shown)).encode()
    assert meeting.read(content, "a.toml", links.check) == own_agenda(shown)


def test_the_address_has_every_filter_of_the_page():
    shown = opened("region")
    shown.session_state["indicator"] = "offences"
    shown.session_state["year"] = 2012
    shown.run()
    shown.button(key="agenda.add").click().run()
    query = links.link(own_agenda(shown).scenes[0].address).query
    expected = {"indicator": "offences", "measure": "rate", "year": "2012", "latest": "0", "edition": "newest"}
    assert query == expected | {"subregion": "all"}


def test_views_are_listed_in_the_order_they_were_added():
    shown = opened("region")
    shown.button(key="agenda.add").click().run()
    go(shown, "coverage").button(key="agenda.add").click().run()
    assert [links.link(scene.address).page for scene in own_agenda(shown).scenes] == ["region", "coverage"]
    go(shown, "present")
    shown.session_state[MEETING.name] = OWN
    shown.run()
    text = " ".join(element.value for element in shown.markdown)
    assert text.index("Detected victims") < text.index("have at least one total")


def test_the_stage_itself_cannot_be_added():
    assert [button.key for button in opened().button if button.key == "agenda.add"] == []


@pytest.fixture
def own(monkeypatch):
    """The own agenda of a session, with some scenes; two of them are alike."""
    words = dict.fromkeys(LANGUAGES, "")
    addresses = ("/region", "/routes", "/region", "/coverage")
    state = {
        OWN_AGENDA.name: Meeting(
            dict.fromkeys(LANGUAGES, "a"), tuple(Scene(address, words, words) for address in addresses)
        )
    }
    monkeypatch.setattr("streamlit.session_state", state)
    return lambda: state[OWN_AGENDA.name].scenes


def test_scenes_are_moved_and_removed(own):
    def order():
        return [scene.address.removeprefix("/") for scene in own()]

    own_agenda_changes.move(3, -1)
    assert order() == ["region", "routes", "coverage", "region"]
    own_agenda_changes.move(0, 1)
    assert order() == ["routes", "region", "coverage", "region"]
    # At an end nothing changes.
    own_agenda_changes.move(0, -1)
    own_agenda_changes.move(3, 1)
    assert order() == ["routes", "region", "coverage", "region"]
    own_agenda_changes.remove(1)
    assert order() == ["routes", "coverage", "region"]


def test_a_text_that_no_browser_could_keep_is_not_taken(own):
    for place in range(4):
        for code in LANGUAGES:
            assert own_agenda_changes.set_text(place, "notes", code, "n" * 3000)
    # As JSON each of these signs takes two bytes: the last of these texts is too much.
    fit = [own_agenda_changes.set_text(place, "notes", "en", '"' * 4000) for place in range(4)]
    assert fit == [True, True, True, False]
    assert [scene.notes["en"][0] for scene in own()] == ['"', '"', '"', "n"]
    # A browser's own limit on a field may be ignored.
    assert own_agenda_changes.set_text(0, "title", "en", "x" * 1_000_000)
    assert own()[0].title["en"] == "x" * LONGEST["title"]


def test_a_scene_gets_a_title_and_notes_in_the_language_shown():
    shown = with_scenes("/region", "/routes")
    fold(shown, "scene.1")
    (title,), (notes,) = shown.text_input, shown.text_area
    title.set_value("The way north").run()
    shown.text_area[0].set_value("Speak of {told}.").run()
    scene = own_agenda(shown).scenes[1]
    assert scene.title == {**{code: f"title {code}" for code in LANGUAGES}, "en": "The way north"}
    assert scene.notes["en"] == "Speak of {told}."
    assert scene.notes["fr"] == ""
    assert notes.label == "Notes"


def test_braces_in_notes_are_kept_and_an_empty_title_is_what_the_view_shows():
    shown = with_scenes("/region")
    fold(shown, "scene.0")
    shown.text_area[0].set_value("a { b {total}").run()
    shown.text_input[0].set_value("   ").run()
    scene = own_agenda(shown).scenes[0]
    assert meeting.filled(scene.notes["en"], {"description": "", "release": ""}) == "a { b {total}"
    assert scene.title["en"] == ""
    assert meeting.read(meeting.written(own_agenda(shown)).encode(), "a.toml", links.check)


def test_scenes_are_put_in_order_by_buttons():
    shown = with_scenes("/region", "/routes", "/coverage")
    fold(shown, "scene.0", "scene.1", "scene.2")
    assert [shown.button(key=f"agenda.move.{place}.{by}").disabled for place, by in ((0, -1), (0, 1), (2, 1))] == [
        True,
        False,
        True,
    ]
    shown.button(key="agenda.move.0.1").click().run()
    shown.button(key="agenda.move.1.1").click().run()
    shown.button(key="agenda.remove.0").click().run()
    assert not shown.exception
    assert [scene.address for scene in own_agenda(shown).scenes] == ["/coverage", "/region"]


def test_an_own_agenda_is_downloaded_at_the_foot_of_every_page():
    shown = opened("region")
    assert [one.label for one in shown.get("download_button") if one.key == "agenda.download"] == []
    shown.button(key="agenda.add").click().run()
    assert [one.label for one in shown.get("download_button") if "TOML" in one.label] == ["Download (TOML)"]


def test_the_delivered_agenda_can_be_copied_and_changed():
    shown = opened()
    fold(shown, "agenda")
    shown.button(key="agenda.copy").click().run()
    assert own_agenda(shown) == delivered("national_authorities")
    assert shown.session_state[MEETING.name] == OWN


def loaded(shown, content):
    shown.file_uploader[0].set_value(("mine.toml", content, "application/toml")).run()
    assert not shown.exception


def test_a_loaded_file_replaces_the_user_s_agenda():
    shown = opened()
    fold(shown, "agenda")
    other = delivered("national_authorities")
    loaded(shown, meeting.written(Meeting(other.name, other.scenes[:3])).encode())
    assert "The file has 3 scenes" in shown.info[-1].value
    shown.button(key="agenda.take").click().run()
    assert own_agenda(shown).scenes == other.scenes[:3]


def test_every_fault_of_a_file_is_shown_and_nothing_is_taken():
    shown = opened()
    fold(shown, "agenda")
    text = meeting.written(delivered("national_authorities")).replace("/coverage?reported", "/coverage?bad")
    loaded(shown, text.replace('address = "/country?', 'address = "/country?area=ESP&').encode())
    assert "2 errors found" in shown.warning[0].value
    problems = " ".join(element.value for element in shown.markdown)
    assert "scene 6, address" in problems.replace("\\", "")
    assert "scene 7, address" in problems.replace("\\", "")
    assert OWN_AGENDA.name not in shown.session_state
    assert "agenda.take" not in [element.key for element in shown.button]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_our_server_the_scenes_can_be_read(lang):
    shown = AppTest.from_file(ENTRY, default_timeout=60)
    shown.query_params.update({"lang": lang})
    go(shown, "present")
    shown.session_state[SCENE.name] = 7
    shown.session_state[YOURS.name] = "CRI"
    shown.run()
    assert not shown.exception
    assert "Costa Rica" in shown.subheader[0].value


def test_a_full_agenda_accepts_no_more_scenes():
    shown = with_scenes(*["/region"] * MOST_SCENES)
    assert go(shown, "region").button(key="agenda.add").disabled
