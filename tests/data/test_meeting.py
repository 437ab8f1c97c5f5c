"""The file of a meeting: read strictly, every fault with its file, scene and field; written and read back."""

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from data import meeting
from data.i18n import LANGUAGES, in_every_language, language
from data.meeting import FAULTS, LARGEST, MOST_FAULTS, MOST_SCENES, Meeting, MeetingError, Scene, read, written

WORDS = "en = 'a'\nes = 'b'\npt = 'c'\nfr = 'd'\n"
EMPTY = "en = ''\nes = ''\npt = ''\nfr = ''\n"
SCENE = f"[[scene]]\naddress = 'opening'\n[scene.title]\n{WORDS}[scene.notes]\n{EMPTY}"
WHOLE = f"[meeting]\n{WORDS}{SCENE}"


def fine(_address):
    yield from ()


def faults(text, check=fine, **options):
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(MeetingError) as caught:
        read(content, "a.toml", check, **options)
    return [(fault.code, fault.scene, fault.field) for fault in caught.value.faults]


def test_a_whole_file_is_read():
    result = read(WHOLE.encode(), "a.toml", fine)
    each = in_every_language({"en": "a", "es": "b", "pt": "c", "fr": "d"})
    none = dict.fromkeys(LANGUAGES, "")
    assert result == Meeting(each, (Scene("opening", each, none),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("lacking", 0, "meeting"), ("lacking", 0, "scene")]),
        (f"[meeting]\n{WORDS}scene = []", [("unknown", 0, "meeting.scene"), ("lacking", 0, "scene")]),
        (f"scene = []\n[meeting]\n{WORDS}", [("lacking", 0, "scene")]),
        (f"scene = 3\n[meeting]\n{WORDS}", [("no_table", 0, "scene")]),
        (f"scene = [1]\n[meeting]\n{WORDS}", [("no_table", 1, "")]),
        (f"meeting = 'x'\n{SCENE}", [("no_table", 0, "meeting")]),
        (f"more = 1\n{WHOLE}", [("unknown", 0, "more")]),
        (WHOLE.replace("fr = 'd'\n[[", "[["), [("lacking", 0, "meeting.fr")]),
        (WHOLE.replace("fr = 'd'\n[[", "fr = 'd'\nde = 'e'\n[["), [("unknown", 0, "meeting.de")]),
        (WHOLE.replace("address = 'opening'\n", ""), [("lacking", 1, "address")]),
        (WHOLE.replace("'opening'", "7"), [("no_text", 1, "address")]),
        (WHOLE.replace("'opening'", f"'/{'x' * 2000}'"), [("too_long", 1, "address")]),
        (WHOLE.replace("[scene.title]\n", "[scene.titel]\n"), [("unknown", 1, "titel")]),
        (WHOLE.replace(WORDS, EMPTY, 1), [("empty", 0, f"meeting.{code}") for code in ("en", "es", "fr", "pt")]),
        (WHOLE.replace("es = ''", "es = 5"), [("no_text", 1, "notes.es")]),
        (WHOLE.replace("pt = ''", f"pt = '{'x' * 4001}'"), [("too_long", 1, "notes.pt")]),
        (WHOLE.replace("en = ''", "en = '{total}'"), [("no_field", 1, "notes.en")]),
        (WHOLE.replace("en = ''", "en = '{told!r}'"), [("no_field", 1, "notes.en")]),
        (WHOLE.replace("en = ''", "en = '{told.__class__}'"), [("no_field", 1, "notes.en")]),
        (WHOLE.replace("en = ''", "en = '{told:>{as_of}}'"), [("no_field", 1, "notes.en")]),
        (WHOLE.replace("en = ''", "en = 'a { b'"), [("no_field", 1, "notes.en")]),
        (WHOLE.replace("en = ''", "en = '{}'"), [("no_field", 1, "notes.en")]),
        (WHOLE + SCENE * MOST_SCENES, [("too_many", 0, "scene")]),
        (b"\xff\xfe", [("no_toml", 0, "")]),
        ("[meeting", [("no_toml", 0, "")]),
        ("a = 1\na = 2", [("no_toml", 0, "")]),
        ("a = " + "[" * 9000, [("no_toml", 0, "")]),
        ("a = " + "9" * 5000, [("no_toml", 0, "")]),
        (f"{WHOLE}[a.a.a.a.a.a.a.a]\n", [("unknown", 0, "a")]),
        (b"#" * (LARGEST + 1), [("too_large", 0, "")]),
    ],
)
def test_a_fault_names_its_scene_and_field(text, expected):
    assert faults(text) == expected


@pytest.mark.parametrize("title", ["", f"[scene.title]\n{EMPTY}"])
def test_a_scene_may_have_no_title_of_its_own(title):
    text = WHOLE.replace(f"[scene.title]\n{WORDS}", title)
    (scene,) = read(text.encode(), "a.toml", fine).scenes
    assert scene.title == dict.fromkeys(LANGUAGES, "")
    (again,) = read(written(read(text.encode(), "a.toml", fine)).encode(), "a.toml", fine).scenes
    assert again == scene


def test_every_fault_of_a_file_is_reported_at_once():
    text = WHOLE.replace("'opening'", "'/nowhere'").replace("fr = 'd'\n[scene.notes]", "[scene.notes]") + "[extra]\n"
    problems = faults(text, lambda address: iter([("no_page", address)]))
    assert problems == [("unknown", 0, "extra"), ("no_page", 1, "address"), ("lacking", 1, "title.fr")]


