"""The checks before a snapshot was published, in words. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import polars as pl

from dashboard.words import data_version, terms, vocabulary
from dashboard.words.tables import written
from data.i18n import Language

CheckRecord = Mapping[str, Any]
# What a check saw or expected: a code and its values, as `etl.checking.result` writes them.
Facts = Mapping[str, Any]
PAIR = re.compile(r"([A-Z]{3}|\?)-([A-Z]{3}|\?)")


def checks(every: Iterable[CheckRecord], lang: Language) -> pl.DataFrame:
    """A table of the checks; those that failed come first, then those that ask for a look."""
    columns = {
        lang.text("Check"): lambda row: compared(lang, row["name"]),
        lang.text("Found"): lambda row: value_words(lang, row, "seen", "saw"),
        lang.text("Expected"): lambda row: value_words(lang, row, "wanted", "expected"),
        lang.text("Result"): lambda row: _ended(lang, row),
    }
    return written(sorted(every, key=lambda row: (bool(row["passed"]), not row["asked"])), columns)


def _ended(lang: Language, check: CheckRecord) -> str:
    if not check["passed"]:
        return lang.text("not as expected")
    return lang.text("to review") if check["asked"] else lang.text("as expected")


def outcome(manifest: Mapping[str, Any], lang: Language) -> list[str]:
    """How many checks passed, and the reason given by those who accepted failed ones, with their names if known."""
    results = manifest.get("checks", [])
    if not results:
        return [lang.text("No checks recorded for this data version.")]
    passed = sum(bool(check["passed"]) for check in results)
    summary = lang.text(
        "{passed} of {all} checks of our data passed. They do not show that the published figures are right.",
        passed=lang.number(passed),
        all=lang.number(len(results)),
    )
    return [summary, _accepted(lang, manifest, len(results) - passed)] if manifest.get("accepted") else [summary]


def _accepted(lang: Language, manifest: Mapping[str, Any], failed: int) -> str:
    """Why failed checks were accepted, and by whom if that is known."""
    reason, first, second = (manifest.get(key, "") for key in ("accepted", "accepted_by", "approved_by"))
    if second:
        return lang.plural(
            "{n} was not as expected; {first} and {second} accepted it: “{words}”.",
            "{n} were not as expected; {first} and {second} accepted them: “{words}”.",
            failed,
            first=first,
            second=second,
            words=reason,
        )
    if first:
        return lang.plural(
            "{n} was not as expected; {name} accepted it: “{words}”.",
            "{n} were not as expected; {name} accepted them: “{words}”.",
            failed,
            name=first,
            words=reason,
        )
    return lang.plural(
        "{n} was not as expected; a maintainer accepted it: “{words}”.",
        "{n} were not as expected; a maintainer accepted them: “{words}”.",
        failed,
        words=reason,
    )


def compared(lang: Language, name: str) -> str:
    """What a check compared: its fixed first words translated, then the name of the table or source."""
    for start, message in vocabulary.CHECK.items():
        if name == start:
            return lang.text(message)
        if name.startswith(f"{start} "):
            rest = name.removeprefix(f"{start} ")
            table = rest in vocabulary.TABLE
            # The name of a source begins with a proper name, so it keeps its capital.
            name_words = (
                terms.in_sentence(terms.term(lang, "table", rest)) if table else terms.term(lang, "source", rest)
            )
            return lang.labeled(lang.text(message), name_words)
    return name


def value_words(lang: Language, check: CheckRecord, facts: str, words: str) -> str:
    """What a check saw or expected, from its facts; those of an unknown code as recorded, in English."""
    details = check[facts]
    describe = FACTS.get(details["code"])
    return describe(lang, details) if describe else str(check[words])


def _figures(lang: Language, facts: Facts) -> str:
    """The number of figures, their sources, and the first of them."""
    sources = lang.listing(terms.term(lang, "source", name) for name in facts["sources"])
    return lang.text("{n} of {sources}: {first}", n=lang.number(facts["n"]), sources=sources, first=_first(lang, facts))


def _first(lang: Language, facts: Facts) -> str:
    """The first findings in words, and how many more there are."""
    first, more = lang.joined(_spoken(lang, name) for name in facts["first"]), facts.get("more", 0)
    return lang.plural("{first} and {n} more", "{first} and {n} more", more, first=first) if more else first


def _spoken(lang: Language, name: str) -> str:
    """A name made of ids separated by spaces, with each id in words where it has any."""
    return ", ".join(_word(lang, part) for part in name.split(" "))


def _word(lang: Language, part: str) -> str:
    if ends := PAIR.fullmatch(part):
        return " → ".join(lang.country(end) if end != "?" else "?" for end in ends.groups())
    if named := PART.fullmatch(part):
        return terms.term(lang, cast("terms.Kind", named[1]), named[2])
    for kind in KINDS:
        if part in terms.messages(kind):
            return terms.term(lang, kind, part)
    if part == data_version.UNDATED:
        return data_version.release(lang, part)
    if re.fullmatch("[A-Z]{3}", part):
        return lang.country(part)
    return lang.date(part) if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", part) else part


def _rows(lang: Language, facts: Facts) -> str:
    """The number of rows of a source, or of each of the parts that differ."""
    parts = [lang.labeled(terms.term(lang, "part", part), lang.number(n)) for part, n in facts.get("parts", {}).items()]
    return lang.joined(parts) if parts else lang.number(facts["n"])


def _within(lang: Language, facts: Facts) -> str:
    return lang.text("within {share}% of {n}", share=lang.number(facts["share"]), n=_rows(lang, facts))


def _own_rows(lang: Language, facts: Facts) -> str:
    values = {name: lang.number(facts[name]) for name in ("n", "printed") if name in facts}
    text = lang.text("{n} of ours, {printed} as published", **values) if values.keys() > {"n"} else ""
    return text or lang.text("{n} of ours", **values)


def _entries(lang: Language, facts: Facts) -> str:
    """Ledger entries that are missing, and entries without a reason."""
    parts = [
        (lang.text("missing"), facts["lacks"]),
        (lang.text("without a reason"), facts["has"]),
    ]
    return lang.joined(lang.labeled(label, _first(lang, {"first": ids})) for label, ids in parts if ids)


def _undeclared(lang: Language, facts: Facts) -> str:
    """Rows of `flow_releases.csv` with a release that is not in the snapshot, and the releases that are."""
    parts = [lang.text("row {row}: {release}", row=row, release=lang.date(release)) for row, release in facts["rows"]]
    releases = lang.listing(data_version.release(lang, release) for release in facts["held"])
    held_releases = lang.text(
        "available releases of {source}: {releases}",
        source=terms.term(lang, "source", facts["source"]),
        releases=releases,
    )
    return lang.joined(["flow_releases.csv", *parts, held_releases])


# The kinds of ids in a finding, in the order in which they are tried.
KINDS: tuple[terms.Kind, ...] = ("indicator", "source", "evidence", "role", "part", "action", "table")
# A part of a total, as `etl.checking.changes` names it: `sex:female`.
PART = re.compile("(sex|age|form):(.+)")
FACTS: dict[str, Callable[[Language, Facts], str]] = {
    "none": lambda lang, _: lang.text("none"),
    "one_each": lambda lang, _: lang.text("one each"),
    "readable": lambda lang, _: lang.text("readable"),
    "error": lambda lang, facts: lang.text("cannot be read: {error}", error=facts["error"]),
    "repeated": lambda lang, facts: lang.text("{n} repeated", n=lang.number(facts["n"])),
    "ours": _own_rows,
    "rows": _rows,
    "within": _within,
    "figures": _figures,
    "names": _first,
    "undeclared": _undeclared,
    "entries": lambda lang, facts: lang.plural("{n} entry", "{n} entries", facts["n"]),
    "entries_off": _entries,
    "as_dated": lambda lang, _: lang.text("according to their date"),
}
