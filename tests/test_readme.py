"""What the two READMEs name is there, and what is there is named: commands, targets, settings, files, floors, words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from config.settings import DEFAULTS
from muniment import COMMANDS, GROUPS, front_door

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
PICTURE = ROOT / "viewer" / "pictures" / "search.png"
BOTH = pytest.mark.parametrize("name", READMES)

_OPTION = re.compile(r"--[a-z-]+")
_TOML = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _code(name: str) -> list[str]:
    """What stands between backticks in running text, breaks taken out; a pipe escaped for its table is a pipe."""
    spans = re.findall(r"`([^`]+)`", _FENCE.sub("", _text(name)))
    return [" ".join(span.replace("\\|", "|").split()) for span in spans]


def _commands() -> dict[str, set[str]]:
    """Every command by its full name (`init`, `user add` ...) with its options."""
    door = _options_below(typer.main.get_command(front_door()))
    found = {name: door[name] for name in COMMANDS}
    return found | {f"{group} {name}": door[f"{group} {name}"] for group, names in GROUPS.items() for name in names}


def _options_below(group: object, before: str = "") -> dict[str, set[str]]:
    assert isinstance(group, TyperGroup)
    found: dict[str, set[str]] = {}
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            found |= _options_below(command, f"{name} ")
        found[before + name] = {option for parameter in command.params for option in parameter.opts}
    return found


def _named_commands(name: str) -> Iterator[tuple[str, str]]:
    """(full name of the command, the words after it) of every `muniment ...`."""
    for span in _code(name):
        if span.startswith("muniment "):
            first, *rest = span.split()[1:]
            grouped = first in GROUPS and bool(rest)
            yield (f"{first} {rest[0]}", " ".join(rest[1:])) if grouped else (first, " ".join(rest))


def _settings() -> dict[str, set[str]]:
    return {part: set(keys) for part, keys in tomllib.loads(DEFAULTS.read_text(encoding="utf-8")).items()}


def _named_settings(name: str) -> set[tuple[str, str]]:
    """(part, key) of every setting: in the table, in TOML, as `part.key`, as `[part] key = ...`, as a variable."""
    parts = "|".join(_settings())
    found = {(part, key) for block in _TOML.findall(_text(name)) for part, key in _keys_of(block)}
    for row in re.findall(rf"^\| `\[({parts})\]` \|(.*)\|$", _text(name), re.MULTILINE):
        found |= {(row[0], key) for key in re.findall(r"`([a-z_]+)`", row[1])}
    for span in _code(name):
        found |= set(re.findall(rf"^({parts})\.([a-z_]+)$", span))
        found |= set(re.findall(rf"^\[({parts})\] ([a-z_]+)", span))
        found |= {(part.lower(), key.lower()) for part, key in re.findall(r"^MUNIMENT_([A-Z]+)__([A-Z_]+)$", span)}
    return found


def _keys_of(block: str) -> Iterator[tuple[str, str]]:
    return ((part, key) for part, keys in tomllib.loads(block).items() for key in keys)


@BOTH
def test_every_command_that_is_named_exists_with_its_options(name: str) -> None:
    known = _commands()
    for command, words in _named_commands(name):
        assert command in known, f"{name}: muniment {command}"
        assert set(_OPTION.findall(words)) <= known[command], f"{name}: muniment {command} {words}"


@BOTH
def test_every_command_has_its_mention(name: str) -> None:
    assert set(_commands()) <= {command for command, _ in _named_commands(name)}


def test_every_option_has_its_mention() -> None:
    told: dict[str, set[str]] = {}
    for command, words in _named_commands("README.md"):
        told.setdefault(command, set()).update(_OPTION.findall(words))
    everywhere = {"--home", "--json", "--help"}
    for name, options in _commands().items():
        mine = {option for option in options if option.startswith("--")} - everywhere
        assert mine <= told[name], f"muniment {name}"


@BOTH
def test_make_targets_that_are_named_exist_and_all_are_named(name: str) -> None:
    known = set(re.findall(r"^([a-z-]+):.*##", _text("Makefile"), re.MULTILINE))
    named = {match[1] for span in _code(name) if (match := re.match(r"make ([a-z-]+)", span))}
    assert named == known


@BOTH
def test_settings_that_are_named_exist_and_all_are_named(name: str) -> None:
    known = {(part, key) for part, keys in _settings().items() for key in keys}
    # The keys of [profiles] are folders of the room's own.
    assert {(part, key) for part, key in _named_settings(name) if part != "profiles"} == known


@BOTH
def test_files_that_are_named_exist(name: str) -> None:
    rooms = ("config/", "index/", "ingest/", "viewer/", "tests/", ".ci/")
    paths = {span for span in _code(name) if span.startswith(rooms)}
    paths |= set(re.findall(r"\]\((?!http)([^)]+)\)", _text(name)))
    assert paths
    assert not [path for path in paths if not (ROOT / path).exists()]


@BOTH
def test_the_floors_are_drawn_as_the_contract_holds_them(name: str) -> None:
    contracts = tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    drawn = next(block for block in _FENCE.findall(_text(name)) if "muniment.py" in block)
    lines = [line.strip() for line in drawn.splitlines()[2:-1]]
    assert len(lines) == len(floors)
    assert all(line.startswith(floor) for line, floor in zip(lines, floors, strict=True))


@BOTH
def test_no_place_of_one_machine_stands_there(name: str) -> None:
    assert not re.search(r"/tmp|/root|/home/|/opt/", _text(name))


def test_both_have_the_same_sections_rows_and_words() -> None:
    english, chinese = (_text(name) for name in READMES)
    for mark in ("\n## ", "\n| ", "\n- **", "\n```"):
        assert english.count(mark) == chinese.count(mark), mark
    words = re.compile(r"^\| (?!中文)([^ -~]+) \| ([a-z ]+) \|", re.MULTILINE)
    assert words.findall(english) == words.findall(chinese) != []


def test_the_picture_is_small_and_as_wide_as_the_desk() -> None:
    head = PICTURE.read_bytes()[:24]
    assert PICTURE.stat().st_size < 200_000
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1366, 768)
