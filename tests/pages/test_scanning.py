"""How much of the tables a run of a page reads: the numbers of opened files and scanned rows, not the time."""

from dataclasses import dataclass, field

import polars as pl
import pytest

from dashboard import store
from dashboard.menu import scripts
from tests.pages.test_figures import opened

# A new view scans the longest table at most this many times: Routes shows both kinds of data in several figures, each
# of which names the releases of its rows.
MOST_TIMES = 25


@dataclass
class Read:
    """What was read since it was last emptied: the names of files, and the number of scans of each query."""

    files: list[str] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """An upper bound of the scanned rows: as if every scan read the whole of the longest table."""
        return sum(self.scans) * max(resource["rows"] for resource in _resources())

    def empty(self) -> None:
        self.files.clear()
        self.scans.clear()


def _resources() -> list[dict]:
    return [resource for resource in store.snapshot().manifest["resources"] if resource.get("rows")]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    noted = Read()
    scan, collect, collect_all = pl.scan_parquet, pl.LazyFrame.collect, pl.collect_all

    def note(frame: pl.LazyFrame) -> pl.LazyFrame:
        noted.scans.append(frame.explain().count("DF ["))
        return frame

    def scanning(source, *args, **named):
        noted.files.append(str(source).rpartition("/")[2])
        return scan(source, *args, **named)

    monkeypatch.setattr(pl, "scan_parquet", scanning)
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda frame, *args, **named: collect(note(frame), *args, **named))
    monkeypatch.setattr(pl, "collect_all", lambda every, *args, **named: collect_all(map(note, every), *args, **named))
    return noted


@pytest.mark.parametrize("slug", scripts())
def test_a_view_shown_before_reads_nothing(read: Read, slug: str):
    app = opened(slug or "region")
    read.empty()
    app.run()
    assert not app.exception
    assert (read.files, read.scans) == ([], [])


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("region", {"year": "2019"}, {"year": "2011"}),
        ("region", {"year": "2013"}, {"year": "2013", "indicator": "persons_prosecuted"}),
        ("routes", {"years": "2008-2019"}, {"years": "2008-2019", "state": "PRY"}),
        ("routes", {"years": "2008-2018"}, {"years": "2008-2018", "minimum": "7"}),
        ("routes", {"years": "2009-2018"}, {"years": "2009-2018", "evidence": "stated"}),
    ],
    ids=repr,
)
def test_a_new_view_of_a_map_scans_few_rows_and_opens_no_file(read: Read, slug: str, before: dict, after: dict):
    opened(slug, **before)
    read.empty()
    opened(slug, **after)
    longest = max(resource["rows"] for resource in _resources())
    assert read.files == []
    assert read.rows <= MOST_TIMES * longest
