"""Decides what tests of the catalogue lean on: a real SQLite of their own, with one fonds in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.holdings import Fonds
from tests.fakes.config.homes import HandClock, engine_at

SCHOOL = Fonds("fonds-1", "J101", "第一实验小学", ("school",))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def catalogue(tmp_path: Path, clock: HandClock) -> Iterator[SqlCatalogue]:
    made = SqlCatalogue(tmp_path / "catalogue.db", clock)
    made.__dict__["_engine"] = engine_at(tmp_path / "catalogue.db")
    made.migrate()
    with made.writing() as work:
        work.fonds.add(SCHOOL)
    yield made
    made.close()
