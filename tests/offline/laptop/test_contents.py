"""The language of the person at the computer, by its settings."""

import locale

import pytest

from offline import words
from offline.laptop import contents

CONTENTS = contents.Contents({}, words.sentences(), words.names())


@pytest.fixture
def settings(monkeypatch):
    def choose(lang="", windows=""):
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", lang)
        monkeypatch.setattr(locale, "setlocale", lambda *_: "")
        monkeypatch.setattr(locale, "getlocale", lambda *_: (windows or None, None))
        return CONTENTS.language()

    return choose


@pytest.mark.parametrize(
    ("lang", "windows", "code"),
    [
        ("es_MX.UTF-8", "", "es"),
        ("pt_BR", "", "pt"),
        ("", "French_Canada", "fr"),
        ("", "Spanish_Costa Rica", "es"),
        ("de_DE.UTF-8", "", "en"),
        ("", "", "en"),
        ("C.UTF-8", "", "en"),
    ],
)
def test_the_settings_give_the_language(settings, lang, windows, code):
    assert settings(lang, windows) == code


def test_the_message_locale_wins_over_the_general_one(settings, monkeypatch):
    settings("es_MX.UTF-8")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert CONTENTS.language() == "fr"
