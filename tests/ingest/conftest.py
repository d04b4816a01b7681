"""Decides what tests of the way in lean on: a founded home whose worker and clock are in the test's hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.config.homes import Room, room_at


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return room_at(tmp_path / "home")
