"""The row of a table that the reader or the address selects, and the place where its passport is shown."""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.export import downloads
from dashboard.shell import blocks, filters, state_picker
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.passports import query as passports_query
from dashboard.views.filters import Form
from dashboard.views.rows import Rows
from dashboard.words import tables
from data.i18n import Language

# The key of the list of states in an empty panel.
SOURCE = "source.state"


def hint(lang: Language) -> None:
    """Explain how to open a passport."""
    st.caption(lang.text("Select a row to see its source (keyboard: Shift + space bar)."))


def finish(*selected: "SelectedRow") -> None:
    """Show the passports that the tables of a page have not shown; a passport that lists others goes first."""
    for table in selected:
        table.finish()


class SelectedRow:
    """The row that a parameter of the address selects; its passport is shown under the table of the row.

    A passport that was opened by the address or from a map is shown where this object was created. With a `panel`
    every passport is shown there, and the panel also lets the reader choose a state instead of a row.
    """

    def __init__(
        self,
        lang: Language,
        spec: Form,
        show: Callable[[str], bool],
        above: DeltaGenerator | None = None,
        of: Mapping[str, str] | None = None,
        panel: DeltaGenerator | None = None,
    ) -> None:
        """Reserve the place for the passport.

        Args:
            spec: the parameter of the address.
            show: shows the passport of a mark and returns whether there is one.
            above: where to put a link to the passport, if a map comes before it.
            of: columns that all rows share and omit (`indicator`, `area`), to find corrections of figures.
            panel: the place of all passports, beside the table.
        """
        self.lang, self.spec, self.show, self.above, self.of = lang, spec, show, above, of
        self.panel = panel
        self.place = panel or st.container()
        self.shown = False

    def table(
        self,
        sheet: tables.Sheet,
        alt: str,
        key: str,
        rows: pl.DataFrame,
        *,
        searched: bool = False,
        title: str = "",
        view: Rows | None = None,
    ) -> None:
        """Show a table, and under it the passport of the selected row.

        Args:
            sheet, alt, key: as in `blocks.table`.
            rows: the data of the table in the same order, with the columns of the mark.
            searched: whether to add a search field.
            title: a heading beside the search field.
            view: the downloads below the table, if it has rows.
        """
        all_rows = rows
        corrections = corrections_tables.sentences(self.lang, rows, self.of)
        sheet = corrections_tables.with_corrections(self.lang, sheet, rows, self.of)
        sheet, rows = blocks.narrowed(self.lang, sheet, rows, key, searched=searched, title=title)
        row = blocks.choice(self.lang, sheet, alt, key, partial(self._take, key, rows))
        blocks.remarks(corrections)
        mark = filters.value(self.spec)
        # The mark decides: the table may still show a selection that was closed or replaced since.
        here = self.panel is None and not self.shown
        if here and row is not None and mark and self._marks(rows[row : row + 1]) == (mark,):
            self.shown = True
            self.show(mark)
        if view and all_rows.height:
            downloads.view(self.lang, view)
        elif view:
            st.caption(self.lang.text("No records found. This does not mean that nothing happened."))

    def finish(self) -> None:
        """Show the passport in the reserved place if no table of this run has shown it, with a button to close it."""
        mark = filters.value(self.spec)
        if self.panel is not None and not mark:
            self._choose()
        elif mark and not self.shown:
            anchor = f"passport-{self.spec.name}"
            if self.above is not None:
                below = self.lang.text("Details of your selection") if self.panel is None else self._title()
                self.above.markdown(f"[{below}](#{anchor})")
            with self.place:
                st.header(self._title(), anchor=anchor)
                if not self.show(mark):
                    st.info(self.lang.text("The item in this link is not in this table."))
                close = partial(filters.put, self.spec, self.spec.default)
                st.button(self.lang.text("Close"), key=f"close.{self.spec.name}", on_click=close)

    def _title(self) -> str:
        if self.panel is None:
            return self.lang.text("Details of your selection")
        return self.lang.text("Source of this figure")

    def _choose(self) -> None:
        """The empty panel: how to choose a row, and a list of states for those who would rather not."""
        with self.place:
            st.header(self.lang.text("Source of a figure"), anchor=False)
            hint(self.lang)
            state_picker.go(self.lang, self.lang.text("Choose a state"), SOURCE, partial(filters.put, self.spec))

    def _take(self, key: str, rows: pl.DataFrame) -> None:
        """Handle a selection in the table; deselecting a row closes only its own passport."""
        row = next(iter(st.session_state[key].selection.rows), None)
        if row is not None and row < rows.height:
            filters.put(self.spec, self._marks(rows[row : row + 1])[0])
        elif filters.value(self.spec) in self._marks(rows):
            filters.put(self.spec, self.spec.default)

    def _marks(self, rows: pl.DataFrame) -> tuple[str, ...]:
        """The marks of rows."""
        return passports_query.marks(rows, self.spec.columns)
