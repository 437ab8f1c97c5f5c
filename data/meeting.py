"""A meeting: a TOML file of scenes in the order in which they are shown, each a deep link, a title and speaker's notes.

    [meeting]                               # its name, in every language
    en = "..."

    [[scene]]
    address = "/region?indicator=offences"  # a page of ours with its filters, or `opening`, or `closing`
    [scene.title]
    en = "..."
    [scene.notes]
    en = "... {told} ..."                   # may be empty

Notes of the files that we deliver carry no figure typed by hand: the next snapshot would make it a wrong one on a
minister's lips. They use words, and named places (`data.meeting_check.FIELDS`), which are filled from the figure that
the scene shows. The reader is strict and tells every fault at once, each with its file, scene and field.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.meeting_check import LARGEST, Check, faults
from data.meeting_faults import Fault, fault

FOLDER = Path(__file__).parent / "scenes"
Words = Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    """One scene: its address, and by language its title and what the speaker reads."""

    address: str
    title: Words
    notes: Words


@dataclass(frozen=True)
class Meeting:
    """A meeting's name by language, and its scenes."""

    name: Words
    scenes: tuple[Scene, ...]


class MeetingError(Exception):
    """A file is no agenda: `faults` holds every one of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.file}, scene {one.scene}, {one.field}: {one.code}" for one in faults))
        self.faults = tuple(faults)


def delivered() -> dict[str, Path]:
    """The meetings that come with the product: name to file, in the order of names."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def read(content: bytes, file: str, check: Check, *, ours: bool = False) -> Meeting:
    """A meeting from the bytes of a file.

    Args:
        file: its name, for the faults.
        check: what is wrong with the address of a page: codes of `data.meeting_faults.FAULTS`, each with its part.
        ours: whether the file is delivered: then titles and notes hold no digit.

    Raises:
        MeetingError: with every fault of the file.
    """
    try:
        if len(content) > LARGEST:
            raise MeetingError([fault("too_large", file, n=LARGEST // 1000)])
        held = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise MeetingError([fault("no_toml", file, told=str(error))]) from error
    if found := [*faults(held, file, check, ours=ours)]:
        raise MeetingError(found)
    scenes = (Scene(one["address"], one["title"], one["notes"]) for one in held["scene"])
    return Meeting(held["meeting"], tuple(scenes))


def written(meeting: Meeting) -> str:
    """The same as TOML, which `read` takes back."""
    parts = [_table("meeting", meeting.name)]
    for scene in meeting.scenes:
        head = f"[[scene]]\naddress = {_quoted(scene.address)}\n"
        parts.append(head + _table("scene.title", scene.title) + _table("scene.notes", scene.notes))
    return "\n".join(parts)


def filled(notes: str, values: Mapping[str, str]) -> str:
    """Notes with their named places filled; `values` has all that notes may ask for."""
    return notes.format_map(values)


def _table(name: str, words: Words) -> str:
    return "".join([f"[{name}]\n", *(f"{code} = {_quoted(text)}\n" for code, text in words.items())])


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for one sign that only TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
