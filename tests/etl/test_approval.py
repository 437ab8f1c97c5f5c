"""Who answers for what is published although a check failed."""

import pytest

from etl.approval import TWO_NAMES, Approval, approval
from etl.errors import AtalayaError

REASON, ONE, OTHER = "the ministry confirmed it", "A. Person", "B. Person"


def test_a_reason_has_a_name_and_may_have_a_second():
    assert approval(f" {REASON}\n", ONE, "", {}) == (REASON, ONE, "")
    both = approval(REASON, ONE, OTHER, {TWO_NAMES: "1"})
    assert both.entries() == {"accepted": REASON, "accepted_by": ONE, "approved_by": OTHER}
    assert both.names() == "A. Person and B. Person"
    assert Approval().entries() == {}
    # Who publishes may say so without anything to accept.
    assert approval("", ONE, "", {TWO_NAMES: "1"}).entries() == {"accepted_by": ONE}


@pytest.mark.parametrize(
    ("given", "setting", "problem"),
    [
        ((REASON, "", ""), "", "--accept needs --by NAME"),
        ((REASON, "  ", ""), "", "--accept needs --by NAME"),
        ((REASON, ONE, ""), "1", "ATALAYA_TWO_NAMES asks for two names"),
        ((REASON, ONE, " a. person "), "1", "are the same name"),
        ((REASON, ONE, "A.  Person"), "", "are the same name"),
        (("", ONE, OTHER), "", "give --accept WHY too"),
    ],
)
def test_a_missing_or_repeated_name_is_refused(given, setting, problem):
    with pytest.raises(AtalayaError, match=problem):
        approval(*given, {TWO_NAMES: setting})
