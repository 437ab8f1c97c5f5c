"""A small release of UNODC's workbook, and each way in which the next one may be damaged, with how its build must end.

The same damage is done to the real workbook (`tests/etl/checking/test_corruptions_real.py`), so each way finds its rows
by what they say and not by where they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from etl.__main__ import FAILED, OK, UNEXPECTED
from etl.checking import consistent, series, sums
from tests.etl.mirror_sample import inhabitants, mirror
from tests.etl.samples import GLOTIP_HEADER, citizens, glotip, glotip_row, workbook

Rows = list[tuple[object, ...]]
Damage = Callable[[Rows], bytes]
ISO3, COUNTRY, INDICATOR, DIMENSION, CATEGORY, SEX, AGE, YEAR, UNIT, VALUE = 0, 1, 4, 5, 6, 7, 8, 9, 10, 11
CHILDREN, ADULTS = "0 to 17 years", "18 years or over"
PUBLISHED, NEXT = "28/10/2025", "28/01/2026"
FIRST, LAST = 2016, 2022
TOTALS = {
    "CRI": (35, 31, 40, 38, 36, 52, 43),
    "PAN": (9, 12, 10, 15, 11, 16, 8),
    "USA": (8_200, 8_900, 9_700, 10_500, 11_400, 14_100, 16_390),
    "BOL": (410, 385, 402, 433, 390, 420, 415),
    "MEX": (640, 610, 655, 700, 580, 620, 690),
}
# Two more counts of Mexico, which differ, and one of Panama with zeros.
OTHERS = {
    ("MEX", "Persons prosecuted"): (300, 310, 280, 330, 340, 290, 320),
    ("MEX", "Persons convicted"): (60, 75, 52, 88, 70, 66, 84),
    ("PAN", "Persons convicted"): (0, 6, 0, 8, 0, 0, 7),
}
CITIZENS = {"CRI": ("Nicaragua", 12), "MEX": ("Honduras", 90), "USA": ("Mexico", 1_200)}


def rows() -> Rows:
    """Five states, 2016 to 2022: totals, their parts by sex and by age, a citizenship of three states, other counts."""
    years = range(FIRST, LAST + 1)
    counts = [(area, year, n) for area, numbers in TOTALS.items() for year, n in zip(years, numbers, strict=True)]
    figures = [row for area, year, n in counts for row in _figures(area, year, n)]
    figures += [
        glotip_row(area, year, str(n), indicator=indicator)
        for (area, indicator), numbers in OTHERS.items()
        for year, n in zip(years, numbers, strict=True)
    ]
    return [*figures, *(citizens(area, year, *_label(area)) for area, year, _ in counts if area in CITIZENS)]


def _label(area: str) -> tuple[str, str]:
    label, n = CITIZENS[area]
    return label, f"{n:,}"


def _figures(area: str, year: int, n: int) -> Rows:
    men = n // 3
    # Costa Rica prints 24 children and 19 adults in 2022.
    children = 24 if (area, year) == ("CRI", 2022) else n // 4
    parts = [("Female", "Total", n - men), ("Male", "Total", men)]
    parts += [("Total", CHILDREN, children), ("Total", ADULTS, n - children)]
    return [
        glotip_row(area, year, _printed(n)),
        *(glotip_row(area, year, _printed(part), sex=sex, age=age) for sex, age, part in parts),
    ]


def _printed(n: int) -> str:
    return f"{n:,}" if n >= 5 else "<5"


def published(folder: Path) -> Path:
    """A mirror with the releases of April (to 2021) and October 2025."""
    april = [row for row in rows() if row[YEAR] != str(LAST)]
    folder = mirror(
        folder, {"data_glotip_a.xlsx": glotip(april), "data_glotip_b.xlsx": glotip(rows(), released=PUBLISHED)}
    )
    (people,) = (folder / "worldbank").glob("*population*")
    header = people.read_bytes().splitlines(keepends=True)[:1]
    recorded = [line for line in people.read_bytes().splitlines(keepends=True)[1:] if b"Land," not in line]
    earlier = inhabitants(FIRST, LAST)
    people.write_bytes(b"".join([*header, *recorded]) + earlier)
    return folder


# ---------------------------------------------------------------- damage


def set_cells(column: int, value: object, **where: str) -> Damage:
    """Write a value into a column of the rows that say this (`iso3="CRI", year="2022"` ...; totals by default)."""
    return lambda table: _written(_set(table, column, value, **where))


def _is(row: tuple[object, ...], where: dict[str, str]) -> bool:
    usual = {"indicator": "Detected trafficking victims", "dimension": "Total", "category": "Total"}
    usual |= {"sex": "Total", "age": "Total"}
    wanted = usual | where
    places = {"iso3": ISO3, "indicator": INDICATOR, "dimension": DIMENSION, "category": CATEGORY}
    places |= {"sex": SEX, "age": AGE, "year": YEAR}
    return all(str(row[places[name]]) == value for name, value in wanted.items())


def _set(table: Rows, column: int, value: object, **where: str) -> Rows:
    changed = [(*row[:column], value, *row[column + 1 :]) if _is(row, where) else row for row in table]
    assert changed != table, where
    return changed


def _written(table: Rows, released: str = NEXT, header: Iterable[str] = GLOTIP_HEADER) -> bytes:
    return glotip(table, released=released, header=tuple(header))


def _swapped_totals(table: Rows) -> bytes:
    return _written(_set(_set(table, VALUE, "8", iso3="CRI", year="2022"), VALUE, "43", iso3="PAN", year="2022"))


def _swapped_states(table: Rows) -> bytes:
    names = {row[ISO3]: row[COUNTRY] for row in table}
    other = {"CRI": "PAN", "PAN": "CRI"}
    return _written([((area := other.get(str(row[ISO3]), row[ISO3])), names[area], *row[2:]) for row in table])


def _renamed(table: Rows) -> bytes:
    return _written([("BLV", *row[1:]) if row[ISO3] == "BOL" else row for row in table])


def _swapped_columns(first: int, second: int) -> Damage:
    """Two columns of cells under each other's headings."""

    def swapped(table: Rows) -> bytes:
        order = list(range(len(GLOTIP_HEADER)))
        order[first], order[second] = second, first
        return _written([tuple(row[place] for place in order) for row in table])

    return swapped


