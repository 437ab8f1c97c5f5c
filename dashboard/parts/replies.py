"""Shows replies of states and reviewers on pages that are Streamlit scripts."""

import polars as pl

from dashboard.forms.desk import page
from dashboard.subjects.passports import replies
from data.i18n import Language


def show(lang: Language, label: str, rows: pl.DataFrame) -> None:
    """Entries as a nested list: actor, date, finding, link to the document; nothing if there are no rows."""
    page.blocks(lang, replies.listed(lang, label, rows))
