"""What was compared before a snapshot was published, and the files it is published as, in words. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from dashboard import source_words, terms
from dashboard.tables import written
from data.i18n import Language

Check = Mapping[str, Any]


def checks(told: Iterable[Check], lang: Language) -> pl.DataFrame:
    """What was compared before the snapshot was published, what did not come out as expected first."""
    columns = {
        lang.text("What was compared"): lambda row: compared(lang, row["name"]),
        lang.text("Seen"): lambda row: said(lang, row["saw"]),
        lang.text("Expected"): lambda row: said(lang, row["expected"]),
        lang.text("Outcome"): lambda row: lang.text("as expected") if row["passed"] else lang.text("not as expected"),
    }
    return written(sorted(told, key=lambda row: bool(row["passed"])), columns)


def outcome(manifest: Mapping[str, Any], lang: Language) -> list[str]:
    """How the checks ended, and the word of the person who let failed ones pass."""
    told = manifest.get("checks", [])
    if not told:
        return [lang.text("This snapshot records no checks.")]
    passed = sum(bool(check["passed"]) for check in told)
    summary = lang.text(
        "{passed} of {all} comparisons came out as expected.", passed=lang.number(passed), all=lang.number(len(told))
    )
    accepted = manifest.get("accepted")
    return [summary, lang.text("A person let the others pass: “{words}”.", words=accepted)] if accepted else [summary]


def compared(lang: Language, name: str) -> str:
    """What a check compared: its stable first words translated, the rest as the screens call it."""
    for start, message in source_words.CHECK.items():
        if name == start:
            return lang.text(message)
        if name.startswith(f"{start} "):
            rest = name.removeprefix(f"{start} ")
            table = rest in source_words.TABLE
            # A source's name begins with a proper name.
            words = terms.in_sentence(terms.table(lang, rest)) if table else terms.source(lang, rest)
            return lang.labelled(lang.text(message), words)
    return name


def said(lang: Language, recorded: str) -> str:
    """What a check saw or expected; anything but the usual sentences stays as it was recorded."""
    for pattern, message in source_words.SAID.items():
        if found := re.fullmatch(pattern, recorded):
            figures = {name: lang.number(int(text.replace(",", ""))) for name, text in found.groupdict().items()}
            return lang.text(message, **figures)
    return recorded
