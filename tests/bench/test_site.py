"""How the site as files grows with states and years: the number of its documents, and what some of each page take."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from data.place import VARIABLE
from tests.bench import grown
from tests.bench.conftest import ROOT, Report

SIZES = ((35, 21), (200, 21), (35, 100), (200, 100))
# Documents of one page, and views of one document, that are written; the rest is taken to be as they are on average.
DOCUMENTS, VIEWS = 2, 2
# In a process of its own, which opens the snapshot of its environment: by page the number of its documents, and the
# files, bytes and seconds that one takes with its views; at the end the most memory, in kilobytes.
MEASURE = f"""
import json, random, resource, time
from dashboard import store
from dashboard.server import site_files
store.begin()
begun = time.process_time()
every = site_files.written(["en"], store.areas())
places, chance = site_files.places(every), random.Random(1)
few = {{key: chance.sample(views, min(len(views), {VIEWS})) for key, views in every.views.items()}}
few = every._replace(views=few)
none = every._replace(views=dict.fromkeys(every.views, ()))
print(json.dumps(time.process_time() - begun), flush=True)
def taken(what, place):
    begun, files = time.process_time(), [len(content) for _, content in site_files.page_files(what, place)]
    return [len(files), sum(files), time.process_time() - begun]
by_page = {{}}
for place in places:
    by_page.setdefault((place.slug, len(place.path)), []).append(place)
for found in by_page.values():
    for place in chance.sample(found, min(len(found), {DOCUMENTS})):
        views = every.views.get(place, ())
        cold = taken(none, place)
        # A view is made after the document of its page, whose rows are then known.
        warm, more = (taken(none, place), taken(few, place)) if views else (cold, cold)
        each = [max(after - before, 0) / max(len(few.views.get(place, ())), 1) for before, after in zip(warm, more)]
        whole = [one + len(views) * other for one, other in zip(cold, each)]
        print(json.dumps([place.slug, len(place.path), len(found), *whole]), flush=True)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


@pytest.mark.parametrize(("states", "years"), SIZES)
def test_growth_of_the_site(tmp_path: Path, report: Report, states: int, years: int):
    rows = grown.put(tmp_path, states, years)
    (tmp_path / "current").write_text(grown.NAME, "utf-8")
    environment = {**os.environ, VARIABLE: str(tmp_path), "POLARS_MAX_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    begun, *lines, memory = map(json.loads, ran.stdout.splitlines())
    samples = defaultdict(list)
    for slug, depth, number, *taken in lines:
        samples[slug, depth].append((number, taken))
    documents = sum(found[0][0] for found in samples.values())
    files, size, seconds = (
        sum(found[0][0] * sum(taken[kind] for _, taken in found) / len(found) for found in samples.values())
        for kind in range(3)
    )
    report(
        "Growth of the site as files",
        f"{states} states, {years} years, {rows:,} rows (made up beyond 35 and 21)",
        f"{documents:,} documents in one language; by {len(lines)} of them that were written about {files:,.0f} files "
        f"with {size / 1e6:,.0f} MB, without briefings, and {begun + seconds:,.0f} s of one core; "
        f"{memory / 1e3:,.0f} MB of memory for a process",
    )
