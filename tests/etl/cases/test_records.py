"""Records: what is counted of a file is what a loop counts of the persons in it; faults have a place and no value."""

import os
import re

import polars as pl
import pytest

from etl.cases.counting import count
from etl.cases.records import read
from etl.cases.tables import TOTAL
from etl.errors import CasesError
from tests.etl.cases import invented
from tests.etl.cases.test_counting import as_counter, counted_by_hand

SIZE = 1_500


def register(tmp_path, name, size=SIZE, seed=11):
    layout = invented.layout(name)
    people = invented.persons(size, layout, seed)
    path = invented.write(people, layout, tmp_path / f"register.{invented.LAYOUT_FILES[name]}")
    return path, layout, people


def cells(paths, layout):
    return as_counter(count(read(paths, layout, invented.TODAY), layout.values()))


def refused(paths, layout):
    with pytest.raises(CasesError) as caught:
        read(paths, layout, invented.TODAY)
    return [str(caught.value), *caught.value.faults]


@pytest.mark.parametrize("name", invented.LAYOUT_FILES)
def test_each_layout_counts_what_a_loop_counts(tmp_path, name):
    path, layout, people = register(tmp_path, name)
    by_hand = counted_by_hand(invented.records(people, layout).to_dicts(), layout.values())
    assert cells([path], layout) == dict(by_hand)


@pytest.mark.parametrize("name", ["norte", "htcds"])
def test_several_files_are_one_register(tmp_path, name):
    path, layout, people = register(tmp_path, name)
    half = SIZE // 2
    parts = [people.head(half), people.tail(SIZE - half)]
    paths = [invented.write(part, layout, tmp_path / f"part{n}.csv") for n, part in enumerate(parts)]
    assert cells(paths, layout) == cells([path], layout)


def test_a_record_that_is_there_twice_is_one_person(tmp_path):
    path, layout, _ = register(tmp_path, "norte")
    assert cells([path, path], layout) == cells([path], layout)


