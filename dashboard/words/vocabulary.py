"""The words behind `terms`: id to English message, one table for each closed list of codes."""

from data import words
from data.i18n import N_

MEASURE = {"rate": N_("Per 100,000 population"), "count": N_("Count")}
POSITION = {
    "any": N_("any position"),
    "origin": N_("as origin"),
    "transit": N_("as transit"),
    "destination": N_("as destination"),
}
AGREEMENT = {
    "any": N_("named by any kind"),
    "both": N_("named by both kinds"),
    "alone": N_("named by one kind of data only"),
}
PICTURE = {"map": N_("Map"), "matrix": N_("Matrix"), "order": N_("In columns")}
SEX = words.SEX
AGE = words.AGE
FORM = words.FORM
PROFILE = {
    "women": N_("Women"),
    "men": N_("Men"),
    "girls": N_("Girls"),
    "boys": N_("Boys"),
    "transgender": N_("Transgender persons"),
}
STATUS = {
    "exact": N_("Exact figure"),
    "zero": N_("Zero"),
    "masked": N_("Fewer than five"),
    "interval": N_("Range due to figures of fewer than five"),
    "range": N_("Range published to protect persons"),
    "conflicting": N_("Conflicting figures"),
    "suspect": N_("Impossible value, left out"),
    "questioned": N_("Questioned"),
    "not_reported": N_("No figure"),
    "not_compared": N_("Not compared: the states count differently"),
}
# The state of a figure, in the last column of files (`data.number_states`).
STATE = {
    "exact": N_("Exact figure"),
    "zero": N_("Zero"),
    "fewer_than_n": N_("Fewer than n"),
    "range": N_("Range"),
    "no_figure": N_("No figure"),
    "no_usable_figure": N_("No usable figure"),
}
ROLE = {
    "origin": N_("Origin"),
    "transit": N_("Transit"),
    "destination": N_("Destination"),
    "internal": N_("Internal trafficking"),
}
STATED = {"yes": N_("Coded “yes”"), "no": N_("Coded “no”"), "no_mention": N_("Not mentioned")}
EVIDENCE = {
    "counted": N_("Citizenship of detected victims"),
    "stated": N_("Routes described in reports"),
    # Translators: as listed in a state's own register of cases, not by UNODC.
    "register": N_("Citizenship of victims in a state’s own register"),
}
UNIT = {
    "persons": N_("persons"),
    "victims": N_("victims"),
    "offences": N_("offenses"),
    "percent": N_("percent"),
    "per_100000_population": N_("per 100,000 population"),
    # Translators: after a ratio, as in “0.64 to 1”.
    "ratio": N_("to 1"),
    "statements": N_("statements"),
}
SUBREGION = {
    "caribbean": N_("Caribbean"),
    "central_america": N_("Central America"),
    "northern_america": N_("Northern America"),
    "south_america": N_("South America"),
}
YEAR_BASIS = {"reference": N_("Calendar year"), "report": N_("Report year (April to March)")}
REVISION = {
    "revised": N_("Revised"),
    "new": N_("New"),
    "withdrawn": N_("Withdrawn"),
    "convention": N_("Change in how “<5” is published"),
}
REDISTRIBUTE = {
    "rows": N_("Data may be shared"),
    "derived": N_("Derived data only"),
    "none": N_("Not allowed"),
}

# Notes on states whose membership in the Organization of American States is unusual.
MEMBERSHIP = {
    "left": N_("Left the OAS in November 2023."),
    "not_participating": N_("Does not participate in the OAS."),
    "disputed": N_("Its membership in the OAS is disputed."),
}
RESERVATION = {
    "PRY": N_("Made an ad referendum reservation to the whole Declaration on 5 March 2018."),
}

