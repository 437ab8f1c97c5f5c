"""The routes in a briefing: counted victims and stated routes, each in its own part, never on one map."""

from dataclasses import replace

from dashboard.briefing import front_matter, maps, words
from dashboard.briefing.content import Part
from dashboard.shell import choices
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.words import terms
from data.i18n import Language

SOURCES = {"counted": front_matter.MAIN, "stated": "du_directionality"}


def parts(lang: Language, size: maps.Size, area: str | None = None) -> tuple[Part, ...]:
    """Both kinds of evidence, of the region or of one state, over all years."""
    return tuple(_part(lang, _filter(area, evidence), size, area) for evidence in choices.EVIDENCE.options)


def _filter(area: str | None, evidence: str) -> routes_query.Filter:
    if area:
        return choices.state_routes_selection(area, evidence)
    first, last = choices.flow_years()
    return routes_query.Filter("counted" if evidence == "counted" else "stated", first=first, last=last)


def _part(lang: Language, selection: routes_query.Filter, size: maps.Size, area: str | None) -> Part:
    arrows, rows = routes_query.arrows(selection), routes_query.cells(selection)
    picture = maps.of_routes(lang, selection, arrows, rows, size)
    if arrows.every.is_empty():
        picture = replace(picture, alt=f"{routes_words.heading(lang, selection, area)}. {nothing(lang)}")
    remarks = (
        *meaning(lang, selection.evidence),
        *front_matter.releases(lang, rows),
        *_remarks(lang, selection, arrows),
        *maps.disputed(lang, arrows.shown),
    )
    title = routes_words.heading(lang, selection, area)
    drawn = words.from_screen(
        routes_tables.shown_sheet(selection, lang), lang.labelled(title, lang.text("the arrows drawn"))
    )
    table = words.filled(words.without(drawn, [lang.text("Unit"), lang.text("Left out, as questioned")]))
    notes = [picture.alt, *remarks]
    tables = (table,) if table.rows else ()
    return Part("routes", title, picture.alt, picture=picture, tables=tables, remarks=remarks, notes="\n".join(notes))


def nothing(lang: Language) -> str:
    """The sentence for a view without routes."""
    return lang.text("No route is recorded here.")


def meaning(lang: Language, evidence: str) -> tuple[str, ...]:
    """What an arrow of either kind means, and does not mean."""
    if evidence == "counted":
        return (lang.text("An arrow leads from the country of citizenship to the state that detected the victims."),)
    text = lang.text(
        "An arrow counts statements in those reports, not victims. Source: {source}.",
        source=terms.term(lang, "source", SOURCES["stated"]),
    )
    return (text,)


def _remarks(lang: Language, selection: routes_query.Filter, arrows: routes_query.Arrows) -> list[str]:
    """Remarks on how complete the lists are and what is not drawn."""
    covered = routes_query.coverage(selection.areas, selection.first, selection.last)
    remarks = routes_words.remarks(replace(arrows, hidden=arrows.hidden | {"unlocated": 0}), covered, lang, selection)
    unlocated = arrows.hidden["unlocated"]
    if not unlocated:
        return remarks
    return [*remarks, unplaced(lang, unlocated)]


def unplaced(lang: Language, records: int) -> str:
    """How many records name a region or an unknown place."""
    return lang.plural(
        "{n} record names a region or an unknown place: no map can show it; the page Routes lists it.",
        "{n} records name a region or an unknown place: no map can show them; the page Routes lists them.",
        records,
    )