def test_our_own_files_have_no_figures_typed_by_hand():
    text = WHOLE.replace("en = ''", "en = 'of 35 states'")
    assert read(text.encode(), "a.toml", fine)
    assert faults(text, ours=True) == [("digit", 1, "notes.en")]


def test_named_places_are_filled_and_braces_can_be_written():
    values = {"description": "a", "release": "b"}
    assert meeting.filled("{description} {{x}} {release}", values) == "a {x} b"


def test_files_with_the_earlier_names_of_fields_still_work():
    notes = "{told} {as_of}"
    assert not list(meeting.misplaced(notes))
    assert meeting.fields(notes) == {"description", "release"}
    assert meeting.filled(notes, {"description": "a", "release": "b"}) == "a b"


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_fault_has_words_with_its_file_scene_and_field(code):
    lang = language(code)
    for name in FAULTS:
        line = meeting.fault(name, "my file.toml", 3, "title.es", n=7, found="what").line(lang)
        assert "my file.toml" in line
        assert "3" in line
        assert "title.es" in line
        assert ("{" in line) == (name == "no_field")


def test_no_more_faults_are_listed_than_anybody_reads():
    extra = "".join(f"key{number} = 1\n" for number in range(3000))
    assert len(faults(extra + WHOLE)) == MOST_FAULTS


def test_the_schema_is_one():
    Draft202012Validator.check_schema(meeting.schema())


def kept_again(text):
    return meeting.meeting(meeting.kept_table(text.encode()), "", fine)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "3", "null", '"a"', "{}", "[" * 60_000, "9" * 60_000, "NaN", " " * 64_001),
        '{"meeting": {"en": "a"}}',
        '{"meeting": {"en": "a"}, "scene": [{"address": "opening", "notes": {"en": "half \\ud800"}}]}',
        '{"meeting": {"en": "a"}, "scene": [{"address": "opening", "notes": {"en": ["deep", {"er": [[[]]]}]}}]}',
        '{"meeting": {"en": "a"}, "scene": [{"address": "opening", "notes": {"en": "b", "xx": "c"}}]}',
        '{"meeting": {"en": "a"}, "more": 1, "scene": [{"address": "opening", "notes": {"en": "b"}}]}',
    ],
)
def test_what_a_browser_keeps_is_refused_as_a_file_is(text):
    with pytest.raises(MeetingError):
        kept_again(text)


def test_an_agenda_has_one_text_where_its_languages_have_the_same():
    same = Scene("opening", dict.fromkeys(LANGUAGES, "a"), dict.fromkeys(LANGUAGES, ""))
    text = meeting.kept(Meeting(same.title, (same,)))
    assert json.loads(text) == {
        "meeting": {"en": "a"},
        "scene": [{"address": "opening", "title": {"en": "a"}, "notes": {"en": ""}}],
    }
    assert kept_again(text).scenes == (same,)


def test_an_agenda_that_no_browser_can_keep_is_refused():
    long = SCENE.replace("en = ''", f"en = '{'x' * 3900}'")
    whole = f"[meeting]\n{WORDS}" + long * 17
    assert len(whole.encode()) > LARGEST
    assert faults(whole) == [("too_large", 0, "")]
    # As a file it is small enough; as JSON its signs take twice the room.
    quotes = SCENE.replace("en = ''", f"en = '{chr(34) * 3900}'")
    whole = f"[meeting]\n{WORDS}" + quotes * 10
    assert len(whole.encode()) < LARGEST
    assert faults(whole) == [("too_large", 0, "")]


def test_a_hostile_name_does_not_break_the_line():
    line = meeting.fault("unknown", "a\nb.toml", 1, "x" * 500).line(language("en"))
    assert "\n" not in line
    assert len(line) < 200


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)


@given(texts, texts, st.text(st.characters(codec="utf-8"), max_size=60))
def test_a_written_meeting_is_read_back_unchanged(name, title, notes):
    plain = notes.replace("{", "{{").replace("}", "}}")
    scene = Scene("closing", dict.fromkeys(LANGUAGES, title), dict.fromkeys(LANGUAGES, plain))
    original = Meeting(dict.fromkeys(LANGUAGES, name), (scene, scene))
    assert read(written(original).encode(), "a.toml", fine) == original
    assert kept_again(meeting.kept(original)) == original


def test_the_delivered_meeting_has_its_parts_in_order():
    """Counted in the file itself, by the library that reads TOML."""
    document = tomllib.loads(meeting.delivered()["national_authorities"].read_text("utf-8"))
    parts = [re.split(r"[?]", scene["address"])[0] for scene in document["scene"]]
    assert parts == [
        "opening",
        "/home#change",
        "/home#victims",
        "/routes",
        "/home#convictions",
        "/coverage",
        "/country",
    ]
    # It ends on the state that the presenter chooses.
    assert "area=" not in document["scene"][-1]["address"]
    for scene in document["scene"]:
        # The titles are made from the rows.
        assert "title" not in scene
        assert set(scene["notes"]) == set(LANGUAGES)
        assert not re.search(r"\d", " ".join(scene["notes"].values()))


def test_french_has_its_spaces_before_the_signs():
    text = meeting.delivered()["national_authorities"].read_text("utf-8")
    french = re.findall(r'^fr = ("""[\s\S]*?"""|".*?")$', text, flags=re.MULTILINE)
    assert french
    assert not [sentence for sentence in french if re.search(r"[^\u00a0\u202f][:;!?](?=\s)", sentence)]
