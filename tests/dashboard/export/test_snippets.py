"""The script of every view, run on the downloaded tables, gives its rows or their source rows, in Python and in R."""

import inspect
import io
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.export import cited_view, scripts
from dashboard.export.formats import flat
from dashboard.export.snapshot_files import shelf
from dashboard.subjects import shared
from dashboard.subjects.agreement import files as agreement_files
from dashboard.subjects.compare import files as compare_files
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.coverage import files as coverage_files
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.home import files as home_files
from dashboard.subjects.home import query as home_query
from dashboard.subjects.ledger import files as ledger_files
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.query import EntryFilter as Ledger
from dashboard.subjects.movements import files as movements_files
from dashboard.subjects.pair import files as pair_files
from dashboard.subjects.passports import keys
from dashboard.subjects.passports.page import row_file
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes.query import POSITIONS, FlowFilter
from dashboard.subjects.routes.query import questioned as questioned_flows
from dashboard.subjects.sources import files as sources_files
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import files as states_files
from dashboard.subjects.states import query as states_query
from dashboard.subjects.treaties import files as treaties_files
from dashboard.subjects.treaties.query import TREATIES
from dashboard.views.rows import Rows
from dashboard.words.tables import ordered
from data import codebook, manifest
from data.i18n import language
from data.subregions import states_of

EN = language("en")
ID = store.snapshot().id
EDITIONS = shared.edition_ids()
RUN = """
from pathlib import Path
for path in sorted(Path.cwd().glob("*.py")):
    names = {}
    try:
        exec(path.read_text("utf-8"), names)
    except SystemExit as end:
        assert not end.code, path.read_text("utf-8")
    names["rows"].write_ipc(path.with_suffix(".arrow"))
"""
# Runs the scripts in R and names those that end with another status than 0.
RUN_R = """
options(warn = 2)
quit <- function(status) if (status) cat(file, "\n", file = stderr())
for (file in Sys.glob("*.R")) capture.output(source(file, local = new.env()))
"""
ROOT = Path(__file__).parents[3]
needs_r = pytest.mark.skipif(not shutil.which("Rscript"), reason="Rscript is not installed (Debian: r-base-core)")
MODULES = [f"dashboard.subjects.{path.parent.name}.files" for path in ROOT.glob("dashboard/subjects/*/files.py")]
# A view, and a check of the snippet's rows (first) against the view's own (second).
Check = Callable[[pl.DataFrame, pl.DataFrame], None]
Case = tuple[Rows, Check]


# The columns that views add to the rows of a table, as the comments of their code say.
ADDED = (*codebook.ADDED, "questioned", "questioned_high", "list_releases", "silent")


