"""The rules of the house hold in every module."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "archive",
    "crawler",
    "pipeline",
    "exports",
    "alerts",
    "serve",
    "cli",
    "demo",
    "pressearchiv",
    "sources",
    "reference",
    "benchmarks",
    "docs",
)
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]
NAMELESS = {"utils", "helpers", "common", "misc", "manager", "handler"}


@pytest.fixture(params=MODULES, ids=IDS)
def module(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_a_module_says_first_what_it_is_for(module: Path) -> None:
    doc = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert doc
    assert doc.splitlines()[0].endswith((".", "`", ":"))


def test_a_module_fits_a_few_screens_and_has_a_name(module: Path) -> None:
    assert module.read_text("utf-8").count("\n") <= 300
    assert module.stem not in NAMELESS


def test_no_handler_is_silent_or_broad(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            where = f"{module.name}:{node.lineno}"
            broad = node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            assert not broad, where
            assert not all(isinstance(line, ast.Pass | ast.Continue) for line in node.body), where


def test_functions_are_short(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{module.name}: {node.name}"
