"""The page "Present": the scenes of an agenda for the meeting room."""

from collections.abc import Iterator

from dashboard.subjects.meetings import agendas
from dashboard.subjects.meetings.filters import (
    GUIDED,
    MEETING,
    NAME,
    NOBODY,
    NOTES,
    OWN,
    OWN_AGENDA,
    PRESENT,
    SCENE,
    YOURS,
)
from dashboard.views.figure import Values
from dashboard.views.page import Controls, Link, Page, Section, Show
from data import meeting
from data.i18n import N_, Language
from data.meeting import AgendaFault, Meeting

# In the values of the page: the faults of the agenda that a request has brought.
FAULTS = "agenda.faults"
# The agenda, without a scene on stage.
FRESH = {SCENE.name: "", NOTES.name: "", GUIDED.name: ""}


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    name, given = values.value(MEETING), dict(values.given)
    agenda: Meeting = given.get(OWN_AGENDA.name, OWN_AGENDA.default) if name == OWN else agendas.delivered(name)
    show = Show(
        agenda,
        name,
        second=Link("", lang.text("Speaker notes in a second window"), {**FRESH, NOTES.name: NOTES.write(True)}),
        load=_another(lang, OWN),
        own=name == OWN,
        faults=tuple(_faults(lang, given.get(FAULTS, ()))),
        area=values.value(YOURS).replace(NOBODY, ""),
        scene=values.value(SCENE),
        notes=values.value(NOTES),
        guided=values.value(GUIDED),
    )
    if agendas.open_to_choice(agenda):
        yield Section("", "state", (Controls((YOURS,), alphabetical=(YOURS.name,)),))
    others = [_another(lang, name) for name in (*meeting.delivered(), OWN) if name != show.name]
    yield Section(_heading(lang, name, agenda), "agenda", (*others, show))


def _heading(lang: Language, name: str, agenda: Meeting) -> str:
    given = agenda.name[lang.code]
    return given if name != OWN or given == lang.text(NAME) else lang.labeled(lang.text(NAME), given)


def _another(lang: Language, name: str) -> Link:
    return Link("", _name(lang, name), {MEETING.name: name, **FRESH})


def _name(lang: Language, name: str) -> str:
    return lang.text(NAME) if name == OWN else agendas.delivered(name).name[lang.code]


def _faults(lang: Language, found: tuple[AgendaFault, ...]) -> Iterator[str]:
    if found:
        n = len(found)
        yield lang.plural("{n} error found; nothing was loaded.", "{n} errors found; nothing was loaded.", n)
    for fault in found:
        yield fault.line(lang)


PRESENT_PAGE = Page(
    slug="present",
    title=N_("Present"),
    purpose=N_("Slides for the meeting room."),
    filters=PRESENT,
    brought=(OWN_AGENDA,),
    sections=lambda lang, values: tuple(_sections(lang, values)),
)
