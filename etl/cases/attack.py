"""What somebody who knows every published number can compute about the hidden ones.

The cells of one indicator and year are the variables of an integer programme; their sums are its constraints, and what
is published its bounds. Years and indicators have no sum in common, so each has a programme of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from etl.cases.tables import DIMENSIONS, OVERLAPPING, TABLES, TOTAL
from etl.errors import AuditError

Cell = tuple[str, ...]  # the values of DIMENSIONS
Interval = tuple[int, int]
Relation = tuple[Cell, tuple[Cell, ...], bool]  # a sum, its parts, and whether the parts overlap

WHOLE: Cell = (TOTAL,) * len(DIMENSIONS)
# Solutions of the solver are whole numbers but for its tolerance.
TOLERANCE = 1e-6
# Seconds for one programme; one that takes longer is not audited, and so not published.
LIMIT = 60.0
# Solutions in random directions that show for most cells at once that they are wide.
LOOKS = 12

Numbers = npt.NDArray[np.float64]


def relations(cells: Collection[Cell]) -> list[Relation]:
    """The sums of all tables among these cells; a cell that is not there is zero.

    Raises:
        AuditError: parts are there without their sum.
    """
    found: dict[tuple[Cell, tuple[Cell, ...]], bool] = {}
    for table in TABLES:
        own = [name in table.dimensions for name in DIMENSIONS]
        inside = [cell for cell in cells if all(has or value == TOTAL for has, value in zip(own, cell, strict=True))]
        for dimension in table.dimensions:
            at = DIMENSIONS.index(dimension)
            parts: dict[Cell, list[Cell]] = defaultdict(list)
            for cell in inside:
                if cell[at] != TOTAL:
                    parts[*cell[:at], TOTAL, *cell[at + 1 :]].append(cell)
            found |= {(total, tuple(sorted(group))): dimension in OVERLAPPING for total, group in parts.items()}
    known = set(cells)
    if any(total not in known for total, _ in found):
        raise AuditError("a table has parts without their sum, so it cannot be audited; nothing was published")
    return [(total, parts, overlap) for (total, parts), overlap in found.items()]


class Attack:
    """An attacker at the cells of one indicator and year, with all releases of them.

    Of a register that was corrected the attacker does not know which cases changed, and supposes that as little as
    possible did: the sum of all differences between the same cells of two releases is as small as what is published
    allows. To suppose more leaves each cell wider; to suppose less contradicts what is published.

    Args:
        releases: the lowest and highest number of each cell, as published; the newest release is the last.
    """

    def __init__(self, releases: Sequence[Mapping[Cell, Interval]]) -> None:
        self.cells = [(number, cell) for number, release in enumerate(releases) for cell in release]
        self._at = {cell: place for place, cell in enumerate(self.cells)}
        self._links = [
            (self._at[number, cell], self._at[number + 1, cell])
            for number, (old, new) in enumerate(zip(releases, releases[1:], strict=False))
            for cell in old
            if cell in new
        ]
        bounds = np.array([interval for release in releases for interval in release.values()], dtype=float)
        free = np.tile((0.0, np.inf), (len(self._links), 1))
        self._low, self._high = np.vstack([bounds.reshape(-1, 2), free]).T.copy()
        self._rows = self._sums([relations(release) for release in releases])
        self._forget()

    def hide(self, cell: Cell, interval: Interval) -> None:
        """Publishes only an interval of a cell of the newest release."""
        place = self._at[self.cells[-1][0], cell]
        self._low[place], self._high[place] = interval
        if self._links:
            self._forget()  # fewer changes may now be enough, so what was possible may not be so any more
        self._exact: set[int] = set()

    def narrowest(self, enough: float = np.inf) -> tuple[Cell, Interval] | None:
        """The hidden cell that is known most narrowly, and its lowest and highest possible number.

        Returns:
            `None` if nothing is hidden, or if each cell is known to `enough` at best (highest less lowest).

        Raises:
            AuditError: the published numbers contradict each other, or the solver found no answer.
        """
        hidden = np.flatnonzero(self._low[: len(self.cells)] < self._high[: len(self.cells)])
        if not hidden.size:
            return None
        while True:
            widths = self._seen_high[hidden] - self._seen_low[hidden]
            place = int(hidden[np.argmin(widths)])
            if widths.min() >= enough:
                return None
            if self._looks:
                self._looks -= 1
                self._look(self._random.normal(size=hidden.size) * (widths < enough), hidden)
            elif place in self._exact:
                return self.cells[place][1], (int(self._seen_low[place]), int(self._seen_high[place]))
            else:
                for sign in (1.0, -1.0):
                    self._look(np.array([sign]), np.array([place]))
                self._exact.add(place)

    def _sums(self, releases: Sequence[Sequence[Relation]]) -> LinearConstraint:
        """The sums of each release, and the variables of the links, which are at least the change of a cell."""
        rows: list[tuple[dict[int, float], float, float]] = []
        for number, found in enumerate(releases):
            for total, parts, overlap in found:
                row = dict.fromkeys((self._at[number, part] for part in parts), 1.0)
                whole = self._at[number, total]
                rows.append(({**row, whole: -1.0}, 0.0, np.inf if overlap else 0.0))
                rows.extend(({part: 1.0, whole: -1.0}, -np.inf, 0.0) for part in row if overlap)
        for change, (old, new) in enumerate(self._links, start=len(self.cells)):
            rows.extend(({change: 1.0, old: sign, new: -sign}, 0.0, np.inf) for sign in (1.0, -1.0))
        rows.append((dict.fromkeys(range(len(self.cells), self._low.size), 1.0), 0.0, np.inf))
        entries = [(number, place, value) for number, (row, _, _) in enumerate(rows) for place, value in row.items()]
        numbers, places, values = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((values, (numbers, places)), shape=(len(rows), self._low.size))
        return LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])

    def _forget(self) -> None:
        """Starts again: no number was seen yet, and of a corrected register the smallest change is computed."""
        self._random = np.random.default_rng(0)  # the same tables are protected in the same way
        self._looks = LOOKS
        self._exact = set()
        self._seen_low, self._seen_high = np.full(self._low.size, np.inf), np.full(self._low.size, -np.inf)
        changes = np.arange(len(self.cells), self._low.size)
        self._rows.ub[-1] = np.inf
        seen = self._look(np.ones(changes.size), changes)
        self._rows.ub[-1] = seen[changes].sum()
        self._seen_low, self._seen_high = seen.copy(), seen.copy()

    def _look(self, weights: Numbers, places: npt.NDArray[np.intp]) -> Numbers:
        """The possible numbers for which the weighted sum of these cells is smallest; they are kept as seen."""
        objective = np.zeros(self._low.size)
        objective[places] = weights
        bounds = Bounds(self._low, self._high)
        # Most linear programmes have whole solutions, which are then those of the integer programme, too.
        for integrality in (0, 1):
            answer = milp(
                objective, integrality=integrality, bounds=bounds, constraints=self._rows, options={"time_limit": LIMIT}
            )
            if answer.status != 0:
                raise AuditError(
                    "the published numbers contradict each other, or the audit takes too long; nothing was published"
                )
            seen: Numbers = np.rint(answer.x)
            if np.abs(answer.x - seen).max() < TOLERANCE:
                break
        self._seen_low, self._seen_high = np.minimum(self._seen_low, seen), np.maximum(self._seen_high, seen)
        return seen
