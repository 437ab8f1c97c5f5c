"""Plotly's script without the kinds of chart that no figure of ours has: a quarter of the bytes, a fifth of the time.

The script is a row of modules, each a variable that holds a function, and a last one that registers the kinds of trace.
With none registered only scatter is left, and the modules that nothing names any more are left out.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

# The script whose shortened form was seen to name nothing that it lacks; any other is served whole.
KNOWN = "3b6e15d45dbb7fca5bd2094291e961ddc5472cd887009e6009a56dab668d721f"
_REGISTERED = re.compile(r"(\w+\.register\(\[)[\w$]+\(\)(?:,[\w$]+\(\))+(?=\]\))")
_NAME = re.compile(r"([;\n}]var )?([\w$]+)$")
_FUNCTION = re.compile(r"function ([\w$]+)\(")
_WORD = re.compile(r"[\w$]+")
# Plotly waits 50 ms before it answers a pointer that keeps moving; drawing a label takes 15.
_WAIT, _NO_WAIT = "HOVERMINTIME:50", "HOVERMINTIME:0"
# Functions stand beside the modules only where those are small.
SMALL = 50_000


def shortened(script: bytes) -> bytes:
    """The script with scatter traces alone and a hover that does not wait; as it is if it is not the known one."""
    return _shortened(script.decode()).encode() if known(script) else script


def known(script: bytes) -> bool:
    """Whether this is the script that the shortening was made for."""
    return sha256(script).hexdigest() == KNOWN


def _shortened(script: str) -> str:
    bare = _REGISTERED.sub(r"\1", script).replace(_WAIT, _NO_WAIT)
    modules = sorted(_modules(bare))
    starts = [at for at, _, first in modules if first]
    parts = [bare[begin:end] for begin, end in pairwise((*starts, len(bare)))]
    held: dict[str, int] = {}
    for at, name, _ in modules:
        held.setdefault(name, bisect(starts, at) - 1)
    for number, part in enumerate(parts):
        for name in _FUNCTION.findall(part[part.rfind("});") :]) if len(part) < SMALL else ():
            held.setdefault(name, number)
    needed: set[int] = set()
    waiting = {len(parts) - 1}
    while waiting:
        number = waiting.pop()
        needed.add(number)
        waiting |= {held[word] for word in _WORD.findall(parts[number]) if word in held} - needed
    return bare[: starts[0]] + "".join(part for number, part in enumerate(parts) if number in needed)


def _modules(bare: str) -> Iterator[tuple[int, str, bool]]:
    """Where each module's declaration begins, its name, and whether a statement begins with it."""
    for marker in ("=W(", "=Ea("):
        at = bare.find(marker)
        while at >= 0:
            found = _NAME.search(bare, max(0, at - 30), at)
            if found:
                yield found.start() + bool(found[1]), found[2], bool(found[1])
            at = bare.find(marker, at + 1)
