"""What a request of each kind costs a replica: processor time when it is new, and when it is kept."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import threads
from tests.faults.processes import processor_seconds, resident
from tests.load.clients import fetched, rested
from tests.load.servers import running, seen

pytestmark = pytest.mark.long
# By kind some addresses that differ, none of which is made ahead.
STATES = ("ARG", "BRA", "COL", "MEX", "PER", "USA")
YEARS = range(2012, 2018)
# A replica makes these each time; the proxy keeps the files.
ANEW = (
    API := "a filter of the API",
    CSV := "rows as .csv",
    XLSX := "rows as .xlsx",
    PDF := "a briefing as .pdf",
    PPTX := "a briefing as .pptx",
)
KINDS: dict[str, Sequence[str]] = {
    "a page: Country": [f"/fr/country/{area}?edition=2025-04-14" for area in STATES],
    "a page: Region, another year": [f"/es/region?year={year}" for year in YEARS],
    "a page: Routes of a state": [f"/pt/routes?state={area}&from=2010" for area in STATES],
    "a page: Explore": [f"/en/explore?state={area},CHL&period=2010-2019" for area in STATES],
    "a page: two states": [f"/en/pair/{area}/VEN" for area in STATES],
    API: [f"/api/v1/observations?area={area}&from=2010" for area in STATES],
    CSV: [f"/en/routes.csv?state={area}&from=2011" for area in STATES],
    XLSX: [f"/en/routes.xlsx?state={area}&from=2011" for area in STATES],
    "a picture as .svg": [f"/en/country/{area}/victims.svg?edition=2025-04-14" for area in STATES],
    "a picture as .png": [f"/en/country/{area}/victims.png?edition=2025-04-14" for area in STATES],
    PDF: [f"/pt/country/{area}.pdf" for area in STATES],
    PPTX: [f"/pt/country/{area}.pptx" for area in STATES],
}
AGAIN = 5


def test_what_a_request_of_each_kind_costs(tmp_path: Path):
    chance = random.Random(3)  # noqa: S311
    with running(tmp_path, ATALAYA_AHEAD="no") as one:
        rested(one.monitor)

        def asked(paths: Sequence[str], clients: str) -> float:
            """Milliseconds of processor time of a request, each of another client."""
            before = processor_seconds(one.process.pid, children=True)
            for number, path in enumerate(paths):
                status, _ = threads.run(fetched(one.port, path, f"127.0.{clients}.{number + 1}"))
                assert status == 200, path
            return 1000 * (processor_seconds(one.process.pid, children=True) - before) / len(paths)

        seen(f"at rest: {resident(one.process.pid):.0f} MB")
        for number, (kind, paths) in enumerate(KINDS.items()):
            new = asked(paths, str(20 + number))
            kept = asked(chance.sample([*paths] * AGAIN, AGAIN * len(paths)), str(60 + number))
            seen(f"{kind}: new {new:.0f} ms, kept {kept:.1f} ms of the processor")
            assert kept < new or kind in ANEW
        seen(f"after them: {resident(one.process.pid):.0f} MB")
