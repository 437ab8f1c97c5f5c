"""What a state's own register says beside UNODC's figures, in sentences and as a table."""

from collections.abc import Iterator, Sequence

from dashboard.subjects.states.profile_words import whole
from dashboard.subjects.states.registers import ComparedYear, StateRegister, registers
from dashboard.subjects.states.victims import Range
from dashboard.words import tables, terms
from dashboard.words.source_facts import fact
from dashboard.words.tables import NONE, Sheet, runs_in_sentence
from data import manifest
from data.i18n import N_, Language


def title(lang: Language) -> str:
    """The heading of the registers of a state."""
    return lang.text("The state’s own register")


def name(lang: Language, found: StateRegister) -> str:
    """The register and what it counts."""
    source = terms.term(lang, "source", manifest.indicators()[found.indicator].source)
    return lang.labeled(source, terms.in_sentence(terms.term(lang, "indicator", found.indicator)))


def covered(lang: Language, found: StateRegister) -> str:
    """What the register counts and covers, and who publishes it."""
    kinds: tuple[terms.Kind, ...] = ("definition", "coverage")
    said = [terms.term(lang, kind, found.indicator) for kind in kinds]
    source = manifest.entry(manifest.indicators()[found.indicator].source)
    return " ".join([*said, f"{lang.labeled(lang.text('Published by'), fact(lang, source, 'publisher'))}."])


def apart(lang: Language) -> str:
    """How the two stand to each other on all pages."""
    return lang.text("The register’s figures are never added to UNODC’s, nor drawn as one series with them.")


def compared(lang: Language, found: StateRegister) -> list[str]:
    """Where both totals agree, and where they differ although nothing contradicts UNODC's."""
    years = [one.year for one in found.years if one.same]
    # Translators: of each of these years; other years may differ. The register is the state's own.
    same = lang.plural(
        "The register has the same total as UNODC for {years}.",
        "The register has the same totals as UNODC for {years}.",
        len(years),
        years=runs_in_sentence(lang, years),
    )
    return [*[same][: len(years)], *_differing(lang, found)]


def details(lang: Language, found: StateRegister) -> list[str]:
    """Why the others differ as far as the rows prove it, and what only the register has."""
    differing = [lang.text("What UNODC’s total covers is not stated.")] if [*_differing(lang, found)] else []
    return [*differing, *_contradicted(lang, found), *alone(lang, found), *_unfinished(lang, found)]


def alone(lang: Language, found: StateRegister) -> list[str]:
    """The years that only the register has, in a sentence; without any no sentence."""
    years = [one.year for one in found.years if one.beside is None]
    # Translators: of these years UNODC has no usable total.
    return [lang.text("Only the register has a total for {years}.", years=runs_in_sentence(lang, years))][: len(years)]


def brief(lang: Language, found: StateRegister) -> str:
    """Where the totals of UNODC and of a register agree and where not, in one sentence that names the register."""
    same, differing = ([one.year for one in found.years if getattr(one, kind)] for kind in ("same", "differs"))
    years = {"same": runs_in_sentence(lang, same), "differing": runs_in_sentence(lang, differing)}
    if same and differing:
        # Translators: of a state's own register, after its name and a colon.
        said = lang.text("its totals equal UNODC’s for {same} and differ for {differing}", **years)
    elif same:
        # Translators: of a state's own register, after its name and a colon.
        said = lang.text("its totals equal UNODC’s for {same}", **years)
    elif differing:
        # Translators: of a state's own register, after its name and a colon.
        said = lang.text("its totals differ from UNODC’s for {differing}", **years)
    else:
        return ""
    source = terms.term(lang, "source", manifest.indicators()[found.indicator].source)
    return f"{lang.labeled(source, said)}."


def briefs(lang: Language, area: str, edition: str) -> list[str]:
    """That sentence on each register of a state."""
    return [*filter(None, (brief(lang, one) for one in registers(area, edition)))]