# Why rows were set aside, or have no figure or a doubtful one: the codes of the manifest and of `note`.
REASON = {
    "outside_the_region": N_("No state of the Americas mentioned"),
    "only_transit_in_the_region": N_("State of the Americas mentioned as transit only"),
    "repatriation_has_no_direction": N_("Country of repatriation: direction unclear"),
    "offenders_by_citizenship": N_("Citizenship of convicted persons, not of victims"),
    "questionnaire_code": N_("Questionnaire code instead of a figure"),
    "above_population_share": N_("More than one in two hundred inhabitants"),
    "served_by_another_release": N_("Another release is used for this state and year"),
    "no_longer_listed": N_("A newer release covers this year and no longer lists it"),
    "subtotal_in_citizenship_list": N_("A sub-total inside a list of citizenships"),
    "no_iso_code": N_("A place without a country code"),
    "unknown_iso_code": N_("Unknown country code"),
    "read_by_country_name": N_("Without a country code: identified by the country’s name"),
    "unreadable_cell": N_("A cell that cannot be read"),
    "unknown_column": N_("Unknown column"),
    "citizenship_by_sex_or_age": N_("A part of a list of citizenships, by sex or age"),
    "same_release_twice": N_("Another file has the same release; its rows are not counted"),
    "several_values": N_("Several figures for one key"),
    "unlabelled_categories": N_("Several categories under one label"),
    "unrecognised_label": N_("Unknown label"),
    "unknown_indicator": N_("Unknown indicator"),
    "unknown_dimension": N_("Unknown dimension"),
    "unknown_unit": N_("Unknown unit"),
    "unknown_category": N_("Unknown category"),
    "unknown_form_code": N_("A form of exploitation outside the code list"),
    "unknown_profile_code": N_("A victim profile outside the code list"),
    "year_differs_from_sheet": N_("Year differs from that of the sheet"),
    "repeated_row": N_("A row that repeats another one"),
    "child_sex_tourism": N_(
        "Sexual exploitation of children in travel and tourism: the offender travels, not the victim"
    ),
    "no_place": N_("No place mentioned"),
    "sheet_repeats_another": N_("A sheet that repeats another one"),
    "no_value": N_("A blank figure"),
    "not_coded": N_("Version of the text not coded"),
    "not_stated": N_("Nothing coded"),
    "by_citizenship": N_("By citizenship and country of exploitation, or not of victims: not shown"),
    "not_asked": N_("Persons whom the register did not ask"),
    "not_one_country": N_("Not a single country of the code list"),
    "not_a_country": N_("A group of countries or a region"),
    "region": N_("A region, not a country"),
    "other_age_band": N_("An age group other than that of the indicator"),
    "zero_or_unknown": N_("Published as zero, which here also means unknown"),
    "zero_or_few": N_("Published as zero, which here can be up to four people"),
    "masked_by_unodc": N_("UNODC publishes the same figure as “<5”; shown as the same range"),
    "same_country": N_("Origin and destination are one country"),
    "several_statements": N_("Several statements on one year, shown together"),
    "superseded_by_the_depositary": N_("The depositary publishes its own date"),
    "no_action_printed": N_("State without an action"),
    "reservation_without_act": N_("Reservation of a state without an action on the treaty"),
    "treaty_not_declared": N_("Treaty that Atalaya does not show"),
    "ratified_without_signature": N_("Published as a ratification, although no signature is published"),
    "deposited_before_signature": N_("Deposit before the signature"),
    "in_force_before_deposit": N_("Entry into force before the deposit"),
    "unknown_code": N_("Unknown code"),
    "only_a_bound": N_("Limit instead of a figure"),
    # Translators: females are more in most states; where they are fewer, a publisher may have exchanged the two.
    "sexes_unchecked": N_("By sex, and the sexes may have been exchanged"),
    "other_series": N_("Series not used for an indicator"),
    "other_breakdown": N_("Breakdown not used"),
    "other_reporting_type": N_("A figure that is not from the global database"),
    "other_sex": N_("Another sex than the indicator is defined for"),
    "unknown_sex": N_("Unknown sex code"),
    "unknown_age": N_("Unknown age group"),
    "few_zeros": N_("Almost no zeros published; “<5” read as if there were none"),
    "much_smaller_than_before": N_("Far fewer rows than in the previous release"),
    "fewer_rows_than_the_frozen_file": N_("Fewer rows than in the whole file"),
    "no_population": N_("Country without a population figure"),
    "listed_by_review": N_(
        "Figures questioned after review: unusually high for a country of citizenship that is listed in two years only"
    ),
    "implausible_for_origin": N_(
        "More than 15 for every 100,000 inhabitants of the country of citizenship in one year"
    ),
    "part_of_a_year": N_("Only part of a year"),
    "only_in_national_totals": N_("Only in the national totals by year and sex: not kept by place, month or age"),
    "other_offence": N_("An offense other than trafficking in persons"),
    "larger_than_total": N_("Larger than the total of all victims detected there in the same year"),
    "input_missing": N_("One of the two figures is missing or cannot be used"),
    "input_contradicted": N_("The parts of one of the two figures contradict it"),
    "units_differ": N_("Units differ"),
    "denominator_may_be_zero": N_("The number to divide by is or may be zero"),
    "states_that_report": N_("States that report"),
}


