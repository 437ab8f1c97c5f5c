"""Sentences on the page of a state: the opening, key figures, groups of victims, titles of maps, the record."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.figure_words import MARK, marked
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import BACKGROUND, FACT, FIGURE, NONE, SINCE
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import victims_words
from dashboard.subjects.states.profile import (
    GROUPS,
    Ends,
    Latest,
    PartsAlone,
    ReportingRecord,
    Row,
    cell,
    key_figures,
    of_unodc,
)
from dashboard.subjects.states.standing import doubted
from dashboard.subjects.states.victims import UNKNOWN, VICTIMS, Groups, Range, sum_of, summed
from dashboard.words import countries, tables, terms
from data.columns import DECLARED
from data.i18n import N_, Language, capitalized
from data.intervals import MASKED_BELOW

# How clearly the largest flow leads if the title of a map says that it does (`profile.Ends.weight`).
LED = ("only", "tenths", "most", "first")
# A share in percent above which a group is most of all.
HALF = 50.0


def opening(
    lang: Language,
    area: str,
    figures: Sequence[Latest],
    abroad: Ends,
    here: Ends,
    since: int | None,
    changing: str = "",
    doubted: Sequence[int] = (),
) -> str:
    """What is known of a state: its latest total, the sentence `changing` on its trend, and its largest flow.

    `doubted` are the years whose totals their parts contradict.

    Of a state without a total, its citizens detected abroad and its largest flow are said first; without these, that
    there is no total, and `since`, the year in which it joined the Protocol on Trafficking in Persons (None if it did
    not).
    """
    flow = _flow(lang, area, abroad, here)
    if victims := next((one.row for one in figures if one.indicator == VICTIMS), None):
        said = total(lang, area, victims, contradicted=victims["year"] in doubted)
        # Translators: after a total of 0 victims.
        zero = lang.text("That none was detected does not mean that there was none.")
        return " ".join(filter(None, [said, changing, flow, *[zero][: victims["high"] == 0]]))
    missing, known = no_total(lang, area), together(lang, area, abroad)
    if not flow:
        flow = joined(lang, area, since) if since else ""
        return " ".join(filter(None, [missing, known, flow]))
    return " ".join(filter(None, [known, flow, missing]))


def joined(lang: Language, area: str, year: int) -> str:
    """In which year a state joined the Protocol on Trafficking in Persons."""
    return countries.agreed(lang, area, "{state} joined the Protocol on Trafficking in Persons in {year}.", year=year)


def no_total(lang: Language, area: str) -> str:
    """That a state has no total of detected victims."""
    return lang.text(
        "UNODC’s data have no total of victims detected {in_state}.", in_state=countries.inside(lang, area)
    )


def total(lang: Language, area: str, victims: Row, *, contradicted: bool = False) -> str:
    """The total of victims detected in a state in a year; of a zero or a contradicted one, that it is UNODC's."""
    year = victims["year"]
    place = countries.inside(lang, area)
    if contradicted:
        # Translators: certain; the sums of the figures by sex or age, or a form, are said in the next sentence.
        return lang.text(
            "For {year}, UNODC’s own figures contradict its total of {figure} victims detected {in_state}.",
            year=year,
            figure=key_figure(lang, victims),
            in_state=place,
        )
    if victims["status"] == "masked":
        # Translators: at most four; possibly none where the release publishes no zeros.
        return countries.agreed(
            lang, area, "{state} reported fewer than five detected victims to UNODC for {year}.", year=year
        )
    if victims["high"] == 0:
        # Translators: UNODC's file has a zero for {year}.
        return lang.text("UNODC’s total of victims detected {in_state} is 0 for {year}.", in_state=place, year=year)
    figure = lang.interval(victims["low"], victims["high"])
    return countries.agreed(
        lang, area, "{state} reported {figure} detected victims to UNODC for {year}.", figure=figure, year=year
    )


def _flow(lang: Language, area: str, abroad: Ends, here: Ends) -> str:
    """The largest known flow between the state and another country; empty if there is none.

    If there are masked figures alone, who detected whom, and that they were fewer than five.
    """
    foreign = here.without(area)
    out, into = abroad.known, foreign.known
    leads = here.first and here.first["area"] == area and here.weight in LED
    own = f"{claim(lang, area, here, 'destination')} {alone(lang, here)}".strip() if leads else ""
    if out and (not into or out["low"] + out["high"] >= into["low"] + into["high"]):
        led = abroad.weight in LED
        sentence = claim(lang, area, abroad, "origin") if led else detected(lang, area, out["area"], out)
        # The larger figure first.
        smaller = here.first and here.first["low"] <= out["high"]
        return " ".join(filter(None, [sentence, own] if smaller else [own, sentence]))
    if into:
        return " ".join(filter(None, [own, _foreign(lang, area, here, into)]))
    if abroad.first:
        return _few_abroad(lang, area, abroad)
    return _few_here(lang, area, foreign) if foreign.first else ""


def alone(lang: Language, here: Ends) -> str:
    """The years in which the list of victims has own citizens alone, if it is half of the years of these or more."""
    own = here.first or {"years": []}
    years = [year for year in own["years"] if year in here.own_alone]
    if here.rows.height == 1 or 2 * len(years) < len(own["years"]):
        return ""
    unclear, named = summed(here.own_alone[year] for year in years), tables.runs_in_sentence(lang, years)
    if unclear[1]:
        # Translators: for {years}, UNODC's lists name the country's own citizens and no other; {n} more victims are
        # listed under a label that is no country, such as “unknown” or “other”.
        return lang.text(
            "The lists for {years} name no other citizenship, but have {n} more victims without a country.",
            years=named,
            n=lang.between(*unclear),
        )
    # Translators: for {years}, UNODC's lists name the country's own citizens and no other; they may be incomplete.
    return lang.text("The lists for {years} name no other citizenship.", years=named)


