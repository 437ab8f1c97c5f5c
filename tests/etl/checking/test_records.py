"""A file with fewer records than expected is refused or reported, even on the first build."""

import csv
import zipfile
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from etl.checking import wholeness
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.source_declaration import declarations
from tests.etl.cells import cells, sheets
from tests.etl.declared import SHORT, declare_records, with_records
from tests.etl.test_pipeline import ROOT, build, sample

# Files of which a part can be read like the whole.
LINES = [
    ("untc", "untc/*XVIII-12-a_*.csv"),
    ("untc", "untc/*XVIII-12_*.csv"),
    ("untc", "untc/*XVIII-12-b_*.csv"),
    ("cia_factbook", "cia_factbook/*.csv"),
    ("hti", "hti/*.csv"),
    ("unsd_sdg", "unsd_sdg/*vc_htf_detv.csv"),
    ("unsd_sdg", "unsd_sdg/*sl_tlf_chldec.csv"),
    ("worldbank_population", "worldbank/*datahub*.csv"),
]


def parsed(release: str, read: int, part: str = "") -> Parsed:
    rows = pl.DataFrame({"locator": ["a.xlsx#data!4"]})
    return Parsed(rows=rows, release=release, release_basis="", read=read, kept=read, findings=[], part=part)


@pytest.mark.parametrize(
    ("key", "source", "release", "part"),
    [
        ("any", "du_hti", "2008", ""),
        ("untoc", "untc", "2014-07-10", "untoc"),
        ("2019", "undesa_migrant_stock", "2019", ""),
        ("VC_HTF_DETV 2020-10", "unsd_sdg", "2020-10", "VC_HTF_DETV"),
    ],
)
def test_one_record_fewer_than_expected_is_refused(key, source, release, part):
    declared = with_records({source: {key: 12}})[source]
    wholeness.refuse_part(parsed(release, 12, part), declared)
    wholeness.refuse_part(parsed(release, 13, part), declared)
    with pytest.raises(
        SourceError, match=rf"source {source}, file a\.xlsx: 11 records, expected 12 or more: the file is incomplete"
    ):
        wholeness.refuse_part(parsed(release, 11, part), declared)


def test_a_number_of_records_applies_only_to_its_part_and_release():
    known = with_records({"untc": {"untoc": 185}, "unodc_glotip": {"2025-10-28": 65_398}})
    wholeness.refuse_part(parsed("2014-07-10", 152, "smuggling_protocol"), known["untc"])
    wholeness.refuse_part(parsed("2023-03-01", 9, ""), known["unodc_glotip"])


def test_a_cut_workbook_stops_the_first_build(tmp_path, monkeypatch):
    declare_records(monkeypatch, SHORT | {"unodc_glotip": {"2025-10-28": 4}})
    with pytest.raises(
        SourceError, match=r"source unodc_glotip, file data_glotip_b\.xlsx: 3 records, expected 4 or more"
    ):
        build(sample(tmp_path / "mirror"))


@pytest.mark.parametrize(("read", "expected"), [(55_588, ["2025-10-28"]), (55_589, []), (70_000, [])])
def test_a_new_release_is_compared_with_the_newest_known_number_of_records(read, expected):
    # 85 % of 65,398 are 55,588.3.
    known = with_records({"unodc_glotip": {"2025-04-14": 9, "2025-10-28": 65_398}})
    findings = wholeness.small_releases([parsed("2026-04-01", read)], known["unodc_glotip"])
    assert [finding.detail for finding in findings] == expected


def lines(path: Path, encoding: str = "utf-8-sig") -> int:
    """Records of a table below its header that are not blank."""
    with path.open(encoding=encoding, newline="") as file:
        return sum(any(cell.strip() for cell in row) for row in csv.reader(file)) - 1


def filled(book: dict[str, list[tuple[object, ...]]]) -> dict[str, int]:
    """Rows of each sheet below its header that are not blank."""
    by_sheet = {name: [any(str(cell or "").strip() for cell in row) for row in rows] for name, rows in book.items()}
    return {name: sum(rows) - 1 for name, rows in by_sheet.items()}


