"""The texts of page "About and method": sections of plain sentences, and the glossary. Pure."""

from typing import NamedTuple

from dashboard.subjects.states import words as states_words
from dashboard.words import disclaimer
from dashboard.words import terms as vocabulary
from data.glossary import glossary
from data.i18n import Language, capitalized

# The four kinds of figures, as concepts of the glossary; a number needs no entry there.
KINDS = ("zero", "fewer_than_five", "not_reported")
# The concepts that the sections explain, so that the page says it once.
IN_SECTIONS = frozenset({"detected", *KINDS, "unit_of_count"})


class Chapter(NamedTuple):
    """A section: its anchor, its heading, and its sentences, each a line of a list."""

    anchor: str
    heading: str
    sentences: tuple[str, ...]


def meaning(lang: Language, concept: str) -> str:
    """What a concept of the glossary means; in English for a language that the glossary does not cover."""
    found = glossary()[concept].meaning
    return found.get(lang.code) or found["en"]


def term(lang: Language, concept: str) -> str:
    """The first term of a concept, with a capital; in English for a language that the glossary does not cover."""
    found = glossary()[concept].terms
    words = (found.get(lang.code) or found["en"])[0]
    return capitalized(words)


def explained(lang: Language, concept: str) -> str:
    """A term and what it means: `Detected victim: a person ...`."""
    return lang.labeled(term(lang, concept), vocabulary.in_sentence(meaning(lang, concept)))


def sections(lang: Language, contact: str) -> list[Chapter]:
    """The sections before the glossary.

    Args:
        contact: where readers can write to; empty if none is set.
    """
    return [
        Chapter("detected", lang.text("What “detected victim” means"), _detected(lang)),
        Chapter("figures", lang.text("How to read the figures"), _figures(lang)),
        Chapter("units", term(lang, "unit_of_count"), (meaning(lang, "unit_of_count"),)),
        Chapter("rules", lang.text("What we do and do not do"), _rules(lang)),
        Chapter("keeper", lang.text("Who runs this site"), _keeper(lang, contact)),
        Chapter("errors", lang.text("How to report an error"), _errors(lang, contact)),
    ]


def _detected(lang: Language) -> tuple[str, ...]:
    return meaning(lang, "detected"), states_words.reading(lang)


def _figures(lang: Language) -> tuple[str, ...]:
    unchanged = lang.text(
        "One number from the publisher, not a range; rates are calculated from it. Other figures may contradict it (*)."
    )
    number = lang.labeled(lang.text("Exact figure"), vocabulary.in_sentence(unchanged))
    added = lang.text(
        "A sum that includes “fewer than five” is a range: 12 and “<5” give 13 to 16, or 12 to 16 where a release "
        "publishes no zeros."
    )
    return (number, *(explained(lang, concept) for concept in KINDS), added)


def _rules(lang: Language) -> tuple[str, ...]:
    return (
        lang.text("We show each figure with its source, file and row."),
        lang.text("We make no estimates, we do not rank or score states, and no color means good or bad."),
        lang.text("Beside each regional figure we say how many states reported."),
        lang.text(
            "We never guess a route: an arrow shows what a report describes, a circle how many victims were detected."
        ),
        lang.text("If a state disputes a figure, we show the state’s statement beside it."),
        lang.text("We publish no names, no details of cases and no figures for small areas within a state."),
        disclaimer.disclaimer(lang),
    )


def _keeper(lang: Language, contact: str) -> tuple[str, ...]:
    independent = lang.text(
        "Atalaya is an independent open project run by its contributors. It is not a product "
        "of the Organization of American States (OAS) or of any government."
    )
    return (independent, lang.labeled(lang.text("Contact"), contact)) if contact else (independent,)


def _errors(lang: Language, contact: str) -> tuple[str, ...]:
    what = lang.text("Send the figure, the document that shows the correct one and a link to the view.")
    states = lang.text(
        "States can dispute a figure with the workbook under “Submit a national report” on the Declaration page."
    )
    nowhere = lang.text(
        "This copy of the site gives no contact address. Please write to the office or person that provides this copy."
    )
    return (lang.labeled(lang.text("Write to"), contact) if contact else nowhere, what, states)


def terms(lang: Language) -> list[str]:
    """The terms that no section explains, in alphabetical order, each with its meaning."""
    concepts = [concept for concept, entry in glossary().items() if entry.meaning["en"] and concept not in IN_SECTIONS]
    ordered = lang.alphabetical(concepts, lambda concept: term(lang, concept))
    return [explained(lang, concept) for concept in ordered]