def _contradicted(lang: Language, found: StateRegister) -> Iterator[str]:
    """The years in which UNODC's total differs and its own parts contradict it."""
    for one in found.years:
        if one.contradicted and one.beside:
            yield contradicted(lang, one, one.beside)


def contradicted(lang: Language, one: ComparedYear, total: Range) -> str:
    """What both publish for a year in which UNODC's own figures contradict its `total`, and what these are."""
    values = {"year": one.year, "total": whole(lang, total), "own": whole(lang, one.own)}
    return " ".join(filter(None, [_printed(lang, one, values), _form(lang, one, values)]))


def _printed(lang: Language, one: ComparedYear, values: dict[str, object]) -> str:
    agreeing = " ".join(by for by in ("sex", "age") if one.parts.get(by) == one.own)
    texts = {
        # Translators: the sums of UNODC's figures by sex and by age are each the register's total {own}.
        "sex age": N_(
            "For {year}, UNODC publishes {total}, the register {own}; UNODC’s own figures by sex and by age also add "
            "up to {own}."
        ),
        # Translators: the sum of UNODC's figures by sex is the register's total {own}.
        "sex": N_(
            "For {year}, UNODC publishes {total}, the register {own}; UNODC’s own figures by sex also add up to {own}."
        ),
        # Translators: the sum of UNODC's figures by age is the register's total {own}.
        "age": N_(
            "For {year}, UNODC publishes {total}, the register {own}; UNODC’s own figures by age also add up to {own}."
        ),
        # Translators: the sums of UNODC's own figures are more than {total}, and another number than {own}.
        "": N_(
            "For {year}, UNODC publishes {total}, the register {own}; UNODC’s own figures by sex or age add up to more "
            "than its total."
        ),
    }
    return lang.text(texts[agreeing], **values)


def _form(lang: Language, one: ComparedYear, values: dict[str, object]) -> str:
    if not one.form:
        return ""
    form = terms.in_sentence(terms.term(lang, "form", one.form))
    # Translators: the total equals the figure of one form of exploitation, although there are victims of other forms.
    return lang.text("UNODC’s figure for {form} alone is {total}, too.", form=form, **values)


def _differing(lang: Language, found: StateRegister) -> Iterator[str]:
    """After which year both went opposite ways, else the other years in which they differ."""
    years = [one.year for one in found.years if one.differs and not one.contradicted]
    if not years:
        return
    if found.parted:
        yield _opposite(lang, *found.parted)
    else:
        # Translators: of each of these years; the register is the state's own.
        yield lang.plural(
            "UNODC’s total and the register’s differ for {years}.",
            "UNODC’s totals and the register’s differ for {years}.",
            len(years),
            years=runs_in_sentence(lang, years),
        )
    yield lang.text("The two need not cover the same cases: that they differ shows no error of either.")


def _opposite(lang: Language, first: ComparedYear, up: bool) -> str:
    values = {"year": first.year, "total": whole(lang, first.beside or first.own), "own": whole(lang, first.own)}
    if up:
        # Translators: every later total of UNODC is lower than {total}, every later one of the register above {own}.
        return lang.text(
            "After {year}, each of UNODC’s totals is below that of {year} ({total}), and each of the register’s is "
            "above its own of {year} ({own}).",
            **values,
        )
    # Translators: every later total of UNODC is higher than {total}, every later one of the register lower than {own}.
    return lang.text(
        "After {year}, each of UNODC’s totals is above that of {year} ({total}), and each of the register’s is below "
        "its own of {year} ({own}).",
        **values,
    )


def _unfinished(lang: Language, found: StateRegister) -> Iterator[str]:
    for first, last in found.unfinished:
        # Translators: months; the file of the register ends in {last}, or begins in {first}.
        yield lang.text(
            "The register’s figures of {first} to {last} are left out: they are only a part of a year.",
            first=lang.date(first),
            last=lang.date(last),
        )


