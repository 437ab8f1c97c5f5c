"""What an archive is made for: a system with its processor, and a version of Python; named as pip names wheels."""

import platform
import sys
from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# A glibc of 2018 (Debian 10, Ubuntu 18.10) and macOS 14: what the newest of the wheels ask for.
GLIBCS = tuple(range(28, 4, -1))
MACOS = range(14, 10, -1)


class TargetError(Exception):
    """A system or a version of Python that no archive is made for; the text says which there are."""


@dataclass(frozen=True)
class System:
    """An operating system on a processor: its name, its tags, and what markers of requirements ask about it."""

    name: str
    tags: tuple[str, ...]
    os_name: str
    sys_platform: str
    platform_system: str
    platform_machine: str


def _linux(machine: str, legacy: tuple[str, ...]) -> System:
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in GLIBCS), *legacy, f"linux_{machine}")
    return System(f"linux-{machine}", tags, "posix", "linux", "Linux", machine)


def _macos(machine: str) -> System:
    tags = tuple(f"macosx_{major}_0_{kind}" for major in MACOS for kind in (machine, "universal2"))
    old = tuple(f"macosx_10_{minor}_{kind}" for minor in range(16, 8, -1) for kind in (machine, "universal2"))
    return System(f"macos-{machine}", tags + old, "posix", "darwin", "Darwin", machine)


def _windows(machine: str) -> System:
    return System(f"windows-{machine}", (f"win_{machine}",), "nt", "win32", "Windows", machine.upper())


_ALL = (
    _linux("x86_64", ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64")),
    _linux("aarch64", ("manylinux2014_aarch64",)),
    _macos("x86_64"),
    _macos("arm64"),
    _windows("amd64"),
    _windows("arm64"),
)
SYSTEMS = {system.name: system for system in _ALL}


@dataclass(frozen=True, order=True)
class Target:
    """One system and one version of CPython, e.g. `linux-x86_64` and `3.11`."""

    system: str
    python: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that run there."""
        return SYSTEMS[self.system].tags

    @property
    def environment(self) -> dict[str, str]:
        """The values that environment markers of requirements have there (PEP 508)."""
        system = SYSTEMS[self.system]
        return {
            "os_name": system.os_name,
            "sys_platform": system.sys_platform,
            "platform_system": system.platform_system,
            "platform_machine": system.platform_machine,
            "platform_release": "",
            "platform_version": "",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "extra": "",
        }


def targets(systems: str = "", pythons: str = "") -> list[Target]:
    """The targets of words parted by spaces; empty words stand for all.

    Raises:
        TargetError: a word that names none.
    """
    chosen = systems.split() or list(SYSTEMS)
    versions = pythons.split() or list(PYTHONS)
    for word in [word for word in chosen if word not in SYSTEMS] + [word for word in versions if word not in PYTHONS]:
        raise TargetError(f"no archive is made for {word}: choose of {' '.join((*SYSTEMS, *PYTHONS))}")
    return [Target(system, python) for system in chosen for python in versions]


def here() -> Target:
    """The target of the machine and the Python that run this.

    Raises:
        TargetError: an archive is not made for such a machine.
    """
    for system in SYSTEMS.values():
        if (system.sys_platform, system.platform_machine) == (sys.platform, platform.machine()):
            return Target(system.name, f"{sys.version_info[0]}.{sys.version_info[1]}")
    raise TargetError(f"no archive is made for {sys.platform} on {platform.machine()}")
