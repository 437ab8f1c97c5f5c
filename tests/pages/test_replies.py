"""A state can dispute a figure: its dated statement is shown beside the figure, which does not change."""

from datetime import date

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.passports import replies
from tests.dashboard.subjects.ledger.samples import frame
from tests.pages.test_figures import opened

FIGURE, FLOW = "figure:detected_victims:BRA:2019:total:total:total", "flow:GTM:MEX:2013"
ENTRY = "report:BRA:2019:26"
TEXTS = {
    "correction:1": "Our own count for 2019 is another.",
    "correction:2": "These were not victims.",
    "reply:1": "<b>We</b> disagree [here](javascript:alert(1)).",
    "reply:2": "Neither do we.",
    ENTRY: "A report",
}


@pytest.fixture
def disputed(monkeypatch):
    day = date(2020, 5, 17)
    rows = [
        ("correction:1", 1, 26, "BRA", "reply", "reply", None, None, FIGURE, day),
        ("correction:2", 1, 26, "MEX", "reply", "reply", None, None, FLOW, day),
        (ENTRY, 1, 26, "BRA", "state_report", "report", 2019, None, None, day),
        ("reply:1", 1, 26, "BRA", "reply", "reply", None, None, ENTRY, day),
        ("reply:2", 1, 26, "BRA", "reply", "reply", None, None, "reply:1", date(2021, 1, 1)),
    ]
    texts = pl.col("id").replace_strict(TEXTS)
    evidence = frame(rows).with_columns(finding=texts, url=pl.lit("https://example.org/letter"))
    other = store.tables().replaced(evidence=evidence)
    monkeypatch.setattr(store, "tables", lambda: other)


def words(app):
    return "\n".join(text.value.replace("\\", "") for text in app.markdown)


@pytest.mark.usefixtures("disputed")
def test_a_correction_of_a_figure_is_in_its_passport_with_day_and_document():
    page_text = words(opened("coverage", cell="BRA.2019"))
    lines = [line for line in page_text.split("\n") if TEXTS["correction:1"] in line]
    line = next(line for line in lines if "Brazil. 17 May 2020." in line)
    assert "https://example.org/letter" in line
    # The published figure is still there.
    assert "Figure" in page_text
    # For another year there is only the row of the state, with another sentence.
    assert "17 May 2020. " not in words(opened("coverage", cell="BRA.2018"))


@pytest.mark.usefixtures("disputed")
def test_a_correction_of_a_flow_is_shown_with_its_arrow():
    assert TEXTS["correction:2"] in words(opened("routes", state="MEX", arrow="GTM.MEX.direct."))


@pytest.mark.usefixtures("disputed")
def test_a_reply_is_shown_beside_its_entry_with_its_markup_escaped():
    app = opened("declaration", paragraph="26", entry=ENTRY)
    raw = "\n".join(text.value for text in app.markdown)
    assert r"\<b\>We\</b\> disagree \[here\]\(javascript\:alert\(1\)\)" in raw


@pytest.mark.usefixtures("disputed")
def test_a_reply_to_a_reply_is_under_it_in_the_passport_and_in_the_list():
    app = opened("declaration", paragraph="26", entry=ENTRY)
    raw = "\n".join(text.value for text in app.markdown).split("\n")
    first = next(n for n, line in enumerate(raw) if line.startswith("- ") and "disagree" in line)
    assert TEXTS["reply:2"] in raw[first + 1].replace("\\", "")
    assert raw[first + 1].startswith("    - ")
    table = next(frame.value for frame in app.dataframe if "Type of source" in frame.value)
    marks = [row["State or body"].count("↳") for row in table.to_dict("records") if row["Finding"] in TEXTS.values()]
    # The report, its reply, and the reply to that, one after another.
    assert marks == [0, 1, 2]


@pytest.mark.usefixtures("disputed")
def test_the_citation_of_a_report_keeps_its_capitals_and_ends_once():
    app = opened("declaration", paragraph="26", entry=ENTRY)
    (cited,) = [code.value for code in app.code if "Seen in: Atalaya" in code.value]
    assert ": A report. " in cited
    assert "a report" not in cited


@pytest.mark.usefixtures("disputed")
def test_a_reply_names_the_entry_it_answers():
    page_text = words(opened("declaration", paragraph="26", entry="reply:1"))
    assert "A report" in page_text


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org/a", True),
        ("javascript:alert(1)", False),
        ("https://example.org/a)](javascript:alert(1)", False),
        ("https://example.org/a b", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url, leads):
    assert replies.is_web_link(url) is leads
