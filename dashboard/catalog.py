"""All pages and figures by name: each `Page` and `Figure` that a module of a subject declares."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from dashboard import subjects
from dashboard.views.figure import Figure
from dashboard.views.filters import Spec
from dashboard.views.page import Page

T = TypeVar("T")


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure by name; ValueError if two have one name."""
    return _named(_declared(Figure), lambda one: one.name)


@cache
def pages() -> Mapping[str, Page]:
    """Every page by its slug; ValueError if two have one slug."""
    return _named(_declared(Page), lambda one: one.slug)


def filters_of(slug: str) -> tuple[Spec[Any], ...]:
    """The parameters of the address of a page: its filters, and the rows that it can open; none if there is no page."""
    declared = pages().get(slug)
    return declared.filters if declared else ()


def _declared(kind: type[T]) -> Iterator[tuple[str, T]]:
    """The objects of a kind, with the module that declares or imports them."""
    for module in pkgutil.walk_packages(subjects.__path__, f"{subjects.__name__}."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, kind):
                yield module.name, one


def _named(declared: Iterator[tuple[str, T]], name: Callable[[T], str]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for module, one in declared:
        if found.setdefault(name(one), one) is not one:
            raise ValueError(f"{module}: another one has the name {name(one)!r}: choose another name")
    return found
