from dashboard.charts.colors import COLORS
from dashboard.charts.look import STATES, look, look_of, number_state, uncertain
from tests.dashboard.charts.map_samples import figure

LIGHT = COLORS


def test_a_true_zero_differs_from_a_small_value():
    assert number_state(figure("ARG", 0.0, 0.0)) == "zero"
    assert number_state(figure("ARG", 0.0, 4.0, "masked")) == "masked"
    assert number_state(figure("ARG", 1.0, 1.0)) == "exact"


def test_every_state_of_a_number_looks_different():
    looks = [look_of(state, LIGHT.ramp[2]) for state in STATES]
    assert len({look.symbol for look in looks}) == len(STATES)
    assert len({(look.fill, look.line, str(look.hatch)) for look in looks}) == len(STATES)


def test_what_a_figure_may_be_is_dashed_everywhere_and_a_value_is_not():
    dashed = [look_of(state, LIGHT.ramp[2]) for state in ("masked", "interval", "range")]
    dashed += [look(figure("ARG", 1.0, 4.0, "masked"), [1.0]), uncertain(LIGHT.symbol)]
    assert {(one.extra["dash"], one.fill, one.hatch) for one in dashed} == {("3px,2px", LIGHT.surface, None)}
    others = [look_of(state, LIGHT.ramp[2]) for state in STATES if state != "masked"]
    assert not any("dash" in one.extra for one in (*others, look(figure("ARG", 3.0, 3.0), [1.0])))


def test_a_rate_is_filled_by_class_and_a_count_is_not():
    low, high = figure("ARG", 0.5, 0.5), figure("ARG", 9.0, 9.0)
    assert look(low, [1, 2, 3, 4]).fill == LIGHT.ramp[0]
    assert look(high, [1, 2, 3, 4]).fill == LIGHT.ramp[5]
    assert look(low, None).fill == look(high, None).fill == LIGHT.tint
