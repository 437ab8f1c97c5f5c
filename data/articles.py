"""The articles that go with the names of countries in sentences: `the United States`, `au Mexique`, `no Brasil`.

`data/reference/articles.csv` has a row for each country that our tables name; a blank cell means no article. French
has a second column, because its word for `in` depends on more than the article (`en Haïti`, `à Cuba`).
"""

from collections.abc import Mapping
from functools import cache

from data import columns
from data.reviewed import Reviewed, read

ARTICLES = {
    "en": ("the",),
    "es": ("el", "la", "los", "las"),
    "pt": ("o", "a", "os", "as"),
    "fr": ("le", "la", "les", "l’"),
}
IN_FRENCH = ("à", "à la", "au", "aux", "dans la", "en")


class Articles(Reviewed):
    """The article of each country's name by language, and the French words for `in`."""

    FILE = "articles.csv"
    area = columns.country(key=True)
    en = columns.code(ARTICLES["en"], nullable=True)
    es = columns.code(ARTICLES["es"], nullable=True)
    pt = columns.code(ARTICLES["pt"], nullable=True)
    fr = columns.code(ARTICLES["fr"], nullable=True)
    fr_in = columns.code(IN_FRENCH)


@cache
def articles() -> Mapping[str, Mapping[str, str]]:
    """By ISO3: the article by language ("" for none), and the French words for `in` as `fr_in`.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(Articles).drop("row").iter_rows(named=True)
    return {row.pop("area"): {name: cell or "" for name, cell in row.items()} for row in rows}
