"""Invented cases, their plain counts, and attackers that use no code of the product. Nothing here is ever shown."""

from collections import Counter
from itertools import product

import numpy as np
import polars as pl
from scipy.optimize import LinearConstraint, linprog, milp

NAMES = ("sex", "age", "form", "origin", "destination")
SEXES, AGES, FORMS = ("female", "male"), ("adult", "minor"), ("labor", "sexual")
INDICATOR, YEAR = "detected_victims", 2020


def counted(cases, year=YEAR):
    """Counts cases (sex, age, forms, origin, destination), with all sums, and zeros of forms, sexes and ages."""
    cells = Counter({("total",) * 5: 0})
    cells.update({("total", "total", form, "total", "total"): 0 for form in FORMS})
    cells.update(dict.fromkeys(product((*SEXES, "total"), (*AGES, "total"), ["total"], ["total"], ["total"]), 0))
    for sex, age, forms, origin, destination in cases:
        keys = set(product((sex, "total"), (age, "total"), ["total"], ["total"], ["total"]))
        keys |= set(product(["total"], ["total"], ["total"], (origin, "total"), (destination, "total")))
        keys |= {("total", "total", form, "total", "total") for form in forms}
        cells.update(keys)
    rows = [(INDICATOR, year, *cell, count) for cell, count in sorted(cells.items())]
    schema = {"indicator": pl.String, "year": pl.Int64, **dict.fromkeys(NAMES, pl.String), "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def cases(number, random, origins=2, destinations=2):
    """Invented cases: few groups are large, most are small."""
    one = 1 / np.arange(1, origins + 1) ** 1.3
    two = 1 / np.arange(1, destinations + 1) ** 2.0
    return [
        (
            SEXES[int(random.random() < 0.3)],
            AGES[int(random.random() < 0.35)],
            FORMS if (drawn := random.random()) < 0.1 else (FORMS[int(drawn < 0.75)],),
            f"C{random.choice(origins, p=one / one.sum()):02}",
            f"D{random.choice(destinations, p=two / two.sum()):02}",
        )
        for _ in range(number)
    ]


def intervals(published):
    """What is published, by the five values of a cell."""
    return {tuple(row[name] for name in NAMES): (row["low"], row["high"]) for row in published.to_dicts()}


def truth(frame):
    return {tuple(row[name] for name in NAMES): row["count"] for row in frame.to_dicts()}


def _crossed(shown, first, second):
    """The two sides of a table, and what a reader knows of each cell inside: all between the bounds of its groups."""
    at, over = NAMES.index(first), NAMES.index(second)

    def cell(one, two):
        return tuple(one if place == at else two if place == over else "total" for place in range(5))

    rows = sorted({key[at] for key in shown} - {"total"})
    columns = sorted({key[over] for key in shown} - {"total"})
    inside = {cell(one, two): (one, two) for one in rows for two in columns}
    known_rows = {one for key, (one, _) in inside.items() if key in shown}
    known_columns = {two for key, (_, two) in inside.items() if key in shown}
    bounds = {}
    for key, (one, two) in inside.items():
        most = min(shown[cell(one, "total")][1], shown[cell("total", two)][1])
        absent = (0, 0) if one in known_rows and two in known_columns else (0, most)
        low, high = shown.get(key, absent)
        bounds[key] = (low, min(high, most))
    margins = {cell(one, "total"): [cell(one, two) for two in columns] for one in rows}
    margins |= {cell("total", two): [cell(one, two) for one in rows] for two in columns}
    return bounds, margins


WHOLE = ("total",) * 5


def enumerate_all(published):
    """The lowest and highest number of each cell, by trying all whole numbers that fit."""
    shown = intervals(published)
    tables = []
    for first, second in (("sex", "age"), ("origin", "destination")):
        bounds, margins = _crossed(shown, first, second)
        if not bounds:
            continue
        grids = np.meshgrid(*(np.arange(low, high + 1) for low, high in bounds.values()), indexing="ij")
        values = {key: grid.ravel() for key, grid in zip(bounds, grids, strict=True)}
        inside = list(values.values())
        values |= {key: sum(values[part] for part in parts) for key, parts in margins.items()}
        values[WHOLE] = sum(inside)
        tables.append(values)
    forms = [key for key in shown if key[2] != "total"]
    if forms:
        grids = np.meshgrid(*(np.arange(shown[key][0], shown[key][1] + 1) for key in [*forms, WHOLE]), indexing="ij")
        values = {key: grid.ravel() for key, grid in zip([*forms, WHOLE], grids, strict=True)}
        counts = [values[key] for key in forms]
        fits = (np.max(counts, axis=0) <= values[WHOLE]) & (sum(counts) >= values[WHOLE])
        tables.append({key: value[fits] for key, value in values.items()})
    whole = set(range(shown[WHOLE][0], shown[WHOLE][1] + 1))
    for number, values in enumerate(tables):
        fits = np.all([(v >= shown[k][0]) & (v <= shown[k][1]) for k, v in values.items() if k in shown], axis=0)
        tables[number] = {key: value[fits] for key, value in values.items()}
        whole &= set(tables[number][WHOLE].tolist())
    found = {WHOLE: (min(whole), max(whole))}
    for values in tables:
        fits = np.isin(values[WHOLE], list(whole))
        found |= {key: (int(value[fits].min()), int(value[fits].max())) for key, value in values.items()}
    return found


def _sums(published):
    """The cells inside the crossed tables of a release, their bounds, and each sum with its parts."""
    shown = intervals(published)
    tables = [_crossed(shown, *names) for names in (("sex", "age"), ("origin", "destination"))]
    bounds = {key: bound for own, _ in tables for key, bound in own.items()}
    sums = [(key, parts) for _, margins in tables for key, parts in margins.items()]
    wholes = [list(own) for own, _ in tables if own]
    return shown, bounds, sums, wholes


def programme(*releases):
    """The same for larger tables, as linear programmes over the cells inside only: each sum is written out.

    Of several releases it is supposed that cases were only added. The bounds are of the last one; None if cases cannot
    only have been added.
    """
    blocks = [_sums(published) for published in releases]
    at = {}
    for number, (_, bounds, _, _) in enumerate(blocks):
        at |= {(number, key): len(at) + place for place, key in enumerate(bounds)}

    def row(number, parts):
        found = np.zeros(len(at))
        found[[at[number, part] for part in parts]] = 1
        return found

    rows, most, equal, before = [], [], [np.zeros(len(at))], {}
    for number, (shown, bounds, sums, wholes) in enumerate(blocks):
        cells = {key: row(number, [key]) for key in bounds}
        for key, parts in [*sums, *((WHOLE, whole) for whole in wholes)]:
            cells[key] = row(number, parts)
            rows += [cells[key], -cells[key]]
            most += [shown[key][1], -shown[key][0]]
        equal += [cells[WHOLE] - row(number, whole) for whole in wholes]
        grown = [before[key] - cells[key] for key in before.keys() & cells.keys()]
        rows, most, before = rows + grown, most + [0] * len(grown), cells
    limits = [bound for _, bounds, _, _ in blocks for bound in bounds.values()]
    found = {}
    for key, aim in before.items():
        if key in shown and shown[key][0] == shown[key][1]:
            continue
        answers = [linprog(sign * aim, np.array(rows), most, equal, [0] * len(equal), limits) for sign in (1, -1)]
        if len(releases) > 1 and answers[0].status == 2:
            return None
        assert all(answer.status == 0 for answer in answers)
        found[key] = (np.ceil(answers[0].fun - 1e-6), np.floor(1e-6 - answers[1].fun))
    return found


def difference(first, second):
    """What who lays two releases side by side knows of the second one, supposing as few corrections as possible.

    They are counted by the cells inside the crossed tables: a person who came, went or is now in another cell. An
    integer programme over these cells of both releases. Empty if the releases have no such cell in common.
    """
    blocks = [_sums(published) for published in (first, second)]
    names = [(number, key) for number, (_, bounds, _, _) in enumerate(blocks) for key in bounds]
    both = [key for key in blocks[0][1] if key in blocks[1][1]]
    at = {name: place for place, name in enumerate([*names, *both])}

    def row(*parts):
        return np.bincount([at[part] for part in parts], minlength=len(at))

    def lowest(aim):
        answer = milp(aim, integrality=1, constraints=LinearConstraint(*zip(*limits, strict=True)))
        assert answer.status == 0
        return round(answer.fun)

    if not both:
        return {}
    limits = [limit for number, block in enumerate(blocks) for limit in _limits(number, *block, row)]
    for key in both:
        grown = row((1, key)) - row((0, key))
        limits += [(row(key) + grown, 0, np.inf), (row(key) - grown, 0, np.inf)]
    limits.append((row(*both), 0, lowest(row(*both))))
    shown, bounds, sums, wholes = blocks[1]
    cells = {key: [key] for key in bounds} | dict(sums) | {WHOLE: wholes[0]}
    hidden = {key: parts for key, parts in cells.items() if key not in shown or shown[key][0] < shown[key][1]}
    aims = {key: row(*((1, part) for part in parts)) for key, parts in hidden.items()}
    return {key: (lowest(aim), -lowest(-aim)) for key, aim in aims.items()}


def _limits(number, shown, bounds, sums, wholes, row):
    """What is published of a release: sums of the cells inside with the least and the most that they can be."""

    def together(parts):
        return row(*((number, part) for part in parts))

    every = {(key, (key,)): limit for key, limit in bounds.items()}
    every |= {(key, tuple(parts)): shown[key] for key, parts in [*sums, *((WHOLE, whole) for whole in wholes)]}
    yield from ((together(parts), *limit) for (_, parts), limit in every.items())
    yield from ((together(whole) - together(wholes[0]), 0, 0) for whole in wholes[1:])
