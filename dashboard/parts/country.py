"""The sections of page "Country", in the order of the page."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from dashboard import editions
from dashboard.export import downloads
from dashboard.parts import act_passport, passport
from dashboard.parts.selected_row import SelectedRow
from dashboard.shell import blocks, filters, layout, state_flows
from dashboard.stage import component
from dashboard.subjects.coverage import revisions
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import certainty_words, own_citizens, profile, profile_tables, profile_words
from dashboard.subjects.states import files as states_files
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.states.standing import doubted, standing
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.filters import Form
from dashboard.words import countries, served, tables, terms
from data.i18n import Language

DIRECTIONS = state_flows.DIRECTIONS


def opening(lang: Language, area: str, edition: str) -> str:
    """The first words of the page, on two lines: what is known of the state, and how sure it is."""
    found = standing(area, VICTIMS, edition)
    changing = "" if found is None or found.kind == "contradicted" else certainty_words.standing(lang, found)
    known = state_flows.opening(lang, area, edition, changing)
    return "\n".join(filter(None, [known, _certainty(lang, area, edition)]))


def _certainty(lang: Language, area: str, edition: str) -> str:
    """How sure the total of a state is, else its flows; of an earlier release nothing is said."""
    total = next((one.row for one in profile.latest(area, edition) if one.indicator == VICTIMS), None)
    if total is None:
        return certainty_words.of_flows(lang, [ends(area, edition, position) for position in DIRECTIONS])
    readings = revisions.releases(VICTIMS, area).filter(year=total["year"])
    found = standing(area, VICTIMS, edition)
    lines = [
        certainty_words.of_total(lang, readings, found) if edition == editions.NEWEST else "",
        profile_words.same(lang, _same(area, edition, opens=True)),
        own_citizens.words(lang, own_citizens.break_in(area, edition)),
    ]
    return " ".join(filter(None, lines))


def _same(area: str, edition: str, *, opens: bool) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Which key figures are one number, and in which years: those that concern the latest total, or the others."""
    last = next((one.row["year"] for one in profile.latest(area, edition) if one.indicator == VICTIMS), None)
    return {
        codes: years
        for codes, years in profile.same(area, edition).items()
        if (VICTIMS in codes and last in years) == opens
    }


def ends(area: str, edition: str, position: str) -> profile.Ends:
    """Where citizens of a state were detected (`origin`), or whose citizens it detected (`destination`)."""
    return state_flows.ends(area, position, edition)


def titles(lang: Language) -> dict[str, str]:
    """The headings of the sections, by anchor."""
    return {
        "key-figures": lang.text("Key figures"),
        "victims": lang.text("Who the victims are"),
        "flows": lang.text("Where victims are detected"),
        "response": lang.text("Criminal justice response"),
        "treaties": lang.text("Treaties and laws"),
        "declaration": lang.text("Declaration of Mexico (2018)"),
        "record": lang.text("Years with data"),
        "sources": lang.text("Sources"),
    }


def contents(lang: Language) -> None:
    """Links to the sections of the page."""
    with st.container(key="contents"):
        st.markdown(" · ".join(f"[{layout.plain(title, 100)}](#{anchor})" for anchor, title in titles(lang).items()))


def _heading(lang: Language, anchor: str) -> None:
    st.header(titles(lang)[anchor], anchor=anchor)


def key_figures(lang: Language, area: str, edition: str) -> None:
    """A card for each indicator that the state reported: the latest figure, the one before, and its source."""
    _heading(lang, "key-figures")
    figures = profile.latest(area, edition)
    if shown := figures or profile.latest_offences(area, edition):
        with st.container(key="cards"):
            for one in shown:
                _card(lang, one, area, edition)
    st.markdown("  \n".join(remarks(lang, area, edition)))


def remarks(lang: Language, area: str, edition: str) -> list[str]:
    """The lines below the key figures."""
    figures = profile.latest(area, edition)
    lines = (
        # The opening has the victims.
        profile_words.missing(lang, figures, [code for code in profile.KEY if code != VICTIMS]),
        profile_words.same(lang, _same(area, edition, opens=False)),
        profile_words.shifted(lang, profile.shifted(area, edition)),
        certainty_words.caution(lang, standing(area, VICTIMS, edition)),
    )
    return [*filter(None, lines)]