def _foreign(lang: Language, area: str, here: Ends, into: Row) -> str:
    """The largest group of foreign citizens that a state detected, after the sentence on its own, if there is one."""
    if here.weight in LED and here.first and here.first["area"] != area:
        # Among all groups, the state's own citizens, too.
        return claim(lang, area, here, "destination")
    if here.weight in LED and here.first and here.without(area).weight in LED:
        return _other_group(lang, into)
    return detected(lang, into["area"], area, into)


def _other_group(lang: Language, into: Row) -> str:
    """The largest group of foreign citizens, after the sentence on a state's own."""
    # Translators: surely more than each other group but that named before; {years} are runs of years: 2010–2013.
    return lang.text(
        "The next largest group was citizens {of_country}: {figure} ({years}).",
        of_country=countries.of(lang, into["area"]),
        figure=lang.between(into["low"], into["high"]),
        years=tables.runs(lang, into["years"]),
    )


def _few_abroad(lang: Language, area: str, found: Ends) -> str:
    """Which countries detected fewer than five citizens of a state, and when."""
    places = lang.sorted_countries(found.rows["area"])
    if len(places) == 1:
        return _few(lang, places[0], area, found)
    names = lang.listing(countries.the(lang, one) for one in places)
    # Translators: at most four in each of {places}.
    return lang.text(
        "{places} each detected fewer than five citizens {of_origin} as victims {when}.",
        places=capitalized(names),
        of_origin=countries.of(lang, area),
        when=_when(lang, found),
    )


def _few_here(lang: Language, area: str, found: Ends) -> str:
    """Of which countries a state detected fewer than five citizens, and when."""
    places = lang.sorted_countries(found.rows["area"])
    if len(places) == 1:
        return _few(lang, area, places[0], found)
    years = dict(found.rows.select("area", "years").iter_rows())
    values = {
        "in_state": countries.inside(lang, area),
        "origins": lang.listing(
            lang.text("{state} ({years})", state=lang.country(one), years=tables.runs(lang, years[one]))
            for one in places
        ),
    }
    if found.rows["low"].min():
        # Translators: at most four of each country in a year; {origins} are countries with their years.
        return lang.text(
            "Among the victims detected {in_state}, UNODC lists fewer than five citizens a year of each of these "
            "countries: {origins}.",
            **values,
        )
    # Translators: at most four of each country in a year; the figures of some may be zero.
    return lang.text(
        "Among the victims detected {in_state}, UNODC gives only “fewer than five” a year, which may be zero, for the "
        "citizens of each of these countries: {origins}.",
        **values,
    )


def _few(lang: Language, area: str, origin: str, found: Ends) -> str:
    """That a country detected fewer than five citizens of another one, and when."""
    text, when = countries.of(lang, origin), _when(lang, found)
    # Translators: at most four in the year or years of {when}.
    return countries.agreed(
        lang,
        area,
        "{state} detected fewer than five citizens {of_origin} as victims {when}.",
        of_origin=text,
        when=when,
    )


def _when(lang: Language, found: Ends) -> str:
    """The years of flows of fewer than five a year."""
    years = found.every_year
    if len(years) == 1:
        return tables.over(lang, years)
    # Translators: at most so many in one year, not in all together; {years} are runs of years: 2010–2013, 2015.
    return lang.text("in any one year ({years})", years=tables.runs(lang, years))


def detected(lang: Language, origin: str, destination: str, row: Row) -> str:
    """How many citizens of one country were detected in another, and when."""
    place = countries.inside(lang, destination)
    return lang.plural(
        "{place}, {figure} citizen {of_origin} was detected as a victim {when}.",
        "{place}, {figure} citizens {of_origin} were detected as victims {when}.",
        round(row["high"]),
        place=capitalized(place),
        figure=lang.between(row["low"], row["high"]),
        of_origin=countries.of(lang, origin),
        when=tables.over(lang, row["years"]),
    )


def left_out(lang: Language, row: Row, detecting: str) -> list[str]:
    """What the sum of a flow lacks, and why: a sentence for figures above the total, the words of Routes for others.

    Args:
        detecting: the country that detected the victims of the flow.
    """
    lacking = row.get("left_out") or []
    if not lacking:
        return []
    if {one["note"] for one in lacking} != {"larger_than_total"}:
        return [f"{routes_words.left_out(lang, row)}."]
    # Translators: in each of {years} this one citizenship has more victims than UNODC’s total of all.
    return [
        lang.plural(
            "Left out: {figure} for {years}, more than UNODC’s total of all victims there in that year.",
            "Left out: {figure} in all for {years}, in each year more than UNODC’s total of all victims there.",
            len(lacking),
            figure=routes_words.sum_left_out(lang, row),
            years=tables.runs_in_sentence(lang, [one["year"] for one in lacking]),
        ),
        *_doubted(lang, detecting, [one["year"] for one in lacking]),
    ]


def _doubted(lang: Language, detecting: str, years: Sequence[int]) -> Iterator[str]:
    """Which of the totals that the figures left out exceed are contradicted themselves."""
    if found := sorted({*doubted(detecting, VICTIMS)} & {*years}):
        named = tables.runs_in_sentence(lang, found)
        # Translators: of the totals that the sentence before names.
        yield lang.text("UNODC’s own figures contradict its totals for {years}.", years=named)


def key_figure(lang: Language, row: Row) -> str:
    """A figure in large type: a number, or the words for a masked one."""
    return lang.text("fewer than five") if row["status"] == "masked" else lang.interval(row["low"], row["high"])


def on_card(lang: Language, row: Row) -> str:
    """The same on a card or in a table, with a mark if its own parts contradict it."""
    return marked(row, key_figure(lang, row))


