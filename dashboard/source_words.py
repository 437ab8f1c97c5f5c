"""The tables of words of the account of sources: how fresh, what was compared, parts of releases, columns, tables.

Also of the ways in which figures are read.
"""

from data.i18n import N_

# What a source's files are, by `data.columns.FRESHNESS`; "stale" is told with the day on which it was tried.
FRESHNESS = {
    "fresh": N_("the publisher answered"),
    "stale": N_("the publisher could not be reached or read"),
    "not_asked": N_("the publisher was not asked for this snapshot"),
    "frozen": N_("frozen: no further release"),
    "mirror": N_("from a folder of the publisher’s files"),
    "reference": N_("transcribed by this project from public texts"),
    "sent": N_("sent in by states and reviewers, and accepted"),
}
# Parts of a release that are no series of the SDG database, which keeps its printed codes.
PART = {
    "palermo_protocol": N_("Protocol on trafficking in persons (2000)"),
    "smuggling_protocol": N_("Protocol against the smuggling of migrants (2000)"),
    "untoc": N_("Convention against transnational organized crime (2000)"),
    "instruments": N_("Treaty actions"),
    "laws": N_("Laws"),
}
# The treaties where there is little room.
TREATY = {
    "palermo_protocol": N_("Trafficking protocol"),
    "untoc": N_("Convention (UNTOC)"),
    "smuggling_protocol": N_("Smuggling protocol"),
}
# The stable first words of a check; what follows them says of what.
CHECK = {
    "keys": N_("Rows with the same key"),
    "one unit an indicator": N_("One unit for each indicator"),
    "one year_basis an indicator": N_("One meaning of the year for each indicator"),
    "figures above population": N_("Counts of persons above the number of inhabitants"),
    "parts above totals": N_("Parts larger than their total"),
    "best readings stand in their release": N_("Figures that their release does not hold"),
    "rows": N_("Rows read, against the snapshot before"),
    "releases lost": N_("Releases that are no longer held"),
    "releases changed under one date": N_("Releases that changed under one date"),
    "declared releases lost": N_("Releases of flows that are declared and not held"),
    "entries treaty": N_("Entries of the ledger on treaties, counted anew from the acts"),
    "entries law": N_("Entries of the ledger on laws, counted anew"),
    "entries statistic": N_("Entries of the ledger on figures, counted anew from the figures"),
    "grades of entries": N_("Grades of entries, against the time they are of"),
    "comparison with the snapshot before": N_("Comparison with the snapshot before"),
    "states lost": N_("States that a source no longer gives"),
    "years lost": N_("Years that a source no longer gives"),
    "years of states lost": N_("Years that a source no longer gives for a state"),
    "figures ten times the one before": N_("Figures ten times the one before"),
    "figures a tenth of the one before": N_("Figures a tenth of the one before"),
    "totals ten times or a tenth of those before": N_("Totals ten times or a tenth of those before"),
    "definitions changed under one version": N_("Definitions that changed without a new version"),
}
# What checks say they saw and expected, as patterns; anything else is shown as it was recorded.
SAID = {
    r"(?P<n>[\d,]+)": N_("{n}"),
    r"(?P<n>[\d,]+) repeated": N_("{n} repeated"),
    r"one each": N_("one each"),
    r"none(?: lost| elsewhere)?": N_("none"),
    r"(?P<n>[\d,]+) of ours": N_("{n} of ours"),
    r"(?P<n>[\d,]+) of ours, (?P<printed>[\d,]+) as the publisher prints them": N_(
        "{n} of ours, {printed} as the publisher prints them"
    ),
    r"within (?P<share>\d+)% of (?P<n>[\d,]+)": N_("within {share}% of {n}"),
}
# What a state did about a treaty.
ACTION = {
    "signature": N_("Signature"),
    "ratification": N_("Ratification"),
    "accession": N_("Accession"),
    "acceptance": N_("Acceptance"),
    "approval": N_("Approval"),
    "succession": N_("Succession"),
}
# How a stated route leads from one state to another, by `dashboard.query.bilateral.WAYS`.
WAY = {
    "direct": N_("straight"),
    "through": N_("through a third place"),
    "onward": N_("and on to a third place"),
    "from_elsewhere": N_("coming from a third place"),
}
# Whom or what a state counts, by `data.counting.UNITS`.
COUNTING = {
    "persons": N_("persons of any nationality"),
    "offences": N_("offences"),
    "cases": N_("cases, whoever they are about"),
    "own_nationals": N_("its own nationals only"),
    "foreign_nationals": N_("foreign nationals only"),
}
GRADE = {
    "background": N_("Background"),
    "public_document": N_("Public document"),
    "state_report": N_("Report of the state"),
    "reviewed": N_("Reviewed by others"),
    "reply": N_("Reply"),
}
WITHDRAWN = {
    "wrong_figure": N_("A figure was wrong"),
    "mask_lifted": N_("A masked figure could be deduced"),
    "rights": N_("It held data that may not be passed on"),
    "release_withdrawn": N_("The publisher withdrew its release"),
}
TABLE = {
    "observations": N_("Figures, the best current reading of each"),
    "vintages": N_("Figures of every release held"),
    "flows": N_("Routes, counted and stated"),
    "flow_vintages": N_("Routes of every release held"),
    "flow_coverage": N_("Victims with a listed citizenship"),
    "flow_coverage_vintages": N_("Victims with a listed citizenship, every release held"),
    "roles": N_("Roles that reports state"),
    "release_coverage": N_("Indicators and years that each release holds"),
    "revisions": N_("Changes between releases"),
    "instruments": N_("Treaty actions"),
    "evidence": N_("Evidence on the declaration"),
    "workplan_lines": N_("Lines of the Second Work Plan"),
    "migrant_stock": N_("Migrant stock, as context"),
    "areas": N_("The 35 states"),
    "countries": N_("Countries of the world"),
    "boundaries": N_("Polygons of the maps"),
}
COLUMN = {
    "indicator": N_("Indicator"),
    "area": N_("State"),
    "year": N_("Year"),
    "year_basis": N_("Meaning of the year"),
    "sex": N_("Sex"),
    "age": N_("Age"),
    "form": N_("Form of exploitation"),
    "low": N_("Least the figure can be"),
    "high": N_("Most the figure can be"),
    "status": N_("Meaning"),
    "unit": N_("Unit"),
    "source": N_("Source"),
    "release": N_("Release"),
    "locator": N_("Source cell"),
    "derived": N_("Computed"),
    "inputs": N_("Computed from"),
    "note": N_("Remark"),
    "kind": N_("Kind"),
    "evidence": N_("Kind of evidence"),
    "origin": N_("Origin"),
    "transit": N_("Transit"),
    "destination": N_("Destination"),
    "role": N_("Role"),
    "action": N_("Action"),
    "instrument": N_("Treaty"),
    "date": N_("Date"),
    "paragraph": N_("Paragraph"),
    "persons": N_("Persons"),
    "actor": N_("State or body"),
    "finding": N_("What was found"),
    "line": N_("Line of the work plan"),
    "number": N_("Number"),
    "objective": N_("Objective"),
    "text_en": N_("Official text in English"),
    "text_es": N_("Official text in Spanish"),
    "text_pt": N_("Official text in Portuguese"),
    "text_fr": N_("Official text in French"),
}
LINE_KIND = {"line_of_action": N_("Line of action"), "indicator": N_("Suggested indicator")}
DESK = {"explore": N_("Explore"), "compare": N_("Compare")}
READING = {
    "multiples": N_("State by state"),
    "lines": N_("Lines"),
    "two_years": N_("Two years"),
    "heat": N_("States and years"),
    "table": N_("As a table"),
}
