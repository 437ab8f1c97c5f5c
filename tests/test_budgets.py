"""The shape of the code: how long, how documented, how typed, how tested. Measured with ast and tokenize alone."""

import ast
import io
import statistics
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WINGS = ("data", "etl", "dashboard", "pages", "offline")
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.COMMENT}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """Python files that hold code (a package marker with a docstring only is none)."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if code_lines(path.read_text(encoding="utf-8"))]


def docstring(node: ast.AST) -> set[int]:
    """The lines of a module's, class's or function's docstring."""
    first = next(iter(getattr(node, "body", [])), None) if isinstance(node, (*DEFINITIONS, ast.Module)) else None
    is_text = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return set(range(first.lineno, first.end_lineno + 1)) if is_text else set()


def code_lines(source: str) -> int:
    """Lines that hold code: not blank, not a comment alone, not a docstring."""
    documentation = set().union(*map(docstring, ast.walk(ast.parse(source))))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    spans = (range(token.start[0], token.end[0] + 1) for token in tokens if token.type not in LAYOUT)
    return len(set().union(*spans) - documentation)


def definitions(folders: tuple[str, ...] = WINGS) -> Iterator[tuple[str, ast.AST]]:
    for path in files(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, DEFINITIONS):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def functions() -> dict[str, Function]:
    return {place: node for place, node in definitions() if not isinstance(node, ast.ClassDef)}


def length(node: Function) -> int:
    return node.end_lineno - node.lineno + 1 - len(docstring(node))


def test_the_measure_itself():
    lines = [
        '"""Doc."""',
        "",
        "# why",
        "def f(x: int) -> int:",
        '    """Doc.',
        "",
        '    More."""',
        "    y = x",
        "    return y",
    ]
    source = "\n".join(lines) + "  # plain\n"
    assert code_lines(source) == 3
    assert length(ast.parse(source).body[1]) == 3


def test_functions_are_short():
    lengths = {place: length(node) for place, node in functions().items()}
    ordered = sorted(lengths.values())
    assert {place: lines for place, lines in lengths.items() if lines > 50} == {}
    assert ordered[int(len(ordered) * 0.95)] <= 30
    assert statistics.median(ordered) <= 8


def test_files_are_short_and_few():
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files(*WINGS)}
    assert {path: lines for path, lines in sizes.items() if lines > 250} == {}
    # A file is one noun, and each source is one: the product grows by files, not by longer ones.
    assert len(sizes) <= 400
    assert statistics.median(sizes.values()) <= 90


def test_public_names_are_documented():
    public = {place: docstring(node) for place, node in definitions() if not node.name.startswith("_")}
    bare = [place for place, lines in public.items() if not lines]
    assert len(bare) <= 0.05 * len(public), bare


def test_every_function_is_typed():
    def untyped(node: Function) -> bool:
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        rest = [arg for arg in (node.args.vararg, node.args.kwarg) if arg]
        free = {"self", "cls"}
        return node.returns is None or any(arg.annotation is None and arg.arg not in free for arg in [*named, *rest])

    assert [place for place, node in functions().items() if untyped(node)] == []


def test_there_is_enough_test():
    code = sum(code_lines(path.read_text(encoding="utf-8")) for path in files(*WINGS))
    test = sum(code_lines(path.read_text(encoding="utf-8")) for path in files("tests"))
    assert test >= 0.7 * code


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_module_is_a_drawer(name):
    assert [path for folder in WINGS for path in (ROOT / folder).rglob(f"{name}*.py")] == []


def test_pages_are_scripts_without_logic():
    pages = files("pages")
    assert pages
    for path in pages:
        source = path.read_text(encoding="utf-8")
        nodes = list(ast.walk(ast.parse(source)))
        assert len(source.splitlines()) <= 60, path
        assert not any(isinstance(node, (*DEFINITIONS, ast.Lambda)) for node in nodes), path
        imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert not any(module.split(".")[0] == "polars" for module in imported if module), path
