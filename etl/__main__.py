"""`python -m etl build [SOURCE ...] | check | snapshots seed | snapshots list | snapshots rollback ID --by NAME
| snapshots cancel | copy FROM TO | sign key | sign root | sign snapshot ID | sign renew | sign site DIR | verify PLACE
| sources | workplan load | declaration load | template | report add | cases tables | cases check | cases template`.

Build a snapshot, verify the published one, go back to an earlier one; back up a place and restore it; sign a snapshot,
compare files with what was signed; list the sources, load the official text of the work plan or of the declaration;
write the workbook of a national report, accept a filled one; make tables of case records that may be published.

Exit status of a build: 0 all sources fresh; 1 an error or a failed check, nothing published; 2 published, but a
publisher could not be reached, or something new in the files was set aside (with `--scheduled` 0). Of `report add`:
0 accepted; 1 refused, with all faults.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from textwrap import shorten
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from data.contract import SCHEMAS
from data.i18n import DEFAULT, LANGUAGES
from data.place import HERE, is_store
from data.pointer import timestamp
from data.report import store
from data.report.order import KINDS, SECRETARIAT, OrderError
from data.report.order import order as order_for
from data.reviewed import ReviewedError, read
from data.snapshot import Snapshot, SnapshotError
from etl import official_text, sign_command, snapshots, stores
from etl.approval import approval
from etl.cases import command as cases_command
from etl.checking import changes, deducible, published
from etl.checking.build_changes import PAGE
from etl.config import RAW, SNAPSHOT_VARIABLE, folder, mirror_folder, named_folder
from etl.errors import AtalayaError, PublishError, RefusedError
from etl.lock import locked
from etl.official_text import DECLARATION, WORK_PLAN, OfficialText
from etl.parsed import Finding
from etl.pipeline import Outcome, Request, build
from etl.source_declaration import declarations, source_of

OK = 0
FAILED = 1
UNEXPECTED = 2
LONGEST_DETAIL = 80
LISTED = 20
LISTED_FAULTS = 200
OFFICIAL = {"workplan": WORK_PLAN, "declaration": DECLARATION}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True)
    commands = {"build": _build, "check": _check, "sources": _sources, "workplan": _load, "declaration": _load}
    commands |= {"template": _template, "report": _report, "snapshots": _snapshots}
    commands |= {"sign": _sign, "verify": _verify, "copy": _copy, "cases": _cases}
    try:
        with ExitStack() as stack:
            options.stores = {}
            for name in ("raw", "reports"):
                if is_store(named := getattr(options, name, None) or ""):
                    at_hand = str(stack.enter_context(stores.at_hand(named.rstrip("/"))))
                    options.stores[at_hand] = named.rstrip("/")
                    setattr(options, name, at_hand)
            return commands[options.command](options, console)
    except RefusedError as error:
        _say(console, *error.lines)
        return FAILED
    except (AtalayaError, OrderError, ReviewedError, SnapshotError) as error:
        console.print(f"[bold red]error[/]: {escape(str(error))}", soft_wrap=True, highlight=False)
        _list(getattr(error, "findings", ()), console)
        _say(console, *getattr(error, "faults", ())[:LISTED_FAULTS])
        return FAILED


def _say(console: Console, *lines: str) -> None:
    """Print lines as they are, however long."""
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False, markup=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Build and verify snapshots.")
    commands = parser.add_subparsers(dest="command", required=True)
    builder = commands.add_parser("build", help="fetch, parse, validate and publish a snapshot")
    builder.add_argument("sources", nargs="*", metavar="SOURCE", help="sources to refresh (default: all)")
    builder.add_argument("--mirror", metavar="DIR", help="a folder of the publishers' files (or ATALAYA_MIRROR)")
    builder.add_argument("--raw", metavar="PLACE", help="folder or store of downloads (default: data/raw)")
    builder.add_argument(
        "--strict", action="store_true", help="publish nothing if a source is stale or has new content"
    )
    builder.add_argument(
        "--scheduled", action="store_true", help="for a schedule: exit status 0 whenever a snapshot is published"
    )
    _publishing(builder)
    checker = commands.add_parser("check", help="verify the published snapshot (needs no network)")
    checker.add_argument("--report", action="store_true", help="also show the checks made when it was built")
    checker.add_argument(
        "--usual", action="store_true", help="also print data/reference/usual_changes.csv, computed again"
    )
    checker.add_argument("--deducible", action="store_true", help="also list <5 figures that other figures reveal")
    adder = _report_parsers(commands)
    for command in (builder, checker, adder, *_snapshot_parsers(commands), *sign_command.parsers(commands)):
        command.add_argument(
            "--snapshot", metavar="PLACE", help="folder or store of snapshots (or ATALAYA_SNAPSHOT; data/snapshot)"
        )
    for command in (builder, checker, adder):
        command.add_argument(
            "--reports", metavar="PLACE", help="folder or store of accepted reports (default: data/reports)"
        )
    copier = commands.add_parser("copy", help="copy a folder or store with all its files: a backup, or back from it")
    copier.add_argument("source", metavar="FROM")
    copier.add_argument("target", metavar="TO")
    commands.add_parser("sources", help="list the declared sources")
    cases_command.parsers(commands)
    for name, kind in OFFICIAL.items():
        _loader(commands, name, kind)
    return parser


def _publishing(builder: argparse.ArgumentParser) -> None:
    """Add the options about when a build is shown, and who answers for it."""
    builder.add_argument(
        "--accept", metavar="WHY", default="", help="publish although checks failed; WHY goes into the manifest"
    )
    builder.add_argument("--by", metavar="NAME", default="", help="who publishes; --accept needs it")
    builder.add_argument(
        "--approved-by", metavar="NAME", default="", help="who agrees with WHY; needed if ATALAYA_TWO_NAMES is 1"
    )
    builder.add_argument(
        "--not-before", metavar="TIME", help="embargo: show the snapshot from TIME on, e.g. 2026-12-01T15:00:00Z"
    )


def _snapshot_parsers(commands: Any) -> list[argparse.ArgumentParser]:  # noqa: ANN401 - argparse's type is private
    """Add the commands on the snapshots of a place."""
    actions = commands.add_parser("snapshots", help="list the snapshots, or go back to one").add_subparsers(
        dest="action", required=True
    )
    seeder = actions.add_parser("seed", help="publish the repository's snapshot in a place that has none")
    lister = actions.add_parser("list", help="list the snapshots of the place, the current one first")
    back = actions.add_parser("rollback", help="show an earlier snapshot again, at once")
    back.add_argument("id", metavar="ID", help="the id of the snapshot")
    back.add_argument("--by", metavar="NAME", required=True, help="who decided it; the history of the place has it")
    dropper = actions.add_parser("cancel", help="drop the snapshot that waits for its embargo to end")
    return [seeder, lister, back, dropper]


def _loader(commands: Any, name: str, kind: OfficialText) -> None:  # noqa: ANN401 - argparse's type is private
    """Add the command that loads an official text."""
    text = commands.add_parser(name, help=f"load the official text of the {name.replace('work', 'work ')}")
    loader = text.add_subparsers(dest="what", required=True).add_parser(
        "load", help=f"check and load the official text; {kind.then}"
    )
    loader.add_argument("file", metavar="FILE.csv", help=f"a CSV file in UTF-8, columns {','.join(kind.columns)}")
    loader.add_argument("--replace", action="store_true", help="replace the lines loaded before")


def _report_parsers(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's type is private
    """Add the commands of national reports; returns the one that takes folders."""
    template = commands.add_parser("template", help="write an empty workbook for a national report")
    template.add_argument("--area", required=True, help=f"a state's ISO 3166 code, e.g. CRI, or {SECRETARIAT}")
    template.add_argument("--period", required=True, help="a year or years, e.g. 2018 or 2018-2020")
    template.add_argument("--lang", default=DEFAULT, help=f"one of {', '.join(LANGUAGES)} (default: {DEFAULT})")
    template.add_argument("--kind", default=KINDS[0], help=f"one of {', '.join(KINDS)} (default: {KINDS[0]})")
    template.add_argument("--out", metavar="FILE", help="the file to write (default: named after the options)")
    report = commands.add_parser("report", help="accept a filled workbook")
    adder: argparse.ArgumentParser = report.add_subparsers(dest="action", required=True).add_parser(
        "add", help="check a filled workbook cell by cell, and store it if it has no errors"
    )
    adder.add_argument("file", metavar="FILE", help="the workbook")
    adder.add_argument("--receipt", metavar="FILE", help="also write the receipt for the sender to this file")
    return adder


def _reports() -> ModuleType:
    """The module that writes and reads workbooks, imported late: a build does not need it, and it takes memory."""
    return import_module("etl.reports")


def _template(options: argparse.Namespace, console: Console) -> int:
    order = order_for(options.kind, options.area, options.period, options.lang, _today())
    path = _reports().write_template(order, _today(), options.out)
    _say(console, f"written: {path}")
    return OK


def _report(options: argparse.Namespace, console: Console) -> int:
    home = _folder_of(options)
    path, reading = _reports().accept(options.file, Snapshot.open(str(home)), _today(), _reports_folder(options))
    place = options.stores.get(str(path.parent), path.parent)
    message = f"accepted: {len(reading.entries)} line(s), stored in {place}/{path.name}; the next build publishes them"
    receipt = _reports().receipt_for(path, options.receipt)
    _say(console, message, *reading.remarks, "", *receipt.splitlines())
    return OK


def _reports_folder(options: argparse.Namespace) -> Path:
    return store.REPORTS if options.reports is None else folder(options.reports, "--reports")


def _today() -> date:
    return datetime.now(UTC).date()


def _moment(text: str | None) -> datetime | None:
    """The end of an embargo.

    Raises:
        AtalayaError: it is not a moment, says no time zone, or has passed.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise AtalayaError(f"--not-before is {text!r}; give a moment such as 2026-12-01T15:00:00Z") from error
    if moment.tzinfo is None:
        raise AtalayaError(f"--not-before is {text!r}, without a time zone; add Z for UTC, or an offset such as -05:00")
    if moment <= datetime.now(UTC):
        raise AtalayaError(f"--not-before is {text!r}, which has passed; leave it out to show the snapshot at once")
    return moment.astimezone(UTC)


