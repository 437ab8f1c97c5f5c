"""What an address may contain: nothing that a stranger types gets past a spec."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.filters import Flag, Form, Many, One, Span, Whole

ONE = One("indicator", ("victims", "offences"), "victims")
MANY = Many("areas", ("ARG", "BOL", "MEX"))
WHOLE = Whole("year", (2007, 2023), 2019)
SPAN = Span("years", (2007, 2023), (2007, 2023))
FLAG = Flag("latest")
ALL = (ONE, MANY, WHOLE, SPAN, FLAG)


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (ONE, "offences", "offences"),
        (MANY, "MEX,ARG", ["MEX", "ARG"]),
        (MANY, "MEX,MEX", ["MEX"]),
        (MANY, "none", []),
        (WHOLE, "2007", 2007),
        (WHOLE, "2023", 2023),
        (SPAN, "2010-2012", (2010, 2012)),
        (SPAN, "2010", (2010, 2010)),
        (FLAG, "1", True),
        (FLAG, "0", False),
    ],
)
def test_a_valid_text_is_parsed(spec, text, value):
    assert spec.parse(text) == value
    assert spec.allows(value)


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (ONE, ""),
        (ONE, "Victims"),
        (ONE, "<script>alert(1)</script>"),
        (MANY, "ARG,ZZZ"),
        (MANY, ""),
        (MANY, "arg"),
        (WHOLE, "3000"),
        (WHOLE, "2006"),
        (WHOLE, "-2010"),
        (WHOLE, "2_010"),
        (WHOLE, " 2010"),
        (WHOLE, "٢٠١٠"),
        (WHOLE, "9" * 5000),
        (SPAN, "2012-2010"),
        (SPAN, "2012-"),
        (SPAN, "2000-2030"),
        (FLAG, "yes"),
        (FLAG, ""),
    ],
)
def test_an_invalid_text_is_refused(spec, text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the reader's own text
        spec.parse(text)


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        (ONE, "x"),
        (ONE, None),
        (MANY, ["ARG", "x"]),
        (MANY, "ARG"),
        (MANY, None),
        (WHOLE, 1),
        (WHOLE, "2010"),
        (SPAN, (1, 2, 3)),
        (SPAN, (2012, 2010)),
        (SPAN, 2010),
        (FLAG, 1),
        (FLAG, None),
    ],
)
def test_a_browser_cannot_smuggle_a_value_in(spec, value):
    assert not spec.allows(value)


@pytest.mark.parametrize("spec", ALL)
def test_the_default_survives_the_address(spec):
    parsed = spec.parse(spec.write(spec.default))
    assert parsed == (list(spec.default) if spec is MANY else spec.default)


@given(st.lists(st.sampled_from(MANY.options), unique=True))
def test_every_choice_of_several_survives_the_address(chosen):
    assert MANY.parse(MANY.write(chosen)) == chosen


@given(st.integers(2007, 2023), st.integers(2007, 2023))
def test_every_span_survives_the_address(one, other):
    span = (min(one, other), max(one, other))
    assert SPAN.parse(SPAN.write(span)) == span


@given(st.sampled_from(ALL), st.text())
def test_any_text_is_a_value_or_a_value_error(spec, text):
    try:
        value = spec.parse(text)
    except ValueError:
        return
    assert spec.allows(value)


def test_a_text_of_a_form_is_itself_or_empty():
    form = Form("arrow", r"[A-Z]{3}\.[A-Z]{3}")
    assert form.parse(form.write("MEX.USA")) == "MEX.USA"
    assert form.parse("") == form.default
    for text in ("MEX", "MEX.USA.", "mex.usa", "MEX.USA\n", "<script>"):
        with pytest.raises(ValueError, match=re.escape(text)):
            form.parse(text)
        assert not form.allows(text)
