"""Labels as publishers print them, read exactly or not at all."""

import csv

import fastexcel
import polars as pl
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from data.reviewed import REFERENCE
from etl.areas import resolve, state_codes, states
from etl.gazetteer import KINDS, NAMED_IN, known


def read(label: str | None, own: str | None = None) -> tuple[str, str | None]:
    row = resolve(pl.Series([label], dtype=pl.String), pl.Series([own], dtype=pl.String)).row(0, named=True)
    return row["kind"], row["area"]


def test_the_35_states_are_those_of_the_americas():
    expected = (
        "ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN PER "
        "PRY SLV SUR TTO URY USA VCT VEN"
    )
    assert state_codes() == tuple(expected.split())


def test_states_carry_codes_subregion_and_the_four_notes():
    frame = states()
    assert frame.row(by_predicate=pl.col("area") == "GUY", named=True) == {
        "area": "GUY",
        "m49": "328",
        "iso2": "GY",
        "subregion": "south_america",
        "member": "member",
        "note": None,
    }
    assert frame["subregion"].value_counts().sort("subregion").rows() == [
        ("caribbean", 13),
        ("central_america", 7),
        ("north_america", 3),
        ("south_america", 12),
    ]
    apart = frame.filter(pl.col("member") != "member").select("area", "member").sort("area").rows()
    assert apart == [("CUB", "not_participating"), ("NIC", "left"), ("VEN", "disputed")]
    assert frame.filter(pl.col("note").is_not_null())["area"].to_list() == ["CUB", "NIC", "PRY", "VEN"]


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("Bolivia (Plurinational State of)", "BOL"),
        ("ESTADOS UNIDOS", "USA"),
        ("USA", "USA"),
        ("The Bahamas, The", "BHS"),
        ("St. Lucia", "LCA"),
        ("Antigua & Barbuda", "ATG"),
        ("Etats-Unis", "USA"),
        ("  haitiana ", "HTI"),
        ("NICARAGUENSE", "NIC"),
        ("Vénézuéliennes", "VEN"),
        ("brasileiras", "BRA"),
        # near misses between two countries
        ("DOMINICANA", "DOM"),
        ("R.Dominicana", "DOM"),
        ("Dominica Republic", "DOM"),
        ("Dominica", "DMA"),
        ("Dominiquesa", "DMA"),
        ("Guayanean", "GUY"),
        ("Guyane", "GUF"),
        ("French Guyana", "GUF"),
        ("Niger", "NER"),
        ("Nigérienne", "NER"),
        ("Nigériane", "NGA"),
        ("NIGERIANA", "NGA"),
        ("South Africa", "ZAF"),
        ("Congo", "COG"),
        ("Congo, Democratic Republic of", "COD"),
        ("Congolese (DRC)", "COD"),
        ("Korea, Republic of", "KOR"),
        ("Korea, Democratic People's Republic of", "PRK"),
        ("Georgia", "GEO"),
        ("Indian", "IND"),
        ("Indonesian", "IDN"),
        ("Guinean", "GIN"),
        ("Equatorial Guinean", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("CAR", "CAF"),
        ("Micronesia", "FSM"),
        ("Samoa", "WSM"),
        ("American Samoa", "ASM"),
        ("Austria", "AUT"),
        ("Australian", "AUS"),
        # typing errors judged one by one
        ("PERO", "PER"),
        ("BARSIL", "BRA"),
        ("Columbia", "COL"),
        ("St Vincent", "VCT"),
        ("Comros", "COM"),
    ],
)
def test_a_country_is_read_in_any_of_its_printed_forms(label, area):
    assert read(label) == ("country", area)


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("BELICE\ufffdA", "BLZ"),
        ("Rep\ufffdblica Dominicana", "DOM"),
        ("Hait\ufffd", "HTI"),
        ("C\ufffdte d\ufffdIvoire", "CIV"),
        ("C\ufffdTE D'IVOIRE", "CIV"),
        ("CÃ´te dâ€™Ivoire", "CIV"),
        ("MÃ©xico", "MEX"),
    ],
)
def test_a_broken_encoding_is_read_where_one_known_label_fits(label, area):
    assert read(label) == ("country", area)


@pytest.mark.parametrize("label", ["\ufffd", "P\ufffdru", "B\ufffdlivia", "\ufffd\ufffd\ufffd\ufffd"])
def test_a_lost_letter_stands_for_an_accented_one_only(label):
    assert read(label)[1] is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("COLOMBIANA \n\n(FEVIMTRA: 4 y FECOR: 1)", ("country", "COL")),
        ("HONDURE\ufffdA (FEVIMTRA:  1)", ("country", "HND")),
        ("SIN ESPECIFICAR\n\n(FEVIMTRA: 1 y FECOR:24)", ("unknown", None)),
        ("3 Maliens", ("country", "MLI")),
    ],
)
def test_counts_and_agencies_inside_a_label_are_left_out_and_flagged(label, expected):
    row = resolve(pl.Series([label])).row(0, named=True)
    assert (row["kind"], row["area"]) == expected
    assert row["label"] == label
    assert row["annotated"]


@pytest.mark.parametrize("label", ["Mali", "Caribbean (Trinidad and Tobago, Barbados, etc)", "Congolese (DRC)", "145"])
def test_a_label_without_counts_is_not_flagged(label):
    assert not resolve(pl.Series([label]))["annotated"][0]


def test_two_nationalities_in_one_cell_are_neither():
    assert read("3 nig\ufffdriens et 1 tunisien") == ("ambiguous", None)


@pytest.mark.parametrize(
    "label",
    [
        "Nationals",
        "Own country nationals",
        "Ciudadanos de su país",
        "Ciudadanos de su pa\ufffds",
        "Netherlands (own country)",
    ],
)
def test_own_nationals_are_those_of_the_state_that_reports(label):
    assert read(label, "GTM") == ("own_nationals", "GTM")
    assert resolve(pl.Series([label]))["area"].to_list() == [None]


