"""The declaration: its 32 paragraphs, who has to act on each, and which facts are evidence on it.

Titles, themes and measures are our words; each is an English message, translated where it is shown. Four reviewed files
of `data/reference/` interpret the paragraphs: `commitments.csv` (who acts, and the number of states it is counted
over), `questions.csv` (which treaties, laws and figures become entries of the ledger), `hti_measures.csv` (which
columns of the Human Trafficking Index concern which paragraph) and `objectives.csv` (related objectives of the work
plan).
"""

from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import columns
from data.codebook import codebook
from data.columns import PARAGRAPHS
from data.i18n import N_
from data.reviewed import Reviewed, read
from data.treaties import treaties

THEMES: dict[str, str] = {
    "prosecution_and_justice": N_("Prosecution and justice"),
    "prevention": N_("Prevention"),
    "protection_and_assistance": N_("Protection and assistance"),
    "partnership_and_cooperation": N_("Partnership and cooperation"),
    "legal_framework": N_("Legal framework"),
    "resources_and_institution": N_("Resources and institutions"),
    "data_and_knowledge": N_("Data and knowledge"),
}

TITLES: dict[int, str] = {
    1: N_("Condemn trafficking and bring offenders to justice"),
    2: N_("Prevent and end trafficking in the public and private spheres"),
    3: N_("Put the Protocol on trafficking into practice and share lessons"),
    4: N_("Eliminate trafficking and the worst forms of child labor"),
    5: N_("Networks of public and private bodies for joint policies"),
    6: N_("Exchange of practice against forced labor in supply chains"),
    7: N_("Public and private cooperation to protect migrant workers"),
    8: N_("Codes of conduct that protect workers"),
    9: N_("Safeguards against trafficking in what the OAS buys"),
    10: N_("Partnerships for shelter and services"),
    11: N_("Care, legal help, education and work for recovery"),
    12: N_("Free legal aid for victims"),
    13: N_("Prevention, and identification of victims"),
    14: N_("Model laws and policies on care for victims"),
    15: N_("Residence, work permits and care for migrant victims"),
    16: N_("Safe and humane return of victims"),
    17: N_("Awareness raising with civil society and academia"),
    18: N_("Training of public officials on the law and on curbing demand"),
    19: N_("Continuing specialized training of front-line staff"),
    20: N_("Stronger investigation and prosecution"),
    21: N_("Policies made with survivors, for reintegration and work"),
    22: N_("Mutual legal assistance and extradition"),
    23: N_("Laws that define acts, means and purpose"),
    24: N_("Links between the authorities on trafficking and on women’s rights"),
    25: N_("Cooperation among states of origin, transit and destination"),
    26: N_("Common indicators and comparable statistics"),
    27: N_("Funds for plans, trials and care for victims"),
    28: N_("OAS budget and technical assistance for the work plans"),
    29: N_("A regional knowledge base on trafficking"),
    30: N_("Application of the Convention and its Protocol to benefit victims"),
    31: N_("Second Work Plan extended to 2020"),
    32: N_("Continued support for the Work Plan 2015–2020"),
}

