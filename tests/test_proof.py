"""The page of `make prove` says what was tried, what held, and the figures, from what pytest itself has written."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests import proof

TESTS = '''
"""Readers and robots. More words.

Others.
"""
import pytest

def test_nobody_is_refused():
    print("60 readers: median 3 | p95 <20 ms")

@pytest.mark.parametrize("count", [50])
def test_probes_answer(count):
    assert count < 50, "too late"

def test_with_a_store():
    pytest.skip("there is no store")
'''


@pytest.fixture
def result(tmp_path: Path) -> Path:
    (tmp_path / "test_sample.py").write_text(TESTS, encoding="utf-8")
    path = tmp_path / "prove.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "no:xdist"]
    written = [f"--junit-xml={path}", "-o", "junit_logging=system-out", f"--rootdir={tmp_path}"]
    done = subprocess.run(
        [*command, *written, "test_sample.py"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout
    return path


def test_the_page_has_what_was_tried_what_held_and_the_figures(result: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proof, "ROOT", result.parent)
    text = proof.page(proof.tried([result]), "abc")
    assert "**1 held, 1 did not hold, 1 not run**" in text
    assert "commit abc" in text
    assert "- Probes answer [50]: did not hold. AssertionError: too late" in text
    assert "- With a store: not run. there is no store" in text
    assert "## Readers and robots. More words" in text
    assert "| Nobody is refused | held | 60 readers: median 3 \\| p95 &lt;20 ms |" in text


def test_what_failed_or_was_not_tried_ends_with_an_error(result: Path, tmp_path: Path, capsys):
    assert proof.main([str(result)]) == 1
    assert proof.main([str(tmp_path / "none.xml")]) == 1
    assert "**0 held" in capsys.readouterr().out


def test_figures_of_a_program_before_stand_beside_those_of_the_same_test(result: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proof, "ROOT", result.parent)
    now = proof.tried([result])
    readers, probes, _ = now
    before = [replace(readers, figures=("60 readers: median 40 ms",)), replace(probes, figures=("90 refused",))]
    text = proof.page(now, "abc", before)
    assert "| what was tried |  | figures | the same, of the program before |" in text
    assert "| held | 60 readers: median 3 \\| p95 &lt;20 ms | 60 readers: median 40 ms |" in text
    assert "did not hold<br>90 refused |" in text
    assert "| With a store | not run |  | not run |" in text
    assert "**1 held, 1 did not hold, 1 not run**" in text
