import csv

from data.codebook import CODEBOOK, codebook


def test_the_codebook_is_the_file_with_empty_texts_for_empty_cells():
    with CODEBOOK.open(encoding="utf-8", newline="") as file:
        rows = [{**row, "version": int(row["version"])} for row in csv.DictReader(file)]
    assert codebook().to_dicts() == rows
    assert all(row["definition"] for row in rows)


def test_each_column_and_code_is_explained_once():
    places = codebook().select("table", "column", "code")
    assert places.is_unique().all()
