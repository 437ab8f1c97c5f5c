"""The codebook and the list of withdrawn snapshots; test_reviewed.py tests how their faults are reported."""

import csv
from datetime import date

from data.codebook import Codebook, Errata, codebook, errata
from data.reviewed import REFERENCE
from data.snapshot import Snapshot
from data.treaties import Treaties

HEADER = "snapshot,withdrawn,reason,replaced_by"
FIRST, SECOND = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def test_the_codebook_is_the_file_with_empty_texts_for_empty_cells():
    with (REFERENCE / Codebook.FILE).open(encoding="utf-8", newline="") as file:
        rows = [{**row, "version": int(row["version"])} for row in csv.DictReader(file)]
    with (REFERENCE / Treaties.FILE).open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        treaties = [(row["treaty"], int(row["version"]), row["definition"] or row["name"]) for row in lines]
    every = codebook().to_dicts()
    # The codes of treaties come from their own file, and stand before the other columns of their table.
    of_treaties = [row for row in every if (row["table"], row["column"]) == ("instruments", "instrument")]
    assert [(row["code"], row["version"], row["definition"]) for row in of_treaties if row["code"]] == treaties
    assert [row for row in every if row not in of_treaties or not row["code"]] == rows
    assert all(row["definition"] for row in every)


def test_the_current_snapshot_is_not_withdrawn():
    assert errata().columns == Errata.column_names()[1:] == HEADER.split(",")
    assert Snapshot.open().id not in errata()["snapshot"].to_list()


def test_the_latest_withdrawal_comes_first(tmp_path):
    path = tmp_path / "errata.csv"
    lines = [HEADER, f"{FIRST},2025-01-31,wrong_figure,{SECOND}", f"{SECOND},2026-02-01,rights,"]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert errata(path).rows() == [
        (SECOND, date(2026, 2, 1), "rights", None),
        (FIRST, date(2025, 1, 31), "wrong_figure", SECOND),
    ]
