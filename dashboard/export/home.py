"""The views of page "Home": the rows behind its two figures."""

from functools import partial

from dashboard.editions import NEWEST
from dashboard.export import snippets
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.home import words
from dashboard.subjects.home.query import VICTIMS, Overview
from dashboard.views.rows import Rows, file_name
from data.i18n import Language


def by_year(lang: Language, found: Overview) -> Rows:
    """The totals of all states up to the year of the overview."""
    return _view(words.change_title(lang, found), "home_by_year", Selection((VICTIMS,), last=found.year))


def groups(lang: Language, found: Overview) -> Rows:
    """The totals and all groups of that year."""
    selection = Selection((VICTIMS,), (), found.year, found.year, (), (), ())
    return _view(words.victims_title(lang, found.year), "home_groups", selection)


def _view(title: str, name: str, selection: Selection) -> Rows:
    rows, code = partial(explore_query.rows, selection), snippets.explored(selection, NEWEST)
    return Rows(file_name(name, selection.last), title, "home", rows, (), code, key=name)
