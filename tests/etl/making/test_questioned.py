from tests.etl.flow_samples import build
from tests.etl.samples import citizens, glotip_row


def test_implausible_flows_are_questioned_and_keep_their_figure():
    rows = [
        citizens("USA", 2016, "Saint Vincent and the Grenadines", "61"),
        citizens("USA", 2016, "Maldives", "98"),
        citizens("USA", 2016, "Mexico", "400"),
        citizens("ARG", 2019, "Bolivia", "41"),
        citizens("ARG", 2019, "Peru", "40"),
        glotip_row("ARG", 2019, "40"),
    ]
    flows, _, _ = build(rows)
    # 98 per 450,000 is 21.8 per 100,000; 61 Vincentians are listed by review; 41 exceed Argentina's own total of 40.
    assert flows.select("origin", "low", "status", "note").sort("origin").rows() == [
        ("BOL", 41.0, "questioned", "larger_than_total"),
        ("MDV", 98.0, "questioned", "listed_by_review"),
        ("MEX", 400.0, "exact", None),
        ("PER", 40.0, "exact", None),
        ("VCT", 61.0, "questioned", "listed_by_review"),
    ]


def test_the_rate_rule_works_without_the_list():
    flows, _, _ = build([citizens("CRI", 2019, "Bolivia", "1,651"), citizens("CRI", 2019, "Mexico", "1,651")])
    # 15 per 100,000 of 11,000,000 Bolivians are 1,650.
    assert flows.select("origin", "status", "note").sort("origin").rows() == [
        ("BOL", "questioned", "implausible_for_origin"),
        ("MEX", "exact", None),
    ]
