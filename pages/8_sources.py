from functools import partial

import streamlit as st

from dashboard import account, answers, blocks, choices, filters, layout, parts, provenance, store, terms
from dashboard.describe import account as describe
from dashboard.describe import agreement, checks, files
from dashboard.query import routes
from data.codebook import codebook
from data.errata import errata

lang = filters.spoken()
filters.use()
layout.header(lang, "sources")
manifest = store.snapshot().manifest

titles = describe.titles(lang)
parts.contents(titles)
blocks.table(account.overview(lang), lang.text("Every source and how fresh it is"), "overview")
for source in provenance.alphabetical(manifest["sources"], lang):
    name = terms.source(lang, source["name"])
    st.header(name, anchor=source["name"])
    blocks.facts(lang, provenance.facts(source, lang), source["path"], lang.text("Open the publisher's page"))
    releases, reasons = answers.releases_table(source["name"], lang), answers.reasons_table(source["name"], lang)
    blocks.table(releases, lang.text("{source}: releases held", source=name), f"releases.{source['name']}")
    blocks.table(reasons, lang.text("{source}: rows set aside or marked", source=name), f"reasons.{source['name']}")

told = checks.outcome(manifest, lang)
parts.part(lang, "checks", titles["checks"], told, account.checks(lang))

told = agreement.agreement(account.compared(), lang)
table = account.differences_table(lang)
parts.part(lang, "sdg_differences", titles["sdg_differences"], told, table, account.differing)

told = [lang.text("The figure stands as its publisher printed it; the map draws it dashed, and only on request.")]
table = answers.questioned_table(lang)
parts.part(lang, "questioned_flows", titles["questioned_flows"], told, table, answers.questioned)

told = [lang.text("Labels are shown as printed. A region is never drawn as a country, and nothing is guessed.")]
parts.part(lang, "unlocated", titles["unlocated"], told)
for evidence in choices.EVIDENCE.options:
    st.subheader(terms.evidence(lang, evidence), anchor=False)
    lost = answers.unlocated_table(routes.Filter(evidence=evidence), lang)
    blocks.table(lost, terms.evidence(lang, evidence), f"unlocated.{evidence}")
    layout.download(lang, partial(routes.unlocated_file, store.table("flows"), evidence), f"unlocated_{evidence}")

told = [lang.text("The definitions, in English, are in the file.")]
parts.part(lang, "codebook", titles["codebook"], told, account.codebook_table(lang), codebook)

told = describe.withdrawals(errata(), lang)
parts.part(lang, "errata", titles["errata"], told, account.errata_table(lang), errata)

parts.part(lang, "downloads", titles["downloads"], files.files(manifest, lang))
with st.container(horizontal=True):
    for held, label in files.tables_held(manifest, lang):
        layout.download(lang, partial(account.rows, held), held, label)
