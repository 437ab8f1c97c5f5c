"""The filters of a view in words, for the files that are taken from it. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard import ledger_terms, terms
from dashboard.specs import Spec
from data.i18n import N_, Language

Word = Callable[[Language, str], str]


def _country(lang: Language, code: str) -> str:
    return lang.country(code)


# What a filter is called and who has the words for its ids; a number or a span of years needs none.
KNOWN: dict[str, tuple[str, Word | None]] = {
    "indicator": (N_("Indicator"), terms.indicator),
    "indicators": (N_("Indicator"), terms.indicator),
    "compared": (N_("Indicator"), terms.indicator),
    "reported": (N_("Indicator"), terms.indicator),
    "measure": (N_("Measure"), terms.measure),
    "year": (N_("Year"), None),
    "latest": (N_("Latest figure of each state"), None),
    "edition": (N_("Release shown"), terms.edition),
    "evidence": (N_("Evidence"), terms.evidence),
    "state": (N_("States"), _country),
    "area": (N_("State"), _country),
    "one": (N_("State"), _country),
    "other": (N_("Compared with"), terms.party),
    "revised": (N_("State"), terms.every_state),
    "position": (N_("Position on the route"), terms.position),
    "years": (N_("Years"), None),
    "period": (N_("Years"), None),
    "form": (N_("Form (stated routes only)"), terms.form),
    "sex": (N_("Sex"), terms.asked_sex),
    "age": (N_("Age"), terms.asked_age),
    "exploitation": (N_("Form of exploitation"), terms.asked_form),
    "minimum": (N_("Minimum number of persons or statements"), None),
    "questioned": (N_("Questioned flows"), None),
    "masking": (N_("Include changes of masking"), None),
    "treaty": (N_("Treaty"), terms.part),
    "year_end": (N_("At the end of the year"), None),
    "all_treaties": (N_("All three treaties"), None),
    "theme": (N_("Theme"), ledger_terms.theme),
    "objective": (N_("Objective of the work plan"), ledger_terms.objective),
    "addressed": (N_("Addresses"), ledger_terms.addressed),
    "grade": (N_("Grade of evidence"), ledger_terms.cell),
    "dated": (N_("Years"), None),
    "paragraph": (N_("Paragraph"), ledger_terms.paragraph),
    "whose": (N_("Whose entries"), ledger_terms.every_actor),
}


def asked(lang: Language, specs: tuple[Spec[Any], ...], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What each filter of a view asks: label and words. One without words says only how a view looks."""
    return [
        (lang.text(label), _told(lang, word, values[spec.name]))
        for spec in specs
        if spec.name in KNOWN
        for label, word in (KNOWN[spec.name],)
    ]


def _told(lang: Language, word: Word | None, value: object) -> str:
    if isinstance(value, bool):
        return lang.text("yes") if value else lang.text("no")
    if isinstance(value, tuple | list) and not word:
        return "–".join(map(str, value))
    if isinstance(value, tuple | list):
        return ", ".join(word(lang, code) for code in value) if word and value else lang.text("not restricted")
    return word(lang, str(value)) if word else str(value)
