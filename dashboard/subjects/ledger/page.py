"""The page "Declaration": what was found for all paragraphs or for one, of the region or a state; and the work plan."""

from collections.abc import Iterator
from functools import partial

from dashboard.subjects.blocks import graphic
from dashboard.subjects.ledger import (
    blocks,
    entries,
    files,
    filters,
    paragraph,
    passports,
    query,
    reports,
    scene,
    words,
    workplan,
)
from dashboard.subjects.ledger.page_figures import BARS, MATRIX
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.shared import AREA
from dashboard.subjects.sources.files import table
from dashboard.views.figure import Values
from dashboard.views.page import (
    Block,
    Controls,
    Files,
    Fold,
    Heading,
    Link,
    Page,
    Section,
    Table,
    Text,
)
from dashboard.words.tables import sheet
from data.columns import DECLARED
from data.i18n import N_, Language


def _lead(lang: Language, values: Values) -> str:
    every, early = query.searched()
    area = filters.state(values.value)
    if area:
        # The title of its list has what was found.
        found = words.addressed(lang, query.cells(query.EntryFilter(actors=(area,))).height)
    else:
        found = words.opening(lang, query.tallies(query.EntryFilter()))
    # Translators: {early} of the {all} sources in which documents were looked for say nothing on later years.
    where = lang.text(
        "Of the {all} sources that we searched, {early} end in {year} or before. A state can add its own documents.",
        early=lang.number(early),
        all=lang.number(every),
        year=DECLARED.year,
    )
    return f"{found}. {where}"


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    area, number = filters.state(values.value), values.value(filters.PARAGRAPH)
    report = Fold("submit", lang.text("Submit a national report"), lambda: tuple(reports.steps(lang, area)))
    first = (_controls(area, number), report)
    if number != filters.ALL:
        yield Section("", "", first)
        yield from paragraph.sections(lang, values, int(number))
        return
    if area:
        yield Section("", "", first)
        finding = entries.finding(filters.list_selection(values.value), lang)
        yield Section(finding, "finding", (*_known(lang, values, area), *_all(lang, values)))
    else:
        matrix = values.value(filters.DISPLAY) == "matrix"
        figure = graphic(MATRIX if matrix else BARS, values, "matrix" if matrix else "bars", opens=_cell)
        yield Section("", "", (*first, figure, *_all(lang, values)))
    yield Section(lang.text("Second Work Plan (2015–2020)"), "workplan", tuple(_workplan(lang, values)))


def _controls(area: str, number: str) -> Controls:
    """The controls of a view: there is more to choose from of the region than of one state."""
    always = (filters.GRADES, filters.YEARS)
    of_region = (filters.THEMES, filters.STATES, filters.OBJECTIVES, filters.ADDRESSEE)
    more = () if area else of_region if number == filters.ALL else (filters.ACTOR,)
    drawn = () if area or number != filters.ALL else (filters.DISPLAY,)
    return Controls(
        (filters.SCOPE, *([AREA] if area else []), filters.PARAGRAPH, *drawn),
        (*more, *always),
        buttons=(filters.SCOPE.name, filters.DISPLAY.name, filters.ADDRESSEE.name),
        alphabetical=(AREA.name, filters.STATES.name),
    )


def _cell(mark: str) -> Link:
    """The view of the paragraph and, if it names one, the state or body of a mark: `<paragraph>.<actor>`."""
    number, _, actor = mark.partition(".")
    chosen = {filters.PARAGRAPH.name: number, filters.ENTRY.name: filters.ENTRY.default, **blocks.of_actor(actor)}
    return Link("", "", chosen, "paragraph")


def _known(lang: Language, values: Values, area: str) -> Iterator[Block]:
    """What was found on a state's paragraphs: its standing, the table, and the gap in one line."""
    selection = filters.list_selection(values.value)
    known = entries.known(selection, lang)
    yield from blocks.standing(lang, area)
    if known.rows.num_rows:
        yield Table("found", entries.finding(selection, lang), known, wrapped=True)
    for sentence in words.coding(lang, query.found(selection)):
        yield Text((sentence,), "small")
    if nothing := entries.nothing(selection, lang):
        yield Text((nothing,))


def _all(lang: Language, values: Values) -> Iterator[Block]:
    """What stands below the finding on all paragraphs: the rows behind it, and every entry."""
    selection = filters.list_selection(values.value)
    yield Files(files.cells(lang, selection))
    if not filters.state(values.value):
        title = lang.text("Paragraph by paragraph, all states")
        yield Fold("paragraphs", title, partial(_paragraphs, lang, title))
    yield from blocks.opened(lang, values)
    label = words.listed(lang, selection.paragraphs, entries.entries(selection, lang).height)
    yield Fold("entries", label, partial(blocks.listed, lang, values))


def _paragraphs(lang: Language, title: str) -> tuple[Block, ...]:
    return (
        Table("paragraphs", title, entries.paragraphs_table(lang)),
        Text((words.counted_states(lang),), "small"),
        Files(files.paragraphs(lang)),
    )


def _workplan(lang: Language, values: Values) -> Iterator[Block]:
    """The lines of the work plan, if they are loaded, and its objectives."""
    lines = workplan.lines()
    if lines.is_empty():
        missing = lang.text("We do not have the official text of this plan or of the Third Work Plan (2023–2028).")
        yield Text((missing,))
    else:
        title, rows = lang.text("Lines of action and suggested indicators"), sheet(workplan.lines_table(lines, lang))
        said = lang.text("Official text. A text not available in your language is in another, which is named.")
        yield Text((lang.text("We do not have the text of the third plan (2023–2028)."),))
        yield Heading(title)
        yield Text((said,))
        yield from row_table(lang, "workplan", title, rows, lines, filters.LINE)
        yield Files(table(lang, "workplan_lines"))
        yield from passport(lang, filters.LINE, values.value(filters.LINE), partial(passports.line, lang, lines))
    seven = lang.text("The seven objectives")
    yield Fold("objectives", seven, lambda: _objectives(lang, seven))


def _objectives(lang: Language, title: str) -> tuple[Block, ...]:
    summarized = lang.text(
        "Summarized by Atalaya from the page of the OAS on the plan. The links to paragraphs are ours."
    )
    return (
        Text((summarized,)),
        Table("objectives", title, sheet(workplan.objectives(workplan.lines(), lang)), wrapped=True),
    )


DECLARATION = Page(
    slug="declaration",
    title=N_("Declaration"),
    purpose=N_("What we found for each paragraph of the Declaration of Mexico (2018)."),
    filters=(*filters.LEDGER, filters.DISPLAY, filters.ENTRY, filters.LINE),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    lead=_lead,
    implied=filters.implied,
    state=lambda values: filters.state(values.value),
    scene=scene.scene,
)
