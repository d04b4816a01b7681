"""Decides what tests of the way in lean on: a founded home whose worker and clock are in the test's hands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.config.homes import Room, room_at


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    made = room_at(tmp_path / "home")
    yield made
    made.home.catalogue.close()
