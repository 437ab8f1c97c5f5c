"""What a page says of its address: a part that it does not know, a value that does not exist, another data version."""

from collections.abc import Callable, Iterable, Iterator

from dashboard.views.address import CITED, Notice
from dashboard.words import data_version
from data.codebook import errata
from data.i18n import Language
from data.snapshot import Snapshot

# The longest text of an address within a sentence, in characters.
LONGEST = 40


def sentences(
    lang: Language, notices: Iterable[Notice], snapshot: Snapshot, safe: Callable[[str], str] = str
) -> Iterator[str]:
    """A sentence for each notice; none for a link that cites the data version on show.

    Args:
        safe: makes a text of an address harmless in the place where the sentence is written.
    """
    for notice in notices:
        name, given = (safe(_cut(text)) for text in (notice.name, notice.given))
        if notice.name == CITED:
            if warning := data_version.other(lang, snapshot, _cut(notice.given), errata()):
                yield safe(warning)
        elif not notice.known:
            yield lang.text("The address asks for “{name}”, which this page does not have; it was ignored.", name=name)
        else:
            yield lang.text(
                "“{given}” in “{name}” in the address does not exist. The usual view is shown instead.",
                given=given,
                name=name,
            )


def _cut(text: str) -> str:
    printed = "".join(sign for sign in text if sign.isprintable())
    return printed if len(printed) <= LONGEST else f"{printed[: LONGEST - 1]}…"
