"""A small directionality workbook in the publisher's shape, written for the tests, quirks included."""

from tests.etl.samples import workbook

Row = tuple[object, ...]
TAIL = ("Means", "Trafficker", "Sector", "Notes", "Flagged")


def statement(
    origin: str | None,
    transit: str | None,
    destination: str | None,
    *,
    year: object = 2016,
    profile: object = None,
    form: object = None,
    means: object = None,
    notes: str | None = None,
    flag: str | None = None,
) -> Row:
    return (year, origin, transit, destination, profile, form, means, None, None, notes, flag)


def header(year: object, *, region: str = "/Region", kind: str = "Type of Trafficking") -> Row:
    return (year, f"Origin Country{region}", "(Transit Country)", "Destination Country", "Victim Profile", kind, *TAIL)


def coding() -> dict[str, list[Row]]:
    """Three report years, one of them twice, as the sheets of the publisher's workbook differ."""
    report_2016 = [
        statement("Nicaragua", "Costa Rica", "Panama", means=1),
        statement("Nicaragua", "Costa Rica", "Panama", means=1),
        statement("Nicaragua", "Costa Rica", "Panama", means=2),
        statement("Latin America", None, "United States ", profile="3,4", form="1, 4", flag="x"),
        statement(None, None, None, notes='"Vulnerable" only', flag="x"),
    ]
    return {
        "2012": [
            (*header(2012, kind="type of trafficking"), None),
            (*statement("South Asia", None, "Malawi", year=None, profile=3.4, form=2, flag="X"), "X"),
            (*statement("Bolivia", None, "Argentina", year=2012, profile=1, form="2,10"), None),
            (*statement("South Asia", None, "Peru", year=2012), "x"),
        ],
        "Sheet1": [header("C/Y (2016)"), *report_2016, (None,) * 11],
        "2009 RECODE": [
            header(2009, region=""),
            statement(None, "Mexico", None, year=2009, form=11, profile="5"),
            (None,) * 11,
            statement("Canada", None, "Cuba", year=2009, form=4),
        ],
        "2016": [header(2016), *report_2016, (None,) * 11],
    }


def coding_workbook(sheets: dict[str, list[Row]] | None = None) -> bytes:
    return workbook(coding() if sheets is None else sheets)
