"""The papers of the snapshot read by another program: complete, in order, and with the figures of the tables."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from statistics import median

import polars as pl
import pytest

from dashboard import store
from dashboard.briefing import build, drawn, formats, pdf
from dashboard.briefing.content import Briefing
from data.i18n import LANGUAGES, language
from tests.dashboard.briefing.read_pdf import (
    SPACES,
    Word,
    bookmarks,
    elements,
    holes,
    names,
    opened,
    pictures,
    poppler,
    text,
    words,
)

ROOT = "https://atalaya.example.org"
# The region, states with much and with nothing, one with a reservation, two states.
SAMPLE = [("en",), ("es", "CRI"), ("pt", "PRY"), ("fr", "USA", "MEX"), ("es", "KNA")]
EVERY = [(code, area) for code in LANGUAGES for area in store.areas()]
# The English names of the counts.
COUNTS = {
    "detected_victims": "Detected victims",
    "persons_prosecuted": "Persons prosecuted",
    "persons_convicted": "Persons convicted",
}
PAGE, MARGIN = (595.3, 841.9), 20
FEWEST, MOST = 2, 9
# Letters of words by which remarks are found again.
LONG = 4
# The height of a word of a lead in points; those of tables are lower.
LEAD = 11.5
# The least height of a map on a page in points: of several pages, and of a single one.
LARGE, SMALLEST = 215, 180
# The most of a page that is white below its last line, the share of a part with a map that map and table have, and the
# fewest words of a page.
WHITE, SHOWN, FULL = 0.5, 0.7, 60
# Where the body of a page begins and ends, in points.
BODY = 46, 800


@cache
def compiled(code: str, *areas: str) -> tuple[Briefing, bytes, list[str]]:
    briefing = build.of(language(code), *areas, root=ROOT)
    return (briefing, *pdf.compiled(briefing))


def check_document(*subject: str) -> None:
    briefing, content, warnings = compiled(*subject)
    document = opened(content)
    assert warnings == []
    assert holes(document) == 0
    assert FEWEST <= len(document.pages) <= MOST
    titles = [SPACES.sub(" ", part.title) for part in briefing.parts]
    assert [title for level, title in bookmarks(document) if level == 1] == titles
    levels = [int(name[1]) for name in names(document) if name[0] == "H" and name[1:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    every = [figure for part in briefing.parts for figure in (part.map, *_on_paper(briefing.lang, part)) if figure]
    shown = {str(figure.Alt) for name, figure in elements(document) if name == "Figure"}
    drawn = {alt for alt in shown if ROOT not in alt and alt != "Atalaya"}
    assert {SPACES.sub(" ", figure.description) for figure in every} >= {SPACES.sub(" ", alt) for alt in drawn}
    assert all(alt.strip() for alt in shown)
    assert names(document).count("TH") >= names(document).count("Table") * 2


def _on_paper(lang, part):
    return [drawn.on_paper(lang, one) for one in part.figures]


def check_layout(*subject: str) -> None:
    """No word leaves the page, and words outside pictures do not overlap."""
    _, content, _ = compiled(*subject)
    all_words = words(content)
    assert len(all_words) > 300
    left, right = min(word.left for word in all_words), max(word.right for word in all_words)
    top, bottom = min(word.top for word in all_words), max(word.bottom for word in all_words)
    assert left > MARGIN < top
    assert right < PAGE[0] - MARGIN
    assert bottom < PAGE[1] - MARGIN
    drawn = pictures(opened(content))
    outside = [word for word in all_words if not any(word.page == area.page and inside(word, area) for area in drawn)]
    assert [pair for pair in neighbors(outside) if pair[0].covers(pair[1])] == []


def neighbors(all_words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words on one page whose heights overlap."""
    for page in {word.page for word in all_words}:
        on_page = sorted((word for word in all_words if word.page == page), key=lambda word: word.top)
        for place, first in enumerate(on_page):
            below = takewhile(lambda other, edge=first.bottom: other.top < edge, on_page[place + 1 :])
            yield from ((first, second) for second in below)


def inside(word, area) -> bool:
    across = area.left - 3 <= word.left and word.right <= area.right + 3
    return across and area.top - 3 <= word.top and word.bottom <= area.bottom + 3


def check_pages(*subject: str) -> None:
    """Pages end where a part ends and are not half white; figures fill most of them."""
    briefing, content, _ = compiled(*subject)
    document, every = opened(content), words(content)
    drawn = [one for one in pictures(document) if ROOT not in one.words and one.words != "Atalaya"]
    last = len(document.pages) - 1
    for page in range(last + 1):
        mine = [word for word in every if word.page == page and BODY[0] < word.top < BODY[1]]
        assert len(mine) >= FULL or any(one.page == page for one in drawn), page
        end = max(one.bottom for one in [*mine, *(one for one in drawn if one.page == page)])
        assert page == last or (BODY[1] - end) / (BODY[1] - BODY[0]) <= WHITE, page
    # The first words of a page are those of a title.
    titles = {SPACES.sub("", part.title) for part in briefing.parts}
    for page in range(1, last + 1):
        first = "".join(word.words for word in every if word.page == page and word.top > BODY[0])
        assert any(SPACES.sub("", first).startswith(title) for title in titles), page
    maps = {SPACES.sub(" ", part.map.description) for part in briefing.parts if part.map}
    for one in drawn:
        if SPACES.sub(" ", one.words) in maps:
            assert one.bottom - one.top >= LARGE


