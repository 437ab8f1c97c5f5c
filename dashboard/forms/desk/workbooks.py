"""Workbooks of national reports on the desk: those to fill in, and a check of a filled one, which is never stored.

A workbook is read when it comes (`dashboard.received`), not by the run of the page: others run meanwhile.
"""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from dashboard import received, store
from dashboard.export import report_workbooks
from dashboard.shell import blocks, filters, layout, run
from dashboard.turns import FullError
from dashboard.views.page import Workbooks
from dashboard.words import tables, terms
from dashboard.workshop import LimitError
from data.i18n import LANGUAGES, Language, language
from data.report import faults, package, targets
from data.report.order import KIND, Order
from data.report.reading import Reading

# Megabytes; the limit of the command.
LARGEST = package.MAX_BYTES // package.MEGABYTE
FILE = "report.file"
READ = "report.read"


def offer(block: Workbooks, lang: Language) -> None:
    """Select kind, state and years, and download the workbook in any language."""
    with st.container(key="template.controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.selectbox(lang.text("Kind"), block.kinds, format_func=block.kinds.__getitem__, key="template.kind")
        names = block.actors[kind]
        # Its key has the state that is offered first: the list follows the state of the page.
        area = st.selectbox(
            lang.text("State or body"),
            names,
            index=[*names].index(block.actor) if block.actor in names else 0,
            format_func=names.__getitem__,
            key=f"template.area.{block.actor}",
        )
        first, last = st.slider(
            lang.text("Years"), *block.years, block.usual, step=1, format="%d", key="template.years"
        )
    with st.container(horizontal=True, gap="small"):
        for code, name in LANGUAGES.items():
            order = Order(kind, area, first, last, language(code))
            st.download_button(
                name,
                partial(report_workbooks.content, order, filled=block.filled),
                file_name=report_workbooks.file_name(order),
                mime=report_workbooks.MEDIA,
                key=f"template.{code}",
                on_click="ignore",
            )


def check(lang: Language) -> None:
    """Read a filled workbook and show what would be published, or its errors."""
    st.caption(lang.text("You will see what will be published and any errors. We do not keep your file."))
    label = lang.text("Workbook (XLSX, up to {n} MB)", n=LARGEST)
    # Larger files are refused here, as the uploader's own message is only in English.
    size = package.UPLOAD_MEGABYTES
    upload = st.file_uploader(label, type=["xlsx"], max_upload_size=size, key=FILE, on_change=_read)
    if upload is not None and READ in st.session_state:
        result(lang, st.session_state[READ])


def _read() -> None:
    """Read the workbook that was just chosen; there is none if one was taken back."""
    if upload := st.session_state[FILE]:
        filters.keep(READ, reading(upload.getvalue(), run.names()))


def reading(content: bytes, names: tuple[str, ...]) -> Reading:
    """The content of a workbook, or its faults.

    Args:
        content: the bytes of the file.
        names: the reader's names in the queue.
    """
    try:
        found: Reading = received.read("workbook", names, content, report_workbooks.today(), _reply_targets())
    except FullError:
        return Reading(faults=(faults.fault("not_now"),))
    except LimitError:
        return Reading(faults=(faults.fault("too_heavy"),))
    return found


def result(lang: Language, report: Reading) -> None:
    """Show what would be taken from a workbook, or its faults, in the workbook's language."""
    if report.faults:
        report_lang = report.language or lang
        heading, *lines = faults.summary(report.faults, report_lang)
        # A single fault goes into the warning, as in the command; cell contents are not Markdown.
        words = " ".join([heading, *lines[:1]]) if len(lines) == 1 else heading
        st.warning(layout.unlinked(layout.plain(words, 600)))
        blocks.table(faults_table(report.faults, report_lang), lang.text("Errors in the workbook"), "table.faults")
    elif report.order is not None:
        order, report_lang = report.order, report.order.language
        grade = {"report": "state_report", "review": "reviewed"}.get(order.kind, "reply")
        pairs = [
            (lang.text("Kind"), lang.text(KIND[order.kind])),
            (lang.text("State or body"), terms.term(lang, "actor", order.area)),
            (lang.text("Years"), order.period),
            (lang.text("Issued by"), report.issuer),
            (lang.text("Day of the document"), lang.date(report.dated) if report.dated else ""),
            (lang.text("Type of source"), terms.term(lang, "cell", grade)),
        ]
        st.info(lang.text("No errors. Preview only: nothing has been submitted."))
        blocks.pairs(lang, [(label, words) for label, words in pairs if words])
        for remark in report.remarks:
            st.info(remark)
        blocks.table(entries_table(report, report_lang), lang.text("What will be published"), "table.taken")


def faults_table(found: Sequence[faults.Fault], lang: Language) -> tables.Sheet:
    """A table of faults: place, problem, remedy."""
    columns: dict[str, list[str]] = {
        lang.text("Where"): [fault.place(lang) for fault in found],
        lang.text("Error"): [fault.what(lang) for fault in found],
        lang.text("What to do"): [fault.remedy(lang) for fault in found],
    }
    return tables.sheet(pl.DataFrame(columns))


def entries_table(report: Reading, lang: Language) -> tables.Sheet:
    """A table of the lines that would become entries, in the workbook's language."""
    columns: tables.Columns = {
        lang.text("Sheet"): lambda row: row["sheet"],
        lang.text("Line"): lambda row: str(row["row"]),
        lang.text("Paragraph"): lambda row: str(row["paragraph"]),
        lang.text("Finding"): lambda row: row["finding"],
        lang.text("Status"): lambda row: terms.term(lang, "progress", row["status"]) if row["status"] else tables.NONE,
        lang.text("Document"): lambda row: row["document"] or tables.NONE,
        lang.text("Day of the document"): lambda row: lang.date(row["dated"]) if row["dated"] else tables.NONE,
        lang.text("What it answers"): lambda row: row["replies_to"] or tables.NONE,
    }
    return tables.sheet(tables.written((vars(entry) for entry in report.entries), columns))


@store.cached
def _reply_targets(snap: store.Tables) -> targets.Targets:
    return targets.targets(snap.table)
