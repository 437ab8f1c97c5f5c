"""Layouts: which columns of a register are read, and how its codes become ours. Nothing else of a record is read.

A layout is a TOML file, or the name of one in `layouts/`:

    base = "htcds"                  a built-in layout, of which only the other keys of this file differ
    minors_under = 18               the age of majority in the state's law
    unit = "persons"                what a record counts (`UNITS`), by default persons
    dates = "%d/%m/%Y"              how dates are written (strftime), by default `DATES`; typed dates need none
    unknown = ["N/R"]               cells that mean `unknown` in every field but role and status, as do `UNKNOWN_WORDS`
    not_asked = ["N/P"]             cells that mean `not_asked` there
    [file]                          delimiter of a CSV file, sheet of a workbook, skip: rows below the headings
    [register]                      title, publisher, contact, page, license, license_page: for the published folder
    [date]                          column, and kind: which day of a case counts (`KINDS`)
    [status]                        column; counted: the cells of a detected victim; others: those of any other
    [role] [sex] [age] [origin] [destination] [form]
                                    column, and codes: a cell = our value; a blank cell without a code is `unknown`
    [person]                        column: a pseudonym that marks the records of one person, never an identity number
    [event]                         column: the date of the exploitation; blank, or not after the day that counts

A table that has only a column may be its name: `origin = "nacionalidad"`. Without codes, `sex` has the usual words
(`USUAL_SEX`); a single M is none of them, as it is a man in Portuguese and may be a woman in Spanish.
No column may have a name that says it is of a person or free text (`etl.cases.personal`); that of the day of a
document begins or ends with a word for it, as `fecha_documento` does.

`origin` is the citizenship and `destination` the country of exploitation; `countries` lists how they are written
(`COUNTRIES`), by default `alpha_3` and `names`. Two letters must be declared: `NA` may be Namibia or "not asked".
`age` has years, or with `birth_date = true` dates; `form` may have a `separator`, each of whose characters separates
forms. A field that is left out was not asked. With `words = true` the cells of `role`, `sex` or `form`
have the words of the workbook (`etl.cases.template`) in any of its languages.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pycountry

from data.columns import SEX
from data.i18n import LANGUAGES, N_, language
from data.words import FORM
from data.words import SEX as SEX_WORDS
from etl.cases.personal import personal
from etl.cases.tables import NOT_ASKED, TOTAL, UNKNOWN
from etl.errors import CasesError

LAYOUTS = Path(__file__).parent / "layouts"
# Units of which one is a person; those of cases or offences are none.
UNITS = ("persons", "victims_in_complaints", "victims_in_files")
# Ways to write a day that mean one day only: with slashes it may begin with the month.
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y")
# The day of a case that counts.
KINDS = ("detection", "identification", "referral", "complaint")
# By the role of a person: the count, by the ids of UNODC's.
INDICATORS = {
    "victim": "detected_victims",
    "suspect": "persons_formal_contact",
    "prosecuted": "persons_prosecuted",
    "convicted": "persons_convicted",
}
FORMS = tuple(form for form in FORM if form != TOTAL)
MINOR = "minor"
ADULT = "adult"
COUNTED = "counted"
OTHER = "other"
EVENT = "event"
MISSING = (UNKNOWN, NOT_ASKED)
# By field: the values that its codes may mean. Countries are not listed here.
VALUES: Mapping[str, tuple[str, ...]] = {
    "role": tuple(INDICATORS),
    "sex": (*(sex for sex in SEX if sex not in {TOTAL, UNKNOWN}), *MISSING),
    "age": (MINOR, ADULT, *MISSING),
    "form": (*FORMS, *MISSING),
}
# The words of the workbook's lists.
NOT_ASKED_WORD = {NOT_ASKED: N_("Not asked")}
WORDS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "victim": N_("Detected victim"),
        "suspect": N_("Suspect"),
        "prosecuted": N_("Person prosecuted"),
        "convicted": N_("Person convicted"),
    },
    "sex": {code: word for code, word in SEX_WORDS.items() if code != TOTAL} | NOT_ASKED_WORD,
    "form": {form: FORM[form] for form in FORMS} | NOT_ASKED_WORD,
}
# Usual cells of registers, in any case of letters, that mean the same in English, Spanish, Portuguese and French.
UNKNOWN_WORDS = (
    *("unknown", "desconocido", "desconocida", "se desconoce", "desconhecido", "desconhecida", "ignorado", "ignorada"),
    *("inconnu", "inconnue"),
)
USUAL_SEX = {
    "female": ("f", "female", "woman", "femenino", "mujer", "feminino", "mulher", "féminin", "femme"),
    "male": ("h", "male", "man", "masculino", "hombre", "homem", "masculin", "homme"),
}
FIELDS = ("role", "sex", "age", "origin", "destination", "form")
REGISTER = ("title", "publisher", "contact", "page", "license", "license_page")
CODED = frozenset({"column", "codes", "words"})
# How countries are written: codes of ISO 3166-1, and names or demonyms (`etl.gazetteer`).
COUNTRIES = ("alpha_2", "alpha_3", "names")
# By key of a layout: the keys that its table may have.
TABLES: Mapping[str, frozenset[str]] = {
    "file": frozenset({"delimiter", "sheet", "skip"}),
    "register": frozenset(REGISTER),
    "date": frozenset({"column", "kind"}),
    "status": frozenset({"column", "counted", "others"}),
    **dict.fromkeys(FIELDS, CODED),
    **dict.fromkeys(("origin", "destination"), frozenset({"column", "codes", "countries"})),
    "age": CODED | {"birth_date"},
    "form": CODED | {"separator"},
    **dict.fromkeys((EVENT, "person"), frozenset({"column"})),
}
SETTINGS: Mapping[str, type] = {
    **{"base": str, "unit": str, "minors_under": int, "dates": str},
    **dict.fromkeys((UNKNOWN, NOT_ASKED), list),
}
# The Human Trafficking Case Data Standard: its groups of columns, and the only ones of them that a layout may name.
# All others are of a name, an address, a telephone, an identity number, free text, or not needed.
HTCDS_GROUPS = ("cas_", "cco_", "con_", "hte_", "org_", "per_", "prs_", "spl_", "vic_")
HTCDS_COLUMNS = frozenset(
    {
        *("prs_gender", "prs_birthdate", "prs_citizenship", "vic_traffickingstatus", "vic_typeofexploitation"),
        *("cas_incomingreferraldate", "hte_date", "hte_country"),
    }
)


@dataclass(frozen=True)
class Field:
    """A column of a register.

    Attributes:
        column: its name.
        codes: by cell our value.
        separator: the characters that separate several values in a cell.
        dates: its cells are dates of birth.
        countries: how they are written, some of `COUNTRIES`.
    """

    column: str
    codes: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    dates: bool = False
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseLayout:
    """How the records of a register are read.

    Attributes:
        name: the built-in name, or the file's.
        text: the TOML file, for publication.
        unit: what a record counts.
        date: the column of the date that counts; kind: which date it is, one of `KINDS`.
        dates: the ways in which dates are written.
        minors_under: the age of majority.
        fields: those of `FIELDS` that the register has, `status` and `event`.
        person: the column that marks the records of one person; empty if there is none.
        register: what the published folder says of the register (`REGISTER`), as far as given.
        delimiter, sheet, skip: of the files.
    """

    name: str
    text: str
    unit: str
    date: str
    kind: str
    dates: tuple[str, ...]
    minors_under: int
    fields: Mapping[str, Field]
    person: str = ""
    register: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","
    sheet: str = ""
    skip: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read; no other one is."""
        named = (self.date, *(one.column for one in self.fields.values()), self.person)
        return tuple(column for column in named if column)

    @property
    def ages(self) -> tuple[str, str]:
        """The age groups of minors and of adults: `0-17` and `18+` by default."""
        return f"0-{self.minors_under - 1}", f"{self.minors_under}+"

    def values(self) -> dict[str, tuple[str, ...]]:
        """The values that records can have, for `sex`, `age` and `form`, in the order of our code lists."""
        found = {name: self._values(name) for name in ("sex", "age", "form")}
        minors, adults = self.ages
        names = {MINOR: minors, ADULT: adults}
        return found | {"age": tuple(names.get(value, value) for value in found["age"])}

    def _values(self, name: str) -> tuple[str, ...]:
        if name not in self.fields:
            return (NOT_ASKED,)
        known = {UNKNOWN, *self.fields[name].codes.values()} | ({MINOR, ADULT} if name == "age" else set())
        return tuple(value for value in VALUES[name] if value in known)


