"""What `CITATION.cff` says of the software is what the release says: version, day, title and license."""

import re
import tomllib
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CITED = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_version_and_day_are_those_of_the_newest_release():
    headings = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    releases = [heading for heading in headings if heading != "Unreleased"]
    assert headings in (releases, ["Unreleased", *releases])
    dated = [re.fullmatch(r"(\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)", release).groups() for release in releases]
    assert [day for _, day in dated] == sorted((day for _, day in dated), reverse=True)
    version, day = dated[0]
    assert version == CITED["version"] == PROJECT["version"]
    assert date.fromisoformat(day) == CITED["date-released"]


def test_title_and_license_are_those_of_the_project():
    described = PROJECT["description"].rstrip(".").replace("the 35 independent states of the Americas", "the Americas")
    assert CITED["title"] == f"Atalaya: {described[0].lower()}{described[1:]}"
    assert CITED["license"] == PROJECT["license"]
    owner, first = CITED["authors"][0]["name"], (ROOT / "LICENSE").read_text("utf-8").splitlines()
    assert first[0] == f"{CITED['license']} License"
    assert re.fullmatch(rf"Copyright \(c\) \d{{4}} {owner}", first[2])


def test_a_reader_of_the_format_finds_what_it_needs():
    """The keys that version 1.2.0 of the format requires, and the kind of work."""
    assert CITED["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= CITED.keys()
    assert CITED["type"] == "software"
