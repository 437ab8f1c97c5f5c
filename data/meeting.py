"""A meeting: a TOML file with scenes in the order they are shown, each a deep link, a title and speaker's notes.

    [meeting]                               # its name: English, and any other language
    en = "..."

    [[scene]]
    address = "/region?indicator=offences"  # a page of ours with its filters, or `opening`, or `closing`
    [scene.title]                           # without a title, or with an empty one: what the figure shows
    en = "..."
    [scene.notes]
    en = "... {description} ..."            # may be empty

A scene of page Country without a state (`/country`) shows the one that the presenter chooses. All texts of a file are
in the same languages; for our other languages English is shown. The notes of the files that come with the product have
no figure typed by hand: with the next snapshot it would be wrong. They use words and placeholders (`FIELDS`), which are
filled from the figure of the scene. `read` reports all faults at once, each with file, scene and field.
"""

import json
import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.i18n import DEFAULT, LANGUAGES, N_, Language, in_every_language
from data.report.faults import quote

FOLDER = Path(__file__).parent / "scenes"
Words = Mapping[str, str]
OPENING, CLOSING = "opening", "closing"
BARE = (OPENING, CLOSING)
# The placeholders of notes: the sentences that describe the scene's figure, and the release of the data.
FIELDS = ("description", "release")
# Their names in older files, which are still accepted.
EARLIER = {"told": "description", "as_of": "release"}
MOST_SCENES, LARGEST = 60, 200_000
LONGEST = {"meeting": 160, "title": 160, "notes": 4000, "address": 2000}
# Finds what is wrong with an address: codes of `FAULTS`, each with the part of the address.
Check = Callable[[str], Iterator[tuple[str, str]]]
Value = str | int
FAULTS = {
    "too_large": N_("The file is larger than {n} kB."),
    "no_toml": N_("The file is not TOML in UTF-8: {found}"),
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
class Fault:
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
        return lang.labelled(self.place(lang), lang.text(FAULTS[self.code], **values))


def fault(code: str, file: str, scene: int = 0, field: str = "", **values: Value) -> Fault:
    """Make a fault; texts of the file are quoted in one short line."""
    quoted = {name: quote(value) if isinstance(value, str) else value for name, value in values.items()}
    return Fault(code, quote(file), scene, quote(field), tuple(quoted.items()))


@dataclass(frozen=True)
class Scene:
    """One scene: its address, and its title (empty: what its figure shows) and speaker's notes by language."""

    address: str
    title: Words
    notes: Words


@dataclass(frozen=True)
class Meeting:
    """A meeting's name by language, and its scenes."""

    name: Words
    scenes: tuple[Scene, ...]


class MeetingError(Exception):
    """A file is not a valid meeting; `faults` has everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.file}, scene {one.scene}, {one.field}: {one.code}" for one in faults))
        self.faults = tuple(faults)


def delivered() -> dict[str, Path]:
    """The meetings that come with the product: path by name, sorted by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def read(content: bytes, file: str, check: Check, *, ours: bool = False) -> Meeting:
    """Parse a meeting from the bytes of a file.

    Args:
        file: its name, for the faults.
        check: finds what is wrong with the address of a scene.
        ours: whether the file comes with the product; then its texts must not have digits.

    Raises:
        MeetingError: with every fault of the file.
    """
    try:
        if len(content) > LARGEST:
            raise MeetingError([fault("too_large", file, n=LARGEST // 1000)])
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise MeetingError([fault("no_toml", file, found=str(error))]) from error
    if faults := [*_Checker(file, check, ours, _languages(table)).faults(table)]:
        raise MeetingError(faults)
    scenes = (
        Scene(one["address"], in_every_language(one.get("title", {DEFAULT: ""})), in_every_language(one["notes"]))
        for one in table["scene"]
    )
    return Meeting(in_every_language(table["meeting"]), tuple(scenes))


def written(meeting: Meeting) -> str:
    """A meeting as TOML, which `read` can parse."""
    parts = [_table("meeting", meeting.name)]
    for scene in meeting.scenes:
        head = f"[[scene]]\naddress = {_quoted(scene.address)}\n"
        title = _table("scene.title", scene.title) if any(scene.title.values()) else ""
        parts.append(head + title + _table("scene.notes", scene.notes))
    return "\n".join(parts)


def filled(notes: str, values: Mapping[str, str]) -> str:
    """Notes with their placeholders filled; `values` has a value for each of `FIELDS`."""
    return notes.format_map({**values, **{earlier: values[name] for earlier, name in EARLIER.items()}})


def fields(notes: str) -> frozenset[str]:
    """The placeholders in notes, by their names in `FIELDS`; `notes` has no others."""
    names = (name for _, name, _, _ in string.Formatter().parse(notes) if name is not None)
    return frozenset(EARLIER.get(name, name) for name in names)


def _table(name: str, words: Words) -> str:
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


@dataclass(frozen=True)
class _Checker:
    """Finds all faults of a parsed file; the attributes are those of `read`, and the file's languages."""

    file: str
    check: Check
    ours: bool
    languages: frozenset[str]

    def faults(self, content: Mapping[str, Any]) -> Iterator[Fault]:
        """Every fault of the file."""
        yield from self._keys(content, {"meeting", "scene"}, 0, "")
        if "meeting" in content:
            yield from self._texts(content["meeting"], 0, "meeting")
        scenes = content.get("scene", [])
        if not (isinstance(scenes, list) and all(isinstance(scene, dict) for scene in scenes)):
            yield fault("no_table", self.file, 0, "scene")
            return
        if len(scenes) > MOST_SCENES:
            yield fault("too_many", self.file, 0, "scene", n=MOST_SCENES)
        elif "scene" in content and not scenes:
            yield fault("lacking", self.file, 0, "scene")
        for number, scene in enumerate(scenes[:MOST_SCENES], 1):
            yield from self._scene(scene, number)

    def _scene(self, scene: Mapping[str, Any], number: int) -> Iterator[Fault]:
        yield from self._keys(scene, {"address", "notes", *({"title"} & scene.keys())}, number, "")
        if "address" in scene:
            yield from self._address(scene["address"], number)
        for name in ("title", "notes"):
            if name in scene:
                yield from self._texts(scene[name], number, name)

    def _address(self, address: object, number: int) -> Iterator[Fault]:
        if not isinstance(address, str):
            yield fault("no_text", self.file, number, "address")
        elif len(address) > LONGEST["address"]:
            yield fault("too_long", self.file, number, "address", n=LONGEST["address"])
        elif address not in BARE:
            yield from (fault(code, self.file, number, "address", found=part) for code, part in self.check(address))

    def _keys(self, table: Mapping[str, Any], names: Set[str], number: int, above: str) -> Iterator[Fault]:
        for name in sorted(names - table.keys()):
            yield fault("lacking", self.file, number, above + name)
        for name in sorted(table.keys() - names):
            yield fault("unknown", self.file, number, above + name)

    def _texts(self, texts: object, number: int, name: str) -> Iterator[Fault]:
        """What is wrong with the texts of a title, notes or name, in the languages of the file."""
        if not isinstance(texts, dict):
            yield fault("no_table", self.file, number, name)
            return
        yield from self._keys(texts, self.languages, number, f"{name}.")
        for code in sorted(texts.keys() & self.languages):
            yield from self._text(texts[code], number, name, f"{name}.{code}")

    def _text(self, text: object, number: int, name: str, field: str) -> Iterator[Fault]:
        if not isinstance(text, str):
            yield fault("no_text", self.file, number, field)
            return
        if not text.strip() and name == "meeting":
            yield fault("empty", self.file, number, field)
        if len(text) > LONGEST[name]:
            yield fault("too_long", self.file, number, field, n=LONGEST[name])
        if self.ours and re.search(r"\d", text):
            yield fault("digit", self.file, number, field)
        if name == "notes":
            yield from (fault("no_field", self.file, number, field, found=place) for place in misplaced(text))


def _languages(content: Mapping[str, Any]) -> frozenset[str]:
    """Our languages in which a file has any text, and English."""
    scenes = content.get("scene")
    tables = [content.get("meeting")]
    for scene in scenes if isinstance(scenes, list) else []:
        tables += [scene.get(name) for name in ("title", "notes")] if isinstance(scene, dict) else []
    used = {code for table in tables if isinstance(table, dict) for code in table}
    return frozenset(used & LANGUAGES.keys() | {DEFAULT})
