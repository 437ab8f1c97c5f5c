"""The form in which labels are compared, damaged forms, regular endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.gazetteer import damaged, inflect, mended, normalize


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("  Côte  d’Ivoire ", "cote d ivoire"),
        ("Antigua & Barbuda", "antigua and barbuda"),
        ("Gambia, The", "gambia"),
        ("U.A.E.", "u a e"),
        ("HONDUREÑA", "hondurena"),
        ("HONDURE\ufffdA", "hondure\ufffda"),
        ("REG_AFR", "reg afr"),
        ("EU-28", "eu 28"),
        ("—", ""),
    ],
)
def test_case_accents_punctuation_and_article_are_folded(label, form):
    assert normalize(label) == form


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(label):
    assert normalize(normalize(label)) == normalize(label)


def test_damage_hits_every_accented_letter_and_perhaps_other_marks():
    assert damaged("Côte d’Ivoire") == {"c\ufffdte d ivoire", "c\ufffdte d\ufffdivoire"}
    assert damaged("México") == {"m\ufffdxico"}
    assert damaged("Cuba") == set()


def test_damage_counts_letters_composed_or_not():
    assert damaged("Me\u0301xico") == {"m\ufffdxico"}


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("Haitian", "en", ["Haitian", "Haitians"]),
        ("chileno", "es", ["chileno", "chilena", "chilenos", "chilenas"]),
        ("francés", "es", ["francés", "francesa", "franceses", "francesas"]),
        ("marroquí", "es", ["marroquí", "marroquíes", "marroquís"]),
        ("chinês", "pt", ["chinês", "chinesa", "chineses", "chinesas"]),
        ("chilien", "fr", ["chilien", "chilienne", "chiliens", "chiliennes"]),
        ("français", "fr", ["français", "française", "françaises"]),
        ("belge", "fr", ["belge", "belges"]),
        ("cubain", "fr", ["cubain", "cubaine", "cubains", "cubaines"]),
    ],
)
def test_regular_endings(form, language, expected):
    assert inflect(form, language) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("CÃ´te dâ€™Ivoire", "Côte d’Ivoire"), ("México", "México"), ("Cuba", "Cuba"), ("Hait\ufffd", "Hait\ufffd")],
)
def test_only_a_misread_encoding_is_repaired(label, expected):
    assert mended(label) == expected


@given(st.text("áéíóúüñçãõêôàèï azct'"))
def test_misread_text_is_restored(label):
    assert mended(label.encode("utf-8").decode("cp1252")) == label