def card_lines(lang: Language, one: profile.Latest, area: str, edition: str) -> list[str]:
    """The lines below a key figure: the one before, how it stands among all of them, and what it was a release ago.

    The opening says all this of the total of victims; that its parts contradict it stands beside it, too.
    """
    found = standing(area, one.indicator, edition)
    apart = doubted(area, one.indicator, edition)
    lines = [profile_words.before(lang, one, apart)]
    opened = one.indicator == VICTIMS
    if found and found.kind not in {"only", "other"} and (not opened or found.kind == "contradicted"):
        lines.append(certainty_words.standing(lang, found))
    if edition == editions.NEWEST:
        readings = revisions.releases(one.indicator, area)
        if not opened:
            lines.append(certainty_words.revised(lang, readings.filter(year=one.row["year"])))
        if one.before and not {one.row["year"], one.before["year"]} & {*apart}:
            year = one.before["year"]
            lines.append(certainty_words.before_revised(lang, readings.filter(year=year), year))
    return [*filter(None, lines)]


def _card(lang: Language, one: profile.Latest, area: str, edition: str) -> None:
    with st.container(border=True, key=f"card.{one.indicator}", gap=None):
        st.metric(terms.term(lang, "indicator", one.indicator), profile_words.key_figure(lang, one.row))
        st.markdown("  \n".join(card_lines(lang, one, area, edition)))
        mark = f"{one.indicator}.{one.row['year']}"
        open_passport = partial(filters.put, row_keys.FIGURE, mark)
        # Each with a name of its own: a list of buttons read aloud does not say which card they are on.
        label = profile_words.source_of(lang, one.indicator)
        st.button(label, key=f"source.{one.indicator}", type="tertiary", on_click=open_passport)


def victims(lang: Language, area: str, edition: str) -> None:
    """The victims by sex, age and form; one line for what the state does not report."""
    _heading(lang, "victims")
    found = profile.groups(area, edition)
    if found:
        open_passport = partial(filters.put, row_keys.FIGURE)
        component.show(
            lang, "victims", filters.values(*states_filters.COUNTRY), key="victims.country", on_open=open_passport
        )
    if lacking := profile_words.no_profile(lang, found, profile.record(area, edition).years):
        st.markdown(lacking)


def flows(lang: Language, area: str, edition: str) -> None:
    """Citizens detected abroad beside victims detected here; one line for a direction without a flow."""
    _heading(lang, "flows")
    found = state_flows.in_order(area, edition)
    drawn = [position for position, one in found.items() if one.first]
    spec, selection = row_keys.ARROWS_OF["counted"], routes_filters.of_state(area, "counted", edition)
    if drawn:
        st.caption(layout.plain(flow_numbers(lang, area, edition, drawn), 400))
    with st.container(key="flows"):
        for position in drawn:
            with st.container(key=f"flows.{position}"):
                st.subheader(profile_words.flows_title(lang, area, found[position], position), anchor=False)
                if words := flow_caption(lang, area, edition, position):
                    st.caption(words)
                _map(lang, spec, "counted", position, beside=len(drawn))
    for position in (one for one in DIRECTIONS if one not in drawn):
        st.markdown(profile_words.no_flows(lang, area, position))
    if drawn:
        remarks = routes_words.beside_map(lang, selection, routes_filters.CAPTIONS)
        with blocks.folded(lang.text("About these maps"), "about.maps") as opened:
            if opened:
                blocks.remarks([*remarks, *_two_releases(lang, area, selection)])
    _arrows(lang, area, selection, spec)


def flow_numbers(lang: Language, area: str, edition: str, drawn: Sequence[str]) -> str:
    """What the numbers on the maps of the flows in these directions mean."""
    shown = pl.concat([state_flows.counted(area, position, edition).shown for position in drawn])
    return routes_words.numbers(lang, routes_filters.of_state(area, "counted", edition), shown)


def flow_caption(lang: Language, area: str, edition: str, position: str) -> str:
    """The sentences above the map of the flows in a direction; empty if there is nothing to say."""
    words = [_limited(lang, state_flows.counted(area, position, edition))]
    # Without a total of its own the opening has the sum.
    if position == "origin" and any(one.indicator == VICTIMS for one in profile.latest(area, edition)):
        words.insert(0, profile_words.together(lang, area, ends(area, edition, position)))
    return " ".join(filter(None, words))


