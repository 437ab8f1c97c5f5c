"""How the site as files grows with states and years: a sample of its pages is written, all documents are counted."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import pytest

from data.place import VARIABLE
from tests.bench import grown
from tests.bench.conftest import ROOT, Report

# The first are those of today's snapshot.
SIZES = ((35, 21), (200, 21), (35, 100), (200, 100))
# The pages that are written in English with all their files: the steps of their paths, and how many, taken by chance.
# Pages of one document are also written with some of their other views, such as years.
PAGES = (("home", 0, 1), ("region", 0, 1), ("country", 1, 5), ("pair", 2, 40))
VIEWS = 3
HEADING = "Growth of the site as files"
# In a process of its own, which opens the snapshot of its environment and writes into the folder that it is given:
# how many documents and other views there are; by page the number of its documents and of their views, then files,
# bytes and seconds of those that are written, and those that each view adds; at the end the most memory, in kilobytes.
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
for slug, steps, most in {PAGES}:
    found = [one for one in places if (one.slug, len(one.path)) == (slug, steps)]
    chosen = chance.sample(found, min(len(found), most))
    views, each = every.views.get(chosen[0], ()), [taken({{}}, one) for one in chosen]
    few, added = chance.sample(views, min(len(views), {VIEWS})), [0, 0, 0]
    if few:
        # The rows of the page are known by now: only what its views add is left.
        again, more = taken({{}}, chosen[0]), taken({{chosen[0]: few}}, chosen[0])
        added = [max(after - before, 0) / len(few) for before, after in zip(again, more)]
    print(json.dumps([len(found), len(views), each, added]), flush=True)
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
    for (slug, *_), (found, others, each, added) in zip(PAGES, pages, strict=True):
        mean, seconds = [fmean(one) for one in zip(*each, strict=True)], sorted(one[-1] for one in each)
        few = f"; of {len(each)}, {seconds[0]:.1f} to {seconds[-1]:.1f} s" if len(each) > 1 else ""
        more = f"; each of its {others:,} other views adds {_words(added)}" if others else ""
        report(HEADING, f"{size}: {slug}, one of {found:,}", f"{_words(mean)}{few}{more}")


def _words(taken: Sequence[float]) -> str:
    files, size, seconds = taken
    return f"{files:,.0f} files, {size / 1e6:.2f} MB, {seconds:.1f} s of a core"
