"""The page "Country": what is known of one state; without a state, all of them to choose from."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.agreement import blocks as agreement
from dashboard.subjects.identities import query as identities
from dashboard.subjects.identities import words as identity_words
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.movements import blocks as movements
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.pair.ways import chooser
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
    titles = _titles(lang, area, edition)
    yield Section("", "state", (Controls((AREA, EDITION), alphabetical=(AREA.name,)), *blocks.edition(lang, edition)))
    content = {
        "key-figures": (*_key_figures(lang, area, edition, values), *_ways_in(lang, area, edition)),
        country_registers.ANCHOR: country_registers.section(lang, area, edition),
        "victims": _victims(lang, area, edition, values),
        "flows": (*country_flows.counted(lang, area, edition, values), chooser(lang, area)),
        "described": country_flows.described(lang, area, edition, values),
        "agreement": agreement.state(lang, area),
        "response": _response(lang, area, edition, values),
        "treaties": (*_over_time(lang, area, edition, values), *_treaties(lang, area, values)),
        "declaration": _declaration(lang, area),
        "record": _record(lang, area, edition),
        "movements": movements.state(lang, area, (AREA,)),
        "sources": _sources(lang, area, edition),
    }
    for anchor, title in titles.items():
        yield Section(title, anchor, tuple(content[anchor]))
        if anchor == "flows":
            yield Section(lang.text("Routes described in reports"), "described", tuple(content["described"]))


def _titles(lang: Language, area: str, edition: str) -> dict[str, str]:
    """The headings of the sections in the list of contents, by anchor, in order: the first one has a figure."""
    who, where = lang.text("Who the detected victims are"), lang.text("Where victims are detected")
    first = {"victims": who, "flows": where} if profile.groups(area, edition) else {"flows": where, "victims": who}
    # Few states have a register.
    registered = registers.registers(area, edition)
    return {
        "key-figures": lang.text("Key figures"),
        **first,
        **({country_registers.ANCHOR: registers_words.title(lang)} if registered else {}),
        "agreement": lang.text("Agreement of evidence"),
        "response": lang.text("Criminal justice response"),
        "treaties": lang.text("Treaties and laws"),
        "declaration": lang.text("Declaration of Mexico (2018)"),
        "record": lang.text("Years with data"),
        "movements": movements_words.title(lang),
        "sources": lang.text("Sources"),
    }


def _key_figures(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """A card for each indicator that the state reported: the latest figure, the one before, and its source."""
    shown = profile.latest(area, edition) or profile.latest_others(area, edition)
    if cards := [*_abroad(lang, area, edition), *(_card(lang, one, area, edition) for one in shown)]:
        yield KeyFigures(cards)
    yield from country_registers.verdicts(lang, area, edition)
    figures = partial(passports.figures, lang, row_keys.FIGURE, area, edition)
    yield from passport(lang, row_keys.FIGURES, values.value(row_keys.FIGURES), figures)
    figure = partial(passports.of_state, lang, area, edition)
    yield from passport(lang, row_keys.FIGURE, values.value(row_keys.FIGURE), figure)


def _abroad(lang: Language, area: str, edition: str) -> Iterator[KeyFigure]:
    """What other countries list of the citizens of a state that has no total of its own."""
    total = any(one.indicator == VICTIMS_DETECTED for one in profile.latest(area, edition))
    listed = profile_words.abroad(lang, area, flows.ends(area, "origin", edition))
    if not total and listed:
        label, figure, where = listed
        yield KeyFigure(label, figure, [where], Link("", "", anchor="flows"))


def _card(lang: Language, one: profile.Latest, area: str, edition: str) -> KeyFigure:
    # Each link with words of its own: a list of links read aloud does not say which card they are on.
    source = profile_words.source_of(lang, one.indicator)
    return KeyFigure(
        terms.term(lang, "indicator", one.indicator),
        profile_words.key_figure(lang, one.row),
        country_words.card_lines(lang, one, area, edition),
        blocks.opened(row_keys.FIGURE, f"{one.indicator}.{one.row['year']}", source),
    )


def _ways_in(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """The list of contents, and the briefing."""
    yield Links([Link("", title, anchor=anchor) for anchor, title in _titles(lang, area, edition).items()])
    yield BriefingFiles(area)


def _victims(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """The victims by sex, age and form; one line for what the state does not report."""
    found = profile.groups(area, edition)
    if found:
        yield blocks.graphic(VICTIMS, values, "victims", opens=OPENS)
    lacking = profile_words.no_profile(lang, found, profile.record(area, edition).years)
    unusual = identities.newest().filter(pl.col("kind") == identities.UNUSUAL, pl.col("area") == area)
    said = lacking, country_words.caution(lang, area, edition), identity_words.unusual(lang, unusual)
    yield Text([*filter(None, said)])


def _response(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """Detected victims, investigations, prosecutions and convictions by year, with every figure in folded tables."""
    latest = profile.latest(area, edition)
    others = query.others(area)
    if latest:
        yield blocks.graphic(SERIES, values, "series", opens=OPENS)
    elif others.is_empty() and not profile.latest_others(area, edition):
        yield Text((profile_words.no_response(lang, area),))
    yield Text(country_words.remarks(lang, area, edition))
    figure = values.value(row_keys.FIGURE)
    if latest and figure:
        yield blocks.opened(row_keys.FIGURE, figure, lang.text("Details of your selection"))
    if latest or profile.latest_others(area, edition):
        yield from _years(lang, area, edition)
    title = files.others_title(lang)
    if others.height:
        yield Fold(
            "others",
            title,
            lambda: (
                *row_table(
                    lang,
                    "others",
                    title,
                    tables.others_sheet(area, lang),
                    others,
                    row_keys.FIGURE,
                    of={AREA.name: area},
                ),
                Files(files.others(lang, area)),
            ),
        )
    yield Files(files.state(lang, area, edition))


def _years(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """The folded tables of the reported years, and of every figure."""
    rows, of = query.state_rows(area, edition), {AREA.name: area}
    gaps, every = lang.text("Years reported"), lang.text("Every figure with its source")
    indicators = rows.select("indicator").unique(maintain_order=True)
    yield Fold(
        "gaps",
        gaps,
        lambda: row_table(
            lang, "gaps", gaps, tables.gaps_sheet(area, edition, lang), indicators, row_keys.FIGURES, of=of
        ),
    )
    yield Fold(
        "series",
        every,
        lambda: row_table(
            lang, "series", every, tables.series_sheet(area, edition, lang), rows, row_keys.FIGURE, of=of
        ),
    )


def _over_time(lang: Language, area: str, edition: str, values: Values) -> Iterator[Block]:
    """The law and the treaties beside the figures, if the state has both."""
    if profile.latest(area, edition) and dated.rows(lang, area):
        yield Heading(words.over_time(lang))
        yield blocks.graphic(OVER_TIME, values, "laws", opens=OPENS)


def _treaties(lang: Language, area: str, values: Values) -> Iterator[Block]:
    """The acts of the state on each treaty, and the law named for it."""
    closings, shown = treaties_query.closings(), treaties_query.shown()
    acts = treaties_query.acts(shown).filter(area=area)
    laws = treaties_query.laws().filter(area=area)
    yield Text(treaties_words.limits(lang, treaties_words.as_of(lang, closings, shown)), "small")
    yield Pairs(profile_tables.treaties(lang, treaties_query.matrix().filter(area=area), laws, closings))
    for key, show in ((row_keys.ACT, act_passports.act), (row_keys.LAW, act_passports.law)):
        yield from passport(lang, key, values.value(key), partial(show, lang))
    title = lang.text("Each treaty action with its source")
    yield Fold("acts.country", title, lambda: _acts(lang, title, acts, laws))
    yield Link("instruments", lang.text("Treaties and laws of all states"))


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
    cells = ledger_query.cells(ledger_query.EntryFilter()).filter(pl.col("actor") == area)
    for note in words.membership(lang, area):
        yield Text((note,), "notice")
    progress = ledger_query.statuses(ledger_query.EntryFilter(actors=(area,)))
    yield Remarks(profile_words.declaration(lang, cells["grade"].to_list(), progress))
    label = lang.text("{state}: what we found for each paragraph", state=lang.country(area))
    yield Link("declaration", label, {"scope": "state", AREA.name: area})


def _record(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """How often the state reported, beside the states that report alike."""
    found = profile.record(area, edition)
    lines = [profile_words.record(lang, area, found)] if found.years else [profile_words.alike(lang, found)]
    lines += [*profile_words.parts_alone(lang, profile.parts_alone(area, edition))]
    yield Text([*filter(None, [*lines, country_words.certainty(lang, area, edition)])])
    title = lang.text("Years reported, compared with states with a similar record")
    links = [blocks.state(one) for one in (area, *lang.sorted_countries(found.alike))]
    sheet = profile_tables.record_sheet(area, edition, lang)
    yield Fold("alike", title, lambda: (Table("alike", title, sheet, links=links),))
    yield Link("letter", lang.text("What is missing, and what to ask: a letter to copy"), {"to": area})


def _sources(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """The releases that the figures and flows of the page come from."""
    title = lang.text("The releases on this page")
    yield Fold("releases", title, lambda: (Remarks(served.lines(lang, served.served(_cells(area, edition)))),))
    yield Link("sources", lang.text("All sources, licenses and checks"))
    yield blocks.terms(lang, "formal_contact", "fewer_than_five", "release", "statement")


def _cells(area: str, edition: str) -> pl.DataFrame:
    """Source, release and year of every row shown of a state."""
    columns = ["source", "release", "year"]
    selections = [routes_filters.of_state(area, kind, edition) for kind in routes_filters.EVIDENCE.options]
    frames = (
        query.state_rows(area, edition),
        query.others(area),
        *(one.rows for one in registers.registers(area, edition)),
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
)
