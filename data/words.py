"""The words of the workbooks for the indicator, sex, age and form of exploitation of a figure, by id.

The sources declare all indicators (`data.manifest`); this file lists those that a state can use in a workbook.
"""

from data.i18n import N_

INDICATOR = {
    "detected_victims": N_("Detected victims"),
    "detected_victims_rate": N_("Detected victims per 100,000 population"),
    "persons_formal_contact": N_("Suspects in formal contact with the authorities"),
    "persons_prosecuted": N_("Persons prosecuted"),
    "persons_convicted": N_("Persons convicted"),
    "offences": N_("Recorded offenses"),
    "persons_formal_contact_rate": N_("Suspects in formal contact per 100,000 population"),
    "persons_prosecuted_rate": N_("Persons prosecuted per 100,000 population"),
    "persons_convicted_rate": N_("Persons convicted per 100,000 population"),
    "offences_rate": N_("Recorded offenses per 100,000 population"),
    "population": N_("Population"),
    "detected_victims_sdg": N_("Detected victims, SDG database"),
    "detected_victims_rate_sdg": N_("Detected victims per 100,000 population, SDG database"),
    "child_labour_economic": N_("Children in economic activity"),
    "child_labour_economic_and_chores": N_("Children in economic activity and household chores"),
    "partner_violence": N_("Women subjected to violence by a partner"),
    "childhood_sexual_violence": N_("People who experienced sexual violence in childhood"),
}
SEX = {
    "total": N_("All sexes"),
    "female": N_("Female"),
    "male": N_("Male"),
    "other": N_("Other sex or gender"),
    "unknown": N_("Sex unknown"),
}
AGE = {
    "total": N_("All ages"),
    "0-17": N_("Children (0–17 years)"),
    "18+": N_("Adults (18 years and over)"),
    "unknown": N_("Age unknown"),
}
FORM = {
    "total": N_("All forms of exploitation"),
    "sexual_exploitation": N_("Sexual exploitation"),
    "forced_labour": N_("Forced labor"),
    "organ_removal": N_("Removal of organs"),
    "domestic_servitude": N_("Domestic servitude"),
    "forced_drug_trafficking": N_("Forced drug trafficking"),
    "forced_begging": N_("Forced begging"),
    "child_soldiers": N_("Recruitment of child soldiers"),
    "forced_criminal_activity": N_("Forced criminal activity"),
    "child_sexual_exploitation": N_("Sexual exploitation of children"),
    "forced_marriage": N_("Forced marriage"),
    "other": N_("Other forms of exploitation"),
    "other_or_unspecified": N_("Other or unspecified form"),
}
