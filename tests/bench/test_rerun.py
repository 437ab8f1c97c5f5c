"""One rerun of a page: the server's own time, and how long the only reader of a running server waits."""

import gc
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.menu import scripts
from dashboard.server.serve import application
from tests import threads
from tests.bench.conftest import Report, spread
from tests.bench.reader import connected, request_run

PROJECT = Path(__file__).parents[2]
WARM, TIMES = 5, 30


@pytest.mark.parametrize("slug", scripts())
def test_rerun(benchmark, slug: str, report: Report):
    """Warmed up like the server: everything loaded, the garbage collector's objects frozen."""
    # The settings of the server, which AppTest does not make by itself.
    application()
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page(str(scripts()[slug])).run()
    assert not app.exception
    gc.collect()
    gc.freeze()
    benchmark.pedantic(app.run, rounds=TIMES, iterations=1, warmup_rounds=WARM)
    gc.unfreeze()
    taken = [1000 * seconds for seconds in benchmark.stats.stats.data]
    report("Server time of a rerun", f"`{scripts()[slug].stem}`", spread(taken))


async def _reruns(port: int, slug: str) -> list[float]:
    async with connected(port) as socket:
        pages = (await request_run(socket, "lang=en")).pages
        page = pages[slug]
        # A page that fails would be quick.
        assert not (await request_run(socket, "lang=en", page)).failed
        return [(await request_run(socket, "lang=en", page)).took for _ in range(WARM + TIMES)][WARM:]


@pytest.mark.parametrize("slug", scripts())
def test_rerun_over_a_websocket(address: str, report: Report, slug: str):
    taken = threads.run(_reruns(urlsplit(address).port or 0, slug))
    report("A rerun, from a reader's message to the end of the answer", f"`{scripts()[slug].stem}`", spread(taken))
