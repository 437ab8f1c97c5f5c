from functools import partial

import streamlit as st

from dashboard import (
    blocks,
    choices,
    chosen,
    filters,
    layout,
    parts,
    passport,
    provenance,
    store,
    tables,
    terms,
)
from dashboard.describe import account as describe
from dashboard.describe import agreement, checks
from dashboard.files import lists, offer, views
from dashboard.query import differences, routes
from data.account import codebook, errata

lang = filters.spoken()
filters.use(choices.DIFFERING, choices.RECORD, *choices.LOST_OF.values())
layout.header(lang, "sources")
manifest = store.snapshot().manifest

titles = parts.titles(lang)
parts.contents(titles)
differing = chosen.Chosen(lang, choices.DIFFERING, partial(passport.in_both, lang))
doubted = chosen.Chosen(lang, choices.RECORD, partial(passport.record, lang))
unlocated = {evidence: routes.Filter(evidence=evidence) for evidence in choices.EVIDENCE.options}
lost = {
    evidence: chosen.Chosen(lang, choices.LOST_OF[evidence], partial(passport.lost, lang, wanted))
    for evidence, wanted in unlocated.items()
}
blocks.still(
    tables.sheet(provenance.overview(manifest["sources"], lang)), lang.text("Every source and how fresh it is")
)
offer.files(lang, lists.overview(lang))
parts.sources(lang, manifest["sources"])

told = checks.outcome(manifest, lang)
parts.part(
    lang, "checks", titles["checks"], told, tables.sheet(checks.checks(manifest.get("checks", []), lang)), lists.checks
)

told = agreement.agreement(differences.differences(), lang)
table = tables.sheet(agreement.differences(differences.differing(), lang))
parts.part(lang, "sdg_differences", titles["sdg_differences"], told, table, differences.differing, differing)

told = [lang.text("The figure stands as its publisher printed it; the map draws it dashed, and only on request.")]
table = tables.sheet(provenance.questioned(routes.questioned(), lang))
parts.part(lang, "questioned_flows", titles["questioned_flows"], told, table, routes.questioned, doubted)

parts.disputed(lang, titles)

told = [lang.text("Labels are shown as printed. A region is never drawn as a country, and nothing is guessed.")]
parts.part(lang, "unlocated", titles["unlocated"], told)
for evidence, wanted in unlocated.items():
    told = terms.term(lang, "evidence", evidence)
    st.subheader(told, anchor=False)
    rows = routes.unlocated(wanted)
    sheet = tables.sheet(tables.unlocated(rows, lang))
    lost[evidence].table(sheet, told, f"unlocated.{evidence}", rows)
    offer.view(lang, views.unlocated(lang, evidence))

told = [lang.text("The definitions, in English, are in the file.")]
parts.part(lang, "codebook", titles["codebook"], told, tables.sheet(describe.codebook(codebook(), lang)), codebook)

told = describe.withdrawals(errata(), lang)
parts.part(lang, "errata", titles["errata"], told, tables.sheet(describe.errata(errata(), lang)), errata)

parts.everything(lang)
chosen.finish(differing, doubted, *lost.values())
