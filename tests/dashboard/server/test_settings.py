"""The operator's settings, each refused in one line that says what to write."""

import pytest

from dashboard.server.settings import SettingError, Settings, settings


def test_nothing_is_set_by_default(monkeypatch):
    for name in ("ATALAYA_PROXIES", "ATALAYA_HSTS", "ATALAYA_MONITOR", "ATALAYA_LOG", "ATALAYA_DESK", "ATALAYA_AHEAD"):
        monkeypatch.delenv(name, raising=False)
    assert settings() == Settings((), 0, None, "text", "", ahead=True)


def test_all_are_read(monkeypatch):
    monkeypatch.setenv("ATALAYA_PROXIES", "10.0.0.7, 10.1.0.0/16,::1")
    monkeypatch.setenv("ATALAYA_HSTS", "31536000")
    monkeypatch.setenv("ATALAYA_MONITOR", "[::1]:9464")
    monkeypatch.setenv("ATALAYA_LOG", "json")
    monkeypatch.setenv("ATALAYA_DESK", " https://example.org/atalaya/desk/ ")
    monkeypatch.setenv("ATALAYA_AHEAD", "no")
    desk, proxies = "https://example.org/atalaya/desk", ("10.0.0.7", "10.1.0.0/16", "::1")
    assert settings() == Settings(proxies, 31_536_000, ("::1", 9464), "json", desk, ahead=False)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("ATALAYA_PROXIES", one) for one in ("proxy", "*", "10.0.0.0/33", "10.0.0.1/8")),
        *(("ATALAYA_HSTS", one) for one in ("a year", "-1", "1.5")),
        *(("ATALAYA_MONITOR", one) for one in ("9464", ":9464", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1")),
        ("ATALAYA_LOG", "xml"),
        ("ATALAYA_AHEAD", "later"),
        *(
            ("ATALAYA_DESK", one)
            for one in ("desk", "//example.org", "javascript:a", "https://a/desk?b", "http://a@b/")
        ),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(name, given, monkeypatch):
    monkeypatch.setenv(name, given)
    with pytest.raises(SettingError) as error:
        settings()
    assert name in str(error.value)
    assert "write" in str(error.value)
    assert "\n" not in str(error.value)
