import pytest

from etl.config import mirror_folder
from etl.errors import FetchError


def test_the_command_line_comes_before_the_environment(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    environment = {"ATALAYA_MIRROR": str(tmp_path)}
    assert mirror_folder(str(other), environment) == other
    assert mirror_folder(None, environment) == tmp_path


@pytest.mark.parametrize("environment", [{}, {"ATALAYA_MIRROR": ""}])
def test_without_a_mirror_the_publishers_are_asked(environment):
    assert mirror_folder(None, environment) is None


@pytest.mark.parametrize(
    ("option", "environment", "said"),
    [("/nowhere", {}, "--mirror names /nowhere"), (None, {"ATALAYA_MIRROR": "/nowhere"}, "ATALAYA_MIRROR names")],
)
def test_a_mirror_that_is_not_there_is_said(option, environment, said):
    with pytest.raises(FetchError, match=said):
        mirror_folder(option, environment)
