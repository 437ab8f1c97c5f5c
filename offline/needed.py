"""Which locked packages serving needs: what its code imports, and what that requires; never the ETL's alone."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SERVING = ("dashboard", "data", "pages")
# Required by what serving imports, but never imported by it: this one reads and writes files of polygons.
LEFT_OUT = frozenset({"pyogrio"})
_LOCKED = re.compile(
    r"^(?P<line>[A-Za-z0-9][^\n\\]*?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


@dataclass(frozen=True)
class Locked:
    """One entry of a lock file: its requirement as it is written there, and its lines of hashes, unchanged."""

    written: str
    hashes: str

    @property
    def requirement(self) -> Requirement:
        """The requirement, read."""
        return Requirement(self.written)

    @property
    def name(self) -> str:
        """The normalised name."""
        return canonicalize_name(self.requirement.name)

    def text(self, marked: bool = True) -> str:
        """The entry for pip; `marked=False` leaves its marker out, for whoever has judged it already."""
        bare = f"{self.requirement.name}{self.requirement.specifier}"
        return f"{self.written if marked else bare} \\\n{self.hashes}"

    def applies(self, environment: Mapping[str, str]) -> bool:
        """Whether it is installed where markers have these values."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(dict(environment))


def locked(text: str) -> list[Locked]:
    """The entries of a lock file's text.

    Raises:
        ValueError: a line that is neither an entry nor one of its hashes.
    """
    if rest := _LOCKED.sub("", text).strip():
        raise ValueError(f"not an entry of a lock file: {rest.splitlines()[0]}")
    return [Locked(entry["line"], entry["hashes"]) for entry in _LOCKED.finditer(text)]


@cache
def imported(root: Path, folders: tuple[str, ...] = SERVING) -> set[str]:
    """The top-level names of foreign modules that any line of the code under `folders` imports, late ones too."""
    trees = (ast.parse(path.read_text("utf-8")) for folder in folders for path in sorted((root / folder).rglob("*.py")))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - set(folders)


def roots(root: Path, declared: Iterable[str]) -> dict[str, frozenset[str]]:
    """Package to extras: those that hold what serving imports; extras as the project declares them."""
    extras = {canonicalize_name(wish.name): frozenset(wish.extras) for wish in map(Requirement, declared)}
    holders = _holders()
    names = {canonicalize_name(name) for module in imported(root) for name in holders[module]}
    return {name: extras.get(name, frozenset()) for name in names}


def closure(start: Mapping[str, frozenset[str]], environment: Mapping[str, str]) -> set[str]:
    """The names of the packages in `start` and of all they require where markers have these values."""
    found: dict[str, frozenset[str]] = {}
    waiting = dict(start)
    while waiting:
        name, extras = waiting.popitem()
        if name in LEFT_OUT or (name in found and extras <= found[name]):
            continue
        found[name] = found.get(name, frozenset()) | extras
        for wish in _required(name, found[name], environment):
            waiting[canonicalize_name(wish.name)] = frozenset(wish.extras)
    return set(found)


@cache
def _holders() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


@cache
def _requirements(name: str) -> tuple[Requirement, ...]:
    return tuple(map(Requirement, metadata.requires(name) or ()))


def _required(name: str, extras: frozenset[str], environment: Mapping[str, str]) -> list[Requirement]:
    asked = [dict(environment) | {"extra": extra} for extra in ("", *extras)]
    wishes = _requirements(name)
    return [wish for wish in wishes if wish.marker is None or any(wish.marker.evaluate(values) for values in asked)]
