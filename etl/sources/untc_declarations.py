"""UN Treaty Collection: who made a reservation or declaration to a treaty, and the articles of it that the text names.

Only these facts are read. The texts are not dated and are never kept.
"""

import re

import polars as pl

from data.columns import UNSPECIFIED
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "untc_declarations"
# The treaty of a file, and how texts name it after an article.
INSTRUMENTS = {
    "18-12.txt": ("untoc", r"United Nations Convention against Transnational Organized Crime"),
    "18-12-a.txt": ("palermo_protocol", r"Protocol to Prevent"),
    "18-12-b.txt": ("smuggling_protocol", r"Protocol against"),
    "18-14.txt": ("corruption", r"United Nations Convention against Corruption"),
}
HEAD = re.compile(r"#\s*(\S.*)")
NUMBER = r"[0-9]{1,3}[A-Z]?"
# `articles 16 and 18`, `Article 15, paragraph 1 (b)`, `article 35 (2)`; what follows says of which text they are.
PART = r"(?:\s*\([0-9a-z]{1,3}\))*"
ARTICLES = re.compile(
    rf"\b[Aa]rticles?\s+({NUMBER}{PART}(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+){NUMBER}\b{PART})*)"
    r"(?:,?\s*[Pp]aragraphs?\s+[0-9]+(?:\s*\([a-z]\))?(?:\s+and\s+[0-9]+)?)?"
    r"(?:,?\s+of\s+(?:the|this|that|said|present)\s+(?:said\s+|present\s+)?([A-Z][^,.;]*))?"
)
# Another text, such as the Vienna Convention on the Law of Treaties or a constitution.
NAMED = re.compile(r"(?:Convention|Protocol|Constitution|Treaty|Code)\b")


def parse(content: bytes, file: str) -> Parsed:
    """Parse the declarations to one treaty: heads `#<participant>`, each with its text below.

    Returns:
        one row a participant: `label` (as printed), `instrument`, `reservation` (the numbers of the articles of this
        treaty that the text names, or `UNSPECIFIED`), `locator`.

    Raises:
        SourceError: a file's name is not known, it is not text, or a participant has no text or occurs twice.
    """
    if file not in INSTRUMENTS:
        raise SourceError(f"expected {', '.join(INSTRUMENTS)}; rename the file", source=SOURCE, file=file)
    instrument, own = INSTRUMENTS[file]
    found: dict[str, tuple[str, str]] = {}
    for line, participant, text in _texts(content, file):
        if participant in found or not text:
            problem = f"{participant} {'occurs twice' if participant in found else 'has no text'}; correct the file"
            raise SourceError(problem, source=SOURCE, file=file, row=line)
        found[participant] = (_articles(text, own), f"line {line}")
    rows = [(label, instrument, articles, at) for label, (articles, at) in found.items()]
    columns = ["label", "instrument", "reservation", "locator"]
    return Parsed(
        rows=pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"),
        release="undated",
        release_basis="the texts have no day",
        read=len(rows),
        kept=len(rows),
        part=instrument,
    )


def _texts(content: bytes, file: str) -> list[tuple[int, str, str]]:
    """The line of each head, its participant, and the text below it."""
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(f"not a text in UTF-8 ({error.reason}); get it again", source=SOURCE, file=file) from error
    heads = [(number, head[1].strip()) for number, line in enumerate(lines) if (head := HEAD.fullmatch(line.strip()))]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not heads or heads[0][0] != first:
        problem = "expected heads `#State`, each with a text below; compare it with the collection"
        raise SourceError(problem, source=SOURCE, file=file)
    ends = [*(number for number, _ in heads[1:]), len(lines)]
    return [
        (number + 1, participant, " ".join(lines[number + 1 : end]).strip())
        for (number, participant), end in zip(heads, ends, strict=True)
    ]


def _articles(text: str, own: str) -> str:
    """The numbers of the articles that a text names, in order; those of another text are left out."""
    numbers: set[str] = set()
    for match in ARTICLES.finditer(text):
        of = match[2] or ""
        if not NAMED.search(of) or re.match(rf"{own}|(?:Convention|Protocol)\b", of, re.IGNORECASE):
            numbers |= set(re.findall(rf"(?<![(\w]){NUMBER}(?![\w)])", match[1]))
    return ", ".join(sorted(numbers, key=lambda one: (int(re.sub(r"\D", "", one)), one))) or UNSPECIFIED
