"""Documents are kept up to a number of bytes; those not used for longest go first, and each is made once."""

from concurrent.futures import ThreadPoolExecutor

from dashboard.sending import Content
from dashboard.server.kept import ContentCache

HTML = "text/html; charset=utf-8"


def content(text):
    return Content(text.encode(), HTML)


def test_what_was_not_used_for_longest_goes_first():
    kept, made = ContentCache(250), []

    def get(key):
        return kept.get(key, lambda: made.append(key) or content("x" * 100))

    first = get("a")
    get("b")
    assert get("a") is first
    get("c")
    assert kept.size <= 250
    get("a")
    get("b")
    assert made == ["a", "b", "c", "b"]


def test_compressed_forms_count():
    kept = ContentCache(10_000)
    first = kept.get("a", lambda: content("x" * 9_990))
    first.packed("gzip")
    kept.get("b", lambda: content("y"))
    assert kept.found("b").body == b"y"
    assert kept.found("a") is None
    assert kept.get("a", lambda: content("new")).body == b"new"


def test_the_last_one_is_kept_however_large_it_is():
    kept = ContentCache(10)
    assert kept.get("a", lambda: content("x" * 100)) is kept.get("a", lambda: content("never"))


def test_readers_who_come_at_once_have_a_document_made_once():
    kept, made = ContentCache(1_000), []
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.get("a", lambda: made.append(1) or content("x" * 100)), range(50)))
    assert len(made) == 1
    assert all(one is found[0] for one in found)
