"""The half of page "Explore" that compares: two states, or a state and the region, and what stands between two."""

from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.briefing.forms import briefing
from dashboard.export import lists, offer, views
from dashboard.parts import act_passport, passport
from dashboard.parts.selected_row import Chosen, finish, hint
from dashboard.shell import blocks, choices, filters
from dashboard.stage import component
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import tables as compare_tables
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.query import REGION, Pair, measures
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import text as explore_text
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.treaties import query as treaties_query
from dashboard.words import tables, terms
from data.i18n import Language


def show(lang: Language, controls: DeltaGenerator) -> None:
    """A state beside another one, or beside the region; of two states also what is recorded between them."""
    with controls:
        filters.choose(choices.ONE, lang.text("State"), alphabetical=True)
        filters.choose(choices.OTHER, lang.text("Compared with"), alphabetical=True)
        filters.choose(choices.COMPARED, lang.text("Indicator"))
        edition = filters.choose(choices.EDITION, lang.text("Release shown"))
        above = st.container(width="content")
    wanted = choices.compared()
    if wanted.one == wanted.other:
        st.info(lang.text("Choose another state, or the region: a state is not compared with itself."))
        return
    record = Chosen(lang, choices.RECORD, partial(passport.record, lang, edition=edition), above)
    bound = Chosen(lang, choices.BOUND, partial(act_passport.act, lang), above)
    moved = Chosen(lang, choices.MOVED, partial(passport.stock, lang), above)
    chosen = (_surveyed if wanted.indicator in choices.SURVEYED else _compared)(lang, wanted, edition, above)
    if wanted.other != REGION:
        _between(lang, wanted, edition, record, bound)
        _migrants(lang, wanted, moved)
    finish(*chosen, record, bound, moved)


def _compared(lang: Language, wanted: Pair, edition: str, above: DeltaGenerator) -> tuple[Chosen, ...]:
    """Figures that can be measured against each other; returns the row that is chosen of them."""
    pair = Chosen(lang, choices.PAIR, partial(both, lang, wanted, edition), above)
    component.show(lang, "compare", filters.values(*choices.COMPARE), key="chart.compare", on_open=_opened)
    blocks.edition(lang, edition)
    blocks.remarks(compare_words.of_pair(lang, wanted, edition))
    rows = compare_query.rows(wanted, edition)
    title = compare_words.heading(lang, rows, wanted)
    with blocks.folded(lang.text("The same figures as a table"), "compared") as opened:
        if opened:
            hint(lang)
            latest = rows.sort(pl.col("indicator") != wanted.indicator, "year", descending=[False, True])
            sheet = tables.sheet(compare_tables.compared(latest, lang, wanted))
            pair.table(sheet, title, "table.compare", latest)
    offer.view(lang, views.compared(title, wanted, edition))
    return (pair,)


def _surveyed(lang: Language, wanted: Pair, edition: str, above: DeltaGenerator) -> tuple[Chosen, ...]:
    """Surveys, which only stand side by side."""
    figure = Chosen(lang, choices.ROW, partial(passport.of_any, lang, edition), above)
    group = Chosen(lang, choices.WHOM, partial(_of_whom, lang, wanted, edition), above)
    to_row = partial(filters.put, choices.ROW)
    component.show(lang, "compare", filters.values(*choices.COMPARE), key="chart.compare", on_open=to_row)
    blocks.edition(lang, edition)
    survey = compare_query.survey(wanted, edition)
    rows, title = explore_text.ordered(survey, edition, lang), compare_words.survey_heading(lang, wanted, survey.years)
    blocks.remarks(compare_words.survey_remarks(lang, rows, wanted))
    if wanted.other != REGION:
        found = explore_query.rows(survey, edition)
        sheet = tables.sheet(compare_tables.surveyed(found, lang, wanted))
        group.table(sheet, title, "table.surveyed", compare_tables.survey_groups(found))
    with blocks.folded(lang.text("Each figure with its source"), "compared") as opened:
        if opened:
            hint(lang)
            figure.table(explore_text.table(survey, edition, lang), title, "table.compare", rows)
    if rows.height:
        offer.view(lang, views.explored(title, survey, edition, (choices.DESK, *choices.COMPARE)))
    return group, figure


