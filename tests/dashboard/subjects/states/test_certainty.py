"""How the figures of a state stand among all of its years, and how sure its total is; recounted from the workbook."""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.coverage import revisions
from dashboard.subjects.states import certainty_words, country_words, profile, profile_words, query, registers_words
from dashboard.subjects.states.registers import registers
from dashboard.subjects.states.standing import standing, standing_of
from dashboard.subjects.states.victims import VICTIMS
from data.i18n import LANGUAGES, language
from tests.etl.cells import cells

EN = language("en")
MASK, ANY = (1, 4), (0, 4)
INDICATORS = {
    "Detected trafficking victims": VICTIMS,
    "Persons brought into formal contact": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
}
PARTS = "the figures by sex, age or form contradict the total."
NOTHING = f"How this compares with other years cannot be said: for 2011, {PARTS}"
NOT_COUNTED = f"Not counted: 2011, because {PARTS}"
COMPARED = "So we compare UNODC’s total with no other year."
CONTRADICTED = f"more than the total. {COMPARED}"
# From this year on UNODC lists own citizens among the victims, of whom it listed fewer than five the year before.
BREAKS = {(VICTIMS, "USA"): 2013}
Ends = tuple[int, int]


def rows(*figures: int | Ends | None, parts: dict[int, tuple[int, int]] | None = None) -> pl.DataFrame:
    """Observations of years from 2010 on; None is a year without a figure; `parts`: women and men of a year."""
    ends = [one if one is None or isinstance(one, tuple) else (one, one) for one in figures]
    made = [(2010 + at, "total", *one) for at, one in enumerate(ends) if one]
    made += [
        (year, sex, n, n)
        for year, both in (parts or {}).items()
        for sex, n in zip(("female", "male"), both, strict=True)
    ]
    frame = pl.DataFrame(made, ["year", "sex", "low", "high"], orient="row")
    frame = frame.with_columns(age=pl.lit("total"), form=pl.lit("total"))
    status = pl.when(pl.col("low") == pl.col("high")).then(pl.lit("exact")).otherwise(pl.lit("masked"))
    return frame.with_columns(
        pl.col("low", "high").cast(pl.Float64),
        status=status,
        contradicted=(pl.col("sex") == "total") & pl.col("year").is_in([*(parts or {})]),
    )


def words(*figures: int | Ends | None, parts: dict[int, tuple[int, int]] | None = None) -> str:
    """The sentence on these figures."""
    return certainty_words.standing(EN, standing_of(rows(*figures, parts=parts)))


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((), ""),
        ((5,), "There is no figure for another year."),
        ((5, 9), "The only other figure is 5 (2010)."),
        ((9, 5), "The only other figure is 9 (2010)."),
        ((MASK, None, 5), "The only other figure is fewer than five (2010)."),
        ((5, 5), "The only other figure is 5 (2010)."),
        ((5, 7, 9), "This is the highest of the 3 yearly figures since 2010."),
        ((9, 7, MASK), "This is the lowest of the 3 yearly figures since 2010."),
        # Years without a figure are not counted.
        ((5, None, 7, None, 9), "This is the highest of the 3 yearly figures since 2010."),
        ((99, 1, 2, 3, 5), "This is the highest since 2010, when it was 99."),
        (
            (0, 9, None, 8, 7, 6),
            "This is the lowest since 2010, when it was 0. There is no figure for 2012.",
        ),
        (
            (MASK, 9, 8, 7, 6),
            "This is the lowest since 2010, when it was fewer than five.",
        ),
        # The last three say little.
        ((99, 0, 2, 5), "The yearly figures since 2010 range from 0 to 99 (2010)."),
        ((5, 9, 7), "The yearly figures since 2010 range from 5 to 9 (2011)."),
        ((5, 9, 9), "None of the 3 yearly figures since 2010 is higher."),
        ((9, 5, 5), "None of the 3 yearly figures since 2010 is lower."),
        # A masked figure may be as large as 4: this is not certainly above it, and a mask is not below another.
        ((3, MASK, 9), "This is the highest of the 3 yearly figures since 2010."),
        ((MASK, 9, 3), "The yearly figures since 2010 range from fewer than five to 9 (2011)."),
        ((MASK, 9, MASK), "The yearly figures since 2010 range from fewer than five to 9 (2011)."),
        # A mask that may be 4 is not above 4.
        ((MASK, 9, 4), "The yearly figures since 2010 range from fewer than five to 9 (2011)."),
        ((9, 5, MASK), "This is the lowest of the 3 yearly figures since 2010."),
        # The mask may be a zero.
        ((ANY, 9, 0), "None of the 3 yearly figures since 2010 is lower."),
        ((MASK, 9, 0), "This is the lowest of the 3 yearly figures since 2010."),
        ((0, 0, 0), "All 3 yearly figures since 2010 are 0."),
        # Figures of fewer than five need not be the same.
        ((ANY, ANY, ANY), "Each of the 3 yearly figures since 2010 is fewer than five."),
        ((0, MASK, 0), "Each of the 3 yearly figures since 2010 is fewer than five."),
        ((62, 7, 62, 56), "The yearly figures since 2010 range from 7 to 62 (2010 and 2012)."),
        # Two, and four before them.
        ((1, 20, 21, 22, 20, 9, 8, 9), "All yearly figures for 2015–2017 are lower than those for 2011–2014."),
        (
            (9, 1, 2, None, MASK, 1, 9, 8),
            "All yearly figures for 2016–2017 are higher than those for 2011–2012 and 2014–2015.",
        ),
        # A mask may be 4, and three before are too few.
        ((9, 1, 2, MASK, 1, 5, 4), "The yearly figures since 2010 range from fewer than five to 9 (2010)."),
        ((1, 20, 21, 22, 9, 8, 9), "The yearly figures since 2010 range from 1 to 22 (2013)."),
    ],
)
def test_the_strongest_thing_that_is_certain_is_said(figures, sentence):
    assert words(*figures) == sentence