def built_in() -> tuple[str, ...]:
    """The names of the layouts that are part of this program."""
    return tuple(sorted(path.stem for path in LAYOUTS.glob("*.toml")))


def load(name: str) -> CaseLayout:
    """A layout by its built-in name, or from a TOML file.

    Raises:
        CasesError: there is none, or it breaks a rule; the text names the file and the key, and says what to do.
    """
    path = LAYOUTS / f"{name}.toml" if name in built_in() else Path(name)
    try:
        text = path.read_bytes().decode("utf-8")
        parsed = tomllib.loads(text)
    except OSError as error:
        known = ", ".join(built_in())
        problem = f"layout {name} cannot be read ({error.strerror}); name a TOML file, or one of {known}"
        raise CasesError(problem) from error
    except ValueError as error:
        raise CasesError(f"layout {path.name} is not TOML in UTF-8 ({error}); correct the file") from error
    return _Reader(path.name).layout(path.stem, text, parsed)


@dataclass(frozen=True)
class _Reader:
    """Checks a parsed layout; `file` is named in errors."""

    file: str

    def layout(self, name: str, text: str, parsed: Mapping[str, Any]) -> CaseLayout:
        # A table that has only a column may be its name.
        parsed = {
            key: {"column": value} if isinstance(value, str) and "column" in TABLES.get(key, ()) else value
            for key, value in parsed.items()
        }
        self._known(parsed)
        if (base := parsed.get("base")) is not None:
            if base not in built_in():
                raise self._error("base", f"there is no layout {base!r}; use one of {', '.join(built_in())}")
            under = (LAYOUTS / f"{base}.toml").read_text(encoding="utf-8")
            merged = tomllib.loads(under) | {key: value for key, value in parsed.items() if key != "base"}
            # Published with its base, so that a reader needs no other file.
            return self.layout(name, f"{text.rstrip()}\n\n# The base, {base}:\n{_quoted(under)}", merged)
        file = parsed.get("file", {})
        layout = CaseLayout(
            name,
            text,
            self._one_of("unit", parsed.get("unit", UNITS[0]), UNITS),
            self._text("date", "column", parsed.get("date", {})),
            self._one_of("date.kind", parsed.get("date", {}).get("kind"), KINDS),
            (self._dates(parsed["dates"]),) if "dates" in parsed else DATES,
            self._majority(parsed.get("minors_under")),
            self._fields(parsed),
            self._text("person", "column", parsed["person"]) if "person" in parsed else "",
            {key: self._text("register", key, parsed["register"]) for key in parsed.get("register", {})},
            self._delimiter(file.get("delimiter", ",")),
            self._text("file", "sheet", file) if "sheet" in file else "",
            self._skipped(file.get("skip", 0)),
        )
        self._refuse_columns(layout)
        return layout

    def _error(self, key: str, problem: str) -> CasesError:
        return CasesError(f"layout {self.file}, key {key}: {problem}")

    def _known(self, parsed: Mapping[str, Any]) -> None:
        """Refuse what a layout cannot name: there is no key for a name, an address or free text."""
        for key, value in parsed.items():
            if key not in SETTINGS and key not in TABLES:
                allowed = ", ".join((*SETTINGS, *TABLES))
                raise self._error(key, f"a layout cannot name it; take it out (keys are {allowed})")
            kind = SETTINGS.get(key, dict)
            if type(value) is not kind:
                raise self._error(key, f"it must be a {'table' if kind is dict else kind.__name__}; correct it")
            if isinstance(value, dict) and (unknown := sorted(value.keys() - TABLES[key])):
                allowed = ", ".join(sorted(TABLES[key]))
                raise self._error(f"{key}.{unknown[0]}", f"there is no such key; use {allowed}")

    def _one_of(self, key: str, value: object, known: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in known:
            raise self._error(key, f"it is {value!r}; use one of {', '.join(known)}")
        return value

    def _text(self, key: str, name: str, table: Mapping[str, Any]) -> str:
        value = table.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._error(f"{key}.{name}", "it is missing or no text; write it in quotation marks")
        return value

    def _dates(self, form: str) -> str:
        day = date(2001, 12, 31)
        try:
            again = datetime.strptime(day.strftime(form), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            again = None
        if again != day:
            raise self._error("dates", f"{form!r} is no way to write a day; use one such as %d/%m/%Y")
        return form

    def _majority(self, value: object) -> int:
        if not isinstance(value, int) or not 1 <= value <= 30:  # noqa: PLR2004 - no law has another age
            raise self._error("minors_under", "give the age of majority in the state's law, such as 18")
        return value

    def _delimiter(self, value: object) -> str:
        if not isinstance(value, str) or len(value) != 1 or not value.isascii():
            raise self._error("file.delimiter", 'it is one character, such as ";"; correct it')
        return value

    def _skipped(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._error("file.skip", "it is the number of rows between headings and records; correct it")
        return value

    def _fields(self, parsed: Mapping[str, Any]) -> dict[str, Field]:
        missing = {cell: value for value in MISSING for cell in self._cells(value, parsed.get(value, []))}
        missing |= {cell: UNKNOWN for cell in _written(UNKNOWN_WORDS) if cell not in missing}
        fields = {name: self._field(name, parsed[name], missing) for name in FIELDS if name in parsed}
        if "status" in parsed:
            fields["status"] = self._status(parsed["status"])
        if EVENT in parsed:
            fields[EVENT] = Field(self._text(EVENT, "column", parsed[EVENT]), dates=True)
        return fields

    def _field(self, name: str, table: Mapping[str, Any], missing: Mapping[str, str]) -> Field:
        for key in ("words", "birth_date"):
            if not isinstance(table.get(key, False), bool):
                raise self._error(f"{name}.{key}", "it is true or false; correct it")
        if (words := table.get("words", False)) and name not in WORDS:
            raise self._error(f"{name}.words", f"only {', '.join(WORDS)} have words; leave it out")
        codes = (_words(name) if words else {}) | self._codes(name, table.get("codes", {}))
        if name == "sex" and not codes:
            codes = {cell: value for value, words in USUAL_SEX.items() for cell in _written(words)}
        if name in {"role", "form"} and not codes:
            raise self._error(f"{name}.codes", "it is missing; say what each code means")
        if name != "role":
            codes = codes | {cell: value for cell, value in missing.items() if cell not in codes}
        separator = table.get("separator", "")
        if not isinstance(separator, str):
            raise self._error(f"{name}.separator", 'it is a text, such as ";"; correct it')
        column, dates = self._text(name, "column", table), table.get("birth_date", False)
        return Field(column, codes, separator, dates, self._countries(name, table))

    def _codes(self, name: str, codes: object) -> dict[str, str]:
        if not isinstance(codes, dict) or not all(isinstance(value, str) for value in codes.values()):
            raise self._error(f"{name}.codes", 'write each code as "cell" = "value"')
        listed = VALUES.get(name)
        for cell, value in codes.items():
            known = value in listed if listed else value in MISSING or bool(pycountry.countries.get(alpha_3=value))
            if not known:
                use = ", ".join(listed or ("alpha-3 codes of ISO 3166-1", *MISSING))
                raise self._error(f"{name}.codes.{cell}", f"{value!r} is no value; use one of {use}")
        return {cell.strip(): value for cell, value in codes.items()}

    def _countries(self, name: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        if name not in {"origin", "destination"}:
            return ()
        listed = table.get("countries", list(COUNTRIES[1:]))
        if not isinstance(listed, list) or not all(one in COUNTRIES for one in listed):
            raise self._error(f"{name}.countries", f"list some of {', '.join(COUNTRIES)}")
        return tuple(listed)

    def _status(self, table: Mapping[str, Any]) -> Field:
        listed = {key: self._cells(f"status.{key}", table.get(key, [])) for key in ("counted", "others")}
        if not listed["counted"]:
            raise self._error("status.counted", "it is missing; list the cells of a detected victim")
        if both := set(listed["counted"]) & set(listed["others"]):
            raise self._error("status.others", f"{min(both)!r} is also in counted; leave one out")
        codes = dict.fromkeys(listed["others"], OTHER) | dict.fromkeys(listed["counted"], COUNTED)
        return Field(self._text("status", "column", table), codes)

    def _cells(self, key: str, cells: object) -> list[str]:
        if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
            raise self._error(key, 'write the cells as a list, such as ["confirmed"]')
        return [cell.strip() for cell in cells]

    def _refuse_columns(self, layout: CaseLayout) -> None:
        days = {layout.date, *(field.column for name, field in layout.fields.items() if name == EVENT)}
        for column in layout.columns:
            if layout.columns.count(column) > 1:
                raise self._error(column, "two fields name this column; name one for each field")
            known = column.casefold()
            if known.startswith(HTCDS_GROUPS) and known not in HTCDS_COLUMNS:
                problem = "this column of the HTCDS is personal or not needed, and is never read; take it out"
                raise self._error(column, problem)
            if kind := personal(column, days=column in days):
                problem = f"by its name it has {kind}, which is never read"
                raise self._error(column, f"{problem}; take it out, or rename it if it has something else")


def _quoted(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())


def _written(words: Sequence[str]) -> Iterator[str]:
    """Words in small and capital letters, and with a capital one."""
    return (form for word in words for form in (word, word.capitalize(), word.title(), word.upper()))


def _words(name: str) -> dict[str, str]:
    """The words of the workbook in each of its languages, by field."""
    return {language(code).text(word): value for code in LANGUAGES for value, word in WORDS[name].items()}
