"""What a state's own register says of the citizenship of victims beside UNODC's list, in a sentence and as a table."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.subjects.passports import keys
from dashboard.subjects.states.query import REPORTED
from dashboard.subjects.states.register_lists import DATE, UNIT, ListedYear, RegisterLists, largest
from dashboard.views.page import Link, Table
from dashboard.words import countries, tables, terms
from dashboard.words.tables import runs_in_sentence
from data.i18n import N_, Language

# The year in which a case counts, by the date that counts.
BY_DATE = {
    "identification": N_("the year in which the victim was identified"),
    "referral": N_("the year of referral"),
    "complaint": N_("the year of the complaint"),
}
# What stands in place of a country.
NO_COUNTRY = {"unknown": N_("Not known"), "not_asked": N_("Not asked")}


def title(lang: Language) -> str:
    """The heading of the lists."""
    return lang.text("Victims by citizenship: the register’s list beside UNODC’s")


def difference(lang: Language, found: RegisterLists) -> str:
    """How the two lists differ, or why they cannot be compared."""
    both = [one for one in found.years if one.both]
    unit, date = found.indicator.counting_unit, found.indicator.date_counted
    if not both:
        return _no_year(lang, found)
    if unit != UNIT:
        # Translators: lists of victims by citizenship; {unit} such as “victims in complaints to the police”.
        return lang.text(
            "The two lists of citizenships cannot be compared: the register counts {unit}, UNODC counts persons.",
            unit=terms.in_sentence(terms.term(lang, "counting", unit)),
        )
    if date != DATE:
        # Translators: lists of victims by citizenship; {date} such as “the year of referral”.
        return lang.text(
            "The two lists of citizenships cannot be compared year by year: UNODC counts victims by the year in which "
            "they were detected, the register by {date}.",
            date=lang.text(BY_DATE[date]),
        )
    return _largest(lang, both[0])


def _no_year(lang: Language, found: RegisterLists) -> str:
    own, beside = (
        runs_in_sentence(lang, [one.year for one in found.years if getattr(one, name).height])
        for name in ("own", "beside")
    )
    if beside:
        # Translators: lists of victims by citizenship.
        return lang.text(
            "The two lists of citizenships cannot be compared, as no year has both: the register has one for {own}, "
            "UNODC for {beside}.",
            own=own,
            beside=beside,
        )
    # Translators: of these years UNODC has no list of victims by citizenship.
    return lang.text("Only the register lists the citizenship of victims for {years}.", years=own)


def _largest(lang: Language, one: ListedYear) -> str:
    own, beside = largest(one.own), largest(one.beside)
    values = {
        "year": one.year,
        "own": countries.of(lang, own) if own else "",
        "beside": countries.of(lang, beside) if beside else "",
    }
    if not own or not beside:
        # Translators: of one list or of both it is not certain which citizenship has most victims in {year}.
        return lang.text(
            "For {year}, at least one of the two lists of citizenships does not show for certain which one is the "
            "largest.",
            **values,
        )
    if own == beside:
        # Translators: it is certain for {year}, whatever ranges hide; {own} with its preposition: “of Peru”.
        return lang.text("For {year}, citizens {own} are the largest group in both lists of citizenships.", **values)
    # Translators: it is certain for {year}, whatever ranges hide; {own} and {beside} with a preposition: “of Peru”.
    return lang.text(
        "For {year}, citizens {beside} are the largest group in UNODC’s list of citizenships, citizens {own} in the "
        "register’s.",
        **values,
    )


def reading(lang: Language, found: RegisterLists) -> list[str]:
    """What follows where a list has no figure."""
    # Translators: of a year for which the register has a list.
    unlisted = lang.text(
        "A citizenship that the register’s list of a year lacks was recorded for no victim. Of UNODC’s lists this does "
        "not follow."
    )
    # Translators: of the years with “not published” in the table.
    hidden = lang.text("Not published: to protect persons, the register gives only a total for the year.")
    return [unlisted, *([] if all(one.own.height for one in found.years) else [hidden])]


def table(lang: Language, found: RegisterLists, edition: str) -> Table:
    """Both lists, the latest year first; each figure leads to its cell."""
    lines = [line for one in found.years for line in _lines(lang, one)]
    columns: tables.Columns = {
        lang.text("Year"): lambda line: str(line["year"]),
        lang.text("Citizenship"): lambda line: line["name"],
        lang.text("UNODC’s list"): lambda line: _figures(lang, line["beside"], line["no_beside"]),
        lang.text("The register’s list"): lambda line: _figures(lang, line["own"], line["no_own"]),
    }
    links = {number: [_link(line[name], edition) for line in lines] for number, name in ((2, "beside"), (3, "own"))}
    return Table("register_lists", title(lang), tables.sheet(tables.written(lines, columns)), others=links)


def _lines(lang: Language, one: ListedYear) -> Iterator[Mapping[str, Any]]:
    """A line for each citizenship of a year: the largest of the register first, then those that only UNODC lists."""
    no_own = lang.text("not listed") if one.own.height else lang.text("not published")
    no_beside = lang.text("not listed") if one.beside.height else lang.text("no list")
    every = pl.concat([one.own, one.beside]).with_columns(who=pl.coalesce("origin", "origin_label"))
    size = {who: (low, high) for who, low, high in one.own.select("origin_label", "low", "high").iter_rows()}
    order = sorted(
        every["who"].unique(), key=lambda who: (who in NO_COUNTRY, [-n for n in size.get(who, (-1, -1))], who)
    )
    for who in order or [""]:
        of_who = every.filter(who=who)
        own = of_who.filter(evidence="register")
        name = (
            lang.text(NO_COUNTRY[who])
            if who in NO_COUNTRY
            else lang.country(who)
            if who
            else lang.text("all citizenships")
        )
        beside = of_who.filter(evidence="counted")
        absent = lang.text("not compared") if who in NO_COUNTRY else no_beside
        yield {"year": one.year, "name": name, "own": own, "beside": beside, "no_own": no_own, "no_beside": absent}


def _figures(lang: Language, rows: pl.DataFrame, absent: str) -> str:
    """The figure of a citizenship, in words if it has none; a country may stand in a list twice."""
    return lang.joined(_figure(lang, row) for row in rows.iter_rows(named=True)) or absent


def _figure(lang: Language, row: Mapping[str, Any]) -> str:
    status = terms.in_sentence(terms.term(lang, "status", row["status"]))
    if row["low"] is None:
        return status
    figure = lang.interval(row["low"], row["high"])
    return figure if row["status"] in REPORTED else f"{figure} ({status})"


def _link(rows: pl.DataFrame, edition: str) -> Link | None:
    """The way to the passport of a figure; the register's is that of its newest release in each edition of UNODC."""
    for row in rows.head(1).with_columns(as_of=pl.lit(edition)).iter_rows(named=True):
        newest = edition == NEWEST or row["evidence"] == "register"
        return Link(keys.PAGE, "", keys.texts("flows" if newest else "flow_vintages", row))
    return None
