"""The half of page "Explore" that compares: two states, or a state and the region, and what stands between two."""

from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    act_passport,
    bilateral_tables,
    blocks,
    choices,
    compare_tables,
    exploring,
    filters,
    passport,
    stock_passport,
    tables,
    terms,
)
from dashboard.briefing.forms import briefing
from dashboard.chosen import Chosen, finish, hint
from dashboard.describe import bilateral as describe_bilateral
from dashboard.describe import compare as describe
from dashboard.files import lists, offer, views
from dashboard.plates import stage
from dashboard.query import bilateral, compare, explore, instruments, observed
from dashboard.query import passport as query_passport
from dashboard.query.compare import REGION, Pair, measures
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
    moved = Chosen(lang, choices.MOVED, partial(stock_passport.stock, lang), above)
    chosen = (_surveyed if wanted.indicator in choices.SURVEYED else _compared)(lang, wanted, edition, above)
    if wanted.other != REGION:
        _between(lang, wanted, edition, record, bound)
        _migrants(lang, wanted, moved)
    finish(*chosen, record, bound, moved)


def _compared(lang: Language, wanted: Pair, edition: str, above: DeltaGenerator) -> tuple[Chosen, ...]:
    """Figures that can be measured against each other; returns the row that is chosen of them."""
    pair = Chosen(lang, choices.PAIR, partial(both, lang, wanted, edition), above)
    stage.show(lang, "compare", filters.values(*choices.COMPARE), key="chart.compare", on_open=_opened)
    blocks.edition(lang, edition)
    blocks.remarks(describe.of_pair(lang, wanted, edition))
    rows = compare.rows(wanted, edition)
    title = describe.heading(lang, rows, wanted)
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
    stage.show(lang, "compare", filters.values(*choices.COMPARE), key="chart.compare", on_open=to_row)
    blocks.edition(lang, edition)
    survey = compare.survey(wanted, edition)
    rows, title = exploring.ordered(survey, edition, lang), describe.surveyed(lang, wanted, survey.years)
    blocks.remarks(describe.of_surveys(lang, rows, wanted))
    if wanted.other != REGION:
        found = explore.rows(survey, edition)
        sheet = tables.sheet(compare_tables.surveyed(found, lang, wanted))
        group.table(sheet, title, "table.surveyed", compare_tables.whom(found))
    with blocks.folded(lang.text("Each figure with its source"), "compared") as opened:
        if opened:
            hint(lang)
            figure.table(exploring.table(survey, edition, lang), title, "table.compare", rows)
    if rows.height:
        offer.view(lang, views.explored(title, survey, edition, (choices.DESK, *choices.COMPARE)))
    return group, figure


def _of_whom(lang: Language, wanted: Pair, edition: str, mark: str) -> bool:
    """The passports of every figure of a group in both states."""
    rows = explore.rows(compare.survey(wanted, edition), edition)
    told = dict(zip(choices.WHOM.columns, mark.split("."), strict=True))
    found = rows.filter(**told).select(query_passport.FIGURE_KEY).unique(maintain_order=True)
    shown = [passport.figure(lang, edition, query_passport.Figure(**row)) for row in found.iter_rows(named=True)]
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
            blocks.table(tables.sheet(tables.figures(observed.region(code, int(year), edition), lang)), title, "median")
    return any(found) or wanted.other == REGION


def _opened(mark: str) -> None:
    """Ask for the passports of a figure that was pointed at: of `BRA.detected_victims.2019` those of the year."""
    filters.put(choices.PAIR, mark.partition(".")[2])


def _between(lang: Language, wanted: Pair, edition: str, record: Chosen, bound: Chosen) -> None:
    title = describe_bilateral.heading(lang, wanted.one, wanted.other)
    st.header(title, anchor=False)
    briefing(lang, wanted.one, wanted.other)
    flows = bilateral.between(wanted.one, wanted.other, edition)
    worded = {"counted": bilateral_tables.counted, "stated": bilateral_tables.stated}
    for evidence in choices.EVIDENCE.options:
        st.subheader(terms.term(lang, "evidence", evidence), anchor=False)
        mine = flows.filter(pl.col("evidence") == evidence)
        sheet = tables.sheet(worded[evidence](mine, lang))
        if evidence == "counted" and bilateral.yearly(wanted.one, wanted.other, edition).height:
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
            st.markdown(describe_bilateral.context(lang))
            people = bilateral.migrants(wanted.one, wanted.other)
            moved.table(tables.sheet(bilateral_tables.migrants(people, lang)), told, "table.migrants", people)
            if people.height:
                offer.view(lang, lists.migrants(lang, wanted))


def _charted(lang: Language) -> None:
    """What was counted either way, by year; a mark opens the passport of its record."""
    asked = filters.values(choices.ONE, choices.OTHER, choices.EDITION)
    stage.show(lang, "between", asked, key="chart.between", on_open=partial(filters.put, choices.RECORD))


def _told(lang: Language, mine: pl.DataFrame, wanted: Pair, edition: str, evidence: str) -> list[str]:
    """A sentence for each of the two directions."""
    ways = [(wanted.one, wanted.other), (wanted.other, wanted.one)]
    if evidence == "stated":
        return [describe_bilateral.stated(lang, mine.filter(pl.col("start") == ends[0]), *ends) for ends in ways]
    listed = {area: bilateral.lists(area, edition) for area in wanted.states}
    return [
        describe_bilateral.counted(lang, mine.filter(pl.col("start") == start), listed[end], start, end)
        for start, end in ways
    ]


def _treaties(lang: Language, wanted: Pair, bound: Chosen) -> None:
    as_of, title, acts = lang.date(instruments.closing()), lang.text("Treaties"), bilateral.treaties(wanted.states)
    st.subheader(title, anchor=False)
    st.markdown(describe_bilateral.treaties(lang, bilateral.in_force(acts), as_of))
    bound.table(
        tables.sheet(bilateral_tables.treaties(acts, lang, as_of)),
        title,
        "table.treaties",
        acts,
        view=lists.treaties(lang, wanted),
    )
