"""What a workbook says of itself: how it is filled in, what must not stand in it, and what becomes of it."""

from data.i18n import N_
from data.report.asked import Asked

OF_KIND = {
    "report": (
        N_("Each line is one thing that was done or found on a paragraph; there are several lines for each paragraph."),
        N_("A line may be left blank: a paragraph without a line stays without evidence, which is not “not started”."),
        N_("A status is never needed. It is taken only with a document: its title, who issued it and its date."),
        N_("Dates from and to say when a thing was done; without them the whole period of this report holds."),
        N_("A line of action of the work plan is given by its number, where you know it."),
    ),
    "review": (
        N_("Each line is what you found on one entry of the ledger. Copy the entry's id from the page of the ledger."),
        N_("A status is never needed. It is taken only with a document: its title, who issued it and its date."),
    ),
    "reply": (
        N_("Each line answers one entry of the ledger. Copy the entry's id from the page of the ledger."),
        N_("Your reply stands beside what it answers, with its date. What it answers is not altered."),
    ),
    "correction": (
        N_("Each line disputes one figure or one route of the observatory. Name it as the page shows it."),
        N_("What you say stands beside the figure, with its date. The publisher's figure is not altered."),
    ),
}
OF_ALL = (
    N_("Write in the pale cells alone. The other cells, the sheets and their names are part of the form."),
    N_("A document is named by its title, who issued it and its date; its address begins with https:// or http://."),
    N_("Dates are dates, such as 2018-05-31; texts are plain texts: no formulas, pictures, comments or merged cells."),
    N_("Name no person, tell no case, give no address of a shelter: a program cannot find this, and all is published."),
    N_("Counts of fewer than five persons, and figures of single places, do not belong here."),
    N_("The file is checked cell by cell. Every fault is named with its sheet and cell, and nothing is taken in part."),
    N_("A later report for the same period does not erase this one: both stay, with their dates."),
    N_("What a state reports of itself is shown as its own word, apart from what others reviewed. Nothing is ranked."),
)


def sentences(asked: Asked) -> tuple[str, ...]:
    """The instructions of a kind of workbook, in its language."""
    return tuple(asked.language.text(told) for told in (*OF_KIND[asked.kind], *OF_ALL))
