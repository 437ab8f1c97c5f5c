"""What the page of sources keeps is what the snapshot says."""

from dashboard import account, store
from data.account import codebook
from data.i18n import language

EN = language("en")


def test_a_row_for_every_source_check_and_line_of_the_codebook():
    manifest = store.snapshot().manifest
    assert account.overview(EN).rows.num_rows == len(manifest["sources"])
    assert account.checks(EN).rows.num_rows == len(manifest["checks"])
    assert account.codebook_table(EN).rows.num_rows == codebook().height


def test_the_table_and_the_file_of_differences_hold_the_same_rows():
    table = account.differences_table(EN).rows
    assert table.num_rows == account.differing().height
    assert sorted(table["Year"].to_pylist()) == sorted(map(str, account.differing()["year"]))


def test_answers_are_kept():
    assert account.compared() is account.compared()
