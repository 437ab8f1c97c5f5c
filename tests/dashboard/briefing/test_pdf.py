"""The paper read by another program: tags, languages, unchanged words, nothing outside the page."""

from dataclasses import replace

import pikepdf
import pytest

from dashboard.briefing import pdf
from dashboard.subjects import briefings
from dashboard.views.page import Part
from data.i18n import LANGUAGES
from tests.dashboard.briefing.paper_samples import HOSTILE, SNEAKY, briefing
from tests.dashboard.briefing.read_pdf import SPACES, bookmarks, elements, holes, names, opened, poppler, text, words

REGIONS = {"en": "en-GB", "es": "es", "pt": "pt-BR", "fr": "fr-FR"}


def test_the_file_declares_pdf_ua_and_pdf_a():
    content, warnings = pdf.compiled(briefing())
    document = opened(content)
    assert warnings == []
    assert "/StructTreeRoot" in document.Root
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert SPACES.sub(" ", metadata["dc:title"]) == f"{HOSTILE} · Briefing"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_file_names_its_language(code):
    assert str(opened(pdf.write(briefing(code))).Root.Lang) == REGIONS[code]


def test_pictures_tables_lists_and_links_are_tagged():
    document = opened(pdf.write(briefing()))
    alts = [str(figure.Alt) for name, figure in elements(document) if name == "Figure"]
    assert alts[0] == "Atalaya"
    assert alts[1].endswith("https://example.org/a?b=1&c=2")
    assert alts[2:] == ["A map. It shows a square.", "A chart. It has a gap."]
    tags = names(document)
    assert (tags.count("Table"), tags.count("TH"), tags.count("TD")) == (2, 4, 8)
    assert {"L", "LI", "LBody", "Link", "P"} <= set(tags)
    links = [note for page in document.pages for note in page.obj.get("/Annots", [])]
    assert {str(note.A.URI) for note in links} == {"https://example.org/a?b=1&c=2"}
    assert all("/Contents" in note for note in links)


def test_headings_follow_the_parts_and_skip_no_level():
    document = opened(pdf.write(briefing()))
    titles = ["What it is about", "Key figures", "A map", "A chart", "Sources"]
    assert bookmarks(document) == [(1, title) for title in titles]
    levels = [int(name[1]) for name in names(document) if name[0] == "H" and name[1:].isdigit()]
    assert levels == [1] * len(titles)


@poppler
def test_text_that_looks_like_markup_is_printed_literally():
    read = text(pdf.write(briefing()))
    # Of the title, a label, a remark, a chart's title and two cells; a cell is broken as its column asks.
    assert read.count(HOSTILE) >= 3
    assert read.count("@ref <label> `raw`") >= 5
    assert SNEAKY in read
    assert "root:" not in read


def test_no_glyph_is_missing_even_for_letters_no_font_has():
    unusual = replace(
        briefing(), title="\u4e2d\u6587 \U0001f600 \u2060a\ud7ff \u00ad\u202f\u2264\u2013\u2192\u00ba\u00b7"
    )
    assert holes(opened(pdf.write(unusual))) == 0


def test_a_missing_glyph_is_detected():
    page = pikepdf.new()
    page.add_blank_page()
    page.pages[0].Contents = page.make_stream(b"BT <00410000> Tj [<0000> 5 <0042>] TJ ET")
    assert holes(page) == 2


def test_output_is_reproducible_and_dated_like_the_snapshot():
    content = pdf.write(briefing())
    assert content == pdf.write(briefing())
    document = opened(content)
    assert str(document.docinfo["/CreationDate"]).startswith("D:20260501000000")


@poppler
def test_the_cover_shows_the_date_and_each_page_its_number():
    long = briefing()
    rows = [(f"Row {number}", "1") for number in range(120)]
    table = briefings.table(long.parts[-1].tables[0].title, ("Name", "Figure"), rows)
    parts = (*long.parts[:-1], Part(kind="sources", title="Sources", tables=(table,)))
    content = pdf.write(replace(long, parts=parts))
    pages = len(opened(content).pages)
    read = text(content)
    assert pages >= 3
    assert read.count(long.as_of) == 1
    assert [f"Page {n} of {pages}" in read for n in range(1, pages + 1)] == [True] * pages
    # The headings of a table stand again on each of its pages, once for a screen reader; the chart has a table, too.
    turned = {word.page for word in words(content) if word.words == "Row"}
    assert len(turned) >= 3
    assert read.count("Name Figure") == len(turned) + 1
    assert names(opened(content)).count("TH") == 4


@poppler
def test_without_an_address_there_is_no_qr_code_and_no_link():
    content = pdf.write(briefing(address=""))
    assert "Link" not in names(opened(content))
    assert "Open this view" not in text(content)


def test_columns_fit_their_longest_word_and_fill_the_page():
    columns = [("Name", "Suspects in formal contact with the authorities"), ("n", "1"), ("Years", "2010, 2012")]
    widths = pdf._widths(columns)
    assert sum(widths) == pytest.approx(pdf.WIDE, abs=0.1)
    assert widths[0] > widths[2] > widths[1] >= pdf.INSET + 4 * pdf.LETTER


def test_an_empty_column_is_dropped_and_numeric_columns_are_recognized():
    table = briefings.table("t", ("a", "b", "c"), [("x", "", "1–4"), ("y", "", "12")])
    columns = pdf._table(table, titled=False)
    assert columns["head"] == ["a", "c"]
    assert columns["numeric"] == [False, True]
    assert not pdf._numeric(["2010, 2012"])


@poppler
@pytest.mark.parametrize("code", ["es", "pt"])
def test_numbers_and_dates_do_not_break_at_hyphens(code):
    sample = briefing(code)
    dates = " ".join(f"2025-{month:02}-28 a-{month}-bbbbbbbbbbbb" for month in range(1, 13))
    # Of different lengths, so that lines end everywhere.
    remarks = tuple("x" * length + f" {dates}" for length in range(1, 13))
    read = text(pdf.write(replace(sample, parts=(replace(sample.parts[0], remarks=remarks), *sample.parts[1:]))))
    assert read.count(dates) == len(remarks)


@pytest.mark.parametrize(
    ("years", "short"), [("2007–2009, 2023", True), ("2003–2006, 2010–2011, 2014–2022", False)], ids=["few", "many"]
)
def test_a_table_has_halves_beside_each_other_only_where_their_columns_fit(years, short):
    """The columns after the first take all the width that they ask for: too little would be left for the first."""
    table = briefings.table("Years", ("Indicator", "Exact figure", "No figure"), [("Persons convicted", years, years)])
    assert pdf._table(table, titled=False)["short"] is short
