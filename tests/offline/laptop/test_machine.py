"""Which of the targets a computer is, according to Python."""

import platform
import sys
import sysconfig

import pytest

from offline import targets
from offline.laptop import machine

# System, machine, what Python was built for, and the target.
KNOWN = [
    ("Linux", "x86_64", "linux-x86_64", "linux-x86_64"),
    ("Linux", "aarch64", "linux-aarch64", "linux-aarch64"),
    ("Darwin", "arm64", "macosx-11.0-universal2", "macos-arm64"),
    ("Darwin", "x86_64", "macosx-10.9-universal2", "macos-x86_64"),
    ("Windows", "AMD64", "win-amd64", "windows-amd64"),
    ("Windows", "ARM64", "win-arm64", "windows-arm64"),
    # Python for x86-64 on Windows on ARM takes the wheels for x86-64.
    ("Windows", "ARM64", "win-amd64", "windows-amd64"),
]


@pytest.fixture
def system(monkeypatch):
    def tell(name, processor, built="", libc="glibc"):
        monkeypatch.setattr(platform, "system", lambda: name)
        monkeypatch.setattr(platform, "machine", lambda: processor)
        monkeypatch.setattr(platform, "libc_ver", lambda: (libc, "2.36"))
        monkeypatch.setattr(sysconfig, "get_platform", lambda: built)
        return machine.system()

    return tell


@pytest.mark.parametrize(("name", "processor", "built", "target"), KNOWN)
def test_every_target_is_known_by_its_computer(system, name, processor, built, target):
    assert system(name, processor, built) == target
    assert target in targets.SYSTEMS


def test_all_targets_are_among_them():
    assert {target for *_, target in KNOWN} == set(targets.SYSTEMS)


@pytest.mark.parametrize(
    ("name", "processor", "built", "libc"),
    [("Linux", "x86_64", "", ""), ("Windows", "AMD64", "win32", ""), ("FreeBSD", "amd64", "", "")],
    ids=["another C library", "32 bits", "another system"],
)
def test_a_system_without_wheels_is_none_of_the_targets(system, name, processor, built, libc):
    assert system(name, processor, built, libc) not in targets.SYSTEMS


def test_a_python_without_its_lock_takes_other_wheels(monkeypatch):
    usual = machine.python()
    assert usual.rstrip("t") == f"{sys.version_info[0]}.{sys.version_info[1]}"
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: name == "Py_GIL_DISABLED")
    assert machine.python() not in targets.PYTHONS
