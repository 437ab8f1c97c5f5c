"""Which of the archive's targets this computer is."""

import platform
import sys
import sysconfig

SYSTEMS = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
PROCESSORS = {("linux", "amd64"): "x86_64", ("macos", "amd64"): "x86_64", ("macos", "aarch64"): "arm64"}


def system() -> str:
    """The system and its processor, e.g. `linux-x86_64`; where no wheel runs, a name that no archive has."""
    name = SYSTEMS.get(platform.system(), platform.system().lower())
    # On Windows on ARM, Python for x86-64 takes the wheels for x86-64.
    built = sysconfig.get_platform().partition("-")[2] or "32"
    processor = (built if name == "windows" else platform.machine()).lower()
    libc = "-musl" if name == "linux" and platform.libc_ver()[0] != "glibc" else ""
    return f"{name}-{PROCESSORS.get((name, processor), processor)}{libc}"


def python() -> str:
    """The version of Python as wheels name it, e.g. `3.11`; another name for one without the global lock."""
    threads = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    name = "" if sys.implementation.name == "cpython" else f"{sys.implementation.name}-"
    return f"{name}{sys.version_info[0]}.{sys.version_info[1]}{threads}"
