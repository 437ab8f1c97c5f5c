"""The words for ids: what the screens call an indicator, a status, a role, in the field's own terms.

Trafficking in persons (trata de personas, tráfico de pessoas, traite des personnes) is never called smuggling,
which is another offence. An id without a word shows itself.
"""

import re

from dashboard import source_words, vocabulary
from data.i18n import Language


def indicator(lang: Language, code: str) -> str:
    """The name of an indicator, e.g. `Detected victims`."""
    return _word(lang, vocabulary.INDICATOR, code)


def definition(lang: Language, code: str) -> str:
    """What an indicator counts, as one sentence."""
    return _word(lang, vocabulary.DEFINITION, code)


def measure(lang: Language, code: str) -> str:
    """The word for `rate` or `count`."""
    return _word(lang, vocabulary.MEASURE, code)


def position(lang: Language, code: str) -> str:
    """Where on a route a state is sought."""
    return _word(lang, vocabulary.POSITION, code)


def picture(lang: Language, code: str) -> str:
    """How routes are read."""
    return _word(lang, vocabulary.PICTURE, code)


def desk(lang: Language, code: str) -> str:
    """A half of the researcher's desk."""
    return _word(lang, source_words.DESK, code)


def reading(lang: Language, code: str) -> str:
    """How the figures of states and years are read."""
    return _word(lang, source_words.READING, code)


def asked_sex(lang: Language, code: str) -> str:
    """A sex as a filter asks for it: `total` also takes the groups of indicators without a total."""
    return lang.text("Total") if code == "total" else sex(lang, code)


def asked_age(lang: Language, code: str) -> str:
    """An age group, likewise."""
    return lang.text("Total") if code == "total" else age(lang, code)


def asked_form(lang: Language, code: str) -> str:
    """A form of exploitation, likewise."""
    return lang.text("Total") if code == "total" else form(lang, code)


def sex(lang: Language, code: str) -> str:
    """The word for a sex of the contract; `total` is "Both sexes"."""
    return _word(lang, vocabulary.SEX, code)


def age(lang: Language, code: str) -> str:
    """The word for an age code: one of `AGE`, or a band such as `5-17` or `15+`, in years."""
    band = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", code)
    if code in vocabulary.AGE or band is None:
        return _word(lang, vocabulary.AGE, code)
    low, high = band.groups()
    return lang.text("{low}–{high} years", low=low, high=high) if high else lang.text("{low} years and over", low=low)


def form(lang: Language, code: str) -> str:
    """The word for a form of exploitation."""
    return _word(lang, vocabulary.FORM, code)


def profile(lang: Language, code: str) -> str:
    """The word for a victim profile of the stated routes."""
    return _word(lang, vocabulary.PROFILE, code)


def status(lang: Language, code: str) -> str:
    """The word for what a figure is: `exact`, `zero`, `masked`, `conflicting`, `suspect`, `not_reported` ..."""
    return _word(lang, vocabulary.STATUS, code)


def role(lang: Language, code: str) -> str:
    """The word for a state's role on a route."""
    return _word(lang, vocabulary.ROLE, code)


def stated(lang: Language, code: str) -> str:
    """Whether a report names the role: `yes`, `no`, `no_mention`."""
    return _word(lang, vocabulary.STATED, code)


def edition(lang: Language, code: str) -> str:
    """What the figures are seen as published in: the newest releases, or an earlier release of UNODC by its day."""
    return lang.text("Newest release") if code == "newest" else lang.date(code)


def every_state(lang: Language, code: str) -> str:
    """A state's name, or the word for all of them."""
    return lang.text("All states") if code == "all" else lang.country(code)


def party(lang: Language, code: str) -> str:
    """What a state is compared with: another one, or the region."""
    return lang.text("The whole region") if code == "region" else lang.country(code)


def evidence(lang: Language, code: str) -> str:
    """The kind of evidence behind a route: `counted` or `stated`."""
    return _word(lang, vocabulary.EVIDENCE, code)


