from datetime import date

import pytest
from dataframely.exc import ValidationError

from data.errata import Errata, errata

HEADER = "snapshot,withdrawn,reason,replaced_by"
FIRST, SECOND = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def listed(tmp_path, *lines):
    path = tmp_path / "errata.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return errata(path)


def test_the_list_of_the_project_has_the_columns_and_no_current_snapshot():
    from data.snapshot import Snapshot

    frame = errata()
    assert frame.columns == Errata.column_names()
    assert Snapshot.open().id not in frame["snapshot"].to_list()


def test_the_latest_withdrawal_comes_first(tmp_path):
    frame = listed(tmp_path, f"{FIRST},2025-01-31,wrong_figure,{SECOND}", f"{SECOND},2026-02-01,rights,")
    assert frame.rows() == [
        (SECOND, date(2026, 2, 1), "rights", None),
        (FIRST, date(2025, 1, 31), "wrong_figure", SECOND),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "short,2025-01-31,rights,",
        f"{FIRST},January,rights,",
        f"{FIRST},2025-01-31,because,",
        f"{FIRST},2025-01-31,rights,soon",
        f"{FIRST},2025-01-31,rights,\n{FIRST},2025-02-28,rights,",
    ],
    ids=["id", "day", "reason", "successor", "twice"],
)
def test_what_breaks_the_list_is_refused(tmp_path, line):
    with pytest.raises(ValidationError):
        listed(tmp_path, line)
