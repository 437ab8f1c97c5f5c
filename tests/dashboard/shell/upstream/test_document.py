"""Streamlit's document in our languages: the replaced parts exist, and Streamlit has no setting for them yet."""

import inspect
import re
from importlib import resources

import pytest
import streamlit as st

from dashboard.shell.upstream import document as upstream
from data.i18n import LANGUAGES, language

FIRST = upstream.First("<i>view</i>", "i { color: red }", "start()")


def document(code="es", **parts):
    return upstream.document(language(code), **{"head": "<!-- head -->", "foot": "<!-- foot -->"} | parts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_is_in_the_readers_language(code):
    text = document(code)
    assert f'<html lang="{code}">' in text
    assert "<title>Atalaya</title>" in text
    (refusal,) = re.findall("<noscript>(.*?)</noscript>", text, re.DOTALL)
    assert refusal.startswith(f'<p lang="{code}">')
    assert "Streamlit" not in refusal


def test_every_part_is_in_its_place():
    script = upstream.script_address()
    assert script.startswith("./static/js/")
    text = document()
    assert text.index("<!-- head -->") < text.index(f'src="{script}"') < text.index("<!-- foot --></body>")


def test_streamlits_script_is_told_before_it_starts_where_the_server_is():
    for text in (document(), document(first=FIRST)):
        assert text.index("window.__streamlit = {") < text.index("<!-- head -->")
    # The script of the installed Streamlit still reads this setting.
    served = resources.files("streamlit").joinpath("static", upstream.script_address()).read_text("utf-8")
    assert all(word in served for word in ("window.__streamlit", "BACKEND_BASE_URL"))


def test_before_a_first_view_nothing_is_fetched():
    """A browser takes nothing from a template until a script moves its content into the document."""
    whole, text = document(), document(first=FIRST)
    (later,) = re.findall('<template id="later">(.*?)</template>', text, re.DOTALL)
    before, after = re.split('<template id="later">.*?</template>', text, flags=re.DOTALL)
    assert before.index("<style>i { color: red }</style>") < before.index("<body><i>view</i>")
    assert '<script type="module">start()</script></body>' in after
    fetched = r'<(?:link|script)[^>]*?(?:href|src)="\./static[^"]*"[^>]*>'
    assert len(re.findall(fetched, whole)) > 10
    assert sorted(re.findall(fetched, later)) == sorted(re.findall(fetched, whole))
    assert not re.findall(fetched, before + after)
    assert later.index("<!-- head -->") < later.index(upstream.script_address()) < later.index("<!-- foot -->")
    assert "<noscript>" not in text


@pytest.mark.parametrize("mark", ['<html lang="en">', "<title>Streamlit</title>", "<noscript>", "<body>", "</body>"])
@pytest.mark.parametrize("changed", ["", "{0}{0}"])
def test_a_document_of_another_shape_is_refused(mark, changed, monkeypatch):
    text = upstream._streamlit()
    monkeypatch.setattr(upstream, "_streamlit", lambda: text.replace(mark, changed.format(mark)))
    with pytest.raises(upstream.DocumentError, match=r"Streamlit's document has [02] of"):
        document()


def test_streamlit_has_no_setting_for_the_document_language_yet():
    """When it can, the override of the language goes: issue 15726."""
    assert not [name for name in inspect.signature(st.set_page_config).parameters if "lang" in name]
