"""The tools: find, observations, flows, agreement, passport and changes. They only read, and need no library of MCP.

A tool takes plain texts and gives plain data (`dashboard.mcp.answers`); what it does not understand it refuses as the
API does (`RefusalError`). None orders states by their figures. Programs read their docstrings. `lang` is the language
of the answer (en, es, pt, fr) and `years` a year or a span such as 2015-2019; empty: all.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice, product
from urllib.parse import parse_qs

import polars as pl

from dashboard import store
from dashboard.export.metadata import open_rows
from dashboard.export.snapshot_files import shelf
from dashboard.mcp import answers
from dashboard.mcp.answers import ENDS, Row, ToolAnswer
from dashboard.server import api
from dashboard.shell import state_names
from dashboard.subjects.agreement import blocks as agreement_blocks
from dashboard.subjects.agreement import query as agreement_query
from dashboard.subjects.agreement import words as agreement_words
from dashboard.subjects.briefings import detected
from dashboard.subjects.corrections import tables as corrections
from dashboard.subjects.coverage import revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.coverage.filters import SINCE
from dashboard.subjects.derived import states
from dashboard.subjects.passports import blocks
from dashboard.subjects.passports import query as passports
from dashboard.subjects.passports.filters import ROW
from dashboard.subjects.passports.page import PASSPORT, named
from dashboard.subjects.question import Question, RefusalError, among, single, unknown
from dashboard.subjects.routes import query as routes
from dashboard.subjects.routes import words as route_words
from dashboard.subjects.states import registers_words
from dashboard.subjects.states.query import DIMENSIONS
from dashboard.subjects.states.registers import registers
from dashboard.views.address import read
from dashboard.views.page import Heading, Remarks, Text
from dashboard.words import terms
from dashboard.words.vocabulary import FORM
from data import manifest
from data.aliases import fold
from data.i18n import LANGUAGES, N_, Language, language
from data.manifest import VICTIMS
from data.number_states import with_states
from data.ratios import ratios
from data.subregions import CODES

CodesByName = Mapping[str, tuple[str, ...]]
FIRST = 1900
LAST = 2100
# How alike an unknown name and those are that it may mean: "Hayti" and "Haiti", not "Narnia" and "Armenia".
ALIKE = 0.8
# A word of a title is found by one with the same beginning: at least so many letters, and all but so many of the end.
# So "prosecutions" finds "prosecuted".
BEGINNING = 4
END = 4
# How many names like an unknown one are looked at, of how many letters, and how many combinations a question may have.
NEAR = 6
LONGEST = 200
MOST = 350


def find(text: str = "", lang: str = "en") -> ToolAnswer:
    """What the data have under a name: countries and indicators, with codes and years.

    Call it first where a code is not certain, or whether anything is published on a subject.

    Args:
        text: a name in any language or a code: "Haïti", "EE. UU.", "convictions"; empty: all indicators.
    """
    spoken, countries, indicators = _spoken(lang), state_names.codes(), _indicators_by_name()
    wanted = fold(text)[:LONGEST]
    rows: list[Row] = [{"id": code, "name": spoken.country(code)} for code in [countries.get(wanted)] if code]
    words = wanted.split()
    titled = (name for name in indicators if all(_begins(one, name.split()) for one in words))
    for code in () if rows else dict.fromkeys(indicators[name] for name in titled):
        title, defined = (terms.term(spoken, kind, code) for kind in ("indicator", "definition"))
        row = {"id": code, "name": title, "years": spoken.span(answers.covered(code))}
        rows.append(row if defined == code else {**row, "definition": defined})
    # Translators: to a program that looks for a name which the data do not have; it can ask again without a name.
    nothing = spoken.text("Cannot be said: these data have nothing under this name. Without a name, all is listed.")
    near = ", ".join(_shown(countries[one]) for one in get_close_matches(wanted, countries, 1, ALIKE))
    similar = spoken.labeled(spoken.text("Similar names"), near) if near else ""
    notes = (*(() if rows else (nothing, similar, _no_order(spoken))), detected(spoken))
    return answers.answer(spoken, {"text": text}, rows, notes)


def observations(
    indicator: str = VICTIMS,
    area: str = "",
    years: str = "",
    sex: str = "total",
    age: str = "total",
    form: str = "total",
    lang: str = "en",
) -> ToolAnswer:
    """Figures of states by year: detected victims, persons prosecuted and convicted, rates, ratios, population.

    Each row says the state of its figure: exact, zero, fewer_than_n, range, no_figure or no_usable_figure. no_figure is
    an answer, with its reason: nothing was published, which does not mean zero. A sum of a group of states, of which
    not all report, is marked: `partial` is true. States are never ordered by their figures.

    Args:
        indicator: an id or a title; several with commas.
        area: states by code or name, with commas; "013" or "CRI-PAN" is the sum of a group; empty: all 35 states.
        sex, age, form: codes; total unless named.
    """
    spoken, group, areas = _spoken(lang), {"sex": sex, "age": age, "form": form}, _areas(area) or store.areas()
    for name, one in group.items():
        among(name, one, dict.fromkeys((*shelf().values(api.FIGURES, name), *(FORM if name == "form" else ()))))
    asked = {"indicator": _indicators(indicator), "area": areas, **{name: (one,) for name, one in group.items()}}
    found, rows = _found(spoken, api.FIGURES, asked, years)
    n, every = found.filter(pl.col("low").is_not_null())["area"].n_unique(), len(areas)
    report = spoken.plural("{n} of {states} states reports", "{n} of {states} states report", n, states=every)
    notes = {
        spoken.text("Sex, age and form are “total”: none was named."): {*group.values()} == {"total"},
        _no_order(spoken): every > 1,
        f"{report}.": every > 1 and len(asked["indicator"]) == len(_years(years)) == 1,
        spoken.text("Where there is no row, nothing was published; that is not a zero."): len(rows) > found.height,
        detected(spoken): asked["indicator"][0].startswith(VICTIMS),
        **dict.fromkeys(_registers(spoken, asked, _years(years)), True),
        **dict.fromkeys(corrections.sentences(spoken, found), True),
    }
    said = [note for note, holds in notes.items() if holds]
    return answers.answer(spoken, {**asked, "area": area and areas, "years": years}, rows, said, found)


def flows(
    evidence: str, origin: str = "", destination: str = "", transit: str = "", years: str = "", lang: str = "en"
) -> ToolAnswer:
    """Detected victims by citizenship and country of detection (counted), or routes that US reports describe (stated).

    The two kinds are never added up or compared. Lists of citizenships are cut short: a pair that is not listed is not
    a zero. A citizenship does not show a route, so counted victims have no transit. Years of stated routes are those of
    the reports.

    Args:
        evidence: counted or stated.
        origin, destination, transit: countries by code or name, with commas; empty: any.
    """
    spoken, given = _spoken(lang), (origin, transit, destination)
    among("evidence", evidence, ("counted", "stated"))
    ends = {name: codes for name, text in zip(ENDS, given, strict=True) if (codes := _countries(name, text))}
    found, rows = _found(spoken, "flows", {"evidence": (evidence,), **ends}, years)
    notes = _of_lists(spoken, ends, found, years) if evidence == "counted" else [route_words.coding(spoken)]
    said = (*notes, *corrections.sentences(spoken, found))
    return answers.answer(spoken, {"evidence": evidence, **ends, "years": years}, rows, said, found)


def agreement(area: str, other: str = "", lang: str = "en") -> ToolAnswer:
    """Which kinds of evidence, counted victims or reports, name a state's pairs, routes and roles, and in which years.

    What one record alone names has its passport. Roles are origin, transit, destination, internal. Agreement is not a
    score, nor a number of victims.

    Args:
        area: a state by code or name; other: a second one, for the pair of both in each direction.
    """
    spoken, given = _spoken(lang), {"area": area, "other": other}
    one, two = (single(name, _countries(name, text), "") for name, text in given.items())
    among("area", one, store.areas())
    shown = [*(agreement_blocks.pair(spoken, one, two, ()) if two else agreement_blocks.state(spoken, one))]
    nothing = [Remarks([agreement_words.unnamed(spoken, one), agreement_words.limits(spoken)])]
    compared = agreement_query.compared(one, two)
    return answers.said(spoken, {"area": one, "other": two}, shown or nothing, compared)


def passport(address: str, lang: str = "en") -> ToolAnswer:
    """Where one figure comes from: publisher, file, sheet and row, release, license, and what was done to it.

    Also its values in other releases, and a citation to copy.

    Args:
        address: the `passport` of a row of another answer.
    """
    spoken, given = _spoken(lang), parse_qs(address.partition("?")[2])
    mark, values = read((ROW,), given).values.value(ROW), read(PASSPORT.filters, given).values
    rows = passports.readings(passports.of_any(mark)) if mark else named(values).rows
    if closed := answers.withheld(
        spoken, [one for one in shelf().barred if open_rows(rows.lazy(), [one]).collect().height < rows.height]
    ):
        return answers.said(spoken, {"address": address}, [Text((closed,), "notice")])
    if mark and (figure := blocks.of_any(spoken, "newest", mark)):
        return answers.said(spoken, {"address": address}, figure)
    shown = [one for each in PASSPORT.sections(spoken, values) for one in each.blocks]
    return answers.said(spoken, {"address": address}, [Heading(PASSPORT.heading(spoken, values)), *shown])


def changes(indicator: str = VICTIMS, area: str = "", years: str = "", since: str = "", lang: str = "en") -> ToolAnswer:
    """What publishers changed in figures of states from one release to the next: before (_from) and after (_to).

    A change in how "<5" is printed does not count as a revision; it is left out. Of a state whose total no release has,
    a row with the state no_figure says why: nothing changed there because nothing was published.

    Args:
        indicator: an id or a title; area: a state by code or name; empty: all 35 states.
        since: only changes by releases from this day on, such as 2025-10-01.
    """
    spoken, span, code = _spoken(lang), _years(years), single("indicator", _indicators(indicator), "")
    one = single("area", _areas(area), revisions.ALL)
    among("indicator", code, manifest.indicators())
    among("area", one, (*store.areas(), revisions.ALL))
    if not SINCE.allows(since):
        raise unknown("since", since, ["2025-10-01"])
    every = open_rows(revisions.rows(code, one, masking=False).lazy(), shelf().barred).collect()
    later = pl.col("release_to").is_in(revisions.later(since))
    found = every.filter(pl.col("year").is_between(span[0], span[-1]), later)
    rows = [answers.change(spoken, row) for row in with_states(found.lazy()).collect().iter_rows(named=True)]
    steps = coverage_words.of_choice(spoken, revisions.steps(code, one), code, one)
    closed = answers.withheld(spoken, [manifest.indicators()[code].source])
    notes = [closed] if closed else [*([] if rows else [_no_change(spoken, every.height)]), *steps]
    rows += [] if closed else _never(spoken, code, one, years)
    asked = {"indicator": code, "area": one, "years": years, "since": since}
    return answers.answer(spoken, asked, rows, notes, revisions.cells(found))


TOOLS = (find, observations, flows, agreement, passport, changes)


def _begins(word: str, others: Iterable[str]) -> bool:
    """Whether one of the others has the beginning of a word."""
    length = max(BEGINNING, len(word) - END)
    return any(other[:length] == word[:length] for other in others)


def _no_change(lang: Language, n: int) -> str:
    """That nothing changed, or that none of the n changes is of the years and releases that were asked for."""
    if not n:
        return lang.text("No changes between the available releases.")
    # Translators: “years” and “since” are names of parameters, which stay as they are.
    return lang.plural(
        "No changes within the limits asked for (years, since). Without them there is {n} change.",
        "No changes within the limits asked for (years, since). Without them there are {n} changes.",
        n,
    )


def _never(lang: Language, indicator: str, area: str, years: str) -> list[Row]:
    """That no release has a total of a state in any of the years, with the reason; nothing if one has."""
    wanted = _years(years, answers.covered(indicator))
    printed = {*revisions.releases(indicator, area)["year"]}
    if area == revisions.ALL or printed & {*wanted}:
        return []
    return [
        *answers.lacking(lang, {"indicator": indicator, "area": area, **dict.fromkeys(DIMENSIONS, "total")}, wanted)
    ]


def _registers(lang: Language, asked: CodesByName, years: range) -> Iterator[str]:
    """Where a state's own register has another total than the figures asked for, or alone has one; by its id."""
    whole = all(asked[name] == ("total",) for name in DIMENSIONS)
    for found in (one for area in asked["area"] if whole for one in registers(area)):
        declared = manifest.indicators()[found.indicator]
        other = [one for one in found.years if one.year in years and not one.same]
        if other and declared.beside in asked["indicator"] and declared.source not in shelf().barred:
            some = replace(found, years=other)
            said = filter(None, [registers_words.brief(lang, some), *registers_words.alone(lang, some)])
            yield lang.labeled(found.indicator, " ".join(said))


