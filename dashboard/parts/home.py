"""The parts of page "Home": the headline, the key figures with their views, and the ways on."""

import html
import re

import streamlit as st

from dashboard.present.contents import Fact, of_home
from dashboard.shell import layout
from dashboard.stage import request
from dashboard.subjects import shared
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.home import query, words
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import words as states_words
from data.i18n import Language

# Words that have a hyphen or are an interval.
COMPOUND = re.compile(r"\S+[-–]\S+")
# The agenda of the scenes that run by themselves.
MEETING = "national_authorities"


def headline(lang: Language) -> None:
    """The region in one sentence, as the heading of the page."""
    title, note = lead(lang)
    with st.container(key="headline"):
        st.html(heading(title))
        st.caption(note)


def heading(title: str) -> str:
    """The heading as HTML in which no name or interval is broken at its hyphen or dash; its text is unchanged."""
    kept = COMPOUND.sub(r'<span class="whole">\g<0></span>', html.escape(title))
    return f"<h1>{kept}</h1>"


def lead(lang: Language) -> tuple[str, str]:
    """The heading of the page, and the note below it."""
    note = lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")
    found, source = query.overview(), lang.text("Source: UNODC.")
    return words.headline(lang, found), " ".join(filter(None, [words.missing(lang, found), note, source]))


def facts(lang: Language) -> None:
    """The four key figures, each a link to its view."""
    with st.container(key="facts"):
        for number, (fact, page, filters) in enumerate(key_figures(lang)):
            with st.container(key=f"fact.{number}", gap=None):
                st.markdown(f"**{fact.figure}**")
                layout.link(lang, page, fact.label, **filters)
                st.caption(fact.note)


def key_figures(lang: Language) -> list[tuple[Fact, str, dict[str, str]]]:
    """The key figures that there are: each with the page and the filters of its view."""
    found, convicted = query.overview(), query.overview(query.CONVICTED)
    flow = query.largest_flow(*routes_filters.years())
    views = {
        "victims": ("region", _region(query.VICTIMS, found.year) if found else {}),
        "states": ("coverage", _every("coverage_map", {coverage_filters.INDICATOR.name: query.VICTIMS})),
        "convicted": ("region", _region(query.CONVICTED, convicted.year) if convicted else {}),
        "flow": ("routes", _routes(flow) if flow else {}),
    }
    return [(fact, *views[name]) for name, fact in of_home(lang).items()]


def changing(lang: Language, found: query.Overview) -> None:
    """What the states that reported every year say of a change: victims, and convictions."""
    with st.container(key="changing"):
        for paragraph in changes(lang, found):
            st.markdown(paragraph)


def changes(lang: Language, found: query.Overview) -> list[str]:
    """The paragraphs of `changing`."""
    victims = [*words.changing(lang, query.panel(), found.largest), states_words.reading(lang)]
    convicted = words.convicted(lang, query.panel(query.CONVICTED))
    return [_unbroken(paragraph) for paragraph in (" ".join(victims), convicted) if paragraph]


def _unbroken(text: str) -> str:
    """The text with intervals that are not broken at their dash."""
    return re.sub(r"(?<=\d)[–-](?=\d)", "\u2060\\g<0>\u2060", text)


def open_year(lang: Language, mark: str) -> None:
    """Open the map of the region for the year of a mark."""
    layout.go(lang, "region", **year(int(mark)))


def year(of: int) -> dict[str, str]:
    """The filters of the map of the region for a year."""
    return _region(query.VICTIMS, of)


def ways(lang: Language) -> None:
    """The three ways on: the map, the presentation, the data."""
    ways_on = {
        "region": lang.text("The map"),
        "present": lang.text("The presentation"),
        "sources": lang.text("The data"),
    }
    with st.container(key="ways"):
        for page, label in ways_on.items():
            with st.container(key=f"way.{page}", gap=None):
                layout.link(lang, page, label)
                if page == "present":
                    # The scenes run by themselves.
                    layout.link(lang, page, lang.text("The region in 60 seconds"), guided="1", meeting=MEETING)
    layout.link(lang, "about", lang.text("About and method"))


def _region(indicator: str, year: int) -> dict[str, str]:
    return _every("region", {shared.INDICATOR.name: indicator, states_filters.MEASURE.name: "count", "year": str(year)})


def _routes(flow: query.Flow) -> dict[str, str]:
    years = routes_filters.YEARS.write(routes_filters.years())
    arrow = f"{flow.origin}.{flow.destination}.direct."
    return _every("routes", {routes_filters.EVIDENCE.name: "counted", routes_filters.YEARS.name: years}) | {
        row_keys.ARROW.name: arrow
    }


def _every(figure: str, chosen: dict[str, str]) -> dict[str, str]:
    """The filters of a view with the values that are not chosen at their defaults: a link keeps what it does not name.

    Args:
        figure: the figure of the view, of `dashboard.catalog`.
        chosen: texts of an address, by name.
    """
    values = request.defaults(figure, chosen)
    return {spec.name: spec.write(values[spec.name]) for spec in request.filters_of(figure)}
