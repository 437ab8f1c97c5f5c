"""What states, the General Secretariat and reviewers sent in, as accepted: reports, reviews, replies, corrections."""

import polars as pl

from data.report.kept import KeptError
from data.report.kept import parse as accepted
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "national_reports"


def parse(content: bytes, file: str) -> Parsed:
    """Read an accepted report.

    Returns:
        one row an entry: `kind` (data.report.asked.KINDS), `actor`, and the columns of data.report.kept.Entries;
        the release is the day on which it was accepted, the part its kind, area, period and version.

    Raises:
        SourceError: it is not as it was accepted.
    """
    try:
        kept = accepted(content, file)
    except KeptError as error:
        raise SourceError(error.problem, source=SOURCE, file=file) from error
    head = kept.head
    return Parsed(
        rows=kept.entries.with_columns(kind=pl.lit(head["kind"]), actor=pl.lit(head["area"])),
        release=head["accepted"],
        release_basis="day of acceptance, in the file",
        read=kept.entries.height,
        kept=kept.entries.height,
        part=file.removesuffix(".json"),
    )
