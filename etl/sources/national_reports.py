"""Accepted reports, reviews, replies and corrections from states, the General Secretariat and reviewers."""

import polars as pl

from data.report.accepted import AcceptedError
from data.report.accepted import parse as accepted
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "national_reports"


def parse(content: bytes, file: str) -> Parsed:
    """Parse an accepted report.

    Returns:
        one row an entry: `kind` (data.report.order.KINDS), `actor`, and the columns of `AcceptedEntries`;
        the release is the day on which it was accepted, the part its kind, area, period and version.

    Raises:
        SourceError: it is not a valid accepted report.
    """
    try:
        report = accepted(content, file)
    except AcceptedError as error:
        raise SourceError(error.problem, source=SOURCE, file=file) from error
    head = report.head
    return Parsed(
        rows=report.entries.with_columns(kind=pl.lit(head["kind"]), actor=pl.lit(head["area"])),
        release=head["accepted"],
        release_basis="day of acceptance, in the file",
        read=report.entries.height,
        kept=report.entries.height,
        part=file.removesuffix(".json"),
    )
