"""What the figures of one state say, and how it stands to the OAS."""

import polars as pl

from dashboard import terms
from dashboard.query import observed
from data.i18n import Language


def state(frames: dict[str, pl.DataFrame], lang: Language, area: str) -> str:
    """What the panels of one state show."""
    reported = {code: frame.filter(pl.col("status").is_in(observed.REPORTED)) for code, frame in frames.items()}
    told = [code for code, frame in reported.items() if not frame.is_empty()]
    first = lang.plural(
        "{state} reports {n} of {all} indicators in at least one year.",
        "{state} reports {n} of {all} indicators in at least one year each.",
        len(told),
        state=lang.country(area),
        all=len(frames),
    )
    victims = reported.get("detected_victims")
    if victims is None or victims.is_empty():
        none = lang.text("It has no total of detected victims in any year, which is not a zero.")
        return f"{first} {none}"
    row = victims.row(-1, named=True)
    latest = lang.text(
        "Its latest total of detected victims is {figure} ({year}).",
        figure=terms.figure(lang, row["low"], row["high"], row["status"]),
        year=row["year"],
    )
    return f"{first} {latest}"


def membership(lang: Language, area: str) -> list[str]:
    """What must be said of a state's place in the organisation and of its reservation to the declaration."""
    return standing(lang, area, observed.members()[area])


def standing(lang: Language, area: str, member: str) -> list[str]:
    """The same of a state whose place is known."""
    notes = [terms.term(lang, "membership", member), terms.term(lang, "reservation", area)]
    return [note for note in notes if note]
