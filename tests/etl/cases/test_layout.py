"""Layouts: what they can say, and one clear line for each fault."""

import re
from pathlib import Path

import pytest

from data.i18n import LANGUAGES
from etl.cases.layout import LAYOUTS, REGISTER, WORDS, built_in, load
from etl.errors import CasesError

# A layout of an invented register, whole.
WHOLE = """
unit = "persons"
minors_under = 18
dates = "%d/%m/%Y"

[date]
column = "fecha"
kind = "complaint"

[sex]
column = "sexo"
codes = { M = "female", H = "male" }

[origin]
column = "nacionalidad"
codes = { "colombiana" = "COL" }
"""
HTCDS = load("htcds")
DOCS = Path(__file__).parents[3] / "docs"
GUIDES = sorted({*DOCS.glob("registries.md"), *DOCS.glob("registries.??.md")})
OWN = Path(__file__).parent / "layouts"


def loaded(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return load(str(path))


def test_a_layout_of_a_few_lines(tmp_path):
    layout = loaded(tmp_path, WHOLE)
    assert (layout.name, layout.unit, layout.kind, layout.dates) == ("own", "persons", "complaint", ("%d/%m/%Y",))
    assert layout.columns == ("fecha", "sexo", "nacionalidad")
    assert layout.text == WHOLE
    # What was not asked has that value, and no other one.
    assert layout.values() == {"sex": ("female", "male", "unknown"), "age": ("not_asked",), "form": ("not_asked",)}


def test_the_standard_is_built_in_and_reads_no_personal_field():
    assert set(built_in()) == {"htcds", "template"}
    # The list of the standard's fields that the task allows.
    allowed = {"prs_Gender", "prs_Birthdate", "prs_Citizenship", "vic_TraffickingStatus", "vic_TypeOfExploitation"}
    assert set(HTCDS.columns) == allowed | {"cas_IncomingReferralDate", "hte_Country", "hte_Date"}
    assert HTCDS.kind == "referral"
    assert HTCDS.ages == ("0-17", "18+")


def test_a_layout_says_only_what_is_not_usual(tmp_path):
    short = 'minors_under = 18\nunknown = ["N/R"]\nnot_asked = ["N/P"]\nsex = "sexo"\norigin = "pais"\n'
    layout = loaded(tmp_path, short + 'date = { column = "fecha", kind = "complaint" }\n')
    assert layout.unit == "persons"
    assert layout.columns == ("fecha", "sexo", "pais")
    assert layout.values()["sex"] == ("female", "male", "unknown", "not_asked")
    sex, origin = layout.fields["sex"].codes, layout.fields["origin"].codes
    cells = ("Femenino", "MULHER", "f", "homem", "H", "Desconocido", "N/R", "N/P")
    means = ("female", "female", "female", "male", "male", "unknown", "unknown", "not_asked")
    assert tuple(sex[cell] for cell in cells) == means
    assert (origin["N/P"], origin["inconnue"]) == ("not_asked", "unknown")
    # An M is a man or, in Spanish, perhaps a woman; a day with slashes may begin with the month.
    assert not {"M", "m"} & sex.keys()
    assert not [form for form in layout.dates if form.startswith(("%d/", "%m/"))]
    # Who says what the codes mean gets no others.
    assert "F" not in loaded(tmp_path, WHOLE).fields["sex"].codes


@pytest.mark.parametrize("name", ["norte", "sul", "est"])
def test_a_ministry_needs_some_twenty_lines(name):
    assert len((OWN / f"{name}.toml").read_text("utf-8").splitlines()) <= 26


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_layout_of_the_guide_is_one(tmp_path, guide):
    layout = loaded(tmp_path, guide.read_text("utf-8").split("```")[1].removeprefix("toml\n"))
    assert {*layout.fields} == {"sex", "age", "origin", "form"}
    assert {*layout.register} == {*REGISTER}


def parts(text: str) -> list[str]:
    """What begins the lines that are not of paragraphs: headings, points of lists, rows of tables, code."""
    return re.findall(r"^(?:#+|-|\d\.|\||```|    )(?= |\w|$)", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["registries", "registries_spark"])
def test_the_guides_have_the_same_parts_in_each_language(name):
    own = parts((DOCS / f"{name}.md").read_text("utf-8"))
    others = [*DOCS.glob(f"{name}.??.md")]
    assert len(others) == len(LANGUAGES) - 1
    assert [path.name for path in others if parts(path.read_text("utf-8")) != own] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_has_two_pages(guide):
    # Of 500 words, beside the example of a layout and the commands.
    text = re.sub(r"```[^`]+```|^ {4}\..+|\]\(\S+\)", "", guide.read_text("utf-8"), flags=re.MULTILINE)
    assert len(re.findall(r"\S*\w\S*", text)) <= 1_000


def test_another_age_of_majority_gives_other_groups(tmp_path):
    layout = loaded(tmp_path, 'base = "htcds"\nminors_under = 21')
    assert layout.values()["age"] == ("0-20", "21+", "unknown")


def test_a_base_is_kept_where_nothing_differs_and_published_too(tmp_path):
    layout = loaded(tmp_path, 'base = "htcds"\n[register]\ntitle = "Cases"\n')
    assert layout.register == {"title": "Cases"}
    assert layout.fields == HTCDS.fields
    assert 'column = "prs_Gender"' in layout.text
    assert loaded(tmp_path, layout.text).fields == HTCDS.fields


@pytest.mark.parametrize(
    ("before", "after", "key", "says"),
    [
        ("[sex]", "[name]", "name", "cannot name it"),
        ("[sex]", "[address]", "address", "cannot name it"),
        ("[sex]", "[telephone]", "telephone", "cannot name it"),
        ("[sex]", "[identity_number]", "identity_number", "cannot name it"),
        ("[sex]", "[notes]", "notes", "cannot name it"),
        ('"sexo"', '"prs_FirstName"', "prs_FirstName", "never read"),
        ('"sexo"', '"PRS_IdentityNumber"', "PRS_IdentityNumber", "never read"),
        ('"sexo"', '"prs_MailingStreet"', "prs_MailingStreet", "never read"),
        ('"sexo"', '"cas_IncomingReferralDetails"', "cas_IncomingReferralDetails", "never read"),
        ('"sexo"', '"DNI"', "DNI", "never read"),
        ('"sexo"', '"Dirección actual"', "Dirección actual", "never read"),
        ('"sexo"', '"telefono_1"', "telefono_1", "never read"),
        ('"sexo"', '"ObservacionesCaso"', "ObservacionesCaso", "never read"),
        ("[sex]", '[person]\ncolumn = "Nom et prénom"\n[sex]', "Nom et prénom", "never read"),
        ("[sex]", '[person]\ncolumn = "NOMBRE_1"\n[sex]', "NOMBRE_1", "never read"),
        ("[sex]", '[person]\ncolumn = "nr_documento"\n[sex]', "nr_documento", "never read"),
        ('"sexo"', '"fecha"', "fecha", "two fields"),
        ('"sexo"', "7", "sex.column", "missing or no text"),
        ('column = "sexo"', "", "sex.column", "missing or no text"),
        ("[sex]", '[form]\ncolumn = "f"\n[sex]', "form.codes", "missing"),
        ('M = "female"', 'M = "woman"', "sex.codes.M", "female"),
        ('M = "female"', "M = 1", "sex.codes", "write each code"),
        ('"COL"', '"XYZ"', "origin.codes.colombiana", "alpha-3"),
        ('"persons"', '"people"', "unit", "persons"),
        ("minors_under = 18", "", "minors_under", "age of majority"),
        ("minors_under = 18", "minors_under = true", "minors_under", "int"),
        ('"%d/%m/%Y"', '"dd/mm/yyyy"', "dates", "no way to write a day"),
        ('"persons"', '"cases"', "unit", "persons"),
        ("[date]", "[file]\nskip = 1\n[unknown]\n[date]", "unknown", "list"),
        ('unit = "persons"', "not_asked = [1]", "not_asked", "as a list"),
        ('"complaint"', '"verdict"', "date.kind", "detection"),
        ('column = "sexo"', 'column = "sexo"\nvalues = 1', "sex.values", "no such key"),
        ("[date]", "[file]\nskip = -1\n[date]", "file.skip", "number of rows"),
        ("[date]", '[file]\ndelimiter = ";;"\n[date]', "file.delimiter", "one character"),
        ("[date]", '[status]\ncolumn = "s"\n[date]', "status.counted", "detected victim"),
        (
            "[date]",
            '[status]\ncolumn = "s"\ncounted = ["a"]\nothers = ["a"]\n[date]',
            "status.others",
            "also in counted",
        ),
        ('column = "nacionalidad"', 'column = "nacionalidad"\ncountries = ["x"]', "origin.countries", "alpha_2"),
        ('column = "nacionalidad"', 'column = "nacionalidad"\nwords = true', "origin.words", "no such key"),
        ('unit = "persons"', 'base = "nothing"', "base", "no layout"),
    ],
)
def test_a_fault_is_one_line_with_file_and_key(tmp_path, before, after, key, says):
    assert before in WHOLE
    with pytest.raises(CasesError) as caught:
        loaded(tmp_path, WHOLE.replace(before, after, 1))
    text = str(caught.value)
    assert text.startswith(f"layout own.toml, key {key}: ")
    assert says in text
    assert "\n" not in text


OF_A_PERSON = ("Nombre completo", "lugar_residencia", "cellphone", "RFC", "CI", "numero_identidad", "relato")


@pytest.mark.parametrize("column", OF_A_PERSON)
@pytest.mark.parametrize("key", ["sex", "age", "origin", "person", "event"])
def test_no_field_may_have_a_column_of_a_person_by_its_name(tmp_path, key, column):
    text = WHOLE.split("[sex]", maxsplit=1)[0]
    with pytest.raises(CasesError, match="which is never read") as caught:
        loaded(tmp_path, f'{key} = "{column}"\n{text}')
    assert f"key {column}: " in str(caught.value)


def test_a_column_may_have_the_name_of_a_country_or_a_code(tmp_path):
    columns = loaded(tmp_path, WHOLE.replace('"nacionalidad"', '"nombre_pais"')).columns
    assert columns == ("fecha", "sexo", "nombre_pais")
    assert loaded(tmp_path, WHOLE + '[person]\ncolumn = "codigo"\n').person == "codigo"
    assert loaded(tmp_path, WHOLE.replace('"fecha"', '"fecha_identificacion"')).date == "fecha_identificacion"


@pytest.mark.parametrize(
    ("content", "says"), [(b"unit = ", "not TOML"), (b"\xff\xfe", "not TOML"), (None, "cannot be read")]
)
def test_a_file_that_is_no_layout_is_refused(tmp_path, content, says):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CasesError, match=says):
        load(str(path))


def test_a_word_of_the_workbook_has_one_meaning_in_all_languages():
    layout = load("template")
    for name, words in WORDS.items():
        assert {*layout.fields[name].codes.values(), "unknown"} == {*words, "unknown"}


def test_built_in_layouts_have_some_twenty_lines_and_say_whose_they_are():
    assert "CC BY 4.0" in (LAYOUTS / "htcds.toml").read_text("utf-8")
