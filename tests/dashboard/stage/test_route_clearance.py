"""The route map of the published figures, year by year: what arrows cover, measured on the drawing."""

from collections import Counter
from functools import cache

import pytest

from dashboard import store
from dashboard.shell import choices
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse, query
from dashboard.subjects.routes.figures.values import nudged
from data.i18n import LANGUAGES
from tests.dashboard.subjects.routes import clearance

# More arrows than the page opens with: these are the crowded views.
USUAL = {spec.name: spec.default for spec in choices.ROUTES} | {choices.ARROWS.name: 25}
LOOKS = {"wide": {"width": "1680", "dark": "0"}, "phone": {"width": "640", "dark": "0"}}
FIRST, LAST = choices.flow_years()
# Every second year alone, and all years together.
SPANS = ((FIRST, LAST), *((year, year) for year in range(FIRST, LAST + 1, 2)))


def spec(look, evidence, span):
    figure_request = parse("routes", query("routes", USUAL | {"evidence": evidence, "years": span}, "en") | LOOKS[look])
    return drawn(figure_request).spec


@cache
def counts(look, evidence):
    """How often a head, badge, code or marker is covered in the default view of each span."""
    covered = Counter()
    for span in SPANS:
        figure = spec(look, evidence, span)
        for axis in clearance.panels(figure):
            panel = clearance.panel_of(figure, axis, nudged(store.basemap().points))
            covered["arrows"] += len(panel.arrows)
            covered["heads on heads"] += len(clearance.heads_on_heads(panel, 0.25))
            covered["hidden heads"] += len(clearance.hidden_heads(panel, 0.3))
            covered["badges"] += len(clearance.crossed(panel, panel.badges))
            covered["codes"] += len(clearance.crossed(panel, panel.codes))
            covered["dots"] += len(clearance.crossed(panel, panel.dots))
            covered["marks on marks"] += len(clearance.overlapping(panel))
    return covered


# The maximum share of drawn arrows, by what is covered.
MOST = {"heads on heads": 0.12, "hidden heads": 0.15, "badges": 0.06, "codes": 0.18, "dots": 0.12, "marks on marks": 0}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("evidence", choices.EVIDENCE.options)
@pytest.mark.parametrize("what", MOST)
def test_arrows_cover_few_marks_in_any_year(look, evidence, what):
    covered = counts(look, evidence)
    assert covered["arrows"] > 100
    assert covered[what] <= MOST[what] * covered["arrows"], covered


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tall", [340, 356, 560])
def test_no_name_meets_another_on_stage(lang, tall):
    """A longer key, as in Spanish, leaves less room for the enlargements."""
    usual = {spec.name: spec.default for spec in choices.ROUTES}
    look = {"width": "930", "dark": "0", "stage": str(tall)}
    figure, places = drawn(parse("routes", query("routes", usual, lang) | look)).spec, nudged(store.basemap().points)
    panels = [clearance.panel_of(figure, axis, places) for axis in clearance.panels(figure)]
    # The states between which there are arrows.
    assert sum(len(panel.codes) for panel in panels) >= 8
    assert [pair for panel in panels for pair in clearance.overlapping(panel)] == []
