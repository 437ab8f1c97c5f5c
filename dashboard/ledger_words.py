"""The tables of words of the ledger: cells, kinds of evidence, statuses, and what was found, by their ids."""

from data.i18n import N_

# What a cell can be, by `dashboard.query.ledger.CELLS`.
CELL = {
    "none": N_("No evidence here"),
    "background": N_("Background, from before March 2018"),
    "fact": N_("Dated treaty fact"),
    "public_document": N_("Public document"),
    "state_report": N_("Report of the state"),
    "reviewed": N_("Reviewed by others"),
    "reply": N_("Reply"),
}
KIND = {
    "narrative_coding": N_("Coding of a report's text"),
    "treaty": N_("Treaty act"),
    "law": N_("Law"),
    "statistic": N_("Figure in official statistics"),
    "report": N_("National report"),
    "review": N_("Review"),
    "reply": N_("Reply or correction"),
}
# What a cited document says was done; no word means that no document says.
STATUS = {
    "not_started": N_("Not started"),
    "limited": N_("Limited progress"),
    "substantial": N_("Substantial progress"),
    "complete": N_("Complete"),
}
ADDRESSED = {
    "any": N_("All addressees"),
    "states": N_("States"),
    "states_and_COLLECTIVE": N_("States, each and together"),
    "OAS-GS": N_("General Secretariat of the OAS"),
    "COLLECTIVE": N_("States together"),
}
# What the product says by itself of an entry; anything else is the words of a report, a review or a reply.
FINDING = {
    "law_named": N_("The source names this law; it may not be the first."),
    "figure_reported": N_("A figure is reported for the year."),
}
