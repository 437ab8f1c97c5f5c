"""The shape of the code: short functions, all typed, public names documented, pages without logic."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WINGS = ("data", "etl", "dashboard", "pages", "offline", "deploy")
LONGEST_FUNCTION = 50
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """The Python files in some folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def docstring(node: ast.AST) -> set[int]:
    """The lines of a module's, class's or function's docstring."""
    first = next(iter(getattr(node, "body", [])), None) if isinstance(node, (*DEFINITIONS, ast.Module)) else None
    is_text = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return set(range(first.lineno, first.end_lineno + 1)) if is_text else set()


def definitions() -> Iterator[tuple[str, ast.AST]]:
    """Every function and class with its place."""
    for path in files(*WINGS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, DEFINITIONS):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def functions() -> dict[str, Function]:
    return {place: node for place, node in definitions() if not isinstance(node, ast.ClassDef)}


def length(node: Function) -> int:
    return node.end_lineno - node.lineno + 1 - len(docstring(node))


def test_the_length_of_a_function_leaves_its_docstring_out():
    lines = ["def f(x: int) -> int:", '    """Doc.', "", '    More."""', "    y = x", "    return y"]
    assert length(ast.parse("\n".join(lines)).body[0]) == 3


def test_functions_are_short():
    lengths = {place: length(node) for place, node in functions().items()}
    assert lengths
    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_public_names_are_documented():
    public = {place: docstring(node) for place, node in definitions() if not node.name.startswith("_")}
    bare = [place for place, lines in public.items() if not lines]
    assert len(bare) <= 0.05 * len(public), bare


def constants_of_a_line(source: str) -> list[int]:
    """The lines that give several names of a module or class values of their own. Parts of one thing may have names."""
    bodies = [node.body for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Module, ast.ClassDef))]
    return [
        node.lineno
        for body in bodies
        for node in body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, (ast.Tuple, ast.List))
        and any(isinstance(target, (ast.Tuple, ast.List)) for target in node.targets)
    ]


def test_a_line_has_one_constant():
    assert constants_of_a_line("A, B = 1, 2\nC, D = range(2)\nE = F, G = 1, 2\nH = (1, 2)") == [1, 3]
    sources = {path: path.read_text(encoding="utf-8") for path in files(*WINGS)}
    assert {path: lines for path, source in sources.items() if (lines := constants_of_a_line(source))} == {}


def test_every_function_is_typed():
    def untyped(node: Function) -> bool:
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        rest = [arg for arg in (node.args.vararg, node.args.kwarg) if arg]
        free = {"self", "cls"}
        return node.returns is None or any(arg.annotation is None and arg.arg not in free for arg in [*named, *rest])

    assert [place for place, node in functions().items() if untyped(node)] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_module_is_a_catch_all(name):
    assert [path for folder in WINGS for path in (ROOT / folder).rglob(f"{name}*.py")] == []


def test_pages_are_scripts_without_logic():
    pages = files("pages")
    assert pages
    for path in pages:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        assert not any(isinstance(node, (*DEFINITIONS, ast.Lambda)) for node in nodes), path
        imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert not any(module.split(".")[0] == "polars" for module in imported if module), path


def named_types() -> Iterator[tuple[str, str, str]]:
    """Every class and type alias: its name, its place, and for an alias what it stands for."""
    for path in files(*WINGS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ClassDef):
                yield node.name, place, place
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", name):
                    yield name, place, ast.unparse(node.value)


def test_the_name_of_a_class_means_one_class():
    meanings = defaultdict(dict)
    for name, place, meaning in named_types():
        meanings[name].setdefault(meaning, place)
    twice = {name: list(places.values()) for name, places in meanings.items() if len(places) > 1}
    assert "Page" in meanings
    assert not twice, f"rename all but one, with a noun that says which of them it is: {twice}"
