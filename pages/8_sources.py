from functools import partial

import streamlit as st

from dashboard import store
from dashboard.export import downloads
from dashboard.parts import passport, selected_row, sources
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.sources import checks as sources_checks
from dashboard.subjects.sources import files as sources_files
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.sources import tables as sources_tables
from dashboard.subjects.sources import words as sources_words
from dashboard.words import data_version, terms
from data.codebook import errata
from data.i18n import N_
from data.manifest import codebook_table

TITLE = N_("Sources")
PURPOSE = N_("Where each figure comes from, and its license.")

lang = filters.spoken()
filters.use(*page_filters.of("sources"))
layout.header(lang, "sources")
manifest = store.snapshot().manifest

titles = sources.titles(lang)
sources.contents(titles)
differing = selected_row.SelectedRow(lang, row_keys.DIFFERENCE, partial(passport.in_both, lang))
doubted = selected_row.SelectedRow(lang, row_keys.RECORD, partial(passport.record, lang))
unlocated = {evidence: routes_query.Filter(evidence=evidence) for evidence in routes_filters.EVIDENCE.options}
lost = {
    evidence: selected_row.SelectedRow(
        lang, row_keys.UNLOCATED_RECORDS[evidence], partial(passport.lost, lang, selection)
    )
    for evidence, selection in unlocated.items()
}
blocks.remarks(data_version.warnings(lang, store.snapshot(), store.last_years()))
blocks.still(sources_tables.overview_sheet(lang), lang.text("Sources and releases"))
downloads.files(lang, sources_files.overview(lang))
st.header(lang.text("Details of each source"), anchor="sources")
sources.sources(lang, manifest["sources"])

sentences = sources_checks.outcome(manifest, lang)
sources.part(
    lang,
    "checks",
    titles["checks"],
    sentences,
    sources_tables.checks_sheet(lang),
    sources_files.checks,
)

sentences = sources_words.agreement(sources_query.differences(), lang)
table = sources_tables.differences_sheet(lang)
sources.part(lang, "sdg_differences", titles["sdg_differences"], sentences, table, sources_query.differing, differing)

sentences = [
    lang.text(
        "Figures larger than the state’s own total, or out of proportion to the population; the reason is in the "
        "table. They are shown unchanged, and on the map only on request, as dashed arrows."
    )
]
table = sources_tables.questioned_sheet(lang)
sources.part(lang, "questioned_flows", titles["questioned_flows"], sentences, table, routes_query.questioned, doubted)

sources.disputed(lang, titles)

sentences = [lang.text("Labels as published. A region is never shown as a country.")]
sources.part(lang, "unlocated", titles["unlocated"], sentences)
for evidence, selection in unlocated.items():
    title = terms.term(lang, "evidence", evidence)
    st.subheader(title, anchor=False)
    rows = routes_query.unlocated(selection)
    sheet = routes_tables.unlocated_sheet(selection, lang)
    lost[evidence].table(sheet, title, f"unlocated.{evidence}", rows)
    downloads.view(lang, routes_files.unlocated(lang, evidence))

table = sources_tables.codebook_sheet(lang)
sources.part(lang, "codebook", titles["codebook"], sheet=table, rows=codebook_table, wrapped=True)

if "errata" in titles:
    sentences = sources_words.withdrawals(lang)
    sources.part(lang, "errata", titles["errata"], sentences, sources_tables.errata_sheet(lang), errata)

sources.everything(lang)
selected_row.finish(differing, doubted, *lost.values())
