"""What changed, as entries of a feed: changed figures, corrections, reports, questions to publishers, in words.

An entry has the day of the release or the document that it is about, never that of a clock, and an id that is the same
in every snapshot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.changes import query
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every as disputes
from dashboard.subjects.coverage.filters import INDICATOR, REVISIONS_STATE
from dashboard.subjects.coverage.tables import reading
from dashboard.subjects.ledger import names
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.letters import query as letters_query
from dashboard.subjects.letters import words as letters
from dashboard.subjects.letters.filters import TO
from dashboard.subjects.passports import keys
from dashboard.subjects.shared import AREA
from dashboard.views.page import NOTHING, Link
from dashboard.words import terms
from data.codebook import errata
from data.i18n import Language
from data.manifest import VICTIMS, main_source
from data.releases import first_day

Row = Mapping[str, Any]
GROUP = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}


class ChangedFigure(NamedTuple):
    """A line of an entry: its words, the parameters of the passport of its figure, and the row that it is about."""

    words: str
    passport: Mapping[str, str] = NOTHING
    row: Row = NOTHING

    @property
    def sources(self) -> frozenset[str]:
        """The sources whose figures it prints."""
        return frozenset(text for name, text in self.row.items() if name.startswith("source") and text)


@dataclass(frozen=True)
class FeedEntry:
    """One thing that changed.

    Attributes:
        id: steps with slashes between them.
        day: of the release or the document, ISO 8601.
        link: the page that shows it.
        areas, indicator: the states and the indicator in whose feeds it is; empty: it is in all feeds.
    """

    id: str
    day: str
    title: str
    summary: str
    link: Link
    lines: tuple[ChangedFigure, ...] = ()
    areas: frozenset[str] = field(default_factory=frozenset)
    indicator: str = ""


def of(lang: Language, area: str = "", indicator: str = "") -> list[FeedEntry]:
    """The entries of a feed, the newest first: of a state, of an indicator, or without either of the region."""
    return [
        one
        for one in every(lang)
        if not (one.areas or one.indicator)
        or ((not area or area in one.areas) and (not indicator or indicator == one.indicator))
    ]


@cached
def every(_snap: Tables, lang: Language) -> tuple[FeedEntry, ...]:
    """All entries, the newest first; those of a release without a date have the first known day."""
    kinds = (_withdrawn, _corrections, _reports, _figures, _flows, _questions)
    found = [one for kind in kinds for one in kind(lang)]
    first = min((one.day for one in found if one.day), default=_created())
    dated = (replace(one, day=one.day or first) for one in found)
    return tuple(sorted(dated, key=lambda one: one.day, reverse=True))


def newest(lang: Language) -> str:
    """The day of the newest entry of all."""
    return max((one.day for one in every(lang)), default=_created())


def _created() -> str:
    """The day of the data version, where nothing has another."""
    return str(store.snapshot().manifest["created"][:10])


def _day(release: str) -> str:
    """The first possible day of a release; empty without one."""
    return str(first_day(release) or "")


def _named(lang: Language, area: str, indicator: str) -> str:
    """A state, and the indicator if there is one."""
    label = terms.in_sentence(terms.term(lang, "indicator", indicator)) if indicator else ""
    return f"{lang.country(area)}, {label}" if label else lang.country(area)


def _figures(lang: Language) -> Iterator[FeedEntry]:
    by = ("source", "release_from", "release_to", "indicator", "area")
    for (source, before, after, indicator, area), rows in query.figures().group_by(by, maintain_order=True):
        yield FeedEntry(
            f"revisions/{source}/{before}/{after}/{indicator}/{area}",
            _day(after),
            lang.labeled(_named(lang, area, indicator), _counted(lang, rows)),
            _step(lang, before, after, rows),
            Link("coverage", "", {INDICATOR.name: indicator, REVISIONS_STATE.name: area}, "changes"),
            tuple(_changed(lang, row) for row in rows.iter_rows(named=True)),
            frozenset({area}),
            indicator,
        )


def _changed(lang: Language, row: Row) -> ChangedFigure:
    """A changed figure: `2019, female: revised; 12 → 15`."""
    group = [word(lang, row[name]) for name, word in GROUP.items() if row[name] != "total"]
    ends = [reading(lang, row, end) for end in ("from", "to") if row[f"status_{end}"] is not None]
    kind = terms.in_sentence(terms.term(lang, "revision", row["kind"]))
    words = lang.labeled(
        ", ".join([str(row["year"]), *map(terms.in_sentence, group)]), lang.joined([kind, " → ".join(ends)])
    )
    release = row["release_from" if row["status_to"] is None else "release_to"]
    return ChangedFigure(words, keys.texts("vintages", {**row, "release": release}), row)


def _flows(lang: Language) -> Iterator[FeedEntry]:
    """The figures by citizenship that differ between two releases; the passport says which of the two is shown."""
    differing = terms.in_sentence(terms.term(lang, "table", "flow_revisions"))
    by = ("source", "release_from", "release_to", "origin", "destination")
    for (source, before, after, origin, destination), rows in query.flows().group_by(by, maintain_order=True):
        lines = []
        for row in rows.iter_rows(named=True):
            ends = " → ".join(lang.interval(row[f"low_{end}"], row[f"high_{end}"]) for end in ("from", "to"))
            passport = keys.texts("flows", row) if row["locator"] else NOTHING
            lines.append(ChangedFigure(lang.labeled(str(row["year"]), ends), passport, row))
        yield FeedEntry(
            f"flow_revisions/{source}/{before}/{after}/{origin}/{destination}",
            _day(after),
            lang.labeled(f"{lang.country(origin)} → {lang.country(destination)}{_of(lang, source)}", differing),
            _step(lang, before, after, rows),
            Link("country", "", {AREA.name: destination if destination in store.areas() else origin}),
            tuple(lines),
            frozenset({origin, destination}),
            VICTIMS,
        )


def _of(lang: Language, source: str) -> str:
    """The register whose figures they are; nothing for those of UNODC."""
    return "" if source == main_source() else f" ({terms.term(lang, 'source', source)})"


def _counted(lang: Language, rows: pl.DataFrame) -> str:
    """How many figures changed, in words; each row of a table without kinds is a change."""
    kinds = rows["kind"].to_list() if "kind" in rows.columns else ["revised"] * rows.height
    revised, new, withdrawn = map(kinds.count, ("revised", "new", "withdrawn"))
    words = {
        lang.plural("{n} figure changed", "{n} figures changed", revised): revised,
        lang.plural("{n} figure was added", "{n} figures were added", new): new,
        lang.plural("{n} figure was withdrawn", "{n} figures were withdrawn", withdrawn): withdrawn,
    }
    return lang.listing(text for text, n in words.items() if n)


def _step(lang: Language, before: str, after: str, rows: pl.DataFrame) -> str:
    return lang.text(
        "From the release of {before} to that of {after}, {changes}.",
        before=lang.date(before),
        after=lang.date(after),
        changes=_counted(lang, rows),
    )


def _questions(lang: Language) -> Iterator[FeedEntry]:
    """What is to be asked of publishers; a changed figure is an entry of its own.

    A question of an act or of migrants has no indicator: its id has the table.
    """
    titles = letters.headings(lang)
    for publisher in letters_query.publishers():
        found: dict[tuple[str, str, str, str, str], list[letters.FigureInQuestion]] = {}
        for part, every_one in letters.found(lang, publisher).items():
            for one in every_one if part != "changed" else ():
                about = part, one.area, one.key.get("indicator", ""), one.table, one.key["release"]
                found.setdefault(about, []).append(one)
        for (part, area, indicator, table, release), some in found.items():
            yield FeedEntry(
                f"questions/{publisher}/{release}/{part}/{indicator or table}/{area}",
                _day(release),
                lang.labeled(_named(lang, area, indicator), terms.in_sentence(titles[part])),
                lang.text("What to ask the publisher"),
                Link("letter", "", {TO.name: publisher}),
                tuple(_asked(lang, one) for one in some),
                frozenset({area}),
                indicator,
            )


def _asked(lang: Language, one: letters.FigureInQuestion) -> ChangedFigure:
    return ChangedFigure(f"{lang.labeled(f'{one.what}, {one.year}', one.says)} {one.asks}", one.where, one.key)


def _corrections(lang: Language) -> Iterator[FeedEntry]:
    for row in disputes().iter_rows(named=True):
        line = ChangedFigure(corrections_words.named(lang, row), keys.texts("evidence", row), row)
        yield FeedEntry(
            f"corrections/{row['id']}/{row['version']}",
            str(row["date"] or _day(row["release"])),
            lang.labeled(corrections_words.heading(lang), corrections_words.figure(lang, row)),
            corrections_words.standing(lang),
            Link("sources", "", {}, "corrections"),
            (line,),
            frozenset(filter(None, (row[name] for name in ("area", "origin", "destination", "actor")))),
            row["indicator"] or VICTIMS,
        )


def _reports(lang: Language) -> Iterator[FeedEntry]:
    by = ("actor", "kind", "source", "release")
    for (actor, kind, source, release), rows in query.reports().group_by(by, maintain_order=True):
        lines = []
        for row in rows.iter_rows(named=True):
            finding = lang.labeled(names.title(lang, row["paragraph"]), ledger_words.finding(lang, row))
            lines.append(ChangedFigure(finding, keys.texts("evidence", row), row))
        label = terms.term(lang, "entry_kind", kind)
        yield FeedEntry(
            f"reports/{source}/{release}/{kind}/{actor}",
            str(rows["date"].max() or _day(release)),
            lang.labeled(terms.term(lang, "actor", actor), terms.in_sentence(label)),
            label,
            Link("declaration", "", {}),
            tuple(lines),
            frozenset({actor}),
        )


def _withdrawn(lang: Language) -> Iterator[FeedEntry]:
    """Withdrawn data versions, which concern everybody who cited one."""
    for row in errata().iter_rows(named=True):
        yield FeedEntry(
            f"errata/{row['snapshot']}",
            str(row["withdrawn"]),
            lang.labeled(lang.text("Withdrawn data versions"), row["snapshot"]),
            terms.term(lang, "withdrawn", row["reason"]),
            Link("sources", "", {}, "errata"),
        )
