"""The notice of every page when the current snapshot is missing, damaged or not signed, and another one is shown."""

from data.i18n import N_, Language
from data.signed import EXPIRED, OLDER, UNSIGNED
from data.verified import Verified

PROBLEMS = {
    "missing": N_("The current data cannot be shown: the file {file} is missing."),
    "unreadable": N_("The current data cannot be shown: the file {file} cannot be read."),
    "damaged": N_("The current data cannot be shown: the file {file} is damaged."),
    "of another version": N_(
        "The current data cannot be shown: the file {file} was made by another version of this program."
    ),
    UNSIGNED: N_("The current data cannot be shown: the file {file} is not signed by its publisher."),
    EXPIRED: N_("The current data cannot be shown: the signature in the file {file} has expired."),
    OLDER: N_("The current data cannot be shown: the file {file} is older than one seen before."),
}


def notice(lang: Language, snapshot: Verified) -> str:
    """What is wrong with the current snapshot, and which one is shown; empty if it is the current one."""
    if not snapshot.fault:
        return ""
    problem = lang.text(PROBLEMS[snapshot.fault.reason], file=snapshot.fault.file)
    shown = lang.text(
        "An earlier data version is shown instead; its id is at the foot of the page. Figures may differ."
    )
    return f"{problem} {shown}"
