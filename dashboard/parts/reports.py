"""National reports on page "Declaration": workbooks to fill in, a preview of a filled one, which is never stored.

A workbook is read when it comes (`dashboard.received`), not by the run of the page: others run meanwhile.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import polars as pl
import streamlit as st

from dashboard import received, site, store
from dashboard.shell import blocks, filters, layout, navigation, run
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.turns import FullError
from dashboard.views.filters import One
from dashboard.words import tables, terms
from dashboard.workshop import LimitError
from data.i18n import LANGUAGES, Language, language
from data.report import faults, package, targets
from data.report.order import FIRST_YEAR, KIND, KINDS, SECRETARIAT, WITHOUT_REPORT, Order, states
from data.report.reading import Reading
from data.report.template import template

# Megabytes; the limit of the command.
LARGEST = package.MAX_BYTES // package.MEGABYTE
FILE, READ = "report.file", "report.read"
ABOUT, LONGEST_ADDRESS = "about", 200


def show(lang: Language) -> None:
    """The entry for focal points: download a workbook, check a filled one, and where to send it."""
    with blocks.folded(lang.text("Submit a national report"), "submit") as opened:
        if opened:
            _step(1, lang.text("Download a workbook"))
            templates(lang)
            _step(2, lang.text("Check your workbook"))
            _preview(lang)
            _step(3, lang.text("Send it"))
            _address(lang)


def _step(n: int, title: str) -> None:
    st.markdown(f"**{n}. {title}**")


def _address(lang: Language) -> None:
    """Where a workbook is sent: the contact of this site, or who runs it if none is set."""
    if address := site.contact():
        link = f"[{layout.plain(address, LONGEST_ADDRESS)}]({site.contact_link()})"
        st.markdown(lang.text("Send the file to {address}.", address=link))
    else:
        st.markdown(
            lang.text(
                "This site has no address for reports. Give the file to the office or person who runs it. Atalaya is "
                "an independent open project run by its contributors."
            )
        )
        if ABOUT in navigation.scripts():
            layout.link(lang, ABOUT, navigation.title(lang, ABOUT))


def _preview(lang: Language) -> None:
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
        found: Reading = received.read("workbook", names, content, today(), _reply_targets())
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


MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates(lang: Language) -> None:
    """Select kind, state and years, and download the workbook in any language; opens on the state of the page."""
    with st.container(key="template.controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.selectbox(lang.text("Kind"), KINDS, format_func=lambda one: lang.text(KIND[one]), key="template.kind")
        name_of = partial(terms.term, lang, "actor")
        options, chosen = actors(lang, kind), ledger_filters.state(filters.value)
        actor = One(f"template.area.{chosen}", tuple(options), chosen if chosen in options else options[0])
        area = filters.ask(actor, lang.text("State or body"), name_of)
        first, last = st.slider(
            lang.text("Years"), FIRST_YEAR, today().year, (2018, 2020), step=1, format="%d", key="template.years"
        )
    with st.container(horizontal=True, gap="small"):
        for code, name in LANGUAGES.items():
            order = Order(kind, area, first, last, language(code))
            st.download_button(
                name,
                partial(template, order, today()),
                file_name=f"atalaya-{kind}-{area}-{order.period}-{code}.xlsx",
                mime=MEDIA,
                key=f"template.{code}",
                on_click="ignore",
            )


def actors(lang: Language, kind: str) -> list[str]:
    """Who can send a workbook of a kind: states by name, then the General Secretariat."""
    excluded = WITHOUT_REPORT if kind in {"report", "review"} else ()
    allowed = [area for area in lang.sorted_countries(states()) if area not in excluded]
    return allowed if kind == "correction" else [*allowed, SECRETARIAT]


def today() -> date:
    """Today (UTC), the last day that a workbook may refer to."""
    return datetime.now(UTC).date()
