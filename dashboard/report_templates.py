"""Workbooks for national reports to take away: of a kind, of a state or the General Secretariat, of some years."""

from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from dashboard import terms
from data.i18n import LANGUAGES, Language, language
from data.report.order import FIRST_YEAR, KIND, KINDS, SECRETARIAT, WITHOUT_REPORT, Order, states
from data.report.template import template

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