def test_the_reporting_state_affects_no_other_label():
    assert read("Peru", "ECU") == ("country", "PER")
    assert read("Unknown", "ECU") == ("unknown", None)


@pytest.mark.parametrize("label", ["GUINEANA", "Congolese", "Dominican", "Korea", "Nigerin", "coreana"])
def test_a_label_of_several_countries_is_ambiguous(label):
    assert read(label) == ("ambiguous", None)


@pytest.mark.parametrize(
    "label",
    [
        "Gulf States",
        "Latin America",
        "América Latina",
        "REG_CAR",
        "REG_AFR_ME",
        "Africa and Middle East",
        "Caribbean (Trinidad and Tobago, Barbados, etc)",
        "Other Countries (Dominica, Panama, French Guiana, Brazil, etc.)",
        "Other Central America and Caribbean",
        "Neighboring West African countries",
        "Southern Africa",
        "South America",
        "Netherlands Antilles",
        "Kosovo",
        "Kosovar",
    ],
)
def test_a_region_is_no_country(label):
    assert read(label, "GUY") == ("region", None)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("TOTAL", "subtotal"),
        ("All", "subtotal"),
        ("TOTAL POR A\ufffdO", "subtotal"),
        ("145", "not_a_label"),
        ("Nationality", "not_a_label"),
        ("Q6.1_10s_2019", "not_a_label"),
        ("(especifique otras nacionalidades)", "not_a_label"),
        ("OTH", "unknown"),
        ("NO REGISTRA", "unknown"),
        ("Stateless", "unknown"),
        (None, "unknown"),
        ("Ruritanian", "unrecognised"),
        ("Colombiia", "unrecognised"),
        ("Boliviana y peruana", "unrecognised"),
    ],
)
def test_other_labels_have_a_reason_for_having_no_country(label, kind):
    assert read(label, "VEN") == (kind, None)


def test_rows_keep_their_order_and_repeats():
    labels = pl.Series(["Peru", None, "Nationals", "Peru", "Nationals"])
    own = pl.Series(["ARG", "BOL", "CHL", "URY", None])
    assert resolve(labels, own).rows() == [
        ("Peru", "country", "PER", False),
        (None, "unknown", None, False),
        ("Nationals", "own_nationals", "CHL", False),
        ("Peru", "country", "PER", False),
        ("Nationals", "own_nationals", None, False),
    ]


def test_no_rows_give_no_rows():
    assert resolve(pl.Series([], dtype=pl.String)).schema == {
        "label": pl.String,
        "kind": pl.String,
        "area": pl.String,
        "annotated": pl.Boolean,
    }


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.text("aeiouáñ\ufffd ()3:&'"), st.sampled_from(sorted(known()))), max_size=8
    )
)
def test_any_text_is_read_without_error_and_only_countries_have_areas(labels):
    frame = resolve(pl.Series(labels, dtype=pl.String))
    assert frame["label"].to_list() == labels
    assert set(frame["kind"]) <= set(KINDS)
    assert (frame["area"].is_not_null() == (frame["kind"] == "country")).all()


REGION_NAMES = sorted(
    {name for lang in NAMED_IN for code, name in Locale(lang).territories.items() if code.isdecimal() or code == "XK"}
)


@given(st.sampled_from(REGION_NAMES), st.sampled_from(["{}", "{} ", "the {}", "{}.", "Other {}"]), st.booleans())
def test_no_region_leads_to_a_country(name, form, upper):
    label = form.format(name.upper() if upper else name)
    assert read(label, "ARG") == ("region", None)


def table(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", table("labels.csv"), ids=lambda row: row["label"])
def test_every_judged_label_reads_as_judged(row):
    assert read(row["label"]) == (row["kind"], row["area"] or None)


def test_judged_labels_are_well_formed():
    rows = table("labels.csv")
    assert {row["kind"] for row in rows} <= set(KINDS) - {"unrecognised"}
    assert all((row["area"] != "") == (row["kind"] == "country") for row in rows)
    assert len({row["label"] for row in rows}) == len(rows)


@pytest.mark.real
@pytest.mark.parametrize("release", ["2025-04-14", "2025-10-28"])
def test_labels_of_the_real_workbooks_are_all_recognised(mirror, release):
    file = mirror / f"unodc_glotip/data_glotip_{release}.xlsx"
    rows = pl.read_excel(file, read_options={"header_row": 2}, infer_schema_length=0)
    rows = rows.filter(pl.col("Dimension") == "by citizenship")
    frame = resolve(rows["Category"], rows["Iso3_code"])
    unrecognised = frame.filter(pl.col("kind") == "unrecognised")
    assert frame.height > 10_000
    assert unrecognised["label"].unique().to_list() == []


@pytest.mark.real
def test_places_of_the_real_codings_are_all_recognised(mirror):
    book = fastexcel.read_excel(mirror / "du_directionality/Directionality Coding 2008-2016.xlsx")
    sheets = [book.load_sheet(sheet, dtypes="string").to_polars() for sheet in book.sheet_names]
    printed = pl.concat([sheet[column].cast(pl.String) for sheet in sheets for column in sheet.columns[1:4]])
    frame = resolve(printed.drop_nulls().unique())
    assert frame.filter(pl.col("kind") == "unrecognised")["label"].to_list() == []
    regions = set(frame.filter(pl.col("kind") == "region")["label"])
    assert {"Latin America", "Gulf States", "Caribbean", "Western Hemisphere"} <= regions
    assert sorted(frame.filter(pl.col("kind") == "ambiguous")["label"]) == ["Korea", "South Aerica"]
