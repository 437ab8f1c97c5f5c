"""A source that comes in parts: each has releases of its own, and is compared with itself."""

from pathlib import Path

import pytest

from etl.errors import HeldError
from tests.etl.test_pipeline import build, sample


@pytest.fixture
def series(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of files that is published already, and its file of one series (of two) of the SDG database."""
    folder = sample(tmp_path / "mirror")
    build(folder)
    (victims,) = (folder / "unsd_sdg").glob("*vc_htf_detv*")
    return folder, victims


def newer(victims: Path, lines: list[str]) -> None:
    # With one more empty line: identical files count as one.
    victims.with_name(victims.name.replace("2020-10", "2021-10")).write_text("\n".join([*lines, "", ""]))


def test_one_series_that_is_updated_alone_is_published(series):
    folder, victims = series
    newer(victims, victims.read_text().splitlines())
    _, snapshot = build(folder)
    (rows,) = (check for check in snapshot.manifest["checks"] if check["name"] == "rows unsd_sdg")
    # Seven figures of victims and six of violence, below one line of names each.
    assert (rows["saw"], rows["expected"], rows["passed"]) == ("13", "within 15% of 13", True)


def test_one_series_that_lost_rows_is_not_hidden_by_the_others(series):
    folder, victims = series
    newer(victims, victims.read_text().splitlines()[:-2])
    with pytest.raises(HeldError, match=r"rows unsd_sdg: 5 VC_HTF_DETV, expected within 15% of 7 VC_HTF_DETV"):
        build(folder)