def before(lang: Language, one: Latest, doubted: Sequence[int] = ()) -> str:
    """The year of a key figure, the figure reported before it, and whether no total came after it for years.

    Args:
        doubted: years whose totals their parts contradict: they are not put beside others.
    """
    year = one.row["year"]
    if one.before is None:
        return lang.text("in {year}; no other total", year=year)
    if {year, one.before["year"]} & {*doubted}:
        # Translators: other states have totals of years long after {year}.
        return lang.text("in {year}, no later total", year=year) if one.old else lang.text("in {year}", year=year)
    values = {"figure": key_figure(lang, one.before), "year": one.before["year"]}
    earlier = lang.text("{figure} in {year}", **values)
    if one.before["year"] < year - 1:
        # Translators: some years before, not in the year before.
        earlier = lang.text("previous figure: {figure} in {year}", **values)
    if one.old:
        # Translators: other states have totals of years long after {year}.
        return lang.text("in {year}, no later total ({earlier})", year=year, earlier=earlier)
    return lang.text("in {year} ({earlier})", year=year, earlier=earlier)


def same(lang: Language, found: Mapping[tuple[str, ...], Sequence[int]]) -> str:
    """Which key figures are one number in some years (`profile.same`), and what it may mean; empty without any."""
    sentences = [
        # Translators: each year has a number of its own; it is not certain that one of the figures is wrong.
        lang.plural(
            "For {years}, UNODC gives the same number for {figures}.",
            "For each of the years {years}, UNODC gives the same number for {figures}.",
            len(years),
            figures=lang.listing(terms.in_sentence(terms.term(lang, "indicator", code)) for code in codes),
            years=tables.runs_in_sentence(lang, years),
        )
        for codes, years in found.items()
    ]
    # Translators: the same number of several key figures; it is not certain that one of them is wrong.
    caution = lang.text("One figure may have been entered more than once.")
    return " ".join([*sentences, caution]) if sentences else ""


def same_as(lang: Language, codes: Sequence[str]) -> str:
    """The mark beside a key figure that is also that of other indicators for the same year."""
    names = lang.listing(terms.in_sentence(terms.term(lang, "indicator", code)) for code in codes)
    # Translators: for the same year; it is not certain that one of the figures is wrong.
    return lang.text("The same number as for {indicators}.", indicators=names)


def shifted(lang: Language, found: Mapping[tuple[str, str], Sequence[int]]) -> str:
    """Which key figures are those of another a year before (`profile.shifted`), each in a sentence."""
    return " ".join(
        # Translators: year by year the same numbers; it is not certain that they are wrong.
        lang.text(
            "UNODC gives the same numbers for {figures} in {years} as for {others} in {other_years}; they may be the "
            "same figures.",
            figures=terms.in_sentence(terms.term(lang, "indicator", code)),
            others=terms.in_sentence(terms.term(lang, "indicator", other)),
            years=tables.runs_in_sentence(lang, years),
            other_years=tables.runs_in_sentence(lang, [year + 1 for year in years]),
        )
        for (code, other), years in found.items()
    )


def source_of(lang: Language, indicator: str) -> str:
    """The label of the button that shows the source of a key figure, in few words."""
    labels = {
        VICTIMS: lang.text("Source: victims"),
        "persons_formal_contact": lang.text("Source: formal contact"),
        "persons_prosecuted": lang.text("Source: prosecutions"),
        "persons_convicted": lang.text("Source: convictions"),
        "offences": lang.text("Source: offenses"),
    }
    named = lang.text("Source: {indicator}", indicator=terms.in_sentence(terms.term(lang, "indicator", indicator)))
    return labels.get(indicator, named)


def missing(lang: Language, figures: Sequence[Latest], key: Sequence[str] | None = None) -> str:
    """One line on the key figures (by default all) of which UNODC's data have no total; empty if there are none."""
    found = {one.indicator for one in figures}
    without = [code for code in of_unodc(key_figures() if key is None else key) if code not in found]
    names = [terms.in_sentence(terms.term(lang, "indicator", code)) for code in without]
    if not names:
        return ""
    # Translators: there is a total of none of them.
    return lang.text("UNODC’s data have no total of {indicators}.", indicators=lang.listing(names, either=True))


def blocks(lang: Language, found: Sequence[Groups]) -> list[BarBlock]:
    """The bars of each breakdown, on a scale of its own: that of the victims of whom each bar is a share."""
    return [_block(lang, one) for one in found]


def _block(lang: Language, found: Groups) -> BarBlock:
    unknown = victims_words.group(lang, found.dimension, UNKNOWN) if found.fits or found.exceeds else ""
    bars = victims_words.bars(lang, found, lambda name: ".".join(map(str, (VICTIMS, *cell(found, name)))), unknown)
    base = contradiction(lang, found) or _base(lang, found)
    most = max(found.known[1], *(bar.figure[1] for bar in bars))
    return BarBlock(_heading(lang, found), base, bars, most, _rest(lang, found))


def _rest(lang: Language, found: Groups) -> list[str]:
    """What has no bar: victims of no known group who do not fit into the total, and groups without a clear figure."""
    lines = []
    if found.unknown and not (found.fits or found.exceeds):
        n = round(found.unknown[0])
        texts = {
            "sex": lang.plural(
                "Another {n} of unknown sex is not in UNODC’s total.",
                "Another {n} of unknown sex are not in UNODC’s total.",
                n,
            ),
            # Translators: the same {n} victims, of whom neither sex nor age is known.
            "both": lang.plural(
                "Another {n} victim, of unknown sex and age, is not in UNODC’s total.",
                "Another {n} victims, of unknown sex and age, are not in UNODC’s total.",
                n,
            ),
            "age": lang.plural(
                "Another {n} of unknown age is not in UNODC’s total.",
                "Another {n} of unknown age are not in UNODC’s total.",
                n,
            ),
        }
        lines += [texts["both"]] if found.unknown_both and found.dimension == "sex" else []
        lines += [] if found.unknown_both else [texts[found.dimension]]
    lines += [*contested(lang, found), *_other_forms(lang, found), *_in_none(lang, found)]
    label = lang.text("UNODC gives more than one figure, so none is shown")
    lines += [lang.labeled(victims_words.group(lang, found.dimension, name), label) for name in found.unclear]
    return lines


