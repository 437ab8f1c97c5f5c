"""The errors of a build, as one tree.

    AtalayaError                 exit status 1, nothing published
    ├── FetchError               a publisher could not be reached, or answered with a refusal
    ├── SourceError              a file is not what its source declares (names source, file, sheet, row)
    ├── PublishError             the tables break the snapshot's contract
    ├── BusyError                another build is running in the same folders
    ├── CasesError               a layout or case records have faults; nothing was written
    ├── AuditError               tables of case records would reveal a protected number, or cannot be audited
    ├── RefusedError             the workbook of a report has faults; nothing was accepted
    └── HeldError                a check failed; a person decides

Something merely *new* in known columns is not an error but a `Finding`, listed in the manifest (exit status 2).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from etl.parsed import Finding

# Characters kept of each end of a very long error.
LONGEST = 1000


class AtalayaError(Exception):
    """Base of all errors that this package raises on purpose; the text is one line, for a person."""

    def __init__(self, text: str) -> None:
        # Texts of a publisher or the system may have several lines, contain a lone surrogate that cannot be printed, or
        # be a whole page; the remedy is at the end.
        line = " ".join(text.splitlines()).encode("utf-8", "backslashreplace").decode()
        super().__init__(line if len(line) <= 2 * LONGEST else f"{line[:LONGEST]} … {line[-LONGEST:]}")


class FetchError(AtalayaError):
    """A publisher could not be reached, or refused the request; or a file of a source is missing."""


class BusyError(AtalayaError):
    """Another build is running in the same folders."""


class AuditError(AtalayaError):
    """Tables of case records would reveal a protected number, or cannot be audited; nothing was published."""


class PublishError(AtalayaError):
    """The tables break the contract of the snapshot; nothing was published.

    Args:
        problem: what is wrong and what to do.
        findings: what a person should look at to correct it.
    """

    def __init__(self, problem: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(problem)
        self.findings = findings


class Failed(Protocol):
    """A failed check: its name, what it found, what was expected."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def saw(self) -> str: ...  # noqa: D102
    @property
    def expected(self) -> str: ...  # noqa: D102


class HeldError(AtalayaError):
    """A build that a person has to accept: figures jumped, a source changed size, or something is gone.

    Args:
        failed: the checks that failed.
        new: in words, the files of the affected sources that the previous snapshot does not have.
        aside: the folders into which the downloaded ones were moved.
        page: the file that lists all changes.
    """

    def __init__(
        self, failed: Sequence[Failed], new: str = "", aside: Sequence[Path] = (), page: Path | None = None
    ) -> None:
        seen = "; ".join(f"{check.name}: {check.saw}, expected {check.expected}" for check in failed)
        places = f"; until then the new downloads are in {', '.join(map(str, aside))} and not used" if aside else ""
        listed = f" ({page} lists every change)" if page else ""
        super().__init__(
            f"checks failed, nothing was published ({seen}); compare {new or 'the figures'} with the publisher's"
            f'{listed}, and if they are right build again with --accept "why they are right" --by NAME{places}'
        )


class SourceError(AtalayaError):
    """A raw file is not what its source declares.

    Args:
        problem: what is wrong and what to do, as a sentence without the place.
        source, file, sheet, row: the place, as far as known (row as in a spreadsheet, from 1).
    """

    def __init__(self, problem: str, *, source: str, file: str = "", sheet: str = "", row: int | None = None) -> None:
        place = [f"source {source}", f"file {file}" * bool(file), f"sheet {sheet}" * bool(sheet)]
        place.append("" if row is None else f"row {row}")
        super().__init__(f"{', '.join(filter(None, place))}: {problem}")


class RefusedError(AtalayaError):
    """A workbook has faults and was not accepted; `lines` list them, in the workbook's language."""

    def __init__(self, file: str, lines: list[str]) -> None:
        super().__init__(f"{file} was not accepted")
        self.lines = lines


class CasesError(AtalayaError):
    """A layout or the records of a case register have faults; nothing was written.

    Args:
        problem: what is wrong and what to do, never with a value of a record.
        faults: each fault by file, row, column and rule.
    """

    def __init__(self, problem: str, faults: Sequence[str] = ()) -> None:
        super().__init__(problem)
        self.faults = faults
