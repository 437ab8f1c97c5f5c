"""The ledger on slides, counted anew row by row from the evidence's own file and the list of paragraphs."""

import csv
from functools import cache
from pathlib import Path

import pytest

from data.i18n import language
from tests.dashboard.briefing.deck import held, number, opened, rows, titled

COMMITMENTS = Path(__file__).parents[3] / "data" / "reference" / "commitments.csv"
OUTSIDE = "CUB"


@cache
def commitments():
    with COMMITMENTS.open(encoding="utf-8") as file:
        return {int(row["paragraph"]): row for row in csv.DictReader(file)}


@cache
def standing():
    """What there is at best of each paragraph and actor: since the declaration, a fact, background."""
    newest, found = {}, {}
    for row in held("evidence").iter_rows(named=True):
        if row["version"] >= newest.get(row["id"], row)["version"]:
            newest[row["id"]] = row
    for row in newest.values():
        kind = commitments().get(row["paragraph"], {}).get("kind")
        if row["grade"] == "reply":
            continue
        is_fact = kind == "fact" and row["kind"] == "treaty"
        told = "fact" if is_fact else "background" if row["grade"] == "background" else "since"
        order = ["background", "fact", "since"]
        before = found.get((row["paragraph"], row["actor"]), "background")
        found[row["paragraph"], row["actor"]] = max(told, before, key=order.index)
    return found


def test_each_paragraph_of_the_region():
    found, areas = standing(), set(held("areas")["area"])
    told = {int(row[0].split(".")[0]): row for row in rows(titled(opened(), "The Declaration of Mexico"))}
    assert set(told) == set(commitments())
    for paragraph, one in commitments().items():
        states = areas if one["counted_of"] == "35" else areas - {OUTSIDE}
        if not one["counted_of"]:
            assert told[paragraph][-3:] == ["–", "–", "–"]
            continue
        held_of = [found.get((paragraph, area), "none") for area in states]
        wanted = "fact" if one["kind"] == "fact" else "since"
        assert told[paragraph][-3] == f"{held_of.count(wanted)} of {len(states)}"
        assert told[paragraph][-2:] == [str(held_of.count("background")), str(held_of.count("none"))]


@pytest.mark.parametrize("area", ["CRI", "PRY", "USA", "GRD"])
def test_each_theme_of_a_state(area):
    found = standing()
    (slide,) = titled(opened("en", area), "The Declaration of Mexico")
    told = {row[0]: row[1:] for row in rows([slide])}
    mine = {paragraph: one for paragraph, one in commitments().items() if "states" in one["actor"].split("_and_")}
    assert sum(int(row[0]) for row in told.values()) == len(mine)
    kinds = [found.get((paragraph, area), "none") for paragraph in mine]
    for place, kind in enumerate(("since", "fact", "background", "none"), start=1):
        assert sum(int(row[place]) for row in told.values()) == kinds.count(kind), kind


@pytest.mark.parametrize("area", ["CRI", "PRY"])
def test_the_stated_routes_of_a_state(area):
    """Statements by leg: a route with a transit state has two."""
    sums = {}
    for row in held("flows").iter_rows(named=True):
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
    told = rows(titled(opened("en", area), "Stated routes"))
    assert told
    wanted = [
        (lang.country(a), lang.country(b), leg if a != b else "domestic", number(n))
        for (a, b, leg, _), n in sums.items()
    ]
    for row in told:
        assert tuple(row[:4]) in wanted