def contested(lang: Language, found: Groups) -> list[str]:
    """What the mark after a figure means: UNODC's figures of the same group by another breakdown add up to more."""
    if not found.contested:
        return []
    sums = (
        f"{victims_words.in_prose(lang, found.dimension, name)}, {lang.interval(*total)}"
        for name, total in found.contested.items()
    )
    texts = {
        # Translators: {figures} are ages, each with a sum that is more than the figure shown.
        "age": N_("UNODC’s figures by sex add up to more: {figures}. So no shares are shown."),
        # Translators: {figures} are sexes, each with a sum that is more than the figure shown.
        "sex": N_("UNODC’s figures by age add up to more: {figures}. So no shares are shown."),
        # Translators: {figures} are forms of exploitation, each with a sum that is more than the figure shown.
        "form": N_("UNODC’s figures by sex or age add up to more: {figures}. So no shares are shown."),
    }
    return [f"{MARK} {lang.text(texts[found.dimension], figures=lang.joined(sums))}"]


def _other_forms(lang: Language, found: Groups) -> list[str]:
    """That UNODC gives no other form; and how many victims are at least in none of those shown."""
    if found.dimension != "form" or found.unclear:
        return []
    rest = found.total[0] - summed(found.figures.values())[1]
    if rest > 0 and not found.contradicted:
        # Translators: more than {n} if a victim is counted under several forms.
        return [
            lang.plural(
                "At least {n} of the {total} victims is in no form shown here; UNODC gives no victims of another form.",
                "At least {n} of the {total} victims are in no form shown here; UNODC gives no victims of another "
                "form.",
                round(rest),
                total=whole(lang, found.total),
            )
        ]
    return [lang.text("UNODC gives no other form for this year.")] if len(found.figures) == 1 else []


def _in_none(lang: Language, found: Groups) -> list[str]:
    """How many victims are in no group by sex, not even in that of the unknown; nothing unless that is exact.

    Not by age: UNODC's figures by sex and age together may have more victims of an age than its figures by age.
    """
    if found.dimension != "sex" or found.unclear or found.unknown is None or found.exceeds:
        return []
    low, high = summed([*found.figures.values(), found.unknown])
    rest = found.total[0] - high
    if rest <= 0 or low != high or found.total[0] != found.total[1]:
        return []
    return [
        lang.plural(
            "{n} of the {total} victims is in no group shown here.",
            "{n} of the {total} victims are in no group shown here.",
            round(rest),
            total=whole(lang, found.total),
        )
    ]


def _heading(lang: Language, found: Groups) -> str:
    return f"{victims_words.title(lang, found.dimension)}, {found.year}"


def _base(lang: Language, found: Groups) -> str:
    """What the shares of a block are shares of, with its number."""
    total, known = whole(lang, found.total), lang.interval(*found.known)
    if found.dimension == "form":
        # Translators: above the forms that have a figure; of the others none is known, or it cannot be used.
        return lang.text(
            "Victims detected: {total}; one victim can be counted under several forms. Other forms: no usable figure",
            total=total,
        )
    if found.known == found.total:
        return lang.text("Victims detected: {total}", total=total)
    if found.dimension == "sex":
        if found.unclear:
            # Translators: the figures of the bars, added up; the figures of another group cannot be used.
            return lang.text("Shown by sex: {known}. Victims detected: {total}", known=known, total=total)
        return lang.text("Sex known: {known}. Victims detected: {total}", known=known, total=total)
    return lang.text("Age known: {known}. Victims detected: {total}", known=known, total=total)


def contradiction(lang: Language, found: Groups) -> str:
    """Why a block has no shares, if its groups exceed the total, or what they are shares of is doubted; else empty."""
    values = {"known": lang.interval(*found.known), "total": whole(lang, found.total)}
    if found.doubted and not found.exceeds:
        return lang.text("Other figures contradict the total of {total}, so no shares are shown.", **values)
    if not found.exceeds:
        return ""
    texts = {
        "sex": N_("The figures by sex add up to {known}, but the total is {total}, so no shares are shown."),
        "age": N_("The figures by age add up to {known}, but the total is {total}, so no shares are shown."),
        "form": N_("One form alone has more victims than the total of {total}, so no shares are shown."),
    }
    return lang.text(texts[found.dimension], **values)


def whole(lang: Language, total: Range) -> str:
    """The total of a state in words: it is one figure, so an interval is a masked one."""
    low, high = total
    return lang.text("fewer than five") if low < high < MASKED_BELOW else lang.between(low, high)


def groups_claim(lang: Language, found: Sequence[Groups]) -> str:
    """What the bars of victims show first: that all or most are of one sex, else the two largest groups."""
    if not found:
        return lang.text("No figures by sex, age or form of exploitation")
    first, *others = found
    if all_of(first) == "female":
        return _all_women(lang, first, others)
    if claimed := _most(lang, first) or _more(lang, first):
        return claimed
    groups = [
        f"{victims_words.in_prose(lang, first.dimension, name)} {lang.interval(*first.figures[name])}"
        for name in victims_words.by_size(first)[:2]
    ]
    # Translators: {breakdown} is sex, age or form of exploitation; {groups} are one or two groups with their figures,
    # such as: women and girls 451, men and boys 213.
    return lang.text(
        "By {breakdown}, {year}: {groups}",
        breakdown=terms.in_sentence(victims_words.title(lang, first.dimension)),
        year=first.year,
        groups=", ".join(groups),
    )


def _all_women(lang: Language, first: Groups, others: Sequence[Groups]) -> str:
    """That all victims are women or girls, and women if all are of 18 years and over."""
    grown = any(one.year == first.year and one.total == first.total and all_of(one) == "18+" for one in others)
    n, values = round(first.total[0]), {"year": first.year}
    # Translators: every one of the {n} victims, all of them of 18 years and over.
    women = lang.plural(
        "The only victim detected in {year} was a woman",
        "All {n} victims detected in {year} were women",
        n,
        **values,
    )
    # Translators: every one of the {n} victims, of any age.
    any_age = lang.plural(
        "The only victim detected in {year} was a woman or girl",
        "All {n} victims detected in {year} were women or girls",
        n,
        **values,
    )
    return women if grown else any_age


