"""A meeting: a TOML file with scenes in the order they are shown, each a deep link, a title and speaker's notes.

    [meeting]                               # its name: English, and any other language
    en = "..."

    [[scene]]
    address = "/region?indicator=offences"  # a page of ours with its filters, or `opening`, or `closing`
    [scene.title]                           # without a title, or with an empty one: what the figure shows
    en = "..."
    [scene.notes]
    en = "... {description} ..."            # may be empty

A scene of page Country without a state (`/country`) shows the one that the presenter chooses, and is left out without
it. All texts of a file are in the same languages; for our other languages English is shown. The notes of the files that
come with the product have no figure typed by hand: with the next snapshot it would be wrong. They use words and
placeholders (`FIELDS`), which are filled from the figure of the scene. All faults are reported at once, each with file,
scene and field.

A browser keeps an agenda as JSON with the same keys (`kept`). Both are read in two steps: `table` and `kept_table`
parse the bytes, `meeting` compares the parsed table with the schema and finds the rest that may be wrong.
"""

import json
import re
import string
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from data.i18n import DEFAULT, LANGUAGES, N_, Language, in_every_language
from data.report.faults import quote

FOLDER = Path(__file__).parent / "scenes"
TextsByLanguage = Mapping[str, str]
OPENING = "opening"
CLOSING = "closing"
BARE = (OPENING, CLOSING)
# The placeholders of notes: the sentences that describe the scene's figure, and the release of the data.
FIELDS = ("description", "release")
# Their names in older files, which are still accepted.
EARLIER = {"told": "description", "as_of": "release"}
# Scenes, and bytes of a file and of what a browser keeps.
MOST_SCENES = 60
LARGEST = 64_000
# Levels of a parsed table, and faults that are reported of one file.
MOST_LEVELS = 5
MOST_FAULTS = 50
LONGEST = {"meeting": 160, "title": 160, "notes": 4000, "address": 2000}
# Finds what is wrong with an address: codes of `FAULTS`, each with the part of the address.
AddressCheck = Callable[[str], Iterator[tuple[str, str]]]
Value = str | int
TomlTable = Mapping[str, Any]
# The codes of faults, by the rule of the schema that is broken.
NAMES = {"required": "lacking", "additionalProperties": "unknown"}
RULES = {"maxLength": "too_long", "minItems": "lacking", "maxItems": "too_many", "pattern": "empty"}
FAULTS = {
    "too_large": N_("The file is larger than {n} kB."),
    "no_toml": N_("The file is not TOML in UTF-8: {found}"),
    "too_heavy": N_("The file takes too much time or memory to read."),
    "not_now": N_("Too many files are being read now. Choose the file again in a few seconds."),
    "too_many": N_("There are more than {n} scenes."),
    "lacking": N_("This is missing."),
    "unknown": N_("This name is not allowed here."),
    "no_table": N_("Texts by language, or parts of a scene, are expected here."),
    "no_text": N_("A text in quotation marks is expected here."),
    "empty": N_("The text is empty."),
    "too_long": N_("The text is longer than {n} characters."),
    "digit": N_("The text contains a number, which new data would make wrong. Use words or a field."),
    "no_field": N_("“{found}” is not a field. The fields are {{description}} and {{release}}."),
    "no_link": N_("“{found}” is not the address of a page. Addresses begin with / and the name of a page."),
    "no_page": N_("There is no page “{found}” that can be a scene."),
    "no_filter": N_("The page has no filter “{found}”."),
    "no_value": N_("“{found}” is not a value of this filter."),
    "no_language": N_("A scene is shown in the reader’s language. Leave “{found}” out of its address."),
}


@dataclass(frozen=True)
class AgendaFault:
    """One fault.

    Attributes:
        code: a key of `FAULTS`.
        file, scene, field: where it is; scenes count from 1, and 0 is the whole file.
        values: values for the placeholders of its message.
    """

    code: str
    file: str
    scene: int = 0
    field: str = ""
    values: tuple[tuple[str, Value], ...] = ()

    def place(self, lang: Language) -> str:
        """Where it is."""
        parts = [self.file, lang.text("scene {n}", n=self.scene) if self.scene else "", self.field]
        return ", ".join(filter(None, parts))

    def line(self, lang: Language) -> str:
        """Where it is and what is wrong."""
        values = {name: lang.number(value) if isinstance(value, int) else value for name, value in self.values}
        place, words = self.place(lang), lang.text(FAULTS[self.code], **values)
        return lang.labeled(place, words) if place else words


def fault(code: str, file: str, scene: int = 0, field: str = "", **values: Value) -> AgendaFault:
    """Make a fault; texts of the file are quoted in one short line."""
    quoted = {name: quote(value) if isinstance(value, str) else value for name, value in values.items()}
    return AgendaFault(code, quote(file), scene, quote(field), tuple(quoted.items()))


@dataclass(frozen=True)
class Scene:
    """One scene: its address, and its title (empty: what its figure shows) and speaker's notes by language."""

    address: str
    title: TextsByLanguage
    notes: TextsByLanguage


