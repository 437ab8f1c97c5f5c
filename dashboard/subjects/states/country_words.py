"""What page "Country" says of a state first: the opening, the lines of its key figures, and the remarks below them."""

import polars as pl

from dashboard.editions import NEWEST
from dashboard.subjects.coverage import revisions
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.states import (
    certainty_words,
    flows,
    own_citizens,
    profile,
    profile_words,
    query,
    registers,
    registers_words,
)
from dashboard.subjects.states.standing import doubted, standing
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.treaties import query as treaties_query
from data.i18n import Language


def opening(lang: Language, area: str, edition: str = NEWEST) -> str:
    """The first words of the page: what is known of the state.

    On lines of their own, which no screen hides: its register, if that went the other way, and a break in its series.
    """
    same = profile_words.same(lang, _same(area, edition, opens=True))
    # A total that is also another figure is compared with a warning.
    verdict = " ".join(filter(None, (registers_words.verdict(lang, one) for one in registers.registers(area, edition))))
    ranked = certainty_words.standing(lang, standing(area, VICTIMS, edition), verdict) if same else ""
    changing = f"{ranked} {same}".strip() or trend(lang, area, VICTIMS, edition, verdict)
    changing = f"{changing} {certainty(lang, area, edition, opens=True)}".strip()
    total = profile.latest_total(area, edition)
    broken = own_citizens.words(lang, own_citizens.break_in(area, edition)) if total else ""
    against = [registers_words.against(lang, one) for one in registers.registers(area, edition)]
    return "\n".join(filter(None, [known(lang, area, edition, changing), *against, broken]))


def trend(lang: Language, area: str, indicator: str, edition: str = NEWEST, verdict: str = "") -> str:
    """How the latest figure of an indicator stands among those of all years; empty where the page questions it.

    `verdict` is what the state's own register says of a total that its parts contradict.
    """
    found = standing(area, indicator, edition)
    if found is None or (found.kind != "contradicted" and _questioned(lang, area, indicator, found.years[-1], edition)):
        return ""
    return certainty_words.standing(lang, found, verdict)


def _questioned(lang: Language, area: str, indicator: str, year: int, edition: str) -> bool:
    """Whether a figure is that of another indicator, too, or was another in the release before."""
    same = any(indicator in codes and year in years for codes, years in profile.same(area, edition).items())
    shifted = any(
        (indicator == code and year in years) or (indicator == other and year - 1 in years)
        for (code, other), years in profile.shifted(area, edition).items()
    )
    readings = revisions.releases(indicator, area).filter(year=year)
    return same or shifted or (edition == NEWEST and bool(certainty_words.revised(lang, readings, year)))


def known(lang: Language, area: str, edition: str = NEWEST, changing: str = "") -> str:
    """What is known of a state: its latest total, the sentence `changing` on its trend if any, and its largest flow."""
    abroad, here = (flows.ends(area, position, edition) for position in flows.DIRECTIONS)
    figures, doubts = profile.latest(area, edition), doubted(area, VICTIMS, edition)
    return profile_words.opening(lang, area, figures, abroad, here, joined(area), changing, doubts)


def joined(area: str) -> int | None:
    """The year in which a state joined the Protocol on Trafficking in Persons; None if it is not known to have."""
    protocol = treaties_query.TREATIES[0]
    (day,) = treaties_query.standings(protocol, treaties_query.years(protocol)[1]).filter(area=area)["deposit"]
    return int(day.year) if day else None


def declaration(lang: Language, area: str) -> list[str]:
    """What is known of a state on the declaration, in sentences."""
    of_state = ledger_query.EntryFilter(actors=(area,))
    frames = query.state(area)
    totals = pl.concat(frames[code].select("high") for code in profile.of_unodc(profile.key_figures()))["high"]
    return profile_words.declaration(
        lang,
        ledger_query.cells(of_state)["grade"].to_list(),
        ledger_query.statuses(of_state),
        ledger_query.searched(),
        zeros=totals.max() == 0,
    )


def certainty(lang: Language, area: str, edition: str, *, opens: bool = False) -> str:
    """How sure the total of a state is, else its flows; of an earlier release nothing is said.

    Of a total of zero the opening says it.
    """
    total = profile.latest_total(area, edition)
    if opens != (total is not None and total["high"] == 0):
        return ""
    if total is None:
        return certainty_words.of_flows(lang, [flows.ends(area, position, edition) for position in flows.DIRECTIONS])
    readings = revisions.releases(VICTIMS, area).filter(year=total["year"])
    return certainty_words.of_total(lang, readings, total["year"]) if edition == NEWEST else ""


def _same(area: str, edition: str, *, opens: bool) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Which key figures are one number, and in which years: those that concern the latest total, or the others."""
    total = profile.latest_total(area, edition)
    return {
        codes: years
        for codes, years in profile.same(area, edition).items()
        if bool(total and VICTIMS in codes and total["year"] in years) == opens
    }


def remarks(lang: Language, area: str, edition: str) -> list[str]:
    """Which figures on the response may be one figure entered more than once."""
    lines = (
        profile_words.same(lang, _same(area, edition, opens=False)),
        profile_words.shifted(lang, profile.shifted(area, edition)),
    )
    return [*filter(None, lines)]


def card_lines(lang: Language, one: profile.Latest, area: str, edition: str) -> list[str]:
    """The lines below a key figure: the one before, how it stands among all of them, and what it was a release ago.

    The opening says all this of the total of victims; that its parts contradict it stands beside it, too.
    """
    found = standing(area, one.indicator, edition)
    apart = doubted(area, one.indicator, edition)
    lines = [profile_words.before(lang, one, apart)]
    opened = one.indicator == VICTIMS
    if opened and found and found.kind == "contradicted":
        lines.append(certainty_words.marked(lang))
    elif found and found.kind not in {"only", "other"} and not opened:
        lines.append(trend(lang, area, one.indicator, edition))
    for codes, years in profile.same(area, edition).items():
        if one.indicator in codes and one.row["year"] in years:
            lines.append(profile_words.same_as(lang, [code for code in codes if code != one.indicator]))
    # These sentences name UNODC.
    if edition == NEWEST and profile.of_unodc([one.indicator]):
        readings = revisions.releases(one.indicator, area)
        shown = [] if opened else [one.row["year"]]
        if one.before and not {one.row["year"], one.before["year"]} & {*apart}:
            # The latest figure may differ from the one before for this reason alone.
            shown.append(one.before["year"])
        lines += [certainty_words.revised(lang, readings.filter(year=year), year) for year in shown]
    return [*filter(None, lines)]