def _most(lang: Language, found: Groups) -> str:
    """The share of the sex that surely has more than half of the victims; empty without one."""
    shares = {name: found.share(name) for name in found.figures if found.dimension == "sex"}
    name, share = next(((name, one) for name, one in shares.items() if one and one[0] > HALF), ("", (0.0, 0.0)))
    values = {"share": terms.percent(lang, share), "year": found.year}
    every = found.all_known
    texts = {
        # Translators: {share} is a share of all victims that UNODC lists for the state and year, such as 81%.
        ("female", True): N_("{share} of the victims detected in {year} were women or girls"),
        # Translators: {share} is a share of all victims that UNODC lists for the state and year, such as 81%.
        ("male", True): N_("{share} of the victims detected in {year} were men or boys"),
        # Translators: {share} is a share of the victims whose sex is known, such as 81%.
        ("female", False): N_("{share} of victims of known sex in {year} were women or girls"),
        # Translators: {share} is a share of the victims whose sex is known, such as 81%.
        ("male", False): N_("{share} of victims of known sex in {year} were men or boys"),
    }
    return lang.text(texts[name, every], **values) if (name, every) in texts else ""


def _more(lang: Language, found: Groups) -> str:
    """Which sex surely has more victims, with the figures of both; empty if that is not known."""
    ends = [found.figures.get(name) for name in ("female", "male")]
    if found.dimension != "sex" or None in ends:
        return ""
    female, male = (end for end in ends if end)
    values = {"female": lang.interval(*female), "male": lang.interval(*male), "year": found.year}
    if female[0] > male[1]:
        # Translators: a title of at most twelve words; {female} and {male} are numbers of victims.
        return lang.text("More women and girls ({female}) than men and boys ({male}) in {year}", **values)
    if male[0] > female[1]:
        # Translators: a title of at most twelve words; {female} and {male} are numbers of victims.
        return lang.text("More men and boys ({male}) than women and girls ({female}) in {year}", **values)
    return ""


def all_of(found: Groups) -> str:
    """The group that surely has all victims of a total; empty without one."""
    sure = found.total[0] == found.total[1] and found.unknown == (0.0, 0.0) and not found.contradicted
    return next((name for name, figure in found.figures.items() if sure and figure == found.total), "")


def groups_measured(lang: Language, area: str, found: Sequence[Groups]) -> str:
    """What the bars of victims count, where and when."""
    if not found:
        return lang.country(area)
    return lang.text(
        "Victims detected {in_state} by sex, age and form of exploitation, {years}",
        in_state=countries.inside(lang, area),
        years=tables.runs_in_sentence(lang, dict.fromkeys(one.year for one in found)),
    )


def detected_in(lang: Language, area: str, year: int) -> str:
    """What the total of a state counts, after the number."""
    # Translators: stands after a large number.
    return lang.text("victims detected {in_state}, {year}", in_state=countries.inside(lang, area), year=year)


def in_time(lang: Language, figures: Sequence[Latest], doubted: pl.DataFrame) -> str:
    """The title of the figures of a state by year: the latest of the first indicator that has one.

    Victims have the convictions of the same year beside them.
    `doubted` has indicator and year of the totals that their parts contradict.
    """
    if not figures:
        return lang.text("No total in UNODC’s data")
    first, *others = figures
    year = first.row["year"]
    beside = "persons_convicted" if first.indicator == VICTIMS else ""
    shown = [first, *(one for one in others if one.indicator == beside and one.row["year"] == year)]
    marks = {one.indicator: doubted.filter(indicator=one.indicator, year=year).height > 0 for one in shown}
    said = [
        lang.labeled(
            terms.term(lang, "indicator", one.indicator), key_figure(lang, one.row) + MARK * marks[one.indicator]
        )
        for one in shown
    ]
    return lang.text("{title} ({years})", title=lang.joined([said[0], *map(terms.in_sentence, said[1:])]), years=year)


def in_time_measured(lang: Language, area: str, rows: pl.DataFrame) -> str:
    """What the figures of a state by year count; `rows` are those of its totals."""
    years = rows.filter(pl.col("low").is_not_null())["year"]
    said = lang.text("detected victims and the response of the authorities, by year")
    ended = [lang.span((years.min(), years.max()))] if years.len() else []  # type: ignore[arg-type]
    return lang.labeled(lang.country(area), ", ".join([said, *ended]))


def every_group(lang: Language, found: Sequence[Groups]) -> list[str]:
    """The groups of each breakdown in a sentence, the largest first: Sex, 2023: women and girls, 451."""
    return [
        " ".join(
            [
                f"{lang.labeled(_heading(lang, one), lang.joined(victims_words.named(lang, one)))}.",
                *contested(lang, one),
            ]
        )
        for one in found
    ]


def profile(lang: Language, found: Sequence[Groups]) -> str:
    """The description of the bars: the groups of each breakdown, and which of them have no shares."""
    sentences = every_group(lang, found)
    unclear = [one.dimension for one in found if one.unclear and one.dimension != "form" and not one.exceeds]
    if unclear:
        names = lang.listing(terms.in_sentence(victims_words.title(lang, dimension)) for dimension in unclear)
        sentences.append(
            # Translators: {groups} are breakdowns, such as sex; nothing is said of the others.
            lang.text("No shares by {groups}, because UNODC gives more than one figure for a group.", groups=names)
        )
    sentences += [words for one in found if (words := contradiction(lang, one))]
    return " ".join(sentences)


def no_profile(lang: Language, found: Sequence[Groups], totals: Sequence[int]) -> str:
    """One line on the breakdowns that a state lacks; empty if it has all three. `totals`: the years with a total."""
    missed = [dimension for dimension in GROUPS if dimension not in {one.dimension for one in found}]
    lacking = [terms.in_sentence(victims_words.title(lang, dimension)) for dimension in missed]
    if not lacking:
        return ""
    if found:
        return lang.text("No year with a total has figures by {groups}.", groups=lang.listing(lacking))
    if not totals:
        return lang.text("Without a total there are no shares by sex, age or form of exploitation.")
    # These states have totals of zero, or totals without groups.
    return lang.text(
        "For the years with a total, UNODC gives no figure above zero by sex, age or form of exploitation."
    )