def _place(options: argparse.Namespace) -> str:
    """The folder or the store of snapshots.

    Raises:
        AtalayaError: no folder can have that name.
    """
    named = options.snapshot if options.snapshot is not None else os.environ.get(SNAPSHOT_VARIABLE, "")
    if is_store(named):
        return str(named).rstrip("/")
    return str(named_folder(options.snapshot, "--snapshot", SNAPSHOT_VARIABLE, os.environ) or HERE)


def _folder_of(options: argparse.Namespace) -> Path:
    """The folder of snapshots; of a store, a folder with its published one.

    Raises:
        AtalayaError: the place cannot be read.
    """
    place = _place(options)
    if not is_store(place):
        return Path(place)
    home = stores.work_folder(place)
    with locked([home]):
        stores.fetch(place, home)
    return home


def _snapshots(options: argparse.Namespace, console: Console) -> int:
    place = _place(options)
    if options.action == "seed":
        name = snapshots.seed(place)
        done = f"snapshot {name} is published in {place}" if name else f"{place} has a snapshot; nothing was published"
        _say(console, done, *_unsigned(place, name))
        return OK
    # A place that cannot be read is refused before anything is locked in it.
    rows = snapshots.kept(place)
    if options.action == "list":
        table = Table(*(name for name in snapshots.StoredSnapshot._fields))
        for row in rows:
            table.add_row(*row)
        Console().print(table)
        return OK
    try:
        # A build in the same folder would write the pointer too; a store has no lock.
        with locked([] if is_store(place) else [Path(place)]):
            lines = _turned(options, place)
    except OSError as error:
        raise PublishError(f"the snapshots in {place} cannot be changed ({error}); check its permissions") from error
    _say(console, *lines)
    return OK