@pytest.mark.parametrize(
    ("figures", "parts", "sentence"),
    [
        # Of the latest figure nothing is said but what its parts are.
        (
            (5, 7, 9),
            {2012: (8, 2)},
            f"The figures by sex add up to 10: {CONTRADICTED}",
        ),
        # Seven may be eight: nine is the highest in any case.
        ((5, 7, 9), {2011: (4, 4)}, "This is the highest of the 3 yearly figures since 2010."),
        ((5, 7, 9), {2011: (9, 4)}, f"The only other figure is 5 (2010). {NOT_COUNTED}"),
        ((5, 7, 4), {2011: (9, 4)}, "This is the lowest of the 3 yearly figures since 2010."),
        ((9, 7, 8), {2011: (9, 4)}, f"The only other figure is 9 (2010). {NOT_COUNTED}"),
        ((5, 9, 7), {2011: (9, 4)}, f"The only other figure is 5 (2010). {NOT_COUNTED}"),
        ((5, 9, 6, 7), {2011: (9, 4)}, f"This is the highest of the 3 yearly figures since 2010. {NOT_COUNTED}"),
        # What its parts contradict does not stand beside the others.
        ((9, 1, 2, 3, 5), {2010: (9, 4)}, "This is the highest of the latest 4 yearly figures (2011–2014)."),
        ((5, 9), {2010: (9, 4)}, NOTHING.replace("2011", "2010")),
        ((5, 9), {2010: (3, 4)}, "The only other figure, for 2010, is lower."),
        ((9, 5), {2010: (6, 4)}, "The only other figure, for 2010, is higher."),
        ((4, 5, 20, 7), {2011: (4, 4)}, "The yearly figures since 2010 range from 4 to 20 (2012)."),
    ],
)
def test_no_comparison_rests_on_a_total_that_its_parts_contradict(figures, parts, sentence):
    assert words(*figures, parts=parts) == sentence


