import json

import pytest

from data.i18n import language
from data.report import store
from data.report.accepted import AcceptedError, parse
from data.report.reading import read
from tests.data.report.workbooks import DAY, GOOD, KNOWN, TODAY, answering, filled, order

FINDING_ONLY = {"finding": "Se aprobó un protocolo."}
FIGURE = {"indicator": "detected_victims", "year": 2019, "sex": "total", "age": "total", "form": "total"}
DISPUTED = FIGURE | {"value": 52, "finding": "Se contaron expedientes."}


def add(content, folder, known=KNOWN):
    reading = read(content, TODAY, known)
    assert reading.faults == ()
    return store.add(reading, content, TODAY, folder)


def ids(path):
    return [
        (entry["id"], entry["version"], entry.get("replies_to")) for entry in json.loads(path.read_text())["entries"]
    ]


def test_an_accepted_report_is_readable_without_its_workbook(tmp_path):
    content = filled(order(), {12: GOOD, 1: FINDING_ONLY})
    path = add(content, tmp_path)
    assert path.name == "report-CRI-2018-v1.json"
    document = json.loads(path.read_text("utf-8"))
    first, second = document.pop("entries")
    assert (document["accepted"], document["date"], document["issuer"], document["language"]) == (
        "2026-11-25",
        "2020-01-15",
        "Coalición nacional",
        "es",
    )
    assert len(document["workbook"]["sha256"]) == 64
    # Paragraph 1 names no document: the report itself is what is cited, over its whole period.
    assert first["id"] == "report:CRI:2018:1"
    assert (first["period_from"], first["period_to"], first["date"]) == ("2018-01-01", "2018-12-31", "2020-01-15")
    assert first["issuer"] == "Coalición nacional"
    assert "status" not in first
    assert second == {
        "id": "report:CRI:2018:12",
        "version": 1,
        "paragraph": 12,
        "period_from": "2018-04-01",
        "period_to": "2018-09-30",
        "finding": "Se creó una mesa de trabajo entre dos ministerios.",
        "status": "limited",
        "title": "Informe anual de la mesa",
        "issuer": "Secretaría técnica",
        "date": "2019-03-01",
        "url": "https://example.org/informe.pdf",
        "line": "3.2",
        "locator": second["locator"],
    }


def test_further_lines_on_a_paragraph_have_numbers(tmp_path):
    def more(book):
        from tests.data.report.workbooks import line_of, write

        write(*line_of(book, 12, 2), FINDING_ONLY)
        write(*line_of(book, 12, 4), FINDING_ONLY | {"finding": "Otra cosa."})

    path = add(filled(order(period="2018-2020"), {12: GOOD}, more), tmp_path)
    assert [entry_id for entry_id, _, _ in ids(path)] == [
        "report:CRI:2018-2020:12",
        "report:CRI:2018-2020:12.2",
        "report:CRI:2018-2020:12.3",
    ]


def test_a_second_report_is_version_two_and_the_first_stays_as_it_was(tmp_path):
    first = add(filled(order(), {12: GOOD}), tmp_path)
    before = first.read_bytes()
    second = add(filled(order(), {12: FINDING_ONLY}), tmp_path)
    other = add(filled(order(period="2019"), {12: FINDING_ONLY}), tmp_path)
    assert (second.name, other.name) == ("report-CRI-2018-v2.json", "report-CRI-2019-v1.json")
    assert first.read_bytes() == before
    assert ids(second) == [("report:CRI:2018:12", 2, None)]
    assert [file.name for file in store.accepted(tmp_path)] == [first.name, other.name, second.name]


def test_a_repeated_workbook_is_reported_with_its_first_date(tmp_path):
    content = filled(order(), {12: GOOD})
    assert store.repeated(content, tmp_path, language("es")) is None
    add(content, tmp_path)
    problem = store.repeated(content, tmp_path, language("es"))
    assert problem is not None
    assert "25 de noviembre de 2026" in problem.line(language("es"))


def test_an_answer_is_an_entry_and_a_second_answer_to_one_figure_is_its_next_version(tmp_path):
    figure = "figure:detected_victims:CRI:2019:total:total:total"
    first = add(answering(order("correction"), [DISPUTED]), tmp_path)
    second = add(
        answering(order("correction"), [{"origin": "NIC", "destination": "CRI", "year": 2019, **FINDING_ONLY}], 3),
        tmp_path,
    )
    third = add(answering(order("correction"), [DISPUTED | {"value": 53}]), tmp_path)
    assert ids(first) == [("correction:CRI:2018:26", 1, figure)]
    assert ids(second) == [("correction:CRI:2018:26.2", 1, "flow:NIC:CRI:2019")]
    assert ids(third) == [("correction:CRI:2018:26", 2, figure)]
    assert json.loads(third.read_text())["entries"][0]["value"] == 53
    reply = add(answering(order("reply"), [{"replies_to": "law:CRI", **FINDING_ONLY}]), tmp_path)
    assert ids(reply) == [("reply:CRI:2018:23", 1, "law:CRI")]


