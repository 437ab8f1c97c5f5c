"""What an arrow means, in words: who was detected where, or what reports state, in which years."""

from dashboard.figures.arrows import Arrow
from data.i18n import Language


def sentence(one: Arrow, lang: Language) -> str:
    """What an arrow means, in words: counted by citizenship, or stated in reports."""
    row = one.row
    origin, destination = (f"<b>{lang.country(code)}</b>" for code in one.ends)
    figure, years = lang.interval(row["low"], row["high"]), _years(row["years"])
    if row["evidence"] == "counted":
        if one.ends[0] == one.ends[1]:
            said = lang.text("Citizens of {origin} detected at home: {figure}", origin=origin, figure=figure)
        else:
            said = lang.text(
                "Citizens of {origin} detected in {destination}: {figure}",
                origin=origin,
                destination=destination,
                figure=figure,
            )
    else:
        said = _stated(str(row["leg"]), origin, destination, lang)
        said += "<br>" + lang.plural("{n} statement", "{n} statements", round(row["high"]))
    doubt = "<br>" + lang.text("Questioned: implausible, printed as the publisher has it") if row["questioned"] else ""
    return f"{said}<br>{years}{doubt}"


def _stated(leg: str, origin: str, destination: str, lang: Language) -> str:
    if leg == "to_transit":
        return lang.text("Reports state routes from {origin} through {transit}", origin=origin, transit=destination)
    if leg == "from_transit":
        return lang.text(
            "Reports state routes through {transit} to {destination}", transit=origin, destination=destination
        )
    if origin == destination:
        return lang.text("Reports state trafficking inside {country}", country=origin)
    return lang.text("Reports state routes from {origin} to {destination}", origin=origin, destination=destination)


def _years(years: list[int]) -> str:
    """Years as runs: 2014–2016, 2019."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