def flows_title(lang: Language, area: str, found: Ends, position: str) -> str:
    """The title of a map of counted flows: what it shows of a state, as far as its figures allow, and the years."""
    leads = found.first and found.first["low"] and found.weight in LED
    years = lang.span(found.first["years"] if found.first and leads else found.every_year)
    return lang.text("{title} ({years})", title=_largest(lang, area, found, position), years=years)


def claim(lang: Language, area: str, found: Ends, position: str) -> str:
    """The largest flow of a state in a sentence, where one leads (`LED`): what its map shows, with figure and years."""
    first = found.first or {}
    figure, years = lang.between(first["low"], first["high"]), tables.runs(lang, first["years"])
    values = {"figure": figure, "year": years}
    # Translators: {year} lists the years that are added up.
    summed = lang.text("{figure} in all ({year})", **values)
    said = summed if len(first["years"]) > 1 else lang.text("{figure} ({year})", **values)
    return f"{lang.labeled(_largest(lang, area, found, position), said)}."


def _largest(lang: Language, area: str, found: Ends, position: str) -> str:
    first = found.first["area"] if found.first else area
    if position == "origin":
        values = {
            "of_state": countries.of(lang, area),
            "in_country": countries.inside(lang, first),
            **_tenths(lang, found),
        }
        return _abroad(lang, found, values)
    values = {"in_state": countries.inside(lang, area), "of_country": countries.of(lang, first), **_tenths(lang, found)}
    return _here(lang, found, values, own=first == area)


def flows_claim(lang: Language, area: str, found: Ends, position: str) -> str:
    """The largest group of a direction with its figure, in few words; where none surely is, what is sure."""
    first = found.first
    if found.weight == "few":
        if position == "destination":
            # Translators: a title. At most four citizens of each country in any one year, perhaps none of some.
            return lang.text("Fewer than five a year of each citizenship")
        # Translators: a title. At most four in any one year in each country, perhaps none in some.
        return lang.text("Fewer than five a year in each country")
    if not first or not first["low"] or found.weight not in LED:
        # Translators: a title. UNODC names so many countries; some of the figures may be zero.
        return lang.plural("UNODC lists {n} country", "UNODC lists {n} countries", found.rows.height)
    figure, country = lang.interval(first["low"], first["high"]), countries.of(lang, first["area"])
    if position == "origin":
        return group(lang, (area, first["area"]), first["low"], first["high"])
    if first["area"] == area:
        texts = {
            # Translators: a title. Every listed victim.
            "only": N_("All victims with listed citizenship were own citizens: {figure}"),
            # Translators: a title. Surely more than so many in ten of those whose citizenship UNODC lists.
            "tenths": N_("More than {tenths} in ten with listed citizenship were own citizens: {figure}"),
            # Translators: a title. Surely more than half of those whose citizenship UNODC lists.
            "most": N_("Most victims with listed citizenship were own citizens: {figure}"),
            # Translators: a title. The group with most victims, of those whose citizenship UNODC lists.
            "first": N_("Own citizens are the largest group with listed citizenship: {figure}"),
        }
        return lang.text(texts[found.weight], figure=figure, **_tenths(lang, found))
    # Translators: the group with most victims, of those whose citizenship UNODC lists.
    return lang.text(
        "Citizens {of_country} are the largest group of listed victims: {figure}", of_country=country, figure=figure
    )


def flows_measured(lang: Language, area: str, found: Ends, position: str) -> str:
    """What a map of counted flows counts, and its years."""
    years = lang.span(found.every_year)
    if position == "origin":
        return lang.text(
            "Citizens {of_state} detected as victims in other countries, {years}",
            of_state=countries.of(lang, area),
            years=years,
        )
    return lang.text(
        "Victims detected {in_state}, by citizenship, {years}", in_state=countries.inside(lang, area), years=years
    )


def group(lang: Language, ends: tuple[str, str], low: float, high: float) -> str:
    """How many citizens of one country were detected in another; `ends` are the two."""
    return lang.plural(
        "{figure} citizen {of_origin} was detected as a victim {in_destination}",
        "{figure} citizens {of_origin} were detected as victims {in_destination}",
        round(high),
        figure=lang.interval(low, high),
        of_origin=countries.of(lang, ends[0]),
        in_destination=countries.inside(lang, ends[1]),
    )


def together(lang: Language, area: str, found: Ends) -> str:
    """How many citizens of a state all other countries list; empty for one country, and where each is masked."""
    if found.weight in {"none", "only", "few"}:
        return ""
    low, high = sum_of(found.rows)
    values = {
        "figure": lang.interval(low, high),
        "of_state": countries.of(lang, area),
        "years": lang.span(found.every_year),
    }
    n = found.rows.filter(pl.col("low") > 0).height
    if low == high:
        return lang.text(
            "UNODC lists {figure} citizens {of_state} among the victims detected abroad, in {n} countries ({years}).",
            n=n,
            **values,
        )
    # Translators: other countries have figures that are "fewer than five" and may be zero.
    return lang.plural(
        "UNODC lists {figure} citizens {of_state} among the victims detected abroad, in at least {n} country "
        "({years}).",
        "UNODC lists {figure} citizens {of_state} among the victims detected abroad, in at least {n} countries "
        "({years}).",
        n,
        **values,
    )


def abroad(lang: Language, area: str, found: Ends) -> tuple[str, str, str] | None:
    """The same as a key figure: its label, the figure, and in how many countries and which years; None if perhaps 0."""
    if found.weight == "none" or not sum_of(found.rows)[0]:
        return None
    return (
        lang.text("Citizens {of_state} detected as victims abroad", of_state=countries.of(lang, area)),
        lang.interval(*sum_of(found.rows)),
        # Translators: {some} is a number of countries or a range of it.
        lang.plural(
            "in {some} country, {years}",
            "in {some} countries, {years}",
            found.rows.height,
            some=_countries(lang, found),
            years=lang.span(found.every_year),
        ),
    )