def counted(folder: Path) -> dict[str, int]:
    """The records of the publishers' own files, counted without any of our parsers."""
    paths = {name: next(iter(folder.glob(pattern))) for name, pattern in FILES.items()}
    coding = filled(sheets(paths["du_directionality"].read_bytes()))
    # One sheet repeats another.
    counts = {"du_directionality": sum(rows for sheet, rows in coding.items() if sheet != "Sheet1")}
    measures = lines(ROOT / "data" / "reference" / "hti_measures.csv")
    index = cells(paths["du_hti"])
    counts["du_hti"] = measures * sum(row[:1] == (2008,) for row in index)
    with paths["undesa_migrant_stock 2019"].open(encoding="utf-8-sig", newline="") as file:
        counts["undesa_migrant_stock 2019"] = sum(len(row) - 2 for row in csv.reader(file)) - (234 - 2)
    for name in ("unodc_glotip 2025-04-14", "unodc_glotip 2025-10-28"):
        sheet = zipfile.ZipFile(paths[name]).read("xl/worksheets/sheet1.xml")
        # Two rows of a banner and the header.
        counts[name] = sheet.count(b"<row ") - 3
    counts["hti"] = lines(paths["hti"], "mac_roman")
    return counts | {name: lines(path) for name, path in paths.items() if name not in counts}


ELSEWHERE = {"national_mexico", "national_peru", "un_hr_status", "untc_declarations", "untc_more"}
FILES = {
    "hti": "hti/HTI*.csv",
    "du_directionality": "du_directionality/Directionality*.xlsx",
    "du_hti": "du_directionality/Human*.xlsx",
    "cia_factbook": "cia_factbook/*.csv",
    "untc palermo_protocol": "untc/*XVIII-12-a_*.csv",
    "untc untoc": "untc/*XVIII-12_*.csv",
    "untc smuggling_protocol": "untc/*XVIII-12-b_*.csv",
    "undesa_migrant_stock 2019": "undesa_migrant_stock/*.csv",
    "unodc_glotip 2025-04-14": "unodc_glotip/*2025-04-14.xlsx",
    "unodc_glotip 2025-10-28": "unodc_glotip/*2025-10-28.xlsx",
    "unsd_sdg SL_TLF_CHLDEA 2020-10": "unsd_sdg/*2020-10_sl_tlf_chldea.csv",
    "unsd_sdg SL_TLF_CHLDEC 2020-10": "unsd_sdg/*2020-10_sl_tlf_chldec.csv",
    "unsd_sdg VC_HTF_DETV 2020-10": "unsd_sdg/*2020-10_vc_htf_detv.csv",
    "unsd_sdg VC_VAW_MARR 2020-10": "unsd_sdg/*2020-10_vc_vaw_marr.csv",
    "unsd_sdg VC_VAW_SXVLN 2020-10": "unsd_sdg/*2020-10_vc_vaw_sxvln.csv",
    "worldbank_population 2026-03": "worldbank/*2026-03.csv",
}


@pytest.mark.real
def test_the_real_files_have_the_declared_numbers_of_records(mirror):
    declared = {
        source.id if key == "any" else f"{source.id} {key}": records
        for source in declarations().values()
        for key, records in source.least_records.items()
    }
    found = counted(mirror)
    assert found == {key: declared[key] for key in found}
    # The records of these are counted in the tests of their own parsers.
    assert {key.split()[0] for key in declared.keys() - found.keys()} == ELSEWHERE


@pytest.mark.real
def test_the_real_bank_gives_no_population_for_places_declared_absent(mirror):
    with next((mirror / "worldbank").glob("*population*.csv")).open(encoding="utf-8-sig", newline="") as file:
        codes = {row["Country Code"] for row in csv.DictReader(file)}
    assert not codes & {*declarations()["worldbank_population"].absent}


@pytest.mark.real
@pytest.mark.parametrize(("source", "pattern"), LINES)
def test_a_real_file_without_its_last_line_is_refused(mirror, source, pattern):
    path = next(iter(mirror.glob(pattern)))
    parse = import_module(f"etl.sources.{source}").parse
    whole = path.read_bytes()
    wholeness.refuse_part(parse(whole, path.name), declarations()[source])
    part = b"".join(whole.splitlines(keepends=True)[:-1])
    with pytest.raises(SourceError, match="the file is incomplete"):
        wholeness.refuse_part(parse(part, path.name), declarations()[source])
