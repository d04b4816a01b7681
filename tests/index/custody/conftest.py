"""Decides what tests of custody lean on: a founded home with both regulations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.config.homes import Room, room_at


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = room_at(tmp_path / "home")
    yield made
    made.home.catalogue.close()
