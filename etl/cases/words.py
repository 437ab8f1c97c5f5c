"""What a case register is called, counts and covers, as English messages of the catalogues."""

from dataclasses import dataclass

from data.i18n import N_

NAME = N_("case register")


@dataclass(frozen=True)
class CountWords:
    """The words of a count: its title, what it counts, and the term of the ICTIP standard for it."""

    title: str
    definition: str
    ictip: str


# By the id of the count of UNODC beside which it stands.
COUNTS = {
    "detected_victims": CountWords(
        N_("Victims in the case register"),
        N_(
            "Victims of trafficking in persons in the cases that the register has for the year; a victim of several "
            "forms of exploitation is one person."
        ),
        "victim",
    ),
    "persons_formal_contact": CountWords(
        N_("Suspects in the case register"),
        N_("Persons suspected of trafficking in persons in the cases that the register has for the year."),
        "perpetrator",
    ),
    "persons_prosecuted": CountWords(
        N_("Persons prosecuted in the case register"),
        N_("Persons prosecuted for trafficking in persons in the cases that the register has for the year."),
        "perpetrator",
    ),
    "persons_convicted": CountWords(
        N_("Persons convicted in the case register"),
        N_("Persons convicted of trafficking in persons in the cases that the register has for the year."),
        "perpetrator",
    ),
}
# By the date of a case that counts, what the register covers.
COVERAGE = {
    "detection": N_("Cases in the state’s register, by the year of detection; figures of few persons are ranges."),
    "identification": N_(
        "Cases in the state’s register, by the year in which the victim was identified; figures of few persons are "
        "ranges."
    ),
    "referral": N_("Cases in the state’s register, by the year of referral; figures of few persons are ranges."),
    "complaint": N_("Cases in the state’s register, by the year of the complaint; figures of few persons are ranges."),
}
# By code (`etl.cases.audit.PROPOSALS`) what makes the groups of a table coarser, after "consider".
PROPOSAL = {
    "years_together": N_("several years together"),
    "without_sex": N_("all sexes together"),
    "fewer_ages": N_("fewer age groups"),
    "fewer_forms": N_("fewer forms of exploitation"),
    "fewer_citizenships": N_("fewer citizenships"),
    "without_country_of_exploitation": N_("no country of exploitation"),
}
TABLE = {
    "by_form": N_("by form of exploitation"),
    "by_sex_and_age": N_("by sex and age"),
    "by_citizenship": N_("by citizenship"),
    "by_citizenship_and_country": N_("by citizenship and country of exploitation"),
}
