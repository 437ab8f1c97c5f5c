"""How many files the system lets this process open: each connection takes one."""

import sys

# What the server asks for, what is enough for a meeting, and what it needs to start at all.
WANTED = 8192
ENOUGH = 2048
NEEDED = 256


def raised_descriptors() -> int:
    """How many files this process may open, after asking for `WANTED`; where no limit is known, `WANTED`."""
    if sys.platform == "win32":
        return WANTED
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return WANTED if soft == resource.RLIM_INFINITY else soft
