"""The texts of page "About and method": complete in each language, with a contact only where one is set."""

import pytest

from dashboard.subjects.about import words
from data.glossary import glossary
from data.i18n import LANGUAGES, language

EN = language("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_section_has_text_and_no_sentence_stands_twice(code):
    sections = words.sections(language(code), "")
    sentences = [sentence for section in sections for sentence in section.sentences]
    assert all(section.heading and section.sentences for section in sections)
    assert len(sentences) == len(set(sentences))
    assert len({section.anchor for section in sections}) == len(sections)


def test_a_contact_is_named_only_where_one_is_set():
    text = str(words.sections(EN, "keeper@example.org"))
    assert text.count("keeper@example.org") == 2
    without = str(words.sections(EN, ""))
    assert "Contact" not in without
    assert "Write to" not in without


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_glossary_is_in_the_alphabetical_order_of_the_language(code):
    lang = language(code)
    lines = words.terms(lang)
    above = {sentence for section in words.sections(lang, "") for sentence in section.sentences}
    explained = [concept.meaning[code] for concept in glossary().values() if concept.meaning["en"]]
    assert lines
    for meaning in explained:
        assert sum(sentence.endswith(meaning[1:]) for sentence in {*above, *lines}) == 1
    assert lines == lang.alphabetical(lines, str)


def test_the_example_of_a_range_is_right():
    """12 and a “<5” of 1 to 4 make 13 to 16."""
    low, high = (12 + end for end in (1, 4))
    assert f"give {low} to {high}" in str(words.sections(EN, ""))
