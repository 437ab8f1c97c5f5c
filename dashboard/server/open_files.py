"""How many files the system lets this process open, and how many sessions fit into them."""

import sys

# A session takes up to four descriptors; the server itself and its connections without a session some hundred.
OF_A_SESSION, OWN = 4, 200
# What the server asks for, and what it needs to start at all.
WANTED, NEEDED = 8192, 256


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


def sessions_within(descriptors: int) -> int:
    """How many sessions fit into a number of file descriptors."""
    return max(1, (descriptors - OWN) // OF_A_SESSION)
