"""National reports on page "Ledger": workbooks to fill in, and a look at a filled one that takes and keeps nothing."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial

import polars as pl
import streamlit as st

from dashboard import store
from dashboard.shell import blocks, layout
from dashboard.words import tables, terms
from data.i18n import LANGUAGES, Language, language
from data.report import faults, package, targets
from data.report.order import FIRST_YEAR, KIND, KINDS, SECRETARIAT, WITHOUT_REPORT, Order, states
from data.report.reading import Reading, read
from data.report.template import template

# Megabytes, the same as the command reads.
LARGEST = package.MAX_BYTES // package.MEGABYTE
COMMAND = "python -m etl report add FILE.xlsx"
FILE = "report.file"


def show(lang: Language) -> None:
    """Workbooks to take away, and the preview of one."""
    told = lang.text("National reports: a workbook to fill in, and a look at a filled one")
    st.header(told, anchor="reports")
    st.markdown(
        lang.text(
            "A state, a reviewer or the General Secretariat fills in a workbook and sends it to those who keep this "
            "observatory. Here it can be looked at first: what would be taken from it, or every fault in it."
        )
    )
    with blocks.folded(lang.text("Take a workbook to fill in"), "template") as opened:
        if opened:
            offer(lang)
    with blocks.folded(lang.text("Look at a filled workbook"), "preview") as opened:
        if opened:
            _preview(lang)


def _preview(lang: Language) -> None:
    st.info(
        lang.text(
            "Nothing is stored: the file is read, shown and forgotten. To enter the ledger it is sent to a maintainer, "
            "who runs the command below."
        )
    )
    st.code(COMMAND, language=None)
    label = lang.text("Workbook (XLSX, up to {n} MB)", n=LARGEST)
    # What is larger is told here and not by the uploader, which speaks English only.
    sent = st.file_uploader(label, type=["xlsx"], max_upload_size=package.UPLOAD_MEGABYTES, key=FILE)
    if sent is not None:
        told(lang, reading(sent.getvalue(), lang.code, today()))


@lru_cache(8)
def reading(content: bytes, code: str, today: date) -> Reading:
    """What a workbook says, or its faults."""
    return read(content, language(code), today, _targets())


def told(lang: Language, found: Reading) -> None:
    """What would be taken from a workbook, or what is wrong with it, in its own language."""
    if found.faults:
        heading, *lines = faults.summary(found.faults, found.language)
        # A single one is told at once, as by the command; what stands in a cell is not to be taken for marks.
        st.warning(layout.plain(" ".join([heading, *lines[:1]]) if len(lines) == 1 else heading, 600))
        blocks.table(faulty(found), lang.text("Faults of the workbook"), "table.faults")
    elif found.order is not None:
        order, spoken = found.order, found.language
        grade = {"report": "state_report", "review": "reviewed"}.get(order.kind, "reply")
        told_ = [
            (lang.text("Kind"), lang.text(KIND[order.kind])),
            (lang.text("State or body"), terms.term(lang, "actor", order.area)),
            (lang.text("Years"), order.period),
            (lang.text("Issued by"), found.issuer),
            (lang.text("Day of the document"), lang.date(found.dated) if found.dated else ""),
            (lang.text("Grade of evidence it would have"), terms.term(lang, "cell", grade)),
        ]
        st.info(lang.text("No fault was found. This is what would be taken; nothing was."))
        blocks.pairs(lang, [(label, words) for label, words in told_ if words])
        for remark in found.remarks:
            st.info(remark)
        blocks.table(taken(found, spoken), lang.text("What would be taken"), "table.taken")


def faulty(found: Reading) -> tables.Sheet:
    """Every fault: where it is, what is wrong, what to do; in the workbook's language."""
    lang = found.language
    columns: dict[str, list[str]] = {
        lang.text("Where"): [fault.place(lang) for fault in found.faults],
        lang.text("What is wrong"): [fault.what(lang) for fault in found.faults],
        lang.text("What to do"): [fault.remedy(lang) for fault in found.faults],
    }
    return tables.sheet(pl.DataFrame(columns))


def taken(found: Reading, lang: Language) -> tables.Sheet:
    """Every line that would become an entry; in the workbook's language."""
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
    return tables.sheet(tables.written((vars(entry) for entry in found.entries), columns))


@cache
def _targets() -> targets.Targets:
    return targets.targets(store.snapshot())


MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(lang: Language) -> None:
    """Ask for a kind, a state and years, and offer the workbook in each language."""
    with st.container(key="template.controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.selectbox(lang.text("Kind"), KINDS, format_func=lambda one: lang.text(KIND[one]), key="template.kind")
        named = partial(terms.term, lang, "actor")
        area = st.selectbox(lang.text("State or body"), whose(lang, kind), format_func=named, key="template.area")
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


def whose(lang: Language, kind: str) -> list[str]:
    """Whose a workbook of a kind can be; states by name, the General Secretariat after them."""
    barred = WITHOUT_REPORT if kind in {"report", "review"} else ()
    listed = [area for area in lang.sorted_countries(states()) if area not in barred]
    return listed if kind == "correction" else [*listed, SECRETARIAT]


def today() -> date:
    """The day, the last that a workbook may speak of."""
    return datetime.now(UTC).date()
