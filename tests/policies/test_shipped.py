"""What left the house stays what it was: a regulation that is edited afterwards has another version (S1:235-237)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from config.regulations import PACKS, load
from index.domain.rules.policy import Pack

TABLE = PACKS / "shipped.txt"


def shipped(table: str) -> list[tuple[str, str, str]]:
    """The lines of the table: pack, version, digest."""
    lines = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return [(pack, version, digest) for pack, version, digest in lines]


def wrong(pack: Pack, table: Sequence[tuple[str, str, str]]) -> str:
    """Why this text may not stand under its version, or nothing."""
    versions: Mapping[str, str] = {version: digest for name, version, digest in table if name == pack.id}
    if versions.get(pack.version, pack.digest) != pack.digest:
        return f"version {pack.version} left the house with another text: raise the version"
    missing = [one for one in versions if one != pack.version and one not in pack.supersedes]
    return f"does not supersede {', '.join(missing)}" if missing else ""


SHIPPED = shipped(TABLE.read_text(encoding="utf-8"))
NAMES = sorted(file.parent.name for file in PACKS.glob("*/pack.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_was_edited_after_it_left_has_another_version(name: str) -> None:
    assert wrong(load(PACKS / name), SHIPPED) == ""


def test_every_version_of_a_regulation_left_the_house_once() -> None:
    named = [(pack, version) for pack, version, _ in SHIPPED]
    assert len(named) == len(set(named))
    assert {pack for pack, _ in named} <= set(NAMES)


@pytest.mark.parametrize(
    ("version", "digest", "supersedes", "said"),
    [
        ("1", "a", (), ""),
        ("1", "b", (), "another text"),
        ("2", "b", ("1",), ""),
        ("2", "b", (), "does not supersede 1"),
    ],
)
def test_an_edit_is_noticed(version: str, digest: str, supersedes: tuple[str, ...], said: str) -> None:
    edited = replace(load(PACKS / "school"), version=version, digest=digest, supersedes=supersedes)
    found = wrong(edited, [("school", "1", "a"), ("tenants", "2", "c")])
    assert (said in found) if said else found == ""
