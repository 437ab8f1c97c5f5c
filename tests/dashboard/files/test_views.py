"""Every view's lines, run by a Python of their own over the downloaded tables, make the very rows of the view."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import choices, snippets, store, tables
from dashboard.files import ledger_views, lists, offer, treaty_views, views
from dashboard.files.shelf import shelf
from dashboard.files.views import View
from dashboard.query import differences, explore, observed
from dashboard.query import routes as query_routes
from dashboard.query.compare import Pair
from dashboard.query.explore import Selection
from dashboard.query.instruments import TREATIES
from dashboard.query.ledger import Filter as Ledger
from dashboard.query.routes import POSITIONS, Filter
from dashboard.snippets.tables import Tables
from data.counting import counting_units
from data.i18n import language

EN = language("en")
HELD = Tables(store.snapshot().id)
EDITIONS = choices.editions()
PACKAGE = snippets.__path__
RUN = """
import sys
from pathlib import Path
for path in sorted(Path.cwd().glob("*.snippet")):
    held = {}
    exec(path.read_text("utf-8"), held)
    held["rows"].write_ipc(path.with_suffix(".arrow"))
"""


def figures() -> list[View]:
    codes = [observed.measured(code, measure) for code in observed.COUNTS for measure in observed.MEASURES]
    region = [views.region(EN, *asked) for asked in product(codes, (2008, 2019, 2023, None), EDITIONS)]
    return region + [views.state(EN, *asked) for asked in product(("BRA", "DMA", "USA", "MEX"), EDITIONS)]


def explored() -> list[View]:
    wanted = [
        Selection(("detected_victims", "persons_convicted_rate"), ("BRA", "MEX"), 2010, 2019),
        Selection(("partner_violence", "detected_victims"), first=2000, last=2023),
        Selection(("detected_victims",), ("CRI",), 2008, 2023, (), ("0-17", "18+"), ("total", "forced_labour")),
        Selection(("offences",), ("DMA",), 1990, 1991),
    ]
    return [views.explored("", asked, edition, ()) for asked, edition in product(wanted, EDITIONS)]


def paired() -> list[View]:
    """Also as if some states were known to count otherwise than others."""
    wanted = [Pair("detected_victims", "BOL", "ARG"), Pair("persons_convicted", "CRI"), Pair("population", "DMA")]
    asked = [views.compared("", *one) for one in product(wanted, EDITIONS)]
    known = [("ARG", "detected_victims", 2015, 2018, "cases", "why", "where")]
    units = pl.DataFrame(known, schema=counting_units().schema, orient="row")
    asked += [views.compared("", one, EDITIONS[0], units) for one in (wanted[0], Pair("detected_victims", "BOL"))]
    return asked + [views.between("", *one) for one in product([wanted[0], Pair("offences", "GTM", "MEX")], EDITIONS)]


def reported() -> list[View]:
    return [views.reported(EN, *asked) for asked in product(choices.COVERED.options, EDITIONS)]


def revised() -> list[View]:
    asked = product(("detected_victims", "persons_convicted"), (choices.REVISED.default, "BRA"), (True, False))
    return [views.revised(EN, indicator, area, masking=masking) for indicator, area, masking in asked]


def routes() -> list[View]:
    first, last = choices.flow_years()
    whole = [
        Filter(kind, first=first, last=last, edition=edition)
        for kind, edition in product(choices.EVIDENCE.options, EDITIONS)
    ]
    some = [
        Filter(kind, ("BRA", "USA"), position, 2010, 2016, ("forced_labour",), 3, questioned=True)
        for kind, position in product(choices.EVIDENCE.options, POSITIONS)
    ]
    return [views.arrows(EN, wanted) for wanted in whole + some]


def treaties() -> list[View]:
    asked = [treaty_views.standings(EN, *one) for one in product(TREATIES, (2000, 2004, 2013, 2014))]
    acts = [treaty_views.acts(EN, wanted) for wanted in (TREATIES, TREATIES[2:])]
    return [*asked, *acts, treaty_views.laws(EN)]


def ledgered() -> list[View]:
    """Also of a few years and grades, and of a choice without any entry."""
    wanted = [
        Ledger(),
        Ledger((23,), ("CRI", "PRY")),
        Ledger((1, 20, 26), grades=("public_document",)),
        Ledger((), (), 2005, 2010, ("background", "public_document"), whole=False),
        Ledger((0,)),
    ]
    cells = [*wanted[:-1], Ledger((9, 14, 30, 31)), Ledger((3, 28, 32), ("OAS-GS", "COLLECTIVE"))]
    made = [ledger_views.entries(EN, asked) for asked in wanted] + [ledger_views.cells(EN, asked) for asked in cells]
    return [*made, ledger_views.paragraphs(EN)]


def others() -> list[View]:
    tables = [views.table(EN, name) for name in shelf().names if name != "boundaries"]
    return [views.unlocated(EN, kind) for kind in choices.EVIDENCE.options] + tables


def parts() -> list[View]:
    differing = views.part("sdg_differences", "", differences.differing)
    return [differing, views.part("questioned_flows", "", query_routes.questioned)]


def lost() -> list[View]:
    first, last = choices.flow_years()
    wanted = [Filter(kind, first=first, last=last) for kind in choices.EVIDENCE.options]
    wanted += [Filter("counted", ("CRI", "USA"), "destination", 2012, 2019, edition=edition) for edition in EDITIONS]
    wanted += [Filter("stated", ("BRA",), "origin", 2005, 2019, ("forced_labour", "sexual_exploitation"))]
    return [lists.lost(EN, one) for one in wanted]


def beside() -> list[View]:
    """The smaller tables of pages Routes and Country."""
    wanted = [
        Filter("counted", areas, first=2012, last=2020, edition=edition)
        for areas, edition in product(((), ("CRI", "USA")), EDITIONS)
    ]
    asked = product(((), ("BRA",), ("CRI", "CUB")), ((2001, 2023), (2005, 2009)), ("routes", "country"))
    every = [lists.listed(EN, one) for one in wanted] + [lists.roles(EN, *one) for one in asked]
    return every + [lists.others(EN, area) for area in ("BRA", "DMA", "HTI")]


def unsummed() -> list[View]:
    every = choices.INDICATORS.options
    wanted = [
        Selection(("detected_victims", "offences")),
        Selection(every, ("BRA", "MEX", "USA"), 2010, 2019, (), (), ()),
        Selection(("persons_convicted",), first=2008, last=2023, sexes=("female", "unknown"), ages=()),
    ]
    asked = product(wanted, EDITIONS)
    return [lists.unsummed(EN, *one, tables.ordered(explore.unsummed(explore.sums(*one)), EN)) for one in asked]


def two_states() -> list[View]:
    wanted = [Pair("offences", "GTM", "MEX"), Pair("population", "USA", "CUB"), Pair("offences", "VEN", "DMA")]
    return [make(EN, one) for make, one in product((lists.treaties, lists.migrants), wanted)]


EVERY = (
    figures,
    explored,
    paired,
    reported,
    revised,
    routes,
    treaties,
    ledgered,
    others,
    parts,
    lost,
    beside,
    unsummed,
    two_states,
)


def test_every_snippet_is_that_of_a_view_below():
    """No reading can be added without its lines being run."""
    made = [importlib.import_module(f"dashboard.snippets.{found.name}") for found in pkgutil.iter_modules(PACKAGE)]
    public = {
        function
        for module in made
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if next(iter(inspect.signature(function).parameters)) == "held"
    }
    used = {view.code.func if isinstance(view.code, partial) else view.code for every in EVERY for view in every()}
    assert public == used
    assert len(public) > 15


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The tables as a reader has them after downloading each as Parquet from the page of sources."""
    place = tmp_path_factory.mktemp("downloads")
    for name in shelf().names:
        if name != "boundaries":
            content = offer.made("parquet", EN, views.table(EN, name), "", [])
            (place / HELD.file(name)).write_bytes(content)
    return place


@pytest.mark.parametrize("every", EVERY, ids=lambda every: every.__name__)
def test_the_lines_of_a_view_make_its_rows(every: Callable[[], list[View]], folder: Path):
    asked = every()
    for number, view in enumerate(asked):
        (folder / f"{number}.snippet").write_text(view.code(HELD), encoding="utf-8")
    subprocess.run([sys.executable, "-W", "error", "-c", RUN], cwd=folder, check=True)
    for number, view in enumerate(asked):
        made = pl.read_ipc(folder / f"{number}.arrow")
        assert_frame_equal(made, view.rows(), check_exact=True)
        (folder / f"{number}.snippet").unlink()
    assert any(view.rows().height for view in asked)
