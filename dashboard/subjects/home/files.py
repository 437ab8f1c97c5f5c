"""The rows behind the two figures of page "Home" as files."""

from functools import partial

from dashboard.editions import NEWEST
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.home import words
from dashboard.subjects.home.query import VICTIMS, Overview
from dashboard.views.rows import Rows, file_name
from data.i18n import Language


def by_year(lang: Language, found: Overview) -> Rows:
    """The totals of all states up to the year of the overview."""
    return _view(words.topic(lang, VICTIMS), "home_by_year", Selection((VICTIMS,), last=found.year))


def groups(lang: Language, found: Overview) -> Rows:
    """The totals and all groups of that year."""
    selection = Selection((VICTIMS,), (), found.year, found.year, (), (), ())
    return _view(words.victims_measured(lang, found.year), "home_groups", selection)


def _view(title: str, name: str, selection: Selection) -> Rows:
    rows, code = partial(explore_query.rows, selection), explore_files.code(selection, NEWEST)
    return Rows(file_name(name, selection.last), title, "home", rows, (), code, key=name)
