import polars as pl

from dashboard.subjects.routes import query, tables
from data.i18n import language

EN = language("en")
ARROW = {"transit": None, "evidence": "counted", "records": 2, "years": [2010, 2011, 2012, 2015], "questioned": False}
ARROW |= {"releases": ["2025-10-28", "2025-04-14"], "left_out": None}


def test_rows_of_arrows_have_leg_unit_years_and_status():
    frame = pl.DataFrame(
        [
            ARROW
            | {"origin": "USA", "destination": "USA", "leg": "direct", "low": 5.0, "high": 9.0}
            | {"left_out": [{"year": 2014, "low": 253.0, "high": 253.0}, {"year": 2016, "low": 0.0, "high": 4.0}]},
            ARROW
            | {"origin": "MEX", "destination": "USA", "leg": "direct", "low": 4.0, "high": 4.0, "questioned": True},
            ARROW
            | {
                "origin": "NIC",
                "destination": "CRI",
                "leg": "to_transit",
                "low": 1.0,
                "high": 1.0,
                "evidence": "stated",
            },
            ARROW
            | {
                "origin": "CRI",
                "destination": "PAN",
                "leg": "from_transit",
                "low": 1.0,
                "high": 1.0,
                "evidence": "stated",
            },
        ]
    )
    counted = tables.arrows(frame.filter(evidence="counted"), EN)
    assert counted.select("Figure", "Unit", "Years", "Remark").rows() == [
        (
            "5–9",
            "victims",
            "2010–2012, 2015",
            "Left out because we doubt it: 253–257 (2014: 253; 2016: 0–4)",
        ),
        ("4", "victims", "2010–2012, 2015", "Questioned"),
    ]
    # Own citizens are no pair, and a questioned figure names none.
    assert counted["Agreement"].to_list() == ["–", "–"]
    assert set(counted["Release"]) == {"14 April 2025 and 28 October 2025"}
    assert tables.arrows(frame.head(0), EN).is_empty()
    described = tables.arrows(frame.filter(evidence="stated"), EN)
    assert described.columns[:2] == ["From", "To"]
    # No described route is questioned.
    assert "Left out because we doubt it" not in described.columns
    assert described.select("Leg", "Figure", "Unit", "Years").rows() == [
        ("to transit", "1", "statement", "2010–2012, 2015"),
        ("from transit", "1", "statement", "2010–2012, 2015"),
    ]


def test_citizenship_is_no_way():
    selection = query.FlowFilter(areas=("HTI",))
    counted = tables.arrows(query.arrows(selection).choice, EN)
    assert counted.columns[:2] == ["Citizens of", "Detected in"]
    assert not {"From", "To", "Leg"} & {*counted.columns}
    assert counted.height == query.arrows(selection).choice.height > 0


def test_the_unlocated_are_shown_as_printed():
    frame = pl.DataFrame(
        {
            "origin_label": ["Latin America", None],
            "transit_label": [None, None],
            "destination_label": ["Canada", "Chile"],
            "low": [1.0, 7.0],
            "high": [1.0, 7.0],
            "years": [[2014], [2012]],
            "records": [2, 1],
            "flagged": [1, 0],
            "releases": [["undated"], ["2025-10-28"]],
        }
    )
    first, second = tables.unlocated(frame, EN, "stated").rows()
    remark = "1 of 2 flagged by the source’s coders"
    assert first == ("Latin America", "–", "Canada", "1", "statement", "2014", "undated", remark)
    assert (second[0], second[-1]) == ("–", "")
    # Citizenship is no way: these records have no transit, and a sum of several cells says how many.
    first, _ = tables.unlocated(frame, EN, "counted").rows()
    assert first == ("Latin America", "Canada", "1", "victim", "2", "2014", "undated", remark)


def test_an_arrow_says_what_its_sum_lacks_and_how_many_statements_are_flagged():
    lacking = [{"year": 2014, "low": 253.0, "high": 253.0}, {"year": 2016, "low": 0.0, "high": 4.0}]
    ends = {"origin": "USA", "destination": "USA", "leg": "direct", "low": 5.0, "high": 9.0, "left_out": lacking}
    frame = pl.DataFrame([ARROW | ends | {"records": 4, "flagged": 3}])
    assert tables.arrows(frame, EN)["Remark"].to_list() == [
        "Left out because we doubt it: 253–257 (2014: 253; 2016: 0–4); 3 of 4 flagged by the source’s coders"
    ]


def test_coverage_and_roles():
    frame = pl.DataFrame(
        {
            "area": ["ARG", "CRI"],
            "year": [2018, 2019],
            "listed": [10.0, 6.0],
            "listed_high": [14.0, 6.0],
            "total_low": [40.0, None],
            "total_high": [40.0, None],
            "nationalities": [3, 1],
            "questioned": [4.0, 0.0],
            "questioned_high": [4.0, 0.0],
            "list_releases": [["2025-04-14"], ["2025-10-28"]],
            "release": ["2025-10-28", "2025-10-28"],
        }
    )
    assert tables.coverage(frame, EN).rows() == [
        ("Argentina", "2018", "10–14", "4", "40", "3", "14 April 2025", "28 October 2025"),
        ("Costa Rica", "2019", "6", "0", "–", "1", "28 October 2025", "–"),
    ]
    row = {"area": "CRI", "role": "transit", "year": 2008, "source": "hti", "stated": "yes", "silent": 11}
    roles = pl.DataFrame([row, row | {"stated": "no", "silent": 0}])
    source = "R. Frank, Human Trafficking Indicators"
    assert tables.roles(roles, EN).rows() == [
        ("Costa Rica", "Transit", "Coded “yes”", "2008", "not mentioned in the 11 reports since", source),
        ("Costa Rica", "Transit", "Coded “no”", "2008", "", source),
    ]
