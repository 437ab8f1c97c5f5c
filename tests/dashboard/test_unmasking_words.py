"""On the real snapshot: masked figures, and differences of them, are written as wide as they are."""

import re
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.charts import figure_words
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.subjects.explore import tables as explore_tables
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.states import tables as states_tables
from dashboard.words import tables, terms
from data.i18n import LANGUAGES, Language, language

MASK = pl.col("low") < pl.col("high")
NUMBER = r"[\d.,\s]*\d"
SPAN = re.compile(rf"({NUMBER})[–-]({NUMBER})")


def number(lang: Language, words: str) -> Fraction:
    """A number read back as a language writes it."""
    point, thousands = lang.separators
    return Fraction(Decimal(re.sub(r"\s", "", words).replace(thousands, "").replace(point, ".")))


def read(lang: Language, words: str) -> tuple[Fraction, Fraction]:
    """The interval in a text."""
    match = SPAN.search(words)
    assert match, words
    return number(lang, match[1]), number(lang, match[2])


def masked() -> list[dict]:
    """Every masked figure of every release, with the inhabitants where it is a rate."""
    rows = store.tables().table("vintages").filter(MASK)
    people = store.tables().table("observations").filter(indicator="population").select("area", "year", people="low")
    return rows.join(people, on=["area", "year"], how="left").collect().to_dicts()


def mask(row: dict) -> tuple[Fraction, Fraction]:
    """The publisher's interval in the unit of the figure: for a rate the count divided by the population."""
    if row["unit"] != "per_100000_population":
        return Fraction(row["low"]), Fraction(row["high"])
    least = 1 if row["low"] else 0
    return tuple(Fraction(count * 100_000, int(row["people"])) for count in (least, 4))


def shown(lang: Language, row: dict) -> list[str]:
    """The figure as every part of the product writes it."""
    frame = pl.DataFrame([row]).with_columns(kind=pl.lit("masked"))
    return [
        terms.figure(lang, row["low"], row["high"], row["status"], tables.DIGITS.get(row["unit"], 0)),
        figure_words.short(row, lang),
        figure_words.sentence(row, lang, "").split("<br>")[1],
        passports_words.value(lang, row),
        states_tables.series({row["indicator"]: frame.drop("indicator")}, lang)[lang.text("Figure")].item(),
        coverage_tables.cells(frame, lang)[lang.text("Figure")].item(),
        explore_tables.figures(frame, lang)[lang.text("Figure")].item(),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_masked_figure_is_written_as_wide_as_its_mask(code):
    lang, rows = language(code), masked()
    assert len(rows) > 5000
    # The text depends on nothing else. Each figure is read in one language after the other.
    different = {(row["low"], row["high"], row["unit"], row["people"]): row for row in rows}
    for row in list(different.values())[list(LANGUAGES).index(code) :: len(LANGUAGES)]:
        low, high = mask(row)
        for words in shown(lang, row):
            below, above = read(lang, words)
            assert below <= low < high <= above, (row, words)


@pytest.mark.parametrize("code", LANGUAGES)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=2, unique=True), st.sampled_from([1, 10**6]))
def test_a_difference_is_written_as_wide_as_it_is(code, ends, steps):
    low, high = (end / steps for end in sorted(ends))
    row = {"difference_low": low, "difference_high": high, "unit": "persons" if steps == 1 else "per_100000_population"}
    words = compare_words.difference(language(code), row)
    numbers = re.findall(rf"([+−]?)({NUMBER})", words)
    below, above = (number(language(code), digits) * (-1 if sign == "−" else 1) for sign, digits in numbers)
    assert below <= Fraction(str(low)) < Fraction(str(high)) <= above
