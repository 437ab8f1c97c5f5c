"""Rules for every parser: it reads any bytes or raises its own error, and no mark becomes a figure."""

import gzip
import json
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.parsed import Parsed
from etl.source_declaration import declarations
from tests.etl import r_samples
from tests.etl.directionality_samples import coding_workbook
from tests.etl.mirror_sample import STOCK_2020
from tests.etl.samples import glotip, glotip_row

RECORDED = Path(__file__).parents[1] / "recorded"
SAMPLES = {
    "unodc_glotip": ("data_glotip.xlsx", glotip([glotip_row("MEX", 2021, "41"), glotip_row("BLZ", 2021, "<5")])),
    "du_directionality": ("Directionality Coding.xlsx", coding_workbook()),
    "reference": ("laws.csv", (Path(__file__).parents[3] / "data" / "reference" / "laws.csv").read_bytes()),
    "undesa_migrant_stock_2020": ("stock.json", STOCK_2020),
    # Unpacked, so that a changed byte reaches the reader of R and not only the checksum of the packing.
    **{
        Path(path).parent.name: (Path(path).name, gzip.decompress(packed)) for path, packed in r_samples.files().items()
    },
}
SAMPLES |= {
    source: (path.name, path.read_bytes())
    for source in declarations()
    if (RECORDED / source).is_dir() and source not in SAMPLES
    for path in [min((RECORDED / source).iterdir())]
}
PARSERS = sorted(name for name in declarations() if name != "natural_earth")


def test_every_source_has_a_sample_here():
    assert SAMPLES.keys() >= set(PARSERS)


def outcome(source: str, content: bytes, file: str) -> Parsed | SourceError:
    """What a parser makes of some bytes, of several parts the first; any other error ends the test."""
    try:
        found: Parsed | list[Parsed] = import_module(f"etl.sources.{source}").parse(content, file)
    except SourceError as error:
        return error
    parts = found if isinstance(found, list) else [found]
    for parsed in parts:
        aside = sum(finding.rows for finding in parsed.findings if finding.set_aside)
        assert parsed.read == parsed.kept + aside
    return parts[0]


@pytest.mark.parametrize("source", PARSERS)
def test_the_sample_is_read(source):
    assert isinstance(outcome(source, SAMPLES[source][1], SAMPLES[source][0]), Parsed)


@pytest.mark.parametrize("source", PARSERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_bytes_raise_anything_but_the_source_s_own_error(source, data):
    file, sample = SAMPLES[source]
    kind = data.draw(st.sampled_from(["cut", "changed", "any", "blank"]))
    if kind == "cut":
        content = sample[: data.draw(st.integers(0, len(sample)))]
    elif kind == "changed":
        at = data.draw(st.integers(0, len(sample) - 1))
        content = sample[:at] + data.draw(st.binary(min_size=1, max_size=4)) + sample[at + 1 :]
    elif kind == "any":
        content = data.draw(st.binary(max_size=400))
    else:
        content = data.draw(
            st.sampled_from([b"", b'""', b"\n\n", b",,,\n,,,", b"\xff\xfe", b"<html>", b"[]", b"{}", b"\0" * 40])
        )
    result = outcome(source, content, file)
    if isinstance(result, SourceError):
        assert str(result).startswith(f"source {source}")


MARKS = ["-1", "99999999999", "..", "NaN", "n/a", "-", "inf", "1e400", "٣", "1.000.000", "12 345", "<6", "<", "(12)"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_the_workbook_is_no_figure(mark):
    content = glotip([glotip_row("MEX", 2021, "41"), glotip_row("MEX", 2020, mark)])
    result = outcome("unodc_glotip", content, "a.xlsx")
    # A plain number of eleven digits is a number; a rule for figures decides that it cannot be a count.
    assert isinstance(result, SourceError) or mark.isdigit()


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark != "1e400"])
def test_a_mark_in_the_bank_s_answer_is_no_population(mark):
    row = {"indicator": {"id": "SP.POP.TOTL"}, "countryiso3code": "MEX", "date": "2021", "value": mark}
    answer = [{"total": 1, "lastupdated": "2026-03-01"}, [row]]
    assert isinstance(outcome("worldbank_population", json.dumps(answer).encode(), "a.json"), SourceError)


@pytest.mark.parametrize("mark", ["NaN", "-1", "..", "", "inf"])
def test_a_mark_in_the_sdg_database_is_no_figure(mark):
    header = b"age,geo_area,nature,sex,units,year,vc_htf_detv\n"
    content = header + b"allage,484,c,bothsex,number,2015,7\n" + f"allage,484,c,bothsex,number,2016,{mark}\n".encode()
    result = outcome("unsd_sdg", content, "unsdg_ddf_2020-10_vc_htf_detv.csv")
    assert isinstance(result, SourceError) or result.rows["year"].to_list() == [2015]


def test_the_latest_release_is_the_latest_date_and_not_the_last_file():
    from etl.fetching.raw import RawFile
    from tests.etl.declared import parsed_files

    files = [
        RawFile("unodc_glotip", name, glotip([glotip_row("MEX", 2021, value)], released=day))
        for name, value, day in (
            ("a.xlsx", "1", "28/10/2025"),
            ("b.xlsx", "2", "14/04/2025"),
            ("c.xlsx", "3", "01/05/2024"),
        )
    ]
    parsed = parsed_files(files, date(2025, 11, 1))
    assert [read.parsed.release for read in parsed] == ["2024-05-01", "2025-04-14", "2025-10-28"]
    assert [read.receipt.file for read in parsed] == ["c.xlsx", "b.xlsx", "a.xlsx"]
