"""A national report from the template to its reader: filled in, accepted, built, and shown on page "Declaration"."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.i18n import LANGUAGES, language
from etl.__main__ import FAILED, OK, main
from tests.data.report.workbooks import GOOD, answering, line_of, opened, order, saved, signed, write
from tests.etl.declared import SHORT, declare_records
from tests.etl.test_pipeline import build, sample

ROOT = Path(__file__).parents[2]
# Run in another process, for another snapshot than the published one; prints what some addresses show.
READ_PAGE = """
import json, sys
from streamlit.testing.v1 import AppTest

def read_page(address):
    app = AppTest.from_file("dashboard/app.py", default_timeout=120)
    app.switch_page(sys.argv[2])
    for name, text in address.items():
        app.query_params[name] = text
    app.session_state["folded.paragraphs"] = True
    app.run()
    assert not app.exception, app.exception
    tables = [frame.value.astype(str).to_dict("records") for frame in (*app.dataframe, *app.table)]
    words = [text.value.replace(chr(92), "") for text in app.markdown]
    return {"tables": tables, "words": words, "code": [code.value for code in app.code]}

print()
print(json.dumps([read_page(address) for address in json.loads(sys.argv[1])]))
"""


def read_page(home: Path, *addresses: dict[str, str], page: str = "6_declaration"):
    """Tables, words and code of a page over a snapshot, at some addresses."""
    script = str(ROOT / "pages" / f"{page}.py")
    command = [sys.executable, "-c", READ_PAGE, json.dumps(addresses), script]
    environment = os.environ | {"ATALAYA_SNAPSHOT": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def row_of(page, heading: str, words: str):
    """The rows with some words, in the table with a heading."""
    table = next(rows for rows in page["tables"] if rows and heading in rows[0])
    return [row for row in table if any(words in cell for cell in row.values())]


def add(content: bytes, folder: Path, place: list[str]) -> int:
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    return main(["report", "add", str(path), *place])


def filled_in(path: Path, period: str, lines) -> bytes:
    options = ["--area", "CRI", "--period", period, "--lang", "es", "--out", str(path)]
    assert main(["template", *options]) == OK
    book = opened(path.read_bytes())
    signed(book)
    for paragraph, values in lines:
        write(*line_of(book, paragraph), values)
    return saved(book)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A snapshot of the small samples with an accepted report, a reply to it, and a refused one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ATALAYA_MIRROR", raising=False)
        declare_records(patch, SHORT)
        return _home(tmp_path_factory.mktemp("home"))


def _home(tmp_path: Path) -> Path:
    reports, folder, snapshots = tmp_path / "reports", tmp_path / "mirror", tmp_path / "snapshots"
    build(sample(folder), reports=reports)
    place = ["--snapshot", str(snapshots), "--reports", str(reports)]
    assert (
        add(filled_in(tmp_path / "a.xlsx", "2018", [(12, GOOD), (16, {"finding": "Un convenio."})]), tmp_path, place)
        == OK
    )
    wrong = filled_in(tmp_path / "b.xlsx", "2019", [(17, {"finding": "Sin documento.", "status": "Completo"})])
    assert add(wrong, tmp_path, place) == FAILED
    reply = {"replies_to": "report:CRI:2018:16", "finding": "Sigue vigente."}
    assert add(answering(order("reply"), [reply]), tmp_path, place) == OK
    build(folder, reports=reports)
    return snapshots


def test_an_accepted_report_is_on_the_page_with_its_grade_its_status_and_its_reply_and_a_refused_one_is_not(home: Path):
    reported, replied, refused = read_page(
        home,
        {"lang": "en", "paragraph": "12"},
        {"lang": "en", "paragraph": "16", "entry": "report:CRI:2018:16"},
        {"lang": "en", "paragraph": "17"},
    )
    (row,) = row_of(reported, "Type of source", GOOD["finding"])
    assert (row["State or body"], row["Type of source"]) == ("Costa Rica", "Report of the state")
    assert (row["Status"], row["Document"]) == ("Limited progress", GOOD["document"])
    one = "documents since March 2018 were found for 1 of 34 states"
    assert any(one.lower() in words.lower() for words in reported["words"])
    entries = row_of(replied, "Type of source", "Costa Rica")
    assert [(row["State or body"], row["Type of source"]) for row in entries] == [
        ("Costa Rica", "Report of the state"),
        ("↳ Costa Rica", "Reply"),
    ]
    assert any("Sigue vigente." in words for words in replied["words"])
    assert any("report-CRI-2018-v1.json" in code for code in replied["code"])
    assert any("No document since March 2018 was found for any of 34 states" in words for words in refused["words"])
    assert not any("Sin documento." in str(rows) for rows in refused["tables"])


def test_the_progress_that_a_report_states_is_on_the_pages_of_its_state_in_every_language(home: Path):
    address = {"scope": "state", "area": "CRI"}
    declaration = read_page(home, *({"lang": code, **address} for code in LANGUAGES))
    country = read_page(home, *({"lang": code, "area": "CRI"} for code in LANGUAGES), page="3_country")
    for code, found, profile in zip(LANGUAGES, declaration, country, strict=True):
        lang = language(code)
        progress = lang.text("Limited progress")
        (row,) = row_of(found, lang.text("Progress reported"), r"12\. ")
        assert row[lang.text("Progress reported")] == progress
        # Of the other paragraph, the report states none.
        (row,) = row_of(found, lang.text("Progress reported"), r"16\. ")
        assert row[lang.text("Progress reported")] == ""
        sentence = lang.text("Progress stated in documents, by paragraph: {list}.", list=f"12 ({progress.lower()})")
        assert any(sentence in words for words in profile["words"])


# Run in another process too: the answer of the API, and a briefing, of that snapshot.
READ_FILES = """
import json, sys
from dashboard.briefing import formats
from data.i18n import LANGUAGES, language
from tests.dashboard.briefing.read_pdf import text
from tests.dashboard.server.test_api import fetch

