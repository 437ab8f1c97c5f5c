"""What answers what in the ledger: the chain from an answer up to what it is about, and the order of a thread. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

import polars as pl

# `id` of an answer; `top`, the first entry of its chain; how deep it is below it; its place in the order of reading.
SCHEMA = {"id": pl.String, "top": pl.String, "depth": pl.Int64, "place": pl.Int64}


def chains(entries: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """For each answer the ids from what it is about down to itself.

    Args:
        entries: `id` and `replies_to`, one row an id.
    """
    above = dict(entries.drop_nulls("replies_to").select("id", "replies_to").iter_rows())
    return {one: _chain(one, above) for one in above}


def _chain(one: str, above: Mapping[str, str]) -> tuple[str, ...]:
    found = [one]
    # Nothing accepted answers itself; a damaged table must not keep a page for ever.
    while (up := above.get(found[-1])) and up not in found:
        found.append(up)
    return tuple(reversed(found))


def answering(entries: pl.DataFrame) -> pl.DataFrame:
    """The answers among some entries (`SCHEMA`): each after what it answers, of several the earliest first.

    Args:
        entries: `id`, `replies_to` and `date`, one row an id.
    """
    threads, ids = chains(entries), set(entries["id"])
    rows = []
    for place, one in enumerate(_ordered(threads, entries)):
        chain = threads[one]
        known = [entry for entry in chain if entry in ids]
        rows.append((one, known[0], len(known) - 1, place))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def belonging(entries: pl.DataFrame, held: Collection[str]) -> list[str]:
    """The answers that go with some entries: to one of them, to such an answer, or to a figure, which is no entry.

    Args:
        entries: as those of `answering`.
        held: the ids of the entries.
    """
    shown, ids = set(held), set(entries["id"])
    return [one for one, chain in chains(entries).items() if chain[0] not in ids or not shown.isdisjoint(chain[:-1])]


def below(entries: pl.DataFrame, to: Collection[str]) -> pl.DataFrame:
    """What answers entries, figures or flows, and what answers those, to the last: the rows in the order of a thread.

    Args:
        entries: as those of `answering`.

    Returns:
        the columns of `entries`, and `depth`: 0 for what answers one of `to` itself.
    """
    under = {one: chain for one, chain in chains(entries).items() if not set(to).isdisjoint(chain[:-1])}
    depths = {one: min(n for n, up in enumerate(reversed(chain[:-1])) if up in to) for one, chain in under.items()}
    rows = [(one, depths[one], place) for place, one in enumerate(_ordered(under, entries))]
    order = pl.DataFrame(rows, schema={"id": pl.String, "depth": pl.Int64, "place": pl.Int64}, orient="row")
    return entries.join(order, on="id", how="inner", validate="1:1").sort("place").drop("place")


def _ordered(threads: Mapping[str, tuple[str, ...]], entries: pl.DataFrame) -> list[str]:
    days: dict[str, date | None] = dict(entries.select("id", "date").iter_rows())
    keys = {one: (days.get(one) is None, days.get(one) or date.min, one) for chain in threads.values() for one in chain}
    return sorted(threads, key=lambda one: [keys[up] for up in threads[one]])
