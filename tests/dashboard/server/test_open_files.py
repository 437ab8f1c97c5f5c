"""A server needs open files: with too few it does not start, with few it takes fewer readers."""

import pytest

from dashboard.server import open_files, serve
from dashboard.server.open_files import OF_A_SESSION, OWN, sessions_within


def test_sessions_need_files():
    assert sessions_within(8192) > 1500
    assert sessions_within(1024) * OF_A_SESSION + OWN <= 1024


def test_too_few_files_are_one_clear_line(monkeypatch):
    monkeypatch.setattr(open_files, "raised_descriptors", lambda: 128)
    with pytest.raises(serve.StartError) as error:
        serve._sessions()
    assert "ulimit -n" in str(error.value)
    assert "\n" not in str(error.value)


def test_few_files_are_said_in_one_line_and_limit_the_readers(monkeypatch, capsys):
    monkeypatch.setattr(open_files, "raised_descriptors", lambda: 1024)
    most = serve._sessions()
    assert most == sessions_within(1024)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert f"{most} readers" in line
