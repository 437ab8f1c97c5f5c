"""A row of a table that the reader has chosen, or that the address names, and the place where its passport stands."""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.export import offer
from dashboard.export.views import View
from dashboard.shell import blocks, filters
from dashboard.shell.specs import Form
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.passports import query as passports_query
from dashboard.words import tables
from data.i18n import Language


def hint(lang: Language) -> None:
    """How to ask for a passport."""
    st.caption(lang.text("Choose a row (with the keyboard: Shift and space bar) to see where its figure comes from."))


def finish(*every: "Chosen") -> None:
    """Show what the tables of a page have not shown; one that lists others goes before them."""
    for one in every:
        one.finish()


class Chosen:
    """The row that one parameter of the address names: its passport stands under the table in which it was chosen.

    A passport that came with the address, or from a map, stands in a place of its own: where this is made.
    """

    def __init__(
        self,
        lang: Language,
        spec: Form,
        show: Callable[[str], bool],
        above: DeltaGenerator | None = None,
        of: Mapping[str, str] | None = None,
    ) -> None:
        """Keep a place.

        Args:
            spec: the parameter of the address.
            show: shows the passport of a mark, and says whether there is one.
            above: where a link to that place goes, if a map stands before it.
            of: what all its rows are of and leave out (`indicator`, `area`), by which corrections of figures are found.
        """
        self.lang, self.spec, self.show, self.above, self.of = lang, spec, show, above, of
        self.place = st.container()
        self.shown = False

    def table(
        self,
        sheet: tables.Sheet,
        alt: str,
        key: str,
        rows: pl.DataFrame,
        *,
        searched: bool = False,
        view: View | None = None,
    ) -> None:
        """Show a table, and under it the passport of the row that was chosen in it.

        Args:
            sheet, alt, key: as those of `blocks.table`.
            rows: what the table was made of, row by row, with the columns that name one in the address.
            searched: whether there is a field to search it.
            view: hands out the rows below, where there are any.
        """
        every = rows
        said = corrections_tables.sentences(self.lang, rows, self.of)
        sheet = corrections_tables.beside(self.lang, sheet, rows, self.of)
        sheet, rows = blocks.narrowed(self.lang, sheet, rows, key, searched=searched)
        row = blocks.choice(self.lang, sheet, alt, key, partial(self._take, key, rows))
        blocks.remarks(said)
        mark = filters.value(self.spec)
        # The mark decides: the table may still show as chosen what was closed, or chosen elsewhere since.
        if row is not None and mark and not self.shown and self._marks(rows[row : row + 1]) == (mark,):
            self.shown = True
            self.show(mark)
        if view and every.height:
            offer.view(self.lang, view)
        elif view:
            st.caption(self.lang.text("Nothing is held here. That does not mean that nothing happened."))

    def finish(self) -> None:
        """Show in the place kept what no table of this run has shown, with a way to close it."""
        mark = filters.value(self.spec)
        if mark and not self.shown:
            anchor = f"passport-{self.spec.name}"
            if self.above is not None:
                below = self.lang.text("Below: what was chosen")
                self.above.markdown(f"[{below}](#{anchor})")
            with self.place:
                st.header(self.lang.text("What was chosen"), anchor=anchor)
                if not self.show(mark):
                    st.info(self.lang.text("What the address names is not among the rows shown here."))
                close = partial(filters.put, self.spec, self.spec.default)
                st.button(self.lang.text("Close"), key=f"close.{self.spec.name}", on_click=close)

    def _take(self, key: str, rows: pl.DataFrame) -> None:
        """Take what a table reports; a row that is no longer chosen closes its own passport only."""
        row = next(iter(st.session_state[key].selection.rows), None)
        if row is not None and row < rows.height:
            filters.put(self.spec, self._marks(rows[row : row + 1])[0])
        elif filters.value(self.spec) in self._marks(rows):
            filters.put(self.spec, self.spec.default)

    def _marks(self, rows: pl.DataFrame) -> tuple[str, ...]:
        """The marks of rows: only of those that are asked about, for a table may hold thousands."""
        return passports_query.marks(rows, self.spec.columns)
