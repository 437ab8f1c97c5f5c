"""Hostile workbooks on the page that previews them: an answer in words each time, in little time and memory.

`make prove` reads 1,000 (`ATALAYA_PROVE_WORKBOOKS`).
"""

import os
import resource
import sys
import time

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.export import report_workbooks
from tests.attacks.test_addresses import faults_of_screen, opened
from tests.attacks.workbooks import valid, workbook

MANY = int(os.environ.get("ATALAYA_PROVE_WORKBOOKS", "200"))
QUICK = 50
# Seconds of the processor for one file, and megabytes that all files together may take at most.
LONGEST, MOST = 10.0, 300


@pytest.fixture
def page() -> AppTest:
    """The page of the desk with the entry for national reports open."""
    app = opened("declaration", ["lang=en"])
    app.session_state["folded.submit"] = True
    return app.run()


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, content, report_workbooks.MEDIA)).run()


def faults(app: AppTest, number: int) -> list[str]:
    """What is wrong with the page after an upload; it either says what is wrong with the file, or shows its lines."""
    begun = time.process_time()
    upload(app, *workbook(number))
    spent = time.process_time() - begun
    found = faults_of_screen(app) + [f"{spent:.0f} seconds"] * (spent > LONGEST)
    refused, taken = len(app.warning), any("No errors" in box.value for box in app.info)
    return found + ([] if bool(refused) != taken else ["no answer"])


def read(app: AppTest, numbers: range) -> None:
    before = peak()
    failures = {number: found for number in numbers if (found := faults(app, number))}
    assert failures == {}
    assert peak() - before < MOST


def peak() -> float:
    """The most memory that this process has had, in megabytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


def test_some_hostile_workbooks(page: AppTest):
    read(page, range(QUICK))


@pytest.mark.long
def test_many_hostile_workbooks(page: AppTest):
    read(page, range(MANY))


def test_the_workbooks_differ_and_were_valid_before(page: AppTest):
    assert len({workbook(number) for number in range(60)}) > 55
    upload(page, "report.xlsx", valid(0))
    assert any("No errors" in box.value for box in page.info)