def _spoken(lang: str) -> Language:
    among("lang", lang, LANGUAGES)
    return language(lang)


def _years(text: str, usual: Iterable[int] = (FIRST, LAST)) -> range:
    """The years of a text such as 2015-2019; without one, those from the first to the last of the usual ones."""
    found = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", text.strip() or f"{min(usual)}-{max(usual)}")
    span = range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
    if not span or span[0] < FIRST or span[-1] > LAST:
        raise unknown("years", text, ["2019", "2015-2019"])
    return span


def _found(lang: Language, table: str, asked: CodesByName, years: str) -> tuple[pl.DataFrame, list[Row]]:
    """The rows of a question, and those of its answer, which also say why there is none for a combination of names."""
    span, combined = _years(years), islice(product(*asked.values()), MOST + 1)
    ways = [dict(zip(asked, values, strict=True)) for values in combined]
    if len(ways) > MOST:
        raise RefusalError(N_("Ask for fewer states, countries or indicators at once: {n} in all."), n=MOST)
    found = api.rows(Question(table, span[0], span[-1], equal=asked), shelf())
    found = found.filter(pl.col("repeat_of").is_null()) if "repeat_of" in found.columns else found
    rows = [answers.figure(lang, table, row) for row in found.iter_rows(named=True)]
    for way in ways:
        usual = answers.covered(way["indicator"]) if "indicator" in way else routes.span(way["evidence"])
        rows += answers.lacking(lang, way, {*_years(years, usual)} - {*found.filter(**way)["year"]})
    order = {name: at for at, name in enumerate(lang.alphabetical({row["name"] for row in rows}, str))}
    return found, sorted(rows, key=lambda row: (order[row["name"]], str(row.get("year") or row["years"])))


