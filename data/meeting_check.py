"""What may be wrong in the file of a meeting: its keys, its languages, its texts, the places that its notes name."""

import re
import string
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from data.i18n import LANGUAGES
from data.meeting_faults import Fault, fault

OPENING, CLOSING = "opening", "closing"
BARE = (OPENING, CLOSING)
# What notes may ask for: the two sentences of the scene's figure, and which snapshot it is of.
FIELDS = ("told", "as_of")
MOST_SCENES, LARGEST = 60, 200_000
LONGEST = {"meeting": 160, "title": 160, "notes": 4000, "address": 2000}
# What is wrong with an address: codes of `data.meeting_faults.FAULTS`, each with the part it is about.
Check = Callable[[str], Iterator[tuple[str, str]]]


def faults(held: Mapping[str, Any], file: str, check: Check, *, ours: bool) -> Iterator[Fault]:
    """Every fault of a file that is TOML; the arguments are those of `data.meeting.read`."""
    yield from _keys(held, {"meeting", "scene"}, file, 0, "")
    if "meeting" in held:
        yield from _worded(held["meeting"], file, 0, "meeting", ours=ours)
    scenes = held.get("scene", [])
    if not (isinstance(scenes, list) and all(isinstance(one, dict) for one in scenes)):
        yield fault("no_table", file, 0, "scene")
        return
    if len(scenes) > MOST_SCENES:
        yield fault("too_many", file, 0, "scene", n=MOST_SCENES)
    elif "scene" in held and not scenes:
        yield fault("lacking", file, 0, "scene")
    for number, one in enumerate(scenes[:MOST_SCENES], 1):
        yield from _scene(one, file, number, check, ours=ours)


def _scene(one: Mapping[str, Any], file: str, number: int, check: Check, *, ours: bool) -> Iterator[Fault]:
    yield from _keys(one, {"address", "title", "notes"}, file, number, "")
    if "address" in one:
        yield from _address(one["address"], file, number, check)
    for name in ("title", "notes"):
        if name in one:
            yield from _worded(one[name], file, number, name, ours=ours)


def _address(held: object, file: str, number: int, check: Check) -> Iterator[Fault]:
    if not isinstance(held, str):
        yield fault("no_text", file, number, "address")
    elif len(held) > LONGEST["address"]:
        yield fault("too_long", file, number, "address", n=LONGEST["address"])
    elif held not in BARE:
        yield from (fault(code, file, number, "address", told=told) for code, told in check(held))


def _keys(held: Mapping[str, Any], wanted: set[str], file: str, number: int, above: str) -> Iterator[Fault]:
    for name in sorted(wanted - held.keys()):
        yield fault("lacking", file, number, above + name)
    for name in sorted(held.keys() - wanted):
        yield fault("unknown", file, number, above + name)


def _worded(held: object, file: str, number: int, name: str, *, ours: bool) -> Iterator[Fault]:
    """What is wrong with words in every language."""
    if not isinstance(held, dict):
        yield fault("no_table", file, number, name)
        return
    yield from _keys(held, set(LANGUAGES), file, number, f"{name}.")
    for code in sorted(held.keys() & set(LANGUAGES)):
        place, text = (file, number, f"{name}.{code}"), held[code]
        if not isinstance(text, str):
            yield fault("no_text", *place)
            continue
        if not text.strip() and name != "notes":
            yield fault("empty", *place)
        if len(text) > LONGEST[name]:
            yield fault("too_long", *place, n=LONGEST[name])
        if ours and re.search(r"\d", text):
            yield fault("digit", *place)
        if name == "notes":
            yield from (fault("no_field", *place, told=told) for told in misplaced(text))


def misplaced(text: str) -> Iterator[str]:
    """The places of notes that name nothing, and a brace that opens none."""
    try:
        for _, name, form, conversion in string.Formatter().parse(text):
            if name is not None and (name not in FIELDS or form or conversion):
                yield f"{{{name}}}"
    except ValueError:
        yield "{"
