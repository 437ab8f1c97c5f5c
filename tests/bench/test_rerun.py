"""One rerun of a page of the desk: the time of its process."""

import gc

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk import ENTRY
from dashboard.menu import scripts
from tests.bench.conftest import Report, spread

WARM, TIMES = 5, 30


@pytest.mark.parametrize("slug", scripts())
def test_rerun(benchmark, slug: str, report: Report):
    """Warmed up like the server: everything loaded, the garbage collector's objects frozen."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page(str(scripts()[slug])).run()
    assert not app.exception
    gc.collect()
    gc.freeze()
    benchmark.pedantic(app.run, rounds=TIMES, iterations=1, warmup_rounds=WARM)
    gc.unfreeze()
    taken = [1000 * seconds for seconds in benchmark.stats.stats.data]
    report("The desk: a rerun of a page", f"`{scripts()[slug].stem}`", spread(taken))