def test_reviews_by_two_reviewers_are_separate_entries(tmp_path):
    def other(book):
        book.worksheets[0]["D10"] = "Otra universidad"

    rows = [{"replies_to": "report:CRI:2018:12", **FINDING_ONLY}]
    first, second = (
        add(answering(order("review"), rows), tmp_path),
        add(answering(order("review"), rows, 2, other), tmp_path),
    )
    again = add(answering(order("review"), [rows[0] | {"finding": "Se corrige."}]), tmp_path)
    assert ids(first) == [("review:CRI:2018:12", 1, "report:CRI:2018:12")]
    assert ids(second) == [("review:CRI:2018:12.2", 1, "report:CRI:2018:12")]
    assert ids(again) == [("review:CRI:2018:12", 2, "report:CRI:2018:12")]


def test_an_accepted_entry_can_be_answered_before_the_next_build(tmp_path):
    add(filled(order(period="2020"), {5: FINDING_ONLY}), tmp_path)
    known = store.with_accepted(KNOWN, tmp_path)
    assert known.entries["report:CRI:2020:5"] == (5, "CRI")
    path = add(answering(order("review"), [{"replies_to": "report:CRI:2020:5", **FINDING_ONLY}]), tmp_path, known)
    assert json.loads(path.read_text())["entries"][0]["paragraph"] == 5


def test_a_workbook_with_faults_is_never_stored(tmp_path):
    content = filled(order(), {12: {**GOOD, "finding": None}})
    with pytest.raises(ValueError, match="faults"):
        store.add(read(content, TODAY, KNOWN), content, TODAY, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_overwritten(tmp_path, monkeypatch):
    path = add(filled(order(), {12: GOOD}), tmp_path)
    before = path.read_bytes()
    # As if another report had been accepted between listing the folder and writing.
    monkeypatch.setattr(store, "accepted", lambda *_: [])
    content = filled(order(), {12: FINDING_ONLY})
    with pytest.raises(FileExistsError):
        store.add(read(content, TODAY, KNOWN), content, TODAY, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda document: document.pop("issuer"), "must have exactly the parts"),
        (lambda document: document.update(more=1), "must have exactly the parts"),
        (lambda document: document.update(area="PAN"), "belongs in report-PAN-2018-v1.json"),
        (lambda document: document.update(version=2), "belongs in report-CRI-2018-v2.json"),
        (lambda document: document.update(version=True), "version is 'True', expected a whole number"),
        (lambda document: document.update(accepted="yesterday"), "accepted is 'yesterday'"),
        (lambda document: document.update(entries=[]), "no entries"),
        (lambda document: document["workbook"].update(sha256="0"), "sha256"),
        (lambda document: document["entries"][0].update(status="almost"), "breaks the rule status"),
        (lambda document: document["entries"][0].update(paragraph=33), "breaks the rule paragraph"),
        (lambda document: document["entries"][0].update(paragraph="twelve"), "a value of the wrong type"),
        (lambda document: document["entries"][0].update(date="2019-02-30"), "breaks the rule date"),
        (lambda document: document["entries"][0].update(url="ftp://x"), "breaks the rule url"),
        (lambda document: document["entries"][0].update(colour="blue"), "entry 1 has unknown fields: colour"),
        (lambda document: document["entries"][0].update(replies_to="law:CRI"), "answers_name_what_they_answer"),
        (lambda document: document["entries"].append(document["entries"][0]), "breaks the rule"),
        (lambda document: document["entries"].append("a text"), "entry 2 is not an object"),
    ],
)
def test_an_altered_file_is_reported_by_name(tmp_path, change, expected):
    path = add(filled(order(), {12: GOOD}), tmp_path)
    document = json.loads(path.read_text())
    change(document)
    with pytest.raises(AcceptedError) as caught:
        parse(json.dumps(document).encode(), path.name)
    assert str(caught.value).startswith("data/reports/report-CRI-2018-v1.json: ")
    assert expected in str(caught.value)


def test_a_missing_version_is_reported(tmp_path):
    first = add(filled(order(), {12: GOOD}), tmp_path)
    add(filled(order(), {12: FINDING_ONLY}), tmp_path)
    first.unlink()
    with pytest.raises(AcceptedError, match=r"report-CRI-2018-v1\.json, is missing"):
        store.accepted(tmp_path)


def test_an_entry_copied_into_another_file_is_reported(tmp_path):
    add(answering(order("reply"), [{"replies_to": "law:CRI", **FINDING_ONLY}]), tmp_path)
    other = add(answering(order("reply"), [{"replies_to": "report:CRI:2018:12", **FINDING_ONLY}]), tmp_path)
    document = json.loads(other.read_text())
    document["entries"][0]["id"] = "reply:CRI:2018:23"
    other.write_text(json.dumps(document))
    with pytest.raises(AcceptedError, match="is in another file too"):
        store.accepted(tmp_path)


def test_dates_are_days(tmp_path):
    path = add(filled(order(), {12: GOOD}), tmp_path)
    assert store.accepted(tmp_path)[0].entries["date"].to_list() == [DAY]
    assert path.exists()
