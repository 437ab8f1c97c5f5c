"""Write the workbook in which an office without a register keeps its cases, in one language.

Its layout is `layouts/template.toml`. A hidden row has the columns' codes, so that every language has the same ones.
"""

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from data.i18n import N_, Language
from data.report.form import EARLIEST, INSTRUCTIONS, Column, sheet_name
from data.report.template import ALLOWED, FORMATS, SETTINGS, WIDE
from etl.cases.layout import WORDS
from etl.errors import AtalayaError

TITLE = N_("Case records")
COLUMNS = (
    Column("person", N_("Pseudonym of the person"), "text", 18, required=True),
    Column("role", N_("Role of the person"), "role", 20, required=True),
    Column("detected", N_("Date of detection"), "date", 14, required=True),
    Column("sex", N_("Sex"), "sex", 18),
    Column("age", N_("Age at detection, in years"), "number", 14),
    Column("origin", N_("Citizenship (ISO 3166 code, e.g. CRI)"), "country", 18),
    Column("destination", N_("Country of exploitation (ISO 3166 code)"), "country", 18),
    Column("form", N_("Forms of exploitation, with “;” between them"), "form", 48),
)
SENTENCES = (
    N_("Use one line for each person. Write no names, addresses, telephone or identity numbers."),
    N_(
        "The pseudonym is a code of your own. Give two lines of one person the same pseudonym, and the same values if "
        "they are of the same year."
    ),
    N_("The date of detection decides in which year a person is counted."),
    N_("Leave blank what was asked and is not known. “Not asked” is another answer."),
    N_("Write several forms of exploitation as in the list, with “;” between them."),
    N_("Enter dates as dates, such as 2018-05-31, and ages as whole years."),
    N_("This file stays in your office. Only tables of numbers are published."),
)
# Rows, counted from 0: codes, headings, first line; and the last line that Excel has.
HEADINGS = 1
FIRST_LINE = 2
LAST_LINE = 1_048_575
LISTS_COLUMN = 2
OLDEST = 120
CODE_LENGTH = 3
# Several forms are no word of the list, so another text is allowed there after a warning.
SEVERAL = "form"


def write(lang: Language, today: date, path: Path) -> None:
    """Write the workbook; a file that is there already stays as it is.

    Raises:
        AtalayaError: the file is there already, or cannot be written.
    """
    content = template(lang, today)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise AtalayaError(f"{path} already exists; name another file with --out, or remove it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AtalayaError(f"{str(path)!r} cannot be written ({reason}); name another file with --out") from error


def template(lang: Language, today: date) -> bytes:
    """The workbook as the bytes of an XLSX file, the same on the same day; `today` is the last date that it accepts."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        book.set_properties({"title": lang.text(TITLE), "created": datetime.combine(today, time(), UTC)})
        looks = {name: book.add_format(look) for name, look in FORMATS.items()}
        records = book.add_worksheet(sheet_name(lang.text(TITLE)))
        instructions = book.add_worksheet(sheet_name(lang.text(INSTRUCTIONS)))
        for sheet in (records, instructions):
            sheet.protect("", ALLOWED)
        ranges = _write_instructions(instructions, lang, looks)
        _write_records(records, lang, looks, _rules(lang, today, ranges))
    return buffer.getvalue()


def _write_instructions(sheet: Any, lang: Language, looks: dict[str, Any]) -> dict[str, str]:  # noqa: ANN401 - the library gives no types
    """Write the sentences and, beside them, the lists of words; returns the cells of each list."""
    sheet.set_column(0, 0, WIDE, looks["words"])
    sheet.write_string(0, 0, lang.text(INSTRUCTIONS), looks["heading"])
    for row, sentence in enumerate(SENTENCES, start=1):
        sheet.write_string(row, 0, lang.text(sentence), looks["words"])
    ranges = {}
    listed = [column for column in COLUMNS if column.kind in WORDS]
    for number, column in enumerate(listed, start=LISTS_COLUMN):
        words = [lang.text(word) for word in WORDS[column.kind].values()]
        sheet.set_column(number, number, 32)
        sheet.write_string(0, number, lang.text(column.heading), looks["head"])
        sheet.write_column(1, number, words)
        name = xlsxwriter.utility.xl_col_to_name(number)
        ranges[column.kind] = f"='{sheet.get_name()}'!${name}$2:${name}${len(words) + 1}"
    return ranges


def _write_records(sheet: Any, lang: Language, looks: dict[str, Any], rules: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_LINE, 1)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, looks.get(column.kind, looks["text"]))
        sheet.write_string(0, number, column.code, looks["code"])
        sheet.write_string(HEADINGS, number, lang.text(column.heading), looks["head"])
        if column.kind in rules:
            sheet.data_validation(FIRST_LINE, number, LAST_LINE, number, rules[column.kind])


def _rules(lang: Language, today: date, ranges: dict[str, str]) -> dict[str, Any]:
    """By kind of column what a cell may hold."""
    refused = lang.text("Choose a word from the list, or leave the cell blank.")
    rules: dict[str, Any] = {
        kind: {
            "validate": "list",
            "source": source,
            "error_message": refused,
            "error_type": "warning" if kind == SEVERAL else "stop",
        }
        for kind, source in ranges.items()
    }
    between = {"criteria": "between", "minimum": EARLIEST, "maximum": today}
    late = lang.text("A date such as 2018-05-31, not after today.")
    rules["date"] = {"validate": "date", "error_message": late} | between
    rules["number"] = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": OLDEST}
    rules["country"] = {"validate": "length", "criteria": "==", "value": CODE_LENGTH}
    return rules
