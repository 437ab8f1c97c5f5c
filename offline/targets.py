"""What an archive is made for: a system with its processor and a version of Python, e.g. `linux-x86_64` and `3.11`."""

from dataclasses import dataclass

from packaging.markers import default_environment

from offline.laptop import machine

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# A glibc of 2018 (Debian 10, Ubuntu 18.10) and macOS 14: what the newest of the wheels require.
LINUX = (
    *(f"manylinux_2_{minor}" for minor in range(28, 4, -1)),
    "manylinux2014",
    "manylinux2010",
    "manylinux1",
    "linux",
)
MACOS = "macosx_14_0"


class TargetError(Exception):
    """A system or a version of Python that no archive is made for; the text lists the choices."""


@dataclass(frozen=True)
class System:
    """The platform tags of a system's wheels, and what environment markers call it (PEP 508)."""

    tags: tuple[str, ...]
    os_name: str
    sys_platform: str
    platform_system: str
    platform_machine: str


def _linux(processor: str) -> System:
    return System(tuple(f"{tag}_{processor}" for tag in LINUX), "posix", "linux", "Linux", processor)


def _macos(processor: str) -> System:
    # From this one tag pip derives those of earlier versions and of both processors.
    return System((f"{MACOS}_{processor}",), "posix", "darwin", "Darwin", processor)


def _windows(processor: str) -> System:
    return System((f"win_{processor}",), "nt", "win32", "Windows", processor.upper())


SYSTEMS = {
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
    "macos-x86_64": _macos("x86_64"),
    "macos-arm64": _macos("arm64"),
    "windows-amd64": _windows("amd64"),
    "windows-arm64": _windows("arm64"),
}


@dataclass(frozen=True, order=True)
class Target:
    """One system and one version of CPython."""

    system: str
    python: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that run there."""
        return SYSTEMS[self.system].tags

    @property
    def environment(self) -> dict[str, str]:
        """The values of environment markers there; those of the implementation are the same everywhere."""
        system = SYSTEMS[self.system]
        return {
            **{name: str(value) for name, value in default_environment().items()},
            "os_name": system.os_name,
            "sys_platform": system.sys_platform,
            "platform_system": system.platform_system,
            "platform_machine": system.platform_machine,
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
        }


def targets(systems: str = "", pythons: str = "") -> list[Target]:
    """The targets for names separated by spaces; no name means all.

    Raises:
        TargetError: an unknown name.
    """
    chosen = systems.split() or list(SYSTEMS)
    versions = pythons.split() or list(PYTHONS)
    if unknown := [*(set(chosen) - set(SYSTEMS)), *(set(versions) - set(PYTHONS))]:
        raise TargetError(
            f"no archive is made for {', '.join(sorted(unknown))}: choose of {' '.join((*SYSTEMS, *PYTHONS))}"
        )
    return [Target(system, python) for system in chosen for python in versions]


def here() -> Target:
    """The target of the machine and the Python that run this.

    Raises:
        TargetError: no archive is made for this machine.
    """
    if (system := machine.system()) not in SYSTEMS:
        raise TargetError(f"no archive is made for {system}")
    return Target(system, machine.python())
