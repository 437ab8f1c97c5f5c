"""Targets: their names, how words choose them, their tags and environment markers."""

import platform
import sys

import pytest
from packaging.markers import default_environment
from packaging.tags import sys_tags

from offline import targets


def test_all_systems_are_made_for_unless_fewer_are_named():
    assert len(targets.targets()) == len(targets.SYSTEMS) * len(targets.PYTHONS) == 24
    few = targets.targets("windows-amd64 linux-x86_64", "3.12")
    assert [(target.system, target.python) for target in few] == [("windows-amd64", "3.12"), ("linux-x86_64", "3.12")]


@pytest.mark.parametrize("words", [("solaris-sparc", ""), ("", "2.7")])
def test_an_unknown_target_is_reported_with_the_choices(words):
    with pytest.raises(targets.TargetError, match=r"(solaris-sparc|2\.7); choose from linux-x86_64"):
        targets.targets(*words)


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() != "x86_64", reason="asks about Linux on x86-64")
def test_this_machine_is_known_as_packaging_knows_it():
    target = targets.here()
    real = default_environment()
    markers = (
        "os_name",
        "sys_platform",
        "platform_system",
        "platform_machine",
        "implementation_name",
        "python_version",
    )
    assert {name: target.environment[name] for name in markers} == {name: real[name] for name in markers}
    # The tags include those of pip on this machine, except those for a glibc newer than the oldest supported one.
    tags = {tag.platform for tag in sys_tags()} - {"any"}
    newer = {tag for tag in tags if tag.startswith("manylinux_2_") and int(tag.split("_")[2]) > 28}
    assert tags - newer <= set(target.tags)


def test_an_unsupported_machine_is_reported(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(targets.TargetError, match="riscv64"):
        targets.here()
