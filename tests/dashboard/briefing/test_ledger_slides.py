"""The ledger on slides, recounted row by row from the evidence file and the list of paragraphs."""

import csv
from functools import cache
from pathlib import Path

import pytest

from data.i18n import language
from tests.dashboard.briefing.deck import number, opened, rows, snapshot_table, titled

COMMITMENTS = Path(__file__).parents[3] / "data" / "reference" / "commitments.csv"
OUTSIDE = "CUB"


@cache
def commitments():
    with COMMITMENTS.open(encoding="utf-8") as file:
        return {int(row["paragraph"]): row for row in csv.DictReader(file)}


@cache
def standing():
    """The best evidence of each paragraph and actor: a document since the declaration, a fact, a figure, background."""
    newest, best = {}, {}
    for row in snapshot_table("evidence").iter_rows(named=True):
        if row["version"] >= newest.get(row["id"], row)["version"]:
            newest[row["id"]] = row
    for row in newest.values():
        kind = commitments().get(row["paragraph"], {}).get("kind")
        if row["grade"] == "reply":
            continue
        is_fact = kind == "fact" and row["kind"] == "treaty"
        level = "fact" if is_fact else row["grade"] if row["grade"] in {"background", "figure"} else "since"
        order = ["background", "figure", "fact", "since"]
        before = best.get((row["paragraph"], row["actor"]), "background")
        best[row["paragraph"], row["actor"]] = max(level, before, key=order.index)
    return best


def test_each_paragraph_of_the_region():
    best, areas = standing(), set(snapshot_table("areas")["area"])
    shown = {int(row[0].split(".")[0]): row for row in rows(titled(opened(), "The Declaration of Mexico"))}
    assert set(shown) == set(commitments())
    for paragraph, commitment in commitments().items():
        states = areas if commitment["counted_of"] == "35" else areas - {OUTSIDE}
        if not commitment["counted_of"]:
            assert shown[paragraph][-4:] == ["–", "–", "–", "–"]
            continue
        kinds = [best.get((paragraph, area), "none") for area in states]
        n = kinds.count("fact" if commitment["kind"] == "fact" else "since")
        assert shown[paragraph][-4] == (f"{n} of {len(states)}" if n else "–")
        # A zero is not printed.
        others = [kinds.count(kind) for kind in ("figure", "background", "none")]
        assert shown[paragraph][-3:] == [str(count) if count else "–" for count in others]


SOURCES = {
    "since": "Public document",
    "fact": "Treaty status",
    "figure": "A figure, not an action",
    "background": "Earlier source (before March 2018)",
}


@pytest.mark.parametrize("area", ["CRI", "PRY", "USA", "GRD", "GUY"])
def test_each_paragraph_of_a_state(area):
    best = {paragraph: kind for (paragraph, actor), kind in standing().items() if actor == area}
    slides = titled(opened("en", area), "The Declaration of Mexico")
    shown = {int(row[0].split(".")[0]): row[2] for row in rows(slides)}
    assert shown == {paragraph: SOURCES[kind] for paragraph, kind in best.items()}
    gap = [
        paragraph
        for paragraph, commitment in commitments().items()
        if "states" in commitment["actor"].split("_and_") and paragraph not in best
    ]
    text = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert f"Nothing found on paragraphs {', '.join(map(str, gap))}." in text


@pytest.mark.parametrize("area", ["CRI", "PRY"])
def test_the_stated_routes_of_a_state(area):
    """Statements are counted by leg; a route with a transit state has two."""
    sums = {}
    for row in snapshot_table("flows").iter_rows(named=True):
        ends = [row[point] for point in ("origin", "transit", "destination")]
        if row["evidence"] != "stated" or row["repeat_of"] or area not in ends or not row["high"]:
            continue
        if ends[1]:
            legs = [(ends[0], ends[1], "to transit"), (ends[1], ends[2], "from transit")]
        else:
            legs = [(ends[0], ends[2], "direct")] if not row["transit_label"] else []
        for leg in legs:
            if leg[0] and leg[1]:
                key = (*leg, ends[1])
                sums[key] = sums.get(key, 0) + row["low"]
    lang = language("en")
    shown = rows(titled(opened("en", area), "Routes described"))
    assert shown
    expected = [
        (lang.country(a), lang.country(b), number(n), leg if a != b else "domestic")
        for (a, b, leg, _), n in sums.items()
    ]
    for row in shown:
        assert tuple(row[:4]) in expected