def _other_order(table: Rows) -> bytes:
    return _written([row[::-1] for row in table], header=GLOTIP_HEADER[::-1])


def _numbers(table: Rows) -> bytes:
    def number(cell: object) -> object:
        return int(text) if (text := str(cell).replace(",", "")).isdigit() else cell

    return _written([(*row[:YEAR], number(row[YEAR]), row[YEAR + 1], number(row[VALUE]), row[-1]) for row in table])


def _extra_indicator(table: Rows) -> bytes:
    extra = [(*row[:INDICATOR], "Persons acquitted", *row[INDICATOR + 1 :]) for row in table[:20]]
    return _written([*table, *extra])


def _second_value(table: Rows) -> bytes:
    (one,) = (row for row in table if _is(row, {"iso3": "CRI", "year": "2022"}))
    return _written([*table, (*one[:VALUE], "99", *one[VALUE + 1 :])])


def _sheets(hidden: str, *, with_table: bool) -> Damage:
    def beside(table: Rows) -> bytes:
        other: Rows = [("UNODC",), (NEXT,), GLOTIP_HEADER, *table] if with_table else [("a note",)]
        named = {"data_glotip_1": [("UNODC",), (NEXT,), GLOTIP_HEADER, *table], hidden: other}
        book = load_workbook(BytesIO(workbook(named)))
        book[hidden].sheet_state = "hidden"
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    return beside


def _each(changed: Callable[[tuple[object, ...]], tuple[object, ...] | None]) -> Damage:
    """Change each row, or leave it out (None)."""

    def damage(table: Rows) -> bytes:
        rows = [one for row in table if (one := changed(row)) is not None]
        assert rows != table
        return _written(rows)

    return damage


def _at(row: tuple[object, ...], **cells: object) -> tuple[object, ...]:
    """A row with other cells, by the names of the columns."""
    places = {"iso3": ISO3, "indicator": INDICATOR, "category": CATEGORY, "sex": SEX, "age": AGE, "year": YEAR}
    changed = list(row)
    for name, cell in cells.items():
        changed[{**places, "value": VALUE, "unit": UNIT}[name]] = cell
    return tuple(changed)


