"""The words of the victims by sex, age and form: for the bars of a state and of the region."""

from collections.abc import Callable

from dashboard.charts.bars import Bar
from dashboard.charts.figure_words import BREAKDOWN, marked
from dashboard.subjects.states.victims import Groups
from dashboard.words import terms
from data.i18n import N_, Language


def title(lang: Language, dimension: str) -> str:
    """The heading of a breakdown."""
    return terms.term(lang, "column", dimension)


def group(lang: Language, dimension: str, name: str) -> str:
    """The name of a group."""
    word, _ = BREAKDOWN[dimension]
    return word(lang, name)


def figure(lang: Language, block: Groups, name: str) -> str:
    """The figure of a group with its share, if it has one, and a mark if others contradict it."""
    text = marked({"contradicted": name in block.contested}, lang.interval(*block.figures[name]))
    share = block.share(name)
    return text if share is None else lang.text("{figure} ({share})", figure=text, share=terms.percent(lang, share))


# The sexes in a sentence, where they are girls and boys, too.
IN_PROSE = {"female": N_("Women and girls"), "male": N_("Men and boys")}


def based(lang: Language, block: Groups, name: str) -> str:
    """The figure of a group with its share, if it has one, and what the share is of."""
    share = block.share(name)
    if share is None:
        return figure(lang, block, name)
    text = lang.interval(*block.figures[name])
    values = {"figure": text, "share": terms.percent(lang, share), "known": lang.interval(*block.known)}
    if block.all_known:
        return lang.text("{figure} ({share} of all victims)", **values)
    if block.dimension == "sex":
        return lang.text("{figure} ({share} of the {known} whose sex is known)", **values)
    return lang.text("{figure} ({share} of the {known} whose age is known)", **values)


def named(lang: Language, block: Groups, words_of: Callable[[Language, Groups, str], str] = based) -> list[str]:
    """The groups of a breakdown that may have a victim, with their figures and shares, the largest first.

    Args:
        words_of: the figure of the first group with its share and what that is of, which holds for the others, too.
    """
    first, *others = by_size(block)
    figures = {first: words_of(lang, block, first)} | {name: figure(lang, block, name) for name in others}
    return [f"{in_prose(lang, block.dimension, name)}, {text}" for name, text in figures.items()]


def by_size(block: Groups) -> list[str]:
    """The groups of a breakdown that may have a victim, the largest first."""
    return sorted(block.shown, key=lambda name: -sum(block.figures[name]))


def in_prose(lang: Language, dimension: str, name: str) -> str:
    """The name of a group in a sentence."""
    return terms.in_sentence(lang.text(IN_PROSE[name]) if name in IN_PROSE else group(lang, dimension, name))


def bars(lang: Language, block: Groups, mark: Callable[[str], str], unknown: str) -> list[Bar]:
    """A bar for each group, and one for the victims of no known group.

    Args:
        mark: gives the id of a group's mark.
        unknown: the name of the last bar; without one there is none.
    """
    found = [
        Bar(group(lang, block.dimension, name), one, figure(lang, block, name), mark(name))
        for name, one in block.shown.items()
    ]
    if unknown and block.unknown and block.unknown[1]:
        found.append(Bar(unknown, block.unknown, lang.interval(*block.unknown)))
    return found
