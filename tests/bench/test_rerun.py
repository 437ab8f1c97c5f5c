"""Server time of one rerun of a page, warmed up as the server is: everything loaded, garbage frozen."""

import gc
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web import bootstrap

from dashboard import static
from dashboard.server import settings
from tests.bench.conftest import Report, spread

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["1_region", "2_routes", "3_country", "4_explore", "7_coverage", "8_sources"])
def test_rerun(benchmark, page: str, report: Report, monkeypatch: pytest.MonkeyPatch):
    # As the server is set; AppTest by itself is not.
    bootstrap.load_config_options(settings())
    monkeypatch.setattr(static, "served", lambda: True)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    gc.collect()
    gc.freeze()
    benchmark.pedantic(app.run, rounds=30, iterations=1, warmup_rounds=5)
    gc.unfreeze()
    report("Server time of a rerun", f"`{page}`", spread([1000 * taken for taken in benchmark.stats.stats.data]))