print()
print(json.dumps({
    "rows": fetch("/api/v1/evidence.csv").rows,
    "briefings": {code: text(formats.made("pdf", language(code), "CRI", None, "")) for code in LANGUAGES},
}))
"""


def test_the_progress_that_a_report_states_is_in_the_api_and_in_briefings(home: Path):
    environment = os.environ | {"ATALAYA_SNAPSHOT": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", READ_FILES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    stated = {row["id"]: row["status"] for row in found["rows"] if row["id"].startswith("report:")}
    assert stated == {"report:CRI:2018:12": "limited", "report:CRI:2018:16": ""}
    for code, words in found["briefings"].items():
        assert f"12 ({language(code).text('Limited progress').lower()})" in " ".join(words.split())


def test_who_sent_a_report_gets_a_receipt_with_the_ids_of_its_entries(tmp_path: Path, capsys):
    place = ["--snapshot", str(ROOT / "data" / "snapshot"), "--reports", str(tmp_path / "reports")]
    content = filled_in(tmp_path / "a.xlsx", "2018", [(12, GOOD), (16, {"finding": "Un convenio."})])
    (tmp_path / "sent.xlsx").write_bytes(content)
    receipt = tmp_path / "receipt.txt"
    assert main(["report", "add", str(tmp_path / "sent.xlsx"), "--receipt", str(receipt), *place]) == OK
    words = receipt.read_text("utf-8")
    assert words.strip() in capsys.readouterr().err
    assert hashlib.sha256(content).hexdigest() in words
    assert "report:CRI:2018:12: " in words
    assert "report:CRI:2018:16: " in words
    assert "Costa Rica, 2018" in words
    assert language("es").text("Accepted on") in words


def test_the_count_of_a_paragraph_is_the_same_in_every_language(home: Path):
    for code, page in zip(LANGUAGES, read_page(home, *({"lang": code} for code in LANGUAGES)), strict=True):
        lang = language(code)
        column = lang.text("Document, or treaty")
        (row,) = row_of(page, column, "12. ")
        assert row[column] == lang.text("{n} of {all}", n="1", all="34")
