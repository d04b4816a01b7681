"""An index that is damaged is made again from the catalogue, by whoever next writes to it or tidies it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.wiring import Home
from index.text.fast.adapter import FastIndex
from ingest.stages.index import bring_up_to_date, rebuild, tidy
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper
from tests.ingest.test_actors import PROSE


@pytest.mark.parametrize("work", [tidy, bring_up_to_date])
def test_a_damaged_index_is_made_again(room: Room, tmp_path: Path, work: Callable[[Home], object]) -> None:
    room.drop("J101/散文.pdf", paper(PROSE, "第二页"))
    room.work()
    index = FastIndex(tmp_path / "text")
    room.home.__dict__["text"] = index
    rebuild(room.home, lambda done, of: None)
    versions = dict(index.versions())
    index.close()
    stamps = next(tmp_path.glob("text/edition-*/*.pages"))
    stamps.write_bytes(stamps.read_bytes()[:-1] + b"\xff")
    # Something to write, so that either of them opens it.
    with room.home.catalogue.writing() as catalogue:
        catalogue.pages.indexed(dict.fromkeys(versions, 0))
    work(room.home)
    assert list(index.check()) == []
    assert index.versions() == versions
    index.close()
