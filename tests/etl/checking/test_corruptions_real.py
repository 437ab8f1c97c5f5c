"""Damage to the publisher's real workbook: whole builds of the real files end as those of the small samples do."""

import shutil
from pathlib import Path

import pytest

from data.snapshot import Snapshot
from etl import gathering
from etl.__main__ import main
from tests.etl.cells import Rows, cells
from tests.etl.corruptions import CASES

pytestmark = [pytest.mark.real, pytest.mark.long]
# Damage to cells that the real workbook has too.
REAL = (
    "43 victims became 400",
    "43 victims became 0",
    "the totals of Costa Rica and Panama swapped (8 and 43)",
    "a digit lost: 16,390 became 1,639",
    "a digit wrong: 16,390 became 19,390",
    "480,000 victims in Costa Rica",
    "999,999,999,999 victims",
    "a second row with another value (43 and 99)",
    "900 women among 43 victims",
    "BOL renamed to BLV",
    "all rows of two states swapped",
    "all rows doubled",
    "the second half is missing",
    "Indicator and Dimension swapped",
    "an unknown indicator",
    "nothing",
    "a copy of the year before (USA)",
    "all figures of a state and year 1.6 times as large",
    "all figures of a state and year a quarter",
    "women again as men, children again as adults",
    "women and men of a state exchanged",
    "every mask became 5",
    "every mask became 4",
    "the masks of a state became 4",
    "a state is missing",
    "zeros for the history of a state",
    "an older date (1 June 2025)",
)


@pytest.fixture(scope="module")
def october(mirror: Path) -> Rows:
    return cells(max((mirror / "unodc_glotip").glob("*.xlsx")))[3:]


@pytest.fixture(scope="module")
def place(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mirror that links to the real files, to which a release can be added."""
    folder = tmp_path_factory.mktemp("linked") / "mirror"
    for path in mirror.rglob("*"):
        if path.is_file():
            link = folder / path.relative_to(mirror)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _parsed_once():
    """Files that stay the same are parsed once for all cases."""
    known, parsed = {}, gathering._parsed

    def once(source, file):
        if file.name not in known or "damaged" in file.name:
            known[file.name] = [*parsed(source, file)]
        return known[file.name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "_parsed", once)
        yield


@pytest.mark.parametrize("what", REAL)
def test_a_damaged_real_release_ends_as_declared(what, october, place, real_snapshot, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    case, home = CASES[what], tmp_path / "snapshots"
    shutil.copytree(Path(real_snapshot.root), home / real_snapshot.id)
    (home / "current").write_text(f"{real_snapshot.id}\n")
    (place / "unodc_glotip" / "damaged.xlsx").write_bytes(case.damage(october))
    status = main(["build", "--mirror", str(place), "--snapshot", str(home)])
    said = " ".join(capsys.readouterr().err.split())
    assert (status, case.says in said) == (case.status, True), said
    assert (Snapshot.open(str(home)).id != real_snapshot.id) == case.published
