"""Which module may import which, use the network or write the state, and what the repository may contain."""

import ast
import hashlib
import re
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
NETWORK = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib"}
STATE = {"session_state", "query_params"}
WRITERS = {"update", "clear", "pop", "popitem", "setdefault", "from_dict", "append"}


def modules(*patterns: str) -> list[Path]:
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern)})


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """Every module imported anywhere in a file, with all its parents: `a.b` gives `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: imports are absolute"
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(module.split(".")[: end + 1]) for module in names for end in range(module.count(".") + 1)}


def importers(of: set[str], *patterns: str) -> list[str]:
    return [name(path) for path in modules(*patterns) if imports(path) & of]


def writes(source: str) -> Iterator[int]:
    """Lines that write Streamlit's session state or the address: by assignment, deletion or a writing method."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            target: ast.expr = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            target = node.func.value
        else:
            continue
        if {part.attr for part in ast.walk(target) if isinstance(part, ast.Attribute)} & STATE:
            yield node.lineno


def test_the_packages_do_not_import_each_other():
    assert importers({"etl"}, "dashboard/**/*.py", "pages/*.py", "data/*.py", "offline/**/*.py") == []
    assert importers({"dashboard"}, "etl/**/*.py", "data/*.py", "offline/**/*.py") == []
    assert importers({"offline"}, "etl/**/*.py", "data/*.py", "dashboard/**/*.py", "pages/*.py") == []


@pytest.mark.parametrize("package", ["data", "etl", "dashboard", "offline"])
def test_there_are_no_import_cycles(package):
    graph = grimp.build_graph(package, cache_dir=None)
    order = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    # A cycle raises a CycleError that names its modules.
    assert set(order.static_order()) == graph.modules


def test_only_downloads_and_the_comparison_of_a_website_use_the_network():
    everywhere = ("etl/**/*.py", "data/*.py", "dashboard/**/*.py", "pages/*.py", "offline/**/*.py")
    assert importers(NETWORK, *everywhere) == ["etl/fetching/download.py", "etl/verifying.py"]


def test_figures_and_queries_do_not_import_streamlit():
    pure = (
        "etl/**/*.py",
        "data/*.py",
        "dashboard/charts/**/*.py",
        "dashboard/subjects/**/*.py",
        "dashboard/words/*.py",
    )
    assert all(modules(pattern) for pattern in pure)
    assert importers({"streamlit"}, *pure) == []
    assert importers({"streamlit"}, "dashboard/**/*.py") != []


def test_sources_do_not_import_each_other():
    sources = modules("etl/sources/*/*.py", "etl/sources/[!_]*.py")
    assert len(sources) >= 4
    for path in sources:
        own = name(path).removeprefix("etl/sources/").split("/")[0].removesuffix(".py")
        others = {module.split(".")[2] for module in imports(path) if module.startswith("etl.sources.")}
        assert others <= {own}, name(path)


@pytest.mark.parametrize(
    "source",
    [
        "st.session_state['a'] = 1",
        "st.session_state.a = 1",
        "del st.query_params['a']",
        "st.query_params.update(a=1)",
        "st.session_state['a'].append(1)",
        "st.session_state['n'] += 1",
    ],
)
def test_a_write_to_the_state_is_found(source):
    assert list(writes(source)) == [1]


def test_reading_the_state_is_allowed():
    assert list(writes("a = st.session_state.get('a'); b = st.query_params['b']; c = {}; c['session_state'] = 1")) == []


def test_one_module_writes_the_state_and_the_address():
    paths = modules("dashboard/**/*.py", "pages/*.py")
    writes_by_file = {name(path): list(writes(path.read_text(encoding="utf-8"))) for path in paths}
    assert [path for path, lines in writes_by_file.items() if lines] == ["dashboard/shell/filters.py"]


def unchecked_joins(source: str) -> Iterator[int]:
    """Lines of joins that may change the number of rows and do not state how many matches a row may have."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            words = {word.arg: word.value for word in node.keywords}
            how = words.get("how")
            filters = isinstance(how, ast.Constant) and how.value in {"semi", "anti"}
            if "on" in words and "validate" not in words and not filters:
                yield node.lineno


def test_a_join_without_validation_is_found():
    assert list(unchecked_joins("a.join(b, on='k', how='left')")) == [1]
    assert list(unchecked_joins("a.join(b, on='k', validate='m:1'); a.join(b, on='k', how='anti'); ', '.join(x)")) == []


def test_every_join_is_validated():
    paths = modules("etl/**/*.py", "data/*.py", "dashboard/**/*.py", "pages/*.py")
    joins_by_file = {name(path): list(unchecked_joins(path.read_text(encoding="utf-8"))) for path in paths}
    assert {path: lines for path, lines in joins_by_file.items() if lines} == {}


def repository_files() -> list[Path]:
    """The files of the repository: those that git tracks, and new ones that it does not ignore."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"(?<![\w.~}])/(?:work|home|root|Users)/\w", set()),
        (r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|--(?:extra-)?index-url", set()),
        (r"shared[/](?:sources|design|reference|tools)", {".ci/run"}),
    ],
    ids=["machine path", "registry", "folder beside the checkout"],
)
def test_no_file_names_a_machine(pattern, allowed):
    naming = set()
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content and re.search(pattern, content.decode("utf-8", "replace")):
            naming.add(name(path))
    assert naming <= allowed


@pytest.mark.real
def test_no_raw_file_is_in_the_repository(mirror):
    def digests(paths: Iterator[Path]) -> dict[str, str]:
        return {hashlib.sha256(path.read_bytes()).hexdigest(): str(path) for path in paths}

    raw = digests(path for path in mirror.rglob("*") if path.is_file())
    ours = digests(path for path in repository_files() if path.stat().st_size)
    assert raw
    assert {ours[digest] for digest in raw.keys() & ours.keys()} == set()
