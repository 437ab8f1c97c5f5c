"""Which of the archive's targets this computer is."""

import platform
import sys
import sysconfig

MACHINES = {"amd64": {"windows": "amd64", "linux": "x86_64", "macos": "x86_64"}, "aarch64": {"macos": "arm64"}}
NAMES = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}


def system() -> str:
    """The system and its processor, e.g. `linux-x86_64`; a name that no archive has where no wheel runs."""
    name = NAMES.get(platform.system(), platform.system().lower())
    if name == "linux" and platform.libc_ver()[0] != "glibc":
        return f"linux-{platform.machine()}-musl"
    # Windows on ARM tells the machine's processor even to a Python for x86-64, which the wheels go by.
    told = sysconfig.get_platform().partition("-")[2] if name == "windows" else platform.machine()
    machine = told.lower() or "32"
    return f"{name}-{MACHINES.get(machine, {}).get(name, machine)}"


def python() -> str:
    """The version of Python as wheels name it, e.g. `3.11`; another name for what is no usual CPython."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name}-{version}"
    return f"{version}t" if sysconfig.get_config_var("Py_GIL_DISABLED") else version
