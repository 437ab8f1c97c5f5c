"""How the site as files grows with states and years: a sample of its pages is written, all documents are counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.place import VARIABLE
from tests.bench import grown
from tests.bench.conftest import ROOT, Report

# The first are those of today's snapshot.
SIZES = ((35, 21), (200, 21), (35, 100), (200, 100))
# The pages that are written in English, each with all its files, and with as many of its other views, such as years.
PAGES = (
    ("home", ()),
    ("region", ()),
    *(("country", (one,)) for one in ("COL", "HTI", "MEX")),
    ("pair", ("GTM", "MEX")),
)
VIEWS = 3
HEADING = "Growth of the site as files"
# In a process of its own, which opens the snapshot of its environment and writes into the folder that it is given:
# how many documents and other views there are; by page the number of its documents and of their views, then the files,
# bytes and seconds of the one that is written, and those that each view adds; at the end the most memory, in kilobytes.
MEASURE = f"""
import json, random, resource, sys, time
from pathlib import Path
from dashboard import store
from dashboard.server import site_files
store.begin()
every = site_files.written(["en"], store.areas())
places, chance = site_files.places(every), random.Random(1)
print(json.dumps([len(places), sum(map(len, every.views.values()))]), flush=True)
def taken(views, place):
    begun, sizes = time.process_time(), []
    for name, content in site_files.page_files(every._replace(views=views), place):
        path = Path(sys.argv[1]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        sizes.append(path.write_bytes(content))
    return [len(sizes), sum(sizes), time.process_time() - begun]
for slug, path in {PAGES}:
    place = site_files.WrittenPage(slug, path)
    found, views = [one for one in places if (one.slug, len(one.path)) == (slug, len(path))], every.views.get(place, ())
    first, few = taken({{}}, place), chance.sample(views, min(len(views), {VIEWS}))
    added = [0, 0, 0]
    if few:
        # The rows of the page are known by now: only what its views add is left.
        again, more = taken({{}}, place), taken({{place: few}}, place)
        added = [max(after - before, 0) / len(few) for before, after in zip(again, more)]
    print(json.dumps([len(found), len(views), first, added]), flush=True)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


@pytest.mark.parametrize(("states", "years"), SIZES)
def test_growth_of_the_site(tmp_path: Path, report: Report, states: int, years: int):
    rows = grown.put(tmp_path, states, years)
    (tmp_path / "current").write_text(grown.NAME, "utf-8")
    environment = {**os.environ, VARIABLE: str(tmp_path), "POLARS_MAX_THREADS": "1"}
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "site")]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    (documents, views), *pages, memory = map(json.loads, ran.stdout.splitlines())
    size = f"{states} states, {years} years, {rows:,} rows"
    report(HEADING, size, f"{documents:,} documents with {views:,} other views in one language; {memory / 1e3:,.0f} MB")
    for (slug, path), (found, others, first, added) in zip(PAGES, pages, strict=True):
        name = f"{size}: {'/'.join((slug, *path))}, one of {found:,}"
        more = f"; each of its {others:,} other views adds {_words(added)}" if others else ""
        report(HEADING, name, f"{_words(first)}{more}")


def _words(taken: tuple[float, float, float]) -> str:
    files, size, seconds = taken
    return f"{files:,.0f} files, {size / 1e6:.2f} MB, {seconds:.1f} s of a core"
