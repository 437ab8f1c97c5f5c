import pytest

from etl.config import folder, mirror_folder
from etl.errors import AtalayaError, FetchError
from etl.fetching.download import user_agent


def test_the_command_line_comes_before_the_environment(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    environment = {"ATALAYA_MIRROR": str(tmp_path)}
    assert mirror_folder(str(other), environment) == other
    assert mirror_folder(None, environment) == tmp_path


@pytest.mark.parametrize("environment", [{}, {"ATALAYA_MIRROR": ""}])
def test_without_a_mirror_files_come_from_the_publishers(environment):
    assert mirror_folder(None, environment) is None


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [("/nowhere", {}, "--mirror is /nowhere"), (None, {"ATALAYA_MIRROR": "/nowhere"}, "ATALAYA_MIRROR is")],
)
def test_a_missing_mirror_is_refused(option, environment, expected):
    with pytest.raises(FetchError, match=expected):
        mirror_folder(option, environment)


@pytest.mark.parametrize("named", ["", "  ", "s3://bucket/x", "https://example.org/x", "file:///x", "~nobody-here/x"])
def test_a_name_that_is_no_folder_of_this_machine_is_refused(named):
    with pytest.raises(AtalayaError) as caught:
        folder(named, "--snapshot")
    assert str(caught.value).startswith(f"--snapshot is {named!r}, ")
    with pytest.raises(AtalayaError):
        mirror_folder(named, {})


@pytest.mark.parametrize("named", ["x" * 400, "a\0b"])
def test_a_folder_name_that_the_system_refuses_is_reported(named):
    with pytest.raises(AtalayaError, match=r"--mirror is .*(?:cannot be|not) a folder"):
        mirror_folder(named, {})


def test_a_folder_may_be_named_from_home_and_made_later(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder("~/later", "--raw") == tmp_path / "later"


def test_a_contact_that_a_header_cannot_carry_does_not_stop_a_request():
    named = user_agent({"ATALAYA_CONTACT": "José ✉\n jose@example.org"})
    assert named.endswith("; contact: José ? jose@example.org)")
    assert named.encode("latin-1")