@dataclass(frozen=True)
class Meeting:
    """A meeting's name by language, and its scenes."""

    name: TextsByLanguage
    scenes: tuple[Scene, ...]


class MeetingError(Exception):
    """A file is not a valid meeting; `faults` has everything that is wrong with it."""

    def __init__(self, faults: list[AgendaFault]) -> None:
        super().__init__("; ".join(f"{one.file}, scene {one.scene}, {one.field}: {one.code}" for one in faults))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[type["MeetingError"], tuple[list[AgendaFault]]]:
        """How it is pickled: it may come from another process."""
        return MeetingError, ([*self.faults],)


def delivered() -> dict[str, Path]:
    """The meetings that come with the product: path by name, sorted by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def read(content: bytes, file: str, check: AddressCheck, *, ours: bool = False) -> Meeting:
    """Parse a meeting from the bytes of a file, in this process; the arguments are those of `meeting`.

    Raises:
        MeetingError: with every fault of the file.
    """
    return meeting(table(content, file), file, check, ours=ours)


def table(content: bytes, file: str) -> TomlTable:
    """The parsed content of a file, not checked yet.

    Raises:
        MeetingError: it is too large, or not TOML.
    """
    if len(content) > LARGEST:
        raise MeetingError([fault("too_large", file, n=LARGEST // 1000)])
    try:
        found: TomlTable = _pruned(tomllib.loads(content.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise MeetingError([fault("no_toml", file, found=str(error))]) from error
    return found


def kept_table(content: bytes, file: str = "") -> TomlTable:
    """The parsed content of what a browser keeps, not checked yet.

    Raises:
        MeetingError: it is too large, or not JSON.
    """
    if len(content) > LARGEST:
        raise MeetingError([fault("too_large", file, n=LARGEST // 1000)])
    try:
        found = _pruned(json.loads(content))
        # JSON can write halves of characters, which no page can show.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise MeetingError([fault("no_table", file)]) from error
    if not isinstance(found, dict):
        raise MeetingError([fault("no_table", file)])
    return found


def meeting(content: TomlTable, file: str, check: AddressCheck, *, ours: bool = False) -> Meeting:
    """The meeting of a parsed table.

    Args:
        file: its name, for the faults.
        check: finds what is wrong with the address of a scene.
        ours: whether the file comes with the product; then its texts must not have digits.

    Raises:
        MeetingError: with the faults of the file, in the order of scenes.
    """
    found = islice(Draft202012Validator(schema(_languages(content))).iter_errors(content), MOST_FAULTS)
    faults = [one for error in found for one in _of_structure(error, file)]
    faults += _of_texts(content, file, check, ours=ours)
    if faults:
        ordered = sorted(dict.fromkeys(faults), key=lambda one: (one.scene, one.field))
        raise MeetingError(ordered[:MOST_FAULTS])
    scenes = (
        Scene(one["address"], in_every_language(one.get("title", {DEFAULT: ""})), in_every_language(one["notes"]))
        for one in content["scene"]
    )
    made = Meeting(in_every_language(content["meeting"]), tuple(scenes))
    if not fits(made):
        raise MeetingError([fault("too_large", file, n=LARGEST // 1000)])
    return made


def schema(languages: Collection[str] = LANGUAGES) -> dict[str, Any]:
    """The JSON Schema of a meeting whose texts are in some languages."""

    def record(properties: Mapping[str, Any], *optional: str) -> dict[str, Any]:
        needed = sorted(properties.keys() - set(optional))
        return {"type": "object", "required": needed, "additionalProperties": False, "properties": properties}

    def words(name: str, **more: str) -> dict[str, Any]:
        return record({code: {"type": "string", "maxLength": LONGEST[name], **more} for code in sorted(languages)})

    address = {"type": "string", "maxLength": LONGEST["address"]}
    scene = record({"address": address, "title": words("title"), "notes": words("notes")}, "title")
    scenes = {"type": "array", "minItems": 1, "maxItems": MOST_SCENES, "items": scene}
    parts = record({"meeting": words("meeting", pattern=r"\S"), "scene": scenes})
    return {"$schema": Draft202012Validator.META_SCHEMA["$id"], **parts}


def written(meeting: Meeting) -> str:
    """A meeting as TOML, which `read` can parse."""
    content = _plain(meeting)
    parts = [_section("meeting", content["meeting"])]
    for scene in content["scene"]:
        texts = [_section(f"scene.{name}", scene[name]) for name in ("title", "notes") if name in scene]
        parts.append("".join([f"[[scene]]\naddress = {_quoted(scene['address'])}\n", *texts]))
    return "\n".join(parts)


def kept(meeting: Meeting) -> str:
    """A meeting as JSON, which `kept_table` can parse."""
    return json.dumps(_plain(meeting), ensure_ascii=False, separators=(",", ":"))


def fits(meeting: Meeting) -> bool:
    """Whether a browser can keep a meeting."""
    return len(kept(meeting).encode("utf-8", "replace")) <= LARGEST


def _plain(meeting: Meeting) -> TomlTable:
    """A meeting as a table, in the languages that have a text of their own."""
    texts = [meeting.name, *(words for scene in meeting.scenes for words in (scene.title, scene.notes))]
    used = [code for code in LANGUAGES if code == DEFAULT or any(words[code] != words[DEFAULT] for words in texts)]

    def words(given: TextsByLanguage) -> TextsByLanguage:
        return {code: given[code] for code in used}

    scenes = [
        {"address": one.address}
        | ({"title": words(one.title)} if any(one.title.values()) else {})
        | {"notes": words(one.notes)}
        for one in meeting.scenes
    ]
    return {"meeting": words(meeting.name), "scene": scenes}


def filled(notes: str, values: Mapping[str, str]) -> str:
    """Notes with their placeholders filled; `values` has a value for each of `FIELDS`."""
    return notes.format_map({**values, **{earlier: values[name] for earlier, name in EARLIER.items()}})


def fields(notes: str) -> frozenset[str]:
    """The placeholders in notes, by their names in `FIELDS`; `notes` has no others."""
    names = (name for _, name, _, _ in string.Formatter().parse(notes) if name is not None)
    return frozenset(EARLIER.get(name, name) for name in names)


def _section(name: str, words: TextsByLanguage) -> str:
    return "".join([f"[{name}]\n", *(f"{code} = {_quoted(text)}\n" for code, text in words.items())])


def _quoted(text: str) -> str:
    # JSON strings are TOML strings, except for one character that TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def misplaced(text: str) -> Iterator[str]:
    """The unknown placeholders in notes, and a single brace."""
    try:
        for _, name, form, conversion in string.Formatter().parse(text):
            if name is not None and (name not in {*FIELDS, *EARLIER} or form or conversion):
                yield f"{{{name}}}"
    except ValueError:
        yield "{"


def _of_structure(error: ValidationError, file: str) -> Iterator[AgendaFault]:
    """A place where a table differs from its schema; some have several names."""
    path = list(error.absolute_path)
    scene, steps = (int(path[1]) + 1, path[2:]) if path[:1] == ["scene"] and len(path) > 1 else (0, path)
    rule, limit = str(error.validator), error.validator_value
    if rule in NAMES:
        given, known = set(error.instance), set(error.schema["properties"])
        for name in sorted(set(limit) - given if rule == "required" else given - known):
            yield fault(NAMES[rule], file, scene, ".".join(map(str, [*steps, name])))
    elif rule == "type":
        yield fault("no_text" if limit == "string" else "no_table", file, scene, ".".join(map(str, steps)))
    else:
        limits = {"n": limit} if isinstance(limit, int) else {}
        yield fault(RULES[rule], file, scene, ".".join(map(str, steps)), **limits)


def _of_texts(content: TomlTable, file: str, check: AddressCheck, *, ours: bool) -> Iterator[AgendaFault]:
    """What is wrong with the texts of a table, as far as its parts have the right types."""
    yield from _of_words(content.get("meeting"), file, 0, "meeting", ours=ours)
    scenes = content.get("scene")
    for number, scene in enumerate(scenes[:MOST_SCENES] if isinstance(scenes, list) else [], 1):
        if not isinstance(scene, dict):
            continue
        address = scene.get("address")
        if isinstance(address, str) and address not in BARE and len(address) <= LONGEST["address"]:
            yield from (fault(code, file, number, "address", found=part) for code, part in check(address))
        for name in ("title", "notes"):
            yield from _of_words(scene.get(name), file, number, name, ours=ours)


def _of_words(words: object, file: str, number: int, name: str, *, ours: bool) -> Iterator[AgendaFault]:
    for code, text in words.items() if isinstance(words, dict) else ():
        if not isinstance(text, str) or len(text) > LONGEST[name]:
            continue
        if ours and re.search(r"\d", text):
            yield fault("digit", file, number, f"{name}.{code}")
        if name == "notes":
            yield from (fault("no_field", file, number, f"{name}.{code}", found=place) for place in misplaced(text))


def _pruned(content: object, levels: int = MOST_LEVELS) -> Any:  # noqa: ANN401 - as parsed
    """A parsed content without what is nested more deeply than in any meeting."""
    if not isinstance(content, dict | list):
        return content
    if not levels:
        return None
    if isinstance(content, list):
        return [_pruned(part, levels - 1) for part in content]
    return {name: _pruned(part, levels - 1) for name, part in content.items()}


def _languages(content: TomlTable) -> frozenset[str]:
    """Our languages in which a file has any text, and English."""
    scenes = content.get("scene")
    tables = [content.get("meeting")]
    for scene in scenes if isinstance(scenes, list) else []:
        tables += [scene.get(name) for name in ("title", "notes")] if isinstance(scene, dict) else []
    used = {code for table in tables if isinstance(table, dict) for code in table}
    return frozenset(used & LANGUAGES.keys() | {DEFAULT})
