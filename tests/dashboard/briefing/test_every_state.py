"""What is in the briefings of all 35 states, of the region and of some pairs, before any file is made of them."""

import re
from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest

from dashboard import store
from dashboard.briefing import build, drawn
from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import countries, terms
from data.i18n import LANGUAGES, language

# Of states with many figures, with few, and with none.
PAIRS = [("CRI", "USA"), ("HTI", "DOM"), ("USA", "MEX"), ("GRD", "KNA"), ("VCT", "USA"), ("DMA", "BRB"), ("BRA", "ARG")]
SUBJECTS = [(None, None), *((area, None) for area in store.areas()), *PAIRS]
# Opening, at most eight parts (of two states with reservations), sources.
LEAST, MOST = 4, 10
# The most words of a title.
WORDS = 15
# What is masked everywhere cannot be said in few words.
MASKED = re.compile(r"in any one year|fewer than five in each of")
# Titles without a number: they say that something is not reported or not described.
NOTHING = {
    "en": r"no total|no citizenships|no victims|No report|Neither|fewer than five|[Ff]ew|Citizens|Most",
    "es": r"ningún total|no indican|no se detectaron|Ningún informe|Ni |menos de cinco|Nacionales|mayoría",
    "pt": r"nenhum total|não (indicam|trazem)|não (foram )?detect|Nenhum relat|Nem |menos de cinco|Cidadãos|maioria",
    "fr": r"aucun total|indiquent|aucune victime|Aucun rapport|Ni |moins de cinq|Ressortissants|plupart",
}


def sentences(*texts: str) -> list[str]:
    return [one for text in texts for one in re.split(r"(?<=[.!?])\s+", text) if one]


def said(part) -> list[str]:
    """The sentences that a part shows, without those of its figures."""
    return sentences(f"{part.title}.", part.lead, *part.points, *part.remarks)


def content(lang, part) -> int:
    """How many things a part shows besides its title and its remarks: rows, bars, figures, sentences, states."""
    rows = sum(len(table.sheet.cells) for table in part.tables)
    charts = [chart for figure in part.figures for chart in drawn.editable(lang, figure)]
    bars = sum(len(chart.bars) for chart in charts if isinstance(chart, BarBlock))
    years = sum(len(chart.years) for chart in charts if isinstance(chart, YearChart))
    return rows + bars + years + len(part.key_figures) + len(charts) + len(part.points) + 2 * bool(part.map)


# Every other subject, in one language after the other; every subject in every language takes eight times as long.
IN_TURN = [(code, *subject) for code, subject in zip(cycle(LANGUAGES), SUBJECTS[::2], strict=False)]
EVERY = [(code, *subject) for code in LANGUAGES for subject in SUBJECTS]


@pytest.fixture(scope="module", params=[IN_TURN, pytest.param(EVERY, marks=pytest.mark.long)], ids=["in_turn", "every"])
def briefings(request):
    return [build.of(language(code), *subject) for code, *subject in request.param]


def test_every_state_has_a_briefing_of_few_parts(briefings):
    assert len(briefings) in {len(IN_TURN), len(EVERY)}
    assert len(IN_TURN) == 22
    for briefing in briefings:
        kinds = [part.kind for part in briefing.parts]
        assert kinds[0] == "title", briefing.name
        assert kinds[-1] == "sources"
        assert LEAST <= len(kinds) <= MOST, (briefing.name, kinds)


def test_no_part_is_empty_and_every_title_is_a_finding(briefings):
    for briefing in briefings:
        titles = [part.title for part in briefing.parts]
        assert max(Counter(titles).values()) == 1, (briefing.name, titles)
        for part in briefing.parts[1:]:
            assert content(briefing.lang, part) >= 2, (briefing.name, part.title)
        for text in titles:
            assert re.search(rf"\d|{NOTHING[briefing.lang.code]}", text, re.IGNORECASE), (briefing.name, text)
            assert not text.endswith(".")
            assert "(–)" not in text


def test_a_title_is_one_short_sentence(briefings):
    """The name of a state or of a treaty counts as a word, and so does what stands in brackets."""
    for briefing in briefings:
        if briefing.lang.code == "en":
            treaties = [terms.term(briefing.lang, "part", treaty) for treaty in treaties_query.TREATIES]
            names = [*treaties, *(countries.the(briefing.lang, area) for area in store.areas())]
            names += ["the United Kingdom", "persons convicted", "Persons convicted"]
            for title in (part.title for part in briefing.parts if not MASKED.search(part.title)):
                short = re.sub(r"\s\([^)]*\)", "", title)
                for name in sorted(names, key=len, reverse=True):
                    short = re.sub(f"(?i){re.escape(name)}", "X", short)
                assert len(short.split()) <= WORDS, title
                assert not re.search(r"[.;] ", title), title


def test_no_sentence_stands_twice_on_a_page(briefings):
    for briefing in briefings:
        for part in briefing.parts[:-1]:
            assert max(Counter(said(part)).values()) == 1, (briefing.name, Counter(said(part)).most_common(1))


def test_no_sentence_stands_twice_in_a_briefing(briefings):
    """A state's position stands where it matters."""
    for briefing in briefings:
        first, *others, _ = briefing.parts
        every = sentences(f"{first.title}.", first.lead)
        for part in others:
            # Two maps may say alike how many of their arrows they show.
            every += said(replace(part, remarks=()) if part.map else part)
        known = {one for remark in first.remarks for one in sentences(remark)}
        twice = [one for one, n in Counter(every).items() if n > 1 and one not in known]
        assert twice == [], (briefing.name, twice)


def test_the_opening_says_what_a_detected_victim_is(briefings):
    for briefing in briefings:
        text = briefing.lang.text(
            "“Detected” means identified by the authorities. The true number of victims is not known."
        )
        assert [text in " ".join(part.remarks) for part in briefing.parts].count(True) == 1
        assert any(text in remark for remark in briefing.parts[0].remarks), briefing.name