def unit(lang: Language, code: str) -> str:
    """The unit, in lower case, to stand after a figure or on an axis."""
    return _word(lang, vocabulary.UNIT, code)


def subregion(lang: Language, code: str) -> str:
    """The name of a subregion; takes an id or an English name (`South America`)."""
    return _word(lang, vocabulary.SUBREGION, code.lower().replace(" ", "_")) if code else code


def year_basis(lang: Language, code: str) -> str:
    """Whether a year is the calendar year of the fact or the year of a report."""
    return _word(lang, vocabulary.YEAR_BASIS, code)


def revision(lang: Language, code: str) -> str:
    """The kind of change between two releases."""
    return _word(lang, vocabulary.REVISION, code)


def boundary(lang: Language, code: str) -> str:
    """The kind of a polygon on the map."""
    return _word(lang, vocabulary.BOUNDARY, code)


def redistribute(lang: Language, code: str) -> str:
    """What a source's licence lets us pass on."""
    return _word(lang, vocabulary.REDISTRIBUTE, code)


def source(lang: Language, code: str) -> str:
    """A source's publisher and short title; the id for a source without an entry."""
    return _word(lang, vocabulary.SOURCE, code)


def line_kind(lang: Language, code: str) -> str:
    """What a numbered line of the work plan is."""
    return _word(lang, source_words.LINE_KIND, code)


def freshness(lang: Language, code: str) -> str:
    """How fresh a source's files are, as a part of a sentence."""
    return _word(lang, source_words.FRESHNESS, code)


def part(lang: Language, code: str) -> str:
    """A part of a release: the name of a treaty or file; the code of a series as printed."""
    return _word(lang, source_words.PART, code)


def table(lang: Language, code: str) -> str:
    """What a table of the snapshot holds."""
    return _word(lang, source_words.TABLE, code)


def column(lang: Language, code: str) -> str:
    """The heading that the screens give a column of a table."""
    return _word(lang, source_words.COLUMN, code)


def action(lang: Language, code: str) -> str:
    """What a state did about a treaty."""
    return _word(lang, source_words.ACTION, code)


def way(lang: Language, code: str) -> str:
    """How a stated route leads from one state to another, inside a sentence."""
    return _word(lang, source_words.WAY, code)


def counting(lang: Language, code: str) -> str:
    """Whom or what a state counts, inside a sentence."""
    return _word(lang, source_words.COUNTING, code)


def grade(lang: Language, code: str) -> str:
    """How far a finding of the ledger can be relied on."""
    return _word(lang, source_words.GRADE, code)


def withdrawn(lang: Language, code: str) -> str:
    """Why a snapshot was withdrawn."""
    return _word(lang, source_words.WITHDRAWN, code)


def membership(lang: Language, code: str) -> str:
    """What must be said of a state that is not simply a member; empty for members."""
    return lang.text(vocabulary.MEMBERSHIP[code]) if code in vocabulary.MEMBERSHIP else ""


def reservation(lang: Language, area: str) -> str:
    """A state's reservation to the declaration; empty where there is none."""
    return lang.text(vocabulary.RESERVATION[area]) if area in vocabulary.RESERVATION else ""


def reason(lang: Language, code: str) -> str:
    """Why rows were set aside or a figure is doubted."""
    return _word(lang, vocabulary.REASON, code)


def page(lang: Language, slug: str) -> str:
    """A page's title by its slug; a page without an entry shows its slug."""
    return _word(lang, vocabulary.PAGE, slug)


def purpose(lang: Language, slug: str) -> str:
    """What a page is for, as one sentence."""
    return _word(lang, vocabulary.PURPOSE, slug)


def figure(lang: Language, low: float | None, high: float | None, status_code: str, digits: int = 0) -> str:
    """What a cell reads: the number, the interval, or the word for why there is none."""
    if low is None or high is None:
        return status(lang, status_code)
    return lang.interval(low, high, digits)


def in_sentence(word: str) -> str:
    """The same word inside a sentence: its first letter small, unless it opens an acronym."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _word(lang: Language, table: dict[str, str], code: str) -> str:
    return lang.text(table[code]) if code in table else code
