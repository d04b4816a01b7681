"""The health page says what is wrong with an edited regulation in the language of who reads it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from config.editions import Editions
from config.regulations import PACKS
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room


@pytest.fixture
def broken(held: Room, tmp_path: Path) -> None:
    """The school's regulation, edited so that it names a place that rules cannot look at."""
    shutil.copytree(PACKS / "school", tmp_path / "packs/school")
    held.home.__dict__["editions"] = Editions(held.home.path / "editions", tmp_path / "packs")
    file = tmp_path / "packs/school/pack.toml"
    file.write_text(file.read_text("utf-8").replace('where = "title"', 'where = "heading"', 1), "utf-8")


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("zh-Hans", "rules[1].where：“heading”不可用，可用：title, text, creator, hint"),
        ("zh-Hant", "rules[1].where：「heading」不可用，可用：title, text, creator, hint"),
        ("en", "rules[1].where in school/pack.toml: heading is none of title, text, creator, hint"),
    ],
)
def test_what_is_wrong_with_a_regulation(held: Room, enter: Enter, broken: None, language: str, reason: str) -> None:
    with held.home.catalogue.writing() as work:
        work.people.save(replace(held.people["administrator"], language=language))
    assert reason in enter("administrator").get("/health").text
