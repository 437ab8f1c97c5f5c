"""What was compared before a snapshot was published, and the files it is published as, in words. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from dashboard.words import asof, terms, vocabulary
from dashboard.words.tables import written
from data.i18n import Language

Check = Mapping[str, Any]
# What a check saw or expected: a code and its values (`etl.checking.verdict.Told`).
Facts = Mapping[str, Any]
PAIR = re.compile(r"([A-Z]{3}|\?)-([A-Z]{3}|\?)")


def checks(every: Iterable[Check], lang: Language) -> pl.DataFrame:
    """What was compared before the snapshot was published, what did not come out as expected first."""
    columns = {
        lang.text("What was compared"): lambda row: compared(lang, row["name"]),
        lang.text("Seen"): lambda row: told(lang, row, "seen", "saw"),
        lang.text("Expected"): lambda row: told(lang, row, "wanted", "expected"),
        lang.text("Outcome"): lambda row: lang.text("as expected") if row["passed"] else lang.text("not as expected"),
    }
    return written(sorted(every, key=lambda row: bool(row["passed"])), columns)


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
    for start, message in vocabulary.CHECK.items():
        if name == start:
            return lang.text(message)
        if name.startswith(f"{start} "):
            rest = name.removeprefix(f"{start} ")
            table = rest in vocabulary.TABLE
            # A source's name begins with a proper name.
            words = terms.in_sentence(terms.term(lang, "table", rest)) if table else terms.term(lang, "source", rest)
            return lang.labelled(lang.text(message), words)
    return name


def told(lang: Language, check: Check, facts: str, words: str) -> str:
    """What a check saw or expected, by its facts; a manifest of before has but words, and what is new stays as such."""
    known = check.get(facts) or {}
    say = FACTS.get(known.get("code", ""))
    return say(lang, known) if say else said(lang, check[words])


def said(lang: Language, recorded: str) -> str:
    """What a check saw or expected, by its words; anything but the usual sentences stays as it was recorded."""
    for pattern, message in vocabulary.SAID.items():
        if found := re.fullmatch(pattern, recorded):
            figures = {name: lang.number(int(text.replace(",", ""))) for name, text in found.groupdict().items()}
            return lang.text(message, **figures)
    return recorded


def _figures(lang: Language, facts: Facts) -> str:
    """How many figures of which sources, and the first of them."""
    sources = lang.listing(terms.term(lang, "source", name) for name in facts["sources"])
    return lang.text("{n} of {sources}: {first}", n=lang.number(facts["n"]), sources=sources, first=_first(lang, facts))


def _first(lang: Language, facts: Facts) -> str:
    """The first of what was found, one by one in words, and how many more there are."""
    first, more = lang.joined(_spoken(lang, name) for name in facts["first"]), facts.get("more", 0)
    return lang.plural("{first} and {n} more", "{first} and {n} more", more, first=first) if more else first


def _spoken(lang: Language, name: str) -> str:
    """A figure, a release or a definition by its ids, each in words where there are some."""
    return ", ".join(_word(lang, part) for part in name.split(" "))


def _word(lang: Language, part: str) -> str:
    if both := PAIR.fullmatch(part):
        return " → ".join(lang.country(end) if end != "?" else "?" for end in both.groups())
    for kind in KINDS:
        if part in terms.messages(kind):
            return terms.term(lang, kind, part)
    if part == asof.UNDATED:
        return asof.release(lang, part)
    if re.fullmatch("[A-Z]{3}", part):
        return lang.country(part)
    return lang.date(part) if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", part) else part


def _rows(lang: Language, facts: Facts) -> str:
    """Rows of a source, or of those of its parts that are off."""
    each = [lang.labelled(terms.term(lang, "part", part), lang.number(n)) for part, n in facts.get("parts", {}).items()]
    return lang.joined(each) if each else lang.number(facts["n"])


def _within(lang: Language, facts: Facts) -> str:
    return lang.text("within {share}% of {n}", share=lang.number(facts["share"]), n=_rows(lang, facts))


def _ours(lang: Language, facts: Facts) -> str:
    values = {name: lang.number(facts[name]) for name in ("n", "printed") if name in facts}
    both = lang.text("{n} of ours, {printed} as the publisher prints them", **values) if values.keys() > {"n"} else ""
    return both or lang.text("{n} of ours", **values)


def _entries(lang: Language, facts: Facts) -> str:
    """Entries of the ledger that are missing, and those that nothing calls for."""
    each = [
        (lang.text("missing"), facts["lacks"]),
        (lang.text("without a reason for them"), facts["has"]),
    ]
    return lang.joined(lang.labelled(label, _first(lang, {"first": ids})) for label, ids in each if ids)


def _undeclared(lang: Language, facts: Facts) -> str:
    """Rows of the list that name a release which is not held."""
    each = [lang.text("row {row} names {release}", row=row, release=lang.date(told)) for row, told in facts["rows"]]
    releases = lang.listing(asof.release(lang, release) for release in facts["held"])
    held = lang.text(
        "releases held of {source}: {releases}", source=terms.term(lang, "source", facts["source"]), releases=releases
    )
    return lang.joined(["flow_releases.csv", *each, held])


# What an id in a list may be an id of, in the order in which it is looked for.
KINDS: tuple[terms.Kind, ...] = ("indicator", "source", "evidence", "role", "part", "action", "table")
FACTS: dict[str, Callable[[Language, Facts], str]] = {
    "none": lambda lang, _: lang.text("none"),
    "one_each": lambda lang, _: lang.text("one each"),
    "readable": lambda lang, _: lang.text("readable"),
    "error": lambda lang, facts: lang.text("cannot be read: {error}", error=facts["error"]),
    "repeated": lambda lang, facts: lang.text("{n} repeated", n=lang.number(facts["n"])),
    "ours": _ours,
    "rows": _rows,
    "within": _within,
    "figures": _figures,
    "names": _first,
    "undeclared": _undeclared,
    "entries": lambda lang, facts: lang.plural("{n} entry", "{n} entries", facts["n"]),
    "entries_off": _entries,
    "as_dated": lambda lang, _: lang.text("as their date asks for"),
}
