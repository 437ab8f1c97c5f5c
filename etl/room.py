"""Memory that a step no longer needs, given back before the next one asks for its own."""

import ctypes
import gc


def give_back() -> None:
    """Give freed memory back to the system, where its C library can (glibc keeps it otherwise; others never do)."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
