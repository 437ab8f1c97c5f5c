"""The parsed files of all sources, by kind of rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from etl.errors import SourceError
from etl.parsed import Parsed
from etl.source_declaration import Declaration


@dataclass(frozen=True)
class Read:
    """The declarations, and the parsed files by source, oldest release first."""

    known: Mapping[str, Declaration]
    parsed: Mapping[str, list[Parsed]]

    def of(self, rows: str) -> list[tuple[Declaration, list[Parsed]]]:
        """The sources with a kind of rows (`etl.source_declaration.ROWS`), and their releases, without `lists`."""
        return [(one, self._parts(name, lists=False)) for name, one in self.known.items() if one.rows == rows]

    def lists(self) -> list[tuple[Declaration, list[Parsed]]]:
        """The sources with lists of citizenships in a state's own register, and these lists."""
        found = ((one, self._parts(name, lists=True)) for name, one in self.known.items())
        return [(one, parts) for one, parts in found if parts]

    def _parts(self, name: str, *, lists: bool) -> list[Parsed]:
        return [one for one in self.parsed.get(name, []) if one.by_citizenship == lists]

    def only(self, rows: str) -> tuple[Declaration, list[Parsed]]:
        """The only source of a kind of rows that other tables depend on.

        Raises:
            SourceError: none is declared, or several are.
        """
        sources = self.of(rows)
        if len(sources) != 1:
            problem = f"{len(sources)} sources declare rows = {rows!r}, expected one; correct etl/sources/*.toml"
            raise SourceError(problem, source=", ".join(source.id for source, _ in sources) or "missing")
        return sources[0]

    def newest(self, rows: str) -> list[tuple[Declaration, Parsed]]:
        """The newest release of each source of a kind of rows."""
        return [(one, releases[-1]) for one, releases in self.of(rows) if releases]
