"""What can be deduced about the real masked figures is what trying every number gives."""

import re
from collections import defaultdict

from data.snapshot import Snapshot
from etl.__main__ import OK, main
from etl.checking.deducible import CELL, VICTIMS, deducible

LINE = re.compile(r"[A-Z]{3} \d{4} \w+ .+: published [01]-4, [0-4](-[0-4])? follows \(\w+\) from data_glotip_.+![0-9]+")
WHOLE, OLD = "total total total", "total of an older release"


def numbers(low, high):
    return range(int(low), int(high) + 1)


def reachable(cells):
    """Every possible sum of some cells."""
    sums = {0}
    for low, high, _ in cells:
        sums = {before + n for before in sums for n in numbers(low, high)}
    return sums


def tried(why, total, cells):
    """For each masked cell of a sum, the numbers that are possible with the other cells, if fewer than printed."""
    if any(low is None for low, _, _ in [total, *cells]) or not reachable(cells) & {*numbers(*total[:2])}:
        return
    for place, (low, high, name) in enumerate(cells):
        rest = reachable(cells[:place] + cells[place + 1 :])
        yield from fewer(why, low, high, name, lambda n, rest=rest: any(t - n in rest for t in numbers(*total[:2])))
    yield from fewer(why, *total, lambda n: n in reachable(cells))


def fewer(why, low, high, name, goes):
    left = [n for n in numbers(low, high) if goes(n)]
    if len(left) < len(numbers(low, high)):
        yield why, *name, left[0], left[-1]


def sums(rows, by):
    """The totals of a dimension with their parts: each (low, high, cell)."""
    totals, parts = {}, defaultdict(list)
    for row in rows:
        groups = {name: row[name] for name in ("sex", "age", "form")}
        cell = (row["low"], row["high"], (row["area"], row["year"], row["indicator"], " ".join(groups.values())))
        if by != "form" and groups["sex"] == groups["age"] == "unknown":
            groups |= {"sex": "total", "age": "total", by: "unknown"}
        key = (*cell[2][:3], *(groups[name] for name in groups if name != by))
        if groups[by] == "total":
            totals[key] = cell
        else:
            parts[key].append((groups[by], cell))
    for key, total in totals.items():
        if {group for group, _ in parts[key]} - {"unknown"}:
            yield total, [cell for _, cell in parts[key]]


def lists(flows, vintages, observed):
    """The lists of citizenships with the total of their release, which may be out of date."""
    newest = {row["locator"] for row in observed}
    whole, listed = {}, defaultdict(list)
    for row in vintages:
        if row["indicator"] == VICTIMS and {row["sex"], row["age"], row["form"]} == {"total"}:
            cell = (row["area"], row["year"], VICTIMS, WHOLE if row["locator"] in newest else OLD)
            whole[row["area"], row["year"], row["release"]] = (row["low"], row["high"], cell)
    for row in flows:
        name = (row["destination"], row["year"], VICTIMS, f"citizenship {row['origin_label'] or '(blank)'}")
        listed[row["destination"], row["year"], row["label_release"]].append((row["low"], row["high"], name))
    return [(whole[key], cells) for key, cells in listed.items() if key in whole]


def test_the_real_list_is_what_trying_every_number_gives():
    snapshot = Snapshot.open()
    tables = {name: snapshot.table(name) for name in ("observations", "vintages", "flows", "flow_vintages")}
    frames = {name: table.filter(source="unodc_glotip").collect().to_dicts() for name, table in tables.items()}
    observed = [row for row in frames["observations"] if not row["derived"]]
    named = [("parts", *both) for by in ("sex", "age", "form") for both in sums(observed, by)]
    named += [("citizenship", *both) for both in lists(frames["flows"], frames["vintages"], observed)]
    expected = {row for case in named for row in tried(*case) if OLD not in row}
    rows = deducible(tables)
    assert set(rows.select("why", *CELL, "follows_low", "follows_high").rows()) == expected
    assert len({row[1:5] for row in expected}) == rows.select(CELL).n_unique() == 1070


def test_the_command_lists_them_only_on_request(capsys):
    assert main(["check"]) == OK
    assert capsys.readouterr().out == ""
    assert main(["check", "--deducible"]) == OK
    streams = capsys.readouterr()
    assert "other figures narrow 1,070 cells of <5, in 1,312 ways" in streams.err
    lines = streams.out.splitlines()
    assert len(lines) == 1312
    # The real results are not written into any file, including this one.
    assert [line for line in lines if not LINE.fullmatch(line)] == []
