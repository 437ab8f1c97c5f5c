"""A server needs open files: with too few it does not start, with few it says so."""

import pytest

from dashboard.server import open_files, serve


def test_too_few_files_are_one_clear_line(monkeypatch):
    monkeypatch.setattr(open_files, "raised_descriptors", lambda: 128)
    with pytest.raises(serve.StartError) as error:
        serve._raise_limit()
    assert "ulimit -n" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("files", "lines"), [(1024, 1), (8192, 0)])
def test_few_files_are_said_in_one_line(files, lines, monkeypatch, capsys):
    monkeypatch.setattr(open_files, "raised_descriptors", lambda: files)
    serve._raise_limit()
    line = capsys.readouterr().err
    assert line.count("\n") == lines
    assert (str(files) in line) is bool(lines)