def _tenths(lang: Language, found: Ends) -> dict[str, str]:
    """The word of what the largest surely exceeds, for a sentence; without one the word of none."""
    # Translators: in “more than nine in ten”.
    words = {9: lang.text("nine"), 8: lang.text("eight"), 7: lang.text("seven"), 6: lang.text("six")}
    return {"tenths": words.get(found.tenths, "")}


def _countries(lang: Language, found: Ends) -> str:
    """In how many countries: from as many as are certain to as many as are possible."""
    return lang.interval(found.rows.filter(pl.col("low") > 0).height, found.rows.height)


def _abroad(lang: Language, found: Ends, values: dict[str, str]) -> str:
    n = found.rows.height
    if found.weight == "several":
        return lang.plural(
            "Citizens {of_state} are listed among the victims detected in {n} other country",
            "Citizens {of_state} are listed among the victims detected in {n} other countries",
            n,
            **values,
        )
    if found.weight == "few" and not n == len(found.every_year) == 1:
        return _few_in(lang, found, values)
    return lang.text(ABROAD[found.weight], **values)


# By weight where most of a state's citizens abroad were detected.
ABROAD = {
    "only": N_("All citizens {of_state} listed by UNODC as victims abroad were detected {in_country}"),
    # Translators: of those that other states list.
    "tenths": N_(
        "More than {tenths} in ten citizens {of_state} listed by UNODC as victims abroad were detected {in_country}"
    ),
    # Translators: more than half of those that other states list.
    "most": N_("Most citizens {of_state} listed by UNODC as victims abroad were detected {in_country}"),
    # Translators: surely the largest, but perhaps not more than half; the lists are not complete.
    "first": N_(
        "Of the citizens {of_state} listed by UNODC as victims abroad, the largest group was detected {in_country}"
    ),
    # Translators: at most four in any one year.
    "few": N_("Fewer than five citizens {of_state} were detected as victims {in_country}"),
}


def _few_in(lang: Language, found: Ends, values: dict[str, str]) -> str:
    """The title of a map of citizens detected abroad, fewer than five in each country in each of its years."""
    n = found.rows.height
    if found.rows["low"].min() or n == 1:
        # Translators: at most four in one year in each country, not in all years or countries together.
        return lang.plural(
            "Fewer than five citizens {of_state} were detected as victims {in_country} in any one year",
            "UNODC lists citizens {of_state} among the victims detected in {n} countries: fewer than five per country "
            "in any one year",
            n,
            **values,
        )
    # Translators: the figures of some of the {n} countries may be zero; each is at most four in one year.
    return lang.text(
        "UNODC lists citizens {of_state} among the victims detected in up to {n} countries: fewer than five per "
        "country in any one year",
        n=lang.number(n),
        **values,
    )


def _few_of(lang: Language, found: Ends, values: dict[str, str]) -> str:
    """The title of a map of the citizens that a state detected, fewer than five of each country in each year."""
    n = found.rows.height
    if found.rows["low"].min() or n == 1:
        # Translators: at most four of each country in one year, not in all years together.
        return lang.plural(
            "Fewer than five citizens {of_country} were detected as victims {in_state} in any one year",
            "UNODC lists citizens of {n} countries among the victims detected {in_state}: fewer than five per country "
            "in any one year",
            n,
            **values,
        )
    # Translators: the figures of some of the {n} countries may be zero; each is at most four in one year.
    return lang.text(
        "UNODC lists citizens of up to {n} countries among the victims detected {in_state}: fewer than five per "
        "country in any one year",
        n=lang.number(n),
        **values,
    )


def _here(lang: Language, found: Ends, values: dict[str, str], *, own: bool) -> str:
    if found.weight == "few":
        return _few_of(lang, found, values)
    several = lang.plural(
        "Victims detected {in_state} include citizens of {n} country",
        "Victims detected {in_state} include citizens of {n} countries",
        found.rows.height,
        **values,
    )
    found_text = (OWN if own else FOREIGN).get(found.weight)
    return lang.text(found_text, **values) if found_text else several


# By weight what the largest group is among those that a state detected: its own citizens, or those of another country.
OWN = {
    "only": N_("All victims detected {in_state} whose citizenship UNODC lists were the country’s own citizens"),
    # Translators: of those in the lists, not of all victims.
    "tenths": N_(
        "More than {tenths} in ten victims detected {in_state} whose citizenship UNODC lists were the country’s own "
        "citizens"
    ),
    # Translators: more than half of those in the lists, not of all victims.
    "most": N_("Most victims detected {in_state} whose citizenship UNODC lists were the country’s own citizens"),
    # Translators: surely more than each other group, but perhaps not more than half.
    "first": N_("The country’s own citizens were the largest listed group of victims detected {in_state}"),
}
FOREIGN = {
    "only": N_("All victims detected {in_state} whose citizenship UNODC lists were citizens {of_country}"),
    # Translators: of those in the lists, not of all victims.
    "tenths": N_(
        "More than {tenths} in ten victims detected {in_state} whose citizenship UNODC lists were citizens {of_country}"
    ),
    # Translators: more than half of those in the lists, not of all victims.
    "most": N_("Most victims detected {in_state} whose citizenship UNODC lists were citizens {of_country}"),
    # Translators: surely more than each other group, but perhaps not more than half.
    "first": N_("The largest listed group of victims detected {in_state} were citizens {of_country}"),
}


def no_flows(lang: Language, area: str, position: str) -> str:
    """One line in place of a map without an arrow."""
    if position == "origin":
        return lang.text(
            "UNODC lists no citizens {of_state} among the victims detected in other countries.",
            of_state=countries.of(lang, area),
        )
    return lang.text(
        "UNODC publishes no figures on the citizenship of victims detected {in_state}.",
        in_state=countries.inside(lang, area),
    )