def _named(
    name: str, text: str, known: Mapping[str, str], usual: Iterable[str], meant: Container[str] = ()
) -> tuple[str, ...]:
    """The codes of names, with commas between several; an unknown one is refused with those that are like it.

    Args:
        meant: the codes that may be suggested; empty: any.
    """
    found = []
    for part in [text] if fold(text) in known else filter(None, map(str.strip, text.split(","))):
        if not (code := known.get(fold(part)) or (part.upper() if states(part.upper()) else "")):
            names = [one for one, code in known.items() if not meant or code in meant]
            like = dict.fromkeys(known[one] for one in get_close_matches(fold(part)[:LONGEST], names, NEAR, ALIKE))
            raise unknown(name, part, [_shown(one) for one in like] or usual)
        found.append(code)
    return tuple(dict.fromkeys(found))


def _shown(code: str) -> str:
    """A code with the name of its country; that of an indicator says what it is."""
    return f"{language('en').country(code)} ({code})" if not code.islower() else code


def _countries(name: str, text: str) -> tuple[str, ...]:
    """Countries; as `area` only those are suggested of which there are figures."""
    ours = store.areas()
    return _named(name, text, state_names.codes(), ours, (*ours, *CODES) if name == "area" else ())


def _areas(text: str) -> tuple[str, ...]:
    """Only what figures can be of: the 35 states, parts of the region and groups of states."""
    found, ours = _countries("area", text), {*store.areas()}
    if others := [code for code in found if not {*(states(code) or (code,))} <= ours]:
        message = N_("area: the data have no figures of {country}, only of the {n} states of the Americas.")
        raise RefusalError(message, country=language("en").country(others[0]), n=len(ours))
    return found


