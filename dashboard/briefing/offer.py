"""The button of a page that hands out its briefing, made when it is asked for."""

from functools import partial

import streamlit as st

from dashboard import store
from dashboard.briefing import forms
from dashboard.files import offer
from data.i18n import Language


def briefing(lang: Language, area: str | None = None, other: str | None = None) -> None:
    """One button that opens to the kinds of file; without a state the briefing is of the region."""
    whom = forms.whom(area, other)
    part = st.popover(lang.text("Briefing"), key=f"briefing.{whom}", on_change="rerun")
    with part:
        if not part.open:
            return
        st.markdown(lang.text("Figures, maps, routes and gaps of this view: slides to edit, or paper to print."))
        root, snapshot = offer.root(), store.snapshot().id
        for form, (label, media, _, _) in forms.FORMS.items():
            st.download_button(
                label,
                partial(forms.made, form, lang, area, other, root),
                file_name=forms.name(form, lang, area, other, snapshot),
                mime=media,
                key=f"briefing.{whom}.{form}",
                on_click="ignore",
            )
