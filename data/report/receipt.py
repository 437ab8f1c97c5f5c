"""The receipt for an accepted workbook, for who sent it and in its language: what was accepted, and under which ids."""

from datetime import date

from data.i18n import language
from data.report import cover
from data.report.accepted import Accepted
from data.report.faults import quote
from data.report.order import order


def receipt(report: Accepted) -> str:
    """The lines of the receipt for an accepted report."""
    head = report.head
    lang = language(head["language"])
    accepted = date.fromisoformat(head["accepted"])
    sent = order(head["kind"], head["area"], head["period"], head["language"], accepted)
    facts = {
        lang.text("Receipt"): cover.title(sent),
        lang.text("Version"): lang.number(head["version"]),
        lang.text("Issued by"): head["issuer"],
        lang.text("Day of the document"): lang.date(date.fromisoformat(head["date"])),
        lang.text("Accepted on"): lang.date(accepted),
        lang.text("SHA-256 of the workbook"): head["workbook"]["sha256"],
    }
    entries = [
        f"- {entry}: {lang.text('paragraph {n}', n=paragraph)}, {quote(finding)}"
        for entry, paragraph, finding in report.entries.select("id", "paragraph", "finding").iter_rows()
    ]
    last = lang.text(
        "These entries are shown from the next data version on. To change them, send a corrected workbook; it becomes "
        "the next version."
    )
    return "\n".join([*(lang.labeled(label, words) for label, words in facts.items()), *entries, last, ""])
