"""The words of `printing.js`, which notes on paper how many rows of a table are printed, and the page's address.

Streamlit prints a table as it is on the screen, cut off without notice; we know of no issue about it.
"""

from data.i18n import Language


def words(lang: Language) -> dict[str, str]:
    """The note under a table, with placeholders for two numbers."""
    rows = lang.text("{n} of {all} rows are shown here; the download has all of them.", n="{n}", all="{all}")
    return {"rows": rows}