MEASURES: dict[int, str] = {
    1: N_(
        "Persons suspected, prosecuted and convicted in a year, and under which provision; whether persons or cases "
        "are counted."
    ),
    2: N_(
        "A national policy or plan in force with measures for women and children, in public and in private settings."
    ),
    3: N_("Day and form of joining the Protocol; part taken in the review of its application; exchanges, with whom."),
    4: N_(
        "Measures taken in the period; a legal ban on the worst forms of child labor and on the use of child soldiers; "
        "year of a child labor survey."
    ),
    5: N_("Networks or agreements in force, with parties, date, scope and results."),
    6: N_("Partnerships on supply chains; rules on due diligence or disclosure; guidance issued."),
    7: N_("Cooperation that covers migrant workers, women and children among them; reach of labor inspection."),
    8: N_("Codes of conduct adopted and made public; what the state asks or offers for them."),
    9: N_("A purchasing policy or rule adopted or revised, with its title, date and clause."),
    10: N_("Shelter places open to victims, services, who runs them, and the year; never where they are."),
    11: N_("Victims who received each kind of help in the year, out of those identified; a protocol in force."),
    12: N_(
        "Legal basis of free aid; victims who received it; whether migrants are covered; compensation sought and "
        "awarded."
    ),
    13: N_("An identification protocol or referral mechanism in force; victims identified in the year, and by whom."),
    14: N_("A model text published, with title, date and languages; states that say they use it."),
    15: N_("The rule by which victims may stay and work; permits granted in the year."),
    16: N_(
        "A procedure or agreement in force with other states; returns shown to be voluntary and safe; help afterwards."
    ),
    17: N_("Campaigns with partners, audience and date; an evaluation, if there is one."),
    18: N_("Core content set for each post; employees trained in the year, out of the target group."),
    19: N_("Staff trained in the year in each sector, out of all; content on trauma and on groups; refresher courses."),
    20: N_("Specialized units; investigations opened; joint operations; support for victims during proceedings."),
    21: N_("A formal voice for survivors (body, mandate, date); a policy adopted; persons helped into work."),
    22: N_("Agreements in force; requests sent, received and carried out in trafficking cases."),
    23: N_("Law, article and year; acts, means and purposes covered; children protected without proof of means."),
    24: N_("A channel between the two national authorities; meetings, exchanges and products in common."),
    25: N_("Agreements, joint investigations, and assistance given or received, with which state."),
    26: N_("A national data body; the classification used; variables published; last year covered; replies to UNODC."),
    27: N_("A budget line or fund: amount, currency, year and share spent."),
    28: N_("Budget lines of the two departments; assistance asked for and delivered."),
    29: N_("The knowledge base online, with address, date and size; states that supplied material."),
    30: N_("Days of deposit of both treaties; how they are applied shows under paragraphs 11, 12, 15, 20 and 23."),
    31: N_("Done when the Declaration was adopted: the plan was extended to 2020."),
    32: N_("Assistance delivered from 2018 to 2020, and to which state; reports published."),
}

OBJECTIVES: dict[int, str] = {
    1: N_("Full application of the Convention, the trafficking Protocol and other relevant treaties"),
    2: N_("Cooperation and coordination between agencies: bilateral, regional and international"),
    3: N_(
        "Stronger work by the responsible authorities, with civil society, academia, the private sector and other "
        "bodies"
    ),
    4: N_("Lower vulnerability of different population groups to trafficking"),
    5: N_("Training of professionals, institutions and organizations"),
    6: N_("Reports on trafficking and on action against it"),
    7: N_("A society aware of trafficking and mobilized to prevent it"),
}

# Who acts on a paragraph. If both do, a state's own acts are shown beside those done together.
ACTORS = ("states", "OAS-GS", "COLLECTIVE", "states_and_COLLECTIVE")
OF_STATES = ("states", "states_and_COLLECTIVE")
# A fact is not progress: it is counted whatever its date.
KINDS = ("progress", "fact")
# All states take part in the treaties; Cuba takes no part in the reports.
COUNTED = {"progress": 34, "fact": 35}
QUESTIONS = ("treaty", "law", "statistic")
LAW = "law"
JOINT = ";"


def known(table: str, column: str) -> list[str]:
    """The codes that the codebook explains of a column."""
    rows = codebook().filter(pl.col("table") == table, pl.col("column") == column, pl.col("code") != "")
    return rows["code"].to_list()


def _indicators(cell: pl.Expr) -> pl.Expr:
    return cell.str.split(JOINT).list.eval(pl.element().is_in(known("observations", "indicator"))).list.all()


def _paragraph() -> dy.Int8:
    description = f"a paragraph of the declaration, 1 to {PARAGRAPHS}"
    return dy.Int8(nullable=False, primary_key=True, min=1, max=PARAGRAPHS, description=description)