def _turned(options: argparse.Namespace, place: str) -> list[str]:
    """Go back to a snapshot, or drop the one that waits; returns what was done, and what is left to do."""
    if options.action == "cancel":
        dropped = snapshots.cancel(place)
        return [f"snapshot {dropped} no longer waits", *_unsigned(place, stores.current(place))]
    before = snapshots.rollback(place, options.id, options.by)
    done = f"snapshot {options.id} is shown again instead of {before}; servers follow within a minute"
    return [done, *_unsigned(place, options.id)]


def _unsigned(place: str, name: str) -> list[str]:
    """A line if a snapshot that was published has yet to be signed."""
    line = sign_command.reminder(place, name) if name else ""
    return [line] if line else []


def _copy(options: argparse.Namespace, console: Console) -> int:
    source, target = options.source.rstrip("/"), options.target.rstrip("/")
    found, written = stores.copy(source, target)
    if not found:
        raise PublishError(f"there are no files in {source}")
    console.print(f"{found} file(s) of {source} are in {target}, {written} of them written now", soft_wrap=True)
    return OK


def _sign(options: argparse.Namespace, console: Console) -> int:
    # A new key belongs to no place.
    _say(console, sign_command.run(options, "" if options.action == "key" else _place(options)))
    return OK


def _cases(options: argparse.Namespace, console: Console) -> int:
    _say(console, cases_command.run(options, console, _today()))
    return OK


def _verify(options: argparse.Namespace, console: Console) -> int:
    verdict = sign_command.verify(options)
    _say(console, verdict.line)
    return OK if verdict.whole else FAILED


