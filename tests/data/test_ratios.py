"""The declared ratios and shares, and what is refused in their file."""

import pytest

from data import manifest
from data.ratios import PERCENT, RATIO, ratios
from data.reviewed import ReviewedError

HEAD = "id,indicator,sex,age,form,of\n"


def test_every_declared_ratio_divides_indicators_of_the_sources():
    known = manifest.indicators()
    for one in ratios().values():
        assert {one.indicator, one.of} <= known.keys()
        assert known[one.indicator].unit == known[one.of].unit == "persons"
        assert one.id not in known


def test_a_line_of_the_file_is_a_ratio_or_a_share(tmp_path):
    path = tmp_path / "ratios.csv"
    path.write_text(f"{HEAD}a,convicted,total,total,total,prosecuted\nb,victims,female,18+,total,victims\n")
    ratio, share = ratios(path).values()
    assert (ratio.unit, share.unit) == (RATIO, PERCENT)
    assert share.group == {"sex": "female", "age": "18+", "form": "total"}


@pytest.mark.parametrize(
    "line",
    ["a,victims,total,total,total,victims", "a,convicted,female,total,total,prosecuted", "A,x,total,total,total,y"],
)
def test_a_share_without_group_and_a_ratio_with_one_are_refused(tmp_path, line):
    path = tmp_path / "ratios.csv"
    path.write_text(f"{HEAD}{line}\n")
    with pytest.raises(ReviewedError, match="row 2"):
        ratios(path)
