"""The ground the project stands on: flat packages are ours, the floors are pure, the locks are whole."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("config", "index", "ingest", "viewer")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_a_flat_package_is_ours_and_not_another_distributions(room: str) -> None:
    spec = importlib.util.find_spec(room)
    assert spec is not None
    assert [Path(place) for place in spec.submodule_search_locations or ()] == [ROOT / room]


def test_the_project_can_never_be_uploaded_by_mistake() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]


def test_tests_are_no_package_so_that_names_of_rooms_stay_free() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_the_words_of_the_trade_lean_on_the_standard_library_alone() -> None:
    foreign = {
        f"{path.name}: {name}"
        for path in (ROOT / "index" / "domain").glob("*.py")
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("index.domain")
    }
    assert not foreign


def test_every_module_says_first_what_it_decides() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if path.stat().st_size and "migrations" not in path.parts
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    ]
    assert not silent


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_gives_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_is_run_is_what_is_tested() -> None:
    tested = _pinned("requirements-dev.lock")
    assert {name: tested.get(name) for name in _pinned("requirements.lock")} == _pinned("requirements.lock")


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = {re.split(r"[\[<>=~]", one)[0].lower() for one in project["project"]["dependencies"]}
    also = {re.split(r"[\[<>=~]", one)[0].lower() for one in project["dependency-groups"]["dev"]}
    assert asked <= set(_pinned("requirements.lock"))
    assert also <= set(_pinned("requirements-dev.lock"))