def _build(options: argparse.Namespace, console: Console) -> int:
    place = _place(options)
    given = approval(options.accept, options.by, options.approved_by, os.environ)
    request = Request(
        sources=tuple(options.sources),
        mirror=mirror_folder(options.mirror, os.environ),
        home=stores.work_folder(place) if is_store(place) else Path(place),
        store=place if is_store(place) else "",
        raw=RAW if options.raw is None else folder(options.raw, "--raw"),
        reports=_reports_folder(options),
        strict=options.strict,
        accept=given.why,
        by=given.by,
        approved_by=given.approved_by,
        not_before=_moment(options.not_before),
        signed=sign_command.protected(place),
    )
    # Before any request to a publisher; each file is read again where it is used.
    for form in published.REVIEWED:
        read(form)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        outcome, signed = sign_command.built(place, request.home, lambda: build(request, progress))
    if signed:
        _say(console, f"{place}: {signed}")
    status = _report_outcome(outcome, place, request.not_before, console)
    if outcome.snapshot in request.signed:
        _say(
            console,
            f"the signed snapshot {outcome.snapshot} stays as it is: the same rows, and no key to sign them again",
        )
    _say(console, *_unsigned(place, outcome.snapshot))
    return OK if options.scheduled else status


def _report_outcome(outcome: Outcome, place: str, shown: datetime | None, console: Console) -> int:
    """Print what a build did; `shown` is the end of its embargo, if it has one."""
    when = f"; it is shown from {timestamp(shown)} on" if shown else ""
    console.print(f"published snapshot [bold]{outcome.snapshot}[/]{when}", highlight=False, soft_wrap=True)
    asked = [f"worth a look: {check.name}: {check.saw}" for check in outcome.checks if check.asked]
    _say(console, outcome.changed, *asked, f"full list: {place}/{outcome.snapshot}/{PAGE}")
    for name, problem in outcome.stale.items():
        used = "the rows of the previous snapshot" if name in outcome.carried else "files of an earlier download"
        _say(console, f"stale: {name}, {used} were used ({problem})")
    if outcome.carried:
        _say(console, f"carried over from the previous snapshot: {', '.join(outcome.carried)}")
    for result in outcome.checks:
        if not result.passed:
            _say(console, f"accepted: {result.name}: {result.saw}, expected {result.expected}")
    _list(outcome.unexpected, console)
    _list(outcome.doubtful, console, "worth a look")
    if not (outcome.unexpected or outcome.stale):
        return OK
    console.print("the snapshot is published; what is new is listed above", soft_wrap=True)
    return UNEXPECTED


def _list(findings: Sequence[Finding], console: Console, why: str = "new in the files") -> None:
    _say(console, *(f"{why}: {_words(finding)}" for finding in findings[:LISTED]))
    if more := len(findings[LISTED:]):
        console.print(f"and {more} more; the manifest of a published build lists all", highlight=False)


def _words(finding: Finding) -> str:
    # A label may be a whole page of text; the manifest has all of it.
    detail = shorten(finding.detail, LONGEST_DETAIL, placeholder="…")
    first = f", the first at {finding.first}" * bool(finding.first)
    return f"{finding.source} {finding.release}: {finding.reason} {detail!r}, {finding.rows} row(s){first}"


def _check(options: argparse.Namespace, console: Console) -> int:
    home = _folder_of(options)
    passed = [_shown(result, console) for result in published.reviewed()]
    passed += [_shown(result, console) for result in published.reports(_reports_folder(options))]
    passed += [_shown(result, console) for result in published.run(str(home))]
    if options.report:
        passed += [_shown(result, console) for result in published.report(str(home))]
    if options.usual and all(passed):
        vintages = Snapshot.open(str(home)).table("vintages").collect()
        _say(Console(), changes.usual(vintages, source_of("victim_counts")).write_csv())
    if options.deducible and all(passed):
        _list_deducible(Snapshot.open(str(home)), console)
    return OK if all(passed) else FAILED


def _list_deducible(snapshot: Snapshot, console: Console) -> None:
    rows = deducible.deducible({name: snapshot.table(name) for name in SCHEMAS})
    _say(Console(), *deducible.lines(rows))
    cells = rows.select(deducible.CELL).n_unique()
    console.print(f"other figures narrow {cells:,} cells of <5, in {rows.height:,} ways", highlight=False)


def _shown(result: published.Result, console: Console) -> bool:
    mark = "[green]pass[/]" if result.passed else "[bold red]FAIL[/]"
    console.print(f"{mark} {escape(f'{result.name}: {result.saw}')}", soft_wrap=True, highlight=False)
    return result.passed


def _load(options: argparse.Namespace, console: Console) -> int:
    kind = OFFICIAL[options.command]
    change = official_text.load(kind, Path(options.file), _today(), replace=options.replace)
    message = f"loaded: {change}; {kind.then}" if change else "nothing to do: these lines are already loaded"
    _say(console, message)
    return OK


def _sources(_options: argparse.Namespace, _console: Console) -> int:
    table = Table("id", "publisher", "title", "redistribute", "address")
    for source in declarations().values():
        table.add_row(source.id, source.publisher, source.title, source.redistribute, source.landing_page)
    Console().print(table)
    return OK


if __name__ == "__main__":
    sys.exit(main())
