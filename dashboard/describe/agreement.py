"""Where the SDG database and UNODC's workbook agree on the number of detected victims, in words. Pure."""

import polars as pl

from dashboard import terms
from dashboard.query.differences import Compared
from dashboard.tables import Row, written
from data.i18n import Language


def differences(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Where the SDG database and UNODC give figures without a number in common, in the order of names and years."""
    order = {code: place for place, code in enumerate(lang.sorted_countries(set(frame["area"])))}
    rows = sorted(frame.iter_rows(named=True), key=lambda row: (order[row["area"]], row["year"]))
    columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Persons counted"): lambda row: _counted(lang, row),
        lang.text("SDG database"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("UNODC"): lambda row: lang.interval(row["low_unodc"], row["high_unodc"]),
        lang.text("Release, SDG database"): lambda row: lang.date(row["release"]),
        lang.text("Release, UNODC"): lambda row: lang.date(row["release_unodc"]),
    }
    return written(rows, columns)


def _counted(lang: Language, row: Row) -> str:
    parts = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    told = [word(lang, row[part]) for part, word in parts.items() if row[part] != "total"]
    return ", ".join(told) or lang.text("All persons")


def agreement(found: Compared, lang: Language) -> list[str]:
    """Why the two are compared, how many figures were, and what came of it."""
    values = {name: lang.number(getattr(found, name)) for name in ("equal", "overlapping", "alone")}
    why = lang.text(
        "UNODC provides these figures to the SDG database (indicator 16.2.2), which may hold an earlier state of them. "
        "Where the two have no number in common, both are shown as printed."
    )
    counts = lang.plural(
        "{n} figure stands in both: {equal} the same, {overlapping} overlapping as intervals, {differing} different. "
        "{alone} more stand in the SDG database only.",
        "{n} figures stand in both: {equal} the same, {overlapping} overlapping as intervals, {differing} different. "
        "{alone} more stand in the SDG database only.",
        found.compared,
        differing=lang.number(found.differing.height),
        **values,
    )
    return [why, counts]
