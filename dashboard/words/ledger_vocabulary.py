"""The words for ids of the page on the declaration: cells, kinds, progress, findings, measures."""

from data.i18n import N_

# The values of a cell, by `dashboard.subjects.ledger.query.CELLS`.
CELL = {
    "none": N_("Nothing found"),
    "background": N_("Source before March 2018 or undated"),
    "figure": N_("A figure, not an action"),
    "fact": N_("Treaty status"),
    "public_document": N_("Public document"),
    "state_report": N_("Report of the state"),
    "reviewed": N_("Reviewed by others"),
    "reply": N_("Reply"),
}
KIND = {
    "narrative_coding": N_("US Department of State report, coded by the University of Denver"),
    "treaty": N_("Treaty act"),
    "law": N_("Law"),
    "statistic": N_("Official figure"),
    "report": N_("National report"),
    "review": N_("Review"),
    "reply": N_("Reply or correction"),
}
# The progress stated by a cited document; without a word no document states any.
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
# Our own findings on an entry; any other finding is quoted from a report, a review or a reply.
FINDING = {
    "law_named": N_("The source names this law; it may not be the first."),
    "figure_reported": N_("A figure is reported for the year."),
}


# The measures of the 2008 coding.
MEASURE = {
    "comprehensive_act": N_("A comprehensive act against trafficking"),
    "penal_code_on_all_forms": N_("The penal code covers all forms of trafficking"),
    "temporary_residence": N_("Temporary residence for victims"),
    "temporary_residence_on_cooperation": N_("Temporary residence for victims who cooperate with the authorities"),
    "permanent_residence": N_("Permanent residence for victims"),
    "legal_aid": N_("The government gives victims legal aid"),
    "compensation": N_("Victims are granted compensation"),
    "compensation_fund": N_("A fund for the compensation of victims"),
    "compensation_by_civil_suit": N_("Victims may claim compensation in civil courts"),
    "identification_procedures": N_("Systematic procedures to identify victims"),
    "designated_shelters": N_("Shelters set aside for victims"),
    "other_shelters": N_("Victims are housed in other shelters"),
    "government_shelters": N_("Shelters run by the government"),
    "ngo_shelters": N_("Shelters run by civil society"),
    "funds_for_ngo_shelters": N_("The government pays civil society for shelters"),
    "support_in_kind_for_ngo_shelters": N_("The government gives civil society space or staff for shelters"),
    "government_services": N_("The government serves victims directly"),
    "support_for_ngo_services": N_("The government supports civil-society services for victims"),
    "international_cooperation": N_("Cooperation with other governments or international bodies"),
    "cooperation_with_ngos": N_("Cooperation with civil society"),
    "public_private_partnership": N_("A partnership of the public and private sectors"),
    "national_rapporteur": N_("A national rapporteur"),
    "task_force": N_("A task force of the government"),
    "body_that_assesses": N_("A public body that assesses the work against trafficking"),
    "body_that_acts": N_("A public body that works against trafficking"),
    "government_agency": N_("A government agency against trafficking"),
    "national_plan": N_("A national plan of action"),
    "peacekeeper_training": N_("Peacekeepers are trained on trafficking"),
    "research": N_("Research on trafficking"),
    "government_research": N_("Research that the government funds or commissions"),
    "training_of_officials": N_("Officials or police are trained on trafficking"),
    "training_in_curricula": N_("Trafficking is part of the education of police or officials"),
    "hotline": N_("A telephone line to report trafficking"),
    "awareness_campaigns": N_("Campaigns for potential victims"),
    "campaigns_on_demand": N_("Campaigns against demand"),
    "codes_of_conduct": N_("Codes of conduct or other self-regulation of the private sector"),
    "legal_alternatives": N_("Legal alternatives to deportation and repatriation"),
    "referral_to_ngos": N_("The government refers victims to civil society"),
    "taught_in_schools": N_("Trafficking is part of what schools or universities teach"),
}