def test_records_of_one_person_that_differ_are_refused_with_both_rows(tmp_path):
    layout = invented.layout("norte")
    people = invented.persons(200, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    twin = people[40].with_columns(sex=pl.lit("other" if people["sex"][40] != "other" else "female"))
    path = invented.write(pl.concat([people, twin]), layout, tmp_path / "a.csv")
    _, *faults = refused([path], layout)
    # The first record is in row 2, below the headings.
    assert len(faults) == 1
    assert faults[0].startswith("a.csv, row 42 and a.csv, row 202, column SEUDONIMO: ")
    assert people["person"][40] not in faults[0]


# By layout: a column, a cell that breaks a rule in row 7, and what the line says. Each cell is easy to look for.
BROKEN = [
    ("norte", "CALIDAD", "QQ7", "not a code"),
    ("norte", "SEXO", "QQ7", "not a code"),
    ("norte", "FINALIDAD", "SEX|QQ7", "not a form"),
    ("norte", "FINALIDAD", "SEX|N/R", "not a form"),
    ("norte", "NACIONALIDAD", "QQ7", "not a country"),
    ("norte", "NACIONALIDAD", "ZW", "not a country"),
    ("norte", "PAIS_EXPLOTACION", "QQ7", "not a country"),
    ("norte", "FECHA_IDENT", "2019-05-31", "not a date"),
    ("norte", "FECHA_IDENT", "31/02/2019", "not a date"),
    ("norte", "FECHA_IDENT", "", "no date"),
    ("norte", "FECHA_IDENT", "02/01/2026", "after today"),
    ("norte", "FECHA_IDENT", "31/12/1899", "before 1900"),
    ("norte", "F_NAC", "32/01/1990", "not a date"),
    ("norte", "F_NAC", "31/12/1899", "before 1900"),
    ("norte", "F_NAC", "31/12/2025", "a birth after"),
    ("norte", "SEUDONIMO", "", "no pseudonym"),
    ("norte", "SEUDONIMO", "QQ Señor", "looks like a name"),
    ("norte", "SEUDONIMO", "QQ, Señor d’Y", "looks like a name"),
    ("norte", "SEUDONIMO", "q@example.org", "looks like a name"),
    ("norte", "SEUDONIMO", "123.456.789-09", "looks like a name"),
    ("norte", "SEUDONIMO", "ABCD010203HDFXYZ09", "looks like a name"),
    ("htcds", "hte_Date", "QQ7", "not a date"),
    ("htcds", "hte_Date", "2025-12-31", "an exploitation after cas_IncomingReferralDate"),
    ("sul", "idade", "121", "above 120"),
    ("sul", "idade", "17.5", "not a number"),
    ("sul", "idade", "-3", "not a number"),
    ("est", "Âge à la détection", "QQ7", "not a number"),
    ("est", "Qualité", "QQ7", "not a code"),
    ("htcds", "vic_TypeOfExploitation", "SexualExploitation;QQ7", "not a form"),
]


@pytest.mark.parametrize(("name", "column", "cell", "says"), BROKEN)
def test_a_fault_has_file_row_column_and_rule_and_no_value(tmp_path, name, column, cell, says):
    layout = invented.layout(name)
    people = invented.persons(20, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    here = pl.int_range(pl.len()) == 5
    frame = invented.printed(people, layout).with_columns(
        pl.when(here).then(pl.lit(cell)).otherwise(column).alias(column)
    )
    path = invented.save(frame, layout, tmp_path / f"a.{invented.LAYOUT_FILES[name]}")
    first, *faults = refused([path], layout)
    row = 6 if path.suffix == ".parquet" else 7
    assert "a." in first
    mine = [fault for fault in faults if f"column {column}: " in fault]
    assert len(mine) == 1
    assert mine[0].startswith(f"{path.name}, row {row}, column {column}: ")
    assert says in mine[0]
    words = {part for part in re.split(r"[|;]", cell) if part}
    assert not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", "\n".join(faults)) for word in words)


@pytest.mark.parametrize("name", ["norte", "est"])
def test_a_column_with_another_name_that_is_of_a_person_is_refused_without_a_value(tmp_path, name):
    layout = invented.layout(name)
    people = invented.persons(30, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    frame = invented.printed(people, layout)
    for column in layout.columns:
        for text in invented.PERSONAL.values():
            # As if the layout named this column by a name that says nothing.
            one = frame.with_columns(pl.lit(text.replace("-", " ")).alias(column))
            _, *faults = refused([invented.save(one, layout, tmp_path / f"a.{invented.LAYOUT_FILES[name]}")], layout)
            assert any(f"column {column}: " in fault for fault in faults)
            assert "PERSON" not in "".join(faults)


def test_codes_of_a_register_are_pseudonyms(tmp_path):
    path, layout, people = register(tmp_path, "norte", 60)
    codes = ["A-17", "2021 0034", "caso-b", "12345678", "VT/2020/3", "uno"] * 10
    people = people.with_columns(
        pl.concat_str(pl.Series(codes), pl.int_range(pl.len()).cast(pl.String)).alias("person")
    )
    assert cells([invented.write(people, layout, path)], layout)


def test_only_records_that_count_need_a_date(tmp_path):
    layout = invented.layout("est")
    people = invented.persons(30, layout, seed=2)
    others = pl.col("Qualité") == "témoin"
    frame = invented.printed(people, layout)
    assert 0 < frame.filter(others).height < frame.height
    blank = frame.with_columns(pl.when(others).then(pl.lit("")).otherwise(layout.date).alias(layout.date))
    path = invented.save(blank, layout, tmp_path / "a.xlsx")
    by_hand = counted_by_hand(invented.records(people, layout).to_dicts(), layout.values())
    assert cells([path], layout) == dict(by_hand)


def test_many_faults_are_counted(tmp_path):
    layout = invented.layout("sul")
    frame = invented.printed(invented.persons(500, layout), layout).with_columns(sexo=pl.lit("QQ7"))
    _, *faults = refused([invented.save(frame, layout, tmp_path / "a.parquet")], layout)
    assert len(faults) == 51
    assert faults[-1].endswith("450 more row(s)")


@pytest.mark.parametrize("name", invented.LAYOUT_FILES)
def test_a_missing_column_is_one_line_that_names_it_and_no_cell(tmp_path, name):
    path, layout, people = register(tmp_path, name, 20)
    gone = layout.fields["form"].column
    invented.save(invented.printed(people, layout).drop(gone), layout, path)
    (line,) = refused([path], layout)
    assert f"{path.name} has no column {gone};" in line
    assert all(other not in line for other in invented.PERSONAL)


def test_a_file_without_headings_shows_nothing_of_its_first_record(tmp_path):
    path, layout, _ = register(tmp_path, "norte", 20)
    path.write_text(path.read_text("utf-8").split("\n", 1)[1], "utf-8")
    (line,) = refused([path], layout)
    assert not any(text in line for text in invented.PERSONAL.values())


@pytest.mark.parametrize("name", invented.LAYOUT_FILES)
@pytest.mark.parametrize("damage", ["empty", "cut", "other"])
def test_a_damaged_file_is_one_line_without_a_value(tmp_path, name, damage):
    path, layout, _ = register(tmp_path, name, 200)
    content = path.read_bytes()
    damaged = {"empty": b"", "cut": content[: len(content) - 31], "other": b"\xff\xfe\x00" * 50 + b"\n"}
    path.write_bytes(damaged[damage])
    lines = refused([path], layout)
    assert len(lines) == 1
    assert path.name in lines[0]
    assert not any(text in lines[0] for text in invented.PERSONAL.values())


def test_what_a_library_did_not_foresee_is_one_line_and_what_it_prints_is_seen_by_nobody(tmp_path, capfd, monkeypatch):
    class PanicException(BaseException):
        """As polars and fastexcel raise it: no `Exception`."""

    def panic(*_, **__):
        os.write(2, b"thread panicked at `QQ7`")
        raise PanicException("QQ7")

    path, layout, _ = register(tmp_path, "sul", 20)
    monkeypatch.setattr(pl, "scan_parquet", panic)
    lines = refused([path], layout)
    assert lines == [
        "register.parquet cannot be read (it is damaged or not in UTF-8); export it again, a CSV file in UTF-8"
    ]
    os.write(2, b"and then")
    assert capfd.readouterr().err == "and then"


def test_other_kinds_of_files_and_missing_ones_are_refused(tmp_path):
    layout = invented.layout("norte")
    (tmp_path / "a.ods").write_bytes(b"x")
    assert "a.ods is no .csv, .parquet, .xlsx file" in refused([tmp_path / "a.ods"], layout)[0]
    assert "b.csv cannot be read" in refused([tmp_path / "b.csv"], layout)[0]


def test_a_column_that_no_layout_names_is_not_even_decoded(tmp_path):
    path, layout, people = register(tmp_path, "sul", 300)
    frame = invented.printed(people, layout)
    secret = pl.Series([f"secret-{n}-of-a-person" for n in range(300)])
    frame.with_columns(secret.alias("prs_FirstName")).write_parquet(path, compression="uncompressed")
    content = path.read_bytes()
    before = cells([path], layout)
    first = content.index(b"secret-0-of")
    path.write_bytes(content[: first - 8] + b"\xff" * 400 + content[first + 392 :])
    with pytest.raises(pl.exceptions.PolarsError):
        pl.read_parquet(path)
    assert cells([path], layout) == before


def test_forms_of_one_person_are_one_person_in_each(tmp_path):
    layout = invented.layout("norte")
    people = invented.persons(1, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    both = people.with_columns(forms=pl.lit(["sexual_exploitation", "forced_begging"], pl.List(pl.String)))
    path = invented.write(both, layout, tmp_path / "a.csv")
    found = cells([path], layout)
    year = people["date"].dt.year().item()
    here = ("detected_victims", year, TOTAL, TOTAL)
    assert found[*here, TOTAL, TOTAL, TOTAL] == 1
    assert found[*here, "sexual_exploitation", TOTAL, TOTAL] == found[*here, "forced_begging", TOTAL, TOTAL] == 1
    assert found[*here, "other", TOTAL, TOTAL] == 0


@pytest.mark.parametrize(("name", "means"), [("htcds", "NAM"), ("norte", "unknown")])
def test_two_letters_are_a_country_only_where_the_layout_says_so(tmp_path, name, means):
    layout = invented.layout(name)
    people = invented.persons(1, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    frame = invented.printed(people, layout).with_columns(pl.lit("NA").alias(layout.fields["origin"].column))
    found = cells([invented.save(frame, layout, tmp_path / "a.csv")], layout)
    assert {key[5] for key in found} == {TOTAL, means}


@pytest.mark.parametrize(("name", "file"), [("sul", "a.parquet"), ("est", "a.xlsx"), ("norte", "a.parquet")])
def test_dates_may_be_cells_of_that_type(tmp_path, name, file):
    layout = invented.layout(name)
    people = invented.persons(400, layout)
    dates = [layout.date, *(field.column for field in layout.fields.values() if field.dates)]
    typed = invented.printed(people, layout).with_columns(pl.col(*dates).str.to_date(layout.dates[-1], strict=False))
    path = invented.save(typed, layout, tmp_path / file)
    # A date of birth that was not asked has a code, which is no date: it is unknown here.
    known = people.with_columns(age=pl.col("age").replace("not_asked", "unknown")) if name == "norte" else people
    by_hand = counted_by_hand(invented.records(known, layout).to_dicts(), layout.values())
    assert cells([path], layout) == dict(by_hand)


@pytest.mark.parametrize(
    ("born", "found", "group"),
    [
        ("31/05/2000", "30/05/2018", "0-17"),
        ("31/05/2000", "31/05/2018", "18+"),
        ("29/02/2000", "28/02/2018", "0-17"),
        ("29/02/2000", "01/03/2018", "18+"),
        ("01/12/2000", "31/01/2018", "0-17"),
        ("", "31/01/2018", "unknown"),
        ("N/P", "31/01/2018", "not_asked"),
    ],
)
def test_the_age_is_that_of_the_day_that_counts(tmp_path, born, found, group):
    layout = invented.layout("norte")
    people = invented.persons(1, layout).with_columns(role=pl.lit("victim"), status=pl.lit("counted"))
    frame = invented.printed(people, layout).with_columns(F_NAC=pl.lit(born), FECHA_IDENT=pl.lit(found))
    cells_of = cells([invented.save(frame, layout, tmp_path / "a.csv")], layout)
    assert {key[3] for key, persons in cells_of.items() if persons} == {TOTAL, group}
