import plotly.graph_objects as go
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL, Medium
from dashboard.subjects.explore.figures.lines import multiples
from data.i18n import language
from tests.dashboard.subjects.explore.figure_samples import (
    ALL,
    CONVICTED,
    RATE,
    SOME,
    VICTIMS,
    bridges,
    figures,
    frame,
    heights,
    key,
    marks,
    names,
    real,
    words,
)

EN = language("en")
WOMEN = {(VICTIMS, area, "female", "total", "total"): {2019: 4.0, 2021: (1, 4)} for area in ("BRA", "BOL")}


def drawn(rows=None, lang=EN, medium=WALL, **options):
    return multiples(frame() if rows is None else rows, lang, medium, **options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("shared", [False, True])
def test_plotly_accepts_every_form(medium, palette, shared):
    for rows in (frame(), frame(SOME | WOMEN), frame().clear()):
        assert go.Figure(resolved(drawn(rows, medium=medium, shared=shared), palette)).data


@pytest.mark.parametrize("rows", [frame(SOME | WOMEN), real(VICTIMS), real(VICTIMS, sexes=("total", "female"))])
def test_marks_are_exactly_at_the_figures_of_the_rows(rows):
    spec = drawn(rows)
    read, pixel = heights(spec)
    silent = {name for name, spots in marks(spec).items() if "no figure" in spots[0][2]}
    assert sorted(read.keys() - silent) == names(rows)
    assert all(read[name] == pytest.approx(ends, abs=2 * pixel) for name, ends in figures(rows).items())


def test_a_masked_figure_is_a_bar_between_its_two_ends():
    rows = real(CONVICTED)
    places = marks(drawn(rows))
    masked = names(rows, ["masked"])
    assert len(masked) > 50
    assert {len(places[name]) for name in masked} == {2}
    assert {len(places[name]) for name in names(rows, ["exact"])} == {1}


@pytest.mark.parametrize("rows", [frame(), real(VICTIMS), real(CONVICTED, sexes=("total", "male"))])
def test_no_line_bridges_a_year_without_a_value(rows):
    steps, missing = bridges(drawn(rows), rows)
    assert missing == 0
    assert max(steps) - min(steps) <= 1


@pytest.mark.parametrize(
    ("lang", "order"), [("en", ["Bolivia", "Brazil", "Chile"]), ("fr", ["Bolivie", "Brésil", "Chili"])]
)
def test_panels_are_ordered_by_name_for_any_series(lang, order):
    first = {(CONVICTED, "CHL", *ALL): {2018: 3}}
    some = first | {series: entry for series, entry in SOME.items() if series[1] in {"BRA", "BOL"}}
    heads = [entry for entry in words(drawn(frame(some), language(lang))) if entry[0].startswith("<b>")]
    assert [text[3:-4] for text, _, _ in sorted(heads, key=lambda entry: (entry[2], entry[1]))] == order


def test_each_unit_has_a_block_with_a_heading():
    rates = {(RATE, area, *ALL): {2018: 0.5} for area in ("BRA", "BOL", "CHL", "DMA")}
    texts = [text for text, _, _ in words(drawn(frame(SOME | rates)))]
    assert "<b>Detected victims</b>" in texts
    assert "<b>Detected victims per 100,000 population</b>" in texts
    assert texts.count("<b>Brazil</b>") == 2


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_each_panel_with_a_scale_of_its_own_has_its_numbers(medium):
    rows = real(VICTIMS)
    spec = drawn(rows, shared=False, medium=medium)
    ticks = [(float(text.replace(",", "")), x, y) for text, x, y in words(spec, side="left")]
    for area in ("USA", "CRI", "MEX"):
        name, spots = f"{area}.{VICTIMS}.2022", marks(spec)
        figure = figures(rows)[name][1]
        ((_, y, _),) = spots[name]
        left = max(at for _, at, _ in ticks if at < min(x for key, ((x, *_), *_) in spots.items() if key[:3] == area))
        mine = [(value, at) for value, along, at in ticks if along == left and abs(at - y) < 2500]
        base = min(at for value, at in mine if value == 0 and at >= y)
        top, high = max((value, at) for value, at in mine if at < base and base - at < 2300)
        assert figure == pytest.approx(top * (base - y) / (base - high), rel=0.02)


def test_panels_without_any_figure_have_no_numbers():
    assert [text for text, *_ in words(drawn(frame({(VICTIMS, "DMA", *ALL): {}}), shared=False), side="left")] == []


def test_a_state_without_rows_is_not_reported_and_the_maximum_is_printed():
    texts = [text for text, _, _ in words(drawn(), side="center")]
    assert texts.count("No figure") == 1
    assert {"30", "12", "7"} <= set(texts)


def test_a_state_with_only_conflicting_figures_is_not_called_not_reported():
    conflicting = {(VICTIMS, "DMA", *ALL): {2019: "conflicting"}}
    texts = [text for text, _, _ in words(drawn(frame(SOME | conflicting)), side="center")]
    assert "No figure" not in texts


def test_unreported_years_are_a_band_and_a_zero_is_hollow():
    spec = drawn(frame({key: by_year for key, by_year in SOME.items() if key[1] == "BRA"}))
    (band,) = [trace for trace in spec["data"] if "fill" in trace and trace["xaxis"] == "x"]
    (gap,) = [(x, y) for name, spots in marks(spec).items() for x, y, hover in spots if "no figure" in hover]
    assert min(band["x"]) < gap[0] < max(band["x"])
    (zero,) = [t for t in spec["data"] if "customdata" in t and "(zero)" in t["hovertext"][0]]
    assert zero["marker"]["color"] != zero["marker"]["line"]["color"]


def test_more_than_six_series_are_gray_and_counted_in_the_key():
    forms = ("sexual_exploitation", "forced_labour", "other", "total")
    some = {(VICTIMS, "BRA", sex, "total", form): {2018: 5} for sex in ("total", "female") for form in forms}
    assert "2 gray lines: point at one to see its name" in key(drawn(frame(some)))
    looks = [t["marker"] for t in drawn(frame(some))["data"] if "customdata" in t and "Not" not in t["hovertext"][0]]
    assert len({look["color"] for look in looks}) == len({look["symbol"] for look in looks} | {"rest"}) == 7


def test_every_entry_of_the_key_has_text_when_panels_differ():
    women = {(VICTIMS, "BRA", "female", "total", "total"): {2019: 4}}
    rates = {(RATE, "BRA", "total", "total", "total"): {2019: 0.4}}
    entries = key(drawn(frame(SOME | women | rates)))
    assert all(text.strip() for text in entries)
    assert {"All", "Female"} & set(entries)
    assert any(text.startswith("Detected victims per 100,000") for text in entries)
    # With one series per panel nothing needs a key.
    assert not any(text.startswith("Detected victims per 100,000") for text in key(drawn(frame(SOME | rates))))


def test_a_mark_names_state_year_group_and_figure():
    hover = {name: spots[0][2] for name, spots in marks(drawn(frame(SOME | WOMEN))).items()}
    assert hover["BRA.detected_victims.2018"] == "<b>Brazil, 2018</b><br>Detected victims: 10 persons"
    masked = "<b>Bolivia, 2021</b><br>Detected victims, Female: 1–4 persons (fewer than five)"
    assert hover["BOL.detected_victims.2021.female.total.total"] == masked
    assert hover["BOL.detected_victims.2020"] == "<b>Bolivia, 2020</b><br>Detected victims: conflicting figures"


def test_on_a_phone_there_are_two_columns():
    for medium, columns in ((PHONE, 2), (WALL, 7)):
        heads = [x for text, x, _ in words(drawn(real(VICTIMS), medium=medium)) if text.startswith("<b>")]
        assert len(heads) == 35
        assert len(set(heads)) == columns


def test_a_picture_names_the_states_without_a_figure_and_has_no_panel_for_them():
    picture, page = (drawn(medium=medium) for medium in (Medium.picture(1060, 700), WALL))
    for spec, panels in ((picture, 3), (page, 4)):
        assert len([text for text, *_ in words(spec) if text.startswith("<b>")]) == panels
    assert "No figures in these years: Dominica" in str(picture["layout"])
    assert "Dominica" not in str(page["layout"])
