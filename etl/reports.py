"""The two commands of national reports: write a workbook to fill in, and accept a filled one."""

from datetime import date
from pathlib import Path

from data.i18n import DEFAULT, language
from data.report import faults, package, store
from data.report.accepted import AcceptedError, parse
from data.report.faults import Fault
from data.report.order import Order
from data.report.reading import Reading, read
from data.report.receipt import receipt
from data.report.targets import targets
from data.report.template import template
from data.snapshot import Snapshot
from etl.errors import AtalayaError, RefusedError


def write_template(order: Order, today: date, named: str | None) -> Path:
    """Write the workbook of an order, under the given name or a default one in the working directory.

    Raises:
        AtalayaError: the file is there already, or cannot be written.
    """
    path = Path(named or f"atalaya-{order.kind}-{order.area}-{order.period}-{order.language.code}.xlsx")
    try:
        with path.open("xb") as file:
            file.write(template(order, today))
    except FileExistsError as error:
        # It may be one that somebody has filled in.
        raise AtalayaError(f"{path} already exists; name another file with --out, or remove it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AtalayaError(f"{str(path)!r} cannot be written ({reason}); name another file with --out") from error
    return path


def accept(file: str, snapshot: Snapshot, today: date, folder: Path) -> tuple[Path, Reading]:
    """Read a workbook and store its entries, all or none.

    Args:
        snapshot: the published one; its entries and figures may be answered.
        folder: the folder of accepted reports.

    Raises:
        RefusedError: the workbook has faults.
        AtalayaError: the workbook or the folder cannot be read or written.
    """
    content = _content(file)
    try:
        reading = read(content, today, store.with_accepted(targets(snapshot.table), folder))
        again = store.repeated(content, folder, reading.language or language(DEFAULT))
        if problems := ([again] if again else list(reading.faults)):
            raise _refused(file, problems, reading)
        return store.add(reading, content, today, folder), reading
    except (AcceptedError, OSError) as error:
        raise AtalayaError(str(error)) from error


def receipt_for(stored: Path, named: str | None) -> str:
    """The receipt for an accepted report; it is also written to a file if one is named.

    Raises:
        AtalayaError: the file cannot be written. The report is accepted all the same.
    """
    words = receipt(parse(stored.read_bytes(), stored.name))
    if named is not None:
        try:
            Path(named).write_text(words, encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise AtalayaError(
                f"{stored} is accepted, but its receipt cannot be written to {named!r} ({reason})"
            ) from error
    return words


def _content(file: str) -> bytes:
    path = Path(file)
    try:
        if path.stat().st_size <= package.MAX_BYTES:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AtalayaError(f"{file!r} cannot be read ({reason}); name the workbook that was filled in") from error
    raise _refused(file, [package.too_large()], Reading())


def _refused(file: str, problems: list[Fault], reading: Reading) -> RefusedError:
    return RefusedError(file, faults.summary(problems, reading.language or language(DEFAULT)))