# How fresh a source's files are, by `data.columns.FRESHNESS`; the screens add the date of the attempt to "stale".
FRESHNESS = {
    "fresh": N_("publisher answered"),
    "stale": N_("publisher could not be reached"),
    "not_asked": N_("publisher not contacted for this data version"),
    "carried_over": N_("not read again; rows of the previous data version"),
    "frozen": N_("not updated here"),
    "mirror": N_("from stored copies"),
    "reference": N_("transcribed by Atalaya from public texts"),
    "sent": N_("sent by states and reviewers"),
}
# Parts of a release; treaties have their own names, and series of the SDG database appear under their own codes.
PART = {
    "instruments": N_("Treaty actions"),
    "laws": N_("Laws"),
    "by_form": N_("by form of exploitation"),
    "by_sex_and_age": N_("by sex and age"),
    "by_citizenship": N_("by citizenship"),
    "by_citizenship_and_country": N_("by citizenship and country of exploitation"),
    "all_states": N_("all states"),
    "darien": N_("Panama, the Darién"),
    "honduras": N_("Honduras"),
    "mexico": N_("Mexico"),
    "largest_share": N_("share of the state with the largest figure"),
}
# The first words of a check's name; the rest of the name is its subject.
CHECK = {
    "keys": N_("Rows with the same key"),
    "one unit an indicator": N_("One unit for each indicator"),
    "one year_basis an indicator": N_("One meaning of the year for each indicator"),
    "figures above population": N_("Counts of persons above the number of inhabitants"),
    "parts above totals": N_("Parts larger than their total"),
    "best readings stand in their release": N_("Figures missing from their release"),
    "figures still masked": N_("Figures still shown as “<5” that UNODC now publishes"),
    "rows": N_("Rows read, compared with the previous data version"),
    "releases lost": N_("Releases no longer available"),
    "releases changed under one date": N_("Releases that changed under one date"),
    "declared releases lost": N_("Declared releases of citizenship figures and routes that are not available"),
    "entries treaty": N_("Declaration: entries on treaties, recounted from the acts"),
    "entries law": N_("Declaration: entries on laws, recounted"),
    "entries statistic": N_("Declaration: entries on figures, recounted"),
    "grades of entries": N_("Types of source of entries, compared with their dates"),
    "comparison with the snapshot before": N_("Comparison with the previous data version"),
    "states lost": N_("States that a source no longer gives"),
    "years lost": N_("Years that a source no longer gives"),
    "years of states lost": N_("Years that a source no longer gives for a state"),
    "figures ten times the one before": N_("Figures ten times the one before"),
    "figures a tenth of the one before": N_("Figures a tenth of the one before"),
    "totals ten times or a tenth of those before": N_("Totals ten times or a tenth of those before"),
    "changes beyond the usual": N_("Figures changed more than any revision so far"),
    "totals that moved away from their parts": N_("Totals that changed while their parts did not"),
    "totals that newly differ from their parts": N_("Totals that now differ from the sum of their parts"),
    "totals outside the range of their series": N_("Totals outside the range of the years around them"),
    "years that repeat another year": N_("Years of a state with the same figures as another year"),
    "women and men exchanged": N_("Figures of women and men that a new release seems to exchange"),
    "small figures beside masks": N_("Figures from 1 to 4 of a publisher that does not publish them"),
    "masks lost": N_("Figures “<5” that became five or more"),
    "figures that became several values": N_("Figures published with several values, before with one"),
    "new releases older than published ones": N_("New releases that are older than those already used"),
    "definitions changed under one version": N_("Definitions changed without a new version"),
}
# The acts of a state on a treaty.
ACTION = {
    "signature": N_("Signature"),
    "ratification": N_("Ratification"),
    "accession": N_("Accession"),
    "acceptance": N_("Acceptance"),
    "approval": N_("Approval"),
    "succession": N_("Succession"),
    "participation": N_("Party"),
}
# How a state stands toward a treaty, by `dashboard.subjects.treaties.query.STANDINGS`.
STANDING = {
    "party": N_("Party"),
    "undated": N_("Party; date unknown"),
    "signed": N_("Signed only"),
    "after": N_("Signed; instrument deposited later (date calculated)"),
    "later": N_("No action"),
    "none": N_("No action recorded"),
    "unseen": N_("Not in our copy of the table"),
}
# The subjects of treaties, by `data.treaties.SUBJECTS`.
TREATY_SUBJECT = {
    "organized_crime": N_("Trafficking, organized crime"),
    "cooperation": N_("Cooperation in criminal matters"),
    "children": N_("Children"),
    "women": N_("Women"),
    "migrants": N_("Migrants and refugees"),
    "slavery": N_("Slavery"),
}
# Codes of a reservation or declaration, beside the numbers of articles.
RESERVED = {"unspecified": N_("none named")}
DATE_PRECISION = {"day": N_("Exact day"), "year": N_("Only the year"), "none": N_("Date unknown")}
# How a stated route leads from one state to another, by `dashboard.subjects.pair.query.WAYS`.
WAY = {
    "direct": N_("as a direct route"),
    "through": N_("as a route through a third place"),
    "onward": N_("as the leg to a transit state"),
    "from_elsewhere": N_("as the leg from a transit state"),
}
# The counting units of states, by `data.counting_units.UNITS`, and the word where there is none.
COUNTING = {
    "persons": N_("persons of any nationality"),
    "offences": N_("offenses"),
    "cases": N_("cases, not persons"),
    "own_nationals": N_("its own nationals only"),
    "foreign_nationals": N_("foreign nationals only"),
    "victims_in_complaints": N_("victims in complaints to the police"),
    "victims_in_files": N_("victims in files of investigations"),
    "not_stated": N_("not stated by the publisher"),
}
GRADE = {
    "background": N_("Background"),
    "figure": N_("A figure is reported"),
    "public_document": N_("Public document"),
    "state_report": N_("Report of the state"),
    "reviewed": N_("Reviewed by others"),
    "reply": N_("Reply"),
}
WITHDRAWN = {
    "wrong_figure": N_("A figure was wrong"),
    "mask_lifted": N_("A figure published as “<5” could be deduced"),
    "rights": N_("It contained data that may not be shared"),
    "release_withdrawn": N_("The publisher withdrew its release"),
}
# What figures of one release say against each other, by `data.columns.IDENTITY`.
IDENTITY = {
    "parts_by_sex": N_("Figures by sex above the total"),
    "parts_by_age": N_("Figures by age above the total"),
    "form_above": N_("A form of exploitation above the total"),
    "one_form": N_("A total that equals one form of several"),
    # Translators: in sexual exploitation; it contradicts nothing.
    "more_males": N_("More males than females: unusual"),
}
TABLE = {
    "observations": N_("Current figures"),
    "vintages": N_("Figures of every available release"),
    "flows": N_("Citizenship figures and described routes"),
    "flow_vintages": N_("Citizenship figures of every available release"),
    "flow_coverage": N_("Victims whose citizenship UNODC lists"),
    "flow_coverage_vintages": N_("Victims whose citizenship UNODC lists, every available release"),
    "flow_revisions": N_("Citizenship figures that differ between releases"),
    "roles": N_("Roles coded from US government reports"),
    "release_coverage": N_("Indicators and years of each release"),
    "revisions": N_("Changes between releases"),
    "identities": N_("Figures that others of their release contradict"),
    "instruments": N_("Treaty actions"),
    "evidence": N_("Evidence on the Declaration"),
    "workplan_lines": N_("Lines of action of the Second Work Plan"),
    "migrant_stock": N_("Migrant stock, for context"),
    "migrant_stock_vintages": N_("Migrant stock of earlier releases, for context"),
    "agreement": N_("Which kinds of evidence name a pair, a route or a role"),
    "movements": N_("Refugees, asylum-seekers and crossings, for context"),
    "areas": N_("The 35 states"),
    "countries": N_("Countries of the world"),
    "boundaries": N_("Map outlines"),
}
COLUMN = {
    "indicator": N_("Indicator"),
    "area": N_("State"),
    "year": N_("Year"),
    "year_basis": N_("Meaning of the year"),
    "sex": N_("Sex"),
    "age": N_("Age"),
    "form": N_("Form of exploitation"),
    "low": N_("Lowest possible value"),
    "high": N_("Highest possible value"),
    "status": N_("Data status"),
    "state": N_("State of the figure"),
    "unit": N_("Unit"),
    "contradicted": N_("Contradicted by its own figures"),
    "other_contradicted": N_("Its own parts contradict the other figure"),
    "parts": N_("The other figures"),
    "parts_low": N_("Lowest possible value of the other figures"),
    "parts_high": N_("Highest possible value of the other figures"),
    "parts_locator": N_("Source cells of the other figures"),
    "counting_unit": N_("Unit of count"),
    "area_name": N_("Name of the state, in English"),
    "REF_AREA": N_("State, as in SDMX"),
    "TIME_PERIOD": N_("Year, as in SDMX"),
    "OBS_VALUE": N_("Exact value, as in SDMX"),
    "OBS_STATUS": N_("Data status, as in SDMX"),
    "other_counting_unit": N_("Unit of count of the other state"),
    "left_out": N_("Left out, as questioned"),
    "questioned": N_("Questioned"),
    "questioned_high": N_("Questioned, at most"),
    "list_releases": N_("Release of the list"),
    "stated": N_("Coding"),
    "silent": N_("Later reports that do not mention it"),
    "source": N_("Source"),
    "release": N_("Release"),
    "locator": N_("Source cell"),
    "about": N_("Pair, route or role"),
    "only": N_("Named by no other kind"),
    "certain": N_("A figure above zero is certain"),
    "first_year": N_("First year"),
    "last_year": N_("Last year"),
    "years": N_("Years"),
    "month": N_("Last month of the data"),
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
    "date_precision": N_("Precision of the date"),
    "reservation": N_("Articles of a reservation or declaration"),
    "transcribed": N_("Transcribed by one person"),
    "unseen": N_("Our copy may lack the state"),
    "differs": N_("Sources differ"),
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
MOVEMENT = {
    "migrants": N_("Migrants (estimate)"),
    "refugees": N_("Refugees"),
    "asylum_seekers": N_("Asylum-seekers"),
    "others_in_need": N_("Others in need of international protection"),
    "crossings": N_("Crossings in irregular transit"),
}
# The same as headings of columns.
SHORT_MOVEMENT = {
    "migrants": N_("Migrants"),
    "refugees": N_("Refugees"),
    "asylum_seekers": N_("Asylum-seekers"),
    # Translators: others that UNHCR counts as in need of international protection, as short as possible.
    "others_in_need": N_("Others (UNHCR)"),
    # Translators: of borders, by people in irregular transit.
    "crossings": N_("Crossings"),
}
LINE_KIND = {"line_of_action": N_("Line of action"), "indicator": N_("Suggested indicator")}
DESK = {"explore": N_("Explore"), "compare": N_("Compare")}
READING = {
    "multiples": N_("State by state"),
    "lines": N_("Lines"),
    "two_years": N_("Two years"),
    "heat": N_("States and years"),
    "joined": N_("Side by side"),
    "table": N_("As a table"),
}
