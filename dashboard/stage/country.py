"""Draws the figures of page "Country" for `drawn`; its maps of flows are drawn as those of page "Routes"."""

from typing import Any

import polars as pl

from dashboard.charts.bars import bars
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.states import profile, profile_words
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures import series as series_figure
from dashboard.words import served
from data.i18n import Language

# Specification, heading (the page has it), description, and for a projector the notes at the foot.
FigureParts = tuple[dict[str, Any], str, str, tuple[str, ...]]


def in_time(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """Detected victims and the response to them, by year."""
    area, edition = request.value(shared.AREA), request.value(shared.EDITION)
    frames = states_query.state(area, edition)
    drawn = {code: frames[code] for code in profile.KEY}
    rows = states_query.state_rows(area, edition)
    notes = served.notes(lang, rows.filter(pl.col("indicator").is_in(drawn)), edition)
    spec = series_figure.series(
        drawn,
        lang,
        palette=view.palette,
        narrow=view.narrow,
        width=view.size[0],
        stage=view.stage,
        notes=[] if view.stage else notes,
    )
    return spec, "", states_words.state(drawn, lang, area), tuple(notes)


def victims(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """The victims that a state detected, by sex, age and form."""
    area, edition = request.value(shared.AREA), request.value(shared.EDITION)
    groups = profile.groups(area, edition)
    rows = profile.group_rows(area, edition)
    notes = served.notes(lang, rows, edition)
    spec = bars(
        profile_words.blocks(lang, groups),
        lang,
        stage=view.stage,
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
        notes=[] if view.stage else notes,
    )
    return spec, "", profile_words.profile(lang, area, groups), tuple(notes)