def _number(row: tuple[object, ...]) -> int | None:
    text = str(row[VALUE]).replace(",", "")
    return int(text) if text.isdigit() else None


def _times(factor: float, area: str = "", year: str = "") -> Callable[[tuple[object, ...]], tuple[object, ...]]:
    def changed(row: tuple[object, ...]) -> tuple[object, ...]:
        n, mine = _number(row), row[ISO3] == (area or row[ISO3]) and str(row[YEAR]) == (year or str(row[YEAR]))
        return _at(row, value=f"{round(n * factor):,}") if mine and n is not None else row

    return changed


def _copied(table: Rows) -> bytes:
    """The figures of the USA in 2021, printed again as those of 2022."""
    earlier = [_at(row, year="2022") for row in table if row[ISO3] == "USA" and str(row[YEAR]) == "2021"]
    return _written([*(row for row in table if (row[ISO3], str(row[YEAR])) != ("USA", "2022")), *earlier])


def _new_year(factor: float = 1.0, area: str = "") -> Damage:
    """A new year with the figures of the year before, multiplied."""

    def damage(table: Rows) -> bytes:
        last = [row for row in table if str(row[YEAR]) == str(LAST) and row[ISO3] == (area or row[ISO3])]
        return _written([*table, *(_at(_times(factor)(row), year=str(LAST + 1)) for row in last)])

    return damage


def _one_new_total(text: str) -> Damage:
    return lambda table: _written([*table, glotip_row("CRI", LAST + 1, text)])


def _shifted(years: int, area: str = "") -> Damage:
    return _each(
        lambda row: _at(row, year=str(int(str(row[YEAR])) + years)) if row[ISO3] == (area or row[ISO3]) else row
    )


def _again(sex: str, other: str) -> Callable[[Rows], Rows]:
    return lambda table: [_at(row, sex=other) for row in table if row[ISO3] == "MEX" and row[SEX] == sex]


def _printed_again(table: Rows) -> bytes:
    """Mexico's women again as men, and its children again as adults."""
    ages = [_at(row, age=ADULTS) for row in table if row[ISO3] == "MEX" and row[AGE] == CHILDREN]
    return _written([*table, *_again("Female", "Male")(table), *ages])


def _exchanged(area: str = "") -> Damage:
    other = {"Female": "Male", "Male": "Female"}
    return _each(
        lambda row: _at(row, sex=other.get(str(row[SEX]), row[SEX])) if row[ISO3] == (area or row[ISO3]) else row
    )


def _masks(text: str, area: str = "") -> Damage:
    return _each(lambda row: _at(row, value=text) if row[VALUE] == "<5" and row[ISO3] == (area or row[ISO3]) else row)


def _exchanged_counts(table: Rows) -> bytes:
    other = {"Persons prosecuted": "Persons convicted", "Persons convicted": "Persons prosecuted"}
    return _written([_at(row, indicator=other.get(str(row[INDICATOR]), row[INDICATOR])) for row in table])


def _is_total(row: tuple[object, ...]) -> bool:
    return row[SEX] == row[AGE] == row[CATEGORY] == "Total"


def _old(day: str) -> Damage:
    return lambda table: _written(_set(table, VALUE, "400", iso3="CRI", year="2021"), day)


def _more_columns(table: Rows) -> bytes:
    return _written([(*row, "x") for row in table], header=(*GLOTIP_HEADER, "Remark"))


def _value_header(table: Rows) -> bytes:
    return _written(table, header=["VALUE" if name == "txtVALUE" else name for name in GLOTIP_HEADER])


def _first_sheet(table: Rows) -> bytes:
    return workbook({"notes": [("a note",)], "data_glotip_1": [("UNODC",), (NEXT,), GLOTIP_HEADER, *table]})


