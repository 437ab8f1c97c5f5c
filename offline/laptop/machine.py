"""The target of this computer: its system and its Python."""

import platform
import sys
import sysconfig

SYSTEMS = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
PROCESSORS = {("linux", "amd64"): "x86_64", ("macos", "amd64"): "x86_64", ("macos", "aarch64"): "arm64"}


def system() -> str:
    """The system and its processor, e.g. `linux-x86_64`; a name that no archive has if no wheel runs here."""
    name = SYSTEMS.get(platform.system(), platform.system().lower())
    # On Windows on ARM, a Python for x86-64 needs wheels for x86-64.
    built = sysconfig.get_platform().partition("-")[2] or "32"
    processor = (built if name == "windows" else platform.machine()).lower()
    libc = "-musl" if name == "linux" and platform.libc_ver()[0] != "glibc" else ""
    return f"{name}-{PROCESSORS.get((name, processor), processor)}{libc}"


def python() -> str:
    """The version of Python as in the names of wheels, e.g. `3.11`; other names for free-threaded or other Pythons."""
    threads = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    name = "" if sys.implementation.name == "cpython" else f"{sys.implementation.name}-"
    return f"{name}{sys.version_info[0]}.{sys.version_info[1]}{threads}"
