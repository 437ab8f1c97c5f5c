"""The filters of a view in words, for the files that are taken from it. Pure."""

from collections.abc import Mapping
from typing import Any

from dashboard import terms
from dashboard.specs import Many, One, Spec
from data.i18n import N_, Language

# What a filter is called.
KNOWN = {
    "indicator": N_("Indicator"),
    "indicators": N_("Indicator"),
    "compared": N_("Indicator"),
    "reported": N_("Indicator"),
    "measure": N_("Measure"),
    "year": N_("Year"),
    "latest": N_("Latest figure of each state"),
    "edition": N_("Release shown"),
    "evidence": N_("Evidence"),
    "state": N_("States"),
    "area": N_("State"),
    "one": N_("State"),
    "other": N_("Compared with"),
    "revised": N_("State"),
    "position": N_("Position on the route"),
    "years": N_("Years"),
    "period": N_("Years"),
    "form": N_("Form (stated routes only)"),
    "sex": N_("Sex"),
    "age": N_("Age"),
    "exploitation": N_("Form of exploitation"),
    "minimum": N_("Minimum number of persons or statements"),
    "questioned": N_("Questioned flows"),
    "masking": N_("Include changes of masking"),
    "treaty": N_("Treaty"),
    "year_end": N_("At the end of the year"),
    "all_treaties": N_("All three treaties"),
    "theme": N_("Theme"),
    "objective": N_("Objective of the work plan"),
    "addressed": N_("Addresses"),
    "grade": N_("Grade of evidence"),
    "dated": N_("Years"),
    "paragraph": N_("Paragraph"),
    "whose": N_("Whose entries"),
}


def asked(lang: Language, specs: tuple[Spec[Any], ...], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What each filter of a view asks: label and words. One without words says only how a view looks."""
    return [(lang.text(KNOWN[spec.name]), _told(lang, spec, values[spec.name])) for spec in specs if spec.name in KNOWN]


def _told(lang: Language, spec: Spec[Any], value: Any) -> str:  # noqa: ANN401 - whatever a filter holds
    if isinstance(spec, Many):
        return ", ".join(terms.option(lang, spec.name, code) for code in value) or lang.text("not restricted")
    if isinstance(spec, One):
        return terms.option(lang, spec.name, value)
    if isinstance(value, bool):
        return lang.text("yes") if value else lang.text("no")
    return "–".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
