"""All figures by name: each `Figure` that a module of a subject declares."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from dashboard import subjects
from dashboard.views.figure import Figure


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure by name.

    Raises:
        ValueError: two figures have one name.
    """
    found: dict[str, Figure] = {}
    for module in pkgutil.walk_packages(subjects.__path__, f"{subjects.__name__}."):
        if module.name == __name__:
            continue
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, Figure) and found.setdefault(one.name, one) is not one:
                raise ValueError(f"{module.name}: another figure has the name {one.name!r}: choose another one")
    return found