def _of_whom(lang: Language, wanted: Pair, edition: str, mark: str) -> bool:
    """The passports of every figure of a group in both states."""
    rows = explore_query.rows(compare_query.survey(wanted, edition), edition)
    told = dict(zip(choices.WHOM.columns, mark.split("."), strict=True))
    found = rows.filter(**told).select(passports_query.FIGURE_KEY).unique(maintain_order=True)
    shown = [passport.figure(lang, edition, passports_query.Figure(**row)) for row in found.iter_rows(named=True)]
    return any(shown)


def both(lang: Language, wanted: Pair, edition: str, mark: str) -> bool:
    """The passports of both figures of a year, `detected_victims.2019`; a median is told by what it rests on."""
    code, _, year = mark.partition(".")
    if code not in measures(wanted.indicator):
        return False
    found = [passport.of_state(lang, area, edition, mark) for area in wanted.states]
    if wanted.other == REGION:
        title = f"{terms.term(lang, 'indicator', code)}, {year}"
        with st.container(border=True):
            st.subheader(lang.labelled(lang.text("Median of the region"), title), anchor=False)
            blocks.table(
                tables.sheet(tables.figures(states_query.region(code, int(year), edition), lang)), title, "median"
            )
    return any(found) or wanted.other == REGION


def _opened(mark: str) -> None:
    """Ask for the passports of a figure that was pointed at: of `BRA.detected_victims.2019` those of the year."""
    filters.put(choices.PAIR, mark.partition(".")[2])


def _between(lang: Language, wanted: Pair, edition: str, record: Chosen, bound: Chosen) -> None:
    title = pair_words.heading(lang, wanted.one, wanted.other)
    st.header(title, anchor=False)
    briefing(lang, wanted.one, wanted.other)
    flows = pair_query.between(wanted.one, wanted.other, edition)
    worded = {"counted": pair_tables.counted, "stated": pair_tables.stated}
    for evidence in choices.EVIDENCE.options:
        st.subheader(terms.term(lang, "evidence", evidence), anchor=False)
        mine = flows.filter(pl.col("evidence") == evidence)
        sheet = tables.sheet(worded[evidence](mine, lang))
        if evidence == "counted" and pair_query.yearly(wanted.one, wanted.other, edition).height:
            _charted(lang)
        blocks.remarks(_told(lang, mine, wanted, edition, evidence))
        record.table(sheet, f"{title}, {evidence}", f"table.{evidence}", mine)
    if flows.height:
        offer.view(lang, views.between(title, wanted, edition))
    _treaties(lang, wanted, bound)


def _migrants(lang: Language, wanted: Pair, moved: Chosen) -> None:
    told = lang.text("Migrants between the two, as context")
    with blocks.folded(told, "migrants") as opened:
        if opened:
            st.markdown(pair_words.context(lang))
            people = pair_query.migrants(wanted.one, wanted.other)
            moved.table(tables.sheet(pair_tables.migrants(people, lang)), told, "table.migrants", people)
            if people.height:
                offer.view(lang, lists.migrants(lang, wanted))


def _charted(lang: Language) -> None:
    """What was counted either way, by year; a mark opens the passport of its record."""
    asked = filters.values(choices.ONE, choices.OTHER, choices.EDITION)
    component.show(lang, "between", asked, key="chart.between", on_open=partial(filters.put, choices.RECORD))


def _told(lang: Language, mine: pl.DataFrame, wanted: Pair, edition: str, evidence: str) -> list[str]:
    """A sentence for each of the two directions."""
    ways = [(wanted.one, wanted.other), (wanted.other, wanted.one)]
    if evidence == "stated":
        return [pair_words.stated(lang, mine.filter(pl.col("start") == ends[0]), *ends) for ends in ways]
    listed = {area: pair_query.lists(area, edition) for area in wanted.states}
    return [
        pair_words.counted(lang, mine.filter(pl.col("start") == start), listed[end], start, end) for start, end in ways
    ]


def _treaties(lang: Language, wanted: Pair, bound: Chosen) -> None:
    as_of, title, acts = lang.date(treaties_query.closing()), lang.text("Treaties"), pair_query.treaties(wanted.states)
    st.subheader(title, anchor=False)
    st.markdown(pair_words.treaties(lang, pair_query.in_force(acts), as_of))
    bound.table(
        tables.sheet(pair_tables.treaties(acts, lang, as_of)),
        title,
        "table.treaties",
        acts,
        view=lists.treaties(lang, wanted),
    )
