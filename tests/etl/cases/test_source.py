"""A made-up case register goes through a build beside the samples of UNODC's workbook, and onto its state's page."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl import source_declaration
from etl.cases import source
from etl.errors import AtalayaError, SourceError
from etl.source_declaration import declarations
from etl.sources import registry
from tests.etl.cases.registers import CELLS, DAY, cell, release
from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import OCTOBER, build, sample

ROOT = Path(__file__).parents[3]
COUNT = "register_hti_detected_victims"
# What is at each address, a line each.
ANSWERS = """
import asyncio, base64, sys
from dashboard.server.command import at
for address in sys.argv[1:]:
    print(base64.b64encode(asyncio.run(at(address)).content).decode())
"""
FORM = "hti/2024-03-01/tables/by_form.csv"
SEX = "hti/2024-03-01/tables/by_sex_and_age.csv"


def mirror(folder: Path) -> Path:
    """The samples of all publishers; UNODC has 45 victims of Haiti in 2021."""
    return sample(folder / "mirror", october=[*OCTOBER, glotip_row("HTI", 2021, "45")])


@pytest.fixture
def registries(tmp_path, monkeypatch):
    """An empty folder of registers."""
    monkeypatch.setattr(source, "REGISTRIES", tmp_path / "registries")
    return tmp_path / "registries"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two builds: with the first release of a register, then also with the next one, which corrects it."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "REGISTRIES", place / "registries")
        patch.delenv("ATALAYA_MIRROR", raising=False)
        folder = mirror(place)
        release(place / "registries" / "hti")
        build(folder)
        corrected = [cell(2021, 43), *CELLS[1:7], cell(2022, 1, 10), cell(2023, 20, 30), cell(2025, 5)]
        release(place / "registries" / "hti", corrected, date(2025, 3, 1))
        source_declaration._registers.cache_clear()
        build(folder, accept="a correction of the register", by="Test")
    return place / "snapshots"