def _indicators(text: str) -> tuple[str, ...]:
    known = _indicators_by_name()
    return _named("indicator", text, known, dict.fromkeys(known.values())) or (VICTIMS,)


@store.cached
def _indicators_by_name(snap: store.Tables) -> dict[str, str]:
    """The ids of indicators and ratios that have figures, by id and by title in every language, folded."""
    codes = [code for code in (*manifest.indicators(), *ratios()) if answers.covered.of(snap, code)]
    names = {code: (code, *(terms.term(language(one), "indicator", code) for one in LANGUAGES)) for code in codes}
    return {fold(name): code for code, each in names.items() for name in each}


def _no_order(lang: Language) -> str:
    """Why states are never ordered by their figures."""
    # Translators: to a program that asks which states have most; “report” is to give figures to UNODC.
    return lang.text(
        "States are in alphabetical order. No order by figures is given: states count and report differently, and more "
        "detected victims can mean a better response."
    )


def _of_lists(lang: Language, ends: CodesByName, rows: pl.DataFrame, years: str) -> Iterator[str]:
    """How many victims the lists of a state have, the sum of a pair, and what other releases print."""
    if len(ends.get("destination", ())) == 1:
        span = _years(years)
        listed = open_rows(routes.coverage(ends["destination"], span[0], span[-1]).lazy(), shelf().barred)
        yield route_words.published(listed.collect(), lang)
    sure = rows.filter(pl.col("low").is_not_null(), pl.col("status") != "questioned")
    if sure.height > 1 and sure.select("origin", "destination").n_unique() == 1:
        total = lang.interval(*sure.select(pl.col("low", "high").sum()).row(0))
        # Translators: of the figures of one pair of countries in several years; doubtful ones are not added.
        yield lang.labeled(lang.text("Sum of these years, without questioned figures"), total)
    yield from (route_words.otherwise(lang, row) for row in routes.otherwise(rows).iter_rows(named=True))