def no_response(lang: Language, area: str) -> str:
    """One line in place of the chart of a state that reported none of its figures."""
    return lang.text(
        "UNODC publishes no figure on suspects in formal contact with the authorities, or on "
        "persons prosecuted or convicted {in_state}.",
        in_state=countries.inside(lang, area),
    )


def declaration(
    lang: Language, grades: Sequence[str], progress: Mapping[int, str], searched: tuple[int, int], *, zeros: bool
) -> list[str]:
    """What is known of a state on the declaration: how many of its paragraphs have which kind of evidence at best.

    Args:
        grades: the best evidence of each of its paragraphs (`dashboard.subjects.ledger.query`).
        progress: the progress that documents state, by paragraph (`query.statuses`).
        searched: how many sources there are, and how many of them end by the year of the declaration.
        zeros: whether all totals of the state are zero.
    """
    counts = {"since": sum(grade in SINCE for grade in grades)}
    counts |= {name: grades.count(name) for name in (FACT, FIGURE, BACKGROUND, NONE)}
    kinds = {
        # Translators: {n} counts paragraphs.
        "since": N_("a document issued since March 2018 ({n})"),
        # Translators: {n} counts paragraphs.
        FACT: N_("a treaty that the state joined ({n})"),
        # Translators: on {n} paragraphs there are figures and no document.
        FIGURE: N_("only figures ({n})"),
        # Translators: on {n} paragraphs there are only sources from before the declaration, or without a date.
        BACKGROUND: N_("only documents from before March 2018 or without a date ({n})"),
        # Translators: {n} counts paragraphs.
        NONE: N_("nothing ({n})"),
    }
    each = lang.listing(lang.text(text, n=lang.number(counts[name])) for name, text in kinds.items() if counts[name])
    stated = lang.joined(
        f"{number} ({terms.in_sentence(terms.term(lang, 'progress', status))})"
        for number, status in sorted(progress.items())
    )
    # Translators: {kinds}: “only figures (3) and nothing (19)”, numbers of paragraphs; {early} of the sources say
    # nothing on later years.
    found = lang.text(
        "The Declaration addresses {paragraphs} paragraphs to each state. On these we found: {kinds}. Of our "
        "{sources} sources, {early} end in {year} or before.",
        sources=lang.number(searched[0]),
        early=lang.number(searched[1]),
        year=DECLARED.year,
        paragraphs=len(grades),
        kinds=each,
    )
    # Translators: all totals that UNODC has of the state are zero.
    zero = lang.text("The state’s totals are all 0; a zero is not counted here as a figure found.")
    reported = lang.text("Progress stated in documents, by paragraph: {list}.", list=stated)
    said = [[zero][:zeros], [reported][: len(progress)], [ledger_words.not_done(lang)][: counts[NONE]]]
    return [found, *chain(*said)]


def record(lang: Language, found: ReportingRecord) -> str:
    """For how many years UNODC's data have a total of a state, of those in which they have any."""
    first, last = found.span
    every = last - first + 1
    if len(found.years) == every:
        # Translators: without a gap in these years.
        return lang.text(
            "UNODC’s data have a total of victims for every year from {first} to {last}.",
            first=first,
            last=last,
        )
    years = lang.plural("{n} of the {every} years", "{n} of the {every} years", len(found.years), every=every)
    return lang.text(
        "UNODC’s data have a total of victims for {years} from {first} to {last}: {runs}.",
        years=years,
        first=first,
        last=last,
        runs=tables.runs_in_sentence(lang, found.years),
    )


def reported(lang: Language, area: str, found: ReportingRecord) -> str:
    """The same in few words, without the years; also of a state that reported none."""
    first, last = found.span
    if not found.years:
        return lang.text("No year from {first} to {last} has a total of detected victims", first=first, last=last)
    return lang.text(
        "UNODC’s data have a total of victims detected {in_state} for {some} of {every} years",
        in_state=countries.inside(lang, area),
        some=len(found.years),
        every=last - first + 1,
    )


def parts_alone(lang: Language, found: PartsAlone) -> list[str]:
    """What UNODC's data have of years without a total: zeros alone, figures by form, lists of citizenships."""

    def each(figures: Mapping[int, Range]) -> str:
        return lang.listing(
            lang.text("{figure} ({year})", figure=_figure(lang, figure), year=year) for year, figure in figures.items()
        )

    both = [year for year in found.lists if year in found.zeros]
    sentences = {
        lang.text(
            "For {years}, UNODC’s data have zeros by sex, age or form, but no total; victims may still have been "
            "detected.",
            years=tables.runs_in_sentence(lang, found.zeros),
        ): found.zeros,
        # Translators: the figure of the form with most victims; a victim may have several forms. {each}: 205 (2007).
        lang.text(
            "UNODC’s data have figures by form of exploitation, but no total, for {years}; the largest form: {each}.",
            years=tables.runs_in_sentence(lang, found.forms),
            each=each(found.forms),
        ): found.forms,
        # Translators: {each}: 205 (2007) and 12 (2009).
        lang.text(
            "UNODC’s data list victims by citizenship, but have no total: {each}.", each=each(found.lists)
        ): found.lists,
        lang.text("For {years}, these lists contradict the zeros.", years=tables.runs_in_sentence(lang, both)): both,
    }
    return [sentence for sentence, some in sentences.items() if some]


def _figure(lang: Language, figure: Range) -> str:
    """A figure of parts: one that is masked in words."""
    return lang.text("fewer than five") if figure[0] < figure[1] < MASKED_BELOW else lang.interval(*figure)


def alike(lang: Language, found: ReportingRecord) -> str:
    """That a state has no total, and which other states have none either; empty for a state with a total."""
    if found.years or not found.alike:
        return ""
    names = lang.listing(countries.the(lang, area) for area in lang.sorted_countries(found.alike))
    return lang.plural(
        "UNODC’s data have no total of detected victims for this state in any year, nor for {n} other state: {names}.",
        "UNODC’s data have no total of detected victims for this state in any year, nor for {n} other states: {names}.",
        len(found.alike),
        names=names,
    )
