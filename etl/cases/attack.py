"""What somebody who knows every published number can compute about the hidden ones.

The cells of one indicator and year are the variables of an integer programme; their sums are its constraints, and what
is published its bounds. Years and indicators have no sum in common, so each has a programme of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from etl.cases.tables import DIMENSIONS, KEY, OVERLAPPING, TABLES, TOTAL
from etl.errors import AuditError

CellKey = tuple[str, ...]  # the values of DIMENSIONS
PublishedRange = tuple[int, int]
# Cells whose sum is the sum of their parts (most often one), the parts, and whether the parts overlap.
Relation = tuple[tuple[CellKey, ...], tuple[CellKey, ...], bool]

WHOLE: CellKey = (TOTAL,) * len(DIMENSIONS)
# Solutions of the solver are whole numbers but for its tolerance.
TOLERANCE = 1e-6
# Seconds for one programme; one that takes longer is not audited, and so not published.
LIMIT = 60.0
# What the solver says of contradicting sums.
INFEASIBLE = 2
# Solutions in random directions that show for most cells at once that they are wide.
LOOKS = 12

Numbers = npt.NDArray[np.float64]


def by_year(published: pl.DataFrame) -> dict[tuple[str, int], dict[CellKey, PublishedRange]]:
    """The intervals of published cells by indicator and year."""
    found: dict[tuple[str, int], dict[CellKey, PublishedRange]] = defaultdict(dict)
    for indicator, year, *cell, low, high in published.select(*KEY, "low", "high").iter_rows():
        found[indicator, year][tuple(cell)] = (low, high)
    return dict(found)


def relations(cells: Collection[CellKey]) -> list[Relation]:
    """The sums of all tables, which have one or two dimensions, among these cells; a cell that is not there is zero.

    The parts of small groups are not published. All such groups of a table stand as one, whose cells are parts like any
    other although nobody publishes them: the citizenship `BLZ+SUR`, say.

    Raises:
        AuditError: parts are there without their sum.
    """
    found: dict[tuple[tuple[CellKey, ...], tuple[CellKey, ...]], bool] = {}
    for table in TABLES:
        places = [DIMENSIONS.index(name) for name in table.dimensions]
        inside = {cell for cell in cells if all(at in places or value == TOTAL for at, value in enumerate(cell))}
        for name, at in zip(table.dimensions, places, strict=True):
            if margin := tuple(sorted(cell for cell in inside if cell == _at({at: cell[at]}) and cell != WHOLE)):
                found[(WHOLE,), margin] = name in OVERLAPPING
            for other in places:
                if other != at:
                    found |= dict.fromkeys(_crossed(inside, other, at), name in OVERLAPPING)
    known = set(cells)
    if any(total not in known for totals, _ in found for total in totals):
        raise AuditError("a table has parts without their sum, so it cannot be audited; nothing was published")
    return [(totals, parts, overlap) for (totals, parts), overlap in found.items()]


def _at(values: Mapping[int, str]) -> CellKey:
    """The cell with these values by place, and else totals."""
    return tuple(values.get(at, TOTAL) for at in range(len(DIMENSIONS)))


def _crossed(inside: set[CellKey], at: int, over: int) -> Iterator[tuple[tuple[CellKey, ...], tuple[CellKey, ...]]]:
    """The sums over one dimension (at place `over`) for each value of another (at place `at`)."""
    crossed = {cell for cell in inside if TOTAL not in (cell[at], cell[over])}
    if not crossed:
        return
    rows, joint_row = _groups(inside, crossed, at)
    columns, joint_column = _groups(inside, crossed, over)
    for row, totals in rows.items():
        parts = [_at({at: row, over: column}) for column in columns]
        joint = [row == joint_row or column == joint_column for column in columns]
        yield totals, tuple(part for part, always in zip(parts, joint, strict=True) if always or part in crossed)


def _groups(inside: set[CellKey], crossed: set[CellKey], at: int) -> tuple[dict[str, tuple[CellKey, ...]], str]:
    """The values of a dimension with their sums; those without parts are one, whose name comes second."""
    with_parts = {cell[at] for cell in crossed}
    without = sorted({cell[at] for cell in inside if cell == _at({at: cell[at]})} - with_parts - {TOTAL})
    groups = {value: (_at({at: value}),) for value in sorted(with_parts)}
    joint = "+".join(without)
    return groups | ({joint: tuple(_at({at: value}) for value in without)} if without else {}), joint


class Attack:
    """An attacker at the cells of one indicator and year, with all releases of them.

    Of a register that was corrected the attacker does not know which cases changed, and supposes that as few as
    possible did: the sum of the differences between two releases, over all cells that may be the same in both by what
    is published of them, is as small as it can be. Who supposes more changes knows each cell less well; who supposes
    fewer contradicts what is published. Another attacker supposes instead that cases were only added (`added`): each
    cell is at least what it was. Where what is published contradicts that, this attacker learns nothing.

    Args:
        releases: the lowest and highest number of each cell, as published; the newest release is the last.
        added: suppose that cases were only added.
    """

    def __init__(self, releases: Sequence[Mapping[CellKey, PublishedRange]], *, added: bool = False) -> None:
        sums = [relations(release) for release in releases]
        full: list[dict[CellKey, tuple[float, float]]] = [
            {part: (0.0, np.inf) for _, parts, _ in found for part in parts} | dict(release)
            for found, release in zip(sums, releases, strict=True)
        ]
        self.cells = [(number, cell) for number, release in enumerate(full) for cell in release]
        self._unpublished = np.array([cell not in releases[number] for number, cell in self.cells])
        self._at = {cell: place for place, cell in enumerate(self.cells)}
        links = [
            (self._at[number, cell], self._at[number + 1, cell])
            for number, (old, new) in enumerate(pairwise(full))
            for cell, (low, high) in old.items()
            if cell in new and (added or (low <= new[cell][1] and new[cell][0] <= high))
        ]
        self._links, self._grown = ([], links) if added else (links, [])
        bounds = np.array([interval for release in full for interval in release.values()], dtype=float)
        free = np.tile((0.0, np.inf), (len(self._links), 1))
        self._low, self._high = np.vstack([bounds.reshape(-1, 2), free]).T.copy()
        self._matrix, self._least, self._most = self._sums(sums)
        self._begin()

    def hide(self, cell: CellKey, interval: PublishedRange) -> None:
        """Publishes only an interval of a cell of the only release."""
        place = self._at[self.cells[-1][0], cell]
        self._low[place], self._high[place] = interval
        self._exact: set[int] = set()

    def slack(self) -> dict[CellKey, int]:
        """Of each cell of the newest release: the highest less the lowest number seen so far; 0 if it is exact."""
        widths = self._seen_high - self._seen_low
        last = self.cells[-1][0]
        return {
            cell: int(max(width, low < high))
            for (number, cell), width, low, high in zip(self.cells, widths, self._low, self._high, strict=False)
            if number == last
        }

    def narrowest(self, enough: float = np.inf) -> tuple[CellKey, PublishedRange] | None:
        """The hidden cell that is known most narrowly, and its lowest and highest possible number.

        A cell that nobody publishes may be known to be empty: that is no secret, as other zeros.

        Returns:
            `None` if nothing is hidden, if each cell is known to `enough` at best (highest less lowest), or if cases
            were not only added.

        Raises:
            AuditError: the published numbers contradict each other, or the solver found no answer.
        """
        hidden = np.flatnonzero(self._low[: len(self.cells)] < self._high[: len(self.cells)])
        while self._possible and hidden.size:
            widths = self._seen_high[hidden] - self._seen_low[hidden]
            place = int(hidden[np.argmin(widths)])
            if widths.min() >= enough:
                return None
            if self._looks:
                self._looks -= 1
                self._look(self._random.normal(size=hidden.size) * (widths < enough), hidden)
            elif place not in self._exact:
                for sign in (1.0, -1.0):
                    self._look(np.array([sign]), np.array([place]))
                self._exact.add(place)
            elif self._unpublished[place] and self._seen_high[place] == 0:
                hidden = hidden[hidden != place]
            else:
                return self.cells[place][1], (int(self._seen_low[place]), int(self._seen_high[place]))
        return None

    def _sums(self, releases: Sequence[Sequence[Relation]]) -> tuple[csr_array, Numbers, Numbers]:
        """The sums of each release, and the variables of the links, which are at least the change of a cell."""
        rows: list[tuple[dict[int, float], float, float]] = []
        for number, found in enumerate(releases):
            for totals, parts, overlap in found:
                row = dict.fromkeys((self._at[number, part] for part in parts), 1.0)
                whole = dict.fromkeys((self._at[number, total] for total in totals), -1.0)
                rows.append((row | whole, 0.0, np.inf if overlap else 0.0))
                rows.extend(({part: 1.0} | whole, -np.inf, 0.0) for part in row if overlap)
        rows.extend(({old: -1.0, new: 1.0}, 0.0, np.inf) for old, new in self._grown)
        for change, (old, new) in enumerate(self._links, start=len(self.cells)):
            rows.extend(({change: 1.0, old: sign, new: -sign}, 0.0, np.inf) for sign in (1.0, -1.0))
        rows.append((dict.fromkeys(range(len(self.cells), self._low.size), 1.0), 0.0, np.inf))
        entries = [(number, place, value) for number, (row, _, _) in enumerate(rows) for place, value in row.items()]
        numbers, places, values = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((values, (numbers, places)), shape=(len(rows), self._low.size))
        return matrix, np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows])

    def _begin(self) -> None:
        """No number was seen yet; of a corrected register the smallest change is computed."""
        self._random = np.random.default_rng(0)  # the same tables are protected in the same way
        self._looks = LOOKS
        self._exact = set()
        self._seen_low, self._seen_high = np.full(self._low.size, np.inf), np.full(self._low.size, -np.inf)
        self._possible = True
        changes = np.arange(len(self.cells), self._low.size)
        self._most[-1] = np.inf
        seen = self._look(np.ones(changes.size), changes)
        self._most[-1] = seen[changes].sum()
        self._seen_low, self._seen_high = seen.copy(), seen.copy()

    def _look(self, weights: Numbers, places: npt.NDArray[np.intp]) -> Numbers:
        """The possible numbers for which the weighted sum of these cells is smallest; they are kept as seen."""
        objective = np.zeros(self._low.size)
        objective[places] = weights
        bounds, sums = Bounds(self._low, self._high), LinearConstraint(self._matrix, self._least, self._most)
        # Most linear programmes have whole solutions, which are then those of the integer programme, too.
        for integrality in (0, 1):
            answer = milp(
                objective, integrality=integrality, bounds=bounds, constraints=sums, options={"time_limit": LIMIT}
            )
            if answer.status == INFEASIBLE and self._grown:
                # Cases were not only added.
                self._possible = False
                return self._seen_low
            if answer.status != 0:
                raise AuditError(
                    "the published numbers contradict each other, or the audit takes too long; nothing was published"
                )
            seen: Numbers = np.rint(answer.x)
            if np.abs(answer.x - seen).max() < TOLERANCE:
                break
        self._seen_low, self._seen_high = np.minimum(self._seen_low, seen), np.maximum(self._seen_high, seen)
        return seen


def attackers(releases: Sequence[Mapping[CellKey, PublishedRange]]) -> list[Attack]:
    """All attackers at the cells of one indicator and year: of one release there is only one."""
    return [Attack(releases), *([Attack(releases, added=True)] if len(releases) > 1 else [])]
