"""Cases in every language: one language after the other in `make test`, all the others in `make test-full`."""

from collections.abc import Iterable

import pytest

from data.i18n import LANGUAGES


def in_turn(cases: Iterable[str]) -> list:
    """Each case with each language as parameters; of each case all languages but one are marked long."""
    codes = list(LANGUAGES)
    return [
        pytest.param(case, code, marks=() if number % len(codes) == place else pytest.mark.long)
        for number, case in enumerate(cases)
        for place, code in enumerate(codes)
    ]
