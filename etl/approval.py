"""Who answers for a build: why failed checks may pass, by whom, and a second name where the operator wants two."""

from collections.abc import Mapping
from typing import NamedTuple

from etl.errors import AtalayaError

# With `1` the operator wants two names for whatever is accepted.
TWO_NAMES = "ATALAYA_TWO_NAMES"


class Approval(NamedTuple):
    """The reason why failed checks may pass this once, who gave it, and who agreed; each may be empty."""

    why: str = ""
    by: str = ""
    approved_by: str = ""

    def entries(self) -> dict[str, str]:
        """What the manifest says of it: `accepted`, `accepted_by`, `approved_by`, as far as they are known."""
        named = {"accepted": self.why, "accepted_by": self.by, "approved_by": self.approved_by}
        return {name: text for name, text in named.items() if text}

    def names(self) -> str:
        """Who gave the reason, and who agreed."""
        return " and ".join(filter(None, (self.by, self.approved_by)))


def approval(why: str, by: str, approved_by: str, environment: Mapping[str, str]) -> Approval:
    """What a person gave on the command line.

    Raises:
        AtalayaError: a name is missing, or both are the same.
    """
    given = Approval(*(" ".join(text.split()) for text in (why, by, approved_by)))
    if given.why and not given.by:
        raise AtalayaError("--accept needs --by NAME: who says that the figures are right")
    if given.approved_by and not given.why:
        raise AtalayaError("--approved-by agrees with a reason: give --accept WHY too, or leave it out")
    if given.why and environment.get(TWO_NAMES) == "1" and not given.approved_by:
        raise AtalayaError(f"--accept needs --approved-by NAME too: {TWO_NAMES} asks for two names")
    if given.approved_by and given.approved_by.casefold() == given.by.casefold():
        raise AtalayaError("--by and --approved-by are the same name; a second person has to agree")
    return given
