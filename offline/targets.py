"""The targets of an archive: a system with its processor, and a version of Python, e.g. `linux-x86_64` and `3.11`."""

from dataclasses import dataclass

from packaging.markers import default_environment

from offline.laptop import machine

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# The newest wheels require a glibc of 2018 (Debian 10, Ubuntu 18.10), and macOS 14; from that pip derives the tags of
# earlier versions and of both processors.
LINUX = (
    *(f"manylinux_2_{minor}" for minor in range(28, 4, -1)),
    "manylinux2014",
    "manylinux2010",
    "manylinux1",
    "linux",
)
MACOS = ("macosx_14_0",)
WINDOWS = ("win",)


class TargetError(Exception):
    """An unsupported system or version of Python; the text lists the choices."""


@dataclass(frozen=True)
class System:
    """The values of environment markers (PEP 508) for a system, and the prefixes of its wheels' platform tags."""

    os_name: str
    sys_platform: str
    platform_system: str
    platform_machine: str
    tags: tuple[str, ...]


SYSTEMS = {
    "linux-x86_64": System("posix", "linux", "Linux", "x86_64", LINUX),
    "linux-aarch64": System("posix", "linux", "Linux", "aarch64", LINUX),
    "macos-x86_64": System("posix", "darwin", "Darwin", "x86_64", MACOS),
    "macos-arm64": System("posix", "darwin", "Darwin", "arm64", MACOS),
    "windows-amd64": System("nt", "win32", "Windows", "AMD64", WINDOWS),
    "windows-arm64": System("nt", "win32", "Windows", "ARM64", WINDOWS),
}


@dataclass(frozen=True, order=True)
class Target:
    """One system and one version of CPython."""

    system: str
    python: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that run there."""
        system = SYSTEMS[self.system]
        return tuple(f"{tag}_{system.platform_machine.lower()}" for tag in system.tags)

    @property
    def environment(self) -> dict[str, str]:
        """The values of all environment markers for the target."""
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
    """The targets for names separated by spaces; empty means all.

    Raises:
        TargetError: an unknown name.
    """
    chosen = systems.split() or list(SYSTEMS)
    versions = pythons.split() or list(PYTHONS)
    if unknown := [*(set(chosen) - set(SYSTEMS)), *(set(versions) - set(PYTHONS))]:
        raise TargetError(
            f"no archive is made for {', '.join(sorted(unknown))}; choose from {' '.join((*SYSTEMS, *PYTHONS))}"
        )
    return [Target(system, python) for system in chosen for python in versions]


def here() -> Target:
    """The target of the machine and the Python that run this.

    Raises:
        TargetError: no archive is made for this machine.
    """
    if (system := machine.system()) not in SYSTEMS:
        raise TargetError(
            f"no archive is made for {system}; build it on another machine, or name systems with --systems"
        )
    return Target(system, machine.python())