def readings(*figures: tuple[int, int]) -> pl.DataFrame:
    days = ["2024-04-14", "2025-04-14", "2025-10-28"][-len(figures) :]
    rows = [(day, *figure) for day, figure in zip(days, figures, strict=True)]
    return pl.DataFrame(rows, schema=["release", "low", "high"], orient="row")


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (((56, 56),), "The total for 2022 is in only one UNODC release so far, that of 28 October 2025."),
        (
            ((56, 56), (56, 56)),
            "The total for 2022 is the same in UNODC’s releases of 14 April 2025 and of 28 October 2025.",
        ),
        # The release before is the one that is named, if any of them differs.
        (((56, 56), (50, 50), (56, 56)), "For 2022, UNODC’s release of 14 April 2025 gave 50."),
        (
            ((56, 56), (56, 56), (56, 56)),
            "The total for 2022 is the same in UNODC’s releases of 14 April 2024, of 14 April 2025 and of 28 October "
            "2025.",
        ),
        (((50, 50), (56, 56)), "For 2022, UNODC’s release of 14 April 2025 gave 50."),
        (
            (ANY, (0, 0)),
            "For 2022, UNODC’s release of 14 April 2025 gave “fewer than five”, which could mean 0.",
        ),
        ((ANY, (5, 5)), "For 2022, UNODC’s release of 14 April 2025 gave “fewer than five”."),
        # The opening says that it is fewer than five.
        ((MASK,), ""),
        ((MASK, MASK), ""),
    ],
)
def test_how_sure_a_total_is(figures, sentence):
    assert certainty_words.of_total(EN, readings(*figures), 2022) == sentence


def test_a_revision_is_said_only_of_a_figure_that_surely_changed():
    before = certainty_words.revised
    assert before(EN, readings((56, 56)), 2022) == ""
    assert before(EN, readings((56, 56), (56, 56)), 2022) == ""
    assert before(EN, readings(ANY, (0, 0)), 2022) == ""
    assert before(EN, readings((50, 50), (56, 56)), 2022) == "For 2022, UNODC’s release of 14 April 2025 gave 50."
    few = "For 2022, UNODC’s release of 14 April 2025 gave “fewer than five”."
    assert before(EN, readings(ANY, (6, 6)), 2022) == few


def test_parts_that_contradict_the_total_are_named():
    found = standing_of(rows(5, 8, parts={2011: (9, 3)}))
    assert found.parts == {"sex": (12, 12)}
    texts = {
        f"The figures by sex add up to 12: {CONTRADICTED}": {"sex": (12, 12)},
        f"The figures by age add up to 9–12: {CONTRADICTED}": {"age": (9, 12)},
        f"The figures by sex add up to 12 and those by age to 9–12: {CONTRADICTED}": {"sex": (12, 12), "age": (9, 12)},
        f"The figures by sex and by age each add up to 12: {CONTRADICTED}": {"sex": (12, 12), "age": (12, 12)},
    }
    assert [certainty_words.standing(EN, replace(found, parts=parts)) for parts in texts.values()] == [*texts]


def with_forms(total: int, **of: Ends) -> pl.DataFrame:
    """The total of 2011 after 5 in 2010, with its forms."""
    frame = rows(5, total).with_columns(contradicted=pl.col("year") == 2011)
    more = [
        frame.filter(year=2011).with_columns(form=pl.lit(name), low=pl.lit(float(low)), high=pl.lit(float(high)))
        for name, (low, high) in of.items()
    ]
    return pl.concat([frame, *more])


def test_a_form_that_contradicts_the_total_is_named():
    above = standing_of(with_forms(8, forced_labour=(3, 3), sexual_exploitation=(12, 12)))
    assert (above.kind, above.parts, above.forms) == ("contradicted", {}, {"sexual_exploitation": (12, 12)})
    said = "One form alone, sexual exploitation, has 12: more than the total."
    assert certainty_words.standing(EN, above) == f"{said} {COMPARED}"
    equal = standing_of(with_forms(8, forced_labour=(1, 4), sexual_exploitation=(8, 8)))
    assert [*equal.forms.items()] == [("sexual_exploitation", (8, 8)), ("forced_labour", (1, 4))]
    second = "although there is also one for forced labor: 1–4."
    said = f"The total equals the figure for sexual exploitation alone, {second}"
    assert certainty_words.standing(EN, equal) == f"{said} {COMPARED}"


def test_a_total_that_a_form_contradicts_may_be_any_larger_number():
    marked = with_forms(8, forced_labour=(1, 4), sexual_exploitation=(8, 8))
    later = rows(None, None, 90).with_columns(contradicted=pl.lit(value=False))
    sentence = certainty_words.standing(EN, standing_of(pl.concat([marked, later])))
    assert sentence == f"The only other figure is 5 (2010). {NOT_COUNTED}"


@cache
def printed(newest: bool = True) -> dict[str, dict[int, str]]:
    """The totals of detected victims as a workbook prints them, by state and year."""
    return {area: years for (indicator, area), years in totals(newest).items() if indicator == VICTIMS}


