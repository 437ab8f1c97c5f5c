"""What can go wrong in a build, as one tree.

    AtalayaError                 exit status 1, nothing published
    ├── FetchError               a publisher could not be reached, or answered with a refusal
    ├── SourceError              a file is not what its source declares (names source, file, sheet, row)
    ├── PublishError             the tables break the snapshot's contract
    ├── BusyError                another build is running in the same folders
    ├── RefusedError             a workbook of a report has faults, and nothing of it was taken
    └── HeldError                a check failed, and a person's word is wanted

Something merely *new* in known columns is not an error but a `Finding`, listed in the manifest (exit status 2).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from etl.parsed import Finding

# Half of the longest text of an error, in letters.
LONGEST = 1000


class AtalayaError(Exception):
    """Base of every error this package raises on purpose; its text is one line, meant for a person."""

    def __init__(self, text: str) -> None:
        # Words of a publisher or the system may go over several lines, hold half a letter that cannot be printed, or be
        # a whole page in one cell; the remedy is at the end.
        line = " ".join(text.splitlines()).encode("utf-8", "backslashreplace").decode()
        super().__init__(line if len(line) <= 2 * LONGEST else f"{line[:LONGEST]} … {line[-LONGEST:]}")


class FetchError(AtalayaError):
    """A publisher could not be reached, or its answer is a refusal."""


class BusyError(AtalayaError):
    """Another build is running in the same folders."""


class PublishError(AtalayaError):
    """The tables break the contract of the snapshot; nothing was published.

    Args:
        problem: what is wrong and what to do.
        findings: what a person should look at to mend it.
    """

    def __init__(self, problem: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(problem)
        self.findings = findings


class Failed(Protocol):
    """A check that failed: what it is about, what it saw, what was expected."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def saw(self) -> str: ...  # noqa: D102
    @property
    def expected(self) -> str: ...  # noqa: D102


class HeldError(AtalayaError):
    """A build held until a person accepts it: figures jumped, a source changed its size, or something is gone.

    Args:
        failed: the checks that failed.
        new: the files that the snapshot before does not know, of the sources whose checks failed, in words.
        aside: the folders to which those that were downloaded were moved.
    """

    def __init__(self, failed: Sequence[Failed], new: str = "", aside: Sequence[Path] = ()) -> None:
        seen = "; ".join(f"{check.name}: {check.saw}, expected {check.expected}" for check in failed)
        places = f"; until then what was downloaded lies in {', '.join(map(str, aside))}, out of use" if aside else ""
        super().__init__(
            f"held, nothing was published ({seen}); compare {f'{new} ' if new else ''}with the publisher, and if it is "
            f'right build again with --accept "why it is right"{places}'
        )


class SourceError(AtalayaError):
    """A raw file is not what its source declares.

    Args:
        problem: what is wrong and what to do, as a sentence without the place.
        source, file, sheet, row: the place, as far as it is known (row as a spreadsheet shows it, from 1).
    """

    def __init__(self, problem: str, *, source: str, file: str = "", sheet: str = "", row: int | None = None) -> None:
        place = [f"source {source}", f"file {file}" * bool(file), f"sheet {sheet}" * bool(sheet)]
        place.append("" if row is None else f"row {row}")
        super().__init__(f"{', '.join(filter(None, place))}: {problem}")


class RefusedError(AtalayaError):
    """A workbook has faults, and nothing was taken from it; `lines` list them, in the workbook's language."""

    def __init__(self, file: str, lines: list[str]) -> None:
        super().__init__(f"{file} was not accepted")
        self.lines = lines