def _cut(table: Rows) -> bytes:
    whole = _written(table)
    return whole[: len(whole) // 2]


def _value(text: object, area: str = "CRI") -> Damage:
    return set_cells(VALUE, text, iso3=area, year="2022")


@dataclass(frozen=True)
class Case:
    """What is wrong in a release, the exit status of its build, words of its message, and whether no check finds it."""

    what: str
    damage: Damage
    status: int
    says: str = ""
    unfound: bool = False

    @property
    def published(self) -> bool:
        """Whether a snapshot is published."""
        return self.status != FAILED


MOVED, BEYOND, OUTSIDE = "totals that moved away from their parts", "changes beyond the usual", series.ASKED
NOT_KNOWN = "which is not a known value"
UNREADABLE = [
    Case(f"a value {text!r}", _value(text), FAILED, f"column txtVALUE is {text!r}, {NOT_KNOWN}")
    for text in ("16.390", "16,39", "< 5", "<10", "≤4", "1e3", "-5")
]
UNREADABLE += [
    Case("a blank value", _value(None), FAILED, "column txtVALUE is blank"),
    Case("a year 2022/23", set_cells(YEAR, "2022/23", iso3="CRI", year="2022"), FAILED, "column Year is '2022/23'"),
    Case("the cells of Sex and Age swapped", _swapped_columns(SEX, AGE), FAILED, "column Sex is"),
    Case("the date 10/28/2026", lambda table: _written(table, "10/28/2026"), FAILED, "10/28/2026"),
    Case("a date after today", lambda table: _written(table, "28/10/2099"), FAILED, "is after today"),
    Case(
        "a second table in a hidden sheet", _sheets("old", with_table=True), FAILED, "more than one sheet has a table"
    ),
    Case("Indicator and Dimension swapped", _swapped_columns(INDICATOR, DIMENSION), FAILED, "rows was recognized"),
]
HELD = [
    Case("43 victims became 400", _value("400"), FAILED, MOVED),
    Case("43 victims became 0", _value("0"), FAILED, MOVED),
    Case("the totals of Costa Rica and Panama swapped (8 and 43)", _swapped_totals, FAILED, MOVED),
    Case("a digit lost: 16,390 became 1,639", _value("1,639", "USA"), FAILED, MOVED),
    Case("a digit wrong: 16,390 became 19,390", _value("19,390", "USA"), FAILED, MOVED),
    Case("480,000 victims in Costa Rica", _value("480,000"), FAILED, BEYOND),
    Case("999,999,999,999 victims", _value("999,999,999,999"), FAILED, BEYOND),
    Case("a second row with another value (43 and 99)", _second_value, FAILED, BEYOND),
    Case(
        "900 women among 43 victims",
        set_cells(VALUE, "900", iso3="CRI", year="2022", sex="Female"),
        FAILED,
        BEYOND,
    ),
    Case("BOL renamed to BLV", _renamed, FAILED, "expected the code and the name of one country"),
    Case("all rows of two states swapped", _swapped_states, FAILED, BEYOND),
    Case(
        "a label in a broken encoding",
        set_cells(
            CATEGORY, "Hondure\ufffd\ufffdo", iso3="MEX", dimension="by citizenship", category="Honduras", year="2022"
        ),
        FAILED,
        "lost",
    ),
    Case("all rows doubled", lambda table: _written([*table, *table]), FAILED, "rows unodc_glotip"),
    Case("the second half is missing", lambda table: _written(table[: len(table) // 2]), FAILED, "rows unodc_glotip"),
]
READ = [
    Case("an unknown indicator", _extra_indicator, UNEXPECTED, "unknown_indicator 'Persons acquitted', 20 row(s)"),
    Case("nothing", _written, OK),
    Case("the columns in another order", _other_order, OK),
    Case("a total with blanks around it", _value(" 43 "), OK),
    Case("numbers and years as number cells", _numbers, OK),
    Case("a country's name changed, its code kept", set_cells(COUNTRY, "Rep. of Panama", iso3="PAN", year="2022"), OK),
    Case("a hidden sheet without a table", _sheets("note", with_table=False), OK),
    Case("ten rows twice", lambda table: _written([*table, *table[:10]]), OK),
]
# Errors that agree with themselves: each figure fits its parts.
CONSISTENT = [
    Case("43 victims became 75", _value("75"), FAILED, MOVED),
    Case("two digits exchanged: 415 became 451", _value("451", "BOL"), FAILED, MOVED),
    Case("a copy of the year before (USA)", _copied, FAILED, consistent.REPEATED),
    Case("all figures of a state and year 1.6 times as large", _each(_times(1.6, "USA", "2022")), FAILED, BEYOND),
    Case("all figures of a state and year a quarter", _each(_times(0.25, "USA", "2022")), FAILED, BEYOND),
    Case("all figures of a state doubled", _each(_times(2, "BOL")), FAILED, BEYOND),
    Case("a new year with the figures of the last", _new_year(), FAILED, consistent.REPEATED),
    Case("a new year with three times the figures of the last", _new_year(3), OK, OUTSIDE, unfound=True),
    Case("430 victims in a new year (43 before)", _one_new_total("430"), OK, OUTSIDE, unfound=True),
    Case("no victims in a new year", _one_new_total("0"), OK, OUTSIDE, unfound=True),
    Case("the years of a state one later", _shifted(1, "PAN"), FAILED, "years of states lost"),
    Case("all years one later", _shifted(1), FAILED, BEYOND),
    Case("women again as men, children again as adults", _printed_again, FAILED, consistent.SEVERAL),
    Case("women and men of a state exchanged", _exchanged("CRI"), FAILED, consistent.SEXES),
    Case("women and men of all states exchanged", _exchanged(), FAILED, consistent.SEXES),
    Case("prosecuted and convicted exchanged", _exchanged_counts, FAILED, BEYOND),
    Case("every mask became 5", _masks("5"), FAILED, consistent.LOST),
    Case("every mask became 4", _masks("4"), FAILED, consistent.SMALL),
    Case("every mask became 0", _masks("0"), OK, sums.ASKED),
    Case("the masks of a state became 4", _masks("4", "PAN"), FAILED, consistent.SMALL),
    Case(
        "one 3 where a mask stood",
        set_cells(VALUE, "3", iso3="PAN", year="2022", age=CHILDREN),
        FAILED,
        consistent.SMALL,
    ),
    Case("every zero became a mask", _each(lambda row: _at(row, value="<5") if row[VALUE] == "0" else row), OK),
    Case("a state is missing", _each(lambda row: None if row[ISO3] == "BOL" else row), FAILED, "states lost"),
    Case(
        "the totals of a state are missing",
        _each(lambda row: None if row[ISO3] == "CRI" and _is_total(row) else row),
        FAILED,
        "lost",
    ),
    Case(
        "a count is missing",
        _each(lambda row: None if row[INDICATOR] == "Persons convicted" else row),
        OK,
    ),
    Case("zeros for the history of a state", _each(_times(0, "BOL")), FAILED, BEYOND),
    Case("the sum of the region under one state", _value("17,566", "MEX"), FAILED, BEYOND),
    Case("an older date (1 June 2025)", _old("01/06/2025"), OK, consistent.LATE),
    Case(
        "a unit `Rate per 100,000`",
        set_cells(UNIT, "Rate per 100,000", iso3="CRI", year="2022"),
        FAILED,
        "years of states lost",
    ),
]
# Files that another program, hand or broken line made.
FORMATS = [
    Case(f"a value {text!r}", _value(text), FAILED, NOT_KNOWN)
    for text in (4.3, "４３", "٤٣", "⁴³", "16\N{NO-BREAK SPACE}390", "43*", "..", "1,6390", "4_3")
]
FORMATS += [
    Case("a no-break space around a total", _value("\N{NO-BREAK SPACE}43\N{NO-BREAK SPACE}"), OK),
    Case("a code in small letters", _each(lambda row: _at(row, iso3="bol") if row[ISO3] == "BOL" else row), OK),
    Case("a note in a sheet before the table", _first_sheet, OK),
    Case("VALUE in place of txtVALUE", _value_header, OK),
    Case("one more column", _more_columns, UNEXPECTED, "unknown_column"),
    Case("a year 22", set_cells(YEAR, "22", iso3="CRI", year="2022"), FAILED, "column Year is '22'"),
    Case(
        "a web page in place of a workbook",
        lambda _: b"<!doctype html><title>Sorry</title>",
        FAILED,
        "this is not an XLSX workbook",
    ),
    Case("an empty file", lambda _: b"", FAILED, "this is not an XLSX workbook"),
    Case("the second half of the file is missing", _cut, FAILED, "data_glotip_c.xlsx"),
]
CASES = {case.what: case for case in (*UNREADABLE, *HELD, *READ, *CONSISTENT, *FORMATS)}