def same(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    """The snippet gives the view's rows, in any order, with at least its columns."""
    shown = shown.drop(ADDED, strict=False)
    frames = [flat(frame.lazy()).collect() for frame in (made.select(shown.columns), shown)]
    assert_frame_equal(*frames, check_row_order=False, check_exact=True)


def within(shown: pl.DataFrame, made: pl.DataFrame) -> None:
    """Each row is among the others."""
    assert shown.join(made, on=shown.columns, how="anti", nulls_equal=True).is_empty()


def where(condition: pl.Expr) -> Check:
    """The snippet gives the rows of the view that meet `condition`."""
    return lambda made, shown: same(made, shown.filter(condition))


def locators(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    """The snippet gives exactly the cells that the view's rows name."""
    assert set(shown["locators"].explode(empty_as_null=True).drop_nulls()) == set(made["locator"])


def figures() -> list[Case]:
    codes = [states_query.measured(code, measure) for code in manifest.counts() for measure in states_query.MEASURES]
    region = [states_files.region(EN, *choice) for choice in product(codes, (2008, 2019, 2023, None), EDITIONS)]
    states = [states_files.state(EN, *choice) for choice in product(("BRA", "DMA", "USA", "MEX"), EDITIONS)]
    states += [states_files.others(EN, area) for area in ("BRA", "DMA", "HTI")]
    reporting = where(pl.col("status") != states_query.NOT_REPORTED)
    return [(view, reporting) for view in region] + [(view, same) for view in states]


def explored() -> list[Case]:
    selections = [
        Selection(("detected_victims", "persons_convicted_rate"), ("BRA", "MEX"), 2010, 2019),
        Selection(("partner_violence", "detected_victims"), first=2000, last=2023),
        Selection(("detected_victims",), ("CRI",), 2008, 2023, (), ("0-17", "18+"), ("total", "forced_labour")),
        Selection(("offences",), ("DMA",), 1990, 1991),
    ]
    views = [explore_files.explored("", *choice, ()) for choice in product(selections, EDITIONS)]
    computed = Selection(("share_of_women", "convicted_per_prosecuted", "detected_victims"), ("013", "COL"), 2010, 2023)
    divided = [explore_files.explored("", computed, edition, ()) for edition in EDITIONS]
    beside = [explore_files.joined(view, computed, edition) for view, edition in zip(divided, EDITIONS, strict=True)]
    found = home_query.overview()
    views += [home_files.by_year(EN, found), home_files.groups(EN, found)]
    return [*((view, same) for view in views), *((view, _inputs) for view in (*divided, *beside))]


def _inputs(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    """The code gives every cell from which the rows of the view are computed."""
    if "inputs" in shown.columns:
        named = {tuple(cell.split(" ", 2)) for cell in shown["inputs"].explode().drop_nulls()}
        assert named
        assert named <= set(made.select("source", "release", "locator").rows())
    assert set(made["area"]) <= {*states_of("central_america"), "COL"}


def compared() -> list[Case]:
    pairs = [Pair("detected_victims", "BOL", "ARG"), Pair("persons_convicted", "CRI"), Pair("population", "DMA")]
    return [(compare_files.compared("", *choice), _beside) for choice in product(pairs, EDITIONS)]


def _beside(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    ours = ["indicator", "year", "area", "low", "high"]
    within(shown.drop_nulls("low").select(ours), made)
    theirs = {"area": "other", "low": "other_low", "high": "other_high"}
    if shown["other"][0] == compare_query.REGION:
        whole = shown.filter(pl.col("reporting") > 0, pl.col("left_out") == 0)
        window = whole.select("indicator", "year")
        known = made.drop_nulls("low").join(window, on=["indicator", "year"], how="semi")
        # The state itself is read in any case.
        same = pl.col("year").n_unique().over("indicator", "area") == pl.col("year").n_unique().over("indicator")
        median = known.filter(same).group_by("indicator", "year").agg(pl.col("low", "high").median())
        assert whole.height
        within(whole.select("indicator", "year", low="other_low", high="other_high"), median)
    else:
        within(shown.drop_nulls("other_low").select("indicator", "year", **theirs), made)


def reported() -> list[Case]:
    def check(made: pl.DataFrame, shown: pl.DataFrame) -> None:
        read = shown.filter(pl.col("kind") != states_query.NOT_REPORTED)
        within(read.drop("kind"), made)
        whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
        assert set(made.filter(whole).select(coverage_query.CELL).rows()) <= set(
            read.select(coverage_query.CELL).rows()
        )

    choices = product(coverage_filters.INDICATOR.options, EDITIONS)
    return [(coverage_files.reported(EN, *choice), check) for choice in choices]


def revised() -> list[Case]:
    combinations = product(
        ("detected_victims", "persons_convicted"), (coverage_filters.REVISIONS_STATE.default, "BRA"), (True, False)
    )
    return [(coverage_files.revised(EN, *choice, masking=masking), same) for *choice, masking in combinations]


def arrows() -> list[Case]:
    first, last = routes_filters.years()
    every = [
        FlowFilter(kind, first=first, last=last, edition=edition)
        for kind, edition in product(routes_filters.EVIDENCE.options, EDITIONS)
    ]
    some = [
        FlowFilter(kind, ("BRA", "USA"), position, 2010, 2016, ("forced_labour",), 3, questioned=True)
        for kind, position in product(routes_filters.EVIDENCE.options, POSITIONS)
    ]
    return [(routes_files.arrows(EN, flow_filter), _legs(flow_filter.minimum)) for flow_filter in every + some]


def _legs(minimum: int) -> Check:
    """The records add up to the view's arrows, leg by leg."""

    def check(made: pl.DataFrame, shown: pl.DataFrame) -> None:
        through = pl.col("transit").is_not_null()
        for leg, records, ends in (
            ("direct", ~through & pl.col("transit_label").is_null(), ["origin", "destination"]),
            ("to_transit", through, ["origin", "transit"]),
            ("from_transit", through, ["transit", "destination"]),
        ):
            usable = made.filter(records, pl.col("high") > 0).drop_nulls([*ends, "low"])
            key = [*ends, pl.col("status") == "questioned"]
            sums = usable.group_by(key).agg(pl.col("low", "high").sum(), records=pl.len())
            arrow = shown.filter(leg=leg).select(*key, "low", "high", "records")
            assert_frame_equal(arrow, sums.filter(pl.col("high") >= minimum), check_row_order=False)

    return check


def records() -> list[Case]:
    """Flow records one by one."""
    first, last = routes_filters.years()
    filters = [FlowFilter(kind, first=first, last=last) for kind in routes_filters.EVIDENCE.options]
    filters += [
        FlowFilter("counted", ("CRI", "USA"), "destination", 2012, 2019, edition=edition) for edition in EDITIONS
    ]
    filters += [FlowFilter("stated", ("BRA",), "origin", 2005, 2019, ("forced_labour", "sexual_exploitation"))]
    lost = [routes_files.lost(EN, choice) for choice in filters] + [
        routes_files.unlocated(EN, kind) for kind in routes_filters.EVIDENCE.options
    ]
    pairs = [Pair("detected_victims", "BOL", "ARG"), Pair("offences", "GTM", "MEX")]
    between = [pair_files.between("", *choice) for choice in product(pairs, EDITIONS)]
    between += [pair_files.through("", Pair("offences", "NIC", "PAN"), "CRI", edition) for edition in EDITIONS]
    questioned = sources_files.part("questioned_flows", "", questioned_flows)

    def routes(made: pl.DataFrame, shown: pl.DataFrame) -> None:
        same(made, shown.drop("start", "end", "way").unique())

    return [(view, same) for view in [*lost, questioned]] + [(view, routes) for view in between]


def cells() -> list[Case]:
    """A row of each table by its key."""
    first = {name: store.tables().table(name).head(1).collect() for name in keys.TABLES}
    return [(row_file("", name, row), same) for name, row in first.items() if row.height]


def beside_routes() -> list[Case]:
    """The smaller tables of the pages Routes and Country."""
    filters = [
        FlowFilter("counted", areas, first=2012, last=2020, edition=edition)
        for areas, edition in product(((), ("CRI", "USA")), EDITIONS)
    ]
    role_choices = product(((), ("BRA",), ("CRI", "CUB")), ((2001, 2023), (2005, 2009)), ("routes", "country"))
    return [(routes_files.listed(EN, choice), same) for choice in filters] + [
        (routes_files.roles(EN, *choice), same) for choice in role_choices
    ]


def printed(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    """The acts that a source has; the view adds whether sources differ, or may lack acts."""
    where(pl.col("action").is_not_null())(made, shown.drop("differs", "unseen"))


def treaties() -> list[Case]:
    standings = [treaties_files.standings(EN, *choice) for choice in product(TREATIES, (2000, 2004, 2013, 2014))]
    acts = [treaties_files.acts(EN, codes) for codes in (TREATIES, TREATIES[2:])]
    pairs = [Pair("offences", "GTM", "MEX"), Pair("population", "USA", "CUB"), Pair("offences", "VEN", "DMA")]
    named = pl.col("id").is_not_null()
    return [
        *((view, locators) for view in standings),
        *((view, printed) for view in acts),
        *((pair_files.treaties(EN, pair), locators) for pair in pairs),
        (treaties_files.laws(EN), lambda made, shown: same(made.rename({"actor": "area"}), shown.filter(named))),
    ]


def registers() -> list[Case]:
    """Figures of states' own registers, with those beside them."""
    both = (states_files.registers, states_files.register_lists)
    return [(view(EN, *choice), same) for view in both for choice in product(("MEX", "PER"), EDITIONS)]


def moved() -> list[Case]:
    pairs = [("HTI", ""), ("COL", "VEN"), ("USA", "CUB")]
    return [(movements_files.moved(EN, "pair", (), *pair), same) for pair in pairs]


def agreed() -> list[Case]:
    states = [agreement_files.agreement(EN, area, ("unodc_glotip",)) for area in ("CRI", "USA", "LCA")]
    pairs = [("CRI", "NIC"), ("DOM", "HTI"), ("HTI", "LCA")]
    states += [agreement_files.between(EN, *pair, (), ("unodc_glotip",)) for pair in pairs]
    return [(view, same) for view in states]


def entries() -> list[Case]:
    """Includes a few years and grades, and a selection without any entry."""
    filters = [
        Ledger(),
        Ledger((23,), ("CRI", "PRY")),
        Ledger((1, 20, 26), grades=("public_document",)),
        Ledger((), (), 2005, 2010, ("background", "public_document"), whole=False),
        Ledger((0,)),
    ]
    cells = [*filters[:-1], Ledger((9, 14, 30, 31)), Ledger((3, 28, 32), ("OAS-GS", "COLLECTIVE"))]
    shown = [(ledger_files.entries(EN, ledger_filter), same) for ledger_filter in filters]
    shown += [(ledger_files.cells(EN, ledger_filter), _of(ledger_filter)) for ledger_filter in cells]
    return [*shown, (ledger_files.paragraphs(EN), _of(Ledger()))]


def _of(ledger_filter: Ledger) -> Check:
    """The snippet gives the entries that are counted."""

    def check(made: pl.DataFrame, shown: pl.DataFrame) -> None:
        same(made, ledger_query.rows(ledger_filter))
        if "entries" in shown.columns:
            assert shown["entries"].sum() == made.height

    return check


def sums() -> list[Case]:
    selections = [
        Selection(("detected_victims", "offences")),
        Selection(explore_filters.INDICATORS.options, ("BRA", "MEX", "USA"), 2010, 2019, (), (), ()),
        Selection(("persons_convicted",), first=2008, last=2023, sexes=("female", "unknown"), ages=()),
    ]
    combinations = product(selections, EDITIONS)
    return [
        (explore_files.unsummed(EN, *choice, ordered(explore_query.unsummed(explore_query.sums(*choice)), EN)), _parts)
        for choice in combinations
    ]


def _parts(made: pl.DataFrame, shown: pl.DataFrame) -> None:
    """The rows include the totals and the forms that they are the sum of."""
    within(shown.select(*explore_query.KEY, "low", "high", "source", "release", "locator"), made)
    key = [name for name in explore_query.KEY if name != "form"]
    forms = made.filter(pl.col("form") != "total").group_by(key)
    within(
        shown.filter(by="form").select(*key, "parts_low", "parts_high"),
        forms.agg(pl.col("low").sum().alias("parts_low"), pl.col("high").sum().alias("parts_high")),
    )


def differing() -> list[Case]:
    def check(made: pl.DataFrame, shown: pl.DataFrame) -> None:
        sides = {sources_query.HERE: "", sources_query.THERE: "_unodc"}
        for indicator, suffix in sides.items():
            figure = [pl.col(f"{name}{suffix}").alias(name) for name in sources_query.VALUE]
            within(shown.select(*sources_query.KEY, *figure), made.filter(indicator=indicator))

    return [(sources_files.part("sdg_differences", "", sources_query.differing), check)]


def tables() -> list[Case]:
    return [(sources_files.table(EN, name), same) for name in shelf().names if name != "boundaries"]


EVERY = (
    *(figures, explored, compared, reported, revised, arrows, records, beside_routes, treaties, entries),
    *(registers, moved, agreed, sums, differing, tables, cells),
)


def all_views() -> list[Rows]:
    """Every view above."""
    return [view for every in EVERY for view, _ in every()]


def without_code() -> list[Rows]:
    """The views of what no table has."""
    of_a_source = [view(EN, "unodc_glotip") for view in (sources_files.releases, sources_files.reasons)]
    return [ledger_files.rule(EN, 30), sources_files.snapshot(EN), sources_files.overview(EN), *of_a_source]


def test_every_view_is_above(monkeypatch):
    """No view can be added without its code being run."""
    used = set()

    def noting(function: Callable[..., Rows]) -> Callable[..., Rows]:
        @wraps(function)
        def noted(*args, **named):
            used.add(function)
            return function(*args, **named)

        return noted

    public = set()
    for module in (import_module(name) for name in MODULES):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            makes_rows = inspect.signature(function).return_annotation is Rows
            if makes_rows and function.__module__ == module.__name__ and not name.startswith("_"):
                public.add(function)
                monkeypatch.setattr(module, name, noting(function))
    views = all_views()
    assert all(view.code for view in views)
    assert not any(view.code for view in without_code())
    assert used == public
    assert {view.name for view in views} > set(sources_files.PARTS)
    assert len(public) > 15


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The tables as a reader has them after downloading each from the page of sources."""
    place = tmp_path_factory.mktemp("downloads")
    for name, ending in product(shelf().names, ("parquet", "csv")):
        if name != "boundaries":
            content = cited_view.file_of(sources_files.table(EN, name), ending, EN, "", [])
            (place / f"atalaya_{name}_{ID}.{ending}").write_bytes(content)
    return place


def written(view: Rows, folder: Path, name: str) -> list[Path]:
    """The rows of a view and its scripts, as files called `name`."""
    texts = scripts.scripts(view.code, name, ID)
    files = {".csv": cited_view.file_of(view, "csv", EN, "", [])}
    files |= {".py": texts[scripts.PYTHON].encode(), ".R": texts[scripts.R].encode()}
    for ending, content in files.items():
        (folder / f"{name}{ending}").write_bytes(content)
    return [folder / f"{name}{ending}" for ending in files]


@pytest.mark.parametrize("every", EVERY, ids=lambda every: every.__name__)
def test_the_snippet_of_a_view_gives_its_rows(every: Callable[[], list[Case]], folder: Path):
    cases = every()
    files = [path for number, (view, _) in enumerate(cases) for path in written(view, folder, str(number))]
    subprocess.run([sys.executable, "-W", "error", "-c", RUN], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    for number, (view, check) in enumerate(cases):
        check(pl.read_ipc(folder / f"{number}.arrow"), view.rows())
    for path in files:
        path.unlink()
    assert any(view.rows().height for view, _ in cases)


def of_each_kind() -> list[Rows]:
    """A view with each kind of conditions: its block, its release, and how many they are."""
    kinds = {
        (view.block, view.code.edition, len(view.code.conditions)): view for view in all_views() if view.code.conditions
    }
    return list(kinds.values())


@needs_r
@pytest.mark.parametrize("views", [of_each_kind, pytest.param(all_views, marks=pytest.mark.long)])
def test_r_rebuilds_the_rows_of_a_view(views: Callable[[], list[Rows]], folder: Path):
    files = [path for number, view in enumerate(views()) for path in written(view, folder, f"{number:03d}")]
    end = subprocess.run(["Rscript", "-e", RUN_R], cwd=folder, capture_output=True, text=True, check=False)
    for path in files:
        path.unlink()
    assert (end.returncode, end.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [[sys.executable, scripts.PYTHON], pytest.param(["Rscript", scripts.R], marks=needs_r)],
    ids=["python", "r"],
)
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda rows: rows.replace(b",2019,", b",2018,", 1), (1, 1)),
        (lambda rows: rows[: rows[:-1].rindex(b"\n") + 1], (0, 1)),
    ],
    ids=["wrong", "missing"],
)
def test_a_script_of_an_archive_finds_a_wrong_row_and_a_missing_one(command, damage, expected, folder: Path):
    view = states_files.region(EN, "detected_victims", 2019, NEWEST, "central_america")
    zipfile.ZipFile(io.BytesIO(cited_view.file_of(view, "zip", EN, "", []))).extractall(folder)
    rows = folder / f"{view.name}.csv"

    usable = view.rows().drop_nulls("source").height

    def run() -> tuple[int, str]:
        end = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        compared, rest = end.stdout.splitlines()[-2:]
        # Of each state without a figure the view has a row, and what it adds to the rows of the table.
        assert rest.startswith(f"Not rebuilt: {view.rows().height - usable} rows of the view; columns: ")
        assert "area_name, REF_AREA, " in rest
        return end.returncode, compared

    assert run() == (0, f"{usable} rows of the view compared: 0 not found in the tables, 0 found there only")
    assert pl.read_csv(folder / "rebuilt.csv").height == usable > 3
    rows.write_bytes(damage(rows.read_bytes()))
    lacking, more = expected
    left = usable + lacking - more
    assert run() == (1, f"{left} rows of the view compared: {lacking} not found in the tables, {more} found there only")


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "computed.py"], pytest.param(["Rscript", "computed.R"], marks=needs_r)],
    ids=["python", "r"],
)
@pytest.mark.parametrize("edition", EDITIONS[:2])
def test_a_script_finds_one_wrong_ratio_and_share_of_a_state_and_of_a_group(command, edition, folder: Path):
    selection = Selection(("share_of_women", "convicted_per_prosecuted"), ("013", "COL"), 2010, 2023)
    view = explore_files.explored("", selection, edition, ())
    path, *_ = written(view, folder, "computed")
    rows, figures = path.read_text("utf-8"), view.rows().drop_nulls("low")
    assert figures.select("indicator", "area").n_unique() == 4

    def run() -> tuple[int, int, int]:
        end = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        found = re.findall(r"(\d+) rows of the view compared: (\d+) not found", end.stdout)
        return end.returncode, *(sum(map(int, numbers)) for numbers in zip(*found, strict=True))

    # Each figure of the view is compared, by its area, year and group.
    assert run() == (0, figures.height, 0)
    for (indicator, area), group in figures.group_by("indicator", "area"):
        year, low = group.sort("year").select("year", "low").row(-1)
        damaged = pl.read_csv(io.StringIO(rows), infer_schema=False)
        this = (pl.col("indicator") == indicator) & (pl.col("area") == area) & (pl.col("year") == str(year))
        damaged.with_columns(low=pl.when(this).then(pl.lit(str(low + 1))).otherwise("low")).write_csv(path)
        assert run() == (1, figures.height, 1)


def test_pandas_reads_the_rows_of_a_view_from_its_file_and_r_names_the_same_file(tmp_path: Path, monkeypatch):
    """Of R's lines only the name of the file is checked: its package for Parquet is not in Debian."""
    view, _ = explored()[0]
    lines = cited_view.readers(view)
    names = {language: re.findall(r'"(.+)"', text) for language, text in lines.items()}
    assert names["python"] == names["r"] == [f"atalaya_{view.name}_{ID}.parquet"]
    (tmp_path / names["python"][0]).write_bytes(cited_view.file_of(view, "parquet", EN, "", []))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.py").write_text(lines["python"], encoding="utf-8")
    made, shown = runpy.run_path("lines.py")["rows"], view.rows()
    assert list(made) == [*shown.columns, "state"]
    assert len(made) == shown.height
    for name in ("area_name", "year", "low", "high", "status"):
        assert made[name].tolist() == shown[name].to_list()


def test_snippets_can_name_the_server_of_the_tables():
    code = states_files.state(EN, "CRI", EDITIONS[-1]).code
    of_both = {"parquet": (code.polars, "="), "csv": (code.r, "<-")}
    for name, (ending, (write, sign)) in product(("observations", "vintages", "release_coverage"), of_both.items()):
        text = write("0123456789ab", "https://example.org/api/v1")
        assert f"# The same file: https://example.org/api/v1/0123456789ab/{name}.{ending}\n{name} {sign} " in text