def verdict(lang: Language, found: StateRegister) -> str:
    """What the register says of UNODC's last total, if the parts of that contradict it."""
    last = [one for one in found.years if one.beside][-1:]
    before = {one.year: one for one in found.years}
    one = next((one for one in last if one.contradicted), None)
    if one is None or one.year - 1 not in before:
        return ""
    shown = [each for each in found.years if each.year >= one.year - 1]
    if {*one.parts.values()} == {one.own}:
        # Translators: the sums of UNODC's figures by sex or age, said before, are {own}, too; {others} are of other
        # years: “631 for 2022”.
        return lang.text(
            "The state’s own register has {own}, too ({others}).",
            own=whole(lang, one.own),
            others=_each(lang, [each for each in shown if each.year != one.year]),
        )
    # Translators: {each} lists numbers with their years.
    return lang.text("Victims in the state’s own register: {each}.", each=_each(lang, shown))


def _each(lang: Language, years: Sequence[ComparedYear]) -> str:
    """The totals of a register with their years."""
    values = ({"figure": whole(lang, each.own), "year": each.year} for each in years)
    return lang.listing(lang.text("{figure} for {year}", **each) for each in values)


def against(lang: Language, found: StateRegister) -> str:
    """That the register went one way and UNODC's totals the other, with the register's first and last; else empty."""
    if not found.parted:
        return ""
    first, up = found.parted
    last = max(one.year for one in found.years if one.beside)
    values = {
        "year": first.year,
        "total": whole(lang, first.beside or first.own),
        "own": whole(lang, first.own),
        "each": _each(lang, [one for one in found.years if one.year >= last]),
    }
    if up:
        # Translators: every later total of UNODC is lower than {total}, every later one of the register higher than
        # its own for {year}; {each} lists figures of the register with their years.
        return lang.text(
            "After {year}, UNODC’s totals are all lower than its {total} for {year}. Those of the state’s own register "
            "are all higher than its {own} for {year}: {each}.",
            **values,
        )
    # Translators: every later total of UNODC is higher than {total}, every later one of the register lower than its own
    # for {year}; {each} lists figures of the register with their years.
    return lang.text(
        "After {year}, UNODC’s totals are all higher than its {total} for {year}. Those of the state’s own register "
        "are all lower than its {own} for {year}: {each}.",
        **values,
    )


def sheet(lang: Language, found: StateRegister) -> Sheet:
    """The totals of both, one row for each year of the register, and the parts that contradict UNODC's."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["one"].year),
        lang.text("UNODC’s total"): lambda row: _figure(lang, row["one"].beside),
        lang.text("The register’s total"): lambda row: _figure(lang, row["one"].own),
        lang.text("Comparison"): lambda row: _compared(lang, row["one"]),
    }
    return tables.sheet(tables.written(({"one": one} for one in found.years), columns))


def _figure(lang: Language, figure: Range | None) -> str:
    return lang.interval(*figure) if figure else NONE


def _compared(lang: Language, one: ComparedYear) -> str:
    known = lang.text("same") if one.same else lang.text("not the same") if one.differs else ""
    sums = {by: lang.interval(*total) for by, total in one.parts.items()}
    if len(sums) > 1 and len({*sums.values()}) == 1:
        # Translators: each of the two sums is more than UNODC's total.
        return lang.joined([known, lang.text("UNODC’s figures by sex and by age each add up to {n}", n=sums["sex"])])
    texts = {
        # Translators: the sum is more than UNODC's total.
        "sex": lambda n: lang.text("UNODC’s figures by sex add up to {n}", n=n),
        # Translators: the sum is more than UNODC's total.
        "age": lambda n: lang.text("UNODC’s figures by age add up to {n}", n=n),
    }
    return lang.joined(filter(None, [known, *(texts[by](n) for by, n in sums.items())])) or NONE
