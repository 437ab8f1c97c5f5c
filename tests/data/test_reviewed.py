"""Each file of reviewed facts follows its schema; an error names the wrong row and what is expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reviewed import REFERENCE, ReviewedError, parse, read
from etl.checking.published import REVIEWED

FORMS = {form.FILE: form for form in REVIEWED}
# Where a file has no rows of its own yet.
ADDED = {
    "losses.csv": "hti,area,PER,2013.1,why\n",
    "errata.csv": "aaaaaaaaaaaa,2025-01-31,rights,bbbbbbbbbbbb\n",
    "workplan_lines.csv": '1.1,indicator,1,states,Sample,,,,2001-02-03,"sample, p. 1"\n',
    "declaration_text.csv": "26,en,Sample,SAMPLE/DOC.1,2001-02-03,p. 1\n",
    "counting_units.csv": "PER,offences,2010,2019,cases,why,where\n",
}
FILES = {name: (REFERENCE / name).read_text("utf-8") + ADDED.get(name, "") for name in FORMS}


def refusal(name: str, content: str | bytes) -> str:
    with pytest.raises(ReviewedError) as caught:
        parse(content if isinstance(content, bytes) else content.encode(), FORMS[name])
    (line,) = str(caught.value).splitlines()
    return line.removeprefix(f"data/reference/{name}, ")


def test_every_file_has_a_schema_and_follows_it():
    assert FORMS.keys() == {path.name for path in REFERENCE.glob("*.csv")}
    heights = {name: read(form).height for name, form in FORMS.items()}
    # No cell of these files has a line break, so each line is a row.
    assert heights == {name: (REFERENCE / name).read_text("utf-8").count("\n") - 1 for name in FORMS}


CELLS = [
    ("areas.csv", "ARG,032,AR", "ARG,033,AR", "column area is 'ARG', column m49 is '033'"),
    ("areas.csv", "BHS,044,BS,caribbean", "BHS,044,BS,Caribbean", "column subregion is 'Caribbean'; expected: one of"),
    ("aliases.csv", "DOM,DR", "DOX,DR", "column area is 'DOX'; expected: an alpha-3 code of ISO 3166-1"),
    ("aliases.csv", "DOM,DR", "DOM,", "column alias is blank; expected: a name"),
    ("aliases.csv", "VCT,SVG", "VCT,d.R.", "column alias is 'd.R.'; expected: A name is listed once, ignoring"),
    ("labels.csv", "Abania,country", "Abania,contry", "column kind is 'contry'; expected: one of country, own_nat"),
    ("labels.csv", "Abania,country,ALB", "Abania,country,ABL", "column area is 'ABL'; expected: an alpha-3 code of I"),
    ("labels.csv", "Abania,country,ALB", "Abania,region,ALB", "column kind is 'region', column area is 'ALB'"),
    ("labels.csv", "Abania,country,ALB", "Abania,country,", "column kind is 'country', column area is blank"),
    ("labels.csv", "Dubai (UAE),country,ARE", "ABANÍA.,region,", "column label is 'ABANÍA.'; expected: A label oc"),
    ("labels.csv", "Abania,", "...,", "column label is '...'"),
    ("demonyms.csv", "ATG,", "XYZ,", "column area is 'XYZ'"),
    ("demonyms.csv", "Antiguan|Barbudan", "Antiguan||Barbudan", "column en is 'Antiguan||Barbudan'; expected: words"),
    ("articles.csv", "los,os,les", "Los,os,les", "column es is 'Los'; expected: one of el, la, los, las"),
    ("articles.csv", "ZWE,,,o,le,au", "ZWE,,,o,le,", "column fr_in is blank; expected: one of à, à la, au"),
    ("laws.csv", "ARG,Ley", "XYZ,Ley", "column area is 'XYZ'; expected: the ISO 3166-1 alpha-3 code of a state"),
    ("laws.csv", "ARG,Ley", "ESP,Ley", "column area is 'ESP'; expected: the ISO 3166-1 alpha-3 code of a state"),
    ("laws.csv", "26.842,2012", "26.842,2099", "column year is '2099', column transcribed is '2026-11-25'; exp"),
    ("laws.csv", "26.842,2012", "26.842,20l2", "column year is '20l2'; expected: a year of four digits"),
    ("instruments.csv", "palermo_protocol", "palermo", "column instrument is 'palermo'; expected: one of"),
    ("instruments.csv", "ratification", "ratified", "column action is 'ratified'; expected: one of signature, rat"),
    ("instruments.csv", "2014-11-11,", "2014-11-12,", "column date is '2014-11-12', column basis is 'thir"),
    ("instruments.csv", "2014-11-11,", "2014-11-31,", "column date is '2014-11-31'; expected: a day as YYYY"),
    ("instruments.csv", "thirty_days_before_entry_into_force: 2014-12-11", "-1", "column basis is '-1'; expected: th"),
    ("flow_releases.csv", "1900,2022", "2023,2022", "column year_from is '2023', column year_to is '2022'"),
    ("flow_releases.csv", "1900,2022", ",2022", "column year_from is blank; expected: a year of four"),
    ("flow_releases.csv", ",2025-04-14,", ",,", "column release is blank"),
    ("questioned_flows.csv", "BWA,USA,2017,2018", "BWA,USA,2018,2017", "column year_from is '2018', column year_to"),
    ("questioned_flows.csv", "BWA,USA,2017,2018", "BWA,USA,2017,", "column year_to is blank; expected: a y"),
    ("questioned_flows.csv", "HKG,USA,2017,2018", "BWA,USA,2018,2020", "column year_from is '2018', column year_to"),
    ("questioned_flows.csv", "BWA,USA", "BWA,US", "column destination is 'US'; expected: an alpha-3 code of ISO"),
    ("hti_measures.csv", "comprehensive_act,23", "comprehensive_act,33", "column paragraph is '33'; expected: a para"),
    ("hti_measures.csv", "penal_code_on_all_forms", "comprehensive_act", "comprehensive_act is already in row"),
    ("map_labels.csv", "-106.0,55.0", "55.0,-106.0", "column longitude is '55.0'; expected: degrees"),
    ("map_labels.csv", "-106.0,55.0", "-106.0,fifty", "column latitude is 'fifty'"),
    ("losses.csv", "hti,", "hit,", "column source is 'hit'; expected: The source is one"),
    ("losses.csv", "PER", "Peru", "column what is 'Peru'; expected: PER, 2020 or PER 2020"),
    ("losses.csv", "why", "", "column reason is blank"),
    ("errata.csv", "rights", "because", "column reason is 'because'; expected: one of wrong_figure"),
    ("errata.csv", "2025-01-31", "January", "column withdrawn is 'January'"),
    ("errata.csv", "aaaaaaaaaaaa", "short", "column snapshot is 'short'"),
    ("errata.csv", "bbbbbbbbbbbb", "aaaaaaaaaaaa", "column snapshot is 'aaaaaaaaaaaa', column replaced_by is"),
    ("counting_units.csv", "PER,", "PEU,", "column area is 'PEU'; expected: an alpha-3 code of ISO"),
    ("counting_units.csv", "offences", "offenses", "column indicator is 'offenses'; expected: The indicator is a"),
    ("counting_units.csv", ",cases,", ",files,", "column unit is 'files'; expected: one of persons, offences, cases"),
    ("counting_units.csv", "where", "", "column citation is blank"),
    ("counting_units.csv", "PER", "PER,offences,2019,2020,persons,why,where\nPER", "column year_from is '2019', co"),
    ("workplan_lines.csv", "indicator", "goal", "column kind is 'goal'; expected: one of line_of_action, indicator"),
    ("declaration_text.csv", "26,en", "26,de", "column language is 'de'; expected: one of en, es, pt, fr"),
    ("declaration_text.csv", "26,en", "40,en", "column paragraph is '40'; expected: a paragraph of the declaration"),
    ("workplan_lines.csv", "Sample", "", "column text_en is blank, column text_es is blank, colu"),
    ("codebook.csv", "observations,area,,1", "observations,aera,,1", "column table is 'observations', column colu"),
    ("codebook.csv", "observations,sex,male,1", "observations,sex,man,1", "column table is 'observations', column"),
    ("codebook.csv", "observations,sex,male,1", "observations,sex,female,1", "column table is 'observations', col"),
    ("codebook.csv", "observations,sex,male,1", "observations,sex,male,0", "column version is '0'; expected: a whole"),
    ("treaties.csv", "2003-12-25", "2000-01-01", "column opened is '2000-12-12', column in_force is '2000-01-01'"),
    ("treaties.csv", "2003-12-25", "", "column in_force is blank; expected: a day as YYYY-MM-DD"),
    ("glossary.csv", "trata de personas,", ",", "column es is blank; expected: a text"),
    (
        "codebook.csv",
        "observations,sex,male,1",
        "observation,sex,male,1",
        "column table is 'observation'; expected: one",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), CELLS)
def test_a_wrong_cell_is_reported_with_its_row(name, old, new, expected):
    before, _, after = FILES[name].partition(old)
    assert after
    line = before.count("\n") + 1
    assert refusal(name, before + new + after).startswith(f"row {line}: {expected}")


WHOLE = {
    "nothing": (lambda _: "", "row 1: its columns are missing; expected: "),
    "no header": (lambda text: text.partition("\n")[2], "row 1: its columns are "),
    "semicolons": (lambda text: text.replace(",", ";"), "row 1: its columns are "),
    "another column": (lambda text: text.replace("\n", ",more\n"), "row 1: its columns are "),
    "a column twice": (lambda text: text.replace(",", ",area,", 1), "row 1: its columns are "),
    "another spelling": (
        lambda text: text.replace("a", "á", 1).encode("cp1252", "replace"),
        "row 1: it is not in UTF-8",
    ),
    "one cell more": (lambda text: text[:-1] + ",more\n", "row {last}: "),
    "a row twice": (lambda text: text + text.splitlines()[-1] + "\n", "row {after}: "),
    "a quotation without end": (lambda text: text + '"', "row {after}: a quotation mark is not closed"),
    "two lines in a cell": (lambda text: text + '"a\nb"', "row {after}: column {first} has a tab, a line break"),
    "a web page": (lambda _: "<html>", "row 1: its columns are <html>; expected: "),
}


@pytest.mark.parametrize("fault", WHOLE)
@pytest.mark.parametrize("name", FORMS)
def test_a_malformed_file_is_reported(name, fault):
    spoil, template = WHOLE[fault]
    lines = FILES[name].count("\n")
    expected = template.format(last=lines, after=lines + 1, first=FILES[name].partition(",")[0])
    # Two losses may be equal: the second adds nothing.
    if (fault, name) != ("a row twice", "losses.csv"):
        assert refusal(name, spoil(FILES[name])).startswith(expected)


@pytest.mark.parametrize("name", FORMS)
def test_a_list_of_exceptions_alone_may_be_empty(name):
    head = FILES[name].partition("\n")[0]
    if FORMS[name].MAY_BE_EMPTY:
        assert parse(head.encode(), FORMS[name]).is_empty()
    else:
        assert refusal(name, head) == "row 1: it has no rows below its header; add them, or restore the file"


@pytest.mark.parametrize("name", FORMS)
def test_files_saved_by_spreadsheet_programs_are_read_alike(name):
    rows = parse(FILES[name].encode(), FORMS[name])
    # A byte-order mark, other ends of lines, and quotation marks around every cell.
    assert parse(b"\xef\xbb\xbf" + FILES[name].replace("\n", "\r\n").encode(), FORMS[name]).equals(rows)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(ReviewedError, match=r"^data/reference/areas\.csv: it cannot be read \(No such file"):
        read(FORMS["areas.csv"], tmp_path / "areas.csv")
    with pytest.raises(ReviewedError, match="it cannot be read"):
        read(FORMS["areas.csv"], tmp_path)


@given(st.data())
def test_any_content_is_read_or_refused_in_one_line(data):
    name = data.draw(st.sampled_from(sorted(FORMS)))
    lines = FILES[name].splitlines()[:6]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cells = lines[at].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.text(max_size=6) | st.integers().map(str))
        lines[at] = ",".join(cells)
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    try:
        rows = parse(content, FORMS[name])
        message = ""
    except ReviewedError as error:
        rows, message = None, str(error)
    assert len(message.splitlines()) <= 1
    assert rows is None or rows.height < len(lines)
