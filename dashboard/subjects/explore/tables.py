"""The tables of page "Explore" in words, whole columns at a time, since they may hold a hundred thousand rows. Pure."""

from collections.abc import Callable, Iterable

import polars as pl

from dashboard.subjects.explore.query import UNSUMMED
from dashboard.subjects.states.query import DIMENSIONS
from dashboard.words import tables, terms
from data.i18n import N_, Language

Word = Callable[[Language, str], str]
WHAT: dict[str, tuple[str, Word]] = {
    "indicator": (N_("Indicator"), terms.word("indicator")),
    "sex": (N_("Sex"), terms.word("sex")),
    "age": (N_("Age"), terms.word("age")),
    "form": (N_("Form"), terms.word("form")),
}


def figures(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The rows of a view: state and year, of what and of whom where the rows differ in it, figure, meaning, release.

    Each column is a list of its words and a number a row, which is a small part of the bytes of the words themselves.
    """
    told = {
        lang.text("State"): _words(rows["area"], lang, Language.country),
        lang.text("Year"): _words(rows["year"], lang, _printed),
        **{
            lang.text(label): _words(rows[name], lang, word)
            for name, (label, word) in WHAT.items()
            if _differ(rows[name])
        },
        lang.text("Figure"): _figures(rows, lang),
        lang.text("Unit"): _words(rows["unit"], lang, terms.word("unit")),
        lang.text("Meaning"): _words(_state(rows), lang, terms.word("status")),
        lang.text("Release"): _words(rows["release"], lang, Language.date),
    }
    return pl.DataFrame(told)


def _differ(codes: pl.Series) -> bool:
    """What all rows have in common stands over the table."""
    return codes.n_unique() > 1


def unsummed(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Where the parts do not add up to the total: of what and of whom, by which parts, all figures, by how much."""
    columns: tables.Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Of whom"): lambda row: _whom(lang, row),
        lang.text("Total"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Parts printed"): lambda row: lang.listing(WHAT[row["by"]][1](lang, part) for part in row["parts"]),
        lang.text("Sum of these parts"): lambda row: lang.interval(row["parts_low"], row["parts_high"]),
        lang.text("The parts come to"): lambda row: _difference(lang, row["more_low"], row["more_high"]),
    }
    return tables.written(rows.select(UNSUMMED).iter_rows(named=True), columns)


def _whom(lang: Language, row: tables.Row) -> str:
    told = [WHAT[part][1](lang, row[part]) for part in DIMENSIONS if row[part] != "total"]
    return ", ".join(told) or lang.text("All persons")


def _difference(lang: Language, low: float, high: float) -> str:
    if high < 0:
        return lang.text("{figure} more than the total", figure=lang.interval(-high, -low))
    return lang.text("{figure} less than the total", figure=lang.interval(low, high))


def _words(codes: pl.Series, lang: Language, word: Word) -> pl.Series:
    """What each id is called."""
    said = {code: word(lang, code) for code in codes.unique(maintain_order=True)}
    return codes.replace_strict(said, return_dtype=_kind(said.values()))


def _kind(words: Iterable[str]) -> pl.Enum:
    return pl.Enum(list(dict.fromkeys(words)))


def _printed(_: Language, year: object) -> str:
    return str(year)


def _state(rows: pl.DataFrame) -> pl.Series:
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    return rows.select(pl.when(zero).then(pl.lit("zero")).otherwise("status")).to_series()


def _figures(rows: pl.DataFrame, lang: Language) -> pl.Series:
    """The figures, each written out once. The browser sorts words: spaces before a number bring it into its place."""
    key = ("low", "high", "unit")
    each = rows.select(key).unique(maintain_order=True)
    said = [_figure(lang, *row) for row in each.iter_rows()]
    whole = [_whole(lang, text) for text in said]
    room = max(whole, default=0)
    words = [" " * (room - length) + text for length, text in zip(whole, said, strict=True)]
    told = each.with_columns(words=pl.Series(words, dtype=_kind(words)))
    return rows.select(key).join(told, on=key, how="left", validate="m:1", nulls_equal=True, maintain_order="left")[
        "words"
    ]


def _figure(lang: Language, low: float | None, high: float | None, unit: str) -> str:
    if low is None or high is None:
        return tables.NONE
    return lang.interval(low, high, tables.DIGITS.get(unit, 0))


def _whole(lang: Language, words: str) -> int:
    """How long the whole part of a figure's first number is."""
    return len(words) - len(words.lstrip(f"0123456789{lang.separators[1]}"))
