"""Sentences on people who moved, as context: figures of different kinds overlap and are never added."""

from collections.abc import Iterator

import polars as pl

from dashboard.subjects.movements import query
from dashboard.words import countries, terms, vocabulary
from data.i18n import Language


def title(lang: Language) -> str:
    """The heading of tables of people who moved."""
    return lang.text("People who moved, as context")


def heading(lang: Language, rows: pl.DataFrame) -> str:
    """The heading of a column of one kind, such as "Refugees, 2025"; `rows` as from `query.current`, at least one."""
    kind, year = rows.select("kind", "year").row(0)
    # Translators: the heading of a column of numbers, as short as possible.
    return lang.text("{kind}, {year}", kind=lang.text(vocabulary.SHORT_MOVEMENT[kind]), year=year)


def beside_pairs(lang: Language, rows: pl.DataFrame) -> str:
    """What that column means in a table of pairs of countries."""
    # Translators: {column}: the heading of a column of a table, such as "Refugees, 2025".
    return lang.text("{column}: from the first country of each row, in the second.", column=heading(lang, rows))


def beside(lang: Language, rows: pl.DataFrame) -> str:
    """What a tint of states and that column mean beside victims by citizenship."""
    return " ".join(
        [
            _beside(lang, rows),
            # Translators: to move is not a crime; trafficking in persons is. "Scale": that of the tints.
            lang.text("Movement is not trafficking: this is context, on a scale of its own."),
            lang.text("A dash: outside the 35 states, or no figure above zero."),
        ]
    )


def _beside(lang: Language, rows: pl.DataFrame) -> str:
    kind, year = rows.select("kind", "year").row(0)
    if kind == query.MIGRANTS:
        # Translators: of a map and a list of victims by citizenship; migrants are people who live in another country.
        return lang.text(
            "Tint and last column: people from the country of citizenship who live in the detecting country ({year}).",
            year=year,
        )
    if kind == query.CROSSINGS:
        # Translators: of a map and a list of victims by citizenship; {crossed}: names of states.
        return lang.text(
            "Tint and last column: crossings of the detecting country in irregular transit by people with the "
            "citizenship ({year}); we have such counts for {crossed}. Who crosses twice counts twice.",
            crossed=lang.listing(lang.sorted_countries(rows["destination"].unique())),
            year=year,
        )
    # Translators: of a map and a list of victims by citizenship; {kind}: "refugees", "asylum-seekers" ...
    return lang.text(
        "Tint and last column: {kind} from the country of citizenship in the detecting country ({year}).",
        kind=terms.in_sentence(terms.term(lang, "movement", kind)),
        year=year,
    )


def context(lang: Language) -> list[str]:
    """What the figures are, and what they are not."""
    return [
        # Translators: "context": background for a reader. To move is not a crime; trafficking in persons is.
        lang.text(
            "Movement is not trafficking. These figures are context: they share no scale or axis with figures of "
            "victims and are never added to them."
        ),
        lang.text(
            "The kinds overlap: a person counted as a refugee may also be counted as a migrant, and a person who "
            "crosses twice is counted twice. Estimates of migrants go by the country of birth, or by citizenship "
            "where states publish only that. Revisions of an estimate are not one series."
        ),
        # Translators: of two countries; UN DESA and UNHCR list only some pairs.
        lang.text("A pair that a source does not list is missing here; that is not a zero."),
        lang.text(
            "UNHCR publishes 5 for some figures below five. Its figures of 2025 were published in December 2025, "
            "before the year ended."
        ),
    ]


def between(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    """The newest figures of one direction after the other, in a sentence each.

    Args:
        rows: as from `query.between`.
    """
    for _, mine in rows.group_by("away", maintain_order=True):
        if said := [*_direction(lang, mine)]:
            yield " ".join(said)


def _direction(lang: Language, rows: pl.DataFrame) -> Iterator[str]:
    origin, destination = rows.select("origin", "destination").row(0)
    places = {"of_origin": countries.leaving(lang, origin), "in_destination": countries.inside(lang, destination)}
    current = rows.filter(table=query.STOCKS[0])
    for row in current.filter(pl.col("year") == pl.col("year").max()).iter_rows(named=True):
        # Translators: people born there (or with its citizenship), not only those who moved lately.
        yield lang.plural(
            "UN DESA estimates that {n} person {of_origin} lived {in_destination} in {year}.",
            "UN DESA estimates that {n} people {of_origin} lived {in_destination} in {year}.",
            round(row["high"]),
            year=row["year"],
            **places,
        )
    protected = rows.filter(~pl.col("kind").is_in([query.MIGRANTS, query.CROSSINGS]))
    if protected.height:
        each = [
            f"{terms.term(lang, 'movement', kind)} ({lang.interval(low, high)})"
            for kind, low, high in protected.select("kind", "low", "high").iter_rows()
        ]
        # Translators: {listing}: "refugees (12), asylum-seekers (1–5)"; people from the same country of origin.
        yield lang.text(
            "People {of_origin} counted there by UNHCR in {year}: {listing}.",
            listing=lang.listing(terms.in_sentence(one) for one in each),
            year=protected["year"].max(),
            **places,
        )


def crossed(lang: Language, area: str) -> str:
    """How many crossings a state counted in its newest whole year, and since; empty for other states."""
    years = query.crossed(area)
    whole = max((year for year, (_, month) in years.items() if month is None), default=None)
    if whole is None:
        return ""
    said = [f"{lang.number(years[whole][0])} ({whole})"]
    said += [f"{lang.number(n)} ({period(lang, year, month)})" for year, (n, month) in years.items() if month]
    return lang.text(
        "People in irregular transit {in_state}, all nationalities: {listing}.",
        in_state=countries.inside(lang, area),
        listing=lang.listing(said),
    )


def period(lang: Language, year: int, month: int | None) -> str:
    """A year, or its months from January to the last one."""
    return lang.text("January to {month}", month=lang.date(f"{year}-{month:02}")) if month else str(year)