def heights(content: bytes, page: int, figure: Word) -> tuple[float, float]:
    """Of a page: the height of its map with the table above it, and of all that it has."""
    mine = [word for word in words(content) if word.page == page and BODY[0] < word.top < BODY[1]]
    # A row of a table is smaller than the lead above it.
    table = [word.top for word in mine if word.top < figure.top and word.bottom - word.top < LEAD]
    return figure.bottom - min(table), max(word.bottom for word in mine) - min(word.top for word in mine)


SNAPSHOTS = Path(__file__).parents[3] / "data" / "snapshot"
TABLE = SNAPSHOTS / (SNAPSHOTS / "current").read_text().strip() / "observations.parquet"


def totals(indicator: str) -> pl.DataFrame:
    """The figures of an indicator for all victims, read from the file."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    return pl.read_parquet(TABLE).filter(pl.col("indicator") == indicator, whole)


def written(low: float, high: float) -> str:
    """As English writes it."""
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


@poppler
@pytest.mark.parametrize("area", ["CRI", "USA", "BRB"])
def test_the_key_figures_of_a_state_are_the_latest_of_the_table(area):
    read = text(compiled("en", area)[1])
    for indicator, label in COUNTS.items():
        rows = totals(indicator).filter(pl.col("area") == area).sort("year")
        reported = rows.filter(pl.col("status").is_in(["exact", "masked"]))
        if not reported.is_empty():
            low, high, year, status, doubted = reported.select("low", "high", "year", "status", "contradicted").row(-1)
            figure = "fewer than five" if status == "masked" else written(low, high)
            assert f"{label} {figure}{'*' * doubted} in {year}" in read


@poppler
def test_routes_name_their_releases():
    """Most counted flows come from a release other than the newest, which the figures use."""
    served = pl.read_parquet(TABLE.with_name("flows.parquet")).filter(pl.col("source") == "unodc_glotip")
    days = {"2025-04-14": "14 April 2025", "2025-10-28": "28 October 2025"}
    # Haiti has one direction only: its citizens who were detected elsewhere.
    for subject, rows in ((("en",), served), (("en", "HTI"), served.filter(origin="HTI"))):
        read = text(compiled(*subject)[1])
        for release, day in days.items():
            n = rows.filter(pl.col("release") == release).height
            assert f"{n:,} of {rows.height:,} records from the release of {day}" in read
    assert f"UNODC, Global Report on Trafficking in Persons ({' and '.join(days.values())})" in read


@poppler
def test_the_sums_of_the_region_are_those_of_the_table():
    read = text(compiled("en")[1])
    for indicator, label in (("detected_victims", "Victims detected"), ("persons_convicted", "Persons convicted")):
        match = re.search(rf"{label} ([\d,–]+)\*? (\d{{4}}), (\d+) of 35 states", read)
        assert match, label
        rows = totals(indicator).filter(pl.col("year") == int(match[2]), pl.col("status").is_in(["exact", "masked"]))
        assert match[1] == written(rows["low"].sum(), rows["high"].sum())
        assert int(match[3]) == rows["area"].n_unique()


@cache
def page(code: str, area: str | None) -> tuple[Briefing, bytes, list[str]]:
    briefing = build.page(language(code), area, root=ROOT)
    return (briefing, *pdf.compiled(briefing))


def check_page(code: str, area: str | None) -> None:
    """One page with all its words, tagged, in which nothing overlaps; a map is large enough to read."""
    briefing, content, warnings = page(code, area)
    document = opened(content)
    assert warnings == []
    assert holes(document) == 0
    assert len(document.pages) == 1
    titles = [SPACES.sub(" ", part.title) for part in briefing.parts]
    assert [title for level, title in bookmarks(document) if level == 1] == titles
    maps = [SPACES.sub(" ", part.map.description) for part in briefing.parts if part.map]
    drawn = pictures(document)
    all_words = words(content)
    assert max(word.bottom for word in all_words) < PAGE[1] - MARGIN
    outside = [word for word in all_words if not any(inside(word, area) for area in drawn)]
    assert [pair for pair in neighbors(outside) if pair[0].covers(pair[1])] == []
    for picture in drawn:
        if SPACES.sub(" ", picture.words) in maps:
            assert picture.bottom - picture.top > SMALLEST


@poppler
@pytest.mark.parametrize(
    ("code", "area"), [*((code, None) for code in LANGUAGES), ("fr", "CRI"), ("es", "HTI"), ("pt", "LCA")]
)
def test_the_summary_is_one_page(code, area):
    check_page(code, area)


@poppler
@pytest.mark.parametrize(("code", "area"), [*((code, None) for code in LANGUAGES), ("fr", "CRI"), ("es", "HTI")])
def test_the_letters_of_a_figure_are_not_smaller_than_the_notes_of_its_page(code, area):
    briefing, content, _ = page(code, area)
    (figure,) = [one for one in pictures(opened(content)) if ROOT not in one.words and one.words != "Atalaya"]
    every = words(content)
    within = [word.bottom - word.top for word in every if inside(word, figure)]
    last = {word for text in briefing.parts[-1].remarks for word in text.split() if len(word) > LONG}
    notes = [word.bottom - word.top for word in every if word.top > figure.bottom and word.words in last]
    assert len(within) > 10 < len(notes)
    # All but the words of a key and of a scale, which may be a tenth smaller.
    assert median(within) >= median(notes) - 0.05
    assert min(within) >= 0.9 * median(notes)


@pytest.mark.long
@poppler
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_summary_of_every_state_is_one_page(code):
    for area in (None, *store.areas()):
        check_page(code, area)


@poppler
def test_the_summary_has_the_findings_of_the_briefing():
    read = text(page("en", "CRI")[1]).replace(" ", "")
    for part in compiled("en", "CRI")[0].parts[:-1]:
        if part.kind != "time":
            assert part.title.replace(" ", "") in read


@pytest.mark.parametrize("subject", SAMPLE, ids="-".join)
def test_a_paper_is_whole_and_in_order(subject):
    check_document(*subject)


@poppler
@pytest.mark.parametrize("subject", SAMPLE, ids="-".join)
def test_words_stay_on_the_page_and_do_not_overlap(subject):
    check_layout(*subject)


@poppler
@pytest.mark.parametrize("subject", [*SAMPLE, ("es", "HTI"), ("pt", "LCA"), ("es", "PER")], ids="-".join)
def test_a_page_ends_where_a_part_ends_and_is_not_half_white(subject):
    check_pages(*subject)


@poppler
@pytest.mark.parametrize("subject", [("en", "USA"), ("es", "CRI"), ("pt",)], ids="-".join)
def test_a_map_with_its_table_fills_most_of_its_page(subject):
    briefing, content, _ = compiled(*subject)
    shown = {SPACES.sub(" ", part.map.description) for part in briefing.parts if part.map}
    drawn = [one for one in pictures(opened(content)) if SPACES.sub(" ", one.words) in shown]
    titles = [SPACES.sub("", part.title) for part in briefing.parts]
    alone = 0
    for one in drawn:
        read = SPACES.sub("", "".join(word.words for word in words(content) if word.page == one.page))
        if sum(title in read for title in titles) == 1:
            alone += 1
            figure, whole = heights(content, one.page, one)
            assert figure / whole >= SHOWN, one
    assert alone


@poppler
def test_overlapping_words_are_detected():
    first, second, third = (Word(0, "a", left, 10.0, left + 20, 20.0) for left in (10.0, 25.0, 40.0))
    assert [pair for pair in neighbors([first, second, third]) if pair[0].covers(pair[1])] == [
        (first, second),
        (second, third),
    ]


@poppler
def test_another_program_draws_every_page(tmp_path):
    _, content, _ = compiled("es", "CRI")
    subprocess.run(["pdftoppm", "-r", "30", "-gray", "-", tmp_path / "page"], input=content, check=True)
    drawn = sorted(tmp_path.glob("page-*.pgm"))
    assert len(drawn) == len(opened(content).pages)
    for page in drawn:
        # A head of three numbers, then a byte a pixel: paper is white, and something stands on it.
        ink = sum(level < 200 for level in page.read_bytes()[20:])
        assert 500 < ink < page.stat().st_size / 2


def test_the_command_and_the_button_offer_the_paper():
    content = formats.made("pdf", language("es"), "CRI", None, ROOT)
    assert content == compiled("es", "CRI")[1]
    assert formats.name("pdf", language("es"), "CRI", None, "abc") == "atalaya_briefing_CRI_es_abc.pdf"


@poppler
@pytest.mark.parametrize("subject", SAMPLE, ids="-".join)
def test_every_word_of_the_briefing_is_on_the_paper(subject):
    briefing, content, _ = compiled(*subject)
    # Spanish and Portuguese repeat the hyphen of a word that goes on in the next line.
    read = text(content, body=True).replace(" ", "").replace("--", "-")
    for part in briefing.parts:
        texts = [part.title, part.lead, *part.points, *part.remarks]
        texts += [word for fact in part.key_figures for word in (fact.label, fact.figure, *fact.lines)]
        for expected in filter(None, texts):
            assert SPACES.sub("", expected).replace("--", "-") in read, expected


@pytest.mark.long
@pytest.mark.parametrize("subject", EVERY, ids="-".join)
def test_the_paper_of_every_state_in_every_language(subject):
    check_document(*subject)
    check_layout(*subject)
    check_pages(*subject)