def _limited(lang: Language, found: routes_query.Arrows) -> str:
    """How many of the arrows a map shows, as a sentence; empty if all."""
    words = routes_words.limited(lang, found)
    return f"{words}." if words else ""


def _two_releases(lang: Language, area: str, selection: routes_query.Filter) -> list[str]:
    """Why the flows and the figures of a state come from two releases of UNODC, if they do."""
    cells = routes_query.cells(selection), states_query.state_rows(area, selection.edition)
    rows = pl.concat([frame.select(served.CELL) for frame in cells]).filter(source=editions.SOURCE)
    found = [one.release for one in served.served(rows)]
    lists = routes_query.cells(routes_query.Filter(edition=selection.edition)).filter(release=found[0])
    if len(found) == 1 or lists.is_empty():
        return []
    return [one for one in [routes_words.releases(lang, found[0], found[-1], max(lists["year"]))] if one]


def _map(lang: Language, spec: Form, evidence: str, position: str, beside: int = 1) -> None:
    given = {routes_filters.EVIDENCE.name: evidence, routes_filters.POSITION.name: position}
    component.show(
        lang,
        "state_routes",
        given | filters.values(*states_filters.COUNTRY),
        key=f"map.{evidence}.{position}",
        on_open=partial(blocks.open_arrow, lang, spec),
        beside=beside,
    )


def _arrows(lang: Language, area: str, selection: routes_query.Filter, spec: Form) -> None:
    """The folded table of the arrows of one kind of evidence, with the passport of one of them."""
    found = routes_query.arrows(selection)
    arrows = SelectedRow(lang, spec, partial(passport.arrow, lang, selection))
    title = routes_words.heading(lang, selection, area, short=True)
    if found.choice.height:
        with blocks.folded(title, selection.evidence) as opened:
            if opened:
                sheet, view = routes_tables.every_sheet(selection, lang), routes_files.arrows(lang, selection, area)
                arrows.table(sheet, title, f"table.{selection.evidence}", found.choice, view=view)
    arrows.finish()


def described(lang: Language, area: str, edition: str) -> None:
    """The routes that reports describe, and the roles that they name; one line if there are none."""
    selection = routes_filters.of_state(area, "stated", edition)
    st.subheader(routes_words.described(lang, routes_words.period(lang, selection)), anchor="described")
    spec, found = row_keys.ARROWS_OF["stated"], routes_query.arrows(selection)
    if found.every.height:
        sentences = routes_words.finding(found, lang, selection), _limited(lang, found)
        st.caption("  \n".join(filter(None, sentences)))
        _map(lang, spec, "stated", "any")
        if remarks := routes_words.beside_map(lang, selection, routes_filters.CAPTIONS):
            with blocks.folded(lang.text("About this map"), "about.described") as opened:
                if opened:
                    blocks.remarks(remarks)
    else:
        st.markdown(lang.text("These reports describe no route {of_state}.", of_state=countries.of(lang, area)))
    _arrows(lang, area, selection, spec)


def roles(lang: Language, area: str, role: SelectedRow) -> None:
    """The folded table of the roles that reports name."""
    years = routes_filters.years()
    rows, title = routes_query.roles((area,), *years), lang.text("Roles in US government reports")
    if rows.is_empty():
        return
    with blocks.folded(title, "roles") as opened:
        if opened:
            sheet = routes_tables.roles_sheet((area,), *years, lang)
            view = routes_files.roles(lang, (area,), years, "country")
            role.table(sheet, title, "table.roles", rows, view=view)


def response(lang: Language, area: str, edition: str, figure: SelectedRow, figures: SelectedRow) -> None:
    """Detected victims, investigations, prosecutions and convictions by year, with every figure in folded tables."""
    _heading(lang, "response")
    latest = profile.latest(area, edition)
    if latest:
        open_passport = partial(filters.put, row_keys.FIGURE)
        component.show(
            lang, "series", filters.values(*states_filters.COUNTRY), key="series.country", on_open=open_passport
        )
        if filters.value(row_keys.FIGURE):
            label = lang.text("Details of your selection")
            st.markdown(f"[{label}](#passport-{row_keys.FIGURE.name})")
    else:
        st.markdown(profile_words.no_response(lang, area))
    if latest or profile.latest_offences(area, edition):
        _years(lang, area, edition, figure, figures)
    others = states_query.others(area)
    if others.height:
        with blocks.folded(title := lang.text("Other counts and surveys: the SDG database"), "others") as opened:
            if opened:
                sheet, view = states_tables.others_sheet(area, lang), states_files.others(lang, area)
                figure.table(sheet, title, "table.others", others, view=view)
    downloads.view(lang, states_files.state(lang, area, edition))