class Commitments(Reviewed):
    """A row is a paragraph: its theme, who acts, the number of states it is counted over, related indicators."""

    FILE = "commitments.csv"
    paragraph = _paragraph()
    theme = columns.code(tuple(THEMES))
    actor = columns.code(ACTORS)
    kind = columns.code(KINDS)
    counted_of = dy.Int8(nullable=True, description="34 (reports), 35 (facts of treaties) or blank")
    indicators = dy.String(
        nullable=True,
        check={"explained": _indicators},
        description="ids of indicators in codebook.csv, separated by ;",
    )

    @dy.rule()
    def each_of_them(cls) -> pl.Expr:
        """Each paragraph from 1 to 32 has a row."""
        return pl.col("paragraph").n_unique() == PARAGRAPHS

    @dy.rule()
    def counted_of_the_states(cls) -> pl.Expr:
        """A paragraph of the states is counted over 34 states (progress) or 35 (a fact); for others it is blank."""
        states = pl.col("kind").replace_strict(COUNTED, default=None, return_dtype=pl.Int8)
        return pl.when(pl.col("actor").is_in(OF_STATES)).then(states).eq_missing(pl.col("counted_of"))


class Questions(Reviewed):
    """A row says that a kind of fact about `subject` is evidence on a paragraph, and why (`reason`)."""

    FILE = "questions.csv"
    paragraph = _paragraph()
    kind = columns.code(QUESTIONS, key=True)
    subject = dy.String(
        nullable=False,
        primary_key=True,
        min_length=1,
        description="a line of treaties.csv (treaty), the word law (law) or an indicator (statistic)",
    )
    reason = columns.text()

    @dy.rule()
    def laws_once(cls) -> pl.Expr:
        """Laws are evidence on one paragraph."""
        return (pl.col("kind") != LAW) | (pl.len().over("kind") == 1)

    @dy.rule()
    def subject_of_its_kind(cls) -> pl.Expr:
        """The subject of a treaty is in treaties.csv, of a law it is `law`, of a statistic an indicator we explain."""
        treaty = pl.col("subject").is_in(list(treaties()))
        figure = pl.col("subject").is_in(known("observations", "indicator"))
        kind = pl.col("kind")
        return (
            pl.when(kind == "treaty")
            .then(treaty)
            .when(kind == "statistic")
            .then(figure)
            .otherwise(pl.col("subject") == LAW)
        )


@cache
def commitments(path: Path | None = None) -> pl.DataFrame:
    """Columns paragraph, theme, actor, kind, counted_of and indicators (a list, may be empty); sorted by paragraph.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    named = pl.col("indicators").fill_null("").str.split(JOINT).list.set_difference([""])
    return read(Commitments, path).drop("row").sort("paragraph").with_columns(named)


@cache
def questions(path: Path | None = None) -> pl.DataFrame:
    """Columns paragraph, kind, subject and reason, sorted in that order.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return read(Questions, path).drop("row").sort("paragraph", "kind", "subject")


class Measures(Reviewed):
    """A row is a column that we read: its exact heading, the id of its measure, the paragraph it concerns."""

    FILE = "hti_measures.csv"
    column = dy.String(nullable=False, primary_key=True, min_length=1)
    measure = dy.String(nullable=False, unique=True, regex="^[a-z_]+$", description="a unique id of a-z and _")
    paragraph = dy.Int8(nullable=False, min=1, max=PARAGRAPHS, description=f"a paragraph, 1 to {PARAGRAPHS}")
    reason = columns.text()


@cache
def measures() -> pl.DataFrame:
    """The declared columns: `column` (the exact heading), `measure` (id), `paragraph` (1-32), `reason`."""
    return read(Measures).drop("row")


class Objectives(Reviewed):
    """A row is a paragraph, a related objective of the work plan, and the reason."""

    FILE = "objectives.csv"
    paragraph = dy.Int8(
        nullable=False, primary_key=True, min=1, max=PARAGRAPHS, description=f"a paragraph, 1 to {PARAGRAPHS}"
    )
    objective = dy.Int8(
        nullable=False,
        primary_key=True,
        min=1,
        max=columns.OBJECTIVES,
        description=f"an objective, 1 to {columns.OBJECTIVES}",
    )
    reason = columns.text()


@cache
def objectives() -> pl.DataFrame:
    """Columns paragraph, objective and reason, sorted in that order."""
    return read(Objectives).drop("row").sort("paragraph", "objective")
