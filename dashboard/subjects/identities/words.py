"""What figures of one release say against each other, and what to ask their publisher, in words."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard.words import data_version, tables, terms
from data.i18n import Language

Row = Mapping[str, Any]


def says(lang: Language, row: Row) -> str:
    """Both figures of a row of `identities`, in one sentence."""
    values = {"figure": lang.interval(row["low"], row["high"]), "other": _other(lang, row)}
    first, *rest = row["parts"]
    if row["kind"] == "parts_by_sex":
        # Translators: {other} is the sum of the figures by sex and certainly more than {figure}.
        return lang.text("The figures by sex add up to {other}: more than {figure}.", **values)
    if row["kind"] == "parts_by_age":
        # Translators: {other} is the sum of the figures by age and certainly more than {figure}.
        return lang.text("The figures by age add up to {other}: more than {figure}.", **values)
    if row["kind"] == "form_above":
        # Translators: {form} is a form of exploitation; its figure {other} is certainly more than the total {figure}.
        return lang.text("One form alone, {form}, has {other}: more than {figure}.", form=_form(lang, first), **values)
    if row["kind"] == "one_form":
        # Translators: both forms are forms of exploitation; the total is {figure}, and the second form is above zero.
        return lang.text(
            "The total of {figure} is the figure for {form}, although there is also one for {second}: {other}.",
            form=_form(lang, first),
            second=_form(lang, rest[0]),
            **values,
        )
    # Translators: {figure} are males, {other} are females, all of them victims of sexual exploitation.
    return lang.text("{figure} males and {other} females: unusual, but no contradiction.", **values)


def asks(lang: Language, row: Row) -> str:
    """What to ask the publisher."""
    values = {"figure": lang.interval(row["low"], row["high"]), "other": _other(lang, row)}
    if row["kind"] == "more_males":
        return lang.text("Are the figures of the two sexes in the right place?")
    if row["kind"] == "one_form":
        return lang.text("Is the total that of all victims, or of one form of exploitation only?")
    if row["kind"] == "form_above":
        # Translators: {other} is the figure of one form alone; victims of other forms may come on top.
        least = lang.number(row["parts_low"])
        return lang.text("Is the total {figure}, or at least {other}?", **(values | {"other": least}))
    # Translators: two figures for the same thing.
    return lang.text("Which is right: {figure}, {other} or another number?", **values)


def _other(lang: Language, row: Row) -> str:
    """The other figure; without an upper end, where one of its parts has several values, at least so many."""
    low, high = row["parts_low"], row["parts_high"]
    return lang.interval(low, high) if high is not None else lang.text("at least {n}", n=lang.number(low))


def _form(lang: Language, code: str) -> str:
    return terms.in_sentence(terms.term(lang, "form", code))


def _group(lang: Language, row: Row) -> list[str]:
    """The group that a figure counts, empty for a total; for males and females together, their form of exploitation."""
    parts = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    named = [] if row["kind"] == "more_males" else ["sex", "age"]
    return [terms.in_sentence(parts[one](lang, row[one])) for one in (*named, "form") if row[one] != "total"]


def what(lang: Language, row: Row) -> str:
    """The indicator of a figure and its group, e.g. `Detected victims, sexual exploitation`."""
    return ", ".join([terms.term(lang, "indicator", row["indicator"]), *_group(lang, row)])


def table(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of rows of `identities`: state, year, figure, what others say, what to ask, release."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Indicator"): partial(what, lang),
        lang.text("What the figures say"): partial(says, lang),
        lang.text("What to ask the publisher"): partial(asks, lang),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def listed(lang: Language) -> tuple[str, ...]:
    """What the list has, and that no figure is changed."""
    return (
        lang.text(
            "Totals of all releases that their own figures by sex, age or form of exploitation contradict, or that "
            "equal the figure for one form although there is another. Each stays as published. We state a "
            "trend or a share only where it holds whichever figure is right. On maps and in charts "
            "such a total has a mark (*)."
        ),
        lang.text(
            "More males than females in sexual exploitation is unusual, not a contradiction. It is listed because a "
            "publisher once exchanged the sexes of a whole series."
        ),
    )


def unusual(lang: Language, rows: pl.DataFrame) -> str:
    """The years in which more males than females are victims of sexual exploitation in a state; empty without any."""
    years = sorted(set(rows["year"]))
    if not years:
        return ""
    # Translators: it contradicts nothing; a publisher may have exchanged the sexes.
    return lang.text(
        "For {years}, more males than females are listed as victims of sexual exploitation. This may well be right; as "
        "a publisher once exchanged the sexes of a whole series, we ask to have it confirmed.",
        years=tables.runs_in_sentence(lang, years),
    )
