"""The map of a treaty: Plotly accepts it, each standing has its own style, the key counts, hover texts have dates."""

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import THEMES, resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.treaties.figures import SYMBOLS, look_of, parties_map
from dashboard.subjects.treaties.query import STANDINGS
from tests.dashboard.charts.map_samples import STATES
from tests.dashboard.subjects.states.region_samples import lands, printed

END = date(2014, 1, 31)
ACTED = {
    "ARG": ("party", date(2000, 12, 12), date(2002, 11, 19), "ratification", False, None),
    "BOL": ("party", None, date(2006, 5, 18), "accession", True, None),
    "BRB": ("after", date(2001, 9, 26), None, "ratification", True, date(2014, 11, 11)),
    "CHL": ("signed", date(2002, 8, 8), None, None, None, None),
    "CUB": ("later", None, date(2013, 6, 20), "accession", False, None),
}
NAMES = ("standing", "signature", "deposit", "action", "derived", "after")
USUAL = {
    "as_of": END,
    "date_precision": "day",
    "signature_precision": "day",
    "note": None,
    "reservation": None,
    "differs": False,
}
ROWS = [
    {"area": code} | USUAL | dict(zip(NAMES, ACTED.get(code, ("none", *[None] * 5)), strict=True)) for code in STATES
]


def spec(basemap, english, rows=ROWS, **options):
    rows = pl.DataFrame(rows, infer_schema_length=None)
    given = {"treaty": "Protocol", "closing": "2014-01", "medium": WALL}
    return parties_map(rows, basemap, english, **given | options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(basemap, english, medium, palette):
    assert len(go.Figure(resolved(spec(basemap, english, medium=medium), palette)).data) > 35


def test_standings_differ_without_color():
    looks = [look_of(code) for code in STANDINGS]
    assert len({(look.hatch or {}).get("shape", look.fill) for look in looks}) == len(STANDINGS)
    assert len({SYMBOLS[code] for code in STANDINGS}) == len(STANDINGS)
    for look, code in zip(looks, STANDINGS, strict=True):
        assert bool(look.hatch) is (code in {"undated", "signed", "after", "unseen"})


def test_no_standing_is_red_or_green():
    for theme in THEMES:
        for code in STANDINGS:
            red, green, blue = (int(resolved(look_of(code).fill, theme)[at : at + 2], 16) for at in (1, 3, 5))
            assert blue >= max(red, green) - 5


def test_the_key_counts_the_states_of_each_standing(basemap, english):
    words = printed(spec(basemap, english))
    for entry in (
        "Party by January 2014 (2)",
        "Signed only (1)",
        "Joined after January 2014 (1)",
        "No action (1)",
        "No action recorded as of January 2014 (30)",
    ):
        assert entry in words


def test_a_state_s_hover_lists_its_acts_up_to_the_shown_date(basemap, english):
    drawn = lands(spec(basemap, english))
    assert drawn["ARG"]["text"] == (
        "<b>Argentina</b><br>Protocol<br>Party<br>Ratification: 19 November 2002<br>Signature: 12 December 2000"
    )
    assert drawn["BOL"]["text"].endswith("Accession: 18 May 2006 (calculated)")
    assert drawn["BRB"]["text"].endswith(
        "Signed; instrument deposited later (date calculated)<br>"
        "Signature: 26 September 2001<br>Ratification: 11 November 2014 (calculated)"
    )
    assert drawn["CUB"]["text"] == "<b>Cuba</b><br>Protocol<br>No action"
    assert drawn["USA"]["text"].endswith("No action recorded as of January 2014")


def test_a_hover_is_no_more_exact_than_what_is_held(basemap, english):
    held = {
        "ARG": {"date_precision": "year", "reservation": "16; 18", "differs": True},
        "BOL": {"note": "ratified_without_signature", "derived": False},
        "CHL": {"standing": "undated", "action": "participation", "signature_precision": "year"},
    }
    drawn = lands(spec(basemap, english, [row | held.get(row["area"], {}) for row in ROWS]))
    text = {area: drawn[area]["text"].replace("<br>", " ") for area in held}
    assert "Ratification: 2002 " in text["ARG"]
    assert "Reservation or declaration on: articles 16 and 18. Sources differ" in text["ARG"]
    assert text["BOL"].endswith("Doubtful: published as a ratification, although no signature is published.")
    assert text["CHL"].endswith("Party; date unknown Signature: 2002")


def test_states_show_the_year_of_deposit_or_in_brackets_of_signature(basemap, english):
    words = "|".join(printed(spec(basemap, english)))
    for text in ("<b>Argentina</b>", "2002", "<b>Cuba</b>|", "(2001)", "(2002)"):
        assert text in words
    assert "2013" not in words


def test_on_a_phone_years_have_two_digits(basemap, english):
    words = "|".join(printed(spec(basemap, english, medium=PHONE)))
    assert "’02" in words
    assert "(’01)" in words


def test_every_state_can_be_chosen(basemap, english):
    targets = [trace for trace in spec(basemap, english)["data"] if "customdata" in trace]
    assert {data[0] for trace in targets for data in trace["customdata"]} == set(STATES)
