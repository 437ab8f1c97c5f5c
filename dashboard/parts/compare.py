"""The comparing half of page "Explore": two states, or a state and the region, and what is recorded between two."""

from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.briefing.button import briefing
from dashboard.export import downloads
from dashboard.parts import act_passport, passport
from dashboard.parts.selected_row import SelectedRow, finish, hint
from dashboard.shell import blocks, filters
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.compare import files as compare_files
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import tables as compare_tables
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.query import REGION, Pair, measures
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary as explore_summary
from dashboard.subjects.pair import files as pair_files
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import tables, terms
from data.i18n import Language


def show(lang: Language, controls: DeltaGenerator) -> None:
    """Show a state compared with another or with the region; for two states also what is recorded between them."""
    with controls:
        filters.choose(compare_filters.ONE, alphabetical=True)
        filters.choose(compare_filters.OTHER, alphabetical=True)
        filters.choose(compare_filters.COMPARED)
        edition = filters.choose(shared.EDITION)
        above = st.container(width="content")
    pair = compare_filters.pair(filters.value)
    if pair.one == pair.other:
        st.info(lang.text("Choose another state or the region."))
        return
    record = SelectedRow(lang, row_keys.RECORD, partial(passport.record, lang, edition=edition), above)
    act = SelectedRow(lang, row_keys.TREATY_ACTS, partial(act_passport.act, lang), above)
    migrant_stock = SelectedRow(lang, row_keys.MIGRANTS, partial(passport.stock, lang), above)
    selected = (_surveyed if pair.indicator in compare_query.surveys() else _compared)(lang, pair, edition, above)
    if pair.other != REGION:
        _between(lang, pair, edition, record, act)
        _migrants(lang, pair, migrant_stock)
    finish(*selected, record, act, migrant_stock)


def _compared(lang: Language, pair: Pair, edition: str, above: DeltaGenerator) -> tuple[SelectedRow, ...]:
    """Show comparable figures; returns the tables whose selected rows are still to be shown."""
    years_table = SelectedRow(lang, row_keys.PAIR, partial(both, lang, pair, edition), above)
    component.show(lang, "compare", filters.values(*compare_filters.COMPARE), key="chart.compare", on_open=_open_year)
    blocks.edition(lang, edition)
    blocks.remarks(compare_words.of_pair(lang, pair, edition))
    rows = compare_query.rows(pair, edition)
    title = compare_words.heading(lang, rows, pair)
    with blocks.folded(lang.text("The same figures as a table"), "compared") as opened:
        if opened:
            hint(lang)
            latest = rows.sort(pl.col("indicator") != pair.indicator, "year", descending=[False, True])
            sheet = tables.sheet(compare_tables.compared(latest, lang, pair))
            years_table.table(sheet, title, "table.compare", latest)
    downloads.view(lang, compare_files.compared(title, pair, edition))
    return (years_table,)


def _surveyed(lang: Language, pair: Pair, edition: str, above: DeltaGenerator) -> tuple[SelectedRow, ...]:
    """Show surveys side by side, as they are not comparable; returns as `_compared` does."""
    figure = SelectedRow(lang, row_keys.ROW, partial(passport.of_any, lang, edition), above)
    group = SelectedRow(lang, row_keys.SURVEY_GROUP, partial(_group, lang, pair, edition), above)
    to_row = partial(filters.put, row_keys.ROW)
    component.show(lang, "compare", filters.values(*compare_filters.COMPARE), key="chart.compare", on_open=to_row)
    blocks.edition(lang, edition)
    survey = compare_query.survey(pair, edition)
    rows, title = explore_summary.ordered(survey, edition, lang), compare_words.survey_heading(lang, pair, survey.years)
    blocks.remarks(compare_words.survey_remarks(lang, rows, pair))
    if pair.other != REGION:
        figures = explore_query.rows(survey, edition)
        sheet = tables.sheet(compare_tables.surveyed(figures, lang, pair))
        group.table(sheet, title, "table.surveyed", compare_tables.survey_groups(figures))
    with blocks.folded(lang.text("Each figure with its source"), "compared") as opened:
        if opened:
            hint(lang)
            figure.table(explore_summary.table(survey, edition, lang), title, "table.compare", rows)
    if rows.height:
        downloads.view(lang, explore_files.explored(title, survey, edition, compare_files.SPECS))
    return group, figure


