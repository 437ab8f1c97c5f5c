"""The list of parts is of what is installed, equal to the lock, and valid CycloneDX."""

import json
import re
from importlib.metadata import distributions, version

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from deploy import sbom

LOCK = sbom.LOCK.read_text("utf-8")
# Tools that make the environment, and what tests need, are not parts of Atalaya.
TOOLS = {"pip", "setuptools"}


@pytest.fixture(scope="module")
def bill() -> dict:
    return json.loads(sbom.text(sbom.bill(sbom.pinned(LOCK))))


def test_the_list_is_valid(bill: dict):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(bill)) is None
    # The validator does refuse.
    assert validator.validate_str(json.dumps(bill | {"components": [{"name": "nameless type"}]})) is not None


def test_every_part_is_installed_in_the_version_of_the_lock(bill: dict):
    listed = {part["name"]: part["version"] for part in bill["components"]}
    assert listed == {name: version(name) for name in listed}
    # Lines of the lock without a marker apply everywhere; read here without the code that made the list.
    always = dict(re.findall(r"^([a-z0-9._-]+)==(\S+) \\$", LOCK, re.MULTILINE))
    assert len(always) > 50
    assert always.items() <= {canonicalize_name(name): version for name, version in listed.items()}.items()
    assert all(part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}" for part in bill["components"])


def test_nothing_is_installed_that_no_lock_pins():
    tested = sbom.pinned((sbom.ROOT / "requirements-dev.lock").read_text("utf-8"))
    installed = {canonicalize_name(package.metadata["Name"]) for package in distributions()}
    assert installed - tested.keys() <= TOOLS, "run make clean, then make test"
    assert sbom.pinned(LOCK).items() <= tested.items()


def test_every_part_is_needed_by_another(bill: dict):
    needs = {entry["ref"]: set(entry.get("dependsOn", [])) for entry in bill["dependencies"]}
    reached, waiting = set(), {"atalaya"}
    while waiting:
        reached |= waiting
        waiting = set().union(*(needs.get(ref, set()) for ref in waiting)) - reached
    assert {part["bom-ref"] for part in bill["components"]} <= reached


@pytest.mark.parametrize(
    ("lock", "said"),
    [("streamlit==0.1.0 \\", "streamlit .+ instead of 0.1.0"), ("no-such-part==1.0 \\", "no-such-part is missing")],
)
def test_another_installation_is_refused(lock: str, said: str):
    with pytest.raises(sbom.PartsError, match=said):
        sbom.bill(sbom.pinned(lock))


def test_markers_of_other_systems_are_left_out():
    lines = "one==1.0 ; sys_platform == 'none' \\\ntwo==2.0 ; python_full_version >= '3.11' \\\nthree==3.0 \\"
    assert sbom.pinned(lines) == {"two": "2.0", "three": "3.0"}
