"""The four catalogues are complete: every message of the screens, every plural, every placeholder."""

import ast
import re
import string

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dashboard.words import data_version
from dashboard.words.messages import ROOT, extract, merged, write
from data.i18n import CATALOGUES, DOMAIN, LANGUAGES, LOCALES, language

TRANSLATED = [code for code in LANGUAGES if code != "en"]


@pytest.fixture(scope="module")
def message_ids():
    return {message.id for message in extract() if message.id}


def read_catalogue(code):
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=LOCALES[code])


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_holds_exactly_the_messages_of_the_screens(code, message_ids):
    ids = {message.id for message in read_catalogue(code) if message.id}
    assert ids == message_ids, "run: python -m dashboard.words.messages"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code):
    catalogue = read_catalogue(code)
    forms = [(m, m.string if isinstance(m.string, tuple) else (m.string,)) for m in catalogue if m.id]
    lacking = [m.id for m, texts in forms if not all(texts)]
    assert not lacking
    assert not [m.id for m, _ in forms if m.fuzzy]
    assert not [m.id for m, texts in forms if m.pluralizable and len(texts) != catalogue.num_plurals]


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_fill_the_same_places(code):
    for message in read_catalogue(code):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        # A language may leave the number out of its singular ("one state"), and say once what English says twice.
        allowed = {frozenset(places(text)) for text in ids}
        assert {frozenset(places(text)) for text in texts} <= allowed, message.id


@pytest.mark.parametrize(
    ("code", "never"),
    [
        ("es", "tráfico de personas"),
        # UNODC's Portuguese term for smuggling, used only of migrants.
        ("pt", "contrabando(?! de migrantes)"),
        ("fr", "trafic de personnes"),
        ("es", "contrabando"),
    ],
)
def test_trafficking_is_never_translated_as_smuggling(code, never):
    texts = " ".join(str(message.string) for message in read_catalogue(code)).lower()
    assert not re.search(never, texts)


def test_french_signs_of_two_parts_have_a_space_before_them_that_does_not_break():
    """Before a colon, semicolon, question or exclamation mark, and inside quotation marks."""
    wrong = re.compile(r"(?:(?<![\u00a0\u202f])[;!?»]|(?<![\u00a0\u202f\w/{}])[:]| :|«(?![\u00a0\u202f]))")
    texts = [
        form
        for m in read_catalogue("fr")
        for form in (m.string if isinstance(m.string, tuple) else (m.string,))
        if m.id
    ]
    assert len(texts) > 1000
    assert [text for text in texts if wrong.search(text.replace("://", ""))] == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("es", ("edición del 28 de octubre de 2025", "edición de marzo de 2026", "edición de 2019")),
        ("pt", ("edição de 28 de outubro de 2025", "edição de março de 2026", "edição de 2019")),
        ("fr", ("édition du 28 octobre 2025", "édition publiée en mars 2026", "édition de 2019")),
    ],
)
def test_a_release_is_not_always_a_day(code, names):
    """ "du 28 octobre 2025" is right and "du mars 2026" is not."""
    lang = language(code)
    for edition, name in zip(("2025-10-28", "2026-03", "2019"), names, strict=True):
        assert name in data_version.titled(lang, "x", edition)
        assert name in data_version.remark(lang, edition)[0]


def test_english_stays_as_written():
    assert not [
        m.id for m in read_catalogue("en") if m.id and any(m.string if isinstance(m.string, tuple) else (m.string,))
    ]


def test_no_message_is_built_at_run_time():
    """`.text(f"...")` and `.text(a + b)` would never be extracted."""
    for path in [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr
            if called in {"text", "plural"} and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path.name}:{node.lineno}"


def test_every_message_is_extracted(message_ids):
    """A message inside an f-string would be missed, as the extraction reads it as one text."""
    known = {form for message in message_ids for form in ((message,) if isinstance(message, str) else message)}
    for path in [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr
            if called in {"text", "plural"} and node.args and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in known, f"{path.name}:{node.lineno}"


def test_an_update_keeps_translations_and_drops_what_vanished(tmp_path):
    old = Catalog(locale="fr")
    old.add("stays", "reste")
    old.add("goes", "part")
    write(old, tmp_path / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po")
    template = Catalog()
    template.add("stays")
    template.add(("one {n}", "many {n}"))
    fresh = merged("fr", template, tmp_path)
    assert {m.id: m.string for m in fresh if m.id} == {"stays": "reste", ("one {n}", "many {n}"): ("", "")}


def test_writing_twice_changes_nothing(tmp_path):
    template = Catalog()
    template.add("a")
    path = tmp_path / "pt" / "LC_MESSAGES" / f"{DOMAIN}.po"
    write(merged("pt", template, tmp_path), path)
    once = path.read_bytes()
    write(merged("pt", template, tmp_path), path)
    assert path.read_bytes() == once
    assert b"Date" not in once


def test_extraction_sees_calls_plurals_and_tables(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "dashboard").mkdir()
    (tmp_path / "dashboard" / "a.py").write_text('T = {"x": N_("table")}\nlang.text("call", n=1)\n')
    (tmp_path / "pages" / "1_b.py").write_text('lang.plural("one", "many", n)\nother.write("not ours")\n')
    assert {m.id for m in extract(tmp_path) if m.id} == {"table", "call", ("one", "many")}
