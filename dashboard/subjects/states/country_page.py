"""The page "Country": what is known of one state; without a state, all of them to choose from."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.identities import query as identities
from dashboard.subjects.identities import words as identity_words
from dashboard.subjects.passports import acts as act_passports
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import (
    country_flows,
    country_index,
    country_registers,
    country_scene,
    country_words,
    dated,
    files,
    flows,
    profile,
    profile_tables,
    profile_words,
    query,
    register_lists,
    registers,
    registers_words,
    tables,
    words,
)
from dashboard.subjects.states.briefing import COUNTRY_PAPER
from dashboard.subjects.states.filters import COUNTRY
from dashboard.subjects.states.page_figures import OVER_TIME, SERIES, VICTIMS
from dashboard.subjects.states.victims import VICTIMS as VICTIMS_DETECTED
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import (
    Beside,
    Block,
    BriefingFiles,
    Controls,
    Files,
    Fold,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    Links,
    Page,
    Pairs,
    Remarks,
    Section,
    Table,
    Text,
)
from dashboard.words import served, terms
from dashboard.words.tables import sheet
from data.i18n import N_, Language

# Marks open the passports of figures.
OPENS = partial(blocks.opened, row_keys.FIGURE)


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    area, edition = values.value(AREA), values.value(EDITION)
    content = {
        "victims": _victims(lang, area, edition, values),
        "flows": country_flows.counted(lang, area, edition, values),
        "response": _response(lang, area, edition, values),
        "described": country_flows.described(lang, area, edition, values),
        country_registers.ANCHOR: country_registers.section(lang, area, edition),
        "treaties": _treaties(lang, area, edition, values),
        "record": _record(lang, area, edition),
    }
    titles = _titles(lang, area, edition)
    yield Section("", "state", (Controls((AREA, EDITION), alphabetical=(AREA.name,)), *blocks.edition(lang, edition)))
    contents = Links([Link("", title, anchor=anchor) for anchor, title in titles.items()])
    yield Section("", "key-figures", (*_key_figures(lang, area, edition, values), contents))
    yield from (Section(title, anchor, tuple(content[anchor])) for anchor, title in titles.items())


def _titles(lang: Language, area: str, edition: str) -> dict[str, str]:
    """The headings of the sections by anchor, in order: those that have a figure first."""
    drawn = {
        "flows": any(one.first for one in flows.in_order(area, edition).values()),
        "victims": profile.groups(area, edition),
        "response": profile.latest(area, edition),
        "described": routes_query.arrows(routes_filters.of_state(area, "stated", edition)).every.height,
    }
    titles = {
        "flows": terms.term(lang, "evidence", "counted"),
        "victims": lang.text("Who the detected victims are"),
        "response": lang.text("Criminal justice response"),
        "described": lang.text("Routes described in reports"),
    }
    return {
        **{anchor: titles[anchor] for anchor in sorted(drawn, key=lambda one: not drawn[one])},
        # Few states have a register.
        **({country_registers.ANCHOR: registers_words.title(lang)} if registers.registers(area, edition) else {}),
        "treaties": lang.text("Treaties, laws, Declaration"),
        "record": lang.text("Briefing and sources"),
    }


def _key_figures(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """A card for each indicator that the state reported: the latest figure, the one before, and its source."""
    shown = profile.latest(area, edition) or profile.latest_others(area, edition)
    if cards := [*_abroad(lang, area, edition), *(_card(lang, one, area, edition) for one in shown)]:
        yield KeyFigures(cards)
    figures = partial(passports.figures, lang, row_keys.FIGURE, area, edition)
    yield from passport(lang, row_keys.FIGURES, values.value(row_keys.FIGURES), figures)
    figure = partial(passports.of_state, lang, area, edition)
    yield from passport(lang, row_keys.FIGURE, values.value(row_keys.FIGURE), figure)


def _abroad(lang: Language, area: str, edition: str) -> Iterator[KeyFigure]:
    """What other countries list of the citizens of a state that has no total of its own."""
    listed = profile_words.abroad(lang, area, flows.ends(area, "origin", edition))
    if listed and not profile.latest_total(area, edition):
        label, figure, where = listed
        yield KeyFigure(label, figure, [where], Link("", "", anchor="flows"))


def _card(lang: Language, one: profile.Latest, area: str, edition: str) -> KeyFigure:
    # Each link with words of its own: a list of links read aloud does not say which card they are on.
    source = profile_words.source_of(lang, one.indicator)
    return KeyFigure(
        terms.term(lang, "indicator", one.indicator),
        profile_words.on_card(lang, one.row),
        country_words.card_lines(lang, one, area, edition),
        blocks.opened(row_keys.FIGURE, f"{one.indicator}.{one.row['year']}", source),
    )


def _victims(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """The victims by sex, age and form; one line for what the state does not report."""
    found = profile.groups(area, edition)
    if found:
        yield blocks.graphic(VICTIMS, values, "victims", opens=OPENS)
    lacking = profile_words.no_profile(lang, found, profile.record(area, edition).years)
    unusual = identities.newest().filter(pl.col("kind") == identities.UNUSUAL, pl.col("area") == area)
    said = lacking, words.explained(lang, []), identity_words.unusual(lang, unusual)
    yield Text([" ".join(filter(None, said))])


def _response(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """Detected victims, investigations, prosecutions and convictions by year, and every figure in a folded part."""
    latest = profile.latest(area, edition)
    if latest:
        yield blocks.graphic(SERIES, values, "series", opens=OPENS)
    # The opening has the victims.
    codes = [code for code in profile.key_figures() if code != VICTIMS_DETECTED]
    known = latest or profile.latest_others(area, edition) or query.others(area).height
    lacking = profile_words.missing(lang, latest, codes) if known else profile_words.no_response(lang, area)
    yield Text([*filter(None, [lacking])])
    if latest and (figure := values.value(row_keys.FIGURE)):
        yield blocks.opened(row_keys.FIGURE, figure, lang.text("Details of your selection"))
    yield Fold("series", lang.text("Every figure with its source"), lambda: tuple(_years(lang, area, edition)))
    yield Files(files.state(lang, area, edition))


def _years(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """The tables of every figure, of the years reported, and of other counts and surveys."""
    rows, others, of = query.state_rows(area, edition), query.others(area), {AREA.name: area}
    every, gaps = lang.text("Every figure with its source"), lang.text("Years with a figure")
    yield Remarks(country_words.remarks(lang, area, edition))
    yield from row_table(lang, "series", every, tables.series_sheet(area, edition, lang), rows, row_keys.FIGURE, of=of)
    indicators = rows.select("indicator").unique(maintain_order=True)
    sheet_of = sheet(tables.gaps(query.state(area, edition), lang))
    if table := row_table(lang, "gaps", gaps, sheet_of, indicators, row_keys.FIGURES, of=of):
        yield from (Heading(gaps), *table)
    title, sheet_of = files.others_title(lang), sheet(tables.others(others, lang))
    if table := row_table(lang, "others", title, sheet_of, others, row_keys.FIGURE, of=of):
        yield from (Heading(title), *table, Files(files.others(lang, area)))


def _treaties(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """How the state stands toward the treaties on trafficking, its law and the Declaration; the rest is folded."""
    closings, shown = treaties_query.closings(), treaties_query.shown()
    laws = treaties_query.laws().filter(area=area)
    first, *others = treaties_words.of_state(lang, treaties_query.matrix().filter(area=area), closings)
    yield Beside([[Pairs([first, *profile_tables.laws(lang, laws)])], [*_declaration(lang, area)]])
    for key, show in ((row_keys.ACT, act_passports.act), (row_keys.LAW, act_passports.law)):
        yield from passport(lang, key, values.value(key), partial(show, lang))
    limits = Text(treaties_words.limits(lang, treaties_words.as_of(lang, closings, shown)), "small")
    title = lang.text("Other treaties, and each treaty action with its source")
    ways = Link("instruments", lang.text("Treaties and laws of all states"))
    acts = treaties_query.acts(shown).filter(area=area)
    yield Fold("acts.country", title, lambda: (limits, Pairs(others), *_acts(lang, title, acts, laws), ways))
    if profile.latest(area, edition) and dated.rows(lang, area):
        over_time = blocks.graphic(OVER_TIME, values, "laws", opens=OPENS)
        yield Fold("over_time", words.over_time(lang), lambda: (over_time,))


def _acts(lang: Language, title: str, acts: pl.DataFrame, laws: pl.DataFrame) -> tuple[Block, ...]:
    of_acts = sheet(treaties_tables.acts(acts, lang, treaties_query.closings()))
    # A title of its own: two regions of a page with one name cannot be told apart by ear.
    of_laws, heading = sheet(treaties_tables.laws(laws, lang)), treaties_words.laws_heading(lang)
    return (
        *row_table(lang, "acts", title, of_acts, acts, row_keys.ACT),
        *row_table(lang, "laws", heading, of_laws, laws, row_keys.LAW),
    )


def _declaration(lang: Language, area: str) -> Iterator[Block]:
    """What is known of the state on the declaration, and the way to the page on it."""
    for note in words.membership(lang, area):
        yield Text((note,), "notice")
    yield Text([" ".join(country_words.declaration(lang, area))])
    label = lang.text("{state}: what we found for each paragraph", state=lang.country(area))
    yield Link("declaration", label, {"scope": "state", AREA.name: area})


def _record(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """How often the state reported and how sure its total is, the briefing, and what the page rests on."""
    found = profile.record(area, edition)
    reported = profile_words.record(lang, found) if found.years else profile_words.alike(lang, found)
    known = Text([" ".join(filter(None, [reported, country_words.certainty(lang, area, edition)]))])
    letter = Link("letter", lang.text("A letter on what is missing"), {"to": area})
    yield Beside([[known], [BriefingFiles(area), letter]])
    yield Fold("sources", lang.text("Sources, terms, years"), lambda: _behind(lang, area, edition))


def _behind(lang: Language, area: str, edition: str) -> tuple[Block, ...]:
    """The releases and terms of the page, and the years of the state beside those of states that report alike."""
    known = blocks.terms(lang, "formal_contact", "fewer_than_five", "release", "statement")
    title = lang.text("Years with a figure, compared with states with a similar record")
    links = [blocks.state(one) for one in (area, *lang.sorted_countries(profile.record(area, edition).alike))]
    return (
        Remarks(served.lines(lang, served.served(_cells(area, edition)))),
        Link("sources", lang.text("All sources, licenses and checks")),
        Heading(known.label),
        Remarks(known.lines),
        Heading(title),
        Remarks(profile_words.parts_alone(lang, profile.parts_alone(area, edition))),
        Table("alike", title, profile_tables.record_sheet(area, edition, lang), links=links),
    )


def _cells(area: str, edition: str) -> pl.DataFrame:
    """Source, release and year of every row shown of a state."""
    columns = ["source", "release", "year"]
    selections = [routes_filters.of_state(area, kind, edition) for kind in routes_filters.EVIDENCE.options]
    frames = (
        query.state_rows(area, edition),
        query.others(area),
        *(one.rows for one in registers.registers(area, edition)),
        *([listed.rows] if (listed := register_lists.lists(area, edition)) else []),
        *map(routes_query.cells, selections),
        routes_query.roles((area,), *routes_filters.years()),
        treaties_query.act_years(area),
    )
    return pl.concat([frame.select(pl.col(columns).cast(pl.String)) for frame in frames])


COUNTRY_PAGE = Page(
    slug="country",
    title=N_("Country"),
    purpose=N_("One state: its figures, where its citizens are detected, its treaties and laws, and what it reports."),
    filters=(
        *COUNTRY,
        row_keys.FIGURE,
        row_keys.FIGURES,
        row_keys.ROLE,
        row_keys.ACT,
        row_keys.LAW,
        *row_keys.ARROWS_OF.values(),
    ),
    path=(AREA,),
    heading=lambda lang, values: lang.country(values.value(AREA)),
    lead=lambda lang, values: country_words.opening(lang, values.value(AREA), values.value(EDITION)),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    index=Page(
        slug="country",
        title=N_("Country"),
        purpose=N_(
            "The 35 states, each with a page of its own: its figures, victims’ citizenship, described "
            "routes, treaties and laws."
        ),
        sections=lambda lang, _values: country_index.sections(lang),
    ),
    scene=country_scene.scene,
    paper=COUNTRY_PAPER,
    feed=lambda values: f"country/{values.value(AREA)}/",
)
