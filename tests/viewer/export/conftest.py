"""A room to export from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalogue.sql import SqlCatalogue
from tests.fakes.viewer.rooms import FONDS, Room, StillClock


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    catalogue = SqlCatalogue(tmp_path / "catalogue.db", StillClock())
    catalogue.migrate()
    with catalogue.writing() as work:
        work.fonds.add(FONDS)
    yield Room(catalogue)
    catalogue.close()
