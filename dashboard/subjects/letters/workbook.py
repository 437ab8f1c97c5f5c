"""The figures to ask about, as lines of the workbook with which a state disputes a figure."""

from dashboard.subjects.letters import words
from data.i18n import Language
from data.report.template import Known

CELL = ("indicator", "year", "sex", "age", "form")


def lines(lang: Language, area: str) -> list[Known]:
    """A line for each figure that others contradict, that changed or that repeats another: what is asked of it."""
    asked: dict[tuple[str | int, ...], list[str]] = {}
    for part in words.FILLED:
        for one in words.PARTS[part](lang, area):
            asked.setdefault(tuple(one.key[name] for name in CELL), []).append(f"{one.says} {one.asks}")
    return [dict(zip(CELL, cell, strict=True)) | {"finding": " ".join(said)} for cell, said in asked.items()]
