"""How a build ends when the next release is damaged: each case is a real build; `docs/method.md` has the same table."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl import gathering
from etl.__main__ import FAILED, OK, main
from etl.checking.build_changes import HELD_PAGE, PAGE
from tests.etl.corruptions import CASES, PUBLISHED, published, rows
from tests.etl.declared import SHORT, declare_records
from tests.etl.samples import glotip

METHOD = Path(__file__).parents[3] / "docs" / "method.md"


@pytest.fixture(scope="module", autouse=True)
def _each_file_is_read_once() -> Iterator[None]:
    """Of the files of a release, each case changes one: the builds share what is read of the others."""
    known, parsed = {}, gathering._parsed

    def once(source, file):
        key = source.id, file.name, file.sha256
        if key not in known:
            known[key] = source, list(parsed(source, file))
        assert known[key][0] == source
        return known[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "_parsed", once)
        yield


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a mirror and the snapshot published from it."""
    folder = tmp_path_factory.mktemp("before")
    published(folder / "mirror")
    with pytest.MonkeyPatch.context() as patch:
        declare_records(patch, SHORT)
        patch.delenv("ATALAYA_MIRROR", raising=False)
        assert built(folder) == OK
    return folder


def built(folder: Path, *more: str) -> int:
    return main(["build", "--mirror", str(folder / "mirror"), "--snapshot", str(folder / "snapshots"), *more])


@pytest.fixture
def place(before: Path, tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    shutil.copytree(before, tmp_path / "place")
    return tmp_path / "place"


def values(snapshot: Snapshot) -> dict[tuple[str, int], float]:
    """Detected victims by state and year."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    figures = snapshot.table("observations").filter(whole, pl.col("indicator") == "detected_victims").collect()
    return {(area, year): low for area, year, low in figures.select("area", "year", "low").iter_rows()}


@pytest.mark.parametrize("what", CASES)
def test_a_damaged_release_ends_as_declared(place: Path, capsys, what):
    case, home = CASES[what], place / "snapshots"
    first = Snapshot.open(str(home))
    (place / "mirror" / "unodc_glotip" / "data_glotip_c.xlsx").write_bytes(case.damage(rows()))
    status = built(place)
    said = " ".join(capsys.readouterr().err.split())
    assert (status, case.says in said) == (case.status, True), said
    after = Snapshot.open(str(home))
    assert (after.id != first.id) == case.published
    # What is published is right, whatever was damaged, except where it is said that no check finds it.
    assert (values(after) == values(first)) is not case.unfound
    if case.published:
        assert (home / after.id / PAGE).read_text("utf-8").startswith("# A build\n\nCompared with the published")
        assert not (home / HELD_PAGE).exists()


def test_another_file_under_the_same_date_is_held(place: Path, capsys):
    other = [(*row[:-2], "44", row[-1]) if row[-2] == "43" else row for row in rows()]
    (place / "mirror" / "unodc_glotip" / "data_glotip_b.xlsx").write_bytes(glotip(other, released=PUBLISHED))
    assert built(place) == FAILED
    assert "releases changed under one date: unodc_glotip 2025-10-28" in capsys.readouterr().err


def test_a_held_build_lists_each_change_and_an_accepted_one_says_why(place: Path, capsys):
    case = CASES["43 victims became 400"]
    (place / "mirror" / "unodc_glotip" / "data_glotip_c.xlsx").write_bytes(case.damage(rows()))
    assert built(place) == FAILED
    held = (place / "snapshots" / HELD_PAGE).read_text("utf-8")
    assert str(place / "snapshots" / HELD_PAGE) in capsys.readouterr().err.replace("\n", "")
    line = "| unodc_glotip | detected_victims | CRI | 2022 | all | 43 | 400 | 2026-01-28 |"
    assert line in held
    assert "## Why it was not published" in held
    assert built(place, "--accept", "the ministry wrote so", "--by", "A. Person") == OK
    snapshot = Snapshot.open(str(place / "snapshots"))
    page = (Path(snapshot.root) / PAGE).read_text("utf-8")
    assert "A. Person accepted the others: the ministry wrote so" in page
    assert line in page
    # 24 children and 19 adults stand beside it.
    assert "| unodc_glotip | detected_victims | CRI | 2022 | age | 400 | 43 (0-17, 18+) | now: the total moved" in page
    assert not (place / "snapshots" / HELD_PAGE).exists()
    terminal = capsys.readouterr().err
    assert (
        "worth a look: totals outside the range of their series: 1 of unodc_glotip: detected_victims CRI 2022 400"
        in terminal
    )
    # Later builds compare with what was accepted.
    assert built(place) == OK


def test_the_table_in_the_documentation_is_this_one():
    text = METHOD.read_text("utf-8")
    table = dict(re.findall(r"^\| (.+?) \| (\d \| .+? \| (?:yes|no)) \|$", text, re.MULTILINE))
    expected = {
        case.what: f"{case.status} | {case.says or 'nothing to say'} | {'yes' if case.published else 'no'}"
        for case in CASES.values()
    }
    assert table == expected