def _group(lang: Language, pair: Pair, edition: str, mark: str) -> bool:
    """The passports of all figures of one group of persons in both states."""
    rows = explore_query.rows(compare_query.survey(pair, edition), edition)
    group = dict(zip(row_keys.SURVEY_GROUP.columns, mark.split("."), strict=True))
    keys = rows.filter(**group).select(passports_query.FIGURE_KEY).unique(maintain_order=True)
    shown = [passport.figure(lang, edition, passports_query.Figure(**row)) for row in keys.iter_rows(named=True)]
    return any(shown)


def both(lang: Language, pair: Pair, edition: str, mark: str) -> bool:
    """The passports of both figures of a year (`detected_victims.2019`); for a median, the table of its figures."""
    code, _, year = mark.partition(".")
    if code not in measures(pair.indicator):
        return False
    shown = [passport.of_state(lang, area, edition, mark) for area in pair.states]
    if pair.other == REGION:
        title = f"{terms.term(lang, 'indicator', code)}, {year}"
        with st.container(border=True):
            st.subheader(lang.labelled(lang.text("Median of the region"), title), anchor=False)
            blocks.table(states_tables.region_sheet(code, int(year), edition, lang), title, "median")
    return any(shown) or pair.other == REGION


def _open_year(mark: str) -> None:
    """Open the passports of the year of a clicked figure, such as `BRA.detected_victims.2019`."""
    filters.put(row_keys.PAIR, mark.partition(".")[2])


def _between(lang: Language, pair: Pair, edition: str, record: SelectedRow, act: SelectedRow) -> None:
    title = pair_words.heading(lang, pair.one, pair.other)
    st.header(title, anchor=False)
    briefing(lang, pair.one, pair.other)
    flows = pair_query.between(pair.one, pair.other, edition)
    to_table = {"counted": pair_tables.counted, "stated": pair_tables.stated}
    for evidence in routes_filters.EVIDENCE.options:
        st.subheader(terms.term(lang, "evidence", evidence), anchor=False)
        rows = flows.filter(pl.col("evidence") == evidence)
        sheet = tables.sheet(to_table[evidence](rows, lang))
        if evidence == "counted" and pair_query.yearly(pair.one, pair.other, edition).height:
            _chart(lang)
        blocks.remarks(_sentences(lang, rows, pair, edition, evidence))
        record.table(
            sheet,
            lang.labelled(terms.term(lang, "evidence", evidence), terms.in_sentence(title)),
            f"table.{evidence}",
            rows,
        )
    if flows.height:
        downloads.view(lang, pair_files.between(title, pair, edition))
    _treaties(lang, pair, act)


def _migrants(lang: Language, pair: Pair, selected: SelectedRow) -> None:
    title = lang.text("Migrants between the two, as context")
    with blocks.folded(title, "migrants") as opened:
        if opened:
            st.markdown(pair_words.context(lang))
            people = pair_query.migrants(pair.one, pair.other)
            selected.table(tables.sheet(pair_tables.migrants(people, lang)), title, "table.migrants", people)
            if people.height:
                downloads.view(lang, pair_files.migrants(lang, pair))


def _chart(lang: Language) -> None:
    """The chart of victims counted in both directions, by year; a mark opens the passport of its record."""
    values = filters.values(compare_filters.ONE, compare_filters.OTHER, shared.EDITION)
    component.show(lang, "between", values, key="chart.between", on_open=partial(filters.put, row_keys.RECORD))


def _sentences(lang: Language, rows: pl.DataFrame, pair: Pair, edition: str, evidence: str) -> list[str]:
    """One sentence for each direction."""
    directions = [(pair.one, pair.other), (pair.other, pair.one)]
    if evidence == "stated":
        return [pair_words.stated(lang, rows.filter(pl.col("start") == ends[0]), *ends) for ends in directions]
    citizenships = {area: pair_query.lists(area, edition) for area in pair.states}
    return [
        pair_words.counted(lang, rows.filter(pl.col("start") == start), citizenships[end], start, end)
        for start, end in directions
    ]


def _treaties(lang: Language, pair: Pair, selected: SelectedRow) -> None:
    as_of, title, acts = lang.date(treaties_query.closing()), lang.text("Treaties"), pair_query.treaties(pair.states)
    st.subheader(title, anchor=False)
    st.markdown(pair_words.treaties(lang, pair_query.in_force(acts), as_of))
    selected.table(
        tables.sheet(pair_tables.treaties(acts, lang, as_of)),
        title,
        "table.treaties",
        acts,
        view=pair_files.treaties(lang, pair),
    )
