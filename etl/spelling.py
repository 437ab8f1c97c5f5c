"""How a label is spelt: the form in which labels are compared, its damaged forms, a demonym's regular endings."""

import re
import unicodedata

# Stands where a letter was lost on the way through a wrong encoding.
LOST = "\ufffd"
# Ending of the printed form -> the endings it is met with; the first that fits decides.
INFLECTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (("", ("", "s")),),
    "es": (
        ("o", ("o", "a", "os", "as")),
        ("és", ("és", "esa", "eses", "esas")),
        ("í", ("í", "íes", "ís")),
        ("", ("", "s")),
    ),
    "pt": (("o", ("o", "a", "os", "as")), ("ês", ("ês", "esa", "eses", "esas")), ("", ("", "s"))),
    "fr": (
        ("ien", ("ien", "ienne", "iens", "iennes")),
        ("éen", ("éen", "éenne", "éens", "éennes")),
        ("e", ("e", "es")),
        ("s", ("s", "se", "ses")),
        ("", ("", "e", "s", "es")),
    ),
}


def normalise(label: str) -> str:
    """The form in which labels are compared: words of letters and digits, one space apart.

    Case and accents are folded (NFKD), `&` reads "and", the article "the" and all punctuation fall away.
    U+FFFD stays: it stands for a letter that was lost.
    """
    # Twice, since folding the case may compose letters and marks anew.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", label).casefold()).replace("&", " and ")
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(word for word in re.findall(rf"(?:[^\W_]|{LOST})+", bare) if word != "the")


def damaged(label: str) -> set[str]:
    """The normalised forms in which a known label appears once its non-ASCII marks were replaced by U+FFFD."""
    text = unicodedata.normalize("NFC", label).casefold()
    letters = "".join(LOST if mark.isalpha() and not mark.isascii() else mark for mark in text)
    marks = "".join(mark if mark.isascii() else LOST for mark in text)
    return {normalise(form) for form in (letters, marks) if LOST in form}


def inflect(form: str, language: str) -> list[str]:
    """A demonym's feminine and plural forms by the language's regular endings."""
    ending, endings = next(pair for pair in INFLECTIONS[language] if form.endswith(pair[0]))
    stem = form[: len(form) - len(ending)]
    return [stem + other for other in endings]


def mended(label: str) -> str:
    """Undo UTF-8 that was read as Windows-1252; a label that was not is left as it is."""
    try:
        return label.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return label
