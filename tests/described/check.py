"""Validators of others, run with the packages of `requirements.lock`: `check.py WHAT ADDRESS [FILE]`.

Prints what each finds wrong, a line for each; nothing for a document that is right.
"""

import json
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

# The rows of a table that are read through its description.
READ = 50


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - ours
        return answer.read()


def dcat(address: str, shapes: str) -> Iterator[str]:
    """The catalog against the shapes of DCAT-AP."""
    from pyshacl import validate
    from rdflib import SH, Graph

    rules = Graph().parse(shapes, format="turtle")
    # The published file names some rules that it does not have.
    for shape, _, rule in [*rules.triples((None, SH.property, None))]:
        if (rule, SH.path, None) not in rules:
            rules.remove((shape, SH.property, rule))
    graph = Graph().parse(data=fetched(address), format="json-ld", publicID=address)
    if len(graph) < READ:
        yield f"only {len(graph)} triples"
    _, report, _ = validate(graph, shacl_graph=rules)
    results = report.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?node ?path ?says WHERE "
        "{?one sh:resultSeverity sh:Violation; sh:focusNode ?node; sh:resultMessage ?says "
        "OPTIONAL {?one sh:resultPath ?path}}"
    )
    yield from (f"{node} {path}: {says}" for node, path, says in results)


def croissant(address: str, table: str) -> Iterator[str]:
    """The description of the tables, and the first rows of one of them, read with it."""
    from mlcroissant import Dataset

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "croissant.json"
        path.write_bytes(fetched(address))
        try:
            described = Dataset(jsonld=str(path))
            rows = [row for row, _ in zip(described.records(record_set=table), range(READ), strict=False)]
        except Exception as error:  # noqa: BLE001 - whatever the library finds wrong
            yield f"{type(error).__name__}: {error}"
            return
    if rows:
        sys.stderr.write(json.dumps(rows, default=_plain))
    else:
        yield "no rows"


def feed(address: str, _more: str) -> Iterator[str]:
    """A feed, as a program that reads feeds takes it."""
    import feedparser

    found = feedparser.parse(fetched(address))
    if found.bozo:
        yield str(found.bozo_exception)
    if found.version != "atom10" or not found.entries:
        yield f"{found.version or 'no feed'} with {len(found.entries)} entries"
    yield from (
        f"no day or link: {one.get('id')}"
        for one in found.entries
        if not (one.get("updated_parsed") and one.get("link"))
    )


def sdmx(address: str, structures: str) -> Iterator[str]:
    """Rows as SDMX-CSV, read with their structure."""
    from pysdmx.io import get_datasets

    try:
        (read,) = get_datasets(address, structures)
    except Exception as error:  # noqa: BLE001 - whatever the library finds wrong
        yield f"{type(error).__name__}: {error}"
        return
    components = {one.id: one for one in read.structure.components}
    if set(read.data.columns) != set(components):
        yield f"columns and components differ: {sorted(set(read.data.columns) ^ set(components))}"
        return
    for name, one in components.items():
        cells = set(read.data[name].dropna())
        if one.enumeration and (unknown := cells - {code.id for code in one.enumeration} - {""}):
            yield f"{name}: no code {sorted(unknown)}"
    keys = [one.id for one in read.structure.components.dimensions]
    if read.data.duplicated(keys).any() or (read.data[keys] == "").any(axis=None):
        yield "a key that is not whole, or twice"
    sys.stderr.write(json.dumps(read.data.astype(object).where(read.data.notna(), None).to_dict("records")))


def code(picture: str, _more: str) -> Iterator[str]:
    """The codes in a picture, as a program reads them that is made for photos."""
    import zxingcpp
    from PIL import Image

    with Image.open(picture) as opened:
        read = [one.text for one in zxingcpp.read_barcodes(opened)]
    if not read:
        yield "no code"
    sys.stderr.write(json.dumps(read))


def _plain(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value.item() if hasattr(value, "item") else str(value)


if __name__ == "__main__":
    what, place, more = [*sys.argv[1:], ""][:3]
    for line in {"dcat": dcat, "croissant": croissant, "feed": feed, "sdmx": sdmx, "code": code}[what](place, more):
        sys.stdout.write(f"{line}\n")
