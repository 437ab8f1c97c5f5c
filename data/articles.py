"""The articles that go with the names of countries in sentences: `the United States`, `au Mexique`, `no Brasil`.

`data/reference/articles.csv` has a row for each country that our tables name, and a column for each language with
articles; a blank cell means no article. French has a second column, because its word for `in` depends on more than the
article (`en Haïti`, `à Cuba`).
"""

from collections.abc import Mapping
from functools import cache

from data import columns
from data.languages import declared
from data.reviewed import FileColumns, Reviewed, read


class Articles(Reviewed):
    """The article of each country's name by language, and the words for `in` where a language declares them."""

    FILE = "articles.csv"
    area = columns.country(key=True)

    @classmethod
    def of_language(cls, code: str) -> FileColumns:
        """What `language.toml` declares."""
        facts = declared()[code]
        articles = {code: columns.code(tuple(facts["articles"]), nullable=True)} if "articles" in facts else {}
        places = {f"{code}_in": columns.code(tuple(facts["places"]))} if "places" in facts else {}
        return articles | places

    @classmethod
    def covers(cls, code: str) -> bool:
        """A language that declares articles needs their column."""
        return bool(cls.of_language(code))


@cache
def articles() -> Mapping[str, Mapping[str, str]]:
    """By ISO3: the article by language ("" for none), and the words for `in` as `fr_in`.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(Articles).drop("row").iter_rows(named=True)
    return {row.pop("area"): {name: cell or "" for name, cell in row.items()} for row in rows}
