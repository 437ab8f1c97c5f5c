"""The tables of page "Explore" in words, built column by column, since they may have a hundred thousand rows."""

from collections.abc import Callable, Iterable

import polars as pl

from dashboard.charts.figure_words import doubt, marked, note
from dashboard.subjects.derived import OWN, is_ranged, shown_status
from dashboard.subjects.explore.query import UNSUMMED
from dashboard.subjects.states.query import DIMENSIONS
from dashboard.words import tables, terms
from data.i18n import N_, Language

Word = Callable[[Language, str], str]
BREAKDOWN: dict[str, tuple[str, Word]] = {
    "indicator": (N_("Indicator"), terms.word("indicator")),
    "sex": (N_("Sex"), terms.word("sex")),
    "age": (N_("Age"), terms.word("age")),
    "form": (N_("Form"), terms.word("form")),
}


def figures(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The rows of a view: state, year, indicator and breakdown if they vary, figure, unit, meaning, release.

    Columns are enums, which take a small part of the bytes of plain strings.
    """
    columns = {
        lang.text("State"): _words(rows["area"], lang, Language.country),
        lang.text("Year"): _words(rows["year"], lang, _printed),
        **{
            lang.text(label): _words(rows[name], lang, word)
            for name, (label, word) in BREAKDOWN.items()
            if _varies(rows[name])
        },
        lang.text("Figure"): _figures(rows, lang),
        lang.text("Unit of count"): _words(terms.unit_of(rows), lang, terms.unit_word),
        lang.text("Data status"): _words(_state(rows), lang, _status),
        lang.text("Release"): _words(rows["release"], lang, Language.date),
    }
    return pl.DataFrame(columns)


def _varies(codes: pl.Series) -> bool:
    """Whether a column is needed: what all rows have in common is in the heading."""
    return codes.n_unique() > 1


def joined(rows: pl.DataFrame, lang: Language, indicators: Iterable[str]) -> pl.DataFrame:
    """The rows of `query.joined`: state, year and breakdown, and the figure of each indicator with its note."""
    columns = {
        lang.text("State"): _words(rows["area"], lang, Language.country),
        lang.text("Year"): _words(rows["year"], lang, _printed),
    }
    for name in DIMENSIONS:
        if _varies(rows[name]):
            label, word = BREAKDOWN[name]
            columns[lang.text(label)] = _words(rows[name], lang, word)
    for code in indicators:
        own = rows.select(pl.col(f"{code}_{name}").alias(name) for name in OWN)
        noted = _words(own["note"].fill_null(""), lang, note).cast(pl.String)
        both = pl.DataFrame([_figures(own, lang).cast(pl.String).alias("figure"), noted.alias("noted")])
        cell = pl.when(pl.col("noted") == "").then("figure").otherwise(pl.format("{} ({})", "figure", "noted"))
        columns[terms.term(lang, "indicator", code)] = both.select(cell).to_series()
    return pl.DataFrame(columns)


def unsummed(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Totals that differ from the sum of their parts: indicator, breakdown, parts, figures, difference."""
    columns: tables.Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Group"): lambda row: _breakdown(lang, row),
        lang.text("Total"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Parts published"): lambda row: lang.joined(
            BREAKDOWN[row["by"]][1](lang, part) for part in row["parts"]
        ),
        lang.text("Sum of these parts"): lambda row: lang.interval(row["parts_low"], row["parts_high"]),
        lang.text("The parts come to"): lambda row: _difference(lang, row["more_low"], row["more_high"]),
    }
    return tables.written(rows.select(UNSUMMED).iter_rows(named=True), columns)


def _breakdown(lang: Language, row: tables.Row) -> str:
    words = [BREAKDOWN[part][1](lang, row[part]) for part in DIMENSIONS if row[part] != "total"]
    return ", ".join(words) or lang.text("All persons")


def _difference(lang: Language, low: float, high: float) -> str:
    if high < 0:
        # Translators: the sum of the groups is surely higher by {figure}.
        return lang.text("{figure} more than the total", figure=lang.interval(-high, -low))
    # Translators: the sum of the groups is surely lower by {figure}.
    return lang.text("{figure} less than the total", figure=lang.interval(low, high))


def _words(codes: pl.Series, lang: Language, word: Word) -> pl.Series:
    """The words of each id."""
    word_of = {code: word(lang, code) for code in codes.unique(maintain_order=True)}
    return codes.replace_strict(word_of, return_dtype=_enum(word_of.values()))


def _enum(words: Iterable[str]) -> pl.Enum:
    return pl.Enum(list(dict.fromkeys(words)))


def _printed(_: Language, year: object) -> str:
    return str(year)


def _state(rows: pl.DataFrame) -> pl.Series:
    """The state of each figure, and after a space the note that a computed one has, or that its parts contradict it."""
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    state = pl.when(zero).then(pl.lit("zero")).otherwise(shown_status())
    noted = pl.when(is_ranged()).then("note").when("contradicted").then(pl.lit("contradicted")).fill_null("")
    return rows.select(pl.concat_str(state, noted, separator=" ")).to_series()


def _status(lang: Language, code: str) -> str:
    state, _, noted = code.partition(" ")
    doubted = doubt({"contradicted": noted == "contradicted"}, lang)
    return lang.joined(filter(None, [terms.term(lang, "status", state), *(doubted or [note(lang, noted)])]))


def _figures(rows: pl.DataFrame, lang: Language) -> pl.Series:
    """The figures in words, padded with leading spaces, since the browser sorts them as text."""
    key = ("low", "high", "unit", "contradicted")
    each = rows.select(key).unique(maintain_order=True)
    texts = [_figure(lang, *row) for row in each.iter_rows()]
    lengths = [_whole(lang, text) for text in texts]
    room = max(lengths, default=0)
    padded = [" " * (room - length) + text for length, text in zip(lengths, texts, strict=True)]
    by_figure = each.with_columns(words=pl.Series(padded, dtype=_enum(padded)))
    return rows.select(key).join(
        by_figure, on=key, how="left", validate="m:1", nulls_equal=True, maintain_order="left"
    )["words"]


def _figure(lang: Language, low: float | None, high: float | None, unit: str, contradicted: bool | None) -> str:
    if low is None or high is None:
        return tables.NONE
    return marked({"contradicted": contradicted}, lang.interval(low, high, tables.DIGITS.get(unit, 0)))


def _whole(lang: Language, words: str) -> int:
    """The length of the integer part of a figure's first number."""
    return len(words) - len(words.lstrip(f"0123456789{lang.separators[1]}"))
