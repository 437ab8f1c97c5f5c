"""Caches that count their bytes: together they keep at most `MOST_BYTES`, whatever readers ask for.

As with `functools.lru_cache`, each function keeps at most a number of results. Beyond the bytes, the result that was
least recently used goes first, of whichever function.
"""

import sys
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import update_wrapper
from itertools import count
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar

import polars as pl

P = ParamSpec("P")
R = TypeVar("R")
Key = tuple[Hashable, ...]
MOST_BYTES = 256_000_000
# A long list is weighed by some of its items; a value by at most so many of its parts.
SAMPLE = 32
PARTS = 8192
# Text, bytes and numbers: nothing within them.
PLAIN = (str, bytes, bytearray, int, float, bool, type(None))


class Account:
    """What all caches keep together: the bytes of each result, the least recently used first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.bytes = 0
        self.lock = RLock()
        self._weights: OrderedDict[tuple[int, Key], int] = OrderedDict()
        self._caches: weakref.WeakValueDictionary[int, Kept[Any, Any]] = weakref.WeakValueDictionary()
        self._numbers = count()

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._weights)

    def register(self, cache: "Kept[Any, Any]") -> int:
        """The number of a new cache; its results are forgotten with it."""
        number = next(self._numbers)
        self._caches[number] = cache
        # Not when the process ends: its threads may still read.
        weakref.finalize(cache, self.forget, number).atexit = False
        return number

    def touch(self, number: int, key: Key) -> None:
        """Note that a result was used."""
        self._weights.move_to_end((number, key))

    def add(self, number: int, key: Key, weight: int) -> None:
        """Note a new result, and drop old ones if there are too many bytes."""
        self.bytes += weight - self._weights.pop((number, key), 0)
        self._weights[number, key] = weight
        while self.bytes > self.most and len(self._weights) > 1:
            (owner, old), freed = self._weights.popitem(last=False)
            self.bytes -= freed
            if cache := self._caches.get(owner):
                cache.drop(old)

    def remove(self, number: int, key: Key) -> None:
        """Note that a result is gone."""
        self.bytes -= self._weights.pop((number, key), 0)

    def forget(self, number: int) -> None:
        """Note that all results of a cache are gone."""
        with self.lock:
            for key in [key for key in self._weights if key[0] == number]:
                self.bytes -= self._weights.pop(key)


LEDGER = Account()


class Kept(Generic[P, R]):
    """A function whose last results are kept, with the interface of `functools.lru_cache`.

    Args:
        most: how many results.
        skipped: how many of the first arguments weigh nothing, such as the tables of a snapshot.
    """

    def __init__(self, function: Callable[P, R], most: int, *, skipped: int = 0, ledger: Account = LEDGER) -> None:
        self._function, self.most, self._skipped, self._ledger = function, most, skipped, ledger
        self._results: OrderedDict[Key, R] = OrderedDict()
        self._number = ledger.register(self)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **options: P.kwargs) -> R:
        """The kept result, or a new one."""
        key = _key(args, options)
        kept = self._look(key)
        if kept:
            return kept[0]
        result = self._function(*args, **options)
        weight = weigh((args[self._skipped :], options, result))
        with self._ledger.lock:
            self._results[key] = result
            if len(self._results) > self.most:
                old, _ = self._results.popitem(last=False)
                self._ledger.remove(self._number, old)
            self._ledger.add(self._number, key, weight)
        return result

    def found(self, *args: P.args, **options: P.kwargs) -> R | None:
        """The kept result; None if there is none."""
        return next(iter(self._look(_key(args, options))), None)

    def _look(self, key: Key) -> tuple[R] | tuple[()]:
        """The kept result, if there is one, which is then the one used last."""
        with self._ledger.lock:
            if key not in self._results:
                return ()
            self._results.move_to_end(key)
            self._ledger.touch(self._number, key)
            return (self._results[key],)

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._results)

    def drop(self, key: Key) -> None:
        """Drop one result; called by the ledger, which has noted it."""
        self._results.pop(key, None)

    def cache_clear(self) -> None:
        """Drop all results."""
        with self._ledger.lock:
            self._results.clear()
            self._ledger.forget(self._number)


def _key(args: tuple[Any, ...], options: Mapping[str, Any]) -> Key:
    return (args, tuple(sorted(options.items()))) if options else (args,)


def weigh(value: object) -> int:
    """About how many bytes a value takes, with all that it refers to."""
    seen: set[int] = set()
    weight, waiting = 0.0, [(value, 1.0)]
    while waiting and len(seen) < PARTS:
        one, times = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, pl.DataFrame | pl.Series):
            weight += times * one.estimated_size()
            continue
        weight += times * sys.getsizeof(one, 64)
        if not isinstance(one, PLAIN):
            parts = _parts(one)
            sample = parts[:: max(1, -(-len(parts) // SAMPLE))]
            waiting += [(part, times * len(parts) / len(sample)) for part in sample]
    return int(weight)


def _parts(value: object) -> list[object]:
    """What a value refers to."""
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return [*value]
    if isinstance(value, pl.LazyFrame | type) or callable(value):
        return []
    slots = [getattr(value, name, None) for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    return [*getattr(value, "__dict__", {}).values(), *slots]