@cache
def _rows(newest: bool) -> list[tuple[str, str, int, str, str, str]]:
    """Indicator, state, year, sex, age and text of each cell of all forms in a workbook."""
    files = sorted(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    return [
        (INDICATORS[str(row[4])], str(row[0]), int(str(row[9])), str(row[7]), str(row[8]), str(row[11]))
        for row in cells(files[-1 if newest else -2])[3:]
        if row[0] in store.areas() and row[4] in INDICATORS and row[5:7] == ("Total", "Total")
    ]


@cache
def totals(newest: bool = True) -> dict[tuple[str, str], dict[int, str]]:
    """The totals as a workbook prints them, by indicator and state; one with several texts is missing."""
    texts: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for indicator, area, year, sex, age, text in _rows(newest):
        if (sex, age) == ("Total", "Total"):
            texts[indicator, area][year].add(text)
    return {
        key: {year: next(iter(found)) for year, found in years.items() if len(found) == 1}
        for key, years in texts.items()
    }


@cache
def sums(newest: bool = True) -> dict[tuple[str, str, int], dict[str, Ends]]:
    """The sums of the groups by sex and by age in a workbook; a group with several texts counts nothing."""
    texts: dict[tuple[str, str, int], dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(dict))
    for indicator, area, year, sex, age, text in _rows(newest):
        key = (indicator, area, year)
        if age == "Total" and sex in {"Female", "Male", "Other"}:
            texts[key]["sex"].setdefault(sex, set()).add(text)
        if sex == "Total" and age in {"0 to 17 years", "18 years or over"}:
            texts[key]["age"].setdefault(age, set()).add(text)
    return {
        key: {
            by: tuple(sum(end(*one, newest=newest)[at] for one in groups.values() if len(one) == 1) for at in (0, 1))
            for by, groups in found.items()
        }
        for key, found in texts.items()
    }


FORMS = {"Sexual exploitation": "sexual exploitation", "Forced labour": "forced labor"}
FORMS |= {"Removal of organs": "organ removal", "Other forms of exploitation": "other forms of exploitation"}


@cache
def forms(newest: bool = True) -> dict[tuple[str, int], dict[str, Ends]]:
    """The victims by form as a workbook prints them, by state and year; repeated rows of other forms count nothing."""
    files = sorted(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    texts: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in cells(files[-1 if newest else -2])[3:]:
        mine = row[0] in store.areas() and INDICATORS.get(str(row[4])) == VICTIMS
        if mine and row[5] == "by form of exploitation" and row[7:9] == ("Total", "Total"):
            texts[str(row[0]), int(str(row[9]))][FORMS[str(row[6])]].append(str(row[11]))
    return {
        key: {name: end(printed[0], newest=newest) for name, printed in found.items() if len(printed) == 1}
        for key, found in texts.items()
    }


def by_form(indicator: str, area: str, year: int, newest: bool = True) -> tuple[tuple[str, Ends], ...]:
    """The form above the total of a year; or the one that equals it, and another above zero; the larger ones first."""
    printed = totals(newest).get((indicator, area), {}).get(year)
    if indicator != VICTIMS or printed is None:
        return ()
    total = end(printed, newest=newest)
    found = sorted(forms(newest).get((area, year), {}).items(), key=lambda one: (-one[1][0], one[0]))
    if above := [one for one in found if one[1][0] > total[1]]:
        return (above[0],)
    same = [one for one in found if one[1] == total and total[0] == total[1] > 0][:1]
    others = [one for one in found if one not in same and one[1][0] > 0][:1]
    return (*same, *others) if same and others else ()


def may_be(indicator: str, area: str, year: int) -> Ends:
    """What a total may be: of a contradicted one up to the largest sum of parts, with all forms if a form does it."""
    low, high = end(totals()[indicator, area][year])
    if year not in doubtful(indicator, area):
        return low, high
    every = [most for _, most in sums().get((indicator, area, year), {}).values()]
    if by_form(indicator, area, year):
        every.append(sum(most for _, most in forms()[area, year].values()))
    return low, max(high, *every)


def end(text: str, *, newest: bool = True) -> Ends:
    """What a printed text may be. UNODC prints zeros in its newest release: there a mask is 1 to 4, before 0 to 4."""
    return (int(newest), 4) if text == "<5" else (int(text.replace(",", "")),) * 2


def shown(ends: Ends) -> str:
    return f"{ends[0]:,}" if ends[0] == ends[1] else "fewer than five"


def years_in_words(years: list[int]) -> str:
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    each = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return " and ".join([*filter(None, [", ".join(each[:-1])]), *each[-1:]])


def doubtful(indicator: str, area: str, newest: bool = True) -> list[int]:
    """The years of which the printed total is less than its parts by sex or age, or is contradicted by a form."""
    found = totals(newest).get((indicator, area), {})
    return [
        year
        for year in sorted(found)
        if any(low > end(found[year])[1] for low, _ in sums(newest).get((indicator, area, year), {}).values())
        or by_form(indicator, area, year, newest)
    ]


def expected(indicator: str, area: str) -> str:
    """The strongest sentence, worked out from the cells: each claim is tried on all that the figures may be."""
    found = totals().get((indicator, area), {})
    first = BREAKS.get((indicator, area), 0)
    figures = {year: end(found[year]) for year in sorted(found) if year >= first}
    parts = {year: sums().get((indicator, area, year), {}) for year in figures}
    doubted = [year for year in doubtful(indicator, area) if year >= first]
    may_be = {
        year: (low, max([high, *(most for _, most in parts[year].values() if year in doubted)]))
        if not by_form(indicator, area, year)
        else (low, inf)
        for year, (low, high) in figures.items()
    }
    if not figures or max(figures) in doubted:
        return contradicted(figures, parts, by_form(indicator, area, max(figures))) if figures else ""
    claims = [
        *alike(figures, may_be, doubted),
        *compared(figures, may_be, doubted),
        *level(may_be, plain=not doubted),
        *between(figures, may_be, doubted),
    ]
    sentence = next(sentence for certain, sentence in claims if certain)
    if sentence:
        return sentence
    sure = {year: ends for year, ends in figures.items() if year not in doubted}
    claims = [*alike(sure, sure, []), *compared(sure, sure, []), *level(sure, plain=False), *between(sure, sure, [])]
    found = next(sentence for certain, sentence in claims if certain)
    return f"{found} {NOT_COUNTED.replace('2011', years_in_words(doubted))}"


def contradicted(figures: dict[int, Ends], parts: dict[int, dict[str, Ends]], of: tuple[tuple[str, Ends], ...]) -> str:
    """What the parts by sex and age are, and the forms."""
    sums = by_sex_and_age(figures, parts)
    names = [(name, f"{low:,}" if low == high else f"{low:,}–{high:,}") for name, (low, high) in of]
    if not names:
        return sums
    if len(names) == 1:
        said = f"One form alone, {names[0][0]}, has {names[0][1]}: more than the total."
    else:
        second = f"although there is also one for {': '.join(names[1])}."
        said = f"The total equals the figure for {names[0][0]} alone, {second}"
    return f"{sums.removesuffix(COMPARED)}{said} {COMPARED}"


def by_sex_and_age(figures: dict[int, Ends], parts: dict[int, dict[str, Ends]]) -> str:
    last = max(figures)
    more = {by: parts[last][by] for by in ("sex", "age") if by in parts[last] and parts[last][by][0] > figures[last][1]}
    each = [
        f"by {by} {{}} to {low:,}" if low == high else f"by {by} {{}} to {low:,}–{high:,}"
        for by, (low, high) in more.items()
    ]
    if len(more) > 1 and len({*more.values()}) == 1:
        alike = each[0].removeprefix("by sex {} to ")
        return f"The figures by sex and by age each add up to {alike}: {CONTRADICTED}"
    if not each:
        return COMPARED
    first, *second = (words.format(add) for words, add in zip(each, ("add up", ""), strict=False))
    return f"The figures {' and those '.join([first, *(one.replace('  ', ' ') for one in second)])}: {CONTRADICTED}"


def alike(figures: dict[int, Ends], may_be: dict[int, Ends], doubted: list[int]) -> Iterator[tuple[bool, str]]:
    first, n = min(figures), len(figures)
    yield n == 1, "There is no figure for another year."
    yield n == 2 and not doubted, f"The only other figure is {shown(figures[first])} ({first})."
    one = {number for ends in may_be.values() for number in ends}
    yield len(one) == 1, f"All {n} yearly figures since {first} are {shown(figures[first])}."
    yield max(one) < 5, f"Each of the {n} yearly figures since {first} is fewer than five."


def compared(figures: dict[int, Ends], may_be: dict[int, Ends], doubted: list[int]) -> Iterator[tuple[bool, str]]:
    *before, last = sorted(may_be)
    n, first = len(may_be), min(may_be)
    not_lower = [year for year in before if may_be[year][1] >= may_be[last][0]]
    not_higher = [year for year in before if may_be[year][0] <= may_be[last][1]]
    two = n == len(("first", "last"))
    yield two and not not_lower, f"The only other figure, for {first}, is lower."
    yield two and not not_higher, f"The only other figure, for {first}, is higher."
    yield not not_lower, f"This is the highest of the {n} yearly figures since {first}."
    yield not not_higher, f"This is the lowest of the {n} yearly figures since {first}."
    above = any(may_be[year][1] > may_be[last][0] for year in before)
    below = any(may_be[year][0] < may_be[last][1] for year in before)
    yield not above, f"None of the {n} yearly figures since {first} is higher."
    yield not below, f"None of the {n} yearly figures since {first} is lower."
    for word, others in (("highest", not_lower), ("lowest", not_higher)):
        since = [year for year in may_be if year > max(others, default=0)]
        ended = [year for year in figures if year == max(others, default=0) and year not in doubted]
        run = f"This is the {word} of the latest {len(since)} yearly figures ({min(since)}–{last})."
        if ended:
            run = f"This is the {word} since {ended[0]}, when it was {shown(figures[ended[0]])}."
            gaps = [year for year in range(ended[0], last) if year not in figures and year not in doubted]
            run += f" There is no figure for {years_in_words(gaps)}." if gaps else ""
        yield len(since) > 3, run


def level(may_be: dict[int, Ends], *, plain: bool) -> Iterator[tuple[bool, str]]:
    """Of all ways to part the years in two, the one with the most pairs of figures that are certainly in one order."""
    top = max(may_be.values(), key=lambda ends: (sum(ends), ends))
    at = [year for year, ends in may_be.items() if ends == top]
    years, best = sorted(may_be), (0, "")
    for cut in range(4, len(years) - 1):
        late = years[cut:]
        for first in range(cut - 3):
            early = years[first:cut]
            for word, sign in (("higher", 1), ("lower", -1)):
                # The smaller end of the one, and the larger end of the other.
                least = min(sign * n for year in late for n in may_be[year])
                if least > max(sign * n for year in early for n in may_be[year]):
                    spans = f"{years_in_words(late)} are {word} than those for {years_in_words(early)}"
                    if word == "higher" and plain and max(late) not in at and {*at} <= {*late}:
                        spans += f". The highest was {shown(top)} ({years_in_words(at)})"
                    said = f"All yearly figures for {spans}."
                    best = max(best, (len(late) * len(early), said), key=lambda one: one[0])
    yield best[0] > 0, best[1]


def between(figures: dict[int, Ends], may_be: dict[int, Ends], doubted: list[int]) -> Iterator[tuple[bool, str]]:
    masked = any(low < high for low, high in figures.values())
    # All that may be under a mask are alike.
    least = {year: 1 if masked and low >= 1 and high <= 4 else low for year, (low, high) in figures.items()}
    top, bottom = max(high for _, high in figures.values()), min(least.values())
    at = [year for year, (_, high) in figures.items() if high == top]
    ends = {*at, *(year for year, low in least.items() if low == bottom)}
    unclear = [year for year in doubted if year in ends or may_be[year][1] >= top]
    # Then those years are not counted.
    yield bool(unclear), ""
    low = "fewer than five" if masked and bottom == 1 else f"{bottom:,}"
    yield True, f"The yearly figures since {min(figures)} range from {low} to {top:,} ({years_in_words(at)})."


@pytest.mark.real
@pytest.mark.parametrize("indicator", INDICATORS.values())
def test_of_every_state_the_strongest_sentence_is_that_of_the_workbook(indicator):
    said = {area: certainty_words.standing(EN, standing(area, indicator)) for area in store.areas()}
    assert said == {area: expected(indicator, area) for area in store.areas()}
    # Each kind of sentence has its states.
    assert len({text.split(" ")[0] for text in said.values()}) >= 4


@pytest.mark.real
@pytest.mark.parametrize("edition", ["newest", "2025-04-14"])
def test_the_totals_that_are_marked_are_those_that_the_parts_of_the_workbook_exceed(edition):
    doubted = {
        (indicator, area, year)
        for indicator in INDICATORS.values()
        for area in store.areas()
        for year in doubtful(indicator, area, edition == "newest")
    }
    assert len(doubted) > 40
    # The count, and its rate.
    every = {(code, area, year) for one, area, year in doubted for code in (one, query.measured(one, "rate"))}
    found = query.contradicted(edition)
    assert {*found.rows()} == every
    assert found.height == len(every)
    assert found.rows() == sorted(found.rows(), key=lambda row: row[1:])


@pytest.mark.real
def test_a_total_is_the_same_in_both_releases_where_both_workbooks_print_it():
    kinds = set()
    for area in sorted(printed()):
        year = max(printed()[area])
        before, after = printed(newest=False)[area].get(year), printed()[area][year]
        opens = after == "0"
        certainty = country_words.certainty(EN, area, "newest", opens=opens)
        assert not country_words.certainty(EN, area, "newest", opens=not opens)
        total = f"The total for {year} is"
        sentences = {
            "same": f"{total} the same in UNODC’s releases of 14 April 2025 and of 28 October 2025.",
            "only": f"{total} in only one UNODC release so far, that of 28 October 2025.",
            "changed": f"For {year}, UNODC’s release of 14 April 2025 gave {_earlier(before)}",
        }
        kind = "only" if before is None else "same" if before == after else "changed"
        kind = "few" if after == "<5" else kind
        assert [name for name, sentence in sentences.items() if sentence in certainty] == [kind] * (kind != "few")
        kinds.add(kind)
    assert kinds >= {"same", "only", "changed"}


def _earlier(text: str | None) -> str:
    return "“fewer than five”" if text == "<5" else str(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_opening_has_the_standing_of_every_state_and_the_record_how_sure_it_is(code):
    lang, repeated = language(code), set()
    for area in store.areas():
        known, *broken = country_words.opening(lang, area, "newest").split("\n")
        found = standing(area, VICTIMS)
        if found is None:
            continue
        # A number that is that of another figure, too, is compared, and this doubt follows at once.
        latest = found.years[-1]
        alike = {codes: years for codes, years in profile.same(area).items() if VICTIMS in codes and latest in years}
        repeated |= {area} if alike else set()
        doubt = profile_words.same(lang, alike)
        assert bool(doubt) == bool(alike)
        # Of Peru the own register says what cannot be said from its total.
        verdict = " ".join(filter(None, (registers_words.verdict(lang, one) for one in registers(area))))
        assert bool(verdict) == (area == "PER")
        assert f"{certainty_words.standing(lang, found, verdict)} {doubt}".strip() in known
        last = revisions.releases(VICTIMS, area).filter(year=latest)
        # How sure it is stands in the section on the years with data; of a zero at once.
        sure, opens = certainty_words.of_total(lang, last, latest), last["high"][-1] == 0
        assert country_words.certainty(lang, area, "newest") == ("" if opens else sure)
        assert not opens or known.count(sure) == 1
        # That of Mexico went the other way; the series of the United States has a break.
        assert len(broken) == (area in {"MEX", "USA"})
    # 708 victims and 708 suspects in the workbook of October 2025.
    assert "BOL" in repeated


@pytest.mark.real
def test_the_highest_total_of_bolivia_has_its_doubt_beside_it():
    figures, suspects = printed()["BOL"], totals()["persons_formal_contact", "BOL"]
    latest = max(figures)
    assert max(figures, key=lambda year: end(figures[year])) == latest
    alike = [year for year in figures if suspects.get(year) == figures[year] and figures[year] not in {"0", "<5"}]
    assert latest in alike
    highest = f"This is the highest of the {len(figures)} yearly figures since {min(figures)}."
    doubt = (
        f"For each of the years {years_in_words(sorted(alike))}, UNODC gives the same number for detected victims and "
        "suspects in formal contact with the authorities. One figure may have been entered more than once."
    )
    (known,) = country_words.opening(EN, "BOL", "newest").split("\n")
    total = f"Bolivia reported {figures[latest]} detected victims to UNODC for {latest}."
    assert known.startswith(f"{total} {highest} {doubt} ")