def _years(lang: Language, area: str, edition: str, figure: SelectedRow, figures: SelectedRow) -> None:
    """The folded tables of the reported years, and of every figure."""
    rows = states_query.state_rows(area, edition)
    with blocks.folded(title := lang.text("Years reported"), "gaps") as opened:
        if opened:
            every = rows.select("indicator").unique(maintain_order=True)
            figures.table(states_tables.gaps_sheet(area, edition, lang), title, "table.gaps", every)
    with blocks.folded(title := lang.text("Every figure with its source"), "series") as opened:
        if opened:
            figure.table(states_tables.series_sheet(area, edition, lang), title, "table.series", rows)


def treaties(lang: Language, area: str) -> None:
    """The acts of the state on each treaty, and the law named for it."""
    _heading(lang, "treaties")
    acts = treaties_query.acts(treaties_query.TREATIES).filter(area=area)
    laws = treaties_query.laws().filter(area=area)
    blocks.pairs(lang, profile_tables.treaties(lang, acts, laws, treaties_query.closing()))
    act = SelectedRow(lang, row_keys.ACT, partial(act_passport.act, lang))
    law = SelectedRow(lang, row_keys.LAW, partial(act_passport.law, lang))
    with blocks.folded(title := lang.text("Each treaty action with its source"), "acts.country") as opened:
        if opened:
            sheet = tables.sheet(treaties_tables.acts(acts, lang, treaties_query.closing()))
            act.table(sheet, title, "table.acts.country", acts)
            # A title of its own: two regions of a page with one name cannot be told apart by ear.
            sheet, title = tables.sheet(treaties_tables.laws(laws, lang)), treaties_words.laws_heading(lang)
            law.table(sheet, title, "table.laws.country", laws)
    act.finish()
    law.finish()
    layout.link(lang, "instruments", lang.text("Treaties and laws of all states"))


def declaration(lang: Language, area: str) -> None:
    """What is known of the state on the declaration, and the way to the page on it."""
    _heading(lang, "declaration")
    cells = ledger_query.cells(ledger_query.Filter()).filter(pl.col("actor") == area)
    progress = ledger_query.statuses(ledger_query.Filter(actors=(area,)))
    blocks.remarks(profile_words.declaration(lang, cells["grade"].to_list(), progress))
    label = lang.text("{state}: what we found for each paragraph", state=lang.country(area))
    layout.link(lang, "declaration", label, scope="state", area=area)


def record(lang: Language, area: str, edition: str) -> None:
    """How often the state reported, beside the states that report alike."""
    _heading(lang, "record")
    found = profile.record(area, edition)
    lines = [profile_words.record(lang, area, found)] if found.years else [profile_words.alike(lang, found)]
    st.markdown(
        "  \n".join([*filter(None, lines), *profile_words.parts_alone(lang, profile.parts_alone(area, edition))])
    )
    with blocks.folded(
        title := lang.text("Years reported, compared with states with a similar record"), "alike"
    ) as opened:
        if opened:
            blocks.table(profile_tables.record_sheet(area, edition, lang), title, "table.alike")


def sources(lang: Language, area: str, edition: str) -> None:
    """The releases that the figures and flows of the page come from."""
    _heading(lang, "sources")
    with blocks.folded(lang.text("The releases on this page"), "releases") as opened:
        if opened:
            blocks.remarks(served.lines(lang, served.served(_cells(area, edition))))
    layout.link(lang, "sources", lang.text("All sources, licenses and checks"))


def _cells(area: str, edition: str) -> pl.DataFrame:
    """Source, release and year of every row shown of a state."""
    columns = ["source", "release", "year"]
    selections = [routes_filters.of_state(area, kind, edition) for kind in routes_filters.EVIDENCE.options]
    frames: Sequence[pl.DataFrame] = (
        states_query.state_rows(area, edition),
        states_query.others(area),
        *map(routes_query.cells, selections),
        routes_query.roles((area,), *routes_filters.years()),
    )
    every = (*frames, treaties_query.act_years(area))
    return pl.concat([frame.select(pl.col(columns).cast(pl.String)) for frame in every])
